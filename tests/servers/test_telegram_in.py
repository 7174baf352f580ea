#!/usr/bin/env python3
"""Answers by a button in Telegram, by long polling: pressed by the one who was
asked it acts once; forged, pressed by another, or old, it does nothing."""
import json
import os
import re
import sqlite3
import sys
import threading
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from answer_desk import AnswerTest  # noqa: E402
from desk import main  # noqa: E402
from telegram_child import LAN, TelegramBot  # noqa: E402

try:
  import aiosmtpd  # noqa: F401
except ImportError:
  print("skipped: python3-aiosmtpd is missing")
  sys.exit(77)

NAM = 5550002


class TelegramIn(AnswerTest):
  def setUp(self):
    super().setUp()
    self.bot = TelegramBot(self)
    self.config.update(self.bot.config())
    self.json("member", "set", "lan", "telegram=%d" % LAN)
    self.json("rule", "add", "call-lan", "--family", "escalation", "--order", "1",
              "--when", json.dumps({"subject": "case"}), "--then", json.dumps({
                "steps": [{"who": ["member:lan"], "by": ["telegram"], "after": "10m"}],
                "rounds": -1, "ack_lasts": "30m", "ask_again": "5m"}), "--source", "test")

  def requests(self, method):
    return self.bot.requests(method)

  def called(self, title="Mất điện trạm chính"):
    case = self.new(title)
    if self.engine is None:
      self.start()
    sent = self.until(lambda: [b for b in self.requests("sendMessage")
                               if case["number"] in b["text"]])[0]
    self.sent = sent
    return case, [b["callback_data"] for row in sent["reply_markup"]["inline_keyboard"]
                  for b in row]

  def press(self, data, user=LAN, again=False, keyboard=None):
    before = len(self.requests("answerCallbackQuery"))
    self.bot.press(data, user, again, text="Gọi trực <b>",
                   entities=[{"type": "bold", "offset": 0, "length": 3}],
                   reply_markup={"inline_keyboard": keyboard or []})
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
    edited = self.until(lambda: self.requests("editMessageText"))[0]
    self.assertEqual(edited["reply_markup"], {"inline_keyboard": []})
    self.assertRegex(edited["text"], r"^Gọi trực <b>\n\n\d\d:\d\d Trần Lan: Đồng chí đã nhận")
    self.assertEqual(edited["entities"], [{"type": "bold", "offset": 0, "length": 3}])
    self.assertNotIn("parse_mode", edited)
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
    for n in range(60):
      self.bot.press("old", message_id=n, text="ệ" * 4096)
    self.press(buttons[0], again=False)
    self.until(lambda: self.json("show", case["number"])["status"] == "acknowledged", 60)

  def test_it_is_passed_on_to_whom_she_chooses(self):
    self.json("member", "set", "nam", "telegram=%d" % NAM)
    self.json("setting", "set", "duty.report_at", "none")
    self.json("duty", "set", "first", "--people", "nam", "--type", "fixed",
              "--start", "2026-01-01")
    case, buttons = self.called()
    self.assertEqual(buttons[2][0], "p")
    before = self.events()
    self.press(buttons[2], user=666)
    self.assertEqual(self.requests("editMessageReplyMarkup"), [])
    self.assertEqual(self.press(buttons[2]).get("text"), None)
    choice = self.until(lambda: self.requests("editMessageReplyMarkup"))[0]
    rows = choice["reply_markup"]["inline_keyboard"]
    self.assertIn("→ Đỗ Nam", [row[0]["text"] for row in rows])
    self.assertNotIn("→ Trần Lan", [row[0]["text"] for row in rows])
    self.assertTrue(all(len(row[0]["callback_data"]) <= 64 for row in rows))
    self.press(rows[-1][0]["callback_data"])
    back = self.until(lambda: self.requests("editMessageReplyMarkup")[1:])[0]
    self.assertEqual(back["reply_markup"], self.sent["reply_markup"])
    self.assertEqual(self.events(), before)
    to_nam = [row[0] for row in rows if "Nam" in row[0]["text"]][0]["callback_data"]
    self.press(to_nam, user=666)
    self.press(to_nam[:-1] + ("0" if to_nam[-1] != "0" else "1"))
    self.press(to_nam[:4] + "x" + to_nam[5:])
    self.assertEqual(self.events(), before)
    answer = self.press(to_nam)
    self.assertIn("Đỗ Nam", answer["text"])
    edited = self.until(lambda: self.requests("editMessageText"))[0]
    self.assertIn("Đỗ Nam", edited["text"])
    self.until(lambda: [m for m in self.mails("nam@") if case["number"] in m["Subject"]])
    self.proven()

  def test_what_the_desk_cannot_take_now_is_said_at_once_and_done_later(self):
    case, buttons = self.called()
    lock = sqlite3.connect(os.path.join(self.folder, "desk.db"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    answer = self.press(buttons[0])
    self.assertIn("CHƯA GHI", answer["text"])
    lock.execute("ROLLBACK")
    lock.close()
    self.until(lambda: self.json("show", case["number"])["owner"] == "lan", 60)
    self.until(lambda: self.requests("editMessageText"))
    self.proven()

  def test_two_people_by_two_ways_at_one_moment_one_has_it_and_both_are_told(self):
    self.json("rule", "add", "call-both", "--family", "escalation", "--order", "0",
              "--when", json.dumps({"subject": "case"}), "--then", json.dumps({
                "steps": [{"who": ["member:lan", "member:nam"], "by": ["telegram", "mail"],
                           "after": "10m"}],
                "rounds": -1, "ack_lasts": "30m", "ask_again": "5m"}), "--source", "test")
    case, buttons = self.called()
    mail = self.until(lambda: [m for m in self.mails("nam@")
                               if case["number"] in m["Subject"]])[0]
    self.until(lambda: {m["state"] for m in self.json("outbox")} == {"handed_over"})
    link = self.link(mail)
    with urllib.request.urlopen(link, timeout=10) as page:
      nonce = re.search(r'name="nonce" value="([^"]+)"', page.read().decode()).group(1)
    said = []

    def post():
      data = urllib.parse.urlencode({"nonce": nonce, "what": "ack"}).encode()
      with urllib.request.urlopen(link, data, timeout=10) as page:
        said.append(page.read().decode())
    other = threading.Thread(target=post)
    other.start()
    lan = self.press(buttons[0])["text"]
    other.join()
    owner = self.json("show", case["number"])["owner"]
    self.assertIn(owner, ("lan", "nam"))
    took, late = (lan, said[0]) if owner == "lan" else (said[0], lan)
    self.assertIn("Đồng chí đã nhận xử lý", took)
    self.assertIn("Trần Lan" if owner == "lan" else "Đỗ Nam", late)
    self.assertNotIn("Đồng chí đã nhận xử lý", late)
    self.assertEqual(self.kinds(case).count("message_answered"), 1)
    self.assertEqual(self.kinds(case).count("status_changed"), 1)
    self.proven()

  def test_a_bundle_has_a_row_of_buttons_for_each_case_and_one_takes_one(self):
    self.json("setting", "set", "bundle_after", "1")
    cases = [self.new(title) for title in ("Mất điện", "Đứt cáp")]
    self.start()
    sent = self.until(lambda: self.requests("sendMessage"))[0]
    rows = sent["reply_markup"]["inline_keyboard"]
    self.assertEqual(len(rows), 2)
    one = [row for row in rows if cases[1]["number"] in row[0]["text"]][0]
    self.assertTrue(all(len(b["callback_data"]) <= 64 for b in one))
    self.until(lambda: {m["state"] for m in self.json("outbox")} == {"handed_over"})
    answer = self.press(one[0]["callback_data"], keyboard=rows)
    self.assertIn(cases[1]["number"], answer["text"])
    self.assertEqual([self.json("show", c["number"])["status"] for c in cases],
                     ["new", "acknowledged"])
    edited = self.until(lambda: self.requests("editMessageText"))[0]
    left = edited["reply_markup"]["inline_keyboard"]
    self.assertEqual(left, [row for row in rows if row != one])
    self.proven()

  def test_after_a_fault_of_the_server_nothing_is_lost(self):
    case, buttons = self.called()
    with open(os.path.join(self.bot.folder, "mode"), "w") as file:
      file.write("500")
    self.press(buttons[0], again=True)
    os.remove(os.path.join(self.bot.folder, "mode"))
    self.until(lambda: self.json("show", case["number"])["status"] == "acknowledged", 60)


if __name__ == "__main__":
  main()
