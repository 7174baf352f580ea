# The Vietnamese of po/vi.po is whole: every text of the sources, none fuzzy,
# none empty, and formats that agree.
import os
import re
import shutil
import subprocess
import tempfile

COMMAND = ['xgettext', '--from-code=UTF-8', '--language=C', '--keyword=_',
           '--keyword=N_', '--keyword=Q_', '--keyword=ngettext:1,2', '--no-location', '-o']
FOLDERS = ('core', 'playbooks', 'notify', 'serve', 'tui', 'cli', 'report')


def ids(po):
  """msgid -> (line, translated, fuzzy), read as msgcat writes it."""
  text = subprocess.run(['msgcat', '--no-wrap', '--no-location', po],
                        capture_output=True, check=True).stdout.decode()
  found = {}
  for entry in re.split(r'\n\n', text):
    fuzzy = re.search(r'^#,.*\bfuzzy\b', entry, re.M) is not None
    if re.search(r'^#~', entry, re.M):
      continue
    key = re.search(r'^msgid "(.*)"$', entry, re.M)
    values = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', entry, re.M)
    if key and key.group(1):
      found[key.group(1)] = (all(values) and bool(values), fuzzy)
  return found


def wanted(tree):
  sources = [file.path for file in tree.c(tests=False) if file.folder in FOLDERS]
  if not sources:
    return {}
  with tempfile.TemporaryDirectory() as folder:
    pot = os.path.join(folder, 'suco.pot')
    subprocess.run(COMMAND + [pot] + sources, cwd=tree.root, check=True,
                   capture_output=True)
    return ids(pot) if os.path.exists(pot) else {}


def po(tree):
  path = 'po/vi.po'
  if not shutil.which('xgettext'):
    yield path, 1, 'xgettext (GNU gettext) is needed to look'
    return
  texts = wanted(tree)
  if not texts and not tree.has(path):
    return
  if not tree.has(path):
    yield path, 1, 'missing, and the sources have %d texts' % len(texts)
    return
  full = os.path.join(tree.root, path)
  checked = subprocess.run(['msgfmt', '--check', '-o', os.devnull, full],
                           capture_output=True, check=False)
  if checked.returncode != 0:
    for line in checked.stderr.decode().split('\n'):
      match = re.search(r'vi\.po:(\d+):(.*)', line)
      if match and 'warning:' not in match.group(2):
        yield path, int(match.group(1)), match.group(2).strip()
    return
  here = ids(full)
  for text in texts:
    translated, fuzzy = here.get(text, (None, None))
    if translated is None:
      yield path, 1, 'lacks "%s": run po/update' % text
    elif not translated:
      yield path, 1, 'no Vietnamese for "%s"' % text
    elif fuzzy:
      yield path, 1, 'fuzzy: "%s"' % text
  for text in here:
    if text not in texts:
      yield path, 1, 'no source has "%s": run po/update' % text


RULES = {'po': po}
