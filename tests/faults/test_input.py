#!/usr/bin/env python3
"""What people and files bring that is wrong, and tests/cli does not yet try."""
import os
import sqlite3
import subprocess
import threading
import time

from faults import SUCO, FaultTest, main


class Texts(FaultTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.number = self.new()["number"]
    self.before = self.events()

  def test_a_megabyte_in_every_text_is_refused_with_the_limit(self):
    big = '"%s"' % ("ắ" * 350000)
    for verb, field in (("new", "title"), ("note", "text"), ("set", "title"),
                        ("member add x", "name"), ("asset add X", "name"),
                        ("contact add x", "name")):
      words = verb.split()
      words[1:1] = [self.number] if verb in ("note", "set") else []
      error = self.refused(1, "bad_input", *words, "--input", "-",
                           data='{"%s": %s, "kind": "power"}' % (field, big)
                           if verb == "new" else '{"%s": %s}' % (field, big))
      self.assertRegex(error["message"], r"[0-9]{6,7}", msg=verb)
    self.assertEqual(self.events(), self.before)

  def test_what_json_may_not_hold_is_refused_with_its_place(self):
    for text in ('{"title": "a\\u0000b", "kind": "power"}', '{"title": "a\0b"}',
                 '{"title": "a", "title": "b", "kind": "power"}',
                 '{"title": "a", "kind": "power"} x', '\ufeff{"title": "a"}',
                 '{"title": "\ud800"}'.encode("utf-8", "surrogatepass"),
                 '{"title": "a\tb"}', "[" * 100000, '{"nonsense": 1, "title": "a"}',
                 "", "{", '"a"', '{"title": 01}', '{"title": 1e400}'):
      error = self.refused(1, "bad_input", "new", "--input", "-", data=text)
      self.assertNotIn("\n", error["message"])
    self.assertEqual(self.events(), self.before)

  def test_hostile_text_is_stored_clean_and_shown_clean(self):
    hostile = "\x1b]0;x\x07\x1b[2Jđỏ \u202ertl\u2066 \x9b31m nfd: a\u0302\u0301 \x7f\x08 الإنترنت"
    made = self.json("new", "--kind", "power", "--title", hostile)
    self.run_suco("note", made["number"], hostile)
    self.run_suco("task", made["number"], "add", hostile)
    self.run_suco("set", made["number"], "reporter=" + hostile)
    self.run_suco("status", made["number"], "dismissed", "--reason", hostile)
    for words in (["list"], ["show", made["number"]], ["timeline", made["number"]],
                  ["search", "nfd"], ["list", "--csv"], ["list", "--json"]):
      out = self.run_suco(*words).out
      self.assertIn("nfd: ấ", out, msg=words)
      self.clean(out)

  def clean(self, text):
    text = text.replace("\r\n", "\n")  # the ends of CSV's rows
    bad = [c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or
           c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f"]
    self.assertEqual(bad, [], msg=repr(text))

  def test_escapes_that_somebody_wrote_into_the_rows_reach_no_terminal(self):
    """Behind suco's back, in every text column of every table."""
    evil = "\x1b]0;pwned\x07\x1b[2J\x9b31m\x08"
    self.run_suco("note", self.number, "lời")
    self.run_suco("task", self.number, "add", "việc")
    self.run_suco("observable", self.number, "ip", "203.0.113.7")
    self.run_suco("begin", self.number)
    self.run_suco("member", "add", "lan", "--name", "Phạm Thị Lan", "--role", "responder")
    self.run_suco("asset", "add", "MAY-1", "--name", "Máy", "--level", "2")
    db = sqlite3.connect(self.path)
    db.execute("UPDATE member SET name = name || ?", (evil,))
    db.execute("UPDATE cases SET title = title || ?, reporter = ?, category = ?,"
               " next_step = ?", (evil,) * 4)
    for table, columns in (("task", "title note"), ("observable", "value note"),
                           ("run", "name code"), ("step_instance", "name note"),
                           ("asset", "name note links"), ("search_doc", "marked folded"),
                           ("contact", "name body note"), ("setting", "value")):
      have = [row[1] for row in db.execute("PRAGMA table_info(%s)" % table)]
      for column in columns.split():
        if column in have:
          db.execute("UPDATE %s SET %s = %s || ?" % (table, column, column), (evil,))
    db.execute("UPDATE event SET body = replace(body, 'lời', ?)", ("lời" + evil,))
    db.commit()
    db.close()
    for words in (["list"], ["show", self.number], ["timeline", self.number],
                  ["search", "dien"], ["steps", self.number], ["task", self.number, "list"],
                  ["member", "list"], ["member", "show", "lan"], ["asset", "list"],
                  ["asset", "show", "MAY-1"], ["contact", "list"], ["setting", "list"],
                  ["rule", "list"], ["verify", "--replay"], ["outbox"],
                  ["list", "--csv"], ["list", "--json"],
                  ["show", self.number, "--json"], ["timeline", self.number, "--json"]):
      result = self.raw("--lang", "en", *words)
      self.assertGreaterEqual(result.code, 0, msg=repr(result))
      self.clean(result.out + result.err)


class Watch(FaultTest):
  """The rows of the watch, which somebody wrote behind suco's back."""
  TABLES = ("tin", "phone_call", "confirmation", "waiting", "asking", "decision", "point",
            "deadline", "notice", "countdown", "shift_entry", "handover", "planned_work",
            "hold", "custody")
  PLAIN = {"state", "kind", "code", "rule", "role", "ref", "ref_kind", "to_kind", "form",
           "outcome", "channel", "cells", "columns", "step", "options", "secret", "asset"}

  def test_escapes_in_the_rows_of_the_watch_reach_no_terminal(self):
    number = self.story()
    evil = "\x1b]0;pwned\x07\x1b[2Jpw\x9b31m\x08\u202e"
    db = sqlite3.connect(self.path)
    for table in self.TABLES:
      for _, name, kind, *_ in db.execute("PRAGMA table_info(%s)" % table).fetchall():
        if kind == "TEXT" and name not in self.PLAIN and not name.endswith(("id", "_at")):
          db.execute("UPDATE %s SET %s = %s || ? WHERE %s <> ''" %
                     (table, name, name, name), (evil,))
    db.commit()
    db.close()
    shown = 0
    for line in ("tin list", "tin show 1", "call N list", "wait N list", "waits",
                 "ask N list", "decisions", "point N list", "point N list --by area",
                 "deadline N list", "deadlines", "notice list N", "countdown N list",
                 "log list", "handover", "handover show 1", "handover list",
                 "planned list", "scene list", "evidence N custody",
                 "evidence N record 1", "print N", "quick show N", "posted N list",
                 "confirmed N list", "over N list", "show N", "contact sheet"):
      words = line.replace(" N", " " + number).split()
      for form in ([], ["--json"]):
        result = self.raw("--lang", "en", *words, *form)
        self.assertIn(result.code, (0, 6), msg=repr(result))
        shown += "pw" in result.out
        bad = [c for c in result.out + result.err if (ord(c) < 32 and c not in "\n\t\f")
               or 127 <= ord(c) < 160 or c == "\u202e"]
        self.assertEqual(bad, [], msg=repr(result))
    self.assertGreater(shown, 35)

  def test_lists_that_are_empty_or_cut_by_a_nul_change_nothing(self):
    number = self.story()
    before = self.events()
    for words in (["paper", number, "-"], ["confirmed", number, "last", "-"],
                  ["point", number, "import", "-"], ["log", "-"]):
      for data in ("", "\n \n", "now | x\nBa Tơ\n\0now | y\n"):
        self.refused(1, "bad_input", *words, data=data)
    self.assertEqual(self.events(), before)

  def test_what_is_said_of_a_wrong_word_is_clean_too(self):
    self.init()
    number = self.new()["number"]
    for form in ([], ["--json"]):
      result = self.raw("--lang", "en", "reportable", number, "\u202ex\x1b[2J\u009b",
                        "--reason", "x", *form)
      self.assertEqual(result.code, 1)
      for bad in "\x1b\u202e\u009b":
        self.assertNotIn(bad, result.err)


class Profiles(FaultTest):
  def wrong(self, text, *said):
    path = os.path.join(self.folder, "p.json")
    with open(path, "w", encoding="utf-8") as f:
      f.write(text)
    error = self.refused(1, "bad_input", "init", "--profile", path)
    for word in said:
      self.assertIn(word, error["message"] + error["cause"] if error["cause"]
                    else error["message"])
    self.assertEqual(os.listdir(self.folder), ["p.json"])

  def whole(self, **more):
    import json
    profile = {"format": "suco-profile/1", "name": "t", "title": {"vi": "t", "en": "t"},
               "desk": None, "zone": "Asia/Ho_Chi_Minh", "language": "vi",
               "sources": {"x": {"title": "x"}}, "settings": {}, "plans": [], "bodies": [],
               "units": [], "contacts": [], "assets": [], "groups": [],
               "agent_roles": [], "rule_files": ["generic"], "rules": []}
    profile.update(more)
    return json.dumps(profile)

  def asset(self, code, *on):
    return {"code": code, "name": {"vi": code, "en": code}, "kind": "server",
            "depends_on": [{"on": other, "source": "x"} for other in on]}

  def test_a_profile_with_an_unknown_key_a_cycle_or_a_loose_end_makes_nothing(self):
    self.wrong(self.whole(nonsense=1), "nonsense")
    self.wrong(self.whole(format="suco-profile/99"))
    self.wrong(self.whole(zone="Nowhere/City"))
    self.wrong(self.whole(assets=[self.asset("A", "A")]))
    self.wrong(self.whole(bodies=[{"code": "b", "nonsense": 1}]), "nonsense")
    self.wrong(self.whole(assets=[self.asset("A"), self.asset("A")]))
    self.wrong("[" * 5000)
    self.wrong(self.whole()[:-1])


class Evidence(FaultTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.number = self.new()["number"]

  def file(self, name, size):
    path = os.path.join(self.folder, name)
    with open(path, "wb") as f:
      f.truncate(size)
    return path

  def test_a_huge_file_is_recorded_by_hash_and_holds_nobody_up(self):
    size = int(float(os.environ.get("SUCO_SPARSE_GB", "2")) * (1 << 30))
    path = self.file("disk.img", size)
    child = subprocess.Popen([SUCO, "--lang", "en", "evidence", self.number, "add", path,
                              "--json"], env=self.env, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    others = 0
    slowest = 0.0
    while child.poll() is None:
      began = time.monotonic()
      self.run_suco("note", self.number, "trong lúc băm")
      slowest = max(slowest, time.monotonic() - began)
      others += 1
    out, wrong = child.communicate()
    self.assertEqual(child.returncode, 0, msg=wrong)
    self.assertGreater(others, 3)
    row = self.rows("SELECT bytes, kept, place FROM evidence")
    self.assertEqual(row, [(size, "elsewhere", path)])
    self.assertEqual(self.rows("SELECT count(*) FROM evidence_blob"), [(0,)])
    self.refused(1, "refused", "evidence", self.number, "get", "1", "-o", path + ".out")
    print("beside %d bytes being hashed: %d notes, the slowest %.2f s" %
          (size, others, slowest))

  def test_a_file_that_changes_while_it_is_read_is_refused(self):
    path = self.file("live.log", 60 << 20)
    stop = threading.Event()

    def grow():
      with open(path, "r+b", buffering=0) as f:
        at = 0
        while not stop.is_set():
          f.seek(at % (60 << 20))
          f.write(b"%d" % at)
          at += 1048583
    thread = threading.Thread(target=grow)
    before = self.events()
    thread.start()
    error = self.refused(1, "refused", "evidence", self.number, "add", path)
    stop.set()
    thread.join()
    self.assertIn("changed", error["message"])
    self.assertEqual(self.events(), before)
    self.assertEqual(self.rows("SELECT count(*) FROM evidence_blob"), [(0,)])
    self.run_suco("evidence", self.number, "add", path)  # now it lies still
    self.run_suco("verify", "--replay")

  def test_what_is_no_file_is_refused_by_name(self):
    for name in ("/dev/zero", "/dev/null", "/proc/self", "/proc/self/mem"):
      result = self.raw("--lang", "en", "evidence", self.number, "add", name, "--json")
      self.assertIn(result.code, (1, 5), msg=repr(result))
      self.assertIn(name, result.error()["message"])
    long_name = "x" * 250
    self.run_suco("evidence", self.number, "add", self.file(long_name, 10))
    self.run_suco("evidence", self.number, "add", self.file("a\x1b[2Jb\nc", 10))
    self.run_suco("evidence", self.number, "add", self.file("empty", 0))
    out = self.run_suco("evidence", self.number, "list").out
    self.assertNotIn("\x1b", out)
    to = os.path.join(self.folder, "out")
    self.run_suco("evidence", self.number, "get", "3", "-o", to)
    self.assertEqual(os.path.getsize(to), 0)
    self.refused(1, "refused", "evidence", self.number, "get", "3", "-o", to)
    self.run_suco("verify", "--replay")


if __name__ == "__main__":
  main()
