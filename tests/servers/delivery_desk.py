"""A desk whose one member gets mail, a real SMTP server that misbehaves, the engine's
program, and a clock that a test moves (tests/servers/shift.c)."""
import os
import signal
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mail_box  # noqa: E402
from beside import start_server  # noqa: E402
from desk import SUCO, DeskTest, main  # noqa: E402, F401

QUEUE_MANY = os.environ.get("QUEUE_MANY", "build/tests/queue_many")
SERVE = os.environ.get("SUCO_SERVE", "build/serve/suco-serve")
SHIFT = os.environ.get("SHIFT", "build/tests/libshift.so")

try:
  import aiosmtpd  # noqa: F401
except ImportError:
  print("skipped: python3-aiosmtpd is missing")
  sys.exit(77)


class Clock:
  """What shift.c adds to the wall clock of the programs that have env()."""

  def __init__(self, folder):
    self.path = os.path.join(folder, "clock")
    self.ms = 0
    self.set(0)

  def set(self, ms):
    self.ms = ms
    with open(self.path, "r+b" if os.path.exists(self.path) else "wb") as file:
      file.write(struct.pack("=q", ms))

  def add(self, seconds):
    self.set(self.ms + int(seconds * 1000))

  def now(self):
    return int(time.time() * 1000) + self.ms

  def env(self):
    return {"LD_PRELOAD": SHIFT, "SHIFT_CLOCK": self.path, "ASAN_OPTIONS": ":".join(filter(
      None, (os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0")))}


class DeliveryTest(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.json("member", "add", "lan", "--name", "Trần Lan", "--role", "responder",
              "--mail", "lan@team.example")
    # Many mails to one person are wanted here.
    self.json("setting", "set", "limit.mail.address", "none")
    self.json("setting", "set", "bundle_after", "0")
    self.engines = []
    self.tests_sent = 0 # by `notify test`: of no message

  def serve_mail(self, mode="accept", tls="none"):
    self.box = os.path.join(self.folder, "smtp")
    os.makedirs(self.box)
    self.mode(mode)
    port = start_server(self, "smtp_server.py", self.box, "--tls", tls,
                        then=self.check_nothing_unexpected)
    self.configure("url = smtp://127.0.0.1:%d" % port, "from = suco@team.example",
                   "plain = yes", "connect_timeout = 2", "transfer_timeout = 3")
    while mode == "refuse":
      try:
        socket.create_connection(("127.0.0.1", port), 1).close()
      except ConnectionRefusedError:
        break
      except OSError:
        pass

  def check_nothing_unexpected(self):
    mail_box.check(self, self.path, self.box, self.tests_sent)

  def kept(self):
    return mail_box.kept(self.box)

  def configure(self, *lines, section="mail"):
    self.sections = {section: list(lines), "serve": ["listen = none"]}
    self.configure_more({})

  def configure_more(self, sections):
    self.sections.update(sections)
    folder = os.path.join(self.folder, ".config", "suco")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "suco.conf"), "w") as file:
      for section, lines in self.sections.items():
        file.write("[%s]\n%s\n" % (section, "\n".join(lines)))

  def mode(self, mode):
    path = os.path.join(self.box, "mode")
    with open(path + ".part", "w") as file:
      file.write(mode)
    os.rename(path + ".part", path)

  def queue(self, count=1, login="lan"):
    done = subprocess.run([QUEUE_MANY, self.path, login, str(count)], env=self.env,
                          capture_output=True, text=True)
    self.assertEqual(done.returncode, 0, done.stderr)

  def engine(self, *words, env=None):
    engine = subprocess.Popen([SERVE, "--lang", "en", *words], env=dict(self.env, **(env or {})),
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    self.engines.append(engine)
    self.addCleanup(self.end, engine)
    return engine

  def end(self, engine):
    if engine.poll() is None:
      engine.send_signal(signal.SIGCONT)
      engine.kill()
    engine.wait(10)
    engine.stderr.close()

  def stop(self, engine):
    engine.send_signal(signal.SIGTERM)
    self.assertEqual(engine.wait(15), 0)

  def messages(self):
    return self.json("outbox", "--limit", "5000")

  def wait(self, what, seconds=30):
    until = time.monotonic() + seconds
    while not what():
      if time.monotonic() > until:
        self.fail("not within %d s: %s" % (seconds, [
          (m["state"], m["reason"], m["attempts"][-2:]) for m in self.messages()[:4]]))
      time.sleep(0.05)

  def all_are(self, state):
    return lambda: all(m["state"] == state for m in self.messages())

  def mails(self):
    """Message-ID of every mail that the server kept."""
    return [mail["id"] for mail in self.kept()]

  def check_none_lost(self):
    wanted = {m["message_id"] for m in self.messages()}
    self.assertEqual(set(self.mails()), wanted)
    proof = self.json("verify", "--replay")
    self.assertEqual((proof["chain"], proof["replay"]), ("ok", "ok"))

  def kinds(self):
    return [e["kind"] for e in self.json("timeline", "1") if e["kind"].startswith("message")]

  def rows(self, sql, *args):
    """What a stranger's connection reads."""
    return mail_box.rows(self.path, sql, *args)

  def count(self, sql, *args):
    return self.rows("SELECT count(*) FROM " + sql, *args)[0][0]
