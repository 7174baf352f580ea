# The schema's tables stand in one list each; every command of the terminal
# has a hint, help and a screen test.
import re

LISTS = {'truth', 'shadow', 'index', 'local'}
TABLE = re.compile(r'^CREATE (?:VIRTUAL |UNLOGGED )?TABLE (?:IF NOT EXISTS )?"?(\w+)', re.M)
LIST = re.compile(r'^-- list: (.*)$')


def comment_above(lines, number):
  """The lines of comment that touch line number (counted from 1)."""
  above = []
  while number >= 2 and lines[number - 2].startswith('--'):
    above.append(lines[number - 2])
    number -= 1
  return above


def schema(tree):
  for file in tree.files:
    if not re.match(r'data/schema/[^/]+\.sql$', file.path):
      continue
    seen = {}
    for match in TABLE.finditer(file.text):
      name, line = match.group(1), file.line_of(match.start())
      named = [found.group(1).strip() for found in
               map(LIST.match, comment_above(file.lines, line)) if found]
      if name in seen:
        yield file.path, line, 'the table %s stands here and in line %d' % (name, seen[name])
      seen[name] = line
      if len(named) != 1 or named[0] not in LISTS:
        yield (file.path, line, 'the table %s stands in %s: one line "-- list: %s" above it'
               % (name, 'no list' if not named else ', '.join(named), '|'.join(sorted(LISTS))))
      elif (named[0] == 'local') != name.startswith('local_'):
        yield file.path, line, 'the table %s: local tables, and only they, are local_...' % name


ENTRY = re.compile(r'\[(CMD_\w+)\]\s*=\s*\{\s*"([^"]+)"')


def command(tree):
  file = tree.by_path.get('tui/command.c')
  if file is None:
    return
  tested = '\n'.join(other.text for other in tree.files
                     if re.match(r'tests/screens/.*\.keys$', other.path))
  entries = list(ENTRY.finditer(file.code))
  ends = [entry.start() for entry in entries[1:]] + [len(file.code)]
  for entry, end in zip(entries, ends):
    name, word = entry.groups()
    row = file.code[entry.start():end]
    line = file.line_of(entry.start())
    texts = re.findall(r'N_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', row)
    if len([text for text in texts if text.strip(' "\n\t')]) < 2:
      yield file.path, line, '%s has no hint and help' % name
    if not re.search(r'(?<![\w.-])%s(?![\w-])' % re.escape(word), tested):
      yield file.path, line, 'no tests/screens/*.keys names %s' % word


RULES = {'schema': schema, 'command': command}
