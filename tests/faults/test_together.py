#!/usr/bin/env python3
"""Several programs on one desk (TARGETS E2, small): two that act without pause, a
loop of verbs, readers, and the engine where it is built.  No error but honest
refusals and conflicts; in the end chain and rows agree.  SUCO_SECONDS sets how
long."""
import json
import os
import random
import subprocess
import threading
import time

from faults import ACTS, SEED, FaultTest, main

SECONDS = float(os.environ.get("SUCO_SECONDS", "10"))


class Together(FaultTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.run_suco("member", "add", "lan", "--name", "Phạm Thị Lan", "--role",
                  "coordinator")
    self.number = self.new()["number"]
    self.run_suco("point", self.number, "add", "Ba Tơ", "Xã A", "Xã B")
    self.run_suco("tin", "--what", "mất mạng", "--from", "Nam")
    self.wrong = []
    self.count = {}

  def loop(self, name, choose, codes):
    """Runs a verb after the other until the time is over."""
    chance = random.Random("%d%s" % (SEED, name))
    while time.monotonic() < self.end and not self.wrong:
      words = choose(chance)
      result = self.raw("--lang", "en", *words)
      self.count[name] = self.count.get(name, 0) + 1
      if result.code not in codes:
        self.wrong.append(repr(result))

  def acts(self, seed):
    """A program that acts without pause; how many events it told.  Every second
    one acts for another member."""
    member = ["1000000000", "lan"] if seed % 2 == 0 else []
    child = subprocess.Popen([ACTS, self.path, str(seed), *member], env=self.env,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = 0
    while time.monotonic() < self.end:
      line = child.stdout.readline()
      if not line:
        break
      told += 1
    child.kill()
    said = child.communicate()[1].decode()
    self.count["acts"] = self.count.get("acts", 0) + told
    if said:
      self.wrong.append(said)

  def verb(self, chance):
    return chance.choice([
      ["new", "--kind", "power", "--title", "Mất điện", "--json"],
      ["note", self.number, "ắc quy còn %d phút" % chance.randrange(60)],
      ["ack", str(chance.randrange(1, 40))],
      ["set", self.number, "title=Mất điện lần %d" % chance.randrange(1000)],
      ["severity", self.number, str(chance.randrange(1, 5)), "--reason", "thử",
       "--if-version", str(chance.randrange(1, 400))],
      ["begin", str(chance.randrange(1, 40))], ["undo", str(chance.randrange(1, 40))],
      ["task", self.number, "add", "gọi bên điện"],
      ["--as", "lan", "call", self.number, "dien", "--answered-by", "trực ban"],
      ["--as", "lan", "tin", "join", str(chance.randrange(1, 9)), self.number],
      ["wait", self.number, "vien_thong", "--for", "nối tuyến", "--promised", "+30m"],
      ["--as", "lan", "wait", self.number, "done", str(chance.randrange(1, 9))],
      ["ask", self.number, "tt_cds", "--question", "Tắt?", "--options", "Tắt,Giữ"],
      ["answer", self.number, str(chance.randrange(1, 9)), "--answer", "Tắt"],
      ["point", self.number, "set", "1-3", "state=back"],
      ["--as", "lan", "point", self.number, "set", "1-3", "state=down"],
      ["deadline", self.number, "add", "vn26-initial-24h"],
      ["notice", "sent", self.number, "initial-24h", "--channel", "phone"],
      ["countdown", self.number, "add", "CÒN ĐIỆN", str(chance.randrange(5, 90))],
      ["handover", "give", "--to", "lan"], ["--as", "lan", "handover", "take"],
      ["log", "SOC: bình thường"], ["quick", self.number]])

  def look(self, chance):
    return chance.choice([["list", "--json"], ["search", "dien", "--json"],
                          ["show", self.number, "--json"], ["steps", self.number, "--json"],
                          ["timeline", self.number, "--json"], ["verify"],
                          ["waits", "--json"], ["decisions", "--json"],
                          ["deadlines", "--json"], ["tin", "list", "--json"],
                          ["over", self.number, "--json"], ["handover"],
                          ["call", self.number, "list", "--json"],
                          ["point", self.number, "list", "--by", "area"]])

  def engine(self, chance):
    return ["deliver", "--once"]

  def test_ten_seconds_of_everybody_at_once(self):
    self.end = time.monotonic() + SECONDS
    work = [threading.Thread(target=self.acts, args=(SEED + n,)) for n in (1, 2)]
    loops = [("verbs", self.verb, (0, 1, 3, 4)), ("reader", self.look, (0,))]
    if self.raw("help", "deliver").code == 0:
      loops.append(("engine", self.engine, (0,)))
    work += [threading.Thread(target=self.loop, args=one) for one in loops]
    for thread in work:
      thread.start()
    for thread in work:
      thread.join()
    self.assertEqual(self.wrong, [], msg="seed %d" % SEED)
    self.whole()
    for name in ["acts", "verbs", "reader"]:
      self.assertGreater(self.count.get(name, 0), 3, msg=str(self.count))
    print("%d events; %s" % (self.events(), self.count))


class Writers(FaultTest):
  def test_the_same_field_from_two_sides_is_told_to_the_second_with_both_values(self):
    self.init()
    case = self.new()
    version = str(case["version"])
    self.run_suco("set", case["number"], "title=Mất điện cả tỉnh", "--if-version", version)
    error = self.refused(4, "conflict", "set", case["number"], "title=Mất điện một phần",
                         "--if-version", version)
    self.assertEqual((error["field"], error["yours"], error["theirs"]),
                     ("title", "Mất điện một phần", "Mất điện cả tỉnh"))
    # Another field is no conflict.
    self.run_suco("set", case["number"], "tlp=red", "--if-version", version)

  def test_one_act_asked_for_by_many_at_once_is_done_once(self):
    self.init()
    number = self.new()["number"]
    many = [subprocess.Popen([os.environ["SUCO"], "--lang", "en", "ack", number],
                             env=self.env, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE) for _ in range(8)]
    for child in many:
      said = child.communicate(timeout=60)
      self.assertEqual(child.returncode, 0, msg=said)
    acks = self.rows("SELECT count(*) FROM event WHERE kind = 'status_changed'")
    self.assertEqual(acks, [(1,)])


class SameAct(FaultTest):
  """Two members, eight programs, one act: it happens once, and who came too late
  is told who was first."""

  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.run_suco("member", "add", "lan", "--name", "Phạm Thị Lan", "--role",
                  "coordinator")
    self.number = self.new("Mất mạng", "link")["number"]

  def at_once(self, *words, codes=(0, 4)):
    """Each member four times; {login: [code]}, and what the refused were told."""
    self.codes, self.said = {"root": [], "lan": []}, []
    many = []
    for n in range(8):
      login = ("root", "lan")[n % 2]
      more = ["--as", "lan"] if login == "lan" else []
      many.append((login, subprocess.Popen(
        [os.environ["SUCO"], "--lang", "en", *more, *words, "--json"], env=self.env,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)))
    answers = [(login, child, *child.communicate(timeout=60)) for login, child in many]
    for login, child, out, err in answers:
      self.assertIn(child.returncode, codes, msg=(words, out, err))
      self.codes[login].append(child.returncode)
      if child.returncode != 0:
        self.said.append(json.loads(err.decode().strip().splitlines()[-1])["error"])

  def once(self, kind, *words):
    """One event of the kind; the other member is told by whom."""
    count = "SELECT count(*) FROM event WHERE kind = '%s'" % kind
    before = self.rows(count)[0][0]
    self.at_once(*words)
    self.assertEqual(self.rows(count)[0][0], before + 1, msg=(words, self.codes))
    first = [login for login, codes in self.codes.items() if 0 in codes]
    self.assertEqual(len(first), 1, msg=(words, self.codes))
    other = "lan" if first == ["root"] else "root"
    self.assertEqual(self.codes[other], [4] * 4, msg=words)
    self.assertEqual({error["code"] for error in self.said}, {"conflict"})
    self.whole()

  def test_a_call_of_the_same_contact_is_a_fact_each_time(self):
    self.at_once("call", self.number, "vien_thong", "--answered-by", "trực ban",
                 codes=(0,))
    self.assertEqual(self.rows("SELECT count(*), count(DISTINCT n) FROM phone_call"),
                     [(8, 8)])
    self.whole()

  def test_an_order_is_answered_once(self):
    self.run_suco("ask", self.number, "tt_cds", "--question", "Tắt?", "--options",
                  "Tắt,Giữ")
    self.once("decision_answered", "answer", self.number, "1", "--answer", "Tắt")

  def test_a_report_becomes_one_case(self):
    self.run_suco("tin", "--what", "mất mạng", "--from", "Nam")
    before = self.rows("SELECT count(*) FROM cases")[0][0]
    self.at_once("tin", "case", "1", codes=(0, 1, 4))
    self.assertEqual(self.rows("SELECT count(*) FROM cases")[0][0], before + 1)
    # Who opened it himself is told so, the other by whom.
    mine, others = sorted(self.codes.values(), key=lambda codes: 0 not in codes)
    self.assertEqual((sorted(mine), others), ([0, 1, 1, 1], [4] * 4))
    self.whole()

  def test_a_report_is_closed_once(self):
    self.run_suco("tin", "--what", "mất mạng", "--from", "Nam")
    self.once("tin_closed", "tin", "close", "1", "--reason", "gọi nhầm")

  def test_a_promise_is_kept_once(self):
    self.run_suco("wait", self.number, "vien_thong", "--for", "nối tuyến")
    self.once("waiting_done", "wait", self.number, "done", "1", "--result", "thông")

  def test_a_clock_is_met_once(self):
    self.run_suco("deadline", self.number, "add", "vn26-initial-24h")
    self.once("deadline_met", "notice", "sent", self.number, "initial-24h",
              "--number", "12/TB", "--channel", "phone")

  def test_a_countdown_is_stopped_once(self):
    self.run_suco("countdown", self.number, "add", "CÒN ĐIỆN", "38")
    self.once("countdown_set", "countdown", self.number, "stop", "1")

  def test_the_shift_is_given_and_taken_once(self):
    self.at_once("handover", "give", "--to", "lan", codes=(0, 1, 4))
    self.assertEqual(self.rows("SELECT count(*) FROM handover"), [(1,)])
    self.at_once("handover", "take", codes=(0, 1, 3, 4))
    self.assertEqual(self.codes["lan"].count(0), 1, msg=self.codes)
    self.assertNotIn(0, self.codes["root"])
    self.assertEqual(self.rows("SELECT count(*), min(state) FROM handover"),
                     [(1, "taken")])
    self.whole()

  def test_the_same_point_is_set_once_and_the_same_line_ticked_once(self):
    self.run_suco("point", self.number, "add", "Xã A", "Xã B")
    before = self.events()
    self.at_once("point", self.number, "set", "1", "state=back")
    self.assertEqual(self.events(), before + 1)
    self.run_suco("begin", self.number)
    self.once("checklist_added", "point", self.number, "tick", "2", "--step", "1")

  def two(self, mine, theirs, codes=(0, 4)):
    """Two acts that exclude each other: one happens; (code, error) of each."""
    many = [subprocess.Popen([os.environ["SUCO"], "--lang", "en", *who, *words, "--json"],
                             env=self.env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for who, words in (([], mine), (["--as", "lan"], theirs))]
    said = [child.communicate(timeout=60)[1].decode() for child in many]
    self.assertEqual(sorted(child.returncode for child in many), list(codes), msg=said)
    loser = 1 if many[0].returncode == 0 else 0
    told = said[loser]
    first = "root" if loser == 1 else "lan"
    self.whole()
    return told, first

  def test_of_two_acts_on_one_row_one_happens_and_the_other_is_told_by_whom(self):
    self.run_suco("ask", self.number, "tt_cds", "--question", "Tắt?", "--fallback", "tắt")
    self.run_suco("quick", self.number)
    self.run_suco("call", self.number, "dien", "--answered-by", "trực ban")
    self.run_suco("tin", "--what", "mất mạng", "--from", "Nam")
    self.run_suco("tin", "join", "1", self.number)
    sent = ["quick", "sent", self.number, "1", "--to", "vp_ubnd", "--channel"]
    fix = ["call", self.number, "fix", "1", "--reason", "nhầm"]
    told = ["over", self.number, "told", "1", "--how"]
    answer = ["answer", self.number, "1"]
    for mine, theirs in ((sent + ["phone"], sent + ["zalo"]),
                         (fix + ["--answered-by", "Q"], fix + ["--not-made"]),
                         (told + ["gọi"], told + ["Zalo"])):
      text, first = self.two(mine, theirs)
      self.assertRegex(text, "by (Phạm Thị Lan|lan)" if first == "lan" else "by root",
                       msg=mine)
    # An answer may come after the fall-back, and is kept beside it.
    fallback = answer + ["--fallback", "--by", "ông B", "--reason", "gấp"]
    self.at_once(*fallback)
    self.run_suco(*answer, "--answer", "Giữ", "--by", "đ/c C", "--reason", "gọi lại được")
    row = self.rows("SELECT fallback_by, answer FROM decision")
    self.assertEqual(row, [("ông B", "Giữ")])
    self.whole()

  def test_a_copy_is_never_written_over_by_another(self):
    to = os.path.join(self.folder, "copy.txt")
    self.at_once("copy", self.number, "-o", to, codes=(0, 1))
    self.assertEqual(sorted(sum(self.codes.values(), [])), [0] + [1] * 7)

  def test_a_scene_is_held_and_released_once(self):
    self.at_once("scene", "hold", self.number, "--body", "Công an tỉnh", "--document",
                 "12/CV", codes=(0,))
    self.assertEqual(self.rows("SELECT count(*) FROM hold"), [(1,)])
    self.once("hold_set", "scene", "release", "1", "--by", "ông D", "--document", "15/CV")


if __name__ == "__main__":
  main()
