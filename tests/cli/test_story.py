#!/usr/bin/env python3
"""A power cut at the data centre by verbs, from the first line to the closed
case: plan, mails to a real server, timeline, proof."""
import email
import email.policy
import os
import subprocess
import sys

from desk import DeskTest, main

SERVER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "servers",
                      "smtp_server.py")


class Story(DeskTest):
  def setUp(self):
    super().setUp()
    self.world = os.path.join(self.folder, "world")
    os.mkdir(self.world)
    self.server = subprocess.Popen(
      [sys.executable, SERVER, self.world, "--tls", "none", "--seconds", "110"],
      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    self.addCleanup(self.stop)
    port = self.server.stdout.readline().decode().strip()
    if not port.isdigit():
      print("no aiosmtpd")
      sys.exit(77)
    folder = os.path.join(self.folder, ".config", "suco")
    os.makedirs(folder)
    with open(os.path.join(folder, "suco.conf"), "w", encoding="utf-8") as f:
      f.write("[mail]\nurl = smtp://127.0.0.1:%s\nfrom = suco@doi.example\nplain = yes\n" % port)

  def stop(self):
    self.server.stdin.close()
    self.server.stdout.close()
    self.server.wait(timeout=20)

  def mails(self):
    folder = os.path.join(self.world, "mail")
    out = []
    for name in sorted(os.listdir(folder)):
      with open(os.path.join(folder, name), "rb") as f:
        out.append(email.message_from_binary_file(f, policy=email.policy.default))
    return out

  def deliver(self):
    return self.json("deliver", "--once")

  @staticmethod
  def answer(ask, turn):
    if ask["choices"]:
      return ask["choices"][turn % len(ask["choices"])]
    return "45" if ask["type"] in ("integer", "float", "long") else "?"

  def work(self, number, login, most):
    """Does what is open, as a calm night would; how many steps were done."""
    done = 0
    while done < most:
      ready = [s for s in self.json("steps", number) if s["state"] in ("open", "started")
               and s["type"] == "action"]
      if not ready:
        break
      step = ready[0]
      words = []
      for ask in step["asks"]:
        words += ["--set", "%s=%s" % (ask["name"], "?" if ask["name"] in
                                      ("severity", "reportable")
                                      else self.answer(ask, step["round"] - 1))]
      self.json("--as", login, "step", number, step["instance"], "done", "--note",
                "đã làm", *words)
      done += 1
    return done

  def test_a_power_cut_from_the_first_line_to_the_closed_case(self):
    self.init("--profile", "quangngai")
    for login, name, role in (("tuan", "Lê Minh Tuấn", "responder"),
                              ("lan", "Võ Ngọc Lan", "responder"),
                              ("ha", "Trần Thị Hà", "coordinator")):
      self.json("member", "add", login, "--name", name, "--role", role, "--mail",
                login + "@doi.example")
    self.json("contact", "set", "dien", "--mail", "truc@dien.example")
    self.json("setting", "set", "agent.truc_ca", "member:tuan")
    self.json("setting", "set", "agent.ky_thuat_ttdl", "member:lan")

    made = self.json("--as", "tuan", "new", "--kind", "power", "--title",
                     "Mất điện trạm chính TTDL, chạy ắc quy", "--asset", "TTDL", "--detected",
                     "-5m", "--begin", "--tell", "dien")
    n = made["number"]
    self.assertEqual((made["owner"], made["status"], made["severity"]), ("tuan", "new", None))
    self.assertEqual(made["severity_suggested"], 4)
    self.assertEqual(made["runs"][0]["code"], "PA-MD")
    for words in (["dien"], ["điện"], ["MAT DIEN"]):
      self.assertEqual([h["number"] for h in self.json("search", *words)][:1], [n])

    self.json("--as", "tuan", "ack", n)
    self.json("--as", "ha", "severity", n, "4", "--reason", "máy phát không nhận tải")
    self.json("--as", "tuan", "status", n, "responding")
    self.assertEqual(self.work(n, "tuan", 6), 6)
    open_steps = [s for s in self.json("steps", n) if s["state"] == "open"]
    self.json("--as", "tuan", "step", n, open_steps[0]["instance"], "assign", "lan")
    self.json("--as", "tuan", "assign", n, "lan")
    self.json("--as", "tuan", "note", n, "ắc quy còn 45 phút", "--at", "-1m")

    report = self.deliver()
    self.assertEqual((report["leads"], report["failed"]), (True, 0))
    self.assertGreaterEqual(report["handed_over"], 3)
    self.assertEqual(self.deliver()["handed_over"], 0)

    self.json("--as", "lan", "status", n, "contained")
    self.json("--as", "lan", "status", n, "recovered")
    self.json("--as", "lan", "status", n, "responding", "--reason", "kiểm tra chưa ổn định")
    self.work(n, "lan", 120)
    self.json("--as", "lan", "status", n, "contained")
    self.json("--as", "lan", "status", n, "recovered")
    for run in self.json("show", n)["runs"]:
      if run["state"] == "running":
        self.json("--as", "ha", "begin", n, "--stop", str(run["n"]), "--reason",
                  "điện đã ổn định")
    self.json("--as", "ha", "set", n, "reportable=no")
    closed = self.json("--as", "ha", "close", n, "--cause", "cắt điện ngoài kế hoạch",
                       "--result", "có điện 05:10, bật theo thứ tự", "--lessons",
                       "thử máy phát hằng tuần")
    self.assertEqual(closed["status"], "closed")
    self.deliver()

    events = self.json("timeline", n)
    self.assertEqual([e["seq"] for e in events], sorted(e["seq"] for e in events))
    self.assertEqual(events[0]["kind"], "case_opened")
    self.check_mails(n)
    self.whole()
    self.assertIn("whole", self.run_suco("verify", "--replay").out)

  def check_mails(self, number):
    mails = self.mails()
    to = " ".join(mail["To"] for mail in mails)
    for address in ("truc@dien.example", "lan@doi.example"):
      self.assertIn(address, to)
    ids = [mail["Message-ID"] for mail in mails]
    self.assertEqual(len(ids), len(set(ids)), msg="a message came twice")
    handed = [m["message_id"] for m in self.json("outbox", "--limit", "1000")
              if m["state"] == "handed_over"]
    self.assertEqual(sorted(ids), sorted(handed))
    self.assertEqual({mail["X-Suco-Case"] for mail in mails}, {number})
    self.assertEqual({mail["Auto-Submitted"] for mail in mails}, {"auto-generated"})
    self.assertEqual(len({str(mail["References"]).split()[0] for mail in mails}), 1,
                     msg="one thread a case")


if __name__ == "__main__":
  main()
