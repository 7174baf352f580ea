#!/usr/bin/env python3
"""The benchmark: one row a figure of TARGETS, suco and its peer in turn, in one run.

usage: bench.py BUILD WORK [--quick] [PART...]

A figure counts as a ratio of medians measured in the same run; the spread is
printed beside it.  A peer that is not installed is said and skipped.
"""
import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import engine

BUILD, WORK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROOT = os.path.abspath(os.path.dirname(__file__) + "/../..")
QUICK = "--quick" in sys.argv
SUCO = BUILD + "/cli/suco"
TOOLS = BUILD + "/tests/bench/"
ENV = dict(os.environ, LANG="C.UTF-8", TERM="xterm-256color", XDG_CONFIG_HOME=WORK + "/none",
           XDG_STATE_HOME=WORK + "/state")
rows = []


def say(*words):
  print(*words, flush=True)


def run(argv, **more):
  return subprocess.run(argv, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def timed(argv, cwd=None, env=None, any_status=False):
  """Whole process: seconds and peak KB, by the system's own accounting."""
  done = subprocess.run([TOOLS + "run_time"] + argv, cwd=cwd, env=dict(ENV, **(env or {})),
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
  seconds, kb, status = done.stdout.split()
  if int(status) != 0 and not any_status:
    say("  ! exit", int(status), " ".join(argv))
  return float(seconds), int(kb)


def median(values):
  return statistics.median(values)


def spread(values):
  return "%.3g-%.3g" % (min(values), max(values))


def row(figure, what, ours, peer, unit, target, holds, name=""):
  """One line: medians, ratio, target, ok or short."""
  if not ours:
    say("%-4s %-46s skipped: %s" % (figure, what, name))
    return
  a = median(ours)
  if peer:
    b = median(peer)
    ratio = a / b if b else float("inf")
    ok = "ok" if holds(ratio) else "short"
    say("%-4s %-46s suco %.4g %s (%s)  %s %.4g (%s)  ratio %.3g  target %s  %s" %
        (figure, what, a, unit, spread(ours), name, b, spread(peer), ratio, target, ok))
  else:
    say("%-4s %-46s suco %.4g %s (%s)  %s" % (figure, what, a, unit, spread(ours), name))
  rows.append((figure, what))


def have(program):
  return shutil.which(program) is not None


def desk(count):
  path = "%s/desk-%d.db" % (WORK, count)
  made_by = os.path.getmtime(TOOLS + "make_desk")
  if not os.path.exists(path) or os.path.getmtime(path) < made_by:
    say("making a desk of %d cases..." % count)
    part = path + ".part"
    for suffix in ("", "-wal", "-shm"):
      if os.path.exists(part + suffix):
        os.remove(part + suffix)
    done = run([TOOLS + "make_desk", part, str(count)])
    if done.returncode != 0:
      sys.exit(done.stderr.decode())
    os.rename(part, path)
  return path


def tig_repository():
  path = WORK + "/repository"
  if not os.path.isdir(path):
    os.makedirs(path)
    git = ["git", "-C", path, "-c", "user.name=b", "-c", "user.email=b@b.example"]
    run(git + ["init", "-q"])
    for i in range(10):
      with open(path + "/file", "a", encoding="utf-8") as f:
        f.write("line %d\n" % i)
      run(git + ["add", "file"])
      run(git + ["commit", "-qm", "commit %d" % i])
  return path


def pty(keys, argv, cwd=None):
  out = run([TOOLS + "pty_time", "80", "24", keys, "--"] + argv, cwd=cwd).stdout.decode()
  figures = {}
  for line in out.splitlines():
    words = line.split()
    figures.setdefault(words[0], []).append([float(w) for w in words[1:]])
  return figures


def terminal(count):
  """S1-S3: start, key to frame, bytes a key."""
  if not have("tig"):
    row("S1", "start to first frame", [], [], "", "", None, "tig is not installed")
    return None
  path, repo = desk(count), tig_repository()
  if not pty("d", [SUCO, "--desk", path]).get("rss", [[0]])[0][0]:
    row("S1", "start to first frame", [], [], "", "", None, "the screens ended by themselves")
    return None
  ours = {"start": [], "d": [], "bytes": [], "keys": []}
  theirs = {"start": [], "d": [], "bytes": []}
  for _ in range(7):
    a = pty("12d4D2E3tob", [SUCO, "--desk", path])
    b = pty("8d", ["tig"], cwd=repo)
    ours["start"].append(a["start"][0][0])
    theirs["start"].append(b["start"][0][0])
    ours["d"] += [x[0] for x in a.get("d", [])]
    ours["bytes"] += [x[1] for x in a.get("d", [])]
    for key in "dDEto":
      ours["keys"] += [x[0] for x in a.get(key, [])]
    theirs["d"] += [x[0] for x in b.get("d", [])]
    theirs["bytes"] += [x[1] for x in b.get("d", [])]
  label = "%dk cases" % (count // 1000)
  row("S1", "start to first frame, " + label, ours["start"], theirs["start"], "ms",
      "<= 1.0", lambda r: r <= 1.0, "tig")
  row("S2", "key to frame (down page end tab open), " + label, ours["keys"], theirs["d"], "ms",
      "median <= 1.0", lambda r: r <= 1.0, "tig down")
  tail = sorted(ours["keys"])[max(0, int(len(ours["keys"]) * 0.99) - 1)]
  row("S2", "the same, 99th percentile", [tail], [median(theirs["d"])], "ms", "<= 4",
      lambda r: r <= 4, "tig down median")
  row("S3", "bytes for one cursor-down, " + label, ours["bytes"], theirs["bytes"], "B",
      "<= 1.0", lambda r: r <= 1.0, "tig")
  return ours


def tasks(count):
  """A taskwarrior of the same size, made once."""
  home = "%s/task-%d" % (WORK, count)
  env = {"TASKDATA": home, "TASKRC": home + "/rc"}
  if not os.path.isdir(home):
    os.makedirs(home)
    with open(home + "/rc", "w", encoding="utf-8") as f:
      f.write("confirmation=no\nverbose=nothing\n")
    with open(home + "/in.json", "w", encoding="utf-8") as f:
      for i in range(count):
        f.write(json.dumps({"description": "Mất điện tại UBND xã số %d" % i,
                            "status": "pending" if i % 33 == 0 else "completed",
                            "entry": "20260101T000000Z", "end": "20260102T000000Z"}) + "\n")
    say("making a taskwarrior of %d tasks..." % count)
    timed(["task", "import", home + "/in.json"], env=env)
  return env


def lists(count):
  path = desk(count)
  ours, theirs, our_kb, their_kb = [], [], [], []
  env = tasks(count) if have("task") else None
  for _ in range(5):
    s, kb = timed([SUCO, "--desk", path, "list", "--open", "--limit", "40", "--json"])
    ours.append(s * 1000)
    our_kb.append(kb)
    if env:
      s, kb = timed(["task", "rc.verbose=nothing", "list", "limit:40"], env=env, any_status=True)
      theirs.append(s * 1000)
      their_kb.append(kb)
  name = "task" if env else "task is not installed"
  label = "list --open --limit 40 --json, %dk" % (count // 1000)
  row("S5", label, ours, theirs, "ms", "<= 0.01", lambda r: r <= 0.01, name)
  row("S5", "the same, memory", our_kb, their_kb, "KB", "<= 0.05", lambda r: r <= 0.05, name)


def news(count):
  path = desk(count)
  copy = WORK + "/new.db"
  shutil.copy(path, copy)
  ours, task, fossil = [], [], []
  env = tasks(count) if have("task") else None
  repo = None
  if have("fossil"):
    repo = WORK + "/tickets.fossil"
    if os.path.exists(repo):
      os.remove(repo)
    run(["fossil", "new", "--admin-user", "bench", repo], cwd=WORK)
  for i in range(7):
    s, _ = timed([SUCO, "--desk", copy, "new", "--kind", "power", "--title", "Mất điện %d" % i])
    ours.append(s * 1000)
    if env and i < 3:
      s, _ = timed(["task", "add", "Mất điện %d" % i], env=env)
      task.append(s * 1000)
    if repo:
      s, _ = timed(["fossil", "ticket", "add", "title", "Mất điện %d" % i, "-R", repo, "--user", "bench"])
      fossil.append(s * 1000)
  label = "new, %dk, durable" % (count // 1000)
  row("S6", label, ours, task, "ms", "<= 0.02", lambda r: r <= 0.02,
      "task add" if task else "task is not installed")
  row("S6", label, ours, fossil, "ms", "<= 1.0", lambda r: r <= 1.0,
      "fossil ticket add" if fossil else "fossil is not installed")
  for suffix in ("", "-wal", "-shm"):
    if os.path.exists(copy + suffix):
      os.remove(copy + suffix)


def acts_of(program, words, whats, count, target):
  """Rows of S7: what the program prints by name, each beside its bare commits."""
  copy = WORK + "/acts.db"
  shutil.copy(desk(count), copy)
  out = run([TOOLS + program, copy] + words + ["2" if QUICK else "4"]).stdout.decode()
  figures = {}
  for line in out.splitlines():
    name, value = line.split()
    figures.setdefault(name, []).append(float(value))
  for name, what in whats:
    row("S7", "%s a second, %dk" % (what, count // 1000), figures.get(name, []),
        figures.get("bare", []), "/s", ">= %.2f" % target, lambda r: r >= target,
        "bare commits")
  for suffix in ("", "-wal", "-shm", ".bare", ".bare-wal", ".bare-shm"):
    if os.path.exists(copy + suffix):
      os.remove(copy + suffix)


def acts(count, target):
  acts_of("acts_per_second", [], [("suco", "durable acts")], count, target)
  acts_of("acts_in_run", [ROOT + "/playbooks/plans/pa-md.vi.json"],
          [("begin", "plans begun"), ("start", "steps started"), ("done", "steps answered, done")],
          count, target)


def hashed_bytes(path):
  """What verify hashes: headers, bodies and their salts."""
  out = run(["sqlite3", path, "SELECT COUNT(*), SUM(LENGTH(CAST(body AS BLOB))), "
             "SUM(LENGTH(kind) + LENGTH(actor_login)) FROM event"]).stdout.decode()
  events, bodies, words = [int(x) for x in out.strip().split("|")]
  # A header without its words: fixed keys, four ids, three hashes, three numbers.
  return events, bodies + 16 * events + words + 690 * events


def verify(count):
  if not have("sqlite3"):
    row("S8", "verify", [], [], "", "", None, "sqlite3 is not installed")
    return
  path = desk(count)
  events, size = hashed_bytes(path)
  plain = WORK + "/bytes"
  with open(plain, "wb") as f:
    left = size
    while left > 0:
      f.write(os.urandom(min(left, 1 << 20)))
      left -= 1 << 20
  ours, theirs = [], []
  for _ in range(3):
    s, _ = timed([SUCO, "--desk", path, "verify"])
    ours.append(size / s / 1e6)
    s, _ = timed(["sha256sum", plain])
    theirs.append(size / s / 1e6)
  os.remove(plain)
  row("S8", "verify, %d events" % events, ours, theirs, "MB/s", ">= 0.5", lambda r: r >= 0.5,
      "sha256sum")


def memory(count):
  if not have("htop"):
    row("S9", "memory of the screens", [], [], "", "", None, "htop is not installed")
    return
  few = pty("20d", [SUCO, "--desk", desk(count)])
  many = pty("900d40D20E20tob", [SUCO, "--desk", desk(count)])
  peer = pty("20d", ["htop"])
  if not few["rss"][0][0] or not many["rss"][0][0]:
    row("S9", "memory of the screens", [], [], "", "", None, "the screens ended by themselves")
    return
  row("S9", "resident after 1,000 keys, %dk" % (count // 1000), [many["rss"][0][0]],
      [peer["rss"][0][0]], "KB", "<= 2", lambda r: r <= 2, "htop")
  row("S9", "the same over 20 keys (flat)", [many["rss"][0][0]], [few["rss"][0][0]], "KB",
      "<= 1.1", lambda r: r <= 1.1, "itself")


def schema_folder():
  """The specification's folder, where it stands beside the clone."""
  for up in (ROOT + "/..", ROOT + "/../.."):
    if os.path.isdir(up + "/shared/cacao/schema/schemas"):
      return up + "/shared/cacao/schema/schemas"
  return None


def thousand_plans():
  """1,000 files: the shipped plans, each copy of another edition."""
  folder = WORK + "/plans"
  plans = sorted(glob.glob(ROOT + "/playbooks/plans/*.json"))
  if len(glob.glob(folder + "/*.json")) != 1000:
    os.makedirs(folder, exist_ok=True)
    for i in range(1000):
      with open(plans[i % len(plans)], encoding="utf-8") as f:
        text = f.read()
      with open("%s/%04d.json" % (folder, i), "w", encoding="utf-8") as f:
        f.write(text.replace('"modified": "2026', '"modified": "%04d' % (2026 + i)))
  return sorted(glob.glob(folder + "/*.json"))


def playbooks():
  files = thousand_plans()
  ours, theirs = [], []
  schema = schema_folder()
  for _ in range(3):
    s, _ = timed([SUCO, "playbook", "check"] + files)
    ours.append(s * 1000)
    # One in twenty, told for all: it takes minutes.
    done = run([sys.executable, ROOT + "/tests/bench/check_by_schema.py", schema] +
               files[::20]) if schema else None
    if done and done.returncode == 0:
      theirs.append(float(done.stdout.split()[0]) * 20 * 1000)
  row("S12", "playbook check of 1,000 files", ours, theirs, "ms", "<= 0.02",
      lambda r: r <= 0.02, "jsonschema" if theirs else "no schema or no jsonschema here")


def engines():
  """Issue "reach people": limits, not peers."""
  folder = tempfile.mkdtemp(prefix="engine-", dir=WORK)
  serve, demo = BUILD + "/serve/suco-serve", folder + "/demo.db"
  if not os.path.exists(serve):
    return
  subprocess.run([SUCO, "init", "--demo"], env=dict(ENV, SUCO_DESK=demo),
                 stdout=subprocess.DEVNULL, check=True)
  waits = engine.first_message(serve, SUCO, demo, folder, ENV, 5)
  row("ENG", "case opened to first message handed over", waits, [1.0], "s", "<= 1.0x",
      lambda r: r <= 1.0, "limit")
  percent, mb, own = engine.idle(serve, demo, folder, ENV, 20 if QUICK else 60)
  row("ENG", "idle: of one processor", [percent], [0.1], "%", "<= 1.0x",
      lambda r: r <= 1.0, "limit")
  row("ENG", "idle: resident", [mb], [12.0], "MB", "<= 1.0x", lambda r: r <= 1.0, "limit")
  row("ENG", "idle: memory that no library shares", [own], [12.0], "MB", "<= 1.0x",
      lambda r: r <= 1.0, "limit")
  team = folder + "/team.db"
  subprocess.run([SUCO, "init"], env=dict(ENV, SUCO_DESK=team), stdout=subprocess.DEVNULL,
                 check=True)
  mb, own = engine.with_mail(serve, team, folder, ENV)
  row("ENG", "the same with a mail server set (libcurl)", [mb], [], "MB", "", None,
      "of it %.1f MB that no library shares" % own)
  shutil.rmtree(folder)


def outbox_desk(name, count):
  """A fresh desk whose outbox holds so many mails, each to an address of its own."""
  path = "%s/%s.db" % (WORK, name)
  for suffix in ("", "-wal", "-shm"):
    if os.path.exists(path + suffix):
      os.remove(path + suffix)
  for argv in ([SUCO, "--desk", path, "init"], [TOOLS + "queue_bench", "fill", path, str(count)]):
    done = run(argv)
    if done.returncode != 0:
      sys.exit(done.stderr.decode())
  return path


def claims():
  times = {}
  for count in (1000, 100000) if not QUICK else (1000, 20000):
    path = outbox_desk("claim", max(count, 6500))
    times[count] = [float(t) for t in run([TOOLS + "queue_bench", "claim", path]).stdout.split()]
  small, large = sorted(times)
  row("Q1", "claim and record 64 messages, %dk waiting over 6.5k" % (large // 1000),
      times[large], times[small], "ms", "<= 1.2", lambda r: r <= 1.2, "6.5k waiting")


def mail_server(box):
  os.makedirs(box, exist_ok=True)
  with open(box + "/mode", "w") as file:
    file.write("accept")
  server = subprocess.Popen(
    ["/usr/bin/python3", ROOT + "/tests/servers/smtp_server.py", box, "--tls", "none",
     "--seconds", "900"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    stderr=subprocess.DEVNULL, text=True)
  return server, int(server.stdout.readline() or 0)


def mails():
  """S13: a full outbox to a local server, against swaks one by one."""
  if not have("swaks"):
    row("S13", "10,000 mails to a local server", [], [], "", "", None, "swaks is not installed")
    return
  box, count = WORK + "/mailbox", 2000 if QUICK else 10000
  shutil.rmtree(box, ignore_errors=True)
  server, port = mail_server(box)
  path = outbox_desk("mails", count)
  os.makedirs(WORK + "/conf/suco", exist_ok=True)
  with open(WORK + "/conf/suco/suco.conf", "w") as file:
    file.write("[mail]\nurl = smtp://127.0.0.1:%d\nfrom = suco@team.example\nplain = yes\n" % port)
  begun = time.monotonic()
  done = subprocess.run([SUCO, "--desk", path, "deliver", "--once", "--json"],
                        env=dict(ENV, XDG_CONFIG_HOME=WORK + "/conf"), stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE)
  ours = count / (time.monotonic() - begun)
  report = json.loads(done.stdout or b"{}")
  arrived = [name for name in os.listdir(box + "/mail") if name.endswith(".eml")]
  begun = time.monotonic()
  for n in range(20):
    run(["swaks", "--server", "127.0.0.1:%d" % port, "--to", "m%d@team.example" % n, "--from",
         "suco@team.example", "--header", "Subject: thu", "--body", "thu"])
  theirs = 20 / (time.monotonic() - begun)
  server.stdin.close()
  server.wait(20)
  if report.get("handed_over") != count or len(arrived) != count:
    say("  ! %d mails: %s handed over, %d arrived %s" % (
      count, report.get("handed_over"), len(arrived), done.stderr.decode()[:200]))
    ours = 0.0
  row("S13", "%d queued mails to a local server, each once" % count, [ours], [theirs], "/s",
      ">= 20", lambda r: r >= 20, "swaks one by one")


def growth(small, large, label):
  if not small or not large:
    return
  row("S10", "start, " + label, large["start"], small["start"], "ms", "<= 1.2",
      lambda r: r <= 1.2, "at 1k")
  row("S10", "key to frame, " + label, large["keys"], small["keys"], "ms", "<= 1.2",
      lambda r: r <= 1.2, "at 1k")
  row("S10", "bytes a key, " + label, large["bytes"], small["bytes"], "B", "<= 1.2",
      lambda r: r <= 1.2, "at 1k")


def terminals():
  large = 100000 if QUICK else 1000000
  growth(terminal(1000), terminal(large), "%dk over 1k" % (large // 1000))


def all_acts():
  acts(100000, 0.4)
  if not QUICK:
    acts(1000000, 0.33)


PARTS = {
  "terminal": terminals,
  "lists": lambda: lists(100000),
  "news": lambda: news(100000),
  "acts": all_acts,
  "verify": lambda: verify(100000 if QUICK else 200000),
  "memory": lambda: memory(100000 if QUICK else 1000000),
  "playbooks": playbooks,
  "engine": engines,
  "claims": claims,
  "mails": mails,
}


def main():
  os.makedirs(WORK, exist_ok=True)
  wanted = [name for name in sys.argv[3:] if name != "--quick"]
  unknown = [name for name in wanted if name not in PARTS]
  if unknown:
    sys.exit("bench: no part %s; there are: %s" % (unknown[0], " ".join(PARTS)))
  for name, part in PARTS.items():
    if not wanted or name in wanted:
      part()
  if not wanted:
    say("S11  import of cases from a file                   absent: `import` comes later")
  say("%d rows" % len(rows))


if __name__ == "__main__":
  main()
