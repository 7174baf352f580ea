#!/usr/bin/env python3
"""Answers by link: the mail carries one, the page shows and does not act, the
button acts once; what is forged, old, cut or from another site does nothing."""
import http.client
import os
import re
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from answer_desk import AnswerTest  # noqa: E402
from desk import main  # noqa: E402

try:
  import aiosmtpd  # noqa: F401
except ImportError:
  print("skipped: python3-aiosmtpd is missing")
  sys.exit(77)


class Page(AnswerTest):
  def ask(self, method, path, form=None, headers=None):
    link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
    head = dict(headers or {})
    body = None
    if form is not None:
      body = urllib.parse.urlencode(form)
      head["Content-Type"] = "application/x-www-form-urlencoded"
    link.request(method, path, body, head)
    reply = link.getresponse()
    text = reply.read().decode()
    link.close()
    return reply, text

  def door(self, mail):
    return urllib.parse.urlsplit(self.link(mail)).path

  def nonce(self, text):
    return re.search(r'name="nonce" value="([^"]+)"', text).group(1)

  def press(self, path, what, **more):
    _, text = self.ask("GET", path)
    return self.ask("POST", path, dict(nonce=self.nonce(text), what=what, **more))

  def test_the_page_shows_the_case_and_changes_nothing(self):
    case, mail = self.called()
    path = self.door(mail)
    before = self.events()
    for method in ("GET", "HEAD", "GET"):
      reply, text = self.ask(method, path)
      self.assertEqual(reply.status, 200)
    self.assertEqual(self.events(), before)
    self.assertIn(case["number"], text)
    self.assertIn("Mất điện &lt;b&gt;&quot;TTDL&quot; &amp; &#39;x&#39;&lt;/b&gt;", text)
    self.assertNotIn("<b>", text)
    self.assertIn("NHẬN XỬ LÝ", text)
    self.assertIn("KHÔNG NHẬN ĐƯỢC", text)
    self.assertIn('lang="vi"', text)
    self.assertNotIn("<script", text)
    self.assertNotIn("http", re.sub(r"<!DOCTYPE html>", "", text))
    policy = reply.headers["Content-Security-Policy"]
    self.assertIn("default-src 'none'", policy)
    self.assertIn("form-action 'self'", policy)
    self.assertEqual(reply.headers["Cache-Control"], "no-store")
    self.assertEqual(reply.headers["Referrer-Policy"], "no-referrer")
    self.assertEqual(reply.headers["X-Frame-Options"], "DENY")

  def test_a_report_is_no_step_and_a_time_stands_for_nothing_alone(self):
    self.json("setting", "set", "duty.report_at", "none")
    self.json("duty", "set", "first", "--people", "nam", "--type", "fixed")
    self.start()
    self.json("new", "--kind", "power", "--title", "Mất điện", "--owner", "lan",
              "--severity", "4", "--reason", "khói")

    def about(subject, to):
      found = [m for m in self.mails(to) if subject in m["Subject"]]
      return found[0] if found else None
    report = self.until(lambda: about("SẮP ĐẾN HẠN", "lan@"))
    _, text = self.ask("GET", self.door(report))
    self.assertRegex(text, r"Việc tới hạn: Báo ngay [^.]+\. Hạn \d\d:\d\d")
    call = self.until(lambda: about("GỌI TRỰC", "nam@"))
    _, text = self.ask("GET", self.door(call))
    self.assertIn("Mức 4 (", text)
    self.assertNotIn("Hạn ", text)

  def test_one_press_takes_the_case_and_the_second_does_nothing(self):
    case, mail = self.called()
    path = self.door(mail)
    reply, text = self.press(path, "ack")
    self.assertEqual(reply.status, 200)
    self.assertIn("đã nhận xử lý", text.lower())
    self.assertNotIn("<button", text)
    now = self.json("show", case["number"])
    self.assertEqual((now["status"], now["owner"]), ("acknowledged", "lan"))
    self.assertEqual(self.state(case), "answered")
    event = [e for e in self.json("timeline", case["number"])
             if e["kind"] == "message_answered"][0]
    self.assertEqual(event["actor"], "lan")
    self.assertEqual((event["body"]["via"], event["body"]["what"]), ("link", "ack"))
    self.assertIn("127.0.0.1", event["body"]["proof"])
    self.assertNotIn(path[3:], str(event))
    before = self.events()
    reply, text = self.ask("GET", path)
    self.assertEqual(reply.status, 200)
    self.assertNotIn("<button", text)
    self.assertIn("đã trả lời", text)
    self.assertEqual(self.events(), before)
    self.proven()

  def test_declining_and_passing_on_are_recorded(self):
    case, mail = self.called()
    reply, text = self.press(self.door(mail), "decline")
    self.assertEqual(reply.status, 200)
    self.assertEqual(self.json("show", case["number"])["owner"], None)
    case, mail = self.called("Đứt cáp")
    reply, text = self.press(self.door(mail), "pass", to="nam")
    self.assertEqual(reply.status, 200)
    self.assertIn("Đỗ Nam", text)
    self.assertEqual(self.json("show", case["number"])["owner"], "nam")
    self.until(lambda: self.mails("nam@"))
    case, mail = self.called("Đứt cáp nữa")
    reply, text = self.press(self.door(mail), "pass", to="nobody'\"<x>")
    self.assertEqual(reply.status, 409)
    self.assertNotIn("<x>", text)
    self.proven()

  def test_a_late_press_says_who_has_it(self):
    case, mail = self.called()
    _, text = self.ask("GET", self.door(mail))
    self.json("--as", "nam", "ack", case["number"])
    reply, text = self.ask("POST", self.door(mail), {"nonce": self.nonce(text), "what": "ack"})
    self.assertEqual(reply.status, 200)
    self.assertIn("Đã có người nhận: Đỗ Nam", text)
    self.assertEqual(self.state(case), "read")
    _, text = self.ask("GET", self.door(mail))
    self.assertIn("Đã có người nhận: Đỗ Nam", text)
    self.assertNotIn("<button", text)

  def test_without_its_form_or_from_another_site_nothing_is_done(self):
    case, mail = self.called()
    path = self.door(mail)
    _, text = self.ask("GET", path)
    good = self.nonce(text)
    before = self.events()
    for form, headers in (
        ({"what": "ack"}, {}),
        ({"what": "ack", "nonce": ""}, {}),
        ({"what": "ack", "nonce": "A" * 32}, {}),
        ({"what": "ack", "nonce": good[:-1] + ("A" if good[-1] != "A" else "B")}, {}),
        ({"what": "ack", "nonce": good}, {"Origin": "https://evil.example"}),
        ({"what": "ack", "nonce": good}, {"Sec-Fetch-Site": "cross-site"}),
        ({"what": "ack", "nonce": good}, {"Sec-Fetch-Site": "none"})):
      reply, _ = self.ask("POST", path, form, headers)
      self.assertEqual(reply.status, 403, (form, headers))
    for form in ({"nonce": good}, {"nonce": good, "what": "erase"}):
      self.assertEqual(self.ask("POST", path, form)[0].status, 400)
    self.assertEqual(self.ask("POST", path, {"nonce": good, "what": "pass"})[0].status, 409)
    self.assertEqual(self.events(), before)
    reply, _ = self.ask("POST", path, {"nonce": good, "what": "ack"},
                        {"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    self.assertEqual(reply.status, 200)
    self.assertEqual(self.state(case), "answered")

  def test_what_was_not_made_here_opens_nothing_and_is_slowed_down(self):
    case, mail = self.called()
    path = self.door(mail)
    token = path[3:]
    before = self.events()
    codes = []
    for bad in ("", "x", token[:-1], token + "A", token[:-1] + chr(ord(token[-1]) ^ 1),
                "A" * len(token), token.lower(), "%2e%2e%2fdesk.db"):
      codes.append(self.ask("GET", "/a/" + bad)[0].status)
    self.assertEqual(codes, [403, 403, 403, 403, 403, 429, 429, 429])
    reply, text = self.ask("POST", "/a/" + token[:-1], {"what": "ack"})
    self.assertEqual(reply.status, 429)
    self.assertGreater(int(reply.headers["Retry-After"]), 0)
    self.assertNotIn(case["number"], text)
    # He who has the right one is not kept out by the guesses of others.
    self.assertEqual(self.ask("GET", path)[0].status, 200)
    self.assertEqual(self.events(), before)

  def test_ten_thousand_guesses_find_nothing_and_the_link_still_works(self):
    case, mail = self.called()
    path = self.door(mail)
    link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
    seen = set()
    for n in range(10000):
      guess = path[:-12] + "%012x" % (n * 7919)
      link.request("GET", guess)
      reply = link.getresponse()
      reply.read()
      seen.add(reply.status)
      if reply.will_close:
        link.close()
    link.close()
    self.assertEqual(seen, {403, 429})
    self.assertEqual(self.press(path, "ack")[0].status, 200)

  def test_no_row_of_the_desk_holds_the_link(self):
    case, mail = self.called()
    token = self.door(mail)[3:]
    with open(self.path_of_wal(), "rb") as wal, open(self.path_desk, "rb") as desk:
      self.assertNotIn(token.encode(), wal.read() + desk.read())
    key = os.path.join(self.folder, "answer.key")
    self.assertEqual(os.stat(key).st_mode & 0o777, 0o600)

  @property
  def path_desk(self):
    return os.path.join(self.folder, "desk.db")

  def path_of_wal(self):
    return self.path_desk + "-wal"

  def test_a_case_for_few_eyes_shows_its_number_and_time_only(self):
    case, mail = self.called()
    self.json("set", case["number"], "tlp=red")
    _, text = self.ask("GET", self.door(mail))
    self.assertIn(case["number"], text)
    self.assertNotIn("Mất điện", text)
    self.assertIn("NHẬN XỬ LÝ", text)

  def test_in_english_for_who_reads_english(self):
    self.json("member", "set", "lan", "language=en")
    _, mail = self.called()
    _, text = self.ask("GET", self.door(mail))
    self.assertIn("TAKE IT ON", text)
    self.assertIn('lang="en"', text)

  def test_a_key_that_others_can_read_makes_no_links(self):
    key = os.path.join(self.folder, "answer.key")
    with open(key, "w") as file:
      file.write("ab" * 32 + "\n")
    os.chmod(key, 0o644)
    _, mail = self.called()
    self.assertNotIn("/a/", mail.get_content())
    self.assertNotIn("answer-link", mail.get_content())


if __name__ == "__main__":
  main()
