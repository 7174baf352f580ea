#!/usr/bin/env python3
"""Answers by a button in Telegram, by long polling: pressed by the one who was
asked it acts once; forged, pressed by another, or old, it does nothing."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from answer_desk import HERE, AnswerTest  # noqa: E402
from desk import main  # noqa: E402

try:
  import aiosmtpd  # noqa: F401
except ImportError:
  print("skipped: python3-aiosmtpd is missing")
  sys.exit(77)

LAN = 5550001


class TelegramIn(AnswerTest):
  def setUp(self):
    super().setUp()
    self.bot = os.path.join(self.folder, "bot")
    os.makedirs(self.bot)
    server = subprocess.Popen(
      [sys.executable, os.path.join(HERE, "telegram_server.py"), self.bot, "--seconds", "200"],
      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def stop():
      server.stdin.close()
      server.wait(10)
      server.stdout.close()
    self.addCleanup(stop)
    port = int(server.stdout.readline())
    secret = os.path.join(self.folder, "bot.secret")
    with open(secret, "w") as file:
      file.write("123:abc\n")
    os.chmod(secret, 0o600)
    self.config["telegram"] = ["token_file = " + secret, "plain = yes",
                               "url = http://127.0.0.1:%d" % port]
    self.json("member", "set", "lan", "telegram=%d" % LAN)
    self.json("rule", "add", "call-lan", "--family", "escalation", "--order", "1",
              "--when", json.dumps({"subject": "case"}), "--then", json.dumps({
                "steps": [{"who": ["member:lan"], "by": ["telegram"], "after": "10m"}],
                "rounds": -1, "ack_lasts": "30m", "ask_again": "5m"}), "--source", "test")
    self.update = 700

  def requests(self, method):
    try:
      with open(os.path.join(self.bot, "log")) as file:
        rows = [json.loads(line) for line in file.read().splitlines()]
    except FileNotFoundError:
      return []
    return [row["body"] for row in rows if row["method"] == method]

  def called(self, title="Mất điện trạm chính"):
    case = self.new(title)
    if self.engine is None:
      self.start()
    sent = self.until(lambda: [b for b in self.requests("sendMessage")
                               if case["number"] in b["text"]])[0]
    return case, [b["callback_data"] for b in sent["reply_markup"]["inline_keyboard"][0]]

  def press(self, data, user=LAN, again=False):
    before = len(self.requests("answerCallbackQuery"))
    self.update += not again
    with open(os.path.join(self.bot, "updates"), "a") as file:
      file.write(json.dumps({"update_id": self.update, "callback_query": {
        "id": "q%d" % self.update, "from": {"id": user}, "data": data,
        "message": {"message_id": 9, "chat": {"id": user}}}}) + "\n")
    if again:
      return None
    return self.until(lambda: self.requests("answerCallbackQuery")[before:])[0]

  def test_a_button_takes_the_case_once_and_goes_away(self):
    case, buttons = self.called()
    self.assertTrue(all(len(b) <= 64 for b in buttons))
    answer = self.press(buttons[0])
    self.assertIn("đã nhận xử lý", answer["text"].lower())
    now = self.json("show", case["number"])
    self.assertEqual((now["status"], now["owner"]), ("acknowledged", "lan"))
    event = [e for e in self.json("timeline", case["number"])
             if e["kind"] == "message_answered"][0]
    self.assertEqual((event["actor"], event["body"]["via"]), ("lan", "telegram"))
    self.assertIn(str(LAN), event["body"]["proof"])
    edited = self.until(lambda: self.requests("editMessageReplyMarkup"))[0]
    self.assertEqual(edited["reply_markup"], {"inline_keyboard": []})
    before = self.events()
    answer = self.press(buttons[1])
    self.assertIn("đã trả lời", answer["text"])
    self.press(buttons[0], again=True)
    self.assertEqual(self.events(), before)
    self.proven()

  def test_another_hand_and_a_forged_button_do_nothing(self):
    case, buttons = self.called()
    before = self.events()
    self.press(buttons[0], user=666)
    self.press("a:" + "A" * 36)
    self.press("x:" + buttons[0][2:])
    self.press("")
    self.assertEqual(self.json("show", case["number"])["status"], "new")
    self.assertEqual([k for k in self.kinds(case) if k == "message_answered"], [])
    self.assertEqual(self.events(), before)
    self.press(buttons[1])
    self.assertIn("message_answered", self.kinds(case))

  def test_a_hundred_that_waited_are_taken_although_each_repeats_its_message(self):
    case, buttons = self.called()
    with open(os.path.join(self.bot, "updates"), "a") as file:
      for n in range(60):
        self.update += 1
        file.write(json.dumps({"update_id": self.update, "callback_query": {
          "id": "q%d" % self.update, "from": {"id": LAN}, "data": "old",
          "message": {"message_id": n, "chat": {"id": LAN}, "text": "ệ" * 4096}}}) + "\n")
    self.press(buttons[0], again=False)
    self.until(lambda: self.json("show", case["number"])["status"] == "acknowledged", 60)

  def test_after_a_fault_of_the_server_nothing_is_lost(self):
    case, buttons = self.called()
    with open(os.path.join(self.bot, "mode"), "w") as file:
      file.write("500")
    self.press(buttons[0], again=True)
    os.remove(os.path.join(self.bot, "mode"))
    self.until(lambda: self.json("show", case["number"])["status"] == "acknowledged", 60)


if __name__ == "__main__":
  main()
