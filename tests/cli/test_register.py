#!/usr/bin/env python3
"""The register, rules, settings, profiles and plans by verbs."""
import json
import os

from desk import DeskTest, main


class Register(DeskTest):
  def test_init_says_what_the_profile_brought_and_what_is_missing(self):
    made = self.init("--profile", "quangngai")
    loaded = made["loaded"]
    self.assertEqual(loaded["profile"], "quangngai")
    self.assertGreater(loaded["facts_missing"], 0)
    self.assertEqual(loaded["units"]["added"] >= 96, True)
    self.whole()
    again = self.json("asset", "import", self.profile("quangngai"))
    for part in ("bodies", "units", "contacts", "assets", "groups", "rules"):
      self.assertEqual((again[part]["added"], again[part]["changed"]), (0, 0), msg=part)
    self.assertEqual(again["appended"], [])

  def profile(self, name):
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return os.path.join(root, "data", "profiles", name + ".json")

  def test_a_profile_that_is_wrong_makes_nothing(self):
    for bad, where in (('{"nonsense": 1}', "nonsense"), ("{", ""), ("[]", "")):
      path = os.path.join(self.folder, "p.json")
      with open(path, "w", encoding="utf-8") as f:
        f.write(bad)
      error = self.refused(1, "bad_input", "init", "--profile", path)
      self.assertIn(where, error["message"])
      self.assertFalse(os.path.exists(self.path))
    self.refused(3, "not_found", "init", "--profile", "nowhere")
    with open(self.profile("quangngai"), encoding="utf-8") as f:
      whole = json.load(f)
    whole["assets"][0]["depends_on"] = [{"on": "NOT-THERE", "source": "x"}]
    path = os.path.join(self.folder, "p.json")
    with open(path, "w", encoding="utf-8") as f:
      json.dump(whole, f)
    self.assertIn("NOT-THERE", self.refused(1, "bad_input", "init", "--profile",
                                            path)["message"])
    self.assertEqual([n for n in os.listdir(self.folder) if n != "p.json"], [])

  def test_members_are_added_changed_and_shown(self):
    self.init()
    added = self.json("member", "add", "tuan", "--name", "Lê Minh Tuấn", "--role", "responder",
                      "--mail", "tuan@doi.example")
    self.appended(added, "member_added")
    self.shape(added, {"login": str, "name": str, "role": str, "unit": (str, None),
                       "active": bool, "addresses": dict})
    self.assertEqual(added["addresses"]["mail"], "tuan@doi.example")
    self.appended(self.json("member", "set", "tuan", "active=no"), "member_set")
    self.appended(self.json("member", "set", "tuan", "--active", "no"))
    self.refused(1, "forbidden", "--as", "tuan", "list")
    self.refused(1, "refused", "member", "add", "tuan", "--name", "x", "--role", "viewer")
    self.refused(1, "bad_input", "member", "add", "b", "--name", "x", "--role", "boss")
    self.refused(1, "bad_input", "member", "set", "tuan", "nonsense=1")
    self.refused(3, "not_found", "member", "show", "nobody")
    self.refused(2, "usage", "member", "set", "tuan")
    rows = self.json("member", "list")
    self.assertIn("tuan", [row["login"] for row in rows])
    self.assertIn("tuan", self.run_suco("member", "list", "--csv").out)
    made = self.json("member", "add", "lan", "--input", "-",
                     data='{"name": "Trần Thị Lan", "role": "viewer"}')
    self.assertEqual(made["role"], "viewer")

  def test_a_viewer_reads_and_may_not_write(self):
    self.init()
    self.json("member", "add", "xem", "--name", "Người Xem", "--role", "viewer")
    n = self.new()["number"]
    for words in (["list"], ["show", n], ["timeline", n], ["search", "dien"], ["verify"],
                  ["steps", n], ["asset", "list"], ["member", "list"], ["rule", "test", n],
                  ["playbook", "list"], ["setting", "list"], ["evidence", n, "list"]):
      self.json("--as", "xem", *words)
    before = self.events()
    for words in (["note", n, "x"], ["ack", n], ["new", "--kind", "power", "--title", "x"],
                  ["member", "set", "xem", "role=admin"], ["setting", "set", "watch", "xem"],
                  ["begin", n, "PA-MD"], ["undo", n]):
      result = self.raw("--lang", "en", "--as", "xem", *words, "--json")
      self.assertIn(result.code, (1, 3), msg=repr(result))
    self.assertEqual(self.events(), before)

  def test_assets_say_what_hangs_on_them(self):
    self.init()
    for words in (["UPS", "--name", "Bộ lưu điện", "--level", "unknown"],
                  ["TTDL", "--name", "Trung tâm dữ liệu", "--level", "3", "--depends-on",
                   "UPS:assumed"]):
      self.appended(self.json("asset", "add", *words), "asset_added")
    self.shape(self.json("asset", "show", "TTDL"),
               {"code": str, "name": str, "level": (int, None), "owner": (str, None),
                "operator": (str, None), "standby": (str, None), "backup": (str, None),
                "links": list, "depends_on": list, "source": (str, None)})
    text = self.run_suco("asset", "show", "UPS").out
    self.assertIn("TTDL", text)
    self.assertIn("ASSUMED", text)
    error = self.refused(1, "refused", "asset", "set", "UPS", "depends-on=TTDL")
    self.assertIn("TTDL", error["message"])
    self.appended(self.json("asset", "set", "TTDL", "state=down"), "asset_set")

  def test_contacts_groups_settings_and_rules_are_kept(self):
    self.init("--profile", "quangngai")
    self.appended(self.json("contact", "set", "dien", "--mail", "truc@dien.example",
                            "--verified", "2026-11-21"), "contact_set")
    contact = self.json("contact", "show", "dien")
    self.shape(contact, {"role": str, "body": (str, None), "kinds": list,
                         "valid_from": (str, None), "valid_to": (str, None),
                         "addresses": dict})
    self.assertEqual(contact["addresses"]["mail"], "truc@dien.example")
    self.refused(1, "bad_input", "contact", "set", "dien", "--mail", "nonsense")
    self.assertEqual(self.json("group", "show", "xa_96")["size"], 96)
    self.appended(self.json("setting", "set", "backup_keep", "7"), "setting_set")
    self.refused(1, "bad_input", "setting", "set", "backup_keep", "-1")
    self.refused(3, "not_found", "setting", "set", "nonsense", "1")
    self.assertIn("7", [row["value"] for row in self.json("setting", "list")])
    n = self.new("Mất điện", "power", "--asset", "TTDL")["number"]
    fits = [r["code"] for r in self.json("rule", "test", n) if r["fits"]]
    self.assertIn("sev-power-ttdl", fits)
    shown = self.json("show", n)
    self.assertEqual((shown["severity"], shown["severity_rule"]), (None, "sev-power-ttdl"))
    self.assertIsInstance(shown["severity_suggested"], int)

  def test_a_register_field_changed_after_the_version_is_a_conflict(self):
    self.init()
    self.json("asset", "add", "A", "--name", "một")
    version = str(self.events())
    self.json("asset", "set", "A", "name=hai")
    error = self.refused(4, "conflict", "asset", "set", "A", "name=ba", "--if-version",
                         version)
    self.assertEqual((error["field"], error["yours"], error["theirs"], error["before"]),
                     ("name", "ba", "hai", "một"))

  def test_input_may_name_the_thing_that_is_added(self):
    self.init()
    for verb, key, more in (("member", "login", ', "role": "responder"'),
                            ("asset", "code", ""), ("contact", "role", "")):
      made = self.json(verb, "add", "--input", "-",
                       data='{"%s": "moi", "name": "Mới"%s}' % (key, more))
      self.assertEqual(made[key], "moi")
    self.refused(2, "usage", "member", "add", "--input", "-", data='{"name": "Mới"}')


