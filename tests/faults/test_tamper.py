#!/usr/bin/env python3
"""A desk changed behind suco's back (TARGETS E10), by the sqlite3 shell and by
somebody who computes the whole chain anew."""
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess

from faults import SEED, FaultTest, main

# Never changes what a case says; the full-text index's own tables, whose words
# tests/core/test_verify.c tampers with.
NO_ROWS = ("local_", "search_marked", "search_folded")

OF_THE_WATCH = ("tin", "phone_call", "confirmation", "waiting", "asking", "decision",
                "point", "deadline", "notice", "countdown", "holiday", "obligation",
                "shift_entry", "handover", "planned_work", "hold", "custody")


def line_of(event, desk):
  """An event's header: the line that is hashed (canonical JSON, DATA 1)."""
  header = {
    "actor": {"login": event["actor_login"], "member": event["actor"]},
    "body_hash": event["body_hash"], "body_v": event["body_v"],
    "case": event["case_id"], "case_prev": event["case_prev"], "desk": desk,
    "for": event["acts_for"], "id": event["id"], "kind": event["kind"],
    "occurred_at": event["occurred_at"], "precision": event["precise"],
    "prev": event["prev"], "recorded_at": event["recorded_at"], "seq": event["seq"],
    "v": 1, "zone": event["zone"]}
  return json.dumps(header, sort_keys=True, separators=(",", ":"),
                    ensure_ascii=False).encode()


