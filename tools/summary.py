# Counts what ./dev test did and prints the line that ends it.
#
# summary.py [--no-skips] RESULTS: lines of "stage<TAB>ok|failed<TAB>name" and
# "log<TAB>testlog.json of meson".  A cmocka program counts as its tests, any
# other as one.  Exit 0 only if nothing failed (and nothing was skipped).
import json
import re
import sys

CMOCKA = {
  'passed': re.compile(r'^\[  PASSED  \] (\d+) test', re.M),
  'skipped': re.compile(r'^\[  SKIPPED \] (\d+) test', re.M),
}
CMOCKA_RAN = re.compile(r'^\[==========\] (\d+) test\(s\) run', re.M)
CMOCKA_SKIPPED = re.compile(r'^\[  SKIPPED \] (?!\d+ test)(\S+)', re.M)
REASON = re.compile(r'^(?:skip(?:ped)?:|1\.\.0 # SKIP)\s*(.*)', re.M | re.I)


def records(path):
  """The tests of one meson run; none where it did not come so far."""
  try:
    with open(path, encoding='utf-8') as log:
      return [json.loads(line) for line in log if line.strip()]
  except FileNotFoundError:
    return None


def count(record, total, failed, skipped):
  name = record['name']
  output = (record.get('stdout') or '') + '\n' + (record.get('stderr') or '')
  result = record['result']
  if result == 'SKIP':
    why = REASON.search(output)
    total['skipped'] += 1
    skipped.append(name + (': ' + why.group(1) if why else ''))
    return
  if result not in ('OK', 'EXPECTEDFAIL'):
    ran = sum(int(n) for n in CMOCKA_RAN.findall(output))
    good = sum(int(n) for n in CMOCKA['passed'].findall(output))
    total['passed'] += good
    total['failed'] += max(1, ran - good)
    failed.append('%s (%s)' % (name, result.lower()))
    return
  ran = sum(int(n) for n in CMOCKA_RAN.findall(output))
  passed = sum(int(n) for n in CMOCKA['passed'].findall(output))
  left = sum(int(n) for n in CMOCKA['skipped'].findall(output))
  total['passed'] += passed if ran else 1
  total['skipped'] += left
  for test in sorted(set(CMOCKA_SKIPPED.findall(output))):
    skipped.append('%s: %s' % (name, test))


def main(args):
  no_skips = '--no-skips' in args
  total = {'passed': 0, 'failed': 0, 'skipped': 0}
  failed, skipped = [], []
  with open(args[-1], encoding='utf-8') as results:
    lines = [line.rstrip('\n').split('\t') for line in results]
  for line in lines:
    if line[0] == 'stage':
      if line[1] == 'ok':
        total['passed'] += 1
      else:
        total['failed'] += 1
        failed.append(line[2])
      continue
    tests = records(line[1])
    if not tests:
      total['failed'] += 1
      failed.append('no test ran: ' + line[1])
      continue
    for record in tests:
      count(record, total, failed, skipped)
  print()
  for name in skipped:
    print('skipped: ' + name)
  for name in failed:
    print('FAILED: ' + name)
  if no_skips and skipped:
    print('FAILED: tests were skipped where none may be')
  print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % total)
  return 1 if total['failed'] or (no_skips and total['skipped']) else 0


if __name__ == '__main__':
  sys.exit(main(sys.argv[1:]))
