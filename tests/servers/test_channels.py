#!/usr/bin/env python3
"""The engine's program against web hooks and a Telegram that say no in every way:
what the outbox tells of it is true."""
import email.utils
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mail_box  # noqa: E402
from beside import secret_file, start_server  # noqa: E402
from desk import DeskTest, main  # noqa: E402

SERVE = os.environ.get("SUCO_SERVE", "build/serve/suco-serve")
QUEUE_MANY = os.environ.get("QUEUE_MANY", "build/tests/queue_many")


class ChannelTest(DeskTest):
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

  def queue(self, channel, login="lan"):
    done = subprocess.run([QUEUE_MANY, self.path, login, "1", channel], env=self.env,
                          capture_output=True, text=True)
    self.assertEqual(done.returncode, 0, done.stderr)

  def deliver(self, channel):
    """Queues one message, runs the engine once, and gives the message."""
    self.queue(channel)
    self.json("deliver", "--once")
    return [m for m in self.json("outbox") if m["channel"] == channel][0]


class Channels(ChannelTest):
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


# What a web hook may do, and what the outbox must say of it: state, the try's result, a
# word of the other side, and how long it must be left alone (seconds).
HOOKS = {
  "answers_500": ({"status": 500, "body": "oops"}, "queued", "temporary", "oops", 0),
  "is_gone": ({"status": 404, "body": "no such hook"}, "failed", "permanent", "404", 0),
  "asks_to_wait_seconds": ({"status": 429, "headers": {"Retry-After": "600"}}, "queued",
                           "temporary", "429", 600),
  "asks_to_wait_until": ({"status": 429, "headers": {"Retry-After": "DATE"}}, "queued",
                         "temporary", "429", 600),
  "moved": ({"status": 301, "headers": {"Location": "https://new.example/hook"}}, "queued",
            "temporary", "https://new.example/hook", 0),
  "answers_garbage": ({"do": "garbage"}, "unknown", "unknown", "", 0),
  "says_half": ({"do": "half"}, "unknown", "unknown", "", 0),
  "drips": ({"do": "slow"}, "unknown", "unknown", "", 0),
  "never_answers": ({"do": "never"}, "unknown", "unknown", "", 0),
}


class Beside(ChannelTest):
  """A web hook misbehaves: what it did is told truly, and meanwhile the messages of other
  cases go, by the same channel and by another."""

  def setUp(self):
    super().setUp()
    self.good = os.path.join(self.folder, "good")
    os.makedirs(self.good)
    port = start_server(self, "http_server.py", self.good, then=self.check_good)
    with open(self.good + "/script", "w") as file:
      json.dump([{"status": 200, "body": '{"id": "x1", "event": "message"}'}] * 2, file)
    path = os.path.join(self.folder, ".config", "suco", "suco.conf")
    with open(path) as file:
      text = file.read()
    text = text.replace("hosts = ", "hosts = 127.0.0.1:%d " % port)
    text = text[:text.index("[telegram]")] + (
      "[ntfy]\nurl = http://127.0.0.1:%d\nplain = yes\n" % port)
    with open(path, "w") as file:
      file.write(text + "[http]\ntransfer_timeout = 2\n[serve]\nlisten = none\n")
    self.json("member", "add", "nam", "--name", "Đỗ Nam", "--role", "responder",
              "--webhook", "http://127.0.0.1:%d/hook" % port, "--ntfy", "nam")

  def check_good(self):
    self.assertFalse(os.path.exists(self.good + "/unexpected"), "nobody expected this")
    self.assertEqual(len(os.listdir(self.good + "/seen")), 2)

  def beside(self, step, state, result, word, wait):
    if step.get("headers", {}).get("Retry-After") == "DATE":
      step = dict(step, headers={"Retry-After": email.utils.formatdate(
        time.time() + wait + 2, usegmt=True)})
    self.script(step)
    self.queue("webhook")
    engine = subprocess.Popen([SERVE, "--lang", "en"], env=self.env, stderr=subprocess.DEVNULL)
    try:
      self.until(lambda: self.expected == len(os.listdir(self.box + "/seen")))
      for channel in ("webhook", "ntfy"):  # each of a case of its own
        self.queue(channel, "nam")
      self.until(lambda: [m["state"] for m in self.to("Đỗ Nam")] == ["handed_over"] * 2)
      if step.get("do") in ("slow", "never"):  # they did not wait for it
        self.assertEqual(self.to("Trần Lan")[0]["attempts"], [])
      self.until(lambda: self.to("Trần Lan")[0]["attempts"])
    finally:
      engine.kill()
      engine.wait()
    (m,) = self.to("Trần Lan")
    self.assertEqual((m["state"], m["attempts"][0]["result"]), (state, result))
    self.assertIn(word, m["attempts"][0]["reply"])
    next_at = mail_box.rows(self.path, "SELECT next_at FROM local_delivery WHERE message_id"
                            " = ?", m["id"])
    if state == "failed":
      self.assertEqual(next_at, [])
    else:
      left = next_at[0][0] / 1000.0 - time.time()
      self.assertTrue(wait - 20 <= left <= wait + 20, left)
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))

  def to(self, name):
    return [m for m in self.json("outbox") if m["to"] == name]

  def until(self, what, seconds=10):
    end = time.monotonic() + seconds
    while not what():
      if time.monotonic() > end:
        self.fail("not within %d s: %s" % (seconds, self.json("outbox")))
      time.sleep(0.05)


def beside(row):
  return lambda self: self.beside(*row)


for what, how in HOOKS.items():
  setattr(Beside, "test_beside_a_web_hook_that_%s_others_go" % what, beside(how))


if __name__ == "__main__":
  main()
