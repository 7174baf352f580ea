#!/usr/bin/env python3
"""What a terminal does to the screens (TARGETS E8): every size and kind, going
away, signals, hostile bytes from either side; and two terminals on one desk."""
import glob
import os
import random
import shutil
import signal
import sqlite3
import termios
import time

from faults import SEED, SUCO, FaultTest, main, poll
from terminal import Terminal

F10 = "\x1b[21~"
SIGNALS = (signal.SIGTERM, signal.SIGABRT, signal.SIGSEGV, signal.SIGHUP)
SANITIZED = "SUCO_SANITIZED" in os.environ  # its handlers come before ours


class Screens(FaultTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.number = self.new("Mất điện trạm chính")["number"]
    self.env["EDITOR"] = self.env["VISUAL"] = "true"  # C-x among what is typed
    self.env["XDG_STATE_HOME"] = os.path.join(self.folder, "state")

  def start(self, *words, **more):
    terminal = Terminal(self.env, *words, **more)
    self.addCleanup(terminal.close)
    return terminal

  def desk(self, **more):
    terminal = self.start(**more)
    terminal.wait("F7 new report")
    return terminal

  def note(self, text, **more):
    """A note begun in the case."""
    terminal = self.desk(**more)
    terminal.wait("TIMELINE", terminal.keys("\r"))
    terminal.wait("Note *", terminal.keys("c"))
    terminal.keys(text)
    return terminal

  def drafts(self):
    texts = []
    for path in glob.glob(self.env["XDG_STATE_HOME"] + "/suco/drafts/*.draft"):
      with open(path, encoding="utf-8") as f:
        texts.append(f.read())
    return texts


class Sizes(Screens):
  def test_a_storm_of_sizes(self):
    chance = random.Random(SEED)
    terminal = self.note("nửa câu")
    for _ in range(80):
      rows, cols = chance.choice([(5, 20), (120, 400), (1, 1), (24, 80), (2, 300),
                                  (300, 2), (chance.randrange(1, 120),
                                             chance.randrange(1, 400))])
      terminal.size(rows, cols)
      if chance.random() < 0.3:
        terminal.keys(chance.choice(["x", "\x1b[A", "\t", "\x0c"]))
      terminal.drain(0.005)
      self.assertIsNone(terminal.child.poll(), msg="seed %d: %dx%d" % (SEED, cols, rows))
    terminal.size(24, 80)
    terminal.wait("F10 save", terminal.keys("\x0c"))
    self.assertIn("nửa câu", terminal.text())
    terminal.child.send_signal(signal.SIGTERM)
    self.assertIsNotNone(terminal.ended())
    self.assertTrue(terminal.is_clean(), msg=repr(terminal.sent[-200:]))

  def test_the_smallest_and_the_largest(self):
    for rows, cols, said in ((5, 20, ""), (40, 400, "F7 new report"), (120, 400, "F7 new report"),
                             (8, 40, "NOW>"), (16, 60, "NOW>")):
      terminal = self.start(rows=rows, cols=cols)
      terminal.wait(said)
      terminal.drain(0.5)
      terminal.keys("\r")
      terminal.drain(0.2)
      terminal.keys("?")
      terminal.drain(0.2)
      self.assertIsNone(terminal.child.poll())
      terminal.close()

  def test_every_kind_of_terminal(self):
    for term in ("vt100", "vt220", "linux", "xterm", "screen-256color", "nonsense-42", "ansi", ""):
      terminal = self.desk(term=term)
      terminal.wait("TIMELINE", terminal.keys("\r"))
      terminal.child.send_signal(signal.SIGTERM)
      self.assertIsNotNone(terminal.ended(), msg=term)
      terminal.close()
    terminal = self.start(term="dumb")
    terminal.wait("number: open")
    terminal.wait("write a note", terminal.keys("1\r"))
    terminal.keys("\x04")
    self.assertEqual(terminal.ended(), 0, msg=terminal.text())
    self.assertNotIn(b"\x1b", terminal.sent)


class Ends(Screens):
  def test_a_terminal_that_goes_away_leaves_the_draft(self):
    terminal = self.note("câu chưa xong")
    terminal.wait("xong")
    began = time.monotonic()
    terminal.hang_up()
    self.assertTrue(poll(lambda: terminal.child.poll() is not None, 10),
                    msg="it still runs")
    print("gone after %.3f s" % (time.monotonic() - began))
    self.assertIn("câu chưa xong", "".join(self.drafts()))

  def test_a_terminal_that_goes_away_while_the_desk_is_held(self):
    terminal = self.note("câu chưa xong")
    terminal.wait("xong")
    stranger = sqlite3.connect(self.path, isolation_level=None)
    stranger.execute("BEGIN EXCLUSIVE")
    terminal.keys(F10)
    terminal.drain(0.2)
    terminal.hang_up()
    self.assertTrue(poll(lambda: terminal.child.poll() is not None, 10),
                    msg="it still runs")
    stranger.execute("ROLLBACK")
    stranger.close()
    kept = "câu chưa xong" in "".join(self.drafts())
    filed = self.rows("SELECT count(*) FROM event WHERE kind = 'note_added'") == [(1,)]
    self.assertTrue(kept or filed, msg="the text is lost")

  def test_deadly_signals_give_the_terminal_back(self):
    for number in SIGNALS:
      terminal = self.note("trước khi chết %d" % number)
      terminal.wait("chết %d" % number)
      self.assertNotEqual(terminal.before[3], termios.tcgetattr(terminal.slave)[3], msg="the terminal was never taken")
      terminal.child.send_signal(number)
      self.assertIsNotNone(terminal.ended(), msg=number)
      if not (SANITIZED and number in (signal.SIGSEGV, signal.SIGABRT)):
        self.assertTrue(terminal.is_clean(), msg="%s: %r" % (number, terminal.sent[-300:]))
      if number in (signal.SIGTERM, signal.SIGHUP):
        self.assertIn("trước khi chết %d" % number, "".join(self.drafts()))
      terminal.close()
      shutil.rmtree(self.env["XDG_STATE_HOME"], ignore_errors=True)

  def test_it_stops_for_the_shell_and_comes_back(self):
    shell = self.start(program=("sh", "-i"))
    shell.keys("PS1='ready> '; stty -a >%s/before\n" % self.folder)
    shell.wait("ready> ")
    shell.wait("F7 new report", shell.keys("%s --lang en\n" % os.path.abspath(SUCO)))
    shell.wait("Note *", shell.keys("\rc"))
    shell.keys("câu đang viết")
    shell.wait("viết")
    for _ in range(3):
      place = shell.keys("\x1a")
      shell.wait("Stopped", place)
      shell.keys("stty -a >%s/now; echo shell-$((4 + 3))\n" % self.folder)
      shell.wait("shell-7", place)
      with open(self.folder + "/before", encoding="utf-8") as a, \
           open(self.folder + "/now", encoding="utf-8") as b:
        self.assertEqual(a.read(), b.read())
      self.assertIn(b"\x1b[?1049l", shell.sent[place:])
      self.assertIn("câu đang viết", "".join(self.drafts()))
      shell.wait("câu đang viết", shell.keys("fg\n"))
    shell.wait("note on", shell.keys(F10))

  def test_kill_9_while_typing_offers_the_text_at_the_next_start(self):
    chance = random.Random(SEED)
    for n in range(8):
      terminal = self.note("lần thứ %d: ắc quy" % n)
      terminal.wait("quy")
      if n == 0:
        self.assertTrue(poll(lambda: any("lần thứ 0" in d for d in self.drafts()), 10))
      else:
        terminal.drain(chance.random() * 1.5)
      there = self.drafts()
      terminal.child.kill()
      terminal.ended()
      terminal.close()
      self.assertTrue(all(d.rstrip().endswith("}") for d in self.drafts()), msg="half a draft")
      self.assertEqual(self.drafts(), there)
      again = self.start()
      if there:
        again.wait("drafts: %d kept" % len(there) if len(there) > 1 else "drafts: 1 kept")
        if n == 0:
          again.wait("lần thứ 0", again.keys("\r"))
          again.wait("note on", again.keys(F10))
          self.assertTrue(poll(lambda: not self.drafts(), 5), msg="the draft stayed")
      else:
        again.wait("F7 new report")
      again.close()
    self.whole()


class Bytes(Screens):
  def test_a_megabyte_of_anything_is_pasted(self):
    chance = random.Random(SEED)
    terminal = self.note("")
    paste = chance.randbytes(1 << 20).replace(b"\x1b[201~", b"")
    terminal.keys(b"\x1b[200~" + paste + b"\x1b[201~")
    self.assertIsNone(terminal.child.poll())
    place = terminal.keys("\x0c")
    terminal.wait("F10 save", place)
    terminal.keys(F10)
    terminal.drain(1)
    self.assertIsNone(terminal.child.poll())
    terminal.child.send_signal(signal.SIGTERM)
    self.assertIsNotNone(terminal.ended(20))
    self.assertTrue(terminal.is_clean())
    self.whole()

  def test_garbage_that_is_typed_does_no_harm(self):
    chance = random.Random(SEED)
    terminal = self.desk()
    # Without the bytes by which the terminal itself ends or stops a program.
    garbage = bytes(b for b in chance.randbytes(60000) if b not in b"\x03\x1a\x1c")
    try:
      terminal.keys(garbage)
      terminal.drain(0.5)
    except OSError:
      pass
    self.assertIn(terminal.ended(1), (None, 0), msg="seed %d: %s" % (SEED,
                                                                    terminal.text()[-500:]))
    terminal.child.kill()
    terminal.ended()
    self.whole()

  def test_marks_wide_letters_and_nfd_are_kept_and_shown(self):
    text = "a\u0302\u0301 tiê\u0301ng \u4e2d\u6587 e\u0301 \U0001f525 ẩ"
    terminal = self.note(text)
    terminal.wait("ẩ")
    terminal.wait("note on", terminal.keys(F10))
    body = self.rows("SELECT body FROM event WHERE kind = 'note_added'")[0][0]
    self.assertIn("ấ tiếng 中文 é \U0001f525 ẩ", body)
    self.assertNotIn("\ufffd", terminal.text())

  def test_escapes_in_every_stored_field_never_reach_the_terminal(self):
    evil = "\x1b]0;pwned\x07\x1b[2Jpw\x9b31m\x08\u202e"
    self.run_suco("begin", self.number)
    for words in (["note", self.number, "lời"], ["task", self.number, "add", "việc"],
                  ["observable", self.number, "ip", "203.0.113.7"],
                  ["asset", "add", "MAY-1", "--name", "Máy", "--level", "2"],
                  ["member", "add", "lan", "--name", "Lan", "--role", "responder",
                   "--mail", "lan@doi.example"], ["assign", self.number, "lan"],
                  ["contact", "add", "dien", "--name", "Điện lực"]):
      self.run_suco(*words)
    db = sqlite3.connect(self.path)
    skip = {"id", "code", "role", "login", "kind", "status", "state", "hash", "channel",
            "number", "language", "type", "step", "template", "playbook_hash", "class",
            "playbook_id", "tlp", "pap", "reportable", "personal_data", "is_open", "text",
            "vars", "to_kind", "kept", "field", "kinds", "parent", "waits_on", "seq",
            "reply", "to_name"} - {"text"}
    for table, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name"
                             " IN ('cases', 'task', 'observable', 'member', 'asset',"
                             " 'asset_fact', 'contact', 'step_instance', 'run',"
                             " 'evidence', 'search_doc', 'address')").fetchall():
      for _, name, type_, *_ in db.execute("PRAGMA table_info(%s)" % table).fetchall():
        if type_ == "TEXT" and name not in skip and not name.endswith("_id"):
          db.execute("UPDATE %s SET %s = %s || ?" % (table, name, name), (evil,))
    db.execute("UPDATE desk_fact SET value = value || ? WHERE name = 'name'", (evil,))
    db.execute("UPDATE event SET body = replace(body, 'lời', ?)", ("lời" + evil,))
    db.commit()
    db.close()
    terminal = self.desk(rows=40, cols=120)
    for keys in ("\r", "\t", "\x1b[C", "\x1b[C", "\x1b[C", "\x1b[C", "\x1b", "m", "\x1b",
                 "8", "\r", "\x1b", "6", "9", "0", "1", "/pw\r", "\x1b", ":pw", "\x1b",
                 "\x1bOQ", "\x1b", "\x1b[18~", "pw", "\x1b", "?"):
      terminal.keys(keys)
      terminal.drain(0.15)
      self.assertIsNone(terminal.child.poll(), msg=repr(keys))
    self.assertIn("pw", terminal.text(), msg="nothing of it was shown")
    for bad in (b"\x1b]0;pwned", b"\x07", b"\xc2\x9b", b"\x08\xe2", "\u202e".encode(),
                b"pw\x9b"):
      self.assertNotIn(bad, terminal.sent)


