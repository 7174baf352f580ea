#!/usr/bin/env python3
"""The verbs on cases: shapes, exit codes, and that nothing changes unasked."""
import os
import unittest

from desk import APPENDED, CASE, EVENT, ROW, DeskTest, main


class Cases(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()

  def test_new_prints_the_case_as_show_does(self):
    made = self.new()
    self.changed(made, "case_opened", "deadline_added")
    shown = self.json("show", made["number"])
    self.shape(shown, dict(CASE, events=list), "show")
    for key in ROW:
      self.assertEqual(shown[key], made[key], msg=key)
    for event in shown["events"]:
      self.shape(event, EVENT, "event")

  def test_list_has_the_rows_of_the_contract(self):
    self.new("một")
    self.new("hai", "link")
    rows = self.json("list")
    self.assertEqual([row["title"] for row in rows], ["hai", "một"])
    for row in rows:
      self.shape(row, dict(ROW, cursor=str), "row")
    self.assertEqual([r["title"] for r in self.json("list", "--kind", "link")], ["hai"])
    self.assertEqual(self.json("list", "--limit", "1", "--after", rows[0]["cursor"]),
                     rows[1:])
    self.assertEqual([r["title"] for r in self.json("list", "mot")], ["một"])
    csv = self.run_suco("list", "--csv").out.split("\r\n")
    self.assertIn("number,title,kind", csv[0])
    self.assertEqual(len(csv), 4)

  def test_a_case_is_worked_and_closed(self):
    n = self.new()["number"]
    self.changed(self.json("ack", n), "status_changed")
    self.changed(self.json("severity", n, "3", "--reason", "hai hệ thống"),
                 "severity_decided")
    self.changed(self.json("note", n, "còn 45 phút", "--at", "-5m"), "note_added")
    self.changed(self.json("task", n, "add", "gọi bên điện", "--due", "+15m"), "task_added")
    self.changed(self.json("task", n, "done", "1", "--note", "hẹn 03:30"), "task_set")
    self.changed(self.json("observable", n, "ip", "192.0.2.7"), "observable_added")
    for status in ("responding", "contained"):
      self.changed(self.json("status", n, status), "status_changed")
    self.changed(self.json("status", n, "recovered"), "status_changed", "deadline_added")
    self.assertIn("lessons", self.refused(1, "refused", "close", n, "--cause", "cắt",
                                          "--result", "có điện")["message"])
    self.json("reportable", n, "no", "--reason", "nội bộ")
    closed = self.json("close", n, "--cause", "cắt điện", "--result", "có điện",
                       "--lessons", "sạc đủ ắc quy")
    self.assertEqual(closed["status"], "closed")
    self.changed(self.json("reopen", n, "--reason", "lại mất"), "status_changed")
    self.whole()

  def test_what_is_so_already_appends_nothing_and_says_so(self):
    n = self.new()["number"]
    self.json("ack", n)
    before = self.events()
    self.changed(self.json("ack", n))
    self.changed(self.json("set", n, "title=Mất điện trạm chính"))
    self.assertIn("nothing to change", self.run_suco("ack", n).out)
    self.assertEqual(self.events(), before)

  def test_a_number_may_be_short_and_a_stranger_is_not_found(self):
    made = self.new()
    year, serial = made["number"].split("-")
    for spec in (made["number"], "%s-%d" % (year, int(serial)), str(int(serial)), made["id"]):
      self.assertEqual(self.json("show", spec)["id"], made["id"])
    for verb in (["show"], ["timeline"], ["ack"], ["undo"], ["note"]):
      words = [*verb, "999"] + (["x"] if verb == ["note"] else [])
      self.refused(3, "not_found", *words)

  def test_a_field_that_changed_after_the_version_is_a_conflict_with_both_values(self):
    made = self.new()
    n, version = made["number"], str(made["version"])
    self.json("set", n, "title=của người kia")
    before = self.events()
    error = self.refused(4, "conflict", "set", n, "title=của tôi", "--if-version", version)
    self.assertEqual((error["field"], error["yours"], error["theirs"], error["before"]),
                     ("title", "của tôi", "của người kia", "Mất điện trạm chính"))
    self.assertTrue(error["by"] and error["at"])
    self.assertEqual(self.events(), before)
    self.json("member", "add", "lan", "--name", "Võ Ngọc Lan", "--role", "responder")
    self.json("assign", n, "lan")
    error = self.refused(4, "conflict", "assign", n, "", "--if-version", version)
    self.assertEqual((error["field"], error["theirs"], error["before"]),
                     ("owner", "lan", made["owner"]))
    # Another field is no conflict, nor is the same value.
    self.changed(self.json("set", n, "category=nguồn", "--if-version", version), "case_set")
    self.changed(self.json("set", n, "title=của người kia", "--if-version", version))

  def test_undo_takes_the_own_latest_act_back_and_redo_puts_it_there(self):
    n = self.new("trước")["number"]
    self.json("set", n, "title=sau")
    undone = self.json("undo", n)
    self.changed(undone, "undone")
    self.assertEqual(undone["title"], "trước")
    self.assertEqual(self.json("undo", n, "--redo")["title"], "sau")
    self.refused(1, "refused", "undo", n, "--event",
                 str(self.json("show", n)["events"][0]["seq"]))
    self.whole()

  def test_cases_are_linked_merged_and_parted(self):
    one, two = self.new("một")["number"], self.new("hai")["number"]
    self.assertEqual(self.json("link", one, two)["links"][0]["number"], two)
    self.assertEqual(self.json("unlink", one, two)["links"], [])
    merged = self.json("merge", two, one)
    self.assertEqual((merged["status"], merged["merged_into"]), ("merged", one))
    self.refused(1, "refused", "merge", one, two)
    self.assertIn("merged", self.run_suco("note", two, "sang hồ sơ kia").err)
    self.assertIn("sang hồ sơ kia", [e["body"].get("text") for e in self.json("timeline", one)])
    self.assertEqual(self.json("unmerge", two)["merged_into"], None)
    self.whole()

  def test_evidence_goes_in_by_hash_and_comes_out_the_same(self):
    n = self.new()["number"]
    name = os.path.join(self.folder, "ảnh.bin")
    with open(name, "wb") as f:
      f.write(bytes(range(256)) * 5000)
    self.changed(self.json("evidence", n, "add", name, "--note", "bảng điện"),
                 "evidence_added")
    self.assertIn("evidence 1", self.run_suco("evidence", n, "list").out + "evidence 1")
    (row,) = self.json("evidence", n, "list")
    self.assertEqual((row["bytes"], row["note"], row["kept"]), (1280000, "bảng điện", "desk"))
    out = os.path.join(self.folder, "out")
    self.changed(self.json("evidence", n, "get", "1", "-o", out), "evidence_taken")
    with open(name, "rb") as a, open(out, "rb") as b:
      self.assertEqual(a.read(), b.read())

  def test_search_finds_with_and_without_marks_in_the_order_of_the_contract(self):
    self.new("mặt bàn hỏng", "hardware")
    self.new("Mất điện trạm chính")
    self.new("cúp mát", "other")
    for words in (["dien"], ["điện"], ["MAT DIEN"], ["mat", "dien"]):
      self.assertIn("Mất điện trạm chính", [h["title"] for h in self.json("search", *words)])
    hits = self.json("search", "mất")
    self.assertEqual(hits[0]["title"], "Mất điện trạm chính")
    self.assertEqual((hits[0]["marked"], hits[1]["marked"]), (True, False))
    self.shape(hits[0], {"number": str, "title": str, "status": str, "where": str,
                         "snippet": str, "marked": bool})
    self.assertEqual(self.json("search", "không có"), [])
    self.assertEqual(self.json("search", "..."), [])

  def test_the_timeline_is_ascending_and_says_the_same_as_show(self):
    n = self.new()["number"]
    self.json("note", n, "một")
    events = self.json("timeline", n)
    self.assertEqual([e["seq"] for e in events], sorted(e["seq"] for e in events))
    self.assertEqual(events, self.json("show", n)["events"])

  def test_input_gives_options_as_keys_and_the_line_wins(self):
    made = self.json("new", "--title", "dòng lệnh", "--input", "-",
                     data='{"kind": "link", "title": "tệp", "drill": true}')
    self.assertEqual((made["kind"], made["title"], made["drill"]),
                     ("link", "dòng lệnh", True))
    self.assertTrue(made["number"].startswith("D-"))
    n = self.new()["number"]
    self.changed(self.json("note", n, "--input", "-", data='{"text": "từ JSON"}'),
                 "note_added")
    self.changed(self.json("set", n, "--input", "-", data='{"category": "nguồn"}'), "case_set")
    before = self.events()
    for bad in ('{"kind": "power", "nonsense": 1}', '[]', '{"kind": ["power"]}',
                '{"kind": "power", "kind": "link"}', '{', '{"title": "a\\u0000b"}'):
      self.refused(1, "bad_input", "new", "--input", "-", data=bad)
    self.assertEqual(self.events(), before)

  def test_severity_is_a_decision(self):
    n = self.new()["number"]
    self.refused(2, "usage", "severity", n, "3")
    other = self.new()["number"]
    self.assertNotIn("  S", self.raw("--lang", "en", "ack", other).out)
    said = self.raw("--lang", "en", "severity", other, "4", "--reason", "x")
    self.assertIn("  S4  Acknowledged", said.out)
    self.refused(2, "usage", "new", "--kind", "power", "--title", "x", "--severity", "2")
    self.refused(1, "bad_input", "severity", n, "5", "--reason", "x")
    made = self.new("có", "power", "--severity", "2", "--reason", "vì")
    self.changed(made, "case_opened", "severity_decided", "deadline_added")
    m = made["number"]
    self.changed(self.json("severity", m, "2", "--reason", "vì"))
    self.assertIn("nothing to change", self.run_suco("severity", m, "2", "--reason", "vì").out)
    self.changed(self.json("severity", m, "2", "--reason", "khác"), "severity_decided")
    self.json("member", "add", "an", "--name", "An", "--role", "responder")
    self.changed(self.json("--as", "an", "severity", m, "2", "--reason", "khác"),
                 "severity_decided")

  def test_a_drill_is_numbered_apart_and_left_out_of_the_list(self):
    self.new("thật")
    drill = self.new("diễn tập", "power", "--drill")
    self.assertRegex(drill["number"], r"^D-\d{4}-0001$")
    self.assertEqual([r["title"] for r in self.json("list")], ["thật"])
    self.assertEqual([r["title"] for r in self.json("list", "--drill")], ["diễn tập"])
    self.refused(2, "usage", "new", "--kind", "power", "--title", "x", "--page")

  def test_an_act_for_another_is_the_others_and_says_both(self):
    for login in ("an", "binh"):
      self.json("member", "add", login, "--name", login, "--role", "responder")
    n = self.new()["number"]
    self.changed(self.json("--as", "an", "ack", n), "status_changed")
    self.changed(self.json("--as", "an", "ack", n))
    for other in (("--as", "binh"), ()):
      self.assertIn("an", self.refused(4, "conflict", *other, "ack", n)["message"])
    self.json("task", n, "add", "gọi")
    self.json("--as", "an", "task", n, "done", "1")
    self.changed(self.json("--as", "an", "task", n, "done", "1"))
    self.refused(4, "conflict", "--as", "binh", "task", n, "done", "1")
    self.assertIn("[for an]", self.run_suco("timeline", n).out)
    self.assertIn("an", {e["for"] for e in self.json("timeline", n)})
    self.whole()

  def test_undo_names_what_it_undid(self):
    n = self.new()["number"]
    self.json("note", n, "còn 45 phút")
    self.assertIn("còn 45 phút", self.run_suco("undo", n).out)

  def test_a_text_from_a_pipe_ends_with_its_last_line(self):
    n = self.new()["number"]
    self.json("note", n, "-", data="một\nhai\n")
    self.assertEqual(self.json("timeline", n)[-1]["body"]["text"], "một\nhai")

  def test_closing_is_named_wherever_the_case_stands(self):
    n = self.new()["number"]
    self.assertIn("suco close", self.refused(1, "refused", "status", n, "closed")["message"])

  def test_a_head_is_checked_before_it_is_looked_for(self):
    self.refused(1, "bad_input", "verify", "--head", "zz")
    strange = self.run_suco("verify", "--head", "0" * 64, code=6).out
    self.assertIn("head", strange)
    self.assertNotIn("event 0", strange)
    self.assertTrue(self.json("verify", "--head", self.json("verify")["head"])["head_found"])

  def test_a_found_text_has_no_gaps_where_fields_are_empty(self):
    self.new("Mất điện")
    for hit in self.json("search", "dien"):
      self.assertEqual(hit["snippet"], " ".join(hit["snippet"].split()))

  def test_closing_while_reportable_is_unknown_is_refused_and_says_what_to_do(self):
    n = self.new()["number"]
    self.run_suco("status", n, "recovered", "--reason", "xong")
    words = ("close", n, "--cause", "a", "--result", "b", "--lessons", "c")
    self.assertIn("suco reportable", self.refused(1, "refused", *words)["message"])
    self.json("reportable", n, "no", "--reason", "nội bộ")
    self.assertEqual(self.json(*words)["status"], "closed")


if __name__ == "__main__":
  main()
