"""What the fault tests share: a desk in a folder of its own (tests/cli), a look
into its file, and skipping with a reason (exit 77) where a part is missing."""
import os
import random
import shutil
import sqlite3
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from desk import SUCO, DeskTest  # noqa: E402, F401

ACTS = os.environ.get("ACTS", os.path.join("build", "tests", "faults", "acts"))
SEED = int(os.environ.get("SUCO_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)


class FaultTest(DeskTest):
  def rows(self, sql, *args, path=None):
    """What a stranger's connection reads."""
    db = sqlite3.connect("file:%s?mode=ro" % (path or self.path), uri=True)
    try:
      return db.execute(sql, args).fetchall()
    finally:
      db.close()

  def tamper(self, script, path=None):
    db = sqlite3.connect(path or self.path)
    try:
      db.executescript(script)
    finally:
      db.close()

  def copy(self, name):
    """The desk as it stands, in one file of another name."""
    to = os.path.join(self.folder, name)
    db = sqlite3.connect(self.path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    shutil.copy(self.path, to)
    return to

  def story(self):
    """A little of everything that a day's work writes."""
    self.init("--profile", "quangngai")
    number = self.new("Mất điện trạm chính TTDL, chạy ắc quy")["number"]
    other = self.new("Mất mạng theo", "link")["number"]
    self.run_suco("ack", number)
    self.run_suco("severity", number, "4", "--reason", "máy phát không nhận tải")
    self.run_suco("note", number, "ắc quy còn 45 phút")
    self.run_suco("task", number, "add", "gọi bên điện", "--due", "+15m")
    self.run_suco("observable", number, "ip", "203.0.113.7")
    sheet = os.path.join(self.folder, "sheet.log")
    with open(sheet, "w", encoding="utf-8") as f:
      f.write("dòng một\n" * 40000)
    self.run_suco("evidence", number, "add", sheet)
    self.run_suco("link", number, other)
    self.run_suco("begin", number)
    self.run_suco("step", number, "1", "start")
    self.run_suco("undo", number)
    self.watch(number)
    return number

  def watch(self, number):
    """A little of everything that a night on watch writes."""
    self.run_suco("member", "add", "lan", "--name", "Phạm Thị Lan", "--role",
                  "coordinator")
    self.run_suco("tin", "--what", "mất mạng, một cửa dừng", "--unit", "ba to", "--from",
                  "Nam", "--callback", "0914000111")
    self.run_suco("tin", "join", "1", number)
    self.run_suco("call", number, "dien", "--answered-by", "trực ban", "--result",
                  "hẹn 03:30", "--verified")
    self.run_suco("wait", number, "vien_thong", "--for", "nối tuyến", "--promised", "+30m")
    self.run_suco("wait", number, "asked", "1", "--said", "đang hàn")
    self.run_suco("ask", number, "tt_cds", "--question", "Tắt?", "--options", "Tắt,Giữ",
                  "--fallback", "tắt theo thứ tự")
    self.run_suco("answer", number, "1", "--answer", "Tắt", "--by", "đ/c Minh")
    self.run_suco("point", number, "add", "Ba Tơ", "trạm không có tên")
    self.run_suco("point", number, "set", "1", "state=back")
    self.run_suco("posted", number, "zalo", "THÔNG BÁO: mất điện", "--to", "points")
    self.run_suco("confirmed", number, "last", "all")
    self.run_suco("reportable", number, "yes", "--reason", "gián đoạn")
    self.run_suco("notice", "sent", number, "initial-24h", "--number", "12/TB",
                  "--channel", "phone")
    self.run_suco("countdown", number, "add", "CÒN ĐIỆN", "38")
    self.run_suco("quick", number)
    self.run_suco("holiday", "add", "12/02/2027", "Tết")
    self.run_suco("obligation", "list")
    self.run_suco("planned", "add", "LGSP", "--what", "vá", "--from", "+2h")
    self.run_suco("scene", "hold", number, "--body", "Công an tỉnh", "--document", "12/CV")
    self.run_suco("evidence", number, "handover", "1", "--to", "ông D")
    self.run_suco("log", "SOC: bình thường")
    self.run_suco("handover", "give", "--to", "lan")


def poll(what, seconds, every=0.01):
  """Asks until it is true or the time is over; what it said last."""
  end = time.monotonic() + seconds
  while True:
    answer = what()
    if answer or time.monotonic() > end:
      return answer
    time.sleep(every)


def main():
  print("seed %d (SUCO_SEED runs it again)" % SEED, flush=True)
  program = unittest.main(verbosity=2, exit=False)
  for test, why in program.result.skipped:
    print("skipped: %s: %s" % (test.id(), why))
  if not program.result.wasSuccessful():
    sys.exit(1)
  sys.exit(77 if program.result.skipped else 0)
