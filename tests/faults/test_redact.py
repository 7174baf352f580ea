#!/usr/bin/env python3
"""What was written on the watch is redacted to the last byte of the file."""
import json
import os
import re
import sqlite3

from faults import FaultTest, main

SECRET = re.compile(r"canari\d+x")
ACTS = [
  "call CASE dien --answered-by % --result %", "wait CASE vien_thong --for % --ticket %",
  "wait CASE asked 1 --said %", "wait CASE done 1 --result %",
  "ask CASE tt_cds --question % --options A,% --fallback %",
  "answer CASE 1 --answer A --reason % --by %", "point CASE add %",
  "point CASE set 1 note=% person=% told=%", "call CASE dien --answered-by %",
  "call CASE fix 2 --answered-by % --reason %", "call CASE vp_ubnd --no-answer --number %",
  "countdown CASE add % 5", "posted CASE zalo %",
  "notice sent CASE initial-24h --number % --channel phone --note %",
  "quick CASE --text %", "scene hold CASE --body % --document % --what %",
  "scene release 1 --by % --document %",
  "evidence CASE handover 1 --to % --post % --place % --document % --reason %",
  "set CASE must_be_back_by=07:00 must_be_back_reason=%",
  "deadline CASE na 3 --reason %", "reportable CASE yes --reason %"]


def fields_of(value, name=""):
  """The names of the texts that hold a secret: of a change, the column's."""
  if isinstance(value, str):
    return {name} if SECRET.search(value) else set()
  if isinstance(value, list):
    return set().union(*(fields_of(one, name) for one in value))
  if isinstance(value, dict):
    return set().union(*(fields_of(one, name if key in ("from", "to") else key)
                         for key, one in value.items()))
  return set()


class Redact(FaultTest):
  def redact(self, number, after):
    for seq, body in self.rows("SELECT seq, body FROM event WHERE seq > ?", after):
      # Found by the name, and goes with it.
      names = fields_of(json.loads(body)) - {"name_key"}
      now = self.rows("SELECT body FROM event WHERE seq = ?", seq)[0][0]
      if names and now is not None and SECRET.search(now):
        self.run_suco("redact", number, str(seq), *sorted(names), "--law", "NĐ 13",
                      "--reason", "thử")

  def test_no_text_of_the_watch_leaves_a_byte(self):
    self.init("--profile", "quangngai")
    number = self.new("Mất mạng", "link", "--asset", "TTDL")["number"]
    sheet = os.path.join(self.folder, "sheet")
    with open(sheet, "w", encoding="utf-8") as f:
      f.write("x")
    self.run_suco("evidence", number, "add", sheet)
    secrets = 0
    for act in ACTS:
      before = self.events()
      words = []
      for word in act.replace("CASE", number).split():
        secrets += "%" in word
        words.append(word.replace("%", "canari%04dx" % secrets))
      self.run_suco(*words)
      self.redact(number, before)
    self.whole()
    db = sqlite3.connect(self.path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    with open(self.path, "rb") as f:
      left = set(re.findall(rb"canari\d+x", f.read()))
    self.assertEqual(left, set())


if __name__ == "__main__":
  main()
