#!/usr/bin/env python3
"""Help, manual and completions: one table, and it is right."""
import os
import re
import subprocess
import tempfile

from desk import SUCO, DeskTest, main


class Help(DeskTest):
  def verbs(self):
    text = self.run_suco("help").out
    return re.findall(r"^  ([a-z][a-z-]*)  ", text, flags=re.M)

  def test_each_verb_stands_once_under_a_heading_and_has_help(self):
    verbs = self.verbs()
    self.assertGreater(len(verbs), 20)
    self.assertEqual(len(verbs), len(set(verbs)))
    manual = self.run_suco("help", "man-page").out
    every = re.findall(r"^\.SS ([a-z][a-z-]*)$", manual, flags=re.M)
    self.assertEqual(sorted(verbs), every)
    self.assertEqual(verbs[-1], "help")  # what no heading names comes last
    for verb in verbs:
      text = self.run_suco("help", verb).out
      self.assertIn("suco " + verb, text)
      self.assertIn("--json", text)
      self.assertEqual(self.run_suco(verb, "--help").out, text)

  def test_the_manual_and_the_completions_name_every_verb(self):
    man = self.run_suco("help", "man-page").out
    bash = self.run_suco("help", "bash-completion").out
    for verb in self.verbs():
      self.assertIn(".SS " + verb, man)
      self.assertRegex(bash, r"\t%s\) words=" % verb)
    done = subprocess.run(["bash", "-n"], input=bash.encode(), capture_output=True,
                          timeout=30, check=False)
    self.assertEqual(done.returncode, 0, msg=done.stderr)

  def test_the_manual_and_the_completions_name_every_option_of_the_help(self):
    man = self.run_suco("help", "man-page").out.replace("\\-", "-")
    bash = self.run_suco("help", "bash-completion").out
    for topic in [[], *[[verb] for verb in self.verbs()]]:
      for option in re.findall(r"--[a-z][a-z-]+", self.run_suco("help", *topic).out):
        self.assertIn(option, man)
        self.assertIn(option, bash)

  def test_completion_offers_verbs_subverbs_and_options(self):
    script = self.run_suco("help", "bash-completion").out + '''
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _suco; echo "${COMPREPLY[*]}"; }
try suco tim
try suco --desk x task 1 ad
try suco new --ti
'''
    done = subprocess.run(["bash"], input=script.encode(), capture_output=True, timeout=30,
                          check=False)
    self.assertEqual(done.stdout.decode().splitlines(), ["timeline", "add", "--title"])

  def test_no_line_of_the_help_is_wider_than_a_terminal(self):
    for language in ("vi", "en"):
      for topic in [[], *[[verb] for verb in self.verbs()]]:
        for line in self.raw("--lang", language, "help", *topic).out.splitlines():
          if not line.startswith("suco "):
            self.assertLessEqual(len(line), 84, msg=line)

  def test_help_ends_no_line_with_a_blank_and_answers_to_h(self):
    for topic in [[], *[[verb] for verb in self.verbs()]]:
      for line in self.run_suco("help", *topic).out.splitlines():
        self.assertEqual(line, line.rstrip())
    self.assertEqual(self.run_suco("-h").out, self.run_suco("help").out)
    self.assertEqual(self.run_suco("step", "-h").out, self.run_suco("help", "step").out)
    self.assertIn("\n  --plain ", self.run_suco("help").out)
    self.assertTrue(self.refused(2, "usage", "show")["message"].endswith("suco show CASE"))

  def test_topics_are_printed(self):
    self.assertIn("title", self.run_suco("help", "limits").out)
    self.assertIn("coordinator", self.run_suco("help", "roles").out)
    self.assertIn("new -> acknowledged", self.run_suco("help", "statuses").out)
    self.refused(3, "not_found", "help", "nonsense")

  def test_scripts_get_the_help_as_json(self):
    self.assertEqual([v["verb"] for v in self.json("help")], sorted(self.verbs()))
    one = self.json("help", "note")
    self.assertEqual(one["usage"], ["suco note CASE [TEXT|-]"])
    self.assertIn("if-version", [o["name"] for o in one["options"]])
    self.assertIn(("title", 300), [(r["name"], r["value"]) for r in self.json("help", "limits")])
    self.assertIn("coordinator", [r["role"] for r in self.json("help", "roles")])
    self.assertIn(("recovered", "closed", "close"),
                  [(r["from"], r["to"], r["verb"]) for r in self.json("help", "statuses")])

  def test_an_option_of_another_form_is_refused_by_name(self):
    self.init()
    self.json("new", "--kind", "link", "--title", "mất mạng")
    for words, option, to in (
        ("point 1 list --since now", "since", "suco point add, suco point import"),
        ("point 1 add Xã-01 --off", "off", "suco point tick"),
        ("tin list --reason x", "reason", "suco tin close, suco tin join"),
        ("tin --what hỏng --limit 3", "limit", "suco tin list"),
        ("countdown 1 add pin 20 --reason x", "reason", "suco countdown stop"),
        ("countdown 1 --at now", "at", "suco countdown add"),
        ("point 1 add Xã-01 --csv", "csv", None),
        ("log list --if-version 3", "if-version", None)):
      said = self.refused(2, "usage", "--lang", "en", *words.split())["message"]
      self.assertIn("--%s does not belong to `suco " % option, said)
      if to is not None:
        self.assertTrue(said.endswith("but to: " + to), said)
    self.assertEqual(self.json("point", "1", "list"), [])
    self.assertEqual(self.json("countdown", "1"), [])

  def test_every_option_of_a_verb_with_forms_says_whose_it_is(self):
    common = {"json", "csv", "if-version", "input"}
    for verb in self.json("help"):
      words = [u.split()[2:] for u in verb["usage"]]
      forms = {w[1] if w[:1] == ["CASE"] and len(w) > 1 else w[0] for w in words if w}
      own = [o for o in verb["options"] if o["name"] not in common]
      for option in own if len(words) > 1 else []:
        self.assertTrue(option["of"], "%s --%s: name its forms in cli/option_forms.c" %
                        (verb["verb"], option["name"]))
        self.assertLessEqual(set(option["of"]) - {""}, forms)

  def test_the_version_says_which_parts_are_there(self):
    self.assertRegex(self.run_suco("--version").out, r"^suco \d+\.\d+\.\d+\n$")
    self.assertIn("suco-serve", self.raw("--version", "-v").out)

  def test_the_language_is_chosen_by_option_then_environment_then_vietnamese(self):
    self.assertNotEqual(self.raw("--lang", "vi", "help").out,
                        self.raw("--lang", "en", "help").out)
    env = dict(self.env, LANG="en_US.UTF-8")
    self.assertEqual(self.raw("help", env=env).out, self.raw("--lang", "en", "help").out)
    self.assertEqual(self.raw("help").out, self.raw("--lang", "vi", "help").out)
    self.assertEqual(self.raw("--lang", "fr", "help").code, 2)


if __name__ == "__main__":
  main()
