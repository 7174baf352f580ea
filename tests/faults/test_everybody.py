#!/usr/bin/env python3
"""Everybody on one desk (TARGETS E2): two members at screens, a loop of verbs, and the
engine's program with a mail server that comes and goes.  Random valid acts; no error but
honest refusals and conflicts; in the end chain and rows agree, no screen said anything
that it should not, and what was to be sent was sent once.  SUCO_SECONDS sets how long
(30; the whole test is 600)."""
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "servers"))
import delivery_desk  # noqa: E402
from faults import SEED  # noqa: E402
from terminal import Terminal  # noqa: E402

SECONDS = float(os.environ.get("SUCO_SECONDS", "30"))
UP, DOWN, RIGHT, LEFT, ESC = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b"
F2, F7, F8, F10 = "\x1bOQ", "\x1b[18~", "\x1b[19~", "\x1b[21~"
# What a hand does at the screens: keys that stand together.
HANDS = [
  [UP], [DOWN], [DOWN, DOWN], ["\r"], [ESC], ["\t"], [RIGHT], [LEFT], ["?", ESC],
  [F7, "Mất mạng xã %d", F10, "\r"],                # a report
  ["\r", "m", "ghi chú %d", F10],                   # a note on a case
  ["\r", ":severity", "\r", ESC],
  ["/điện\r", ESC], ["1"], ["2"], ["3"], ["4"], ["5"], ["6"], ["7"], ["8"], ["9"], ["0"],
  [":title", ESC], ["\r", "a"], ["\r", "\t", "\r", ESC],
]


class Everybody(delivery_desk.DeliveryTest):
  def setUp(self):
    super().setUp()
    self.wrong = []
    self.count_of = {}
    self.json("member", "add", "nam", "--name", "Đỗ Nam", "--role", "coordinator", "--mail",
              "nam@team.example")
    self.json("rule", "add", "call", "--family", "escalation", "--order", "1", "--when",
              '{"subject": "case"}', "--then", '{"steps": [{"who": ["member:lan"], "by":'
              ' ["mail"], "after": "1m"}, {"who": ["role:coordinator"], "by": ["mail"],'
              ' "after": "1m"}], "rounds": -1, "ack_lasts": "30m", "ask_again": "5m"}',
              "--source", "test")
    self.number = self.new()["number"]
    self.serve_mail()

  def did(self, name):
    self.count_of[name] = self.count_of.get(name, 0) + 1

  def screen(self, name, words):
    """A member who reads and types without pause."""
    chance = random.Random("%d%s" % (SEED, name))
    terminal = Terminal(self.env, *words, rows=24 if name == "one" else 40,
                        cols=80 if name == "one" else 120,
                        program=(delivery_desk.SUCO, "--lang", "en"))
    try:
      while time.monotonic() < self.end and not self.wrong:
        for keys in chance.choice(HANDS):
          terminal.keys(keys.replace("%d", str(chance.randrange(1000))))
          terminal.drain(0.02)
        self.did(name)
        if terminal.child.poll() is not None:
          self.wrong.append("screen %s ended: %s" % (name, terminal.text()[-2000:]))
      terminal.keys(ESC * 5)
      terminal.drain(0.2)
      terminal.child.send_signal(signal.SIGTERM)
      terminal.ended(20)
      if not terminal.is_clean():
        self.wrong.append("screen %s left its terminal: %s" % (name, terminal.text()[-500:]))
      said = terminal.text()
      for bad in ("Sanitizer", "runtime error", "internal error", "database is locked"):
        if bad in said:
          self.wrong.append("screen %s said %s" % (name, bad))
    finally:
      terminal.close()

  def verbs(self, chance):
    n = str(chance.randrange(1, 12))
    return chance.choice([
      ["new", "--kind", "power", "--title", "Mất điện %s" % n], ["list", "--json"],
      ["note", self.number, "ắc quy còn %s phút" % n], ["ack", n], ["outbox", "--json"],
      ["--as", "lan", "ack", n], ["task", self.number, "add", "gọi bên điện"],
      ["set", self.number, "title=Mất điện lần %s" % n], ["why", n], ["assign", n, "lan"],
      ["severity", n, str(chance.randrange(1, 5)), "--reason", "thử"], ["duty"],
      ["status", n, "dismissed", "--reason", "báo nhầm"], ["timeline", n, "--json"],
      ["tin", "--what", "mất mạng", "--from", "Nam"], ["verify"], ["deliver", "--once"]])

  def loop(self):
    chance = random.Random("%dverbs" % SEED)
    while time.monotonic() < self.end and not self.wrong:
      result = self.raw("--lang", "en", *self.verbs(chance))
      self.did("verbs")
      if result.code not in (0, 1, 3, 4):
        self.wrong.append(repr(result))

  def weather(self):
    """The mail server: mostly there."""
    chance = random.Random("%dweather" % SEED)
    while time.monotonic() < self.end and not self.wrong:
      self.mode(chance.choice(["accept"] * 9 + ["slow"] * 2 + [
        "rcpt450", "drop", "data451", "refuse"]))  # the last: down, and its ladder
      until = min(self.end, time.monotonic() + chance.uniform(0.5, 3))
      while time.monotonic() < until and not self.wrong:
        time.sleep(0.05)
    self.mode("accept")

  def test_screens_verbs_and_the_engine_at_once(self):
    engine = self.engine()
    self.assertIn("leads", engine.stderr.readline())
    drain = threading.Thread(target=lambda: self.heard.extend(engine.stderr))
    self.heard = []
    drain.start()
    self.end = time.monotonic() + SECONDS
    work = [threading.Thread(target=self.screen, args=("one", [])),
            threading.Thread(target=self.screen, args=("two", ["--as", "lan"])),
            threading.Thread(target=self.loop), threading.Thread(target=self.weather)]
    for thread in work:
      thread.start()
    for thread in work:
      thread.join()
    self.assertEqual(self.wrong, [], msg="seed %d" % SEED)
    self.assertIsNone(engine.poll(), self.heard)
    engine.send_signal(signal.SIGTERM)
    self.assertEqual(engine.wait(20), 0)
    drain.join()
    said = "".join(self.heard)
    self.assertFalse(re.search(r"Sanitizer|runtime error|failed, again", said), said[-3000:])
    self.check_end()
    for name in ("one", "two", "verbs"):
      self.assertGreater(self.count_of.get(name, 0), 3, self.count_of)
    print("seed %d: %s, %d events, %d mails" % (
      SEED, self.count_of, self.count("event"), len(self.mails())), flush=True)

  def check_end(self):
    """What was called handed over, somebody has; claims of the dead there are none."""
    kept = {mail["id"][5:41] for mail in self.kept()}
    for one, in self.rows("SELECT id FROM message WHERE state = 'handed_over' AND channel ="
                          " 'mail' AND bundle = ''"):
      self.assertIn(one, kept)
    self.assertEqual(self.count("local_claim"), 0)
    self.assertEqual(self.rows("SELECT 1 FROM call_turn WHERE skipped = '' GROUP BY"
                               " escalation_id, at_step, round, member_id, why"
                               " HAVING count(*) > 1"), [])
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))


if __name__ == "__main__":
  delivery_desk.main()
