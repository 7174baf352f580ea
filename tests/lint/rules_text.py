# Every text file: no blanks at line ends, nothing put off, no real address;
# JSON that parses, shell that parses.
import json
import re
import subprocess

# Lint's own sources name what they look for.
PUT_OFF = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X)\b|\bfor n' r'ow\b|\bst' r'ub(bed|s)?\b')
ADDRESS = re.compile(r'[\w.+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b')
INVENTED = re.compile(r'(^|\.)(example(\.(com|org|net|vn))?|invalid|test|localhost)$')
# Where faults are kept on purpose.
FAULTY = re.compile(r'^tests/(.*/)?(invalid|corpus|bad)/')
LAWS = {'LICENSE'}


def kept(tree):
  return [file for file in tree.files
          if not FAULTY.match(file.path) and file.path not in LAWS]


def blanks(tree):
  for file in kept(tree):
    if file.suffix in ('.screen', '.attrs', '.md', '.golden'):
      continue  # a picture's blanks are part of it; Markdown's mean a break
    for number, line in enumerate(file.lines, 1):
      if line.endswith((' ', '\t', '\r')):
        yield file.path, number, 'blanks at the end of the line'
    if file.bytes and not file.bytes.endswith(b'\n'):
      yield file.path, len(file.lines), 'the last line has no end'


def utf8(tree):
  for file in kept(tree):
    try:
      file.bytes.decode('utf-8')
    except UnicodeDecodeError as error:
      yield file.path, file.bytes.count(b'\n', 0, error.start) + 1, 'not UTF-8'


def put_off(tree):
  for file in kept(tree):
    for match in PUT_OFF.finditer(file.text):
      yield file.path, file.line_of(match.start()), '"%s": do it or leave it' % match.group(0)


def address(tree):
  for file in kept(tree):
    for match in ADDRESS.finditer(file.text):
      if not INVENTED.search(match.group(1).lower()):
        yield (file.path, file.line_of(match.start()),
               '"%s": sample addresses end in .example' % match.group(0))


def no_twice(pairs):
  seen = {}
  for key, value in pairs:
    if key in seen:
      raise ValueError('the key "%s" twice' % key)
    seen[key] = value
  return seen


def json_files(tree):
  for file in kept(tree):
    if file.suffix != '.json':
      continue
    try:
      json.loads(file.text, object_pairs_hook=no_twice)
    except ValueError as error:
      yield file.path, getattr(error, 'lineno', 1), str(error)


def shell(tree):
  for file in kept(tree):
    first = file.lines[0]
    script = re.match(r'#!\s*/bin/sh\b', first) or (
      file.folder == 'tools' and file.suffix == '.sh')
    if not script:
      continue
    done = subprocess.run(['sh', '-n'], input=file.bytes, capture_output=True,
                          check=False)
    if done.returncode != 0:
      words = done.stderr.decode().strip().split('\n')[0]
      line = re.search(r'sh: (\d+):', words)
      yield file.path, int(line.group(1)) if line else 1, words


RULES = {'blanks': blanks, 'utf8': utf8, 'put-off': put_off,
         'address': address, 'json': json_files, 'shell': shell}
