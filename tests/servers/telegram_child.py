"""A bot's server (telegram_server.py) beside a test: what it was asked, and buttons
that somebody presses."""
import json
import os

from beside import secret_file, start_server

LAN = 5550001


class TelegramBot:
  def __init__(self, test):
    self.folder = os.path.join(test.folder, "bot")
    os.makedirs(self.folder)
    self.port = start_server(test, "telegram_server.py", self.folder, then=self.check)
    self.secret = secret_file(test, "bot.secret", "123:abc")
    self.update = 700

  def check(self):
    known = {"getUpdates", "sendMessage", "answerCallbackQuery", "editMessageReplyMarkup",
             "editMessageText"}
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

  def press(self, data, user=LAN, again=False, **message):
    """Somebody presses a button; again: Telegram tells the same update once more."""
    self.update += not again
    with open(os.path.join(self.folder, "updates"), "a") as file:
      file.write(json.dumps({"update_id": self.update, "callback_query": {
        "id": "q%d" % self.update, "from": {"id": user}, "data": data,
        "message": {"message_id": 9, "chat": {"id": user}, **message}}}) + "\n")
