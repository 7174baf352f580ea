#!/usr/bin/env python3
"""Telling by hand: the call list, calls, posts and who confirmed them, numbers that
somebody verified, and what the register lacks."""
import datetime
import unicodedata

from desk import DeskTest, main

CALL = {
  "n": int, "id": str, "state": str, "kind": str, "role": (str, None), "to": str,
  "number": (str, None), "called_at": "time", "answered_by": (str, None),
  "result": (str, None), "by": (str, None), "message": (str, None),
}
LINE = {
  "n": int, "to": str, "kind": str, "id": str, "name": str, "body": (str, None),
  "number": (str, None), "checked": (dict, None), "because": (str, None),
  "stands_for": (str, None), "by_person": bool, "state": str, "tries": int,
  "at": ("time", None), "needed": bool, "drill": bool, "calling": (dict, None),
  "message": (dict, None), "told": bool, "next": (dict, None),
}
CONFIRMATION = {
  "id": str, "message": str, "n": int, "ref_kind": str, "ref": str, "name": str,
  "state": str, "at": ("time", None), "by_name": (str, None),
  "recorded_by": (str, None),
}


class Hand(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.json("contact", "set", "dien", "--phone", "02553000111")
    self.number = self.new("Mất điện TTDL", "power", "--asset", "TTDL", "--begin")["number"]

  def lines(self):
    return {row["to"]: row for row in self.json("call", self.number, "list")}

  def test_a_night_of_calls_from_the_list_to_the_outbox(self):
    rows = self.json("call", self.number, "list")
    for row in rows:
      self.shape(row, LINE)
    self.assertEqual(rows[0]["to"], "dien")
    self.assertEqual(rows[0]["number"], "02553000111")
    # Next is who can be called: nobody else has a number yet.
    self.assertIsNone(rows[0]["next"])
    self.json("contact", "set", rows[2]["to"], "--phone", "02553000333")
    rows = self.json("call", self.number, "list")
    self.assertEqual(rows[0]["next"]["to"], rows[2]["to"])
    self.assertTrue(self.lines()["ca_anm"]["by_person"])
    self.assertEqual(self.lines()["ca_anm"]["message"]["channel"], "hand")
    missed = self.run_suco("call", self.number, "dien", "--no-answer")
    self.assertEqual(missed.code, 0, missed)
    self.assertIn("next: ", missed.out)
    done = self.json("call", self.number, "dien", "--answered-by", "trực ban",
                     "--result", "hẹn 03:30", "--at", "-5m")
    self.assertEqual(len(done["calls"]), 2)
    for call in done["calls"]:
      self.shape(call, CALL)
    self.assertEqual([c["state"] for c in done["calls"]], ["no_answer", "answered"])
    self.assertIn("phone_call_added", [a["kind"] for a in done["appended"]])
    (told,) = [m for m in done["messages"] if m["role"] == "dien"]
    self.assertEqual((told["state"], told["channel"]), ("by_hand", "phone"))
    self.assertEqual(self.lines()["dien"]["state"], "answered")
    self.refused(1, "refused", "release",
                 [m["id"] for m in done["messages"] if m["role"] == "ca_anm"][0])
    owed = self.json("outbox", "--hand")
    self.assertIn("ca_anm", [m["role"] for m in owed])
    self.json("call", self.number, "ca_anm", "--answered-by", "trực ban Công an tỉnh")
    self.assertNotIn("ca_anm", [m["role"] for m in self.json("outbox", "--hand")])
    self.assertIn("hẹn 03:30", self.run_suco("timeline", self.number).out)
    self.assertEqual(self.json("search", "hen 03:30")[0]["number"], self.number)
    self.whole()

  def test_bad_calls_change_nothing(self):
    before = self.events()
    self.refused(2, "usage", "call", self.number, "dien")
    self.refused(2, "usage", "call", self.number, "dien", "--no-answer", "--answered-by", "x")
    self.refused(1, "bad_input", "call", self.number, "dien", "--answered-by", "x",
                 "--at", "2099-01-01 00:00")
    self.refused(1, "bad_input", "call", self.number, "dien", "--answered-by", "  ")
    self.refused(3, "not_found", "call", self.number, "nobody", "--no-answer")
    self.refused(1, "bad_input", "call", self.number, "dien", "--answered-by", "x" * 300)
    self.assertEqual(self.events(), before)

  def test_a_corrected_call_prints_one_case_and_keeps_all_that_is_given(self):
    number = self.new()["number"]
    self.run_suco("call", number, "dien", "--answered-by", "Minh", "--at", "-10m")
    fixed = self.json("call", number, "fix", "1", "--reason", "nhầm giờ, nhầm số",
                      "--answered-by", "Nam", "--number", "0914000999", "--at", "-5m")
    self.assertEqual([row["kind"] for row in fixed["appended"]
                      if "call" in row["kind"]],
                     ["phone_call_corrected", "phone_call_added"])
    wrong, right = fixed["calls"]
    self.assertEqual((right["answered_by"], right["number"]), ("Nam", "0914000999"))
    self.assertGreater(right["called_at"], wrong["called_at"])
    before = self.events()
    for words in (["--answered-by", "Nam", "--at", "31/02/2026"],
                  ["--not-made", "--to", "vp_ubnd"], ["--not-made", "--at", "-5m"],
                  ["--not-made", "--result", "hẹn"]):
      self.refused(1, "bad_input", "call", number, "fix", "2", "--reason", "x", *words)
    self.refused(2, "usage", "call", number, "fix", "2", "--reason", "x", "--not-made",
                 "--no-answer")
    self.assertEqual(self.events(), before)

  def test_who_was_called_by_another_after_the_version_that_was_seen_is_a_conflict(self):
    seen = self.json("show", self.number)["version"]
    self.json("call", self.number, "dien", "--no-answer")
    self.refused(4, "conflict", "call", self.number, "dien", "--no-answer",
                 "--if-version", str(seen))
    self.json("call", self.number, "tt_cds", "--no-answer", "--if-version", str(seen))

  def test_a_post_is_confirmed_unit_by_unit(self):
    text = self.run_suco("posted", self.number, "zalo", "--show", "--workaround",
                         "dùng giấy", "--next", "+1h").out
    self.assertIn("THÔNG BÁO", text)
    self.assertIn("dùng giấy", text)
    before = self.events()
    self.refused(1, "bad_input", "posted", self.number, "sms", "x")
    self.refused(3, "not_found", "posted", self.number, "zalo", "x", "--to", "nhom-la")
    self.refused(3, "not_found", "confirmed", self.number, "last", "xa-qn-01")
    self.assertEqual(self.events(), before)
    self.json("posted", self.number, "zalo", text, "--to", "so_13")
    (post,) = self.json("posted", self.number, "list")
    self.assertEqual((post["asked"], post["confirmed"], post["channel"]), (13, 0, "zalo"))
    rows = self.json("confirmed", self.number, "list", "last")
    for row in rows:
      self.shape(row, CONFIRMATION)
    self.refused(1, "bad_input", "confirmed", self.number, "last", "so", "la", "so noi vu")
    nfd = unicodedata.normalize("NFD", "  \tSở Nội vụ\r\n\n" + rows[0]["ref"] + "\n") * 3
    self.refused(1, "bad_input", "confirmed", self.number, "last", "-",
                 data="không có ai\n" * 5000)
    self.json("confirmed", self.number, "last", "-", "--by", "văn thư", data=nfd)
    self.assertEqual(self.json("posted", self.number, "list")[0]["confirmed"], 2)
    self.assertEqual(len(self.json("confirmed", self.number, "list", "--left")), 11)
    self.json("call", self.number, "unit:" + rows[4]["ref"], "--answered-by", "anh Ba")
    self.assertEqual(len(self.json("confirmed", self.number, "list", "--left")), 10)
    self.json("confirmed", self.number, "last", "all")
    self.assertEqual(self.json("confirmed", self.number, "list", "--left"), [])
    self.assertEqual(self.json("confirmed", self.number, "last", "all")["appended"], [])
    self.whole()

  def test_a_number_is_verified_and_asks_again_when_it_is_changed(self):
    count = len(self.json("contact", "unverified"))
    # A call of that day was to the number that is replaced now.
    self.json("contact", "set", "dien", "--phone", "02553000112")
    self.refused(1, "refused", "contact", "verify", "dien", "--at", "-2d")
    done = self.json("contact", "verify", "dien")
    self.assertEqual(done["checked"]["state"], "ok")
    self.assertEqual(len(self.json("contact", "unverified")), count - 1)
    day = (datetime.date.today() - datetime.timedelta(days=3)).isoformat()
    self.json("contact", "set", "vp_ubnd", "--phone", "02553000444", "--verified", day)
    self.assertEqual(len(self.json("contact", "unverified")), count - 2)
    self.assertEqual(len(self.json("contact", "unverified", "--days", "1")), count - 1)
    self.json("contact", "set", "dien", "--phone", "02553000222")
    (row,) = [r for r in self.json("contact", "unverified") if r["role"] == "dien"]
    self.assertEqual(row["checked"]["state"], "changed")
    self.refused(1, "bad_input", "contact", "verify", "dien", "--at", "2099-01-01")
    self.refused(3, "not_found", "contact", "verify", "nobody")
    sheet = self.run_suco("contact", "sheet").out
    self.assertIn("02553000222", sheet)
    self.assertLessEqual(max(len(line) for line in sheet.splitlines()), 90)
    self.whole()

  def test_the_shipped_register_says_what_the_documents_do_not_say(self):
    gaps = self.run_suco("register", "gaps", "--json", code=6)
    found = gaps.json()
    facts = sum(len(s["missing"]) for s in found["systems"])
    self.assertEqual(facts, sum(len(a["missing"]) for a in self.json("asset", "list")))
    self.assertGreater(facts, 300)
    self.assertIn("truc_ca", [r["role"] for r in found["roles"]])
    self.assertIn("dien", [c["role"] for c in found["contacts"]])
    csv = self.run_suco("register", "gaps", "--csv", code=6)
    self.assertEqual(len(csv.out.splitlines()), found["count"] + 1)
    self.json("asset", "set", "LGSP", "owner=Sở KH&CN")
    self.assertEqual(self.run_suco("register", "gaps", "--json", code=6).json()["count"],
                     found["count"] - 1)

  def test_what_a_call_came_to_is_said_in_words_and_the_next_as_on_every_line(self):
    self.json("call", self.number, "dien", "--answered-by", "trực ban")
    shown = self.run_suco("call", self.number, "list").out
    self.assertIn("answered ", shown)
    self.assertNotIn("|", shown)
    for row in self.json("call", self.number, "list"):
      for name, value in (row["next"] or {}).items():
        self.assertNotEqual(value, "", msg=name)

  def test_a_post_that_nobody_has_to_confirm_asks_for_nothing(self):
    self.assertIn("nobody was asked to confirm",
                  self.run_suco("confirmed", self.number, "list").out)
    said = self.run_suco("posted", self.number, "zalo", "mất điện").out
    self.assertNotIn("confirmed", said)


if __name__ == "__main__":
  main()
