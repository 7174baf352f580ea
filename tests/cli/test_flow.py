#!/usr/bin/env python3
"""Plans drawn: pictures that are pictures, and names that are refused."""
import glob
import os
import re
import struct

from desk import DeskTest, main

PLANS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                     "playbooks", "plans")


class Flow(DeskTest):
  def picture(self, name, *words):
    path = os.path.join(self.folder, name)
    self.assertEqual(self.json("playbook", "draw", *words, "-o", path)["file"], path)
    with open(path, "rb") as file:
      return file.read()

  def need_report(self):
    path = [p for p in self.json("--version", "-v")["parts"] if p["part"] == "suco-report"]
    if path[0]["path"] is None:
      self.skipTest(path[0]["missing"])

  def test_every_shipped_plan_is_drawn_without_a_desk(self):
    self.need_report()
    files = sorted(glob.glob(os.path.join(PLANS, "*.json")))
    self.assertTrue(files)
    for plan in files:
      svg = self.picture("x.svg", plan).decode()
      self.assertTrue(svg.startswith("<?xml"), plan)
      size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
      self.assertGreater(float(size.group(1)), 400)
      self.assertGreater(float(size.group(2)), 800)

  def test_a_png_is_a_png_of_its_size(self):
    self.need_report()
    png = self.picture("x.png", os.path.join(PLANS, "pa-md.vi.json"))
    self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    self.assertGreater(width, 800)
    self.assertGreater(height, 2000)

  def test_a_plan_of_the_library_is_drawn_by_its_code(self):
    self.need_report()
    self.init()
    self.assertIn(b"<svg", self.picture("x.svg", "PA-MD"))
    self.refused(3, "not_found", "playbook", "draw", "PA-XX", "-o",
                 os.path.join(self.folder, "x.svg"))

  def test_the_name_says_what_it_becomes(self):
    self.refused(2, "usage", "playbook", "draw", os.path.join(PLANS, "pa-md.vi.json"),
                 "-o", os.path.join(self.folder, "x.pdf"))

  def test_drawn_with_letters_without_a_name(self):
    plan = os.path.join(PLANS, "pa-md.vi.json")
    out = self.run_suco("playbook", "draw", plan).out
    self.assertIn("┌", out)
    self.assertIn("Bảo đảm an toàn cho người", out)
    self.assertLessEqual(max(len(line) for line in out.splitlines()), 80)
    self.assertEqual(self.json("playbook", "draw", plan)["text"], out)

  def test_walked_dry_without_a_desk_and_by_its_code(self):
    plan = os.path.join(PLANS, "pa-md.vi.json")
    tried = self.json("playbook", "try", plan)
    self.assertEqual(tried["code"], "PA-MD")
    self.assertGreater(tried["ways"], 50)
    self.assertEqual(len(tried["listed"]), 50)
    self.assertFalse(tried["ways_are_all_listed"])
    self.assertEqual(tried["critical"]["length_ms"], tried["longest_ms"])
    self.assertLess(tried["shortest_ms"], tried["longest_ms"])
    self.assertEqual(tried["unreached"], [])
    self.assertEqual(len(tried["calls"]), 4)
    self.assertTrue(all(row["question"] for row in tried["asked"]))
    text = self.run_suco("playbook", "try", plan).out
    self.assertIn("ways through it", text)
    self.init()
    self.assertEqual(self.json("playbook", "try", "PA-MD")["code"], "PA-MD")
    self.refused(3, "not_found", "playbook", "try", "PA-XX")

  def test_what_is_no_plan_is_refused_before_anything_is_drawn(self):
    path = os.path.join(self.folder, "x.json")
    with open(path, "w", encoding="utf-8") as file:
      file.write("{}")
    out = os.path.join(self.folder, "x.svg")
    self.assertNotEqual(self.raw("playbook", "draw", path, "-o", out).code, 0)
    self.assertFalse(os.path.exists(out))


if __name__ == "__main__":
  main()
