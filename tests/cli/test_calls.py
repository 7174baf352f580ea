#!/usr/bin/env python3
"""Calling people by verbs: the next one now, and what why says of it."""
from desk import DeskTest, main

RULE = """{"steps": [{"who": ["member:ha"], "after": "10m"},
 {"who": ["member:tuan"], "after": "10m"}, {"who": ["role:coordinator"], "after": "10m"}]}"""


class Calls(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    for login, role in (("ha", "responder"), ("tuan", "responder"), ("minh", "coordinator")):
      self.json("member", "add", login, "--name", login.title(), "--role", role, "--mail",
                login + "@doi.example")
    self.json("rule", "add", "goi", "--family", "escalation", "--order", "10", "--when",
              '{"subject": "case"}', "--then", RULE, "--source", "test")

  def past(self, case):
    calls = self.json("why", case)["calls"]
    return [(p["login"], p["called_for"]) for p in calls[0]["past"]]

  def test_the_next_one_is_called_now_and_why_says_by_whom(self):
    case = self.json("new", "--kind", "power", "--title", "Mất điện")["number"]
    done = self.json("--as", "minh", "escalate", case, "--reason", "còn điện 20 phút")
    self.assertEqual(done["number"], case)
    self.assertTrue(done["appended"])
    self.assertEqual([p[0] for p in self.past(case)], ["ha"])
    self.refused(4, "conflict", "escalate", case)
    self.assertEqual([p[0] for p in self.past(case)], ["ha"])
    self.refused(3, "not_found", "escalate", case, "--call", "9")
    self.json("--as", "ha", "ack", case)
    self.refused(1, "refused", "escalate", case)

  def test_a_drill_that_does_not_page_the_team_calls_nobody(self):
    case = self.json("new", "--kind", "power", "--title", "Mất điện", "--drill")["number"]
    self.refused(1, "refused", "escalate", case)


if __name__ == "__main__":
  main()
