#!/usr/bin/env python3
"""Plans signed, verified, trusted, and begun only when they are."""
import json
import os
import subprocess

from desk import DeskTest, main


class Sign(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.key = os.path.join(self.folder, "key.pem")
    self.plan = os.path.join(self.folder, "plan.json")
    self.public = self.json("playbook", "key", self.key)["public_key"]
    self.json("playbook", "export", "PA-MD", "-o", self.plan)

  def newer(self, **more):
    """The shipped plan as the team's own edition."""
    with open(self.plan, encoding="utf-8") as file:
      plan = json.load(file)
    plan["modified"] = "2026-11-22T09:00:00.000Z"
    plan.update(more)
    with open(self.plan, "w", encoding="utf-8") as file:
      json.dump(plan, file, ensure_ascii=False)

  def sign(self, *words):
    return self.json("playbook", "sign", self.plan, "--key", self.key, "--signee",
                     "Đội ứng cứu", *words)

  def states(self, code):
    result = self.run_suco("playbook", "verify", self.plan, "--json", code=code)
    return [(s["state"], s["trusted"]) for s in result.json()]

  def test_a_key_is_made_once_and_kept_from_others(self):
    self.assertEqual(os.stat(self.key).st_mode & 0o777, 0o600)
    self.assertEqual(self.json("playbook", "key", self.key)["public_key"], self.public)
    os.chmod(self.key, 0o640)
    error = self.refused(1, "refused", "playbook", "sign", self.plan, "--key", self.key,
                         "--signee", "x")
    self.assertIn("others", error["message"])

  def test_what_was_signed_is_good_and_trusted_when_the_desk_says_so(self):
    self.newer()
    self.assertEqual(self.states(6), [])
    self.sign()
    self.assertEqual(self.states(6), [("good", None)])
    self.json("setting", "set", "key.doi", self.public)
    self.assertEqual(self.states(0), [("good", "doi")])
    self.assertIn("doi", self.run_suco("playbook", "verify", self.plan).out)
    self.assertEqual(self.run_suco("playbook", "check", self.plan).out, "")
    self.newer(name="Mất điện")
    self.assertEqual(self.states(6), [("broken", "doi")])

  def test_openssl_finds_the_same_signature_good(self):
    if subprocess.run(["which", "openssl"], capture_output=True, check=False).returncode:
      self.skipTest("openssl is not installed")
    self.newer()
    self.sign()
    out = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout"], check=True,
                         capture_output=True, text=True).stdout
    self.assertIn(self.public, out)

  def test_a_desk_that_wants_signed_plans_begins_no_other(self):
    self.refused(1, "bad_input", "setting", "set", "key.doi", "x")
    self.refused(1, "bad_input", "setting", "set", "plans.signed_only", "perhaps")
    self.json("setting", "set", "plans.signed_only", "yes")
    n = self.new("Mất điện TTDL", "power")["number"]
    with open(self.plan, encoding="utf-8") as file:
      plan = json.load(file)["id"]
    self.refused(1, "refused", "begin", n, plan)
    # No case is refused because of its plan.
    opened = self.run_suco("new", "--kind", "power", "--title", "Mất điện trạm hai",
                           "--begin", "--json")
    case = opened.json()
    self.assertEqual((case["title"], case["runs"]), ("Mất điện trạm hai", []))
    self.assertIn("PA-MD was not begun: PA-MD is not signed", opened.err)
    self.assertIn("suco begin %s PA-MD" % case["number"], opened.err)
    tin = self.json("tin", "--what", "Mất điện TTDL", "--callback", "0914000111")["number"]
    opened = self.run_suco("tin", "case", tin, "--begin")
    self.assertIn("was not begun", opened.err)
    self.newer()
    self.sign()
    self.json("playbook", "import", self.plan)
    self.refused(1, "refused", "begin", n, plan)
    self.json("setting", "set", "key.doi", self.public)
    case = self.json("begin", n, plan)
    self.assertEqual([r["signed_by"] for r in case["runs"]], ["doi"])
    self.assertIn("signed", self.run_suco("timeline", n).out)
    self.run_suco("verify", "--replay")

  def test_what_is_signed_later_is_the_same_edition_and_counts(self):
    for spec in ("PA-MD", "PA-DT"): # one that is shipped, one that was imported
      self.json("setting", "set", "key.doi", "")
      plan = os.path.join(self.folder, spec + ".json")
      self.run_suco("playbook", "export", spec, "-o", plan)
      with open(plan, encoding="utf-8") as file:
        name = json.load(file)["id"]
      if spec == "PA-DT":
        self.json("playbook", "import", plan)
      self.json("playbook", "sign", plan, "--key", self.key, "--signee", "Lê Minh")
      self.json("playbook", "import", plan)
      self.json("setting", "set", "key.doi", self.public)
      self.run_suco("playbook", "verify", name)
      # The same without a signature, brought in again, changes nothing.
      self.json("playbook", "import", plan)
      n = self.new("Mất điện TTDL", "power")["number"]
      case = self.json("begin", n, name)
      self.assertEqual([r["signed_by"] for r in case["runs"]], ["doi"])


if __name__ == "__main__":
  main()
