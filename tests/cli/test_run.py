#!/usr/bin/env python3
"""What people decide about a plan under way, by verbs: more time, back, pause."""
from desk import DeskTest, main

ANSWERS = ("--set", "gio_mat_dien=02:05", "--set", "nguoi_bao=Kỹ thuật trực")


class Run(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.json("member", "add", "ha", "--name", "Nguyễn Thu Hà", "--role", "responder")
    self.n = self.new("Mất điện TTDL", "power")["number"]
    self.json("begin", self.n, "PA-MD")

  def steps(self, n):
    return [s for s in self.json("steps", self.n) if s["n"] == n]

  def run_row(self):
    row, = self.json("run", self.n, "list")
    return row

  def texts(self):
    return "\n".join(e["text"] for e in self.json("timeline", self.n))

  def test_a_step_gets_more_time_and_says_how_much(self):
    before, = self.steps(1)
    self.assertEqual(before["extended_minutes"], 0)
    self.changed(self.json("step", self.n, "1", "extend", "--minutes", "15", "--note",
                           "chờ gọi lại"), "step_extended")
    after, = self.steps(1)
    self.assertEqual(after["extended_minutes"], 15)
    self.assertGreater(after["due_at"], before["due_at"])
    self.assertIn("chờ gọi lại", self.texts())
    self.refused(2, "usage", "step", self.n, "1", "extend")
    self.refused(1, "bad_input", "step", self.n, "1", "extend", "--minutes", "0")
    self.refused(2, "usage", "step", self.n, "1", "extend", "ha", "--minutes", "5")
    self.json("undo", self.n)
    self.assertEqual(self.steps(1)[0]["due_at"], before["due_at"])

  def test_back_to_a_step_is_a_new_round_for_a_reason(self):
    self.json("step", self.n, "1", "done", *ANSWERS)
    self.refused(2, "usage", "step", self.n, "1", "back")
    self.changed(self.json("step", self.n, "1", "back", "--note", "ghi nhầm giờ"),
                 "step_reopened")
    rounds = self.steps(1)
    self.assertEqual([(r["round"], r["state"]) for r in rounds], [(1, "done"), (2, "open")])
    self.assertEqual(self.steps(2)[-1]["state"], "aborted")
    self.refused(1, "refused", "step", self.n, "1", "back", "--note", "x")
    self.assertIn("ghi nhầm giờ", self.texts())
    self.run_suco("verify", "--replay")

  def test_a_pause_is_seen_by_all_and_holds_every_act(self):
    self.refused(2, "usage", "run", self.n, "pause")
    self.refused(1, "refused", "run", self.n, "resume")
    self.changed(self.json("run", self.n, "pause", "--reason", "chờ lệnh của lãnh đạo"),
                 "run_paused")
    row = self.run_row()
    self.assertEqual((row["state"], row["why"]), ("running", "chờ lệnh của lãnh đạo"))
    self.assertTrue(row["paused_at"] and row["paused_by"])
    self.assertIn("chờ lệnh", self.run_suco("run", self.n, "list").out)
    self.assertIsNone(self.steps(1)[0]["due_at"])
    for words in (("done", *ANSWERS), ("start",), ("extend", "--minutes", "5")):
      error = self.refused(1, "refused", "--as", "ha", "step", self.n, "1", *words)
      self.assertIn("chờ lệnh", error["message"])
    self.json("step", self.n, "1", "assign", "ha")
    self.assertEqual(self.json("run", self.n, "pause", "--reason", "x")["appended"], [])
    self.refused(1, "refused", "--as", "ha", "run", self.n, "pause", "--reason", "x")
    self.changed(self.json("run", self.n, "resume"), "run_resumed")
    self.assertIsNone(self.run_row()["paused_at"])
    self.assertIsNotNone(self.steps(1)[0]["due_at"])
    self.json("step", self.n, "1", "done", *ANSWERS)
    self.run_suco("verify", "--replay")

  def test_the_reason_of_a_pause_can_be_redacted(self):
    self.json("run", self.n, "pause", "--reason", "số máy riêng của anh Nam")
    event = [e for e in self.json("timeline", self.n) if e["kind"] == "run_paused"][0]
    self.json("redact", self.n, str(event["seq"]), "note", "--reason", "dữ liệu cá nhân",
              "--law", "Luật 91/2025")
    self.assertNotIn("anh Nam", self.run_suco("run", self.n, "list").out)
    self.assertNotIn("anh Nam", self.texts())
    self.run_suco("verify", "--replay")

  def test_a_stopped_plan_stays_stopped(self):
    self.changed(self.json("run", self.n, "stop", "1", "--reason", "báo nhầm"), "run_ended")
    self.assertEqual((self.run_row()["state"], self.run_row()["why"]), ("aborted", "báo nhầm"))
    self.refused(1, "refused", "run", self.n, "resume", "1")
    self.refused(3, "not_found", "run", self.n, "pause", "--reason", "x")
    self.refused(3, "not_found", "run", self.n, "stop", "7", "--reason", "x")


if __name__ == "__main__":
  main()
