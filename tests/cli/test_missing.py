#!/usr/bin/env python3
"""A plan of others that names a step which is not in it: taken with a finding, run up
to there, said and decided by the operator."""
import json

from desk import DeskTest, main


def uid(n, word):
  return "%s--1f0c4a2e-5b7d-4c3a-9e8f-%012d" % (word, n)


ASK, HOLE, AGENT = uid(3, "action"), uid(4, "end"), uid(5, "individual")
PLAN = {
  "type": "playbook", "spec_version": "cacao-2.0", "id": uid(1, "playbook"),
  "name": "holed", "created_by": uid(2, "identity"),
  "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
  "workflow_start": ASK,
  "workflow": {ASK: {"type": "action", "name": "look", "agent": AGENT,
                     "commands": [{"type": "manual", "command": "look"}],
                     "on_completion": HOLE}},
  "agent_definitions": {AGENT: {"type": "individual", "name": "Watch"}}}


class Missing(DeskTest):
  def test_it_runs_up_to_the_hole_and_the_operator_decides(self):
    self.init()
    n = self.new("Thử", "attack")["number"]
    path = self.folder + "/plan.json"
    with open(path, "w", encoding="utf-8") as out:
      json.dump(PLAN, out)
    self.assertEqual(self.raw("playbook", "check", path).code, 6)
    self.assertEqual(self.raw("playbook", "check", "--lenient", path).code, 0)
    found = self.raw("playbook", "import", path).out
    (told,) = [l for l in found.splitlines() if "/on_completion: warning: " in l]
    self.assertIn("/workflow/" + ASK, told)
    self.assertIn(HOLE, told)
    self.assertIn(HOLE, self.raw("playbook", "draw", path).out)
    tried = json.loads(self.raw("playbook", "try", path, "--json").out)
    self.assertEqual([s["step"] for s in tried["missing"]], [HOLE])
    self.json("begin", n, "holed")
    self.json("step", n, "1", "done", "--note", "seen")
    hole = self.json("steps", n)[-1]
    self.assertEqual((hole["step"], hole["state"], hole["undecided"]),
                     (HOLE, "failed", True))
    self.assertEqual(hole["note"], "the plan goes on at a step that is not in it")
    text = self.run_suco("steps", n).out
    for words in (hole["note"], "begin it again, or say that it does not apply"):
      self.assertIn(words, text)
    self.refused(1, "refused", "step", n, HOLE, "done")
    self.json("step", n, HOLE, "start") # no better the second time
    self.assertEqual(self.json("steps", n)[-1]["round"], 2)
    self.json("step", n, HOLE, "skip", "--note", "nothing comes after it")
    self.assertEqual(self.json("run", n, "list")[0]["state"], "done")
    self.whole()


if __name__ == "__main__":
  main()