class Tamper(FaultTest):
  def setUp(self):
    super().setUp()
    self.number = self.story()
    self.whole()
    self.safe = self.copy("safe.db")

  def shell(self, *script):
    """The sqlite3 shell, as a stranger has it."""
    tool = shutil.which("sqlite3")
    if tool is None:
      self.skipTest("no sqlite3 shell")
    done = subprocess.run([tool, "-batch", self.hurt], input="\n".join(script).encode(),
                          capture_output=True, timeout=60, check=False)
    self.assertEqual((done.returncode, done.stderr), (0, b""), msg=script)
    return done.stdout.decode().split()

  def begin(self):
    self.hurt = os.path.join(self.folder, "hurt.db")
    for end in ("-wal", "-shm"):
      if os.path.exists(self.hurt + end):
        os.unlink(self.hurt + end)
    shutil.copy(self.safe, self.hurt)

  def found(self, code=6):
    result = self.raw("--desk", self.hurt, "--lang", "en", "verify", "--replay", "--json")
    self.assertEqual(result.code, code, msg=repr(result))
    return result.json()["first_bad"] if code == 6 else None

  def tables(self):
    rows = self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"
                     " AND sql NOT LIKE 'CREATE VIRTUAL%'", path=self.safe)
    return [name for name, in rows if not name.startswith(("sqlite_", *NO_ROWS))]

  def test_every_table_is_watched(self):
    """One random value changed and one row gone in each."""
    chance = random.Random(SEED)
    for table in self.tables():
      count = self.rows("SELECT count(*) FROM %s" % table, path=self.safe)[0][0]
      if count == 0:
        self.assertNotIn(table, OF_THE_WATCH)
        continue
      columns = self.rows("SELECT name, type, pk FROM pragma_table_info(?)", table,
                          path=self.safe)
      rows = self.rows("SELECT * FROM %s" % table, path=self.safe)
      name, type_, _ = chance.choice(columns)
      row = chance.choice(rows)
      where = " AND ".join("%s IS %s" % (c[0], literal(v)) for c, v in zip(columns, row))
      changes = ["DELETE FROM %s WHERE %s;" % (table, where)]
      value = row[[c[0] for c in columns].index(name)]
      changes.append("UPDATE OR REPLACE %s SET %s = %s WHERE %s;" %
                     (table, name, other(value, type_), where))
      for change in changes:
        self.begin()
        script = ["PRAGMA ignore_check_constraints=ON;", change, "SELECT changes();"]
        self.assertNotEqual(self.shell(*script)[-1:], ["0"], msg=change)
        result = self.raw("--desk", self.hurt, "--lang", "en", "verify", "--replay",
                          "--json")
        # Without a head, or with a foreign schema number, it is no desk of ours;
        # who is no member any more may not even ask.
        codes = {"head": (5, 6), "member": (1, 6)}.get(table, (6,))
        self.assertIn(result.code, codes,
                      msg="seed %d: %s: %r" % (SEED, change[:200], result))

  def test_what_opening_reads_is_a_fault_and_no_stop(self):
    for change in ("UPDATE desk_fact SET value = 'Nowhere/City' WHERE name = 'zone';",
                   "DELETE FROM desk_fact;",
                   "UPDATE desk_fact SET value = x'ff' || value;".replace("x'ff'", "char(27)"),
                   "UPDATE head SET desk = desk || 'x';", "UPDATE head SET desk = 'x';"):
      self.begin()
      self.shell(change)
      self.found()
      self.assertIn(self.raw("--desk", self.hurt, "list").code, (0, 5), msg=change)

  def test_any_byte_of_any_body_is_found_and_the_event_named(self):
    chance = random.Random(SEED)
    last = self.rows("SELECT max(seq) FROM event", path=self.safe)[0][0]
    for _ in range(12):
      seq = chance.randrange(1, last + 1)
      body = self.rows("SELECT body FROM event WHERE seq = ?", seq, path=self.safe)[0][0]
      at = chance.randrange(len(body))
      wrong = body[:at] + ("y" if body[at] == "x" else "x") + body[at + 1:]
      self.begin()
      self.shell("UPDATE event SET body = %s WHERE seq = %d;" % (literal(wrong), seq))
      self.assertEqual(self.found()["seq"], seq)
      text = self.raw("--desk", self.hurt, "--lang", "en", "verify")
      self.assertEqual(text.code, 6)
      self.assertIn("event %d" % seq, text.out)

  def test_events_swapped_taken_out_and_put_in_are_found(self):
    last = self.rows("SELECT max(seq) FROM event", path=self.safe)[0][0]
    for change, seq in (
        ("UPDATE event SET seq = -1 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 5;"
         "UPDATE event SET seq = 5 WHERE seq = -1;", 4),
        ("DELETE FROM event WHERE seq = 7;", 8),
        ("DELETE FROM event WHERE seq = %d;" % last, last),
        ("CREATE TEMP TABLE one AS SELECT * FROM event WHERE seq = 6;"
         "UPDATE one SET seq = %d, id = 'x';"
         "INSERT INTO event SELECT * FROM one;" % (last + 1), last + 1)):
      self.begin()
      self.shell(change)
      self.assertEqual(self.found()["seq"], seq, msg=change)

  def forge(self, seq, change):
    """Changes an event's body and computes every hash after it anew."""
    db = sqlite3.connect(self.hurt)
    db.row_factory = sqlite3.Row
    desk = db.execute("SELECT desk FROM head").fetchone()[0]
    prev, of_case = None, {}
    for row in db.execute("SELECT * FROM event ORDER BY seq").fetchall():
      event = dict(row)
      if event["seq"] == seq:
        event["body"] = change(event["body"])
        event["body_hash"] = hashlib.sha256(event["salt"] +
                                            event["body"].encode()).hexdigest()
      event["prev"] = prev
      event["case_prev"] = of_case.get(event["case_id"])
      prev = hashlib.sha256(line_of(event, desk)).hexdigest()
      if event["seq"] < seq:
        self.assertEqual(prev, event["hash"], msg="the hash of event %d is not the"
                         " SHA-256 of its header" % event["seq"])
      if event["case_id"] is not None:
        of_case[event["case_id"]] = prev
      db.execute("UPDATE event SET prev = ?, case_prev = ?, hash = ?, body = ?,"
                 " body_hash = ? WHERE seq = ?",
                 (event["prev"], event["case_prev"], prev, event["body"],
                  event["body_hash"], event["seq"]))
    db.execute("UPDATE head SET hash = ?", (prev,))
    db.commit()
    db.close()

  def test_a_chain_computed_anew_is_found_by_any_head_that_left(self):
    heads = self.rows("SELECT seq, hash FROM event ORDER BY seq", path=self.safe)
    seq = self.rows("SELECT seq FROM event WHERE kind = 'note_added'", path=self.safe)[0][0]
    self.begin()
    self.forge(seq, lambda body: body.replace("45", "95"))
    # By itself it looks whole: the rows of a note are in no table but search.
    result = self.raw("--desk", self.hurt, "--lang", "en", "verify", "--json")
    self.assertEqual((result.code, result.json()["chain"]), (0, "ok"), msg=repr(result))
    for at, head in heads:
      result = self.raw("--desk", self.hurt, "--lang", "en", "verify", "--head", head,
                        "--json")
      self.assertEqual(result.code, 0 if at < seq else 6, msg="%d: %r" % (at, result))
      self.assertEqual(result.json()["head_found"], at < seq)


def literal(value):
  if value is None:
    return "NULL"
  if isinstance(value, bytes):
    return "x'%s'" % value.hex()
  if isinstance(value, int):
    return str(value)
  return "'%s'" % value.replace("'", "''")


def other(value, type_):
  """A value of the same type that is not this one."""
  if type_ == "INTEGER":
    return str((value or 0) + (7919 if (value or 0) < 1 << 62 else -7919))
  if type_ == "BLOB":
    return literal((value or b"") + b"x")
  return literal((value or "") + "x")


if __name__ == "__main__":
  main()
