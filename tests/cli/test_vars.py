#!/usr/bin/env python3
"""What a plan knows, by verbs: asked before it begins, shown with who set it, its
commands without their secrets; conditions by the declared type."""
import json

from desk import DeskTest, main


def uid(n, word):
  return "%s--1f0c4a2e-5b7d-4c3a-9e8f-%012d" % (word, n)


START, ASK, TEST, NEAR, FAR = (uid(3, "start"), uid(4, "action"), uid(5, "if-condition"),
                               uid(6, "action"), uid(7, "action"))
AGENT, TARGET = uid(8, "individual"), uid(9, "linux")


def action(name, then, *commands, **more):
  return dict(type="action", name=name, agent=AGENT, on_completion=then,
              commands=list(commands) or [{"type": "manual", "command": "do it"}], **more)


def plan(condition):
  return {
    "type": "playbook", "spec_version": "cacao-2.0", "id": uid(1, "playbook"),
    "name": "block", "created_by": uid(2, "identity"),
    "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
    "playbook_variables": {
      "__ip__": {"type": "ipv4-addr", "external": True, "description": "Which address?"},
      "__urgent__": {"type": "bool", "external": True, "value": "false"},
      "__opens__": {"type": "string", "external": True, "value": "x"},
      "__fw_password__": {"type": "string", "value": "hunter2"},
      "__minutes__": {"type": "integer"}, "__new_password__": {"type": "string"}},
    "workflow_start": START,
    "workflow": {
      START: {"type": "start", "on_completion": ASK},
      ASK: action("ask", TEST,
                  {"type": "ssh", "command": "fw -u root:__fw_password__:value "
                   "--password __fw_password__:value deny __ip__:value"},
                  {"type": "http-api", "command": "POST /x HTTP/1.1",
                   "headers": {"Authorization": ["Bearer s3cret-token"]},
                   "content": "{\"pwd\":\"k9\"}"},
                  targets=[TARGET], out_args=["__minutes__", "__new_password__"]),
      TEST: {"type": "if-condition", "condition": condition, "on_true": NEAR,
             "on_false": FAR, "on_completion": uid(12, "end")},
      NEAR: action("near", uid(10, "end")), FAR: action("far", uid(11, "end")),
      uid(10, "end"): {"type": "end"}, uid(11, "end"): {"type": "end"},
      uid(12, "end"): {"type": "end"}},
    "agent_definitions": {AGENT: {"type": "individual", "name": "Watch"}},
    "authentication_info_definitions": {uid(13, "http-basic"): {
      "type": "http-basic", "name": "fw", "user_id": "admin", "password": "super-secure"},
      uid(14, "http-basic"): {"type": "http-basic", "name": "key", "user_id": "admin",
                              "password": "__opens__:value"}},
    "target_definitions": {TARGET: {"type": "linux", "name": "fw-01",
                                    "address": {"ipv4": ["192.0.2.1"]},
                                    "authentication_info": uid(13, "http-basic")}}}


