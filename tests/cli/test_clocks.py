#!/usr/bin/env python3
"""Lawful clocks by verbs: what starts them, what meets them, what they forbid, the
holiday table, and rules that are refused."""
import json
import os

from desk import DeskTest, main

CLOCK = {
  "n": int, "id": str, "case": str, "state": str, "form": (str, None), "rule": str,
  "title": str, "on_behalf_of": (str, None), "recipient": (str, None),
  "recipient_name": (str, None), "start_event": str, "started_at": ("time", None),
  "span": (str, None), "due_at": ("time", None), "late": bool, "condition": (str, None),
  "lawful": bool, "met_at": ("time", None), "notice": (str, None), "reason": (str, None),
  "decided_by": (str, None), "source": (str, None),
}
NOTICE = {
  "n": int, "id": str, "state": str, "form": str, "deadline": (str, None),
  "number": (str, None), "date": (str, None), "to": (str, None), "to_name": (str, None),
  "channel": (str, None), "sent_at": ("time", None), "sent_by": (str, None),
  "confirmed_at": ("time", None), "confirmed_by": (str, None), "head": (str, None),
}


class Clocks(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")

  def clocks(self, case):
    found = self.json("deadline", case)
    for clock in found:
      self.shape(clock, CLOCK, "deadline")
    return {clock["form"]: clock for clock in found}

  def test_a_power_cut_owes_three_reports_until_somebody_decides(self):
    made = self.new("Mất điện TTDL", "power", "--asset", "TTDL")
    n = made["number"]
    self.assertEqual([d["form"] for d in made["deadlines"]], ["immediate", "initial-24h", "full-72h"])
    clock = self.clocks(n)["initial-24h"]
    self.assertEqual(clock["condition"], "if_reportable")
    self.assertEqual(clock["on_behalf_of"], "Sở KH&CN")
    self.assertIn("Bộ Công an", clock["recipient_name"])
    self.assertIn("331/2026", clock["source"])
    at_once = self.clocks(n)["immediate"]
    self.assertEqual((at_once["condition"], at_once["due_at"]),
                     ("if_reportable", at_once["started_at"]))
    self.assertEqual(self.json("show", n)["next_deadline"], at_once["due_at"])
    self.assertEqual(len(self.json("deadlines")), 3)
    self.assertIn("if reportable", self.run_suco("deadline", n).out)
    self.assertIn("clock started", self.run_suco("timeline", n).out)
    self.run_suco("reportable", n, "yes", code=2)
    self.json("reportable", n, "yes", "--reason", "gián đoạn nghiêm trọng")
    self.assertIsNone(self.clocks(n)["initial-24h"]["condition"])
    self.json("severity", n, "4", "--reason", "toàn tỉnh")
    self.assertEqual(self.clocks(n)["immediate"]["span"], "now")
    self.json("undo", n)
    self.json("undo", n)
    self.assertEqual(self.clocks(n)["initial-24h"]["condition"], "if_reportable")
    self.whole()

  def test_every_date_is_typed_as_people_write_it_or_as_machines_do(self):
    n = self.new("Mất điện TTDL", "power", "--asset", "TTDL", "--detected", "-2h")["number"]
    for typed in ("10/11/2026", "2026-11-10", "10-11-2026", "10.11.2026"):
      contact = self.json("contact", "set", "dien", "--verified", typed)
      self.assertEqual(contact["verified_at"], "2026-11-10", typed)
    for number, typed in enumerate(("1/9/2026", "2026-09-01"), 1):
      self.assertEqual(self.json("contact", "verify", "dien", "--at", typed)["checked"]["day"],
                       "2026-09-01")
      self.json("scene", "hold", n, "--body", "Công an", "--document", "12/YC",
                "--date", typed)
      self.assertEqual(self.json("show", n)["holds"][-1]["date"], "2026-09-01")
      self.json("ask", n, "tt_cds", "--question", "Tắt?")
      case = self.json("answer", n, str(number), "--answer", "có", "--document", "7/CT",
                       "--date", typed)
      self.assertEqual(case["decisions"][-1]["document_date"], "2026-09-01")
      case = self.json("notice", "sent", n, "initial-24h", "--channel", "phone", "--date",
                       typed, "--update")
      self.assertEqual(case["notices"][-1]["date"], "2026-09-01")
      self.json("holiday", "remove", typed)
      self.json("holiday", "add", typed, "x")
      self.assertIn("2026-09-01", [day["day"] for day in self.json("holiday", "list")])
    today = [o["label"] for o in self.json("obligation", "list")
             if o["rule"] == "backup-lgsp"][0]
    typed = "/".join(str(int(part)) for part in reversed(today.split("-")))
    done = self.json("obligation", "done", "backup-lgsp/" + today, "--at", typed)
    self.assertTrue(done["done_at"].startswith(today))
    for typed in ("31/11/2026", "2026-13-01", "hôm kia"):
      self.refused(1, "bad_input", "contact", "set", "dien", "--verified", typed)
      self.refused(1, "bad_input", "holiday", "add", typed, "x")
      self.refused(1, "bad_input", "notice", "sent", n, "initial-24h", "--channel", "phone",
                   "--date", typed, "--update")
    self.whole()

  def test_a_notice_meets_its_clock_and_keeps_the_head_of_the_chain(self):
    n = self.new("Mất điện TTDL", "power", "--asset", "TTDL", "--detected", "-2h")["number"]
    self.json("reportable", n, "yes", "--reason", "gián đoạn")
    head = self.json("verify")["head"]
    missing = self.refused(3, "not_found", "notice", "sent", n, "mau-99", "--channel", "phone")
    self.assertTrue(missing["message"].endswith(": immediate, initial-24h, full-72h"))
    self.refused(1, "bad_input", "notice", "sent", n, "initial-24h")
    self.refused(1, "bad_input", "notice", "sent", n, "initial-24h", "--channel", "phone",
                 "--at", "-3h")
    self.assertEqual(self.json("verify")["head"], head)
    shown = self.json("notice", "sent", n, "initial-24h", "--channel", "e_office", "--at",
                      "-1h", "--number", "12/TB-ĐUCSC", "--date", "21/11/2026")
    self.assertEqual([a["kind"] for a in shown["appended"]], ["notice_added", "deadline_met"])
    notice = shown["notices"][0]
    self.shape(notice, NOTICE, "notice")
    self.assertEqual((notice["number"], notice["date"], notice["to"], notice["head"]),
                     ("12/TB-ĐUCSC", "2026-11-21", "bca", head))
    self.assertIn("head_found", self.json("verify", "--head", notice["head"]))
    self.assertEqual(self.clocks(n)["initial-24h"]["state"], "met")
    clock = str(self.clocks(n)["initial-24h"]["n"])
    self.refused(4, "conflict", "notice", "sent", n, clock, "--channel", "phone")
    self.json("notice", "sent", n, clock, "--channel", "phone", "--update")
    self.json("notice", "confirm", n, clock, "--confirmed-by", "trực ban A05")
    self.assertEqual(self.json("notice", "list", n)[1]["confirmed_by"], "trực ban A05")
    self.json("notice", "void", n, clock, "--reason", "chưa gửi lần hai")
    self.json("notice", "void", n, clock, "--reason", "nhầm sự cố")
    self.assertEqual(self.clocks(n)["initial-24h"]["state"], "running")
    lines = self.run_suco("timeline", n).out
    for words in ("reported in time", "number 12/TB-ĐUCSC", "confirmed by trực ban A05",
                  "recorded by mistake", "clock runs again"):
      self.assertIn(words, lines)
    self.whole()

  def test_closing_waits_for_the_decision_and_for_every_report(self):
    n = self.new("Mất điện TTDL", "power", "--asset", "TTDL")["number"]
    close = ("close", n, "--cause", "a", "--result", "b", "--lessons", "c")
    self.json("status", n, "recovered", "--reason", "xong")
    self.assertIn("suco reportable", self.refused(1, "refused", *close)["message"])
    self.json("reportable", n, "yes", "--reason", "gián đoạn")
    self.assertIn("notice sent", self.refused(1, "refused", *close)["message"])
    for form in ("initial-24h", "full-72h"):
      self.json("notice", "sent", n, form, "--channel", "e_office")
    self.refused(1, "refused", "deadline", n, "na", "immediate", "--reason", " ")
    for clock in self.json("deadline", n):
      if clock["state"] == "running":
        self.json("deadline", n, "na", str(clock["n"]), "--reason", "không phức tạp")
    self.assertEqual(self.json(*close)["status"], "closed")
    self.assertEqual(self.json("deadlines"), [])
    self.whole()

  def test_a_responder_does_not_waive_the_law(self):
    self.json("member", "add", "lan", "--name", "Võ Ngọc Lan", "--role", "responder")
    n = self.new("Mất điện TTDL", "power", "--asset", "TTDL")["number"]
    self.refused(1, "forbidden", "--as", "lan", "set", n, "reportable=no")
    self.refused(1, "forbidden", "--as", "lan", "deadline", n, "na", "1", "--reason", "x")
    self.json("--as", "lan", "reportable", n, "unknown", "--reason", "chờ kỹ thuật")
    self.json("reportable", n, "no", "--reason", "nội bộ")
    self.assertEqual(self.json("deadlines"), [])

  def test_personal_data_runs_from_its_own_time(self):
    n = self.new("Lộ dữ liệu", "attack", "--detected", "-10h")["number"]
    self.json("set", n, "personal_data=yes", "personal_data_known=-3h")
    shown = self.json("show", n)
    clock = self.clocks(n)["personal-data-72h"]
    self.assertEqual(clock["started_at"], shown["personal_data_known_at"])
    self.assertEqual(clock["start_event"], "personal_data_known")
    self.json("deadline", n, "add", "vn26-data-subjects-72h")
    self.assertEqual(self.clocks(n)["data-subjects-72h"]["decided_by"], self.login())
    self.refused(3, "not_found", "deadline", n, "add", "none")
    self.refused(1, "bad_input", "deadline", n, "add", "sev-default")

  def login(self):
    return self.json("member", "list")[0]["login"]

  def test_rules_are_refused_by_their_place_and_a_set_by_its_name(self):
    path = os.path.join(self.folder, "own.json")
    rule = {"code": "own", "family": "deadline", "order": 1, "when": {}, "source": "s",
            "then": {"start": "detected", "span": "5wd", "recipient": "bca", "form": "own",
                     "title": {"vi": "x", "en": "x"}}}

    def rules(**then):
      changed = dict(rule, then=dict(rule["then"], **then))
      with open(path, "w", encoding="utf-8") as out:
        json.dump({"format": "suco-rules/1", "name": "own", "rules": [changed],
                   "title": {"vi": "x", "en": "x"}}, out)
      return ("rule", "import", path)

    for bad, place in (({"start": "severity_changed"}, "$.rules[0].then.start"),
                       ({"span": "soon"}, "$.rules[0].then.span"),
                       ({"behalf": "police"}, "$.rules[0].then.behalf"),
                       ({"title": "x"}, "$.rules[0].then.title")):
      self.assertIn(place, self.refused(1, "bad_input", *rules(**bad))["message"])
    self.json(*rules())
    n = self.new()["number"]
    self.assertEqual(self.clocks(n)["own"]["span"], "5wd")
    error = self.refused(1, "bad_input", "setting", "set", "deadline.rules", "vn-2062")
    self.assertIn("vn-2026", error["message"])
    self.json("setting", "set", "deadline.rules", "vn-2017")
    self.assertIn("notice-2017", self.clocks(self.new()["number"]))

  def test_the_holiday_table_is_data(self):
    days = self.json("holiday", "list", "--year", "2027")
    tet = [d for d in days if d["day"] == "2027-02-06"][0]
    self.assertEqual((tet["weekday"], tet["kind"]), (6, "suggested"))
    warned = self.run_suco("holiday", "list").err
    # From 2028 on the shipped table lacks the year itself.
    self.assertRegex(warned, "Prime Minister|no day of 20")
    self.json("holiday", "confirm", "2027")
    self.assertTrue(all(d["kind"] == "holiday"
                        for d in self.json("holiday", "list", "--year", "2027")))
    self.json("holiday", "add", "13/02/2027", "Làm", "bù", "--working")
    self.json("holiday", "remove", "16/04/2027")
    self.refused(3, "not_found", "holiday", "remove", "16/04/2027")
    self.refused(1, "bad_input", "holiday", "add", "31/02/2027", "x")
    path = os.path.join(self.folder, "pm.txt")
    with open(path, "w", encoding="utf-8") as out:
      out.write("# quyết định\n12/02/2027\tNghỉ Tết\n20/02/2027 working Làm bù\n")
    self.assertEqual(self.json("holiday", "import", path)["added"], 2)
    kinds = {d["day"]: d["kind"] for d in self.json("holiday", "list")}
    self.assertEqual((kinds["2027-02-12"], kinds["2027-02-20"]), ("holiday", "working"))
    self.assertNotIn("2027-04-16", kinds)
    with open(path, "w", encoding="utf-8") as out:
      out.write("12/02/2027\n")
    self.assertIn("line 1", self.refused(1, "bad_input", "holiday", "import", path)["message"])
    with open(path, "w", encoding="utf-8") as out:
      out.write('{"format":"suco-holidays/1","days":[{"day":"2027-02-30","name":"x",'
                '"kind":"holiday"}]}')
    self.assertIn("$.days[0].day",
                  self.refused(1, "bad_input", "holiday", "import", path)["message"])
    self.whole()


if __name__ == "__main__":
  main()
