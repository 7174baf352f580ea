#!/usr/bin/env python3
"""The whole way with a mailbox server that people use: called by SMTP, a plain reply,
read over IMAPS by a certificate that the given file proves, answered."""
import email.message
import email.policy
import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from answer_desk import AnswerTest, free_port  # noqa: E402
from desk import main  # noqa: E402
from loopback import tls_context  # noqa: E402

DOVECOT = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")
try:
  import aiosmtpd  # noqa: F401
except ImportError:
  DOVECOT = None
if DOVECOT is None:
  print("skipped: dovecot-imapd or python3-aiosmtpd is missing")
  sys.exit(77)

CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/ca.pem
ssl_key = <{folder}/ca.key
ssl_dh =
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password=right
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


class Dovecot(AnswerTest):
  def setUp(self):
    super().setUp()
    self.post = os.path.join(self.folder, "dovecot")
    os.makedirs(os.path.join(self.post, "mail", "new"))
    tls_context(self.post, "good")
    user = "nobody" if os.getuid() == 0 else getpass.getuser()
    group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    self.imap_port = free_port()
    conf = os.path.join(self.post, "dovecot.conf")
    with open(conf, "w") as file:
      file.write(CONF.format(folder=self.post, user=user, group=group, port=self.imap_port))
    if os.getuid() == 0:
      subprocess.run(["chown", "-R", user, os.path.join(self.post, "mail")], check=True)
      for folder in (self.folder, self.post):
        os.chmod(folder, 0o755)
    self.owner = user
    server = subprocess.Popen([DOVECOT, "-F", "-c", conf], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop():
      server.terminate()
      server.wait(15)
    self.addCleanup(stop)
    self.wait_for(server)
    secret = os.path.join(self.folder, "inbox.secret")
    with open(secret, "w") as file:
      file.write("right\n")
    os.chmod(secret, 0o600)
    self.config["inbox"] = ["url = imaps://127.0.0.1:%d/INBOX" % self.imap_port,
                            "user = suco", "password_file = " + secret, "every = 1"]

  def wait_for(self, server):
    end = time.monotonic() + 10
    while time.monotonic() < end and server.poll() is None:
      with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", self.imap_port)) == 0:
          return
      time.sleep(0.05)
    self.skipTest("dovecot does not start here")

  def arrives(self, name, mail):
    """As a local delivery puts it there."""
    path = os.path.join(self.post, "mail", "new", name)
    with open(path + ".part", "wb") as file:
      file.write(mail.as_bytes(policy=email.policy.SMTP))
    if os.getuid() == 0:
      shutil.chown(path + ".part", self.owner)
    os.rename(path + ".part", path)

  def reply(self, asked, text):
    mail = email.message.EmailMessage()
    mail["From"] = "Trần Lan <lan@team.example>"
    mail["To"] = asked["Reply-To"] or asked["From"]
    mail["Subject"] = "Trả lời: " + asked["Subject"]
    mail["Message-ID"] = "<%d@phone.example>" % time.monotonic_ns()
    mail["In-Reply-To"] = asked["Message-ID"]
    mail["References"] = "%s %s" % (asked["References"], asked["Message-ID"])
    mail.set_content(text + "\n\nVào 02:12 suco đã viết:\n" + "".join(
      "> %s\n" % line for line in asked.get_content().splitlines()))
    return mail

  def test_a_plain_reply_over_tls_is_an_answer(self):
    self.config["inbox"] += ["ca_file = " + os.path.join(self.post, "ca.pem"),
                             "address = suco@team.example"]
    case, asked = self.called("Mất điện")
    self.arrives("1.first", self.reply(asked, "KHÔNG NHẬN ĐƯỢC"))
    self.until(lambda: "message_answered" in self.kinds(case))
    self.assertIsNone(self.json("show", case["number"])["owner"])
    case, asked = self.called("Đứt cáp")
    self.arrives("2.second", self.reply(asked, "NHẬN, 10 phút nữa tới"))
    self.until(lambda: self.json("show", case["number"])["owner"] == "lan")
    kept = [n for part in ("new", "cur")
            for n in os.listdir(os.path.join(self.post, "mail", part))]
    self.assertEqual(len(kept), 2)  # nothing is deleted there
    self.proven()

  def test_its_own_certificate_alone_is_not_believed(self):
    case, asked = self.called("Mất điện")
    self.arrives("1.first", self.reply(asked, "NHẬN"))

    def said():
      with open(os.path.join(self.folder, "engine.log")) as file:
        return "certificate" in file.read()
    self.until(said)
    self.assertEqual(self.json("show", case["number"])["status"], "new")
    with open(os.path.join(self.post, "log")) as file:
      self.assertNotIn("Login: user", file.read())


if __name__ == "__main__":
  main()
