#!/usr/bin/env python3
"""Who is told, what is held, and the desk's file as a whole."""
import os
import sqlite3

from desk import DeskTest, main

MESSAGE = {
  "id": str, "case": (str, None), "to": str, "role": (str, None), "channel": (str, None),
  "state": str, "subject": (str, None), "message_id": str, "attempts": list,
  "next_at": ("time", None), "expires_at": ("time", None),
}


class Messages(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.json("member", "add", "tuan", "--name", "Lê Minh Tuấn", "--role", "responder",
              "--mail", "tuan@doi.example")
    self.json("contact", "set", "dien", "--mail", "truc@dien.example")

  def states(self, *words):
    return [(m["role"] or m["to"], m["state"]) for m in self.json("outbox", *words)]

  def test_rules_propose_to_contacts_and_a_member_releases(self):
    made = self.new("Mất điện", "power", "--asset", "TTDL")
    (dien,) = [m for m in made["messages"] if m["role"] == "dien"]
    self.shape(dien, MESSAGE)
    self.assertEqual((dien["state"], dien["case"]), ("held", made["number"]))
    released = self.json("release", dien["id"], "--reason", "đã gọi trước")
    self.shape(released, MESSAGE)
    self.assertEqual(released["state"], "queued")
    self.assertEqual(len(released["appended"]), 1)
    self.assertEqual(self.json("release", dien["id"])["appended"], [])
    self.assertIn("nothing to change", self.run_suco("release", dien["id"]).out)
    self.assertEqual(self.json("hold", dien["id"], "--reason", "chờ")["state"], "held")
    self.assertIn(("dien", "held"), self.states("--state", "held"))
    self.refused(1, "refused", "resend", dien["id"])
    self.refused(3, "not_found", "release", "9999")
    self.refused(1, "bad_input", "outbox", "--state", "nonsense")
    self.whole()

  def test_tell_releases_in_the_same_act_and_refuses_who_is_not_proposed(self):
    made = self.new("Mất điện", "power", "--asset", "TTDL", "--tell", "dien")
    self.assertIn(("dien", "queued"), [(m["role"], m["state"]) for m in made["messages"]])
    before = self.events()
    self.refused(1, "refused", "new", "--kind", "link", "--title", "x", "--tell", "dien")
    self.assertEqual(self.events(), before, msg="a refused --tell opens no case")

  def test_assigning_tells_the_member_and_not_oneself(self):
    n = self.new("x", "other")["number"]
    told = [m for m in self.json("assign", n, "tuan")["messages"]]
    self.assertEqual([(m["to"], m["state"]) for m in told], [("Lê Minh Tuấn", "queued")])
    text = self.run_suco("outbox").out
    self.assertIn("Lê Minh Tuấn", text)

  def sql(self, *statement):
    with sqlite3.connect(self.path) as db:
      db.execute(*statement)

  def waits(self):
    (row,) = self.json("outbox", "--state", "queued")
    return row["waits_for"], self.run_suco("outbox").out

  def test_the_outbox_says_why_a_message_waits_and_until_when(self):
    n = self.new("x", "other")["number"]
    self.json("assign", n, "tuan")
    why, text = self.waits()
    self.assertIsNone(why)
    self.assertIn("goes out next, until ", text)
    self.assertIn("NO ENGINE: 1 messages wait", text)
    self.sql("INSERT INTO local_delivery (message_id, tries, next_at, why)"
             " SELECT id, 0, queued_at + 180000, 'limit' FROM message WHERE state = 'queued'")
    why, text = self.waits()
    self.assertEqual(why, "limit")
    self.assertIn("too many to this address: waits until ", text)
    self.sql("UPDATE local_delivery SET why = ''")
    why, text = self.waits()
    self.assertEqual(why, "retry")
    self.assertIn("next automatic try ", text)
    self.sql("INSERT INTO local_channel (name, state, since, last_ok_at, tries, next_at, reply)"
             " VALUES ('mail', 'down', 1, 0, 1, 0, 'no route')")
    why, text = self.waits()
    self.assertEqual(why, "down")
    self.assertIn("the channel is down", text)

  def test_new_says_who_is_told_what_is_proposed_and_what_stops(self):
    text = self.run_suco("new", "--kind", "power", "--title", "Mất điện", "--asset",
                         "TTDL").out
    for word in ("sev-power-ttdl", "PA-MD", "Đơn vị cung cấp điện", "documented", "ASSUMED",
                 "LGSP"):
      self.assertIn(word, text)

  def test_a_drill_tells_no_contact_and_members_only_with_page(self):
    drill = self.new("Diễn tập", "power", "--asset", "TTDL", "--drill", "--owner", "tuan")
    self.assertEqual([m["role"] for m in drill["messages"] if m["role"]], [])
    self.assertNotIn("queued", [m["state"] for m in drill["messages"]])
    paged = self.new("Diễn tập", "power", "--asset", "TTDL", "--drill", "--page", "--owner",
                     "tuan")
    self.assertIn("queued", [m["state"] for m in paged["messages"]])


class Whole(DeskTest):
  def setUp(self):
    super().setUp()
    self.init()
    self.number = self.new("mật khẩu là hoa-mai-4711")["number"]

  def test_a_backup_is_made_proved_and_restored(self):
    backup = os.path.join(self.folder, "backup.db")
    made = self.json("backup", backup)
    self.shape(made, {"file": str, "events": int, "head": str, "bytes": int})
    self.refused(1, "refused", "backup", backup)
    self.json("note", self.number, "sau bản sao")
    restored = self.json("restore", backup)
    self.assertTrue(os.path.exists(restored["saved"]))
    self.assertNotIn("sau bản sao", self.run_suco("timeline", self.number).out)
    self.whole()
    other = os.path.join(self.folder, "x")
    with open(other, "w", encoding="utf-8") as f:
      f.write("no desk")
    before = self.events()
    self.assertIn(self.raw("restore", other).code, (1, 5))
    self.refused(3, "not_found", "restore", other + ".none")
    self.assertEqual(self.events(), before)

  def test_a_redaction_leaves_no_byte_and_verifies(self):
    opened = self.json("timeline", self.number)[0]
    self.refused(2, "usage", "redact", self.number, str(opened["seq"]), "title")
    done = self.json("redact", self.number, str(opened["seq"]), "title", "--law", "NĐ 13/2023",
                     "--reason", "mật khẩu lọt vào tiêu đề")
    self.shape(done, {"events": int, "compacted": bool, "told": int, "left": list})
    self.whole()
    self.assertEqual(self.json("search", "hoa-mai-4711"), [])
    for name in os.listdir(self.folder):
      path = os.path.join(self.folder, name)
      if os.path.isfile(path):
        with open(path, "rb") as f:
          self.assertNotIn(b"hoa-mai-4711", f.read(), msg=name)

  def test_upgrade_has_nothing_to_do_on_a_desk_of_today(self):
    done = self.json("upgrade")
    self.assertEqual(done["from"], done["to"])

  def test_a_desk_of_an_older_suco_names_the_verb(self):
    with sqlite3.connect(self.path) as db:
      db.execute("UPDATE head SET schema_number = 0")
    db.close()
    self.assertIn("suco upgrade", self.refused(5, "unavailable", "list")["message"])


class Settings(DeskTest):
  def config(self, text):
    folder = os.path.join(self.folder, ".config", "suco")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "suco.conf"), "w", encoding="utf-8") as f:
      f.write(text)

  def test_the_configuration_names_the_desk_and_the_language(self):
    self.init()
    self.config("[desk]\nurl = %s\nlanguage = en\n" % self.path)
    env = {k: v for k, v in self.env.items() if k != "SUCO_DESK"}
    self.assertIn("no cases", self.raw("list", env=env).out)
    rows = {(r["section"], r["key"]): r for r in self.json("config")}
    row = rows["desk", "language"]
    self.assertEqual(row["value"], "en")
    self.assertIn("suco.conf:3", row["origin"])
    self.assertIn("no cases", self.raw("list").out)

  def test_an_unknown_key_is_a_warning_with_its_line_and_stops_config(self):
    self.init()
    self.config("[desk]\nnonsense = 1\n")
    result = self.run_suco("list")
    self.assertIn("suco.conf:2", result.err)
    result = self.run_suco("config", code=1)
    self.assertIn("suco.conf:2", result.err)

  def test_the_keys_are_printed(self):
    rows = self.json("keys")
    self.assertIn("F7", [key for row in rows for key in row["keys"].split()])


if __name__ == "__main__":
  main()
