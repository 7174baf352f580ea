# The rules of the tree.  lint.py [--root DIR] [RULE...] prints one finding a
# line, FILE:LINE: rule: what, and exits 1 if there is any.
import os
import sys

sys.dont_write_bytecode = True

import rules_c
import rules_data
import rules_layers
import rules_po
import rules_text
from tree import Tree

MODULES = (rules_layers, rules_c, rules_text, rules_po, rules_data)
RULES = {name: rule for module in MODULES for name, rule in module.RULES.items()}


def findings(root, names):
  tree = Tree(root)
  for name in names:
    for path, line, what in RULES[name](tree):
      yield '%s:%d: %s: %s' % (path, line, name, what)


def main(args):
  root = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
  if args[:1] == ['--root']:
    root = args[1]
    args = args[2:]
  unknown = [name for name in args if name not in RULES]
  if unknown:
    print('no such rule: %s; rules: %s' % (unknown[0], ' '.join(sorted(RULES))),
          file=sys.stderr)
    return 2
  found = list(findings(os.path.abspath(root), args or RULES))
  for line in found:
    print(line)
  if found:
    print('lint: %d to mend' % len(found), file=sys.stderr)
    return 1
  print('lint: clean', file=sys.stderr)
  return 0


if __name__ == '__main__':
  sys.exit(main(sys.argv[1:]))
