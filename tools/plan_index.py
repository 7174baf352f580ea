# Writes data/plans-index.json: what a desk must know of each shipped plan
# to name, sort and choose it, so that no program reads 800 KB of plans to say
# which one fits.
#
# plan_index.py [--check]: --check writes nothing, exit 1 where it differs.
import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLANS = ROOT / 'playbooks' / 'plans'
INDEX = ROOT / 'data' / 'plans-index.json'
EXTENSION = 'extension-definition--5c0c0a11-7e5d-4a57-9d3c-3f1c5e8a2b01'


def entry(path):
  text = path.read_bytes()
  plan = json.loads(text)
  ours = plan.get('playbook_extensions', {}).get(EXTENSION, {})
  row = {'file': path.name, 'bytes': len(text),
         'hash': hashlib.sha256(text).hexdigest()}
  row.update({key: plan.get(key, '') for key in ('id', 'modified', 'name')})
  row.update({key: ours.get(key, '')
              for key in ('code', 'language', 'kind', 'status_text')})
  row['assets'] = ours.get('assets', [])
  return row


def main():
  rows = [entry(path) for path in sorted(PLANS.glob('*.json'))]
  text = json.dumps(rows, ensure_ascii=False, indent=1) + '\n'
  if '--check' not in sys.argv[1:]:
    INDEX.write_text(text, encoding='utf-8')
  elif not INDEX.exists() or INDEX.read_text(encoding='utf-8') != text:
    sys.exit('data/plans-index.json is not of these plans: run tools/plan_index.py')


main()
