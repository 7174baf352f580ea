#!/usr/bin/env python3
"""Affected points and lists to tick: verbs, JSON, exit codes, bad input."""
import csv
import io
import os
import unicodedata
import unittest

from desk import DeskTest, main

POINT = {
  "n": int, "id": str, "name": str, "state": str, "kind": (str, None),
  "code": (str, None), "area": (str, None), "carrier": (str, None),
  "reserve": (str, None), "told_how": (str, None), "confirmed_by": (str, None),
  "person": (str, None), "over_told_how": (str, None), "note": (str, None),
  "island": bool, "since": ("time", None), "down_since": ("time", None),
  "reserve_at": ("time", None), "told_at": ("time", None),
  "confirmed_at": ("time", None), "back_at": ("time", None),
  "over_told_at": ("time", None), "outage_minutes": int, "candidates": list,
}


class Points(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    for code, name, more in (
        ("t-1", "Xã Sông Trà", ["aliases=Xã Bến Cũ", "carrier=Viễn thông A"]),
        ("t-2", "Phường Đá Trắng", []), ("t-3", "Xã Đá Trắng", [])):
      self.json("unit", "add", code, "name=" + name, "kind=commune", "area=Nam cũ", *more)
    self.n = self.new("13 xã mất kết nối", "link")["number"]

  def paste(self, text, *more):
    path = os.path.join(self.folder, "list.txt")
    with open(path, "w", encoding="utf-8") as f:
      f.write(text)
    return self.json("point", self.n, "import", path, *more)

  def points(self):
    return self.json("point", self.n, "list")

  def test_a_pasted_list_becomes_points_and_says_what_it_could_not_match(self):
    made = self.paste(unicodedata.normalize("NFD", "1. bến cũ\n2.\tĐá Trắng\n- Trường A\n"
                                            "- song tra\n"))
    self.changed(made, "point_added")
    self.assertEqual(made["points_added"],
                     {"added": 3, "several": 1, "unknown": 1, "already": 1})
    points = self.points()
    self.assertEqual(points, made["points"])
    for point in points:
      self.shape(point, POINT, "point")
    self.assertEqual([p["name"] for p in points], ["Xã Sông Trà", "Đá Trắng", "Trường A"])
    self.assertEqual(points[0]["carrier"], "Viễn thông A")
    self.assertEqual({c["code"] for c in points[1]["candidates"]}, {"t-2", "t-3"})
    self.assertEqual(points[2]["candidates"], [])
    self.assertEqual({p["state"] for p in points}, {"down"})
    chosen = self.json("point", self.n, "set", "2", "unit=t-3")
    self.assertEqual(chosen["points"][1]["name"], "Xã Đá Trắng")
    text = self.run_suco("point", self.n, "list", "--by", "area").out
    self.assertIn("Nam cũ (2)", text)
    self.whole()

  def test_many_change_by_one_event_and_minutes_add_up(self):
    self.json("point", self.n, "add", "A, B, C, D, E", "--since", "-2h")
    done = self.json("point", self.n, "set", "1", "3-5", "state=back", "back_at=-1h")
    self.changed(done, "point_set")
    self.assertEqual(len(done["appended"]), 1)
    self.assertEqual([p["state"] for p in done["points"]],
                     ["back", "down", "back", "back", "back"])
    self.assertEqual([p["outage_minutes"] for p in done["points"]], [60, 120, 60, 60, 60])
    counts = done["point_counts"]
    self.assertEqual((counts["total"], counts["down"], counts["back"],
                      counts["outage_minutes"]), (5, 1, 4, 360))
    again = self.json("point", self.n, "set", "back", "state=back")
    self.assertEqual(again["appended"], [])
    self.json("undo", self.n)
    self.assertEqual({p["state"] for p in self.points()}, {"down"})
    rows = list(csv.DictReader(io.StringIO(
      self.run_suco("point", self.n, "list", "--csv").out)))
    self.assertEqual(rows[4]["name"], "E")
    self.whole()

  def test_bad_input_is_refused_whole(self):
    long = "\n".join("%d.\tXã số %d" % (i, i) for i in range(1, 5001))
    path = os.path.join(self.folder, "long.txt")
    with open(path, "w", encoding="utf-8") as f:
      f.write(unicodedata.normalize("NFD", long))
    error = self.refused(1, "bad_input", "point", self.n, "import", path)
    self.assertIn("5000", error["message"])
    self.assertIn("1000", error["message"])
    self.refused(1, "bad_input", "point", self.n, "add", "A", "--state", "hỏng")
    self.refused(1, "bad_input", "point", self.n, "add", "A", "--since", "+2h")
    self.refused(3, "not_found", "point", self.n, "add", "--group", "nowhere")
    self.refused(2, "usage", "point", self.n, "add")
    self.assertEqual(self.points(), [])
    self.json("point", self.n, "add", "A", "--since", "-1h")
    self.refused(1, "refused", "point", self.n, "set", "1", "state=back", "back_at=-2h")
    self.json("point", self.n, "set", "1", "told=zalo")
    error = self.refused(1, "refused", "point", self.n, "set", "1", "confirmed_at=-2h")
    self.assertIn("before it was told", error["message"])
    self.refused(3, "not_found", "point", self.n, "set", "7", "state=back")
    self.refused(1, "bad_input", "point", self.n, "set", "x", "state=back")
    self.refused(1, "bad_input", "point", self.n, "set", "1", "colour=red")
    self.refused(1, "bad_input", "point", self.n, "list", "--by", "colour")
    self.whole()

  def test_a_case_that_is_over_takes_no_place_that_is_down(self):
    self.json("point", self.n, "add", "A", "--state", "back")
    self.json("status", self.n, "dismissed", "--reason", "nhầm")
    self.refused(1, "refused", "point", self.n, "add", "B")
    error = self.refused(1, "refused", "point", self.n, "set", "1", "state=down")
    self.assertIn("reopen it first", error["message"])
    self.json("point", self.n, "set", "1", "note=đã gọi lại")
    self.whole()

  def test_a_table_with_headings_brings_its_columns(self):
    made = self.paste("Đơn vị;Tình trạng;Người tại xã\nSông Trà;mất điện;bà B\n"
                      "Trường A;chậm;\n")
    self.assertEqual([(p["name"], p["state"], p["person"]) for p in made["points"]],
                     [("Xã Sông Trà", "power_out", "bà B"), ("Trường A", "slow", None)])
    gone = self.json("point", self.n, "remove", "2", "--reason", "không bị")
    self.changed(gone, "point_removed")
    self.assertEqual(len(gone["points"]), 1)
    self.whole()

  def test_a_list_of_a_step_is_ticked_and_done_asks_for_the_rest(self):
    self.json("group", "add", "xa_96", "name=xã", "of=unit", "members=t-1,t-2,t-3")
    self.json("begin", self.n, "PA-DT")
    steps = self.json("steps", self.n)
    self.assertEqual(steps[0]["checklist"]["total"], 3)
    self.assertEqual(steps[0]["checklist"]["ticked"], 0)
    self.assertIsNone(steps[1]["checklist"])
    column = steps[0]["checklist"]["columns"][0]
    done = self.json("point", self.n, "tick", "1", column + "=down", "--step", "1")
    self.changed(done, "checklist_added", "point_added", "checklist_set")
    self.assertEqual([p["code"] for p in done["points"]], ["t-1"])
    rows = self.json("point", self.n, "list", "--step", "1")
    self.assertEqual([r["ticked"] for r in rows], [True, False, False])
    self.assertIsNotNone(rows[0]["ticked_at"])
    # Who is not on the list of places is not hit: nothing is left to tick.
    self.assertIn("gio_mat", self.refused(1, "refused", "step", self.n, "1",
                                          "done")["message"])
    self.refused(1, "refused", "point", self.n, "tick", "1", "--step", "2")
    self.refused(2, "usage", "point", self.n, "tick", "1")
    self.json("point", self.n, "tick", "all", "--step", "1")
    off = self.json("point", self.n, "tick", "2", "--step", "1", "--off")
    self.changed(off, "checklist_set")
    self.assertEqual(self.json("steps", self.n)[0]["checklist"]["ticked"], 2)
    self.whole()


if __name__ == "__main__":
  main()
