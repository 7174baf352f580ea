#!/usr/bin/env python3
"""Several programs on one desk (TARGETS E2, small): two that act without pause, a
loop of verbs, readers, and the engine where it is built.  No error but honest
refusals and conflicts; in the end chain and rows agree.  SUCO_SECONDS sets how
long."""
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
    self.number = self.new()["number"]
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
    """A program that acts without pause; how many events it told."""
    child = subprocess.Popen([ACTS, self.path, str(seed)], env=self.env,
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
      ["task", self.number, "add", "gọi bên điện"]])

  def look(self, chance):
    return chance.choice([["list", "--json"], ["search", "dien", "--json"],
                          ["show", self.number, "--json"], ["steps", self.number, "--json"],
                          ["timeline", self.number, "--json"], ["verify"]])

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


if __name__ == "__main__":
  main()
