#!/usr/bin/env python3
"""What leaves suco for others: runs, plans as they were run, and nothing lost."""
import base64
import hashlib
import json
import os
import unittest

try:
  import jsonschema
except ImportError:
  jsonschema = None

from desk import DeskTest, main

SHARED = os.environ.get("SUCO_SHARED", "")
SCHEMAS = os.path.join(SHARED, "cacao", "schema")
ANSWERS = ("--set", "gio_mat_dien=02:05", "--set", "nguoi_bao=Kỹ thuật trực")
CSD01 = "https://raw.githubusercontent.com/cyentific-rni/cacao-json-schemas/cacao-v2.0-csd01/"


def load(*path):
  with open(os.path.join(SCHEMAS, *path), encoding="utf-8") as file:
    return json.load(file)


def validator():
  """The public schema, with its one fault mended: {"$ref": "integer"}."""
  schema = load("extra", "workflow-status", "execution-status.json")
  schema["properties"]["duration"] = {"type": "integer", "minimum": 0}
  store = {CSD01 + "schemas/data-types/%s.json" % name:
           load("schemas", "data-types", name + ".json")
           for name in ("identifier", "timestamp")}
  resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
  return jsonschema.Draft7Validator(schema, resolver=resolver)


class Exchange(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.n = self.new("Mất điện TTDL", "power")["number"]

  def file(self, name="out.json"):
    return os.path.join(self.folder, name)

  def play(self, plan="PA-MD"):
    self.json("begin", self.n, plan)
    self.json("step", self.n, "1", "done", "--note", "gọi số 0905 000 111", *ANSWERS)
    self.json("step", self.n, "2", "failed", "--note", "không đọc được đồng hồ")


class Run(Exchange):
  def test_a_run_is_given_away_with_its_records(self):
    self.refused(3, "not_found", "run", self.n, "export")
    self.play()
    out = self.json("run", self.n, "export", "-o", self.file())
    self.assertEqual(out["file"], self.file())
    self.assertEqual(os.stat(self.file()).st_mode & 0o777, 0o600)
    with open(self.file(), encoding="utf-8") as file:
      doc = json.load(file)
    self.assertEqual(len(doc["records"]), out["records"])
    self.assertEqual(doc, self.json("run", self.n, "export", "1"))
    self.assertEqual(doc, json.loads(self.run_suco("run", self.n, "export").out))
    first = doc["records"][0]
    self.assertEqual((first["status"], first["notes"]),
                     ("successfully_completed", "gọi số 0905 000 111"))
    self.assertTrue(base64.b64decode(first["command_b64"][0]).decode())
    names = {i["id"]: i["name"] for i in doc["identities"]}
    self.assertIn(first["executed_by"], names)
    self.assertNotIn("phone", json.dumps(doc["identities"]))
    self.refused(3, "not_found", "run", self.n, "export", "7")
    self.refused(2, "usage", "run", self.n, "list", "-o", self.file())

  def test_a_failure_is_of_who_reported_it_not_of_who_decided_later(self):
    self.json("member", "add", "ha", "--name", "Nguyễn Thu Hà", "--role", "responder")
    self.play()
    failed = self.json("run", self.n, "export")["records"][1]
    self.assertIn("duration", failed)
    self.json("--as", "ha", "step", self.n, "2", "start")
    doc = self.json("run", self.n, "export")
    self.assertEqual(doc["records"][1]["executed_by"], doc["records"][0]["executed_by"])
    self.assertEqual(doc["records"][1]["duration"], failed["duration"])
    self.assertEqual([r["status"] for r in doc["records"][1:3]], ["failed", "ongoing"])

  @unittest.skipIf(jsonschema is None, "python3-jsonschema is not installed")
  @unittest.skipUnless(os.path.isdir(os.path.join(SCHEMAS, "extra")),
                       "the folder of public schemas does not stand beside this tree")
  def test_the_public_schema_takes_every_record(self):
    self.play()
    check = validator()
    doc = self.json("run", self.n, "export")
    for record in doc["records"]:
      check.validate(record)
    self.json("run", self.n, "stop", "--reason", "báo nhầm")
    doc = self.json("run", self.n, "export")
    self.assertEqual(doc["run"]["why"], "báo nhầm")
    self.assertGreater(len(doc["records"]), 1)
    for record in doc["records"]:
      check.validate(record)
    self.assertNotIn("ongoing", [r["status"] for r in doc["records"]])
    record["status"] = "nonsense"
    self.assertFalse(check.is_valid(record))

  def test_what_was_redacted_does_not_leave(self):
    self.play()
    event = [e for e in self.json("timeline", self.n) if e["kind"] == "step_done"][0]
    self.json("redact", self.n, str(event["seq"]), "note", "--reason", "dữ liệu cá nhân",
              "--law", "Luật 91/2025")
    text = self.run_suco("run", self.n, "export").out
    self.assertNotIn("0905 000 111", text)
    self.assertIn("█", text)

  def test_the_plan_comes_out_as_it_was_run(self):
    plan = self.file("plan.json")
    self.json("playbook", "export", "PA-MD", "-o", plan)
    with open(plan, "rb") as file:
      before = file.read()
    self.play(json.loads(before)["id"])
    out = self.json("run", self.n, "playbook", "-o", self.file())
    with open(self.file(), "rb") as file:
      self.assertEqual(file.read(), before)
    self.assertEqual(out["hash"], hashlib.sha256(before).hexdigest())
    # A newer edition in the desk is not the one that was run.
    newer = json.loads(before)
    newer["modified"] = "2026-11-22T09:00:00.000Z"
    with open(plan, "w", encoding="utf-8") as file:
      json.dump(newer, file, ensure_ascii=False)
    self.json("playbook", "import", plan)
    self.assertEqual(self.run_suco("run", self.n, "playbook").out, before.decode())

  def test_of_several_plans_one_must_be_named(self):
    self.play()
    self.json("begin", self.n, "PA-PM")
    error = self.refused(1, "refused", "run", self.n, "export")
    self.assertIn("list", json.dumps(error))
    names = [self.json("run", self.n, "export", str(i))["playbook"]["name"] for i in (1, 2)]
    self.assertNotEqual(*names)


class Foreign(Exchange):
  """What suco does not know, in a plan that others wrote."""

  STRANGE = {"z": 1.0, "a": -2.5e-7, "big": 9223372036854775807, "é😀": "€/\n",
             "none": None, "empty": [{}, [], ""], "deep": {"b": {"a": [[[1, 2.5]]]}}}
  LAYOUT = "extension-definition--418ee24c-9cb1-46d9-afa5-309e01aabc7f"
  OTHER = "extension-definition--11111111-2222-4333-8444-555555555555"

  def foreign(self):
    plan = json.loads(self.run_suco("playbook", "export", "PA-MD").out)
    define = next(iter(plan["extension_definitions"].values()))
    for name in (self.LAYOUT, self.OTHER):
      plan["extension_definitions"][name] = dict(define, name="x", more=self.STRANGE)
      plan["playbook_extensions"][name] = dict(self.STRANGE, type="layout")
      for step in plan["workflow"].values():
        step.setdefault("step_extensions", {})[name] = {"x": 10, "y": -2.5, "s": self.STRANGE}
      for agent in plan["agent_definitions"].values():
        agent.setdefault("agent_target_extensions", {})[name] = self.STRANGE
    plan["modified"] = "2026-11-22T09:00:00.000Z"
    path = self.file("foreign.json")
    with open(path, "w", encoding="utf-8") as file:
      json.dump(plan, file, ensure_ascii=False, indent=1)
    return plan, path

  def test_it_comes_back_byte_for_byte_and_signed_as_it_was(self):
    plan, path = self.foreign()
    self.json("playbook", "import", path)
    self.json("playbook", "export", plan["id"], "-o", self.file())
    with open(path, "rb") as given, open(self.file(), "rb") as back:
      self.assertEqual(given.read(), back.read())
    key = self.file("key.pem")
    self.json("playbook", "key", key)
    self.json("playbook", "sign", self.file(), "--key", key, "--signee", "Đội ứng cứu")
    with open(self.file(), encoding="utf-8") as file:
      after = json.load(file)
    self.assertEqual(len(after.pop("signatures")), 1)
    after["playbook_processing_summary"].pop("digital_signatures")
    before = json.loads(json.dumps(plan))
    before["playbook_processing_summary"].pop("digital_signatures", None)
    self.assertEqual(after, before)
    self.json("begin", self.n, plan["id"])
    with open(path, encoding="utf-8") as file:
      self.assertEqual(self.run_suco("run", self.n, "playbook").out, file.read())


if __name__ == "__main__":
  main()
