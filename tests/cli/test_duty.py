#!/usr/bin/env python3
"""The roster on the command line: its verbs, the demo's planted faults, and its
calendar as two readers of others open it."""
import os
import shutil
import subprocess
import unittest

from desk import DeskTest, main

try:
  import icalendar
except ImportError:
  icalendar = None


class Duty(DeskTest):
  def begin(self):
    self.init()
    for login, name in (("ha", "Trần Thị Hà"), ("tuan", "Lê Minh Tuấn")):
      self.run_suco("member", "add", login, "--name", name, "--role", "responder")
    self.run_suco("duty", "set", "first", "--name", "Trực chính", "--people", "ha,tuan",
                  "--type", "daily", "--start", "2026-11-02T06:00")

  def test_the_demo_has_the_three_planted_faults_and_no_other(self):
    self.init("--demo")
    done = self.run_suco("duty", "gaps", "--days", "30", "--json", code=6)
    self.assertEqual(sorted(row["fault"] for row in done.json()), ["away", "gap", "week"])
    rows = {row["fault"]: row for row in done.json()}
    self.assertEqual(rows["away"]["login"], "thu")
    self.assertEqual(rows["gap"]["layer"], "backup")
    self.assertEqual((rows["week"]["login"], rows["week"]["hours"]), ("tuan", 54))
    layers = self.json("duty")
    self.assertEqual([row["layer"] for row in layers], ["first", "backup", "lead"])
    self.assertTrue(all(row["people"] for row in layers))
    self.assertTrue(self.json("duty", "--at", "-30d")[0]["people"])
    self.whole()

  def test_the_roster_is_set_asked_and_excepted_by_verbs(self):
    self.init()
    self.assertEqual(self.json("duty"), [])
    self.refused(3, "not_found", "duty", "override", "add", "ha", "--layer", "first", "--from",
                 "now", "--to", "+2h")
    self.env["SUCO_DESK"] = self.path + ".2"
    self.begin()
    first = self.json("duty")[0]
    self.assertEqual((first["layer"], first["needed"], first["counted"]), ("first", 1, True))
    login = first["people"][0]["login"]
    other = "tuan" if login == "ha" else "ha"
    self.run_suco("duty", "override", "add", other, "--layer", "first", "--from", "now", "--to",
                  "+2h", "--reason", "bão")
    self.assertEqual([p["login"] for p in self.json("duty")[0]["people"]], [login, other])
    self.refused(4, "conflict", "duty", "override", "add", other, "--layer", "first",
                 "--from", "now", "--to", "+1h")
    self.run_suco("duty", "withdraw", "override", "1")
    self.run_suco("duty", "away", login, "now", "+1h", "--reason", "khám bệnh")
    now = self.json("duty")[0]
    self.assertEqual(now["people"], [])
    self.assertEqual(now["away"][0]["login"], login)
    self.run_suco("duty", "gaps", code=6)
    week = self.json("duty", "--week")
    self.assertTrue(all(row["from"] < row["until"] for row in week))
    self.assertEqual([a["until"] for a in week[:-1]], [b["from"] for b in week[1:]])
    self.refused(2, "usage", "duty", "--layer", "first")
    self.whole()

  def rotas(self, *words):
    return [(r["n"], r["name"], r["done"]) for r in self.json("duty", "set", "first", *words)
            ["rotations"]]

  def test_what_is_set_again_changes_the_only_rotation_and_another_needs_the_word(self):
    self.begin()
    self.assertEqual(self.rotas("--people", "tuan,ha"), [(1, "", "changed")])
    self.assertEqual(self.rotas("--people", "tuan,ha"), [(1, "", "same")])
    self.assertEqual(self.rotas("--needed", "1"), [])
    before = self.events()
    self.refused(1, "refused", "duty", "set", "first", "--rota-name", "Ca đêm", "--people", "ha")
    self.assertEqual(self.events(), before)
    self.assertEqual(self.rotas("--rota", "new", "--rota-name", "Ca đêm", "--people", "ha",
                                "--from", "18:00", "--to", "06:00"), [(2, "Ca đêm", "added")])
    self.refused(4, "conflict", "duty", "set", "first", "--rota", "new", "--rota-name", "Ca đêm",
                 "--people", "ha")
    error = self.refused(1, "refused", "duty", "set", "first", "--people", "ha")
    self.assertIn("2 Ca đêm", str(error))
    self.assertEqual(self.rotas("--rota-name", "Ca đêm", "--people", "tuan"),
                     [(2, "Ca đêm", "changed")])
    self.refused(3, "not_found", "duty", "set", "first", "--rota", "7", "--people", "ha")
    layers = self.json("duty", "layers")["layers"]
    self.assertEqual([(r["n"], r["people"], r["from"]) for r in layers[0]["rotations"]],
                     [(1, ["tuan", "ha"], "00:00"), (2, ["tuan"], "18:00")])
    self.assertEqual(self.rotas("--rota", "2", "--remove"), [(2, "Ca đêm", "withdrawn")])
    self.assertEqual(self.rotas("--every", "2"), [(1, "", "changed")])
    self.refused(1, "bad_input", "duty", "set", "first", "--every", "3 weeks")
    self.whole()

  def test_the_list_names_each_number_and_who_is_called_by_nobody_is_told(self):
    self.init()
    for login in ("ha", "tuan"):
      self.run_suco("member", "add", login, "--name", login.title(), "--role", "responder")
    self.run_suco("duty", "set", "night", "--people", "ha", "--type", "fixed", "--json")
    other = self.run_suco("duty", "set", "night", "--rota", "new", "--rota-name", "Hè",
                          "--people", "tuan", "--type", "fixed")
    self.assertEqual(other.out, "on the roster\nrotation 2 Hè made\n")
    first = self.run_suco("duty", "set", "night", "--rota", "1", "--people", "tuan,ha")
    self.assertEqual(first.out, "on the roster\nrotation 1 changed\n")
    made = self.run_suco("duty", "set", "night", "--needed", "0")
    self.assertIn("no rule calls the layer night", made.err)
    gone = self.run_suco("duty", "set", "night", "--remove")
    self.assertEqual((gone.out.strip(), gone.err), ("taken off the roster", ""))
    made = self.run_suco("duty", "set", "first", "--people", "ha,tuan", "--type", "daily",
                         "--rota-name", "Ca ngày", "--start", "2026-11-02T06:00")
    self.assertEqual(made.err, "")
    first = self.json("duty")[0]
    self.assertEqual(first["name_en"], "First on call")
    self.assertTrue(first["counted"])
    away = self.run_suco("duty", "away", "ha", "+1d", "+9d")
    self.assertRegex(away.err, r"\d\d/\d\d/\d{4} \d\d:\d\d - ")
    known = self.json("duty", "layers")
    self.assertEqual([row["login"] for row in known["away"]], ["ha"])
    text = self.run_suco("duty", "layers").out
    self.assertIn("first  First on call, needs 1", text)
    self.assertRegex(text, r"away 1  Ha  \d\d/")
    self.whole()

  def test_a_layer_comes_from_a_file_and_goes_again(self):
    self.begin()
    given = self.path + ".json"
    with open(given, "w", encoding="utf-8") as out:
      out.write('{"name": "Dự phòng", "needed": 1, "rotations": [{"name": "Tuần",'
                ' "people": ["tuan", "ha"], "type": "weekly", "start": "2026-11-02"}]}')
    self.run_suco("duty", "set", "backup", "--input", given)
    self.assertEqual(self.json("duty")[1]["people"][0]["n"], 2)
    before = self.events()
    self.run_suco("duty", "set", "backup", "--input", given)
    self.assertEqual(self.events(), before)
    self.run_suco("duty", "set", "backup", "--remove")
    self.assertEqual(len(self.json("duty")), 1)
    self.whole()

  def calendar(self):
    self.begin()
    path = self.path + ".ics"
    self.run_suco("duty", "ics", "ha", "-o", path, "--days", "20")
    return path

  @unittest.skipIf(icalendar is None, "python3-icalendar is not installed")
  def test_python_icalendar_reads_the_calendar(self):
    with open(self.calendar(), "rb") as file:
      calendar = icalendar.Calendar.from_ical(file.read())
    events = calendar.walk("VEVENT")
    self.assertGreater(len(events), 8)
    self.assertEqual(len({str(e["UID"]) for e in events}), len(events))
    for event in events:
      self.assertLess(event.decoded("DTSTART"), event.decoded("DTEND"))
      self.assertIn("Trực chính", str(event["SUMMARY"]))
      self.assertEqual(len(event.walk("VALARM")), 1)

  @unittest.skipUnless(shutil.which("khal"), "khal is not installed")
  def test_khal_shows_the_calendar(self):
    path = self.calendar()
    home = self.path + ".khal"
    os.makedirs(home + "/cal")
    with open(home + "/config", "w", encoding="utf-8") as out:
      out.write("[calendars]\n[[duty]]\npath = %s/cal\n[locale]\ntimeformat = %%H:%%M\n"
                "dateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\n"
                "datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
                "local_timezone = Asia/Ho_Chi_Minh\ndefault_timezone = Asia/Ho_Chi_Minh\n"
                "[sqlite]\npath = %s/khal.db\n" % (home, home))
    env = dict(os.environ, HOME=home, LC_ALL="C.UTF-8")
    done = subprocess.run(["khal", "-c", home + "/config", "import", "--batch", path], env=env,
                          capture_output=True, timeout=60, check=False)
    self.assertEqual(done.returncode, 0, msg=done.stderr)
    done = subprocess.run(["khal", "-c", home + "/config", "list", "today", "10d"], env=env,
                          capture_output=True, timeout=60, check=False)
    self.assertIn("Trực chính", done.stdout.decode())


if __name__ == "__main__":
  main()
