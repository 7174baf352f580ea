"""A bot's server (telegram_server.py) beside a test: what it was asked, and buttons
that somebody presses."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LAN = 5550001


class TelegramBot:
  def __init__(self, test):
    self.folder = os.path.join(test.folder, "bot")
    os.makedirs(self.folder)
    self.server = subprocess.Popen(
      [sys.executable, os.path.join(HERE, "telegram_server.py"), self.folder, "--seconds",
       "300"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    test.addCleanup(self.stop)
    self.port = int(self.server.stdout.readline())
    self.secret = os.path.join(test.folder, "bot.secret")
    with open(self.secret, "w") as file:
      file.write("123:abc\n")
    os.chmod(self.secret, 0o600)
    self.update = 700

  def stop(self):
    self.server.stdin.close()
    self.server.wait(10)
    self.server.stdout.close()
    known = {"getUpdates", "sendMessage", "answerCallbackQuery", "editMessageReplyMarkup"}
    assert {row["method"] for row in self.log()} <= known, "a request that nobody expected"

  def config(self):
    return {"telegram": ["token_file = " + self.secret, "plain = yes",
                         "url = http://127.0.0.1:%d" % self.port]}

  def log(self):
    try:
      with open(os.path.join(self.folder, "log")) as file:
        return [json.loads(line) for line in file.read().splitlines()]
    except FileNotFoundError:
      return []

  def forget(self):
    if self.log():
      os.remove(os.path.join(self.folder, "log"))

  def requests(self, method):
    return [row["body"] for row in self.log() if row["method"] == method]

  def press(self, data, user=LAN, again=False):
    """Somebody presses a button; again: Telegram tells the same update once more."""
    self.update += not again
    with open(os.path.join(self.folder, "updates"), "a") as file:
      file.write(json.dumps({"update_id": self.update, "callback_query": {
        "id": "q%d" % self.update, "from": {"id": user}, "data": data,
        "message": {"message_id": 9, "chat": {"id": user}}}}) + "\n")
