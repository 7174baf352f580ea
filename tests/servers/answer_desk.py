"""A desk with a mail server and the engine, for tests of answers from outside."""
import email
import email.policy
import os
import re
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mail_box  # noqa: E402
from beside import start_server  # noqa: E402
from desk import DeskTest  # noqa: E402

SERVE = os.environ.get("SUCO_SERVE", "build/serve/suco-serve")


def free_port():
  with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    return probe.getsockname()[1]


class AnswerTest(DeskTest):
  TITLE = 'Mất điện <b>"TTDL" & \'x\'</b>'

  def setUp(self):
    super().setUp()
    self.init()
    for login, name in (("lan", "Trần Lan"), ("nam", "Đỗ Nam")):
      self.json("member", "add", login, "--name", name, "--role", "responder",
                "--mail", login + "@team.example")
    self.box = os.path.join(self.folder, "smtp")
    os.makedirs(self.box)
    self.port = free_port()
    self.mail_port = start_server(
      self, "smtp_server.py", self.box,
      then=lambda: mail_box.check(self, self.path, self.box))
    self.config = {
      "mail": ["url = smtp://127.0.0.1:%d" % self.mail_port, "from = suco@team.example",
               "plain = yes"],
      "serve": ["listen = 127.0.0.1:%d" % self.port,
                "public_url = http://127.0.0.1:%d" % self.port],
    }
    self.engine = None

  def start(self):
    folder = os.path.join(self.folder, ".config", "suco")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "suco.conf"), "w") as file:
      for section, lines in self.config.items():
        file.write("[%s]\n%s\n" % (section, "\n".join(lines)))
    self.log = open(os.path.join(self.folder, "engine.log"), "a")
    self.engine = subprocess.Popen([SERVE, "--lang", "en"], env=self.env,
                                   stdout=subprocess.DEVNULL, stderr=self.log)
    self.addCleanup(self.end)

  def end(self):
    if self.engine.poll() is None:
      self.engine.send_signal(signal.SIGTERM)
    try:
      self.engine.wait(15)
    except subprocess.TimeoutExpired:
      self.engine.kill()
      self.engine.wait()
    self.log.close()
    with open(os.path.join(self.folder, "engine.log")) as file:
      said = file.read()
    for trace in ("Sanitizer", "runtime error"):
      self.assertNotIn(trace, said)

  def until(self, what, seconds=20):
    end = time.monotonic() + seconds
    while True:
      value = what()
      if value:
        return value
      if time.monotonic() > end:
        with open(os.path.join(self.folder, "engine.log")) as file:
          self.fail("not within %d s: %s" % (seconds, file.read()[-2000:]))
      time.sleep(0.05)

  def mails(self, to=None):
    folder = os.path.join(self.box, "mail")
    found = []
    for name in sorted(os.listdir(folder)):
      if name.endswith(".eml"):
        with open(os.path.join(folder, name), "rb") as file:
          mail = email.message_from_binary_file(file, policy=email.policy.default)
        if to is None or to in mail["To"]:
          found.append(mail)
    return found

  def called(self, title=None):
    """A new case that lan is asked to take; the mail that asks her."""
    case = self.new(title or self.TITLE)
    self.json("assign", case["number"], "lan")
    if self.engine is None:
      self.start()
    mail = self.until(lambda: [m for m in self.mails("lan@")
                               if case["number"] in m["Subject"]])[0]
    self.until(lambda: self.state(case) == "handed_over")
    return case, mail

  def link(self, mail):
    return re.search(r"http://127\.0\.0\.1:\d+/a/\S+", mail.get_content()).group(0)

  def state(self, case):
    return [m["state"] for m in self.json("outbox")
            if m["case"] == case["number"] and m["to"] == "Trần Lan"][0]

  def kinds(self, case):
    return [e["kind"] for e in self.json("timeline", case["number"])]

  def proven(self):
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))
