#!/usr/bin/env python3
"""Answers by mail, from a real IMAP dialogue: what the first words say, whose mail
counts, what is no answer, and that nothing is done twice."""
import email.message
import email.policy
import os
import re
import sys
import unicodedata
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from answer_desk import AnswerTest  # noqa: E402
from beside import secret_file, start_server  # noqa: E402
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
    port = start_server(self, "imap_server.py", self.inbox)
    secret = secret_file(self, "inbox.secret", "right")
    self.config["inbox"] = ["url = imap://127.0.0.1:%d/INBOX" % port, "user = suco",
                            "password_file = " + secret, "plain = yes", "every = 1"]
    self.uid = 0

  def put(self, mail):
    self.uid += 1
    path = os.path.join(self.inbox, "%d.eml" % self.uid)
    with open(path + ".part", "wb") as file:
      file.write(mail if isinstance(mail, bytes) else mail.as_bytes(policy=email.policy.SMTP))
    os.rename(path + ".part", path)

  def answer_to(self, asked, sender="lan@team.example", prefix="Re: "):
    """A mail as programs begin a reply (RFC 5322 3.6.4), without its text."""
    mail = email.message.EmailMessage()
    mail["From"] = "Trần Lan <%s>" % sender
    mail["To"] = asked["Reply-To"] or asked["From"]
    mail["Subject"] = prefix + asked["Subject"]
    mail["Message-ID"] = "<%d.%s@phone.example>" % (self.uid, self.id()[-12:])
    mail["In-Reply-To"] = asked["Message-ID"]
    mail["References"] = "%s %s" % (asked["References"] or "", asked["Message-ID"])
    return mail

  def reply(self, asked, text, sender="lan@team.example", **headers):
    mail = self.answer_to(asked, sender)
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

  def taken(self, case):
    return self.json("show", case["number"])["owner"] == "lan" and \
      self.json("show", case["number"])["status"] == "acknowledged"

  def test_a_reply_lands_by_any_one_of_its_three_marks(self):
    """Programs keep the references; servers and forms keep the address, or the
    subject alone."""
    case, asked = self.called("Mất điện")
    self.assertIn("dòng đầu", asked.get_content())
    self.assertIsNone(asked["Reply-To"])
    mark = asked["Subject"].rsplit("#", 1)[1]
    self.assertEqual(len(mark), 36)
    mail = self.answer_to(asked, prefix="Trả lời: ")
    del mail["In-Reply-To"]
    del mail["References"]
    mail.set_content("NHẬN")
    self.put(mail)
    self.until(lambda: self.taken(case))
    self.config["inbox"].append("address = suco.tra-loi@team.example")
    self.end()
    self.start()
    case, asked = self.called("Đứt cáp")
    self.assertNotIn("#", asked["Subject"])
    mark = asked["Reply-To"].addresses[0]
    self.assertRegex(mark.addr_spec, r"^suco\.tra-loi\+[\w-]{36}@team\.example$")
    mail = self.answer_to(asked, prefix="Tr: ")
    for name in ("In-Reply-To", "References", "Subject"):
      del mail[name]
    mail["Subject"] = "trả lời"
    mail.set_content("nhận")
    self.put(mail)
    self.until(lambda: self.taken(case))
    case, asked = self.called("Cháy")
    mail = self.answer_to(asked)
    del mail["To"], mail["Subject"]
    mail["To"] = "suco@team.example"
    mail.set_content("ok")
    self.put(mail)
    self.until(lambda: self.taken(case))
    self.proven()

  def test_without_the_mark_her_address_alone_does_nothing_and_she_hears_of_it(self):
    case, asked = self.called("Mất điện")
    before = self.events()
    root = asked["References"].split()[0]
    forged = self.answer_to(asked)
    for name in ("Subject", "References", "To", "In-Reply-To"):
      del forged[name]
    forged["To"], forged["Subject"] = "suco@team.example", "Re: " + case["number"]
    forged["References"] = root
    forged.set_content("NHẬN")
    self.put(forged)
    said = self.until(lambda: [m for m in self.mails("lan@")
                               if "CHƯA GHI ĐƯỢC" in m.get_content()])[0]
    self.assertIn("mã", said.get_content())
    del forged["References"], forged["Message-ID"]
    forged["References"] = "%s <ans-%s%s" % (root, "A" * 36, root[root.index("@"):])
    forged["Message-ID"] = "<2@forger.example>"
    forged["In-Reply-To"] = asked["Message-ID"]  # known to all who see the outbox
    self.put(forged)
    self.seen()
    self.assertEqual(self.json("show", case["number"])["status"], "new")
    self.assertEqual([k for k in self.kinds(case) if k in ("note_added", "message_answered")],
                     [])
    self.assertGreaterEqual(self.events(), before)
    self.reply(asked, "NHẬN")
    self.until(lambda: self.taken(case))

  def test_however_her_phone_writes_it(self):
    wordings = {
      "nfd": lambda m: m.set_content(unicodedata.normalize("NFD", "Nhận xử lý" + QUOTE)),
      "base64": lambda m: m.set_content("Nhận xử lý" + QUOTE, cte="base64"),
      "quoted": lambda m: m.set_content("Nhận xử lý" + QUOTE, cte="quoted-printable"),
      "html": lambda m: m.set_content(
        "<html><head><title>x</title></head><body><div>Nh&#7853;n x&#7917; l&yacute;</div>"
        "<div class=gmail_quote>Vào lúc 02:12 suco &lt;s@x.example&gt; đã viết:"
        "<blockquote>KHÔNG NHẬN ĐƯỢC</blockquote></div>", subtype="html"),
    }
    for name, write in wordings.items():
      with self.subTest(name):
        case, asked = self.called("Vụ " + name)
        mail = self.answer_to(asked)
        write(mail)
        self.put(mail)
        self.until(lambda case=case: self.taken(case))
    case, asked = self.called("Vụ latin")
    mail = self.answer_to(asked)
    mail.set_content("ok")
    mail.replace_header("Content-Type", 'text/plain; charset="windows-1258"')
    # of windows-1258: o with its circumflex, a breve-less a with its dot after it
    head = mail.as_bytes(policy=email.policy.SMTP).split(b"\r\n\r\n")[0]
    head = head.replace(b"7bit", b"8bit")
    self.put(head + b"\r\n\r\nKh\xf4ng nh\xe2\xf2n \xf0\xfd\xf5\xf2c\r\n")
    self.until(lambda: "message_answered" in self.kinds(case))
    self.assertIsNone(self.json("show", case["number"])["owner"])

  def test_who_writes_something_else_is_told_that_he_is_still_asked(self):
    case, asked = self.called("Mất điện")
    self.reply(asked, "Nhận không được đâu, để hỏi lại")
    said = self.until(lambda: [m for m in self.mails("lan@")
                               if "cũng chưa báo" in m.get_content()])[0]
    self.assertIn("ghi chú", said.get_content())
    self.assertEqual(self.json("show", case["number"])["status"], "new")
    self.reply(said, "NHẬN")  # to the receipt, as people do
    self.until(lambda: self.taken(case))

  def test_of_a_mail_with_several_cases_only_the_one_that_is_named_is_taken(self):
    self.json("setting", "set", "bundle_after", "1")
    cases = [self.new(title) for title in ("Mất điện", "Đứt cáp")]
    for case in cases:
      self.json("assign", case["number"], "lan")
    self.start()
    mail = self.until(lambda: [m for m in self.mails("lan@")
                               if "2 vụ" in m["Subject"]])[0]
    text = mail.get_content()
    links = [re.search(r"Trả lời vụ %s tại: (http\S+)" % c["number"], text).group(1)
             for c in cases]
    self.assertNotEqual(links[0], links[1])
    self.until(lambda: self.state(cases[0]) == "handed_over")
    with urllib.request.urlopen(links[0], timeout=10) as page:
      self.assertIn(cases[0]["number"], page.read().decode())
    self.reply(mail, "NHẬN")
    self.until(lambda: [m for m in self.mails("lan@") if "nhiều vụ" in m.get_content()])
    self.assertEqual([self.json("show", c["number"])["status"] for c in cases],
                     ["new", "new"])
    self.reply(mail, "NHẬN %s, 10 phút nữa tới" % cases[1]["number"])
    self.until(lambda: self.taken(cases[1]))
    self.assertEqual(self.json("show", cases[0]["number"])["status"], "new")
    self.proven()

  def secured(self, kind, ca):
    port = start_server(self, "imap_server.py", self.inbox, "--tls", kind)
    self.config["inbox"] = ["url = imaps://127.0.0.1:%d/INBOX" % port, "user = suco",
                            "password_file = " + os.path.join(self.folder, "inbox.secret"),
                            "every = 1"] + ca

  def test_over_tls_with_a_certificate_that_the_given_file_proves(self):
    self.secured("good", ["ca_file = " + os.path.join(self.inbox, "ca.pem")])
    case, asked = self.called("Mất điện")
    self.reply(asked, "NHẬN")
    self.until(lambda: self.taken(case))

  def test_a_certificate_that_nothing_proves_gets_no_password(self):
    self.secured("bad", [])
    case, asked = self.called("Mất điện")
    self.reply(asked, "NHẬN")

    def said():
      with open(os.path.join(self.folder, "engine.log")) as file:
        return "certificate" in file.read()
    self.until(said)
    self.assertFalse(os.path.exists(os.path.join(self.inbox, "log")))
    self.assertEqual(self.json("show", case["number"])["status"], "new")

  def test_programs_answers_broken_mails_and_strangers_do_nothing(self):
    case, asked = self.called("Mất điện")
    before = self.events()
    self.reply(asked, "ok", Auto_Submitted="auto-replied")
    self.reply(asked, "ok", Precedence="bulk")
    self.reply(asked, "ok", X_Autoreply="yes")
    self.reply(asked, "ok", Return_Path="<>")
    self.reply(asked, "ok", sender="MAILER-DAEMON@team.example")
    away = self.answer_to(asked, prefix="Trả lời tự động: ")
    away.set_content("ok")
    self.put(away)
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


  def test_a_huge_mail_and_one_that_is_gone_keep_no_answer_waiting(self):
    case, asked = self.called()
    self.put(b"")
    huge = self.answer_to(asked, sender="stranger@elsewhere.example")
    huge.set_content("x")
    huge.add_attachment(b"x" * 3000000, maintype="application", subtype="zip", filename="a.zip")
    self.put(huge)
    self.reply(asked, "nhận")
    self.until(lambda: self.json("show", case["number"])["status"] == "acknowledged")
    with open(os.path.join(self.inbox, "log")) as file:
      fetches = [line for line in file if "UID FETCH" in line]
    self.assertTrue(fetches)
    self.assertEqual([f for f in fetches if "<0.524288>" not in f], [])


if __name__ == "__main__":
  main()
