"""What the mail server kept (smtp_server.py), held against the desk that sent it: any
mail that nobody expected fails the test at whose end it is found."""
import os
import re
import sqlite3


def rows(path, sql, *args):
  """What a stranger's connection reads of a desk."""
  db = sqlite3.connect("file:%s?mode=ro" % path, uri=True, timeout=20)
  try:
    return db.execute(sql, args).fetchall()
  finally:
    db.close()


def kept(box):
  """Every mail that the server took, in its order."""
  folder = os.path.join(box, "mail")
  for name in sorted(os.listdir(folder)):
    if name.endswith(".eml"):
      with open(os.path.join(folder, name), errors="replace") as file:
        text = file.read()
      yield {"id": re.search(r"^Message-ID: (\S+)", text, re.M).group(1),
             "to": re.search(r"^To: .*?([\w.+-]+@[\w.-]+)", text, re.M | re.S).group(1),
             "text": text}


def check(test, path, box, tests_sent=0):
  """Each is a message of the desk, to its address, and came twice only where nobody knew
  whether it had arrived; but for those of `notify test`, of which there were so many."""
  wanted = dict(rows(path, "SELECT id, address FROM message"))
  unknown = "\n".join(body for body, in rows(
    path, "SELECT CAST(body AS TEXT) FROM event WHERE kind = 'message_unknown'"))
  seen = {}
  for mail in kept(box):
    found = re.match(r"<msg-([0-9a-f-]{36})@", mail["id"])
    one = found and found.group(1)
    if one not in wanted:
      tests_sent -= 1
      continue
    test.assertEqual(mail["to"], wanted[one], "a mail to somebody else")
    seen[one] = seen.get(one, 0) + 1
    if seen[one] > 1:
      test.assertIn(one, unknown, "sent twice without need")
  test.assertGreaterEqual(tests_sent, 0, "a mail that no message asked for")
