#!/usr/bin/python3
"""Where nobody is called by itself, the verbs that open and raise say so."""
import sqlite3
import unittest

from desk import DeskTest


class EngineSaid(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")

  def open_case(self, *words):
    return self.run_suco("new", "--kind", "power", "--title", "Mất điện", *words)

  def lease(self):
    """As if an engine led for an hour."""
    db = sqlite3.connect(self.path)
    db.execute("INSERT INTO local_lease VALUES ('engine', 'test', 1,"
               " CAST(strftime('%s', 'now') AS INTEGER) * 1000 + 3600000)")
    db.commit()
    db.close()

  def test_a_new_case_says_that_no_engine_calls_and_how_to_start_one(self):
    said = self.open_case()
    self.assertIn("NO ENGINE: nobody is called by itself for", said.err)
    self.assertIn("suco serve", said.err)
    made = self.run_suco("new", "--kind", "power", "--title", "Mất điện", "--json")
    self.assertEqual(made.json()["warnings"], ["no_engine"])
    self.assertIn("suco serve", made.err)
    vi = self.raw("--lang", "vi", "new", "--kind", "power", "--title", "Mất điện")
    self.assertEqual(vi.code, 0)
    self.assertIn("BỘ GỬI NGỪNG", vi.err)

  def test_a_raised_severity_says_it_and_a_lowered_one_does_not(self):
    number = self.json("new", "--kind", "power", "--title", "Mất điện",
                       "--severity", "3", "--reason", "thử")["number"]
    raised = self.run_suco("severity", number, "4", "--reason", "lan rộng")
    self.assertIn("NO ENGINE", raised.err)
    lowered = self.run_suco("severity", number, "2", "--reason", "thu hẹp", "--json")
    self.assertNotIn("NO ENGINE", lowered.err)
    self.assertNotIn("warnings", lowered.json())
    self.run_suco("ack", number)
    self.assertNotIn("NO ENGINE", self.run_suco(
      "severity", number, "3", "--reason", "lại rộng").err)

  def test_with_an_engine_and_for_a_drill_nothing_is_said(self):
    self.assertNotIn("NO ENGINE", self.open_case("--drill").err)
    self.assertIn("NO ENGINE", self.open_case("--drill", "--page").err)
    self.lease()
    self.assertNotIn("NO ENGINE", self.open_case().err)
    made = self.json("new", "--kind", "power", "--title", "Mất điện")
    self.assertNotIn("warnings", made)

  def test_a_desk_without_rules_for_calling_names_the_verb_that_brings_them(self):
    db = sqlite3.connect(self.path)  # as an older program left it
    db.execute("DELETE FROM rule WHERE family = 'escalation'")
    db.commit()
    db.close()
    said = self.open_case()
    self.assertIn("suco rule import escalation", said.err)
    made = self.json("new", "--kind", "power", "--title", "Mất điện")
    self.assertEqual(made["warnings"], ["no_rule"])
    self.run_suco("severity", made["number"], "4", "--reason", "lan rộng")


if __name__ == "__main__":
  unittest.main()
