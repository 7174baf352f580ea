#!/usr/bin/env python3
"""Plans checked, converted and imported: what is found, where, and what is right."""
import json
import os

from desk import DeskTest, main

UUID = "00000000-0000-4000-8000-%012d"


def old_plan():
  """A plan as version 1.1 wrote it."""
  step = lambda n: "step--" + UUID % n
  man = "individual--" + UUID % 20
  manual = [{"type": "manual", "command": "Ask $$who$$.value, pid $$"}]
  return {
    "type": "playbook", "spec_version": "1.1", "id": "playbook--" + UUID % 1,
    "name": "Mất điện", "created_by": "identity--" + UUID % 2,
    "created": "2022-01-05T08:00:00Z", "modified": "2022-01-05T15:00:00.5+07:00",
    "playbook_variables": {"$$n$$": {"type": "integer", "value": 5},
                           "$$who$$": {"type": "string", "value": "an"}},
    "workflow_start": step(10),
    "workflow": {
      step(10): {"type": "start", "on_completion": step(11)},
      step(11): {"type": "single", "name": "Hỏi", "commands": manual,
                 "target_ids": [man], "out_args": ["$$n$$"], "on_completion": step(12)},
      step(12): {"type": "if-condition", "condition": "$$n$$ == 3",
                 "on_true": [step(13)], "on_false": [step(14)]},
      step(13): {"type": "single", "commands": manual,
                 "target": {"type": "group", "name": "Ca trực"}, "on_completion": step(15)},
      step(14): {"type": "single", "commands": manual, "target_ids": [man],
                 "on_completion": step(15)},
      step(15): {"type": "end"},
    },
    "targets": {man: {"type": "individual", "name": "An"}},
  }


class Playbook(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")

  def write(self, name, value):
    path = os.path.join(self.folder, name)
    with open(path, "w", encoding="utf-8") as file:
      file.write(value if isinstance(value, str) else json.dumps(value))
    return path

  def test_a_finding_says_where_how_grave_what_is_right_and_which_section(self):
    plan = self.json("playbook", "show", "PA-MD")["playbook"]
    step = next(i for i in plan["workflow"] if i.startswith("action--"))
    plan["workflow"][step]["timeout"] = -5
    path = self.write("plan.json", plan)
    result = self.run_suco("playbook", "check", path, "--lang", "en", code=6)
    self.assertEqual(result.out, "%s: /workflow/%s/timeout: error: must be 0 or more"
                     " milliseconds [CACAO 2.0 4.1]\n" % (path, step))
    found = self.run_suco("playbook", "check", path, "--json", code=6).json()
    self.assertEqual(len(found), 1)
    self.assertEqual({k: found[0][k] for k in ("path", "level", "rule", "section")},
                     {"path": "/workflow/%s/timeout" % step, "level": "error", "rule": 41,
                      "section": "CACAO 2.0 4.1"})

  def test_a_fault_of_the_json_has_its_place_too(self):
    path = self.write("twice.json", '{"name": "a", "name": "b"}')
    found = self.run_suco("playbook", "check", path, "--json", code=6).json()
    self.assertEqual([(f["path"], f["section"]) for f in found], [("/name", "RFC 8259")])

  def test_an_old_plan_is_named_and_refused(self):
    path = self.write("old.json", old_plan())
    found = self.run_suco("playbook", "check", path, "--json", code=6).json()
    self.assertEqual([(f["path"], f["rule"]) for f in found], [("/spec_version", 2)])
    self.assertIn("1.1", found[0]["text"])
    self.assertIn("1.1", self.refused(1, "bad_input", "playbook", "import", path)["message"])

  def test_an_old_plan_is_converted_and_runs(self):
    path = self.write("old.json", old_plan())
    to = os.path.join(self.folder, "new.json")
    result = self.json("playbook", "convert", path, "-o", to)
    self.assertEqual(result["version"], "1.1")
    self.assertEqual(result["findings"], [])
    changed = {c["path"] for c in result["changes"]}
    for place in ("/spec_version", "/created", "/modified", "/targets",
                  "/playbook_variables/$$n$$/value"):
      self.assertIn(place, changed)
    with open(to, encoding="utf-8") as file:
      plan = json.load(file)
    self.assertEqual(plan["modified"], "2022-01-05T08:00:00.500Z")
    self.assertEqual(plan["playbook_variables"]["__n__"], {"type": "integer", "value": "5"})
    self.assertEqual(self.run_suco("playbook", "check", to).out, "")
    plain = self.run_suco("playbook", "convert", path)
    with open(to, encoding="utf-8") as file:
      self.assertEqual(plain.out, file.read())
    self.assertIn("changed: ", plain.err)
    imported = self.json("playbook", "import", path, "--convert")
    self.assertEqual(imported["changes"], result["changes"])
    n = self.new("Mất điện", "power")["number"]
    self.json("begin", n, plan["id"])
    self.json("step", n, "1", "done", "--set", "__n__=3")
    steps = self.json("steps", n)
    self.assertIn("done", json.dumps(steps))

  def test_what_is_not_certain_is_left_and_told(self):
    plan = old_plan()
    step = "step--" + UUID % 12
    plan["workflow"][step]["on_true"].append("step--" + UUID % 14)
    path = self.write("old.json", plan)
    to = os.path.join(self.folder, "new.json")
    result = self.run_suco("playbook", "convert", path, "-o", to, "--json", code=6).json()
    left = {(f["path"], f["rule"]) for f in result["findings"] if f["level"] == "error"}
    self.assertIn(("/workflow/if-condition--%s/on_true" % (UUID % 12), 40), left)
    self.refused(1, "bad_input", "playbook", "import", path, "--convert")

  def test_a_plan_that_is_right_is_left_as_it_is(self):
    to = os.path.join(self.folder, "plan.json")
    self.json("playbook", "export", "PA-MD", "-o", to)
    result = self.json("playbook", "convert", to)
    self.assertEqual((result["changes"], result["findings"]), ([], []))


if __name__ == "__main__":
  main()
