#!/usr/bin/env python3
"""A scene that the police asked to keep, evidence handed over, planned work: by
verbs, as a night of ransomware has them."""
import os

from desk import DeskTest, main

CITY = "Công an tỉnh"


class Scene(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")

  def hold(self, what, *more):
    return self.json("scene", "hold", what, "--body", CITY, "--document", "12/CV-PA05", *more)

  def attack(self):
    case = self.new("Mã hóa máy chủ", "attack", "--category", "encryption", "--asset",
                    "LAN-SO", "--begin")["number"]
    return case

  def altering(self, case):
    """The steps of the plan that alter the scene."""
    return [s["n"] for s in self.json("steps", case) if s["alters"]]

  def test_rebuild_and_restore_wait_until_the_police_release_the_scene(self):
    case = self.new("Máy chính LGSP hỏng", "hardware", "--asset", "LGSP", "--begin")["number"]
    self.assertEqual(self.altering(case), [15, 16, 18])
    self.assertEqual(self.hold(case, "--date", "20/11/2026", "--what", "nhật ký")["n"], 1)
    shown = self.json("show", case)["holds"]
    self.assertEqual([h["state"] for h in shown], ["held"])
    self.assertEqual(shown[0]["date"], "2026-11-20")
    lines = self.run_suco("timeline", case).out
    self.assertIn("KEEP THE SCENE (1): asked by Công an tỉnh, 12/CV-PA05 (20/11/2026)", lines)
    self.refused(1, "bad_input", "scene", "release", "1", "--by", " ", "--document", "15/CV")
    self.run_suco("scene", "release", "1", "--by", "Thiếu tá Bình", code=2)
    self.json("scene", "release", "1", "--by", "Thiếu tá Bình", "--document", "15/CV")
    self.refused(4, "conflict", "scene", "release", "1", "--by", "An", "--document", "16/CV")
    self.assertEqual(self.json("show", case)["holds"][0]["state"], "released")
    self.assertEqual(self.json("scene", "list"), [])
    self.assertEqual(len(self.json("scene", "list", "--all")), 1)
    self.run_suco("verify", "--replay")

  def test_the_hold_refuses_the_step_itself(self):
    case = self.new("Sửa giao diện", "attack", "--category", "defacement", "--asset",
                    "CONG-XA", "--begin")["number"]
    self.hold("CONG-XA")
    for _ in range(60):
      steps = self.json("steps", case)
      ready = [s for s in steps if s["state"] in ("open", "started")]
      blocked = [s for s in ready if s["alters"]]
      if blocked:
        break
      step = ready[0]
      values = []
      for ask in step["asks"]:
        values += ["--set", ask["name"] + "=" + (ask["choices"][0] if ask["choices"] else "?")]
      self.run_suco("step", case, step["instance"], "done", "--note", "x", *values)
    self.assertTrue(blocked, msg=str(steps)[-2000:])
    where = blocked[0]["instance"]
    error = self.refused(1, "refused", "step", case, where, "start")
    self.assertIn(CITY, error["message"])
    self.assertIn("12/CV-PA05", error["message"])
    self.json("scene", "release", "1", "--by", "Bình", "--document", "15/CV")
    self.run_suco("step", case, where, "start")
    self.run_suco("verify", "--replay")

  def test_a_hold_on_a_system_shows_on_its_cases(self):
    case = self.attack()
    other = self.new("Mất điện", "power")["number"]
    self.assertEqual(self.hold("LAN-SO")["n"], 1)
    self.assertEqual(len(self.json("show", case)["holds"]), 1)
    self.assertEqual(self.json("show", other)["holds"], [])
    self.refused(3, "not_found", "scene", "hold", "KHONG-CO", "--body", "x", "--document", "y")
    self.run_suco("scene", "hold", case, "--document", "1/CV", code=2)

  def test_evidence_is_handed_over_with_a_record_to_sign(self):
    case = self.attack()
    for name in ("a.log", "b.img"):
      path = os.path.join(self.folder, name)
      with open(path, "w", encoding="utf-8") as f:
        f.write(name)
      self.run_suco("evidence", case, "add", path)
    paper = self.run_suco("evidence", case, "handover", "1", "2", "--to", "Đại úy An",
                          "--body", CITY, "--document", "12/CV").out
    for line in paper.splitlines():
      self.assertLessEqual(len(line), 74, msg=line)
    for word in ("a.log", "b.img", "Đại úy An", CITY, "SHA-256", "WHO GIVES"):
      self.assertIn(word, paper)
    custody = self.json("evidence", case, "custody")
    self.assertEqual([c["evidence"] for c in custody], [1, 2])
    out = os.path.join(self.folder, "bien-ban.txt")
    self.run_suco("evidence", case, "record", "2", "-o", out)
    with open(out, encoding="utf-8") as f:
      self.assertEqual(f.read(), paper)
    self.refused(3, "not_found", "evidence", case, "handover", "7", "--to", "An")
    self.assertIn("evidence 1 handed over", self.run_suco("timeline", case).out)
    self.run_suco("verify", "--replay")

  def test_a_machine_without_a_file_stands_on_the_record_that_both_sign(self):
    case = self.attack()
    path = os.path.join(self.folder, "a.log")
    with open(path, "w", encoding="utf-8") as f:
      f.write("a")
    self.run_suco("evidence", case, "add", path)
    self.run_suco("evidence", case, "item", "Máy trạm kế toán", "--label", "5CG1234XYZ",
                  "--place", "Sở Nội vụ, phòng 2", "--by", "Lê Văn Bình",
                  "--note", "niêm phong số 3")
    self.json("evidence", case, "item", "Ổ cứng rời", "--place", "tủ hồ sơ Đội")
    item = self.json("evidence", case, "list")[1]
    self.assertEqual((item["n"], item["kept"], item["name"], item["place"]),
                     (2, "item", "Máy trạm kế toán (5CG1234XYZ)", "Sở Nội vụ, phòng 2"))
    self.assertEqual((item["sha256"], item["bytes"]), (None, 0))
    self.assertEqual(item["note"], "Lê Văn Bình\nniêm phong số 3")
    for word in ("Máy trạm kế toán (5CG1234XYZ)", "Sở Nội vụ, phòng 2", "Lê Văn Bình"):
      self.assertIn(word, self.run_suco("timeline", case).out)
      self.assertIn(word, self.run_suco("evidence", case, "list").out)
    paper = self.run_suco("evidence", case, "handover", "1", "2", "3", "--to", "Đại úy An",
                          "--body", CITY).out
    for word in ("Máy trạm kế toán (5CG1234XYZ)", "Sở Nội vụ, phòng 2", "Lê Văn Bình",
                 "niêm phong số 3", "Ổ cứng rời", "tủ hồ sơ Đội", "WHO TAKES"):
      self.assertIn(word, paper)
    self.assertEqual(paper.count("SHA-256"), 1)
    self.refused(1, "bad_input", "evidence", case, "item", " ", "--place", "tủ")
    self.refused(1, "refused", "evidence", case, "get", "2", "-o",
                 os.path.join(self.folder, "out"))
    self.run_suco("evidence", case, "item", "Máy", code=2)
    # What another thing says is its own: no bytes go with a word.
    event = [e for e in self.json("timeline", case) if e["kind"] == "evidence_added"][1]
    self.refused(1, "bad_input", "redact", case, str(event["seq"]), "bytes", "--law",
                 "NĐ 13/2023", "--reason", "sai")
    self.json("redact", case, str(event["seq"]), "name", "--law", "NĐ 13/2023",
              "--reason", "lộ tên")
    self.assertNotIn("5CG1234XYZ", self.run_suco("evidence", case, "list").out)
    self.run_suco("verify", "--replay")

  def test_the_coordination_table_is_listed_tested_and_printed(self):
    case = self.new("Mất điện TTDL", "power", "--asset", "TTDL")["number"]
    rules = self.json("rule", "list", "--family", "coordination")
    self.assertEqual(len(rules), 16)
    self.assertEqual({r["family"] for r in rules}, {"coordination"})
    wins = [r["code"] for r in self.json("rule", "test", case)
            if r["family"] == "coordination" and r["wins"]]
    self.assertEqual(wins, ["phoi-hop-dien-4"])
    paper = self.run_suco("print", "coordination").out
    for word in ("ANNEX: COORDINATION TABLE", "1. power loss, S4", "Leads:", "16. any kind"):
      self.assertIn(word, paper)
    for line in paper.split("\n"):
      self.assertLessEqual(len(line), 80, msg=line)

  def test_what_is_not_well_is_said_until_somebody_says_that_it_is_back(self):
    self.run_suco("asset", "set", "LGSP", "state=no_standby")
    alive = self.json("asset", "alive")
    self.assertEqual([(s["code"], s["state"]) for s in alive["systems"]],
                     [("LGSP", "no_standby")])
    self.assertEqual(alive["waiting"], 0)
    self.assertIn("LGSP NO STANDBY", self.run_suco("asset", "alive").out)
    self.run_suco("asset", "set", "LGSP", "state=normal")
    self.assertEqual(self.json("asset", "alive")["systems"], [])

  def test_planned_work_is_the_first_thing_a_new_case_shows(self):
    self.json("planned", "add", "LGSP", "--what", "vá hệ điều hành", "--from", "-3h",
              "--until", "-2h", "--by", "Tuấn")
    self.json("planned", "add", "THU", "--what", "đổi chứng thư", "--from", "+10m")
    case = self.new("LGSP chậm", "software", "--asset", "LGSP")
    self.assertEqual([w["what"] for w in case["changes"]], ["vá hệ điều hành"])
    self.assertIn("vá hệ điều hành", self.run_suco("show", case["number"]).out)
    told = self.run_suco("new", "--kind", "software", "--title", "LGSP chậm nữa",
                         "--asset", "LGSP").out
    self.assertIn("changed in the last 24 hours: LGSP: vá hệ điều hành", told)
    self.run_suco("tin", "--what", "LGSP đứng hẳn")
    told = self.run_suco("tin", "case", "1").out
    self.assertIn("changed in the last 24 hours: LGSP: vá hệ điều hành", told)
    self.json("planned", "set", "1", "--state", "cancelled")
    self.assertEqual(self.json("show", case["number"])["changes"], [])
    self.refused(1, "bad_input", "planned", "set", "1", "--state", "vui")
    self.assertEqual(len(self.json("planned", "list")), 2)
    self.run_suco("verify", "--replay")

  def test_the_record_of_a_hand_over_is_one_value_for_scripts(self):
    case = self.attack()
    path = os.path.join(self.folder, "a.log")
    out = os.path.join(self.folder, "bien-ban.txt")
    with open(path, "w", encoding="utf-8") as f:
      f.write("a")
    self.run_suco("evidence", case, "add", path)
    self.assertIn("custody", self.json("evidence", case, "handover", "1", "--to", "An",
                                       "-o", out))
    with open(out, encoding="utf-8") as f:
      paper = f.read()
    self.assertIn("a.log", paper)
    self.assertEqual(self.json("evidence", case, "record", "1")["text"], paper)
    os.unlink(out)
    self.assertEqual(self.json("evidence", case, "record", "1", "-o", out)["file"], out)
    self.assertTrue(os.path.exists(out))


if __name__ == "__main__":
  main()
