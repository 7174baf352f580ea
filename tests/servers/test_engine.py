#!/usr/bin/env python3
"""The engine as a program: what it tells of itself over HTTP, the heartbeat that it
gives only when all is well, the nightly backup, and people called in time."""
import http.server
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
from desk import DeskTest, main  # noqa: E402

SERVE = os.environ.get("SUCO_SERVE", "build/serve/suco-serve")
HTTP = os.environ.get("SUCO_HTTP") == "1"
SAMPLE = re.compile(r'^(suco_[a-z_]+)(\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"\})? (-?\d+(?:\.\d+)?)$')


needs_http = unittest.skipUnless(HTTP, "built without libmicrohttpd")


class Monitor(threading.Thread):
  """Somebody outside, who counts the heartbeats."""

  def __init__(self):
    super().__init__(daemon=True)
    self.beats = 0
    monitor = self

    class Door(http.server.BaseHTTPRequestHandler):
      def do_GET(self):
        monitor.beats += self.path == "/beat"
        self.send_response(200)
        self.end_headers()

      def log_message(self, *_):
        pass

    self.server = http.server.HTTPServer(("127.0.0.1", 0), Door)
    self.url = "http://127.0.0.1:%d/beat" % self.server.server_port

  def run(self):
    self.server.serve_forever(0.05)

  def end(self):
    self.server.shutdown()
    self.join(10)
    self.server.server_close()


