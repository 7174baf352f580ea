#!/usr/bin/env python3
"""The engine's program against web hooks and a Telegram that say no in every way:
what the outbox tells of it is true."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from beside import secret_file, start_server  # noqa: E402
from desk import DeskTest, main  # noqa: E402

QUEUE_MANY = os.environ.get("QUEUE_MANY", "build/tests/queue_many")


class Channels(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.box = os.path.join(self.folder, "http")
    os.makedirs(self.box)
    self.port = start_server(self, "http_server.py", self.box, then=self.check_requests)
    self.expected = 0
    self.configure()
    self.json("member", "add", "lan", "--name", "Trần Lan", "--role", "responder",
              "--webhook", "http://127.0.0.1:%d/hook" % self.port, "--telegram", "42")

  def check_requests(self):
    path = os.path.join(self.box, "unexpected")
    self.assertFalse(os.path.exists(path), "a request that nobody expected")
    self.assertEqual(len(os.listdir(os.path.join(self.box, "seen"))), self.expected)

  def configure(self):
    folder = os.path.join(self.folder, ".config", "suco")
    os.makedirs(folder, exist_ok=True)
    key, token = secret_file(self, "key", "a key"), secret_file(self, "token", "1:A")
    with open(os.path.join(folder, "suco.conf"), "w") as file:
      file.write("[webhook]\nhosts = 127.0.0.1:%d\nsecret_file = %s\nplain = yes\n"
                 "[telegram]\nurl = http://127.0.0.1:%d\ntoken_file = %s\nplain = yes\n"
                 % (self.port, key, self.port, token))

  def script(self, *steps):
    self.expected += len(steps)
    path = os.path.join(self.box, "script")
    with open(path + ".part", "w") as file:
      json.dump(steps, file)
    os.rename(path + ".part", path)

  def queue(self, channel):
    done = subprocess.run([QUEUE_MANY, self.path, "lan", "1", channel], env=self.env,
                          capture_output=True, text=True)
    self.assertEqual(done.returncode, 0, done.stderr)

  def deliver(self, channel):
    """Queues one message, runs the engine once, and gives the message."""
    self.queue(channel)
    self.json("deliver", "--once")
    return [m for m in self.json("outbox") if m["channel"] == channel][0]

  def test_a_web_hook_that_answers_500_is_not_called_sent(self):
    self.script({"status": 500, "body": "oops"})
    m = self.deliver("webhook")
    self.assertEqual((m["state"], m["attempts"][0]["result"]), ("queued", "temporary"))
    self.assertEqual(m["attempts"][0]["reply"], "500: oops")

  def test_a_web_hook_that_is_gone_fails_with_its_words(self):
    self.script({"status": 404, "body": "no such hook"})
    m = self.deliver("webhook")
    self.assertEqual((m["state"], m["reply"]), ("failed", "404: no such hook"))

  def test_a_web_hook_that_moved_puts_the_channel_down_and_says_where(self):
    self.script({"status": 301, "headers": {"Location": "https://new.example/hook"}})
    m = self.deliver("webhook")
    self.assertEqual(m["state"], "queued")
    (row,) = [r for r in self.json("notify", "list")["channels"] if r["channel"] == "webhook"]
    self.assertEqual(row["state"], "down")
    self.assertIn("https://new.example/hook", row["reply"])

  def test_a_web_hook_that_takes_it_has_it_once(self):
    self.script({"status": 200})
    m = self.deliver("webhook")
    self.assertEqual(m["state"], "handed_over")
    self.json("deliver", "--once")
    with open(os.path.join(self.box, "seen", "0001.json")) as file:
      seen = json.load(file)
    self.assertEqual(json.loads(seen["body"])["id"], m["id"])
    self.assertEqual(seen["headers"]["idempotency-key"], m["id"])

  def test_telegram_that_asks_to_wait_is_not_asked_before(self):
    self.script({"status": 429, "body": json.dumps(
      {"ok": False, "description": "Too Many Requests: retry after 600",
       "parameters": {"retry_after": 600}})})
    m = self.deliver("telegram")
    self.assertEqual((m["state"], m["attempts"][0]["result"]), ("queued", "temporary"))
    self.json("deliver", "--once")  # a request now would be unexpected

  def test_telegram_that_takes_it_gives_its_number(self):
    self.script({"status": 200, "path": "/bot1:A/sendMessage", "body": json.dumps(
      {"ok": True, "result": {"message_id": 77}})})
    m = self.deliver("telegram")
    self.assertEqual((m["state"], m["reply"]), ("handed_over", "200: 77"))

  def test_a_test_message_tells_what_came_of_it(self):
    self.script({"status": 403, "body": '{"ok":false,"description":"Forbidden: blocked"}'})
    error = self.refused(5, "unavailable", "notify", "test", "telegram", "lan")
    self.assertIn("blocked", error["cause"])
    self.script({"status": 200, "body": '{"ok":true,"result":{"message_id":5}}'})
    tried = self.json("notify", "test", "telegram", "lan")
    self.assertEqual((tried["result"], tried["provider"]), ("handed_over", "5"))


if __name__ == "__main__":
  main()
