#!/usr/bin/env python3
"""What a disk does to a desk (TARGETS E3): full, read-only, damaged, locked, a
journal that is missing or foreign.  Each is a clear line with exit 5 (verify: 6);
nothing that was confirmed is lost, and all works again once the cause is gone."""
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys

import faults
from faults import ACTS, SEED, FaultTest
from terminal import Terminal

PAGE = 4096
INSIDE = "SUCO_FAULTS_INSIDE"


class OwnDisk(FaultTest):
  """On a small file system of our own."""

  def setUp(self):
    super().setUp()
    self.disk = os.path.join(self.folder, "disk")
    os.mkdir(self.disk)
    self.mount("-t", "tmpfs", "-o", "size=8m", "tmpfs")
    self.addCleanup(subprocess.run, ["umount", self.disk], check=True)
    self.path = os.path.join(self.disk, "desk.db")
    self.env["SUCO_DESK"] = self.path

  def mount(self, *words):
    subprocess.run(["mount", *words, self.disk], check=True, capture_output=True)

  def fill(self, pages):
    """Leaves so many pages of the disk."""
    free = os.statvfs(self.disk)
    size = (free.f_bavail - pages) * free.f_frsize
    self.assertGreaterEqual(size, 0)
    with open(os.path.join(self.disk, "filler"), "wb") as f:
      os.posix_fallocate(f.fileno(), 0, max(size, 1))

  def unfill(self):
    os.unlink(os.path.join(self.disk, "filler"))

  def said(self, result):
    self.assertGreaterEqual(result.code, 0, msg=repr(result))
    self.assertEqual(result.out == "", result.code != 0, msg=repr(result))
    if result.code != 0:
      self.assertEqual(result.code, 5, msg=repr(result))
      self.assertEqual(result.error()["code"], "io", msg=repr(result))
      self.assertNotIn("\n", result.error()["message"])

  def test_a_full_disk_at_every_page(self):
    self.init()
    number = self.new()["number"]
    sheet = os.path.join(self.folder, "sheet")
    with open(sheet, "wb") as f:
      f.write(random.Random(SEED).randbytes(80000))
    before = self.events()
    full = 0
    for pages in list(range(0, 40)) + [60, 80, 120]:
      for words in (["note", number, "x" * 9000], ["new", "--kind", "power", "--title",
                    "khi đĩa đầy"], ["evidence", number, "add", sheet]):
        self.fill(pages)
        result = self.raw("--lang", "en", *words, "--json")
        looked = self.raw("--lang", "en", "list", "--json")
        self.unfill()
        self.said(result)
        self.said(looked)
        if result.code == 0:
          before = result.json()["appended"][-1]["seq"]
        else:
          full += "full" in result.error()["message"]
        self.assertEqual(self.events(), before, msg="%d pages: %r" % (pages, result))
    self.assertGreater(full, 10)
    self.whole()
    self.run_suco("note", number, "lại có chỗ")

  def test_a_full_disk_while_a_desk_is_made_leaves_nothing(self):
    for pages in (0, 1, 2, 5, 10, 20, 40, 80):
      self.fill(pages)
      result = self.raw("--lang", "en", "init", "--profile", "quangngai", "--json")
      if result.code != 0:
        self.said(result)
        self.assertEqual(os.listdir(self.disk), ["filler"], msg="%d: %r" % (pages, result))
      self.unfill()
      if result.code == 0:
        break
    if result.code != 0:
      self.init("--profile", "quangngai")
    self.whole()

  def test_a_full_disk_gives_no_half_backup(self):
    self.init("--profile", "quangngai")
    if self.raw("help", "backup").code != 0:
      return
    to = os.path.join(self.disk, "copy.db")
    for pages in (0, 1, 3, 10, 100):
      self.fill(pages)
      self.said(self.raw("--lang", "en", "backup", to, "--json"))
      self.assertEqual([n for n in os.listdir(self.disk) if n.startswith("copy")], [])
      self.unfill()
    self.run_suco("backup", to)

  def test_a_note_typed_on_a_full_disk_is_not_lost(self):
    self.init()
    self.new()
    self.env["XDG_STATE_HOME"] = os.path.join(self.disk, "state")
    terminal = Terminal(self.env)
    self.addCleanup(terminal.close)
    terminal.wait("F7 new report")
    terminal.wait("TIMELINE", terminal.keys("\r"))
    terminal.wait("Note *", terminal.keys("c"))
    self.fill(0)
    terminal.keys("không mất chữ nào " + "x" * 9000)
    terminal.wait("ERROR", terminal.keys("\x1b[21~"))
    self.assertIsNone(terminal.child.poll())
    self.unfill()
    terminal.wait("note on", terminal.keys("\x1b[21~"))
    said = self.rows("SELECT body FROM event WHERE kind = 'note_added'")
    self.assertEqual(len(said), 1)
    self.assertIn("không mất chữ nào", said[0][0])
    terminal.close()
    self.whole()

  def test_a_read_only_disk_is_read_and_never_written(self):
    self.init()
    number = self.new()["number"]
    before = self.events()
    for ended in ("as a killed program leaves it", "as it is left"):
      if ended.startswith("as a killed"):
        self.killed()
        before = self.rows("SELECT max(seq) FROM event")[0][0]
      else:
        self.events()
      self.mount("-o", "remount,bind,ro")
      error = self.refused(5, "io", "note", number, "không ghi được")
      self.assertIn("read-only", error["message"])
      for words in (["list"], ["show", number], ["verify"], ["search", "dien"]):
        result = self.raw("--lang", "en", *words, "--json")
        self.assertEqual(result.code, 0, msg="%s: %r" % (ended, result))
      self.copied(number)
      self.mount("-o", "remount,bind,rw")
      self.assertEqual(self.events(), before)
    self.run_suco("note", number, "lại ghi được")
    self.whole()

  def copied(self, number):
    """What the house still has is taken out, and that nobody wrote it down is said."""
    to = os.path.join(self.folder, "copy.txt")
    result = self.raw("--lang", "en", "copy", number, "-o", to)
    self.assertEqual(result.code, 0, msg=repr(result))
    self.assertIn("does not say that you took a copy", result.err)
    os.unlink(to)

  def test_a_case_is_copied_from_a_full_disk(self):
    self.init()
    number = self.new()["number"]
    self.fill(0)
    self.copied(number)
    self.unfill()
    self.whole()

  def killed(self):
    child = subprocess.Popen([ACTS, self.path, "3"], stdout=subprocess.PIPE, env=self.env)
    for _ in range(40):
      child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()