class Vars(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.n = self.new("Chặn một địa chỉ", "attack")["number"]

  def take(self, condition="__ip__:value ISSUBSET '10.0.0.0/8'"):
    self.text = json.dumps(plan(condition)).encode()
    path = self.folder + "/plan.json"
    with open(path, "wb") as out:
      out.write(self.text)
    return self.raw("playbook", "import", path)

  def test_what_is_external_is_asked_before_the_plan_begins(self):
    self.take()
    error = self.refused(1, "refused", "begin", self.n, "block")
    self.assertIn("Which address?", error["message"])
    error = self.refused(1, "bad_input", "begin", self.n, "block", "--set", "ip=10.9")
    self.assertIn("192.0.2.7", error["message"])
    self.refused(1, "bad_input", "begin", self.n, "block", "--set", "ip=10.9.0.7",
                 "--set", "nope=1")
    self.assertEqual(self.json("run", self.n, "list"), [])
    self.json("begin", self.n, "block", "--set", "ip= 10.9.0.7 ", "--set", "urgent=yes")
    values = {v["name"]: v for v in self.json("run", self.n, "vars")}
    self.assertEqual(values["__ip__"]["value"], "10.9.0.7")
    self.assertEqual(values["__urgent__"]["value"], "true")
    self.assertIsNone(values["__minutes__"]["value"])

  def test_each_value_says_who_set_it_when_and_in_which_step(self):
    self.take()
    self.refused(3, "not_found", "run", self.n, "vars")
    self.json("begin", self.n, "block", "--set", "ip=10.9.0.7")
    self.json("step", self.n, "1", "done", "--note", "seen", "--set", "minutes=1 200", "--set",
              "new_password=?")
    values = {v["name"]: v for v in self.json("run", self.n, "vars", "1")}
    minutes = values["__minutes__"]
    self.assertEqual((minutes["value"], minutes["type"]), ("1200", "integer"))
    self.assertEqual(minutes["step"]["name"], "ask")
    self.assertTrue(minutes["set_by"] and minutes["set_at"])
    self.assertEqual([r["value"] for r in minutes["readings"]], ["1200"])
    self.assertTrue(values["__new_password__"]["unknown"])
    self.assertIsNone(values["__ip__"]["step"])
    text = self.run_suco("run", self.n, "vars").out
    self.assertIn("minutes  integer  1200 (", text)
    self.refused(3, "not_found", "run", self.n, "vars", "2")

  def test_commands_are_shown_and_no_secret_is(self):
    self.take()
    self.json("begin", self.n, "block", "--set", "ip=10.9.0.7", "--set", "opens=sesam8")
    commands = self.json("steps", self.n)[0]["commands"]
    self.assertEqual(commands[0], {"type": "ssh", "target": "fw-01 192.0.2.1",
                                   "text": "fw -u root:*** --password *** deny 10.9.0.7"})
    self.assertEqual(commands[1]["text"], "POST /x HTTP/1.1\nAuthorization: ***\n\n"
                     "{\"pwd\":\"***\"}")
    self.json("step", self.n, "1", "done", "--note", "seen", "--set", "minutes=5", "--set",
              "new_password=geheim7")
    for words in (("steps", self.n), ("show", self.n), ("timeline", self.n),
                  ("run", self.n, "vars"), ("playbook", "show", "block"),
                  ("point", self.n, "list", "--step", "1"), ("print", self.n)):
      for form in ((), ("--json",)):
        out = self.raw(*words, *form).out
        for secret in ("hunter2", "s3cret", "super-secure", "geheim7", "k9", "sesam8"):
          self.assertNotIn(secret, out, msg=" ".join(words + form))
    event = [e for e in self.json("timeline", self.n) if e["kind"] == "step_done"][0]
    self.assertTrue(event["masked"]) # so that nobody compares it with the chain
    self.assertEqual({e["kind"] for e in self.json("timeline", self.n) if e["masked"]},
                     {"run_started", "step_done"})
    for word in ("geheim7", "k9", "sesam8"):
      self.assertEqual(self.json("search", word), [])
    self.assertEqual(len(self.json("search", "seen")), 1)
    done = self.raw("playbook", "export", "block")
    self.assertEqual(done.out.encode(), self.text)
    self.whole()

  def test_a_condition_goes_by_the_declared_type(self):
    self.take("__ip__:value ISSUBSET '10.0.0.0/8' AND __minutes__:value > '3' AND "
              "__ip__:value MATCHES '^10\\\\.\\\\d+\\\\.'")
    self.json("begin", self.n, "block", "--set", "ip=10.9.0.7")
    self.json("step", self.n, "1", "done", "--note", "seen", "--set", "minutes=10", "--set",
              "new_password=?")
    state = {s["name"]: s["state"] for s in self.json("steps", self.n)}
    self.assertEqual((state["near"], state["far"]), ("open", "waiting"))


if __name__ == "__main__":
  main()
