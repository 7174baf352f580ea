#!/usr/bin/env python3
"""The engine's program against a real SMTP server that misbehaves, killed and
stopped in the middle: truthful states, nothing lost, doubles only by id."""
import os
import signal
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from delivery_desk import DeliveryTest, main  # noqa: E402


class Delivery(DeliveryTest):
  # ---- once ----

  def test_once_sends_what_is_due_and_gives_the_lease_back(self):
    self.serve_mail()
    self.queue(3)
    report = self.json("deliver", "--once")
    self.assertEqual((report["leads"], report["handed_over"], report["waiting"]), (True, 3, 0))
    self.assertTrue(self.all_are("handed_over")())
    self.assertIn("queued as", self.messages()[0]["reply"])
    self.check_none_lost()
    self.assertTrue(self.json("deliver", "--once")["leads"])

  def test_once_exits_0_whatever_becomes_of_messages_and_5_for_configuration(self):
    self.queue()
    self.refused(5, "unavailable", "deliver", "--once")
    self.serve_mail("refuse")
    self.assertEqual(len(self.json("deliver", "--once")["down"]), 1)
    self.assertTrue(self.all_are("queued")())
    self.mode("rcpt550")
    self.wait(lambda: self.json("deliver", "--once")["failed"] == 1)
    (m,) = self.messages()
    self.assertEqual(m["state"], "failed")
    self.assertIn("550 5.1.1 no such mailbox", m["reply"])
    self.configure("no_such_key = 1")
    self.refused(5, "unavailable", "deliver", "--once")

  def test_no_tls_is_a_fault_of_the_channel_and_nothing_leaves(self):
    self.serve_mail()
    conf = os.path.join(self.folder, ".config", "suco", "suco.conf")
    with open(conf) as file:
      text = file.read().replace("plain = yes", "plain = no")
    with open(conf, "w") as file:
      file.write(text)
    self.queue()
    report = self.json("deliver", "--once")
    self.assertEqual([d["channel"] for d in report["down"]], ["mail"])
    self.assertTrue(self.all_are("queued")())
    self.assertEqual(self.mails(), [])

  def test_a_demo_delivers_into_a_folder_beside_it(self):
    path = os.path.join(self.folder, "demo.db")
    self.env["SUCO_DESK"] = path
    self.json("init", "--demo")
    self.json("member", "add", "lan2", "--name", "Lan", "--role", "responder", "--mail",
              "lan2@team.example")
    number = self.new("Thử", "power")["number"]
    self.json("assign", number, "lan2")
    self.json("deliver", "--once")
    names = os.listdir(path + ".mail/new")
    self.assertGreaterEqual(len(names), 1)

  def test_mail_without_a_server_comes_into_a_folder_of_this_machine(self):
    box = os.path.join(self.folder, "box")
    self.configure("url = maildir:" + box, "from = suco@team.example")
    self.queue()
    report = self.json("deliver", "--once")
    self.assertEqual(report["handed_over"], 1)
    self.assertTrue(self.all_are("handed_over")())
    (mail,) = os.listdir(os.path.join(box, "new"))
    with open(os.path.join(box, "new", mail), encoding="utf-8") as f:
      self.assertIn("lan@team.example", f.read())

  def test_a_test_message_tells_what_came_of_it(self):
    self.serve_mail()
    tried = self.json("notify", "test", "mail", "lan")
    self.tests_sent = 1
    self.assertEqual(tried["result"], "handed_over")
    said = self.run_suco("notify", "test", "mail", "lan").out
    self.assertRegex(said, r"handed over to \S+@\S+ by mail in \d+ ms")
    self.tests_sent += 1
    self.mode("rcpt550")
    error = self.refused(5, "unavailable", "notify", "test", "mail", "a@b.example")
    self.assertIn("no such mailbox", error["cause"])
    self.refused(3, "not_found", "notify", "test", "mail", "nobody")
    self.refused(1, "bad_input", "notify", "test", "pigeon", "lan")
    error = self.refused(1, "bad_input", "notify", "test", "desktop", "lan")
    self.assertIn("suco watch", error["message"])

  def test_the_list_of_channels_tells_who_has_only_one(self):
    self.json("member", "add", "nam", "--name", "Nam", "--role", "responder",
              "--zalo", "2468458835296197922")
    self.serve_mail()
    listed = self.json("notify", "list")
    rows = {row["channel"]: row for row in listed["channels"]}
    self.assertTrue(rows["mail"]["configured"])
    self.assertIsNone(rows["mail"]["state"])
    self.assertEqual(rows["mail"]["only"], ["lan"])
    self.assertFalse(rows["zalo"]["configured"])
    self.assertIn("[zalo]", rows["zalo"]["why"])
    self.assertIn("nam", listed["unreached"])
    self.queue()
    self.json("deliver", "--once")
    (row,) = [r for r in self.json("notify", "list")["channels"] if r["channel"] == "mail"]
    self.assertEqual(row["state"], "up")
    self.assertIsNotNone(row["last_ok_at"])

  # ---- the loop ----

  def test_a_refusal_for_now_is_tried_again_on_the_ladder(self):
    self.serve_mail("rcpt450")
    engine = self.engine()
    self.queue()
    self.wait(lambda: len(self.messages()[0]["attempts"]) == 1)
    (m,) = self.messages()
    self.assertEqual((m["state"], m["attempts"][0]["result"]), ("queued", "temporary"))
    self.mode("accept")
    self.wait(self.all_are("handed_over"), 10)
    self.assertEqual(self.kinds(), ["message_queued", "message_rendered", "message_handed_over"])
    self.check_none_lost()
    self.stop(engine)

  def test_a_drop_after_the_last_dot_is_unknown_then_sent_again_with_its_id(self):
    self.serve_mail("drop")
    engine = self.engine()
    self.queue()
    self.wait(self.all_are("unknown"))
    self.mode("accept")
    self.wait(self.all_are("handed_over"), 15)
    ids = self.mails()
    self.assertGreaterEqual(len(ids), 2)
    self.check_none_lost()
    self.stop(engine)

  def test_an_outage_tries_one_probe_and_then_everything_goes(self):
    self.serve_mail("hang")
    engine = self.engine()
    self.queue(150)
    self.wait(lambda: any(m["attempts"] for m in self.messages()))
    self.mode("accept")
    self.wait(self.all_are("handed_over"), 40)
    tries = sum(len(m["attempts"]) for m in self.messages())
    self.assertLess(tries, 150 + 30)
    self.assertEqual(len(self.mails()), 150)
    self.check_none_lost()
    self.stop(engine)

  def test_kill_9_in_the_middle_loses_nothing(self):
    self.serve_mail("slow")
    self.queue(60)
    first = self.engine("--lease", "8")
    self.wait(lambda: len(self.mails()) >= 5)
    first.kill()
    first.wait()
    self.engine("--lease", "8")
    self.wait(self.all_are("handed_over"), 60)
    self.assertIn("message_unknown", self.kinds())
    self.check_none_lost()

  def test_a_stopped_engine_is_replaced_and_wakes_without_harm(self):
    self.serve_mail("slow")
    self.queue(80)
    first = self.engine("--lease", "8")
    self.wait(lambda: len(self.mails()) >= 5)
    first.send_signal(signal.SIGSTOP)
    second = self.engine("--lease", "8")
    self.wait(self.all_are("handed_over"), 60)
    first.send_signal(signal.SIGCONT)
    self.queue(20)
    self.wait(self.all_are("handed_over"), 30)
    self.check_none_lost()
    self.stop(second)
    self.stop(first)

  def test_a_second_engine_stands_by_and_takes_over_at_once_when_the_first_ends(self):
    self.serve_mail()
    first = self.engine()
    self.assertIn("leads", first.stderr.readline())
    second = self.engine()
    self.assertIn("another engine leads: suco-serve on ", second.stderr.readline())
    report = self.json("deliver", "--once")
    self.assertFalse(report["leads"])
    self.assertIn("suco-serve on ", report["leader"])
    self.stop(first)
    self.assertIn("leads", second.stderr.readline())
    self.queue()
    self.wait(self.all_are("handed_over"), 5)
    self.stop(second)

  def test_the_service_manager_hears_ready_alive_and_stopping(self):
    path = os.path.join(self.folder, "sd")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
      manager.bind(path)
      manager.settimeout(10)
      engine = self.engine(env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "900000"})
      self.assertIn(b"READY=1", manager.recv(200))
      self.assertEqual(manager.recv(200), b"WATCHDOG=1")
      engine.send_signal(signal.SIGTERM)
      heard = b""
      while b"STOPPING=1" not in heard:
        heard = manager.recv(200)
      self.assertEqual(engine.wait(15), 0)


if __name__ == "__main__":
  main()
