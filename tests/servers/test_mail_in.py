#!/usr/bin/env python3
"""Answers by mail, from a real IMAP dialogue: what the first words say, whose mail
counts, what is no answer, and that nothing is done twice."""
import email.message
import email.policy
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

QUOTE = """

Vào lúc 02:12, Th 7, 21 thg 11, 2026 suco <suco@team.example> đã viết:
> Sự cố: không nhận được tin
> NHẬN XỬ LÝ
"""


class MailIn(AnswerTest):
  def setUp(self):
    super().setUp()
    self.inbox = os.path.join(self.folder, "inbox")
    os.makedirs(self.inbox)
    server = subprocess.Popen(
      [sys.executable, os.path.join(HERE, "imap_server.py"), self.inbox, "--seconds", "200"],
      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def stop():
      server.stdin.close()
      server.wait(10)
      server.stdout.close()
    self.addCleanup(stop)
    port = int(server.stdout.readline())
    secret = os.path.join(self.folder, "inbox.secret")
    with open(secret, "w") as file:
      file.write("right\n")
    os.chmod(secret, 0o600)
    self.config["inbox"] = ["url = imap://127.0.0.1:%d/INBOX" % port, "user = suco",
                            "password_file = " + secret, "plain = yes", "every = 1"]
    self.uid = 0

  def put(self, mail):
    self.uid += 1
    path = os.path.join(self.inbox, "%d.eml" % self.uid)
    with open(path + ".part", "wb") as file:
      file.write(mail if isinstance(mail, bytes) else mail.as_bytes(policy=email.policy.SMTP))
    os.rename(path + ".part", path)

  def reply(self, asked, text, sender="lan@team.example", **headers):
    mail = email.message.EmailMessage()
    mail["From"] = "Trần Lan <%s>" % sender
    mail["To"] = "suco@team.example"
    mail["Subject"] = "Re: " + asked["Subject"]
    mail["Message-ID"] = "<%d.%s@phone.example>" % (self.uid, self.id()[-12:])
    mail["In-Reply-To"] = asked["Message-ID"]
    for name, value in headers.items():
      mail[name.replace("_", "-")] = value
    mail.set_content(text)
    self.put(mail)
    return mail

  def seen(self):
    """All mails so far were read."""
    def all_read():
      try:
        with open(os.path.join(self.inbox, "log")) as file:
          return "SEARCH UID %d:*" % (self.uid + 1) in file.read()
      except FileNotFoundError:
        return False
    self.until(all_read)

  def test_the_first_word_takes_it_and_she_reads_that_it_came(self):
    case, asked = self.called("Mất điện trạm chính")
    self.reply(asked, "Nhận, 10 phút nữa tới" + QUOTE)
    self.until(lambda: "message_answered" in self.kinds(case))
    self.assertEqual(self.json("show", case["number"])["owner"], "lan")
    event = [e for e in self.json("timeline", case["number"])
             if e["kind"] == "message_answered"][0]
    self.assertEqual((event["actor"], event["body"]["via"]), ("lan", "mail"))
    self.assertIn("lan@team.example", event["body"]["proof"])
    receipt = self.until(lambda: self.mails("lan@")[1:])[0]
    self.assertIn("đã nhận xử lý", receipt.get_content().lower())
    self.proven()

  def test_no_declines_and_a_name_passes_on(self):
    case, asked = self.called("Mất điện")
    self.reply(asked, "Không nhận được, đang ở Lý Sơn" + QUOTE)
    self.until(lambda: "message_answered" in self.kinds(case))
    self.assertIsNone(self.json("show", case["number"])["owner"])
    case, asked = self.called("Đứt cáp")
    self.reply(asked, "chuyển nam")
    self.until(lambda: self.json("show", case["number"])["owner"] == "nam")
    case, asked = self.called("Đứt cáp hai")
    self.reply(asked, "chuyển khongco")
    self.until(lambda: [m for m in self.mails("lan@")
                        if "CHƯA GHI ĐƯỢC" in m.get_content()])
    self.assertEqual(self.json("show", case["number"])["owner"], "lan")
    self.proven()

  def test_other_words_are_a_note_in_her_name_once(self):
    case, asked = self.called("Mất điện")
    mail = self.reply(asked, "Máy phát đã nổ, ắc quy 40 phút." + QUOTE)
    self.until(lambda: "note_added" in self.kinds(case))
    note = [e for e in self.json("timeline", case["number"]) if e["kind"] == "note_added"][0]
    self.assertEqual(note["actor"], "lan")
    self.assertIn("ắc quy 40 phút", note["text"])
    self.assertNotIn("đã viết", note["text"])
    self.assertEqual(self.json("show", case["number"])["status"], "new")
    self.put(mail)  # the same mail again, as servers do
    with open(os.path.join(self.inbox, "validity"), "w") as file:
      file.write("77")
    self.seen()
    self.assertEqual(self.kinds(case).count("note_added"), 1)

  def test_a_mail_from_elsewhere_does_not_count_and_is_seen_on_the_case(self):
    case, asked = self.called("Mất điện")
    self.reply(asked, "ok", sender="evil@other.example")
    self.until(lambda: "note_added" in self.kinds(case))
    self.assertEqual(self.json("show", case["number"])["status"], "new")
    note = [e for e in self.json("timeline", case["number"]) if e["kind"] == "note_added"][0]
    self.assertIn("evil@other.example", note["text"])
    self.assertEqual(note["actor"], "suco-serve")

  def test_programs_answers_broken_mails_and_strangers_do_nothing(self):
    case, asked = self.called("Mất điện")
    before = self.events()
    self.reply(asked, "ok", Auto_Submitted="auto-replied")
    self.reply(asked, "ok", Precedence="bulk")
    self.reply(asked, "ok", X_Autoreply="yes")
    self.reply(asked, "ok", Return_Path="<>")
    self.put(b"")
    self.put(b"\x00\xff\xfe garbage\r\n\r\n" + bytes(range(256)) * 40)
    self.put(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 300)
    mail = email.message.EmailMessage()
    mail["From"] = "lan@team.example"
    mail["Subject"] = "ok"
    mail.set_content("ok")
    self.put(mail)
    self.seen()
    self.assertEqual(self.events(), before)
    self.reply(asked, "1")
    self.until(lambda: self.json("show", case["number"])["status"] == "acknowledged")

  def test_a_mailbox_that_hangs_keeps_nobody_from_being_told(self):
    with open(os.path.join(self.inbox, "mode"), "w") as file:
      file.write("hang")
    self.called("Mất điện")
    self.called("Đứt cáp")
    with open(os.path.join(self.inbox, "mode"), "w") as file:
      file.write("accept")


if __name__ == "__main__":
  main()
