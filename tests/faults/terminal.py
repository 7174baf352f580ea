"""suco on a pseudo-terminal: its bytes as they are sent, its keys, its end."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from faults import SUCO

ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78cDEHMNOZ])|[\x0e\x0f]")
BACK = (b"\x1b[?1049l", b"\x1b[?2004l")  # the other screen is left, paste is plain


class Terminal:
  def __init__(self, env, *words, term="xterm-256color", rows=24, cols=80,
               program=(SUCO, "--lang", "en")):
    self.master, slave = pty.openpty()
    self.slave = slave  # kept open: what it says after the end can be asked
    self.size(rows, cols, quiet=True)
    self.before = termios.tcgetattr(slave)
    self.sent = b""
    env = dict(env, TERM=term)
    self.child = subprocess.Popen([*program, *words], stdin=slave,
                                  stdout=slave, stderr=slave, env=env,
                                  start_new_session=True, preexec_fn=self.take)
    os.set_blocking(self.master, False)

  def take(self):
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

  def size(self, rows, cols, quiet=False):
    fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
    if not quiet and self.child.poll() is None:
      os.kill(self.child.pid, signal.SIGWINCH)

  def drain(self, seconds=0.0):
    """Reads what is there, and waits so long for the first of it."""
    while select.select([self.master], [], [], seconds)[0]:
      try:
        got = os.read(self.master, 65536)
      except OSError:
        return False
      if not got:
        return False
      self.sent += got
      seconds = 0
    return True

  def text(self, since=0):
    return ESCAPES.sub(b"", self.sent[since:]).decode(errors="replace")

  def wait(self, text, since=0, seconds=20):
    """The text, drawn in one piece since this place of what was sent."""
    end = time.monotonic() + seconds
    while text not in self.text(since):
      self.drain(0.05)
      if time.monotonic() > end or (self.child.poll() is not None and not self.drain(0.05)
                                    and text not in self.text(since)):
        raise AssertionError("no %r but (ended: %s)\n%s" %
                             (text, self.child.poll(), self.text(since)[-3000:]))
    return len(self.sent)

  def keys(self, data):
    """Types; returns the place from where the answer counts."""
    self.drain()
    place = len(self.sent)
    data = data.encode() if isinstance(data, str) else data
    end = time.monotonic() + 30
    while data and self.child.poll() is None:
      self.drain(0)
      if select.select([], [self.master], [], 0.1)[1]:
        data = data[os.write(self.master, data[:1024]):]
      if time.monotonic() > end:
        raise AssertionError("it does not read what is typed")
    return place

  def ended(self, seconds=10):
    """Its exit status; None while it runs."""
    end = time.monotonic() + seconds
    while self.child.poll() is None and time.monotonic() < end:
      self.drain(0.02)
    self.drain(0.05)
    return self.child.poll()

  def hang_up(self):
    os.close(self.slave)
    os.close(self.master)
    self.slave = self.master = -1

  def is_clean(self):
    """The terminal is as it was."""
    now = termios.tcgetattr(self.slave)
    return now[:4] == self.before[:4] and all(seq in self.sent for seq in BACK)

  def close(self):
    if self.child.poll() is None:
      self.child.kill()
      self.child.wait()
    for fd in (self.master, self.slave):
      if fd >= 0:
        os.close(fd)
    self.master = self.slave = -1
