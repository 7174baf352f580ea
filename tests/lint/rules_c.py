# C: sizes, what is never called, SQL never printed, how a file opens.
import re
import unicodedata

MAX_FUNCTION, MAX_C, MAX_H, MAX_COLUMNS = 80, 500, 120, 100

NEVER = 'strcpy strcat sprintf vsprintf strtok atoi atol atof gets alloca'.split()
OUTSIDE_TESTS = 'system popen'.split()
MEMORY = 'malloc calloc realloc reallocarray strdup strndup'.split()
CLOCKS = 'time gettimeofday ftime'.split()
# The default of the desk handle's clock.
CLOCK_DOOR = {'core/desk.c'}
LOGIC = {'core', 'playbooks', 'tui'}

PRINTERS = re.compile(r'\b(?:v?[sf]?n?printf|v?d?printf|v?asprintf|buf_addf|xasprintf|\w+_?printf)\s*\(')
STATEMENT = re.compile(
  r'"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|ATTACH|WITH)\b ')


def calls(names):
  return re.compile(r'(?<![\w.>])(%s)\s*\(' % '|'.join(names))


def banned(tree):
  for file in tree.c():
    names = list(NEVER)
    if file.folder != 'tests':
      names += OUTSIDE_TESTS
      if file.path not in ('core/mem.c', 'core/mem.h'):
        names += MEMORY
    for match in calls(names).finditer(file.bare):
      yield file.path, file.line_of(match.start()), 'calls %s()' % match.group(1)


def clock(tree):
  for file in tree.c():
    if file.folder not in LOGIC or file.path in CLOCK_DOOR:
      continue
    for match in calls(CLOCKS).finditer(file.bare):
      yield (file.path, file.line_of(match.start()),
             'calls %s(): the clock is a parameter' % match.group(1))
    for match in re.finditer(r'\bCLOCK_REALTIME\w*', file.bare):
      yield (file.path, file.line_of(match.start()), 'reads the clock: it is a parameter')


def argument_end(text, start):
  depth = 0
  for offset in range(start, len(text)):
    if text[offset] == '(':
      depth += 1
    elif text[offset] == ')':
      depth -= 1
      if depth == 0:
        return offset
  return len(text)


def sql(tree):
  for file in tree.c(tests=False):
    for match in PRINTERS.finditer(file.bare):
      end = argument_end(file.bare, match.end() - 1)
      found = STATEMENT.search(file.code, match.end(), end)
      if found and file.bare[found.start()] == '"':
        yield file.path, file.line_of(found.start()), 'SQL built by printf'


def width(line):
  columns = 0
  for sign in line:
    if sign == '\t':
      columns += 8 - columns % 8
    elif unicodedata.combining(sign):
      continue
    else:
      columns += 2 if unicodedata.east_asian_width(sign) in 'WF' else 1
  return columns


def columns(tree):
  for file in tree.c():
    for number, line in enumerate(file.lines, 1):
      if len(line) * 8 > MAX_COLUMNS and width(line) > MAX_COLUMNS:
        yield file.path, number, '%d columns, at most %d' % (width(line), MAX_COLUMNS)


def length(tree):
  for file in tree.c():
    most = MAX_C if file.suffix == '.c' else MAX_H
    count = len(file.lines) - (1 if file.text.endswith('\n') else 0)
    if count > most:
      yield file.path, most + 1, '%d lines, at most %d' % (count, most)


FUNCTION = re.compile(r'^([A-Za-z_]\w*)[^\n;={]*\(')


def functions(file):
  """(name, first line, last line): a name in the first column, its { too."""
  lines = file.bare.split('\n')
  name = first = None
  opened = False
  for number, line in enumerate(lines, 1):
    if opened:
      if line.startswith('}'):
        if not line.startswith('};'):
          yield name, first, number
        name, opened = None, False
      continue
    match = FUNCTION.match(line)
    if match:
      name, first = match.group(1), number
      words = re.findall(r'(\w+)\s*\(', line)
      if words:
        name = words[0]
    if name and line.startswith('{'):
      opened = True
    elif name and line.rstrip().endswith(';'):
      name = None
    elif name and match and line.rstrip().endswith('{'):
      opened = True


def function(tree):
  for file in tree.c():
    for name, first, last in functions(file):
      if last - first + 1 > MAX_FUNCTION:
        yield (file.path, first, '%s() has %d lines, at most %d'
               % (name, last - first + 1, MAX_FUNCTION))


def opening(tree):
  for file in tree.c():
    if file.suffix == '.c' and not file.text.startswith(('/*', '//')):
      yield file.path, 1, 'a .c file opens by saying what it owns'


def typedefs(tree):
  for file in tree.c():
    for match in re.finditer(r'\btypedef\s+(struct|union|enum)\b', file.bare):
      yield file.path, file.line_of(match.start()), 'typedef of a %s' % match.group(1)


def indent(tree):
  for file in tree.c():
    for number, line in enumerate(file.lines, 1):
      if line.startswith('    '):
        yield file.path, number, 'indented by blanks; C here is indented by tabs'


def options(tree):
  # Who works at the keys has no command line: error_how() keeps what is typed.
  for file in tree.c(tests=False):
    if file.folder not in LOGIC:
      continue
    for match in re.finditer(r'\bN?_\(', file.bare):
      end = argument_end(file.bare, match.end() - 1)
      found = re.search(r'--[a-z]', file.code[match.end():end])
      if found:
        yield (file.path, file.line_of(match.end() + found.start()),
               'a text for the screen names an option')


RULES = {'banned': banned, 'clock': clock, 'sql': sql, 'columns': columns,
         'length': length, 'function': function, 'opening': opening,
         'typedef': typedefs, 'indent': indent, 'options': options}
