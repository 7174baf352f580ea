#!/usr/bin/env python3
"""What is wrong is refused in one clear line, with the right exit code, and
nothing is changed."""
import os
import shutil
import sqlite3

from desk import DeskTest, main


class BadInput(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.number = self.new()["number"]
    self.before = self.events()

  def tearDown(self):
    if os.path.exists(self.path) and not self.broken:
      self.assertEqual(self.events(), self.before, msg="something was changed")

  broken = False

  def test_one_option_with_two_values_is_wrong_usage(self):
    self.refused(2, "usage", "note", self.number, "a", "--at", "-1m", "--at", "-2m")
    self.refused(2, "usage", "list", "--as", "ha", "--as", "minh")
    self.refused(2, "usage", "ack", self.number, "--if-version", "1", "--if-version", "2")
    self.json("list", "--sort", "due", "--sort", "due")

  def test_a_title_of_a_megabyte_names_length_and_limit(self):
    error = self.refused(1, "bad_input", "new", "--kind", "power", "--input", "-",
                         data='{"title": "%s"}' % ("x" * 1000000))
    self.assertIn("1000000", error["message"])
    self.assertIn("300", error["message"])

  def test_invalid_utf8_is_refused(self):
    error = self.refused(1, "bad_input", "note", self.number, "-", data=b"a\xff\xfeb")
    self.assertIn("UTF-8", error["message"] + error["cause"] if error["cause"]
                  else error["message"])

  def test_a_nul_is_refused(self):
    self.refused(1, "bad_input", "note", self.number, "-", data=b"a\0b")

  def test_wrong_words_are_wrong_usage(self):
    for words in (["nonsense"], ["show"], ["show", "1", "2"], ["list", "--nonsense"],
                  ["new"], ["new", "--kind"], ["new", "--kind", "power"],
                  ["task", self.number], ["task", self.number, "nonsense"],
                  ["task", self.number, "done"], ["list", "--json=yes"],
                  ["ack", self.number, "--if-version", "x"], ["status", self.number],
                  ["evidence", self.number, "get", "1"]):
      error = self.refused(2, "usage", *words)
      self.assertNotIn("\n", error["message"])

  def test_words_that_do_not_exist_name_those_that_do(self):
    self.assertIn("power", self.refused(1, "bad_input", "new", "--kind", "x", "--title",
                                        "t")["message"])
    self.assertIn("title", self.refused(1, "bad_input", "set", self.number,
                                        "nonsense=1")["message"])
    self.refused(1, "bad_input", "status", self.number, "nonsense")
    self.refused(3, "not_found", "new", "--kind", "power", "--title", "t", "--asset",
                 "NOT-THERE")
    self.refused(3, "not_found", "assign", self.number, "khong-ai")
    self.refused(1, "bad_input", "list", "--after", "nonsense")
    self.refused(1, "bad_input", "note", self.number, "x", "--at", "nonsense")

  def test_evidence_must_be_a_file_that_can_be_read(self):
    fifo = os.path.join(self.folder, "fifo")
    os.mkfifo(fifo)
    secret = os.path.join(self.folder, "secret")
    with open(secret, "w", encoding="utf-8") as f:
      f.write("x")
    os.chmod(secret, 0)
    self.refused(3, "not_found", "evidence", self.number, "add", self.folder + "/none")
    self.assertIn("folder", self.refused(1, "bad_input", "evidence", self.number, "add",
                                         self.folder)["message"])
    self.assertIn("fifo", self.refused(1, "bad_input", "evidence", self.number, "add",
                                       fifo)["message"])
    if os.geteuid() != 0:
      self.refused(5, "io", "evidence", self.number, "add", secret)

  def test_no_desk_shows_the_three_ways_and_creates_nothing(self):
    self.broken = True
    os.unlink(self.path)
    env = {k: v for k, v in self.env.items() if k != "SUCO_DESK"}
    result = self.run_suco("list", code=3, env=env)
    for way in ("init --demo", "suco init", "--desk URL"):
      self.assertIn(way, result.err)
    self.assertFalse(os.path.exists(os.path.join(self.folder, ".local")))
    error = self.refused(3, "not_found", "list")
    self.assertIn("desk.db", error["message"])

  def test_a_file_that_is_no_desk_is_named(self):
    self.broken = True
    other = os.path.join(self.folder, "other.db")
    with open(other, "w", encoding="utf-8") as f:
      f.write("not a database at all\n" * 100)
    self.assertIn("other.db", self.refused(5, "io", "--desk", other, "list")["message"])
    os.unlink(other)
    with sqlite3.connect(other) as db:
      db.execute("CREATE TABLE t (a)")
    db.close()
    self.assertIn("other.db", self.refused(5, "io", "--desk", other, "list")["message"])

  def test_a_desk_of_a_newer_suco_is_left_alone(self):
    self.broken = True
    with sqlite3.connect(self.path) as db:
      db.execute("UPDATE head SET schema_number = 99")
    db.close()
    error = self.refused(5, "unavailable", "list")
    self.assertIn("newer", error["message"])

  def test_init_never_overwrites(self):
    self.refused(1, "refused", "init")

  def test_an_unknown_member_is_told_what_to_ask_for(self):
    self.broken = True
    with sqlite3.connect(self.path) as db:
      db.execute("UPDATE member SET login = 'other'")
    db.close()
    self.assertIn("member add", self.refused(1, "forbidden", "list")["message"])

  def test_a_desk_that_cannot_be_written_can_still_be_read(self):
    self.broken = True
    if os.geteuid() == 0:
      self.skipTest("root writes everywhere")
    folder = os.path.join(self.folder, "ro")
    os.mkdir(folder)
    path = os.path.join(folder, "desk.db")
    shutil.copy(self.path, path)
    os.chmod(path, 0o444)
    for mode in (0o755, 0o555):
      os.chmod(folder, mode)
      for words in (["list"], ["show", self.number], ["timeline", self.number],
                    ["search", "dien"], ["verify"], ["task", self.number, "list"],
                    ["handover"], ["over", self.number], ["countdown", self.number],
                    ["deadline", self.number], ["obligation", "list"],
                    ["obligation", "csv"]):
        self.run_suco("--desk", path, *words)
      self.refused(5, "io", "--desk", path, "note", self.number, "x")
      if mode == 0o755:
        for name in os.listdir(folder):
          if name != "desk.db":
            os.unlink(os.path.join(folder, name))

  def test_one_byte_changed_behind_our_back_is_named(self):
    self.broken = True
    with sqlite3.connect(self.path) as db:
      seq = db.execute("SELECT max(seq) FROM event WHERE body LIKE '%power%'").fetchone()[0]
      db.execute("UPDATE event SET body = replace(body, 'power', 'powex') WHERE seq = ?",
                 (seq,))
    db.close()
    result = self.run_suco("verify", "--json", code=6).json()
    self.assertEqual((result["chain"], result["first_bad"]["seq"]), ("broken", seq))
    self.assertIn(str(seq), self.run_suco("verify", code=6).out)


class Stripped(DeskTest):
  def test_controls_and_direction_marks_are_taken_out_and_nfd_becomes_nfc(self):
    self.init()
    made = self.new("a\x1b[31mđỏ\u202eb\u0085 Ma\u0302\u0301t")
    self.assertEqual(made["title"], "a[31mđỏb Mất")
    self.assertEqual(self.json("search", "mất")[0]["number"], made["number"])


if __name__ == "__main__":
  main()
