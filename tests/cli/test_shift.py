#!/usr/bin/env python3
"""The shift's own book, paper before and after the dark, and copies of a case."""
import hashlib
import json
import os
import shlex
import stat

from desk import DeskTest, main


class Shift(DeskTest):
  def begin(self):
    self.init("--profile", "quangngai")
    self.json("member", "add", "ha", "--name", "Trần Thị Hà", "--role", "responder",
              "--phone", "0900000001")
    self.json("member", "add", "linh", "--name", "Ngô Mai Linh", "--role", "responder")

  def power(self):
    return self.json("new", "--kind", "power", "--title", "Mất điện TTDL", "--asset",
                     "TTDL", "--begin")["number"]

  def test_the_log_is_written_listed_and_found_without_marks(self):
    self.begin()
    made = self.json("log", "SOC: bình thường", "--kind", "check", "--at", "-2h")
    self.assertEqual(made["n"], 1)
    self.assertEqual([a["kind"] for a in made["appended"]], ["shift_entry_added"])
    self.json("log", "sao lưu CSDL LGSP: đạt", "--kind", "backup", "--asset", "LGSP")
    rows = self.json("log", "list")
    self.assertEqual([r["n"] for r in rows], [2, 1])
    self.assertEqual(rows[0]["asset"], "LGSP")
    self.assertEqual([r["n"] for r in self.json("log", "list", "binh", "thuong")], [1])
    self.assertEqual(self.json("log", "list", "--from", "-1h")[0]["n"], 2)
    self.assertEqual(len(self.json("log", "list", "--from", "-1h")), 1)
    self.json("backup", os.path.join(self.folder, "copy.db"))
    self.assertEqual(self.json("log", "list")[0]["kind"], "desk_backup")
    # The search of the desk finds it too, says what it is and how it is opened.
    hit = self.json("search", "binh thuong")[0]
    self.assertEqual((hit["is"], hit["number"], hit["snippet"], hit["marked"]),
                     ("log", None, "SOC: bình thường", False))
    self.assertTrue(self.json("search", "bình thường")[0]["marked"])
    self.assertEqual(hit["open"][:20], "suco log list --from")
    self.assertIn("SOC: bình thường", self.run_suco(*shlex.split(hit["open"])[1:]).out)
    self.assertIn("SOC: bình thường", self.run_suco("search", "soc").out)
    self.refused(1, "bad_input", "log", "x", "--kind", "nonsense")
    self.refused(1, "bad_input", "log", "x", "--kind", "envelope_opened", "--asset", "LGSP")
    self.json("log", "theo lệnh", "--kind", "envelope_opened", "--asset", "LGSP",
              "--witness", "Hà, Linh", "--seal", "0147")
    self.assertIn("ENVELOPE OPEN", self.run_suco("--lang", "en", "handover").out)
    self.refused(1, "bad_input", "log", "x", "--at", "+2h")
    self.refused(3, "not_found", "log", "x", "--asset", "NONE")
    self.refused(2, "usage", "log")
    self.whole()

  def test_what_the_log_should_not_say_is_found_by_number_and_taken_out(self):
    self.begin()
    number = self.power()
    self.json("note", number, "của sự cố")
    self.json("log", "mật khẩu tủ khóa matkhauXK94")
    rows = self.json("timeline", "desk")
    self.assertFalse([r for r in rows if r["kind"] == "note_added"])
    seq = [r["seq"] for r in rows if r["kind"] == "shift_entry_added"][0]
    self.refused(3, "not_found", "redact", number, str(seq), "text", "--law", "L",
                 "--reason", "R")
    done = self.json("redact", "desk", str(seq), "text", "--law", "NĐ 13/2023",
                     "--reason", "mật khẩu")
    self.assertEqual(done["events"], 1)
    self.assertNotIn("matkhau", json.dumps(self.json("log", "list")))
    self.assertNotIn("matkhau", json.dumps(self.json("timeline", "desk")))
    self.whole()

  def test_who_takes_the_shift_is_proposed_from_the_roster_and_named_by_the_giver(self):
    self.init()
    for login in ("ha", "linh"):
      self.json("member", "add", login, "--name", login.title(), "--role", "responder")
    self.refused(2, "usage", "handover", "give")
    self.assertIsNone(self.json("--as", "ha", "handover")["next"])
    self.json("duty", "set", "first", "--people", "ha,linh", "--type", "daily", "--start",
              "2026-11-02T06:00")
    self.assertEqual(self.json("--as", "ha", "handover")["next"], "linh")
    self.assertEqual(self.json("--as", "linh", "handover")["next"], "ha")
    told = self.refused(2, "usage", "--as", "ha", "handover", "give")
    self.assertIn("--to linh", told["message"])
    self.assertEqual(self.json("handover", "list"), [])

  def test_a_shift_is_handed_over_and_both_sign(self):
    self.begin()
    number = self.power()
    self.json("log", "khách kiểm tra điều hòa", "--kind", "visitor")
    draft = self.json("handover")
    self.assertEqual(draft["state"], "draft")
    self.assertEqual(draft["open"], 1)
    parts = {p["part"]: p for p in draft["parts"]}
    self.assertEqual(parts["cases"]["total"], 1)
    self.assertEqual(parts["log"]["total"], 1)
    self.refused(3, "not_found", "handover", "give", "--to", "nobody")
    given = self.json("--as", "ha", "handover", "give", "--to", "linh", "--words",
                      "theo dõi LGSP")
    self.assertEqual((given["n"], given["state"]), (1, "given"))
    self.refused(4, "conflict", "handover", "give", "--to", "ha")
    self.refused(1, "refused", "--as", "ha", "handover", "take")
    since = self.json("new", "--kind", "link", "--title", "13 xã mất kết nối")["number"]
    page = self.json("handover")
    self.assertIn(since, page["sheet"])
    taken = self.json("--as", "linh", "handover", "take")
    self.assertEqual((taken["state"], taken["giver"], taken["taker"]),
                     ("taken", "Trần Thị Hà", "Ngô Mai Linh"))
    sheet = self.json("handover", "show", "1")["sheet"]
    for words in ("Mất điện TTDL", since, "theo dõi LGSP", "khách kiểm tra", taken["head"]):
      self.assertIn(words, sheet)
    lines = sheet.splitlines()
    self.assertLessEqual(len(lines), 60)
    self.assertLessEqual(max(len(line) for line in lines), 80)
    self.assertEqual(self.json("log", "list")[0]["kind"], "shift")
    self.assertEqual([h["n"] for h in self.json("handover", "list")], [1])
    self.refused(1, "refused", "handover", "back")
    self.assertIn(number.split("-")[0], sheet)
    self.whole()

  def test_a_page_given_after_the_one_read_is_signed_by_its_number(self):
    self.init()
    for login, name in (("ha", "Trần Thị Hà"), ("linh", "Ngô Mai Linh")):
      self.run_suco("member", "add", login, "--name", name, "--role", "responder")
    self.json("--as", "ha", "handover", "give", "--to", "linh", "--words", "còn dầu")
    self.json("--as", "ha", "handover", "back")
    self.json("--as", "ha", "handover", "give", "--to", "linh", "--words", "hết dầu")
    told = self.run_suco("--as", "linh", "handover", "take", code=4).err
    self.assertIn("Trần Thị Hà", told)
    self.assertIn("suco handover take 2", told)
    self.refused(4, "conflict", "--as", "linh", "handover", "take", "1")
    self.assertEqual(self.json("--as", "linh", "handover", "take", "2")["state"], "taken")

  def test_a_plan_and_a_case_are_printed_on_pages(self):
    self.begin()
    number = self.power()
    for words in (("playbook", "print", "PA-MD"), ("print", number)):
      for lang in ("en", "vi"):
        text = self.raw("--lang", lang, *words).out
        pages = text.split("\f")
        self.assertGreater(len(pages), 2, words)
        for page in pages:
          self.assertLessEqual(page.count("\n"), 60)
          self.assertLessEqual(max(len(line) for line in page.splitlines()), 80)
        self.assertIn("[ ]", text)
        self.assertIn("%d/%d" % (len(pages), len(pages)), pages[-1])
        self.assertIn("0900000001", text)
        self.assertIn("sha256", text)
        self.assertIn(self.json("verify")["head"], text)
    path = os.path.join(self.folder, "case.txt")
    self.json("print", number, "-o", path)
    with open(path, encoding="utf-8") as f:
      self.assertIn("Mất điện TTDL", f.read())
    self.refused(3, "not_found", "print", "99")
    self.refused(3, "not_found", "playbook", "print", "PA-XX")

  def test_a_copy_is_read_and_proved_without_suco(self):
    self.begin()
    number = self.power()
    self.json("note", number, "còn 45 phút")
    self.json("observable", number, "ip", "192.0.2.7", "--tlp", "red")
    self.json("observable", number, "ip", "192.0.2.8", "--tlp", "amber")
    made = self.json("copy", number)
    self.assertEqual((made["left_out"], made["red"]), (1, False))
    self.assertTrue(made["file"].startswith(os.path.join(self.folder, "suco-copies")))
    self.assertEqual(stat.S_IMODE(os.stat(made["file"]).st_mode), 0o600)
    with open(made["file"], encoding="utf-8") as f:
      text = f.read()
    self.assertNotIn("192.0.2.7", text)
    self.assertIn("192.0.2.8", text)
    human, _, machine = text.partition("===== JSON =====\n")
    self.assertIn("còn 45 phút", human)
    whole = json.loads(machine)
    self.assertEqual(whole["red_observables_left_out"], 1)
    before = None
    for event in whole["events"]:
      self.assertEqual(hashlib.sha256(event["header"].encode()).hexdigest(), event["hash"])
      self.assertEqual(json.loads(event["header"])["case_prev"], before)
      before = event["hash"]
    again = self.json("copy", number)
    self.assertNotEqual(again["file"], made["file"])
    self.refused(1, "refused", "copy", number, "-o", made["file"])
    empty = self.refused(2, "usage", "copy", number, "-o", "")
    self.assertIn("the name of the file is empty", empty["message"])
    self.json("set", number, "tlp=red")
    self.refused(1, "refused", "copy", number)
    red = self.json("copy", number, "--red")
    with open(red["file"], encoding="utf-8") as f:
      self.assertIn("TLP:RED", f.readline())
    self.whole()

  def test_paper_is_keyed_in_afterwards_all_or_nothing(self):
    self.begin()
    number = self.power()
    before = len(self.json("timeline", number))
    steps = [s for s in self.json("steps", number) if s["state"] == "open"]
    self.assertEqual(steps[0]["n"], 1)
    asks = " ".join("%s=%s" % (a["name"], "?") for a in steps[0]["asks"])
    paper = ("Giờ | Việc | Bước | Ai\n# phiếu số 1\n\n"
             "-1m có điện lại @Lan Võ\n"
             "-2m\tnhận tin từ kỹ thuật trực\t1 %s\tNam\n" % asks)
    bad = self.raw("paper", number, "-", "--json", data=paper + "+5m | mai mốt\n")
    self.assertEqual(bad.code, 1, bad)
    self.assertEqual(len(self.json("timeline", number)), before)
    bad = self.raw("paper", number, "-", "--json", data=paper + "-1m | \n")
    self.assertIn("3", bad.error()["message"])
    self.assertEqual(len(self.json("timeline", number)), before)
    done = self.raw("paper", number, "-", "--json", data=paper)
    self.assertEqual(done.code, 0, done)
    self.assertEqual((done.json()["notes"], done.json()["steps"]), (1, 1))
    events = self.json("timeline", number)[before:]
    self.assertEqual([e["kind"] for e in events if e["kind"] in ("step_done", "note_added")],
                     ["step_done", "note_added"])
    for event in events:
      if event["kind"] in ("step_done", "note_added"):
        self.assertLess(event["occurred_at"], event["recorded_at"])
    self.assertIn("Nam", [e for e in events if e["kind"] == "step_done"][0]["text"])
    self.assertIn("[entered", [e for e in events if e["kind"] == "step_done"][0]["text"])
    again = self.raw("paper", number, "-", "--json", data="-1m | lần nữa | 1\n")
    self.assertEqual(again.code, 4, again)
    self.assertEqual(self.raw("paper", number, "-", data="").code, 1)
    self.whole()

  def test_the_desk_s_own_systems_are_settings_of_the_register(self):
    self.begin()
    rows = {r["name"]: r for r in self.json("setting", "list")}
    for name in ("desk.host", "desk.mail", "desk.network"):
      self.assertIsNone(rows[name]["value"])
    self.json("setting", "set", "desk.mail", "TTDL")
    # A case that touches them says so first, to who works by verbs too.
    said = self.run_suco("new", "--kind", "power", "--title", "x", "--asset", "UPS").out
    self.assertIn("!! mail may stop", said.splitlines()[1])
    self.assertIn("!! mail may stop", self.run_suco("show", said.split()[0]).out)
    self.assertNotIn("!!", self.run_suco("new", "--kind", "link", "--title", "y").out)
    self.refused(3, "not_found", "setting", "set", "desk.host", "NONE")


if __name__ == "__main__":
  main()
