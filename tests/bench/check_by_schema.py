"""Checks playbooks against the official schema: the peer of `playbook check`.

usage: check_by_schema.py SCHEMA_FOLDER FILE...
Prints the seconds that checking took, reading the files included; exit 77
where jsonschema is not installed.
"""
import json
import pathlib
import sys
import time
import warnings

warnings.simplefilter("ignore")
try:
  import jsonschema
except ImportError:
  sys.exit(77)

store = {}
for path in pathlib.Path(sys.argv[1]).rglob("*.json"):
  schema = json.loads(path.read_text(encoding="utf-8"))
  if "$id" in schema:
    store[schema["$id"]] = schema
root = next(s for s in store.values() if s.get("title") == "playbook")
checker = jsonschema.Draft7Validator(
  root, resolver=jsonschema.RefResolver(root["$id"], root, store=store))
begin = time.monotonic()
faults = 0
for name in sys.argv[2:]:
  faults += len(list(checker.iter_errors(json.loads(pathlib.Path(name).read_text("utf-8")))))
print(time.monotonic() - begin, faults)