class Engine(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.engines = []
    self.backups = os.path.join(self.folder, "backups")
    os.makedirs(self.backups)
    self.port = 0

  def configure(self, *lines):
    # A port that was free a moment ago; the engine says when it is not.
    probe = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    self.port = probe.server_port
    probe.server_close()
    folder = os.path.join(self.folder, ".config", "suco")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "suco.conf"), "w") as file:
      file.write("[file]\nmaildir = %s/mail\n[serve]\nlisten = 127.0.0.1:%d\n%s\n"
                 % (self.folder, self.port, "\n".join(lines)))

  def engine(self, *words):
    engine = subprocess.Popen([SERVE, "--lang", "en", *words], env=self.env,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    self.engines.append(engine)
    self.addCleanup(self.end, engine)
    return engine

  def end(self, engine):
    if engine.poll() is None:
      engine.kill()
    engine.wait(10)
    engine.stderr.close()

  def stop(self, engine):
    engine.send_signal(signal.SIGTERM)
    self.assertEqual(engine.wait(15), 0)

  def get(self, path, **headers):
    request = urllib.request.Request("http://127.0.0.1:%d%s" % (self.port, path),
                                     headers=headers)
    try:
      with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
      return error.code, error.read().decode()
    except OSError:
      return 0, ""

  def health(self):
    status, text = self.get("/health")
    return status, json.loads(text) if text else {}

  def wait(self, what, seconds=20):
    until = time.monotonic() + seconds
    while not what():
      self.assertLess(time.monotonic(), until, "not within %d s" % seconds)
      time.sleep(0.05)

  def sql(self, text, *values):
    with sqlite3.connect(self.path, timeout=10) as db:
      return db.execute(text, values).fetchall()

  # ---- what it tells ----

  @needs_http
  def test_health_tells_who_leads_and_each_modules_last_turn(self):
    self.configure()
    first = self.engine()
    self.wait(lambda: self.health()[0] == 200)
    _, health = self.health()
    self.assertEqual((health["ok"], health["leads"], health["problems"]), (True, True, []))
    names = [m["module"] for m in health["modules"]]
    for name in ("deliver", "duty", "escalate", "backup", "audit"):
      self.assertIn(name, names)
    self.assertTrue(all(m["ok"] and m["age_s"] <= 30 for m in health["modules"]), health)
    self.assertEqual(self.get("/health", **{"X-Forwarded-For": "192.0.2.1"})[0], 404)
    self.assertEqual(self.get("/nothing")[0], 404)
    self.stop(first)
    self.assertEqual(self.health(), (0, {}))

  def put_aside(self, folder):
    for end in ("", "-wal", "-shm"):
      if os.path.exists(self.path + end):
        os.rename(self.path + end, os.path.join(folder, "desk.db" + end))

  def test_an_engine_ends_when_its_desk_is_put_aside(self):
    # SQLite would write on into a file that nobody sees, and call for it.
    self.configure()
    for another in (False, True):
      aside = os.path.join(self.folder, "aside%d" % another)
      os.makedirs(aside)
      engine = self.engine()
      while "leads" not in engine.stderr.readline():
        self.assertIsNone(engine.poll())
      self.put_aside(aside)
      if another:
        self.init()
      self.assertEqual(engine.wait(20), 5)
      self.assertIn("moved, removed or replaced", engine.stderr.read())
      if not another:
        self.init()

  @needs_http
  def test_metrics_are_prometheus_text(self):
    self.configure()
    self.engine()
    self.wait(lambda: self.health()[0] == 200)
    status, text = self.get("/metrics")
    self.assertEqual(status, 200)
    kinds, seen = {}, set()
    for line in text.splitlines():
      if line.startswith("# HELP "):
        name = line.split()[2]
        self.assertNotIn(name, kinds)
        self.assertGreater(len(line.split(None, 3)[3]), 5)
      elif line.startswith("# TYPE "):
        _, _, name, kind = line.split()
        self.assertIn(kind, ("counter", "gauge"))
        self.assertEqual(kind == "counter", name.endswith("_total"), name)
        self.assertNotRegex(name, "milli|_ms", "seconds are the unit")
        kinds[name] = kind
      else:
        match = SAMPLE.match(line)
        self.assertIsNotNone(match, line)
        self.assertIn(match.group(1), kinds, "no TYPE before " + line)
        self.assertNotIn(match.group(1, 2), seen)
        seen.add(match.group(1, 2))
    self.assertIn(("suco_leads", None), seen)
    self.assertIn(("suco_module_turns_total", '{module="audit"}'), seen)

  @needs_http
  def test_a_port_that_is_taken_keeps_nobody_from_being_told(self):
    self.configure()
    self.engine()
    self.wait(lambda: self.health()[0] == 200)
    second = self.engine()
    lines = second.stderr.readline() + second.stderr.readline()
    self.assertIn("no HTTP doors at", lines)
    self.assertIn("stands by", lines)

  # ---- it watches itself ----

  @needs_http
  def test_the_heartbeat_stops_while_a_case_waits_unhandled(self):
    monitor = Monitor()
    monitor.start()
    self.addCleanup(monitor.end)
    self.configure("heartbeat_url = " + monitor.url)
    number = self.new("Mất điện trạm", "power")["number"]
    self.stop_calls(number)
    self.engine()
    self.wait(lambda: self.health()[1].get("problems"))
    status, health = self.health()
    self.assertEqual(status, 503)
    self.assertIn(("call_stuck", number),
                  [(p["problem"], p.get("case")) for p in health["problems"]])
    self.assertEqual(monitor.beats, 0)
    fact = self.sql("SELECT value FROM local_fact WHERE name = 'engine.audit'")
    self.assertIn("call_stuck", fact[0][0])

  def stop_calls(self, number):
    """A call that can never be made: its row was broken by a stranger."""
    self.json("deliver", "--once")
    done = self.sql("UPDATE escalation SET plan = 'no JSON', next_at = 1 WHERE case_id ="
                    " (SELECT id FROM cases WHERE number = ?) RETURNING id", number)
    self.assertEqual(len(done), 1)

  @needs_http
  def test_the_heartbeat_is_given_when_all_is_well(self):
    monitor = Monitor()
    monitor.start()
    self.addCleanup(monitor.end)
    self.configure("heartbeat_url = " + monitor.url)
    engine = self.engine()
    self.wait(lambda: monitor.beats >= 1)
    self.stop(engine)

  def test_a_heartbeat_in_clear_to_elsewhere_is_refused(self):
    for url in ("http://monitor.example/beat", "http://127.0.0.1:80@monitor.example/",
                "http://localhost.monitor.example/"):
      self.configure("heartbeat_url = " + url)
      engine = self.engine()
      self.assertEqual(engine.wait(10), 5, url)
      self.assertIn("https://", engine.stderr.read())

  # ---- the nightly backup ----

  def test_the_backup_that_is_due_is_made_proved_and_the_oldest_go(self):
    for day in range(1, 5):
      open(os.path.join(self.backups, "desk-2026-01-%02d.db" % day), "w").close()
    for name in ("desk-2026-01-05.db.part-77", "desk-mine.db", "other-2026-01-01.db"):
      open(os.path.join(self.backups, name), "w").close()
    stem = os.path.basename(self.path).rsplit(".", 1)[0]
    for name in os.listdir(self.backups):
      if name.startswith("desk-"):
        os.rename(os.path.join(self.backups, name),
                  os.path.join(self.backups, stem + name[4:]))
    self.configure()
    self.json("setting", "set", "backup_dir", self.backups)
    self.json("setting", "set", "backup_keep", "3")
    self.last_backup_was_long_ago()
    engine = self.engine()
    made = re.compile(re.escape(stem) + r"-20\d\d-\d\d-\d\d\.db$")
    self.wait(lambda: self.sql("SELECT 1 FROM local_fact WHERE name = 'backup'"
                               " AND at > 1"))
    self.wait(lambda: not os.path.exists(
      os.path.join(self.backups, stem + "-2026-01-01.db")))
    self.stop(engine)
    names = sorted(os.listdir(self.backups))
    nightly = [n for n in names if made.match(n)]
    self.assertEqual(len(nightly), 3)
    self.assertEqual(nightly[:2], [stem + "-2026-01-03.db", stem + "-2026-01-04.db"])
    self.assertIn(stem + "-mine.db", names)
    self.assertIn("other-2026-01-01.db", names)
    self.assertFalse([n for n in names if ".part-" in n])
    self.env["SUCO_DESK"] = os.path.join(self.backups, nightly[2])
    self.assertEqual(self.json("verify")["chain"], "ok")

  def last_backup_was_long_ago(self):
    self.sql("INSERT INTO local_fact (name, value, at) VALUES ('backup', '', 1)")

  def test_a_young_desk_has_missed_no_night(self):
    self.configure()
    engine = self.engine()
    self.assertIn("leads", engine.stderr.readline())
    self.stop(engine)
    self.assertFalse([n for n in os.listdir(self.folder) if re.search(r"-20..-", n)])

  def test_a_backup_that_cannot_be_made_stops_nobody_and_is_said(self):
    self.configure()
    self.json("setting", "set", "backup_dir", "/nonexistent/backups")
    self.last_backup_was_long_ago()
    self.json("member", "add", "lan", "--name", "Trần Lan", "--role", "responder")
    engine = self.engine()
    for line in engine.stderr:
      if "module backup failed" in line:
        break
    self.assertIsNone(engine.poll())
    self.stop(engine)


if __name__ == "__main__":
  main()
