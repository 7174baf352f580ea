#!/usr/bin/env python3
"""TARGETS E5 with everything that an engine does: one is stopped (SIGSTOP) past its
lease, another leads, then the first goes on.  No call and no answer is lost or made
twice; a message comes twice only with its id."""
import json
import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from delivery_desk import Clock, DeliveryTest, main  # noqa: E402
from telegram_child import LAN, TelegramBot  # noqa: E402

LEASE = 30
STEPS = [{"who": ["member:lan"], "by": ["telegram"], "after": "10m"},
         {"who": ["member:nam"], "by": ["mail"], "after": "10m"},
         {"who": ["member:binh"], "by": ["mail"], "after": "10m"}]


class TwoEngines(DeliveryTest):
  def setUp(self):
    super().setUp()
    self.clock = Clock(self.folder)
    self.env.update(self.clock.env())
    for login in ("nam", "binh"):
      self.json("member", "add", login, "--name", login, "--role", "responder", "--mail",
                login + "@team.example")
    self.json("member", "set", "lan", "telegram=%d" % LAN)
    self.json("rule", "add", "call", "--family", "escalation", "--order", "1", "--when",
              '{"subject": "case"}', "--then", json.dumps({
                "steps": STEPS, "rounds": 1, "ack_lasts": "30m", "ask_again": "5m"}),
              "--source", "test")
    self.bot = TelegramBot(self)
    self.serve_mail()
    self.configure_more(self.bot.config())

  def both(self):
    first = self.engine("--lease", str(LEASE))
    self.assertIn("leads", first.stderr.readline())
    return first

  def leader(self):
    return self.rows("SELECT holder FROM local_lease WHERE name = 'engine'")[0][0]

  def take_over(self, first):
    """The first is stopped, its lease runs out, the second leads."""
    first.send_signal(signal.SIGSTOP)
    old = self.leader()
    second = self.engine("--lease", str(LEASE))
    self.assertIn("another engine leads", second.stderr.readline())
    self.clock.add(LEASE + 5)
    self.wait(lambda: self.leader() != old)
    return second

  def turns(self):
    return [row[0] for row in self.rows(
      "SELECT m.login FROM call_turn t JOIN member m ON m.id = t.member_id"
      " JOIN escalation e ON e.id = t.escalation_id WHERE t.skipped = '' AND"
      " e.subject = 'case' ORDER BY t.at")]

  def answers(self):
    return self.count("event WHERE kind = 'message_answered'")

  def whole(self):
    self.assertEqual(self.rows(
      "SELECT 1 FROM call_turn GROUP BY escalation_id, at_step, round, member_id"
      " HAVING count(*) > 1"), [])
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))

  def goes_on(self, first):
    """Two of its turns, seen in what it asks of the lease: it stands by, and acts no more."""
    before = self.count("event")
    first.send_signal(signal.SIGCONT)
    self.wait(lambda: "another engine leads" in self.said(first))
    return before

  def said(self, engine):
    os.set_blocking(engine.stderr.fileno(), False)
    self.heard = getattr(self, "heard", "") + (engine.stderr.buffer.read1(65536) or b"").decode()
    return self.heard

  def test_steps_due_while_it_slept_are_called_once(self):
    first = self.both()
    number = self.new()["number"]
    self.wait(lambda: self.turns() == ["lan"] and self.all_are("handed_over")())
    second = self.take_over(first)
    # The second step falls due with one asleep over it, and one that leads.
    self.clock.add(600)
    self.wait(lambda: self.turns() == ["lan", "nam"])
    self.wait(self.all_are("handed_over"))
    self.goes_on(first)
    self.clock.add(601)
    self.wait(lambda: self.turns() == ["lan", "nam", "binh"])
    self.wait(self.all_are("handed_over"))
    self.assertEqual(len(self.mails()), 2)
    self.assertEqual(len(set(self.mails())), 2)
    self.assertEqual(len([b for b in self.bot.requests("sendMessage")
                          if number in b["text"]]), 1)
    self.whole()
    self.stop(second)
    self.stop(first)

  def test_a_step_that_falls_due_in_the_moment_of_waking_is_called_once(self):
    first = self.both()
    self.new()
    self.wait(lambda: self.turns() == ["lan"] and self.all_are("handed_over")())
    second = self.take_over(first)
    second.send_signal(signal.SIGSTOP)
    # Both asleep past both leases and the step; both wake in the same moment.
    self.clock.add(LEASE + 600)
    for engine in (first, second):
      engine.send_signal(signal.SIGCONT)
    self.wait(lambda: self.turns() == ["lan", "nam"])
    self.wait(self.all_are("handed_over"))
    self.clock.add(5)
    self.queue(3)
    self.wait(self.all_are("handed_over"))
    self.assertEqual(self.turns(), ["lan", "nam"])
    self.whole()
    self.stop(second)
    self.stop(first)

  def test_a_button_pressed_while_it_slept_answers_once(self):
    first = self.both()
    number = self.new()["number"]
    self.wait(lambda: self.bot.requests("getUpdates") and self.turns() == ["lan"] and
              self.all_are("handed_over")())
    sent = [b for b in self.bot.requests("sendMessage") if number in b["text"]][0]
    # Its question for what was pressed is on the way while it falls asleep: the answer
    # to it lies in its socket when it wakes.
    second = self.take_over(first)
    self.bot.press(sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    self.wait(lambda: self.answers() == 1)
    self.wait(lambda: self.bot.requests("answerCallbackQuery"))
    self.goes_on(first)
    self.queue(2)
    self.wait(self.all_are_out)
    self.assertEqual(self.answers(), 1)
    self.assertEqual(self.json("show", number)["owner"], "lan")
    self.assertEqual(self.count("event WHERE kind = 'case_acknowledged' OR (kind ="
                                " 'status_changed' AND case_id = (SELECT id FROM cases"
                                " WHERE number = ?))", number), 1)
    self.whole()
    self.stop(second)
    self.stop(first)

  def all_are_out(self):
    return not self.count("message WHERE state IN ('queued', 'unknown')")


if __name__ == "__main__":
  main()
