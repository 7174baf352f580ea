#!/usr/bin/env python3
"""The demo: every state and kind, whole, and nothing that could leave the host."""
from desk import CASE, DeskTest, main


class Demo(DeskTest):
  def test_the_demo_has_every_state_and_kind_and_is_whole(self):
    self.init("--demo")
    rows = self.json("list") + self.json("list", "--drill")
    self.assertEqual(len(rows), 40)
    self.assertEqual({row["status"] for row in rows},
                     {"new", "acknowledged", "responding", "contained", "recovered", "closed",
                      "dismissed", "merged"})
    self.assertEqual({row["kind"] for row in rows},
                     {"hardware", "software", "attack", "link", "power", "other"})
    self.assertTrue(any(row["drill"] for row in rows))
    self.assertTrue(any(row["overdue"] for row in rows))
    self.assertTrue(any(row["severity"] is None for row in rows))
    self.assertTrue(any(row["owner"] is None for row in rows))
    self.assertTrue(any(row["open_tasks"] for row in rows))
    days = sorted(row["opened_at"][:10] for row in rows)
    self.assertGreater(len(set(days)), 30)
    first = self.run_suco().out.splitlines()
    self.assertIn("DEMO", first[0])
    self.assertIn("NO ENGINE", first[1])
    self.whole()
    messages = self.json("outbox", "--limit", "1000")
    for state in ("queued", "held", "handed_over", "failed", "unknown", "expired", "by_hand"):
      self.assertIn(state, {m["state"] for m in messages})
    self.assertLessEqual({m["channel"] for m in messages}, {"file", "hand", "phone", "zalo", None})
    for m in messages:
      self.assertRegex(m["address"] or "@x.example",
                r"@[\w.-]+\.example$|^0255 000 \d{3}$")
    power = [r for r in rows if r["asset"] == "TTDL" and r["status"] == "responding"][0]
    shown = self.json("show", power["number"])
    self.shape(shown, CASE)
    self.assertEqual(shown["runs"][0]["state"], "running")
    self.assertTrue(any(step["late"] for step in self.json("steps", power["number"])))
    for row in rows:
      self.json("show", row["number"])

  def test_the_demo_is_the_same_each_time(self):
    self.init("--demo")
    first = [(r["title"], r["status"], r["owner"], r["severity"]) for r in self.json("list")]
    self.env["SUCO_DESK"] = self.path + ".2"
    self.init("--demo")
    self.assertEqual([(r["title"], r["status"], r["owner"], r["severity"])
                      for r in self.json("list")], first)


if __name__ == "__main__":
  main()
