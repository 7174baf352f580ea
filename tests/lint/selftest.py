# Each rule finds the fault that its sample was given, there and only there.
#
# samples/RULE-WHAT.txt is a small tree in one file: "== PATH" begins a file,
# and the first line of the sample says where the one finding is: PATH:LINE.
# A sample of "clean" has none.
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True

import lint

HERE = os.path.dirname(os.path.abspath(__file__))


def unpack(path, root):
  with open(path, encoding='utf-8') as file:
    first, _, rest = file.read().partition('\n')
  for piece in re.split(r'^== ', rest, flags=re.M)[1:]:
    name, _, text = piece.partition('\n')
    full = os.path.join(root, name)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    # What an editor or this rule's own lint would mend is written by name.
    text = text.replace('<BLANK>', ' ').replace('<BYTE>', '\udcff')
    if text.endswith('<NO NEWLINE>\n'):
      text = text[:-len('<NO NEWLINE>\n')]
    text = re.sub(r'^<(\d+) LINES>\n', lambda m: '\tf();\n' * int(m.group(1)),
                  text, flags=re.M)
    text = text.replace('<BANNED:TO DO>', 'TO' 'DO').replace('<AT>', '@')
    with open(full, 'w', encoding='utf-8', errors='surrogateescape') as file:
      file.write(text)
  return first.strip()


def check(path):
  name = os.path.basename(path)[:-len('.txt')]
  rule = name.split('.')[0]
  with tempfile.TemporaryDirectory() as root:
    where = unpack(path, root)
    found = list(lint.findings(root, lint.RULES))
  wanted = [] if rule == 'clean' else ['%s: %s:' % (where, rule)]
  good = len(found) == len(wanted) and all(
    line.startswith(start) for line, start in zip(found, wanted))
  if not good:
    print('%s: wanted %s, found:' % (name, wanted or 'nothing'))
    for line in found:
      print('  ' + line)
  return good


def main():
  folder = os.path.join(HERE, 'samples')
  names = sorted(name for name in os.listdir(folder) if name.endswith('.txt'))
  good = [check(os.path.join(folder, name)) for name in names]
  without = set(lint.RULES) - {name.split('.')[0] for name in names}
  for rule in sorted(without):
    print('no sample for the rule ' + rule)
  print('%d samples, %d rules' % (len(names), len(lint.RULES)))
  return 0 if all(good) and not without and names else 1


if __name__ == '__main__':
  sys.exit(main())
