#!/usr/bin/env python3
"""Countdowns, readings, what must be back by a time, duties with a period and
quick reports: shapes, exit codes, and that all of it replays."""
import unittest

from desk import DeskTest, main

CLOCK = {"n": int, "state": str, "label": str, "variable": (str, None), "minutes": int,
         "read_at": "time", "ends_at": "time", "over": bool, "stopped_at": ("time", None),
         "stopped_by": (str, None), "reason": (str, None)}
DUTY = {"id": str, "rule": str, "title": str, "period": str, "label": str,
        "due_at": "time", "late": bool, "result": str, "description": (str, None),
        "done_at": ("time", None), "done_by": (str, None), "source": (str, None)}
QUICK = {"n": int, "register": str, "lines": list, "text": str, "made_at": "time",
         "next_at": ("time", None), "state": str, "to": (str, None),
         "sent_at": ("time", None), "sent_by": (str, None)}


class Count(DeskTest):
  def power(self):
    self.init("--profile", "quangngai")
    n = self.json("new", "--kind", "power", "--title", "Mất điện TTDL", "--asset", "TTDL",
                  "--begin")["number"]
    self.json("step", n, "1", "done", "--set", "gio_mat_dien=02:10", "--set",
              "nguoi_bao=Nam")
    return n

  def step(self, n, number):
    return next(s for s in self.json("steps", n) if s["n"] == number)

  def test_minutes_of_a_step_count_down_from_when_they_were_read(self):
    n = self.power()
    made = self.json("step", n, "2", "done", "--set", "phut_con_dien=45", "--set",
                     "pham_vi=toa_nha", "--set", "nhiet_do=24", "--at", "-7m")
    self.assertEqual([r["kind"] for r in made["appended"]][:1], ["step_done"])
    clock, = made["countdowns"]
    self.shape(clock, CLOCK, "clock")
    self.assertEqual((clock["variable"], clock["minutes"], clock["state"]),
                     ("phut_con_dien", 45, "running"))
    self.assertFalse(clock["over"])
    self.json("countdown", n, "add", "còn điện", "38")
    clock, = self.json("countdown", n)
    self.assertEqual(clock["minutes"], 38)
    step = self.step(n, 12)
    series = step["series"][0]
    self.assertEqual([r["value"] for r in series["readings"]], ["45", "38"])
    self.assertEqual((series["last"], series["trend"]), ("38", "down"))
    self.assertEqual(step["countdown"]["minutes"], 38)
    self.assertIn("02", self.run_suco("timeline", n).out)
    self.run_suco("undo", n)
    self.assertEqual(self.json("countdown", n)[0]["minutes"], 45)
    self.whole()

  def test_a_clock_by_hand_is_stopped_once(self):
    self.init()
    n = self.new()["number"]
    self.changed(self.json("countdown", n, "add", "Tắt máy", "1h10"), "countdown_added")
    clock, = self.json("countdown", n, "list")
    self.assertEqual((clock["n"], clock["minutes"]), (1, 70))
    before = self.events()
    for bad in ("-3", "x", "1000000"):
      self.refused(1, "bad_input", "countdown", n, "add", "Tắt máy", bad)
    self.refused(1, "bad_input", "countdown", n, "add", " ", "5")
    self.refused(3, "not_found", "countdown", n, "stop", "7")
    self.refused(2, "usage", "countdown", n, "add", "Tắt máy")
    self.assertEqual(self.events(), before)
    # What paper says late has its place in time; the clock goes on by the newer.
    late = self.json("countdown", n, "add", "tat may", "5", "--at", "-3h")
    self.changed(late, "countdown_set")
    self.assertEqual(self.json("countdown", n, "list")[0]["minutes"], 70)
    self.assertIn("a newer reading counts",
                  self.raw("--lang", "en", "timeline", n).out)
    self.changed(self.json("countdown", n, "stop", "1", "--reason", "điện về"),
                 "countdown_set")
    self.changed(self.json("countdown", n, "stop", "1"))
    self.assertEqual(self.json("countdown", n)[0]["reason"], "điện về")
    self.whole()

  def test_what_must_be_back_by_a_time_is_a_clock_that_recovery_meets(self):
    self.init()
    made = self.json("new", "--kind", "link", "--title", "13 xã", "--must-be-back-by",
                     "07:00", "--must-be-back-reason", "bộ phận một cửa mở")
    n = made["number"]
    back = [d for d in made["deadlines"] if d["rule"] == "back_by"]
    self.assertEqual([d["state"] for d in back], ["running"])
    self.assertFalse(back[0]["lawful"])
    self.assertEqual(self.json("list")[0]["next_deadline"], made["next_deadline"])
    self.changed(self.json("set", n, "must_be_back_by=08:00 họp trực tuyến"),
                 "back_by_added")
    self.changed(self.json("set", n, "must_be_back_by=08:00 họp trực tuyến"))
    self.refused(1, "refused", "set", n, "must_be_back_by=")
    self.refused(1, "bad_input", "set", n, "must_be_back_by=sáng")
    done = self.json("status", n, "recovered", "--reason", "thử")
    self.assertEqual({d["state"] for d in done["deadlines"] if d["rule"] == "back_by"},
                     {"met"})
    self.run_suco("undo", n)
    again = self.json("show", n)
    self.assertEqual({d["state"] for d in again["deadlines"] if d["rule"] == "back_by"},
                     {"running"})
    self.changed(self.json("set", n, "must_be_back_by=", "must_be_back_reason=hoãn"),
                 "back_by_set")
    self.whole()

  def test_duties_have_a_row_a_period_and_the_table_of_the_province(self):
    self.init("--profile", "quangngai")
    rows = self.json("obligation", "list")
    for row in rows:
      self.shape(row, DUTY, "duty")
    rules = {row["rule"] for row in rows}
    self.assertIn("report-year-owner", rules)
    self.assertIn("backup-lgsp", rules)
    self.assertFalse([r for r in rules if r.startswith("vn17")])
    before = self.events()
    self.json("obligation", "list")
    self.assertEqual(self.events(), before)
    daily = [r["id"] for r in rows if r["rule"] == "backup-lgsp"]
    done = self.json("obligation", "done", "backup-lgsp", "--description", "đạt")
    self.assertEqual((done["id"], done["result"]), (daily[0], "done"))
    self.assertEqual(self.json("obligation", "set", daily[1], "--result", "doing")["result"],
                     "doing")
    self.refused(3, "not_found", "obligation", "done", "nix")
    self.refused(1, "bad_input", "obligation", "set", daily[1], "--result", "xong")
    self.refused(2, "usage", "obligation", "set", daily[1])
    csv = self.run_suco("obligation", "csv").out.split("\r\n")
    self.assertEqual(csv[0], "Duty,Due,Result,Description,Actually done on")
    self.assertIn("đạt", csv[1])
    self.run_suco("setting", "set", "deadline.rules", "vn-2026,vn-2017")
    self.assertIn("vn17-summary-year", {r["rule"] for r in self.json("obligation", "list")})
    self.whole()

  def test_a_quick_report_is_a_draft_until_somebody_sent_it(self):
    n = self.power()
    self.json("note", n, "mật khẩu ở tủ số 7")
    made = self.json("quick", n, "--next", "+30m")
    self.shape(made, QUICK, "quick")
    self.assertEqual((made["n"], made["register"], made["state"], len(made["lines"])),
                     (1, "report", "draft", 8))
    self.assertTrue(made["lines"][0].startswith("Kính báo cáo"))
    self.assertNotIn("tủ số 7", made["text"])
    self.appended(made, "quick_made")
    self.assertEqual(self.json("quick", n)["n"], 1)
    request = self.json("quick", n, "--register", "request", "--to", "dien")
    self.assertEqual((request["n"], len(request["lines"])), (2, 8))
    self.assertIn("đề nghị", request["lines"][0])
    order = self.json("quick", n, "--register", "order", "--next", "none")
    self.assertIsNone(order["next_at"])
    self.assertEqual(len(order["lines"]), 8)
    self.refused(1, "bad_input", "quick", n, "--register", "thư")
    self.refused(3, "not_found", "quick", n, "--to", "khong_co")
    self.refused(2, "usage", "quick", "sent", n, "1", "--to", "vp_ubnd")
    self.refused(1, "bad_input", "quick", "sent", n, "1", "--to", "vp_ubnd", "--channel",
                 "fax")
    sent = self.json("quick", "sent", n, "1", "--to", "vp_ubnd", "--channel", "phone",
                     "--confirmed-by", "trực ban")
    self.assertEqual((sent["state"], sent["channel"]), ("sent", "phone"))
    self.appended(sent, "message_queued", "quick_sent")
    self.appended(self.json("quick", "sent", n, "1", "--to", "vp_ubnd", "--channel",
                            "phone"))
    self.refused(4, "conflict", "quick", "sent", n, "1", "--to", "so_khcn", "--channel",
                 "phone")
    lines = self.run_suco("quick", "list", n).out
    self.assertIn("1  report to superiors  sent", lines)
    self.assertIn("request to a body  draft", lines)
    self.assertTrue(all("\n" not in h["snippet"] for h in self.json("search", "kính")))
    self.assertEqual([q["n"] for q in self.json("quick", "list", n)], [3, 2, 1])
    self.json("set", n, "tlp=red")
    self.refused(1, "refused", "quick", n, "--register", "request")
    drill = self.json("new", "--drill", "--kind", "link", "--title", "thử")["number"]
    self.assertTrue(self.json("quick", drill)["text"].startswith("[DIỄN TẬP]"))
    self.whole()

  def test_the_table_of_duties_is_one_value_for_scripts_too(self):
    self.init("--profile", "quangngai")
    rows = self.json("obligation", "csv")
    self.assertEqual(rows, self.json("obligation", "list", "--all"))

  def test_who_may_change_nothing_hears_why_no_duty_is_listed(self):
    self.init("--profile", "quangngai")
    self.json("member", "add", "xem", "--name", "Xem", "--role", "viewer")
    result = self.run_suco("--as", "xem", "obligation", "list")
    self.assertIn("no duty is listed", result.err)
    self.assertEqual(result.out, "")

  def test_a_conflict_of_times_shows_no_empty_words_and_a_number_its_limits(self):
    self.init("--profile", "quangngai")
    n = self.new()["number"]
    for minutes in ("45", "44"):
      self.json("countdown", n, "add", "ups", minutes)
    error = self.refused(4, "conflict", "countdown", n, "add", "ups", "40", "--if-version", "1")
    self.assertNotIn('""', error["message"])
    error = self.refused(1, "bad_input", "countdown", n, "add", "ups", "999999999")
    self.assertIn("100000", error["message"])


if __name__ == "__main__":
  main()