class Limits(FaultTest):
  def test_a_file_size_limit_is_a_failure_and_not_a_death(self):
    self.init()
    number = self.new()["number"]
    before = self.events()
    told = 0
    for words in (["note", number, "x" * 60000], ["new", "--kind", "power", "--title", "x"]):
      for more in range(0, 30):
        limit = os.path.getsize(self.path) + more * PAGE if more % 2 else more * PAGE
        done = subprocess.run(
          [faults.SUCO, "--lang", "en", *words, "--json"], env=self.env,
          capture_output=True, timeout=60, check=False,
          preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                            (limit, limit)))
        self.assertIn(done.returncode, (0, 5), msg=done.stderr)
        if done.returncode == 0:
          before = json.loads(done.stdout)["appended"][-1]["seq"]
        told += done.returncode == 5
        self.assertEqual(self.events(), before)
    self.assertGreater(told, 3)
    self.whole()


class Damage(FaultTest):
  WORDS = (["list", "--json"], ["search", "dien", "--json"], ["verify", "--replay", "--json"])

  def ways(self, chance, path):
    """Damages a file at random; says how."""
    size = os.path.getsize(path)
    at = chance.randrange(size)
    way = chance.choice(["bytes", "bytes", "bytes", "zeros", "cut", "swap"])
    with open(path, "r+b") as f:
      if way == "bytes":
        for _ in range(chance.choice([1, 1, 8, 64])):
          f.seek(min(size - 1, at + chance.randrange(256)))
          f.write(bytes([chance.randrange(256)]))
      elif way == "zeros":
        f.seek(at - at % PAGE)
        f.write(bytes(PAGE))
      elif way == "cut":
        f.truncate(at)
      else:
        other = chance.randrange(size)
        f.seek(at - at % PAGE)
        one = f.read(PAGE)
        f.seek(other - other % PAGE)
        f.write(one)
    return "%s at %d of %d" % (way, at, size)

  def look(self, path, number, said, how):
    """Nothing crashes; what is wrong is told; what verify calls whole is."""
    wrong = {}
    for words in (*self.WORDS, ["show", number, "--json"], ["timeline", number, "--json"],
                  ["note", number, "vẫn ghi", "--json"]):
      result = self.raw("--desk", path, "--lang", "en", *words)
      note = "seed %d, %s: %r" % (SEED, how, result)
      self.assertIn(result.code, (0, 1, 3, 5, 6), msg=note)
      if result.code == 6:
        self.assertEqual(words[0], "verify", msg=note)
        self.assertTrue(result.json()["first_bad"]["text"], msg=note)
      elif result.code != 0:
        self.assertTrue(result.error()["message"], msg=note)
      wrong[words[0]] = result.code
      if words[0] in said and wrong["verify"] == 0 if "verify" in wrong else False:
        self.assertEqual(result.out, said[words[0]], msg=note)
    return wrong

  def test_a_desk_damaged_at_random_bytes_is_found_and_crashes_nothing(self):
    number = self.story()
    path = self.copy("whole.db")
    said = {words[0]: self.run_suco("--desk", path, *words).out
            for words in (["show", number, "--json"], ["timeline", number, "--json"])}
    chance = random.Random(SEED)
    found = 0
    rounds = int(os.environ.get("SUCO_DAMAGE", "40"))
    for n in range(rounds):
      hurt = os.path.join(self.folder, "hurt%d.db" % n)
      shutil.copy(path, hurt)
      how = self.ways(chance, hurt)
      wrong = self.look(hurt, number, said, how)
      found += wrong["verify"] != 0
      for name in (hurt, hurt + "-wal", hurt + "-shm"):
        if os.path.exists(name):
          os.unlink(name)
    print("%d of %d damages were found by verify --replay" % (found, rounds))
    self.assertGreater(found, 0)

  def unclean(self):
    """A desk with a journal, as a killed program leaves it; somebody reads
    meanwhile, so that the journal's content stays there."""
    reader = sqlite3.connect(self.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchall()
    child = subprocess.Popen([ACTS, self.path, str(SEED)], stdout=subprocess.PIPE,
                             env=self.env)
    for _ in range(60):
      child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    self.assertGreater(os.path.getsize(self.path + "-wal"), 0)
    self.addCleanup(reader.close)

  def take(self, name):
    """Copies desk and journal as they lie there."""
    to = os.path.join(self.folder, name)
    for end in ("", "-wal"):
      shutil.copy(self.path + end, to + end)
    return to

  def test_a_damaged_journal_loses_its_end_and_no_more(self):
    self.init("--profile", "quangngai")
    number = self.new()["number"]
    first = self.events()
    self.unclean()
    chance = random.Random(SEED)
    for n in range(12):
      hurt = self.take("wal%d.db" % n)
      how = self.ways(chance, hurt + "-wal")
      result = self.raw("--desk", hurt, "--lang", "en", "verify", "--replay", "--json")
      self.assertEqual(result.code, 0, msg="seed %d, %s: %r" % (SEED, how, result))
      self.assertGreaterEqual(result.json()["events"], first)
      self.run_suco("--desk", hurt, "note", number, "vẫn ghi")

  def test_a_missing_journal_is_found_by_the_head_that_left_the_desk(self):
    self.init("--profile", "quangngai")
    number = self.new()["number"]
    self.unclean()
    bare = self.take("bare.db")
    whole = self.take("there.db")
    os.unlink(bare + "-wal")
    head = self.run_suco("--desk", whole, "verify", "--json").json()["head"]
    self.run_suco("--desk", whole, "verify", "--head", head)
    self.run_suco("--desk", bare, "verify", "--replay")
    result = self.run_suco("--desk", bare, "verify", "--head", head, "--json", code=6)
    self.assertFalse(result.json()["head_found"])
    self.run_suco("--desk", bare, "note", number, "vẫn ghi")

  def test_a_foreign_journal_is_never_taken_for_a_whole_desk(self):
    self.init("--profile", "quangngai")
    number = self.new()["number"]
    old = self.copy("old.db")
    was = self.run_suco("--desk", old, "timeline", number, "--json").out
    self.run_suco("note", number, "x" * 60000)
    self.copy("between.db")
    self.unclean()
    # Somebody copies an old desk over the live one, and leaves its journal.
    shutil.copy(self.path + "-wal", old + "-wal")
    result = self.raw("--desk", old, "--lang", "en", "verify", "--replay", "--json")
    self.assertIn(result.code, (0, 5, 6), msg=repr(result))
    if result.code == 0:
      self.assertEqual(self.run_suco("--desk", old, "timeline", number, "--json").out, was)
    print("a foreign journal: verify says %d" % result.code)


class Strange(FaultTest):
  def seen(self):
    """Every file of the folder with what is in it."""
    all_ = {}
    for name in os.listdir(self.folder):
      path = os.path.join(self.folder, name)
      all_[name] = ""
      if os.path.isfile(path):
        with open(path, "rb") as f:
          all_[name] = f.read()
    return all_

  def test_what_is_no_desk_is_named(self):
    def make(name, content=None):
      path = os.path.join(self.folder, name)
      if content is not None:
        with open(path, "wb") as f:
          f.write(content)
      return path
    os.mkdir(make("folder"))
    os.mkfifo(make("fifo"))
    os.symlink("nowhere", make("dangling"))
    os.symlink("loop", make("loop"))
    make("empty", b"")
    make("text", b"not a database\n" * 400)
    make("half", b"SQLite format 3\0" + bytes(84))
    make("other")
    db = sqlite3.connect(make("other"))
    db.executescript("CREATE TABLE head (a); INSERT INTO head VALUES (1)")
    db.close()
    for name, codes in (("folder", "bad_input"), ("fifo", "bad_input"),
                        ("dangling", "not_found"), ("loop", "io"), ("empty", "io"),
                        ("text", "io"), ("half", "io"), ("other", "io"),
                        ("none/desk.db", "not_found"), ("text/desk.db", "not_found")):
      path = make(name)
      before = self.seen()
      for words in (["list"], ["note", "1", "x"], ["verify"]):
        result = self.raw("--desk", path, "--lang", "en", *words, "--json")
        self.assertEqual(result.out, "", msg=repr(result))
        error = result.error()
        self.assertEqual(error["code"], codes, msg=repr(result))
        self.assertEqual(result.code, {"bad_input": 1, "not_found": 3, "io": 5}[codes])
        self.assertIn(name, error["message"])
        self.assertNotIn("\n", error["message"])
      self.assertEqual(self.seen(), before, msg=name)
    for device in ("/dev/null", "/dev/zero"):
      self.refused(1, "bad_input", "--desk", device, "list")

  def test_a_newer_schema_is_left_alone(self):
    self.init()
    self.tamper("UPDATE head SET schema_number = 99")
    with open(self.path, "rb") as f:
      before = f.read()
    for words in (["list"], ["note", "1", "x"], ["verify", "--replay"]):
      self.assertIn("newer", self.refused(5, "unavailable", *words)["message"])
    with open(self.path, "rb") as f:
      self.assertEqual(f.read(), before)

  def test_a_stranger_who_holds_the_desk_is_waited_for_then_told(self):
    self.init()
    number = self.new()["number"]
    before = self.events()
    stranger = sqlite3.connect(self.path, isolation_level=None)
    stranger.execute("BEGIN EXCLUSIVE")
    note = [faults.SUCO, "--lang", "en", "note", number, "chờ", "--json"]
    first = subprocess.Popen(note, env=self.env, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    self.run_suco("list")  # readers go on
    out, wrong = first.communicate(timeout=60)
    self.assertEqual((first.returncode, out), (5, b""), msg=wrong)
    self.assertIn(b'"locked"', wrong)
    # Whoever lets go in time is not noticed.
    second = subprocess.Popen(note, env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    self.assertEqual(self.events(), before)
    stranger.execute("ROLLBACK")
    out, wrong = second.communicate(timeout=60)
    self.assertEqual(second.returncode, 0, msg=wrong)
    self.assertEqual(self.events(), before + 1)
    # Nobody else may even read.
    stranger.executescript("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE;"
                           "CREATE TABLE strange (a); ROLLBACK")
    stranger.close()
    self.run_suco("note", number, "lại được")
    self.whole()


def inside():
  """Again, in a mount namespace of our own: what is mounted goes with it."""
  if os.environ.get(INSIDE) is not None:
    return
  os.environ[INSIDE] = ""
  for how in (["unshare", "-m"], ["unshare", "-rm"]):
    probe = how + ["sh", "-c", "d=$(mktemp -d) && mount -t tmpfs tmpfs \"$d\";"
                   " r=$?; umount \"$d\"; rmdir \"$d\"; exit $r"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
      os.environ[INSIDE] = "1"
      os.execvp(how[0], how + [sys.executable] + sys.argv)


if __name__ == "__main__":
  try:
    inside()
  except FileNotFoundError:
    pass
  if not os.environ.get(INSIDE):
    print("no mount namespace here (unshare -m, unshare -rm): a full disk is tried"
          " by file size limits alone, a read-only one not at all")
    del OwnDisk
  faults.main()
