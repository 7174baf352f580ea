#!/usr/bin/env python3
"""What must not be left behind, lost or misread at the end of a case and of a line."""
from desk import DeskTest, main


class Left(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.n = self.new("Máy chủ thư bị chiếm", "attack")["number"]

  def test_the_handover_page_says_clocks_in_the_language_of_who_reads(self):
    def clocks(lang):
      page = self.raw("--lang", lang, "handover", "show", "--json").json()
      return " ".join(t for part in page["parts"] if part["part"] == "clocks"
                      for t in part["lines"])
    self.assertIn("24 hours", clocks("en"))
    self.assertNotIn("24 giờ", clocks("en"))
    self.assertIn("24 giờ", clocks("vi"))

  def test_a_printed_case_says_clocks_in_the_language_of_who_reads(self):
    english = self.raw("--lang", "en", "print", self.n).out
    self.assertIn("24 hours", english)
    self.assertNotIn("24 giờ", english)
    self.assertIn("24 giờ", self.raw("--lang", "vi", "print", self.n).out)

  def test_a_merged_case_shows_its_waits_under_the_other_and_they_end_there(self):
    other = self.new("Cùng một việc", "attack")["number"]
    self.json("wait", other, "Nhà mạng", "--for", "chặn địa chỉ")
    self.refused(1, "refused", "status", other, "dismissed", "--reason", "nhầm")
    self.json("merge", other, self.n)
    year, number = self.n.split("-")
    self.assertIn(f"(merged into {year}-{int(number)})", self.run_suco("waits").out)
    rows = self.json("wait", self.n, "list")
    self.assertEqual([(r["case"], r["merged_into"]) for r in rows], [(other, self.n)])
    self.json("wait", other, "done", "1", "--result", "đã chặn")
    self.assertEqual(self.json("wait", self.n, "list"), [])
    self.whole()

  def test_a_merged_case_of_which_nobody_decided_whether_it_is_reported_forbids_closing(self):
    other = self.new("Cùng một việc", "attack")["number"]
    self.json("severity", self.n, "2", "--reason", "thử")
    self.json("merge", other, self.n)
    self.json("reportable", self.n, "no", "--reason", "thử")
    for status in ("acknowledged", "recovered"):
      self.json("status", self.n, status, "--reason", "thử")
    close = ["close", self.n, "--cause", "x", "--result", "x", "--lessons", "x"]
    message = self.refused(1, "refused", *close)["message"]
    self.assertIn(other, message)
    self.assertIn("reportable", message)
    self.json("reportable", other, "no", "--reason", "thử")
    self.assertEqual(self.json(*close)["status"], "closed")
    self.whole()


if __name__ == "__main__":
  main()