class Company(Screens):
  def test_a_change_in_one_terminal_is_in_the_other(self):
    one = self.desk()
    other = self.desk()
    place = len(one.sent)
    began = time.monotonic()
    other.wait("NEW REPORT", other.keys("\x1b[18~"))
    other.keys("Rò rỉ ngoài")
    other.wait("ngoài")
    other.wait("RECEIPT", other.keys(F10))
    other.keys("\r")
    began = time.monotonic()
    one.wait("Rò rỉ", place)
    print("seen by the other after %.2f s" % (time.monotonic() - began))

  def test_what_others_do_is_seen_behind_a_form_in_which_somebody_types(self):
    terminal = self.note("x")
    place = len(terminal.sent)
    self.run_suco("set", self.number, "title=Đổi từ nơi khác")
    end = time.monotonic() + 10
    while "nơi khác" not in terminal.text(place) and time.monotonic() < end:
      terminal.keys("y")
      terminal.drain(0.05)
    self.assertIn("nơi khác", terminal.text(place))

  def test_the_same_field_from_two_terminals_is_told_with_both_values(self):
    terminal = self.desk()
    terminal.wait("TIMELINE", terminal.keys("\r"))
    terminal.wait("Case: change a field", terminal.keys(":change a field"))
    terminal.wait("Value", terminal.keys("\r"))
    terminal.keys("title\tcủa người này")
    terminal.wait("người này")
    self.run_suco("set", self.number, "title=của người kia")
    place = terminal.keys(F10)
    terminal.wait("ERROR", place)
    terminal.drain(0.3)
    said = " ".join(terminal.text(place).split())
    self.assertIn("của người kia", said)
    self.assertIn("của người này", said)
    self.assertEqual(self.rows("SELECT title FROM cases"), [("của người kia",)])


if __name__ == "__main__":
  main()
