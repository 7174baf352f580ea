#!/usr/bin/env python3
"""The official schema of CACAO takes every plan that suco writes.

Its known defects are allowed for: its header names draft-07, which leaves
unevaluatedProperties unread (by 2019-09, which reads it, OASIS's own example
fails), and it never applies the schemas of commands, so they are applied here.
"""
import json
import os
import pathlib
import unittest
import warnings

warnings.simplefilter("ignore")
try:
  import jsonschema
except ImportError:
  jsonschema = None

from desk import DeskTest, main
from test_plan_md import page_example
from test_playbook import old_plan

SCHEMAS = pathlib.Path(os.environ.get("SUCO_SHARED", "")) / "cacao" / "schema" / "schemas"


def read_schemas():
  """All of them, by what stands in the reference: folder/file."""
  store = {}
  for path in SCHEMAS.rglob("*.json"):
    schema = json.loads(path.read_text(encoding="utf-8"))
    store[schema["$id"]] = schema
  return store


@unittest.skipIf(jsonschema is None, "python3-jsonschema is not installed")
@unittest.skipUnless(os.environ.get("SUCO_SHARED") and SCHEMAS.is_dir(),
                     "the folder of public schemas does not stand beside this tree")
class Schema(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.store = read_schemas()

  def validator(self, name):
    schema = next(s for i, s in self.store.items() if i.endswith("/schemas/" + name + ".json"))
    return jsonschema.Draft7Validator(
      schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store=self.store))

  def faults(self, plan):
    found = [(list(e.absolute_path), e.message[:200])
             for e in self.validator("playbook").iter_errors(plan)]
    for key, step in plan["workflow"].items():
      for command in step.get("commands", []):
        check = self.validator("commands/" + command["type"])
        found += [([key] + list(e.absolute_path), e.message[:200])
                  for e in check.iter_errors(command)]
    return found

  def taken(self, text):
    plan = json.loads(text)
    self.assertEqual(self.faults(plan), [], plan["name"])
    return plan

  def written(self, name):
    with open(os.path.join(self.folder, name), encoding="utf-8") as file:
      return file.read()

  def test_every_plan_that_is_exported(self):
    plans = self.json("playbook", "list")
    self.assertGreaterEqual(len(plans), 14)
    for plan in plans:
      self.taken(self.run_suco("playbook", "export", plan["id"]).out)

  def test_a_plan_that_was_signed(self):
    key = os.path.join(self.folder, "key.pem")
    plan = os.path.join(self.folder, "plan.json")
    self.json("playbook", "key", key)
    self.json("playbook", "export", "PA-MD", "-o", plan)
    self.json("playbook", "sign", plan, "--key", key, "--signee", "Đội ứng cứu")
    self.assertEqual(len(self.taken(self.written("plan.json"))["signatures"]), 1)

  def test_a_plan_that_was_converted(self):
    path = os.path.join(self.folder, "old.json")
    with open(path, "w", encoding="utf-8") as file:
      json.dump(old_plan(), file)
    self.assertNotEqual(self.faults(old_plan()), [])
    self.taken(self.run_suco("playbook", "convert", path).out)

  def test_a_plan_written_in_markdown(self):
    path = os.path.join(self.folder, "plan.md")
    to = os.path.join(self.folder, "plan.json")
    with open(path, "w", encoding="utf-8") as file:
      file.write(page_example())
    self.run_suco("playbook", "new", "--from", path, "-o", to)
    self.taken(self.written("plan.json"))

  def test_a_plan_as_it_was_run(self):
    n = self.new("Mất điện", "power")["number"]
    self.json("begin", n, "PA-MD")
    self.taken(self.run_suco("run", n, "playbook").out)

  def test_what_the_schema_refuses_the_strict_check_refuses(self):
    """The fault files: whatever the official schema catches, suco catches."""
    caught = 0
    for path in sorted((SCHEMAS.parent.parent / "invalid").glob("*.json")):
      plan = json.loads(path.read_text(encoding="utf-8"))
      if "workflow" in plan and list(self.validator("playbook").iter_errors(plan)):
        self.run_suco("playbook", "check", str(path), code=6)
        caught += 1
    self.assertGreater(caught, 15)


if __name__ == "__main__":
  main()
