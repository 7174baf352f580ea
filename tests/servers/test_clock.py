#!/usr/bin/env python3
"""The engine's program under a clock that the test moves: an hour without a mail
server (TARGETS E4), and clocks that jump (E6).  SUCO_MANY sets how many wait."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from delivery_desk import Clock, DeliveryTest, main  # noqa: E402

MANY = int(os.environ.get("SUCO_MANY", "2000"))
PEOPLE = 20
HOUR = 3600000
DAY = 24 * HOUR
POLICY = ('{"steps": [{"who": ["member:lan"], "by": ["mail"], "after": "10m"}, '
          '{"who": ["member:nam"], "by": ["mail"], "after": "10m"}], "rounds": -1, '
          '"ack_lasts": "30m", "ask_again": "5m"}')


class ClockTest(DeliveryTest):
  def setUp(self):
    super().setUp()
    self.clock = Clock(self.folder)
    self.env.update(self.clock.env())

  def policy(self):
    self.json("rule", "add", "call", "--family", "escalation", "--order", "1", "--when",
              '{"subject": "case"}', "--then", POLICY, "--source", "test")

  def rested(self):
    """The engine has nothing more to do at this moment."""
    now = self.clock.now()
    return self.count("local_claim") == 0 and self.count(
      "escalation WHERE state = 'running' AND next_at <= ?", now) == 0 and self.count(
      "local_delivery d JOIN local_channel c ON c.name = d.channel AND c.state = 'up'"
      " WHERE d.next_at <= ?", now) == 0


class Outage(ClockTest):
  def probe_due(self):
    return self.count("local_channel WHERE name = 'mail' AND next_at <= ?", self.clock.now())

  def test_after_an_hour_without_mail_each_hears_once_how_it_stands(self):
    self.json("setting", "set", "bundle_after", "3")
    logins = ["p%02d" % n for n in range(PEOPLE)]
    for login in logins:
      self.json("member", "add", login, "--name", login, "--role", "responder", "--mail",
                login + "@team.example")
      self.queue(MANY // PEOPLE, login)
    self.serve_mail("refuse")
    engine = self.engine()
    self.wait(lambda: self.count("local_channel WHERE name = 'mail' AND state = 'down'"))
    for _ in range(60):
      self.clock.add(60)
      self.wait(lambda: not self.probe_due(), 20)
      # Nothing left, nothing failed; of bundles that were made anew the older is dropped.
      self.assertEqual(self.rows("SELECT DISTINCT state FROM message WHERE state <> 'dropped'"
                                 " OR template = 'phan_cong'"), [("queued",)])
    tries = self.rows("SELECT tries FROM local_channel WHERE name = 'mail'")[0][0]
    self.assertTrue(6 <= tries <= 25, "%d tries are no ladder" % tries)
    self.assertEqual(self.mails(), [])
    # What a new case has to say waits behind none of them.
    self.queue(1)
    page = self.rows("SELECT id FROM message ORDER BY position DESC LIMIT 1")[0][0]
    self.mode("drop")  # the first that comes through: it is kept, and nobody hears of it
    self.clock.add(660)
    self.wait(lambda: self.count("message WHERE state = 'unknown'"))
    self.mode("accept")
    self.clock.add(660)
    self.wait(lambda: not self.count("message WHERE state IN ('queued', 'unknown')"), 120)
    self.check_outcome(page, logins)
    self.stop(engine)

  def check_outcome(self, page, logins):
    # With another, or settled meanwhile, and each says which.
    self.assertEqual(self.rows(
      "SELECT state, reason FROM message WHERE template = 'phan_cong' AND state <>"
      " 'handed_over' AND (state <> 'dropped' OR COALESCE(reason, '') = '')"), [])
    self.assertEqual(self.count("message WHERE template = 'phan_cong'"), MANY + 1)
    order = [mail for mail in self.kept()]
    ids = {mail["id"] for mail in order}
    # One mail to each of the people, and the page; twice only what nobody knew of.
    self.assertEqual(len(ids), PEOPLE + 1, self.rows(
      "SELECT template, count(*) FROM message WHERE bundle = '' GROUP BY template"))
    self.assertLess(len(order), PEOPLE + 12)
    self.assertGreater(len(order), PEOPLE + 1, "nothing was dropped after its last dot")
    self.assertEqual({mail["to"] for mail in order},
                     {login + "@team.example" for login in logins + ["lan"]})
    place = [n for n, mail in enumerate(order) if page in mail["id"]]
    self.assertTrue(place and place[0] < 18, "the new case came at %s" % place)
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))


class Jumps(ClockTest):
  def setUp(self):
    super().setUp()
    self.json("member", "add", "nam", "--name", "Đỗ Nam", "--role", "coordinator",
              "--mail", "nam@team.example")
    self.policy()
    self.json("setting", "set", "duty.report_at", "none")
    self.json("duty", "set", "first", "--rota-name", "Ca", "--people", "lan,nam", "--type",
              "daily", "--start", "2026-01-01T06:00")
    self.began = self.clock.now()
    self.serve_mail()
    self.watch = self.engine()
    self.number = self.new()["number"]
    self.wait(lambda: len(self.pages()) == 1 and self.rested())

  def pages(self, since=0):
    """Calls for cases, by case."""
    return self.rows("SELECT e.id FROM call_turn t JOIN escalation e ON e.id ="
                     " t.escalation_id WHERE skipped = '' AND t.at >= ? AND e.subject ="
                     " 'case'", since)

  def in_order(self):
    """Events keep the order in which they happened, whatever the clock said then."""
    seqs = [row["seq"] for row in self.json("timeline", self.number)]
    self.assertEqual(seqs, sorted(seqs))
    at = [at for at, in self.rows("SELECT recorded_at FROM event ORDER BY seq")]
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))
    return at

  def on_duty(self):
    """Somebody is: now, at each hour since the roster stands, and of the days to come."""
    now = self.clock.now()
    for ms in [now, *range(min(self.began, now), max(self.began, now) + 2 * DAY, 3 * HOUR)]:
      at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ms // 1000 + 1))
      self.assertTrue(any(layer["people"] for layer in self.json("duty", "--at", at)
                          if layer["layer"] == "first"), at)

  def test_a_clock_put_back_an_hour_loses_nothing_and_calls_on(self):
    self.clock.add(-3600)
    self.queue(1)
    self.wait(self.all_are("handed_over"))
    # No hour without a call: the next is made now, and the one after in its ten minutes.
    self.wait(lambda: len(self.pages()) == 2 and self.rested())
    self.run_suco("note", self.number, "sau khi lùi giờ")
    self.clock.add(590)
    self.assertEqual(len(self.pages()), 2)
    self.clock.add(30)
    self.wait(lambda: len(self.pages()) == 3 and self.rested())
    at = self.in_order()
    self.assertGreater(max(at), at[-1], "the clock was not put back")
    self.on_duty()
    self.stop(self.watch)

  def test_a_clock_put_on_a_day_calls_who_is_due_and_no_more(self):
    for n in range(5):
      self.new("Mất điện %d" % n)
    self.wait(lambda: len(self.pages()) == 6 and self.rested())
    self.clock.add(86400)
    jumped = self.clock.now() - 60000
    # A day has 144 of their ten minutes: each case calls once, for the one that is now.
    self.wait(lambda: len(self.pages()) == 12 and self.rested())
    self.assertEqual(self.rows("SELECT escalation_id FROM call_turn WHERE at >= ?"
                               " GROUP BY escalation_id, member_id HAVING count(*) > 1",
                               jumped), [])
    self.json("ack", self.number)
    self.wait(lambda: self.count("escalation WHERE state = 'answered'") and self.rested())
    self.assertEqual(len(self.pages()), 12)
    self.assertEqual(len(set(self.pages(jumped))), 6)
    self.assertEqual(self.count("message WHERE state IN ('queued', 'unknown')"), 0)
    self.in_order()
    self.on_duty()
    self.stop(self.watch)


if __name__ == "__main__":
  main()