class Plans(DeskTest):
  STEP = {"n": (int, None), "instance": (str, None), "step": str, "name": str, "type": str,
          "round": (int, None), "state": str, "lead": (str, None), "support": list,
          "assignee": (str, None), "due_at": ("time", None), "late": bool, "text": str,
          "asks": list}
  ASK = {"name": str, "type": str, "required": bool, "choices": (list, None),
         "unknown": (str, None), "value": (str, None)}

  def test_a_plan_is_begun_and_its_steps_are_worked(self):
    self.init("--profile", "quangngai")
    n = self.new("Mất điện", "power", "--asset", "TTDL")["number"]
    self.assertEqual(self.json("steps", n), [])
    begun = self.json("begin", n)
    self.changed(begun, *[row["kind"] for row in begun["appended"]])
    self.assertEqual(begun["runs"][0]["code"], "PA-MD")
    steps = self.json("steps", n)
    for step in steps:
      self.shape(step, self.STEP, "step")
      for ask in step["asks"]:
        self.shape(ask, self.ASK, "ask")
    self.assertEqual((steps[0]["state"], steps[1]["state"]), ("open", "waiting"))
    self.assertEqual(steps[1]["instance"], None)
    error = self.refused(1, "refused", "step", n, "1", "done", "--set", "gio_mat_dien=02:10")
    self.assertIn("nguoi_bao", error["message"])
    self.refused(1, "bad_input", "step", n, "1", "done", "--set", "nonsense=1")
    self.refused(2, "usage", "step", n, "1", "nonsense")
    self.refused(2, "usage", "step", n, "1", "done", "--set", "nonsense")
    self.refused(1, "refused", "step", n, "2", "done")
    self.refused(3, "not_found", "step", n, "99", "done")
    done = self.json("step", n, "1", "done", "--set", "gio_mat_dien=02:10", "--set",
                     "nguoi_bao=?", "--note", "kỹ thuật trực")
    self.assertEqual(done["status"], "new")
    steps = self.json("steps", n)
    self.assertEqual((steps[0]["state"], steps[0]["note"]), ("done", "kỹ thuật trực"))
    self.assertEqual([a["value"] for a in steps[0]["asks"]], ["02:10", "?"])
    self.appended(self.json("step", n, "1", "done", "--set", "gio_mat_dien=02:10", "--set",
                            "nguoi_bao=?"))
    self.assertIn("step", [t["origin"] for t in self.json("show", n)["tasks"]])
    self.assertIn("--set", self.run_suco("steps", n).out)
    self.whole()

  def test_another_members_done_step_is_a_conflict_that_names_them(self):
    self.init("--profile", "quangngai")
    self.json("member", "add", "tuan", "--name", "Lê Minh Tuấn", "--role", "responder")
    n = self.new("Mất điện", "power", "--asset", "TTDL", "--begin")["number"]
    words = ("done", "--set", "gio_mat_dien=02:10", "--set", "nguoi_bao=?")
    self.json("--as", "tuan", "step", n, "1", *words)
    self.assertIn("Lê Minh Tuấn", self.refused(4, "conflict", "step", n, "1",
                                              *words)["message"])

  def test_a_plan_is_checked_exported_and_imported(self):
    self.init()
    rows = self.json("playbook", "list")
    self.assertIn(("PA-MD", "vi"), [(row["code"], row["language"]) for row in rows])
    self.assertEqual(self.json("playbook", "show", "PA-MD")["code"], "PA-MD")
    self.refused(3, "not_found", "playbook", "show", "nothing")
    path = os.path.join(self.folder, "plan.json")
    self.run_suco("playbook", "export", "PA-MD", "-o", path)
    self.assertEqual(self.json("playbook", "check", path), [])
    with open(path, encoding="utf-8") as f:
      plan = json.load(f)
    plan["nonsense"] = 1
    del plan["workflow_start"]
    with open(path, "w", encoding="utf-8") as f:
      json.dump(plan, f)
    lines = self.run_suco("playbook", "check", path, code=6).out.splitlines()
    for line in lines:
      self.assertRegex(line, r"^%s: /?\S*: (error|warning): ." % path)
    vi = self.raw("--lang", "vi", "playbook", "check", path)
    self.assertEqual(vi.code, 6, msg=repr(vi))
    self.assertEqual(vi.out.count(": error: "), sum(": error: " in x for x in lines))
    self.refused(3, "not_found", "playbook", "check", path + ".none")
    before = self.events()
    self.refused(1, "bad_input", "playbook", "import", path)
    self.assertEqual(self.events(), before)


if __name__ == "__main__":
  main()
