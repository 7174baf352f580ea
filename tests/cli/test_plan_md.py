#!/usr/bin/env python3
"""Plans that people write: new from Markdown, back to it, edited, compared."""
import glob
import json
import os
import pty
import re
import subprocess

from desk import SUCO, DeskTest, main

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def page_example():
  with open(os.path.join(ROOT, "docs", "plan-md.md"), encoding="utf-8") as file:
    return file.read().split("```markdown\n")[1].split("```")[0]


class PlanMd(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.md = self.file("plan.md", page_example())
    self.plan = os.path.join(self.folder, "plan.json")

  def file(self, name, text, mode=0o644):
    path = os.path.join(self.folder, name)
    with open(path, "w", encoding="utf-8") as file:
      file.write(text)
    os.chmod(path, mode)
    return path

  def text(self, path):
    with open(path, encoding="utf-8") as file:
      return file.read()

  def new(self, *words, code=0):
    return self.run_suco("playbook", "new", "--from", self.md, "-o", self.plan, *words,
                         code=code)

  def imported(self):
    self.new()
    self.json("playbook", "import", self.plan)

  def editor(self, script):
    """An editor that changes the file it is given."""
    path = self.file("editor.sh", '#!/bin/sh\n[ "$1" = -w ] || exit 9\n' + script, 0o755)
    self.env["EDITOR"] = path + " -w"
    self.env.pop("VISUAL", None)

  def drafts(self):
    return glob.glob(os.path.join(self.folder, ".local/state/suco/drafts/plan-*"))

  def test_a_plan_becomes_a_file_without_findings_and_stays_itself(self):
    self.new()
    self.assertEqual(self.run_suco("playbook", "check", self.plan).out, "")
    before = self.text(self.plan)
    self.new()
    self.assertEqual(self.text(self.plan), before)
    self.file("plan.md", page_example().replace("Hạn: 5 phút", "Hạn: 6 phút"))
    self.new()
    old, new = json.loads(before), json.loads(self.text(self.plan))
    self.assertEqual(old["created"], new["created"])
    self.assertLess(old["modified"], new["modified"])
    self.assertEqual(set(old["workflow"]), set(new["workflow"]))

  def test_another_plan_is_not_written_over(self):
    self.file("plan.json", "{}")
    self.refused(1, "refused", "playbook", "new", "--from", self.md, "-o", self.plan)
    self.assertEqual(self.text(self.plan), "{}")

  def test_what_is_wrong_is_told_by_line_and_nothing_is_written(self):
    self.file("plan.md", "# X\n1. A\n   Chủ trì: B\n   Hạn: lâu\n2. Nếu c thì\n   1. D\n")
    out = self.new(code=6).out
    self.assertEqual([line.split(" ")[0] for line in out.splitlines()], [self.md + ":4:"])
    found = self.new("--json", code=6).json()["findings"]
    self.assertEqual([(f["file"], f["line"]) for f in found], [(self.md, 4)])
    self.assertFalse(os.path.exists(self.plan))

  def test_the_official_schema_takes_what_is_written(self):
    folder = os.environ.get("SUCO_SHARED", os.path.join(os.path.dirname(
      os.path.dirname(ROOT)), "shared")) + "/cacao/schema/schemas"
    if not os.path.isdir(folder):
      self.skipTest("the schemas of OASIS stand beside the tree only sometimes")
    import jsonschema
    store = {}
    for path in glob.glob(folder + "/**/*.json", recursive=True):
      schema = json.loads(self.text(path))
      store[schema.get("$id", path)] = schema
    top = json.loads(self.text(folder + "/playbook.json"))
    valid = jsonschema.Draft7Validator(top, resolver=jsonschema.RefResolver(
      top["$id"], top, store=store))
    self.new()
    plan = json.loads(self.text(self.plan))
    self.assertEqual([e.message for e in valid.iter_errors(plan)], [])
    del plan["name"]
    self.assertFalse(valid.is_valid(plan))

  def test_the_extension_of_what_is_written_fits_its_schema(self):
    import jsonschema
    schema = json.loads(self.text(os.path.join(ROOT, "data/schema/suco-step.schema.json")))
    valid = jsonschema.Draft7Validator(schema)
    self.new()
    plan = json.loads(self.text(self.plan))
    exts = [e for s in [plan["playbook_extensions"]] + [
      s["step_extensions"] for s in plan["workflow"].values() if "step_extensions" in s]
      for e in s.values()]
    self.assertGreater(len(exts), 9)
    for ext in exts:
      valid.validate(ext)

  def test_it_comes_back_as_it_was_from_the_desk(self):
    self.imported()
    self.assertEqual(self.run_suco("playbook", "export", "PA-MD-XA", "--as", "md").out,
                     page_example())
    self.assertEqual(self.json("playbook", "export", "PA-MD-XA", "--format", "md")["losses"],
                     [])

  def test_what_markdown_cannot_say_of_a_shipped_plan_is_named(self):
    result = self.run_suco("playbook", "export", "PA-TC-GD", "--as", "md")
    self.assertIn("due_working_days (", result.err)
    self.assertIn("checklist (", result.err)
    self.assertIn("# ", result.out)
    losses = self.json("playbook", "export", "PA-TC-GD", "--as", "md")["losses"]
    self.assertEqual(len(losses), len(result.err.strip().splitlines()))

  def test_its_paper_says_each_thing_once(self):
    self.imported()
    text = self.run_suco("playbook", "print", "PA-MD-XA").out
    # The paragraph for players that do not know our extension repeats all of it.
    self.assertNotIn("Chủ trì:", text)
    self.assertIn("ONLY IF: số phút ắc quy còn < 30", text)
    self.assertIn("IF NOT: số phút ắc quy còn < 30", text)
    self.assertIn("AGAIN AND AGAIN WHILE: đã có điện = không", text)
    self.assertIn("ONLY IF: nguyên nhân = Cháy nổ", text)
    self.assertIn("? số phút ắc quy còn ______________ phút", text)
    self.assertIn("? đã có điện (yes / no) ______________", text)
    self.assertIn("(Cắt theo lịch / Hỏng đường dây / Cháy nổ)", " ".join(text.split()))
    self.assertNotIn("Alters the scene", text)
    self.assertIn("Alters the scene", self.run_suco("playbook", "print", "PA-KP").out)
    # Where branches come together it is said.
    self.assertRegex(text, r"THEN GO ON\n\[ \] +\d+  Thử một hồ sơ")
    # Whom the register does not know has a blank for his number.
    self.assertRegex(text, r"Trực ca +_{16}")
    drawn = self.run_suco("playbook", "draw", "PA-MD-XA").out
    self.assertIn("at the same time", drawn)
    self.assertNotIn("Song song", drawn)

  def test_two_editions_are_compared_by_their_steps(self):
    self.imported()
    result = self.run_suco("playbook", "diff", self.md, "PA-MD-XA", "--json")
    self.assertEqual(result.json(), [])
    other = self.file("other.md", page_example().replace("Ghi bài học", "Họp rút kinh nghiệm")
                      .replace("Hạn: 5 phút", "Hạn: 6 phút"))
    found = self.run_suco("playbook", "diff", self.plan, other, "--json", code=6).json()
    self.assertEqual([(f["change"], f["name"], f["field"], f["before"], f["after"])
                      for f in found],
                     [("removed", "Ghi bài học", None, None, None),
                      ("added", "Họp rút kinh nghiệm", None, None, None),
                      ("changed", "Nhận tin, đọc ắc quy", "timeout", "300000", "360000")])
    text = self.run_suco("playbook", "diff", self.plan, other, code=6).out
    self.assertIn("Limit: 5 minutes -> 6 minutes", text)

  def test_the_editor_makes_a_new_edition(self):
    self.imported()
    self.editor("sed -i 's/Hạn: 5 phút/Hạn: 7 phút/' \"$2\"\n")
    result = self.json("playbook", "edit", "PA-MD-XA")
    self.assertEqual([c["field"] for c in result["changes"]], ["timeout"])
    plan = json.loads(self.run_suco("playbook", "export", "PA-MD-XA").out)
    old = json.loads(self.text(self.plan))
    self.assertEqual(plan["id"], old["id"])
    self.assertEqual(plan["created"], old["created"])
    self.assertGreater(plan["modified"], old["modified"])
    self.assertEqual(self.drafts(), [])

  def test_a_plan_that_markdown_cannot_say_is_edited_as_json(self):
    self.refused(1, "refused", "playbook", "edit", "PA-MD", "--as", "md")
    self.editor("sed -i 's/\"timeout\": 300000/\"timeout\": 240000/' \"$2\"\n")
    result = self.json("playbook", "edit", "PA-MD")
    self.assertIn("timeout", [c["field"] for c in result["changes"]])
    self.assertEqual(self.run_suco("playbook", "diff", "PA-MD", "PA-MD").code, 0)

  def test_nothing_changed_makes_no_edition(self):
    self.imported()
    self.editor("true\n")
    self.assertEqual(self.json("playbook", "edit", "PA-MD-XA")["changes"], [])
    self.assertEqual(self.drafts(), [])

  def test_a_text_with_faults_is_kept_and_named(self):
    self.imported()
    self.editor("sed -i 's/Hạn: 5 phút/Hạn: lâu/' \"$2\"\n")
    result = self.run_suco("playbook", "edit", "PA-MD-XA", code=1)
    kept = self.drafts()
    self.assertEqual(len(kept), 1)
    self.assertIn("Hạn: lâu", self.text(kept[0]))
    self.assertIn(kept[0], result.err)
    self.assertRegex(result.err, re.escape(kept[0]) + r":\d+: ")
    self.assertEqual(self.run_suco("playbook", "export", "PA-MD-XA", "--as", "md").out,
                     page_example())

  def at_terminal(self, typed, *words):
    """The verb with somebody at the terminal who types this."""
    master, slave = pty.openpty()
    os.write(master, typed)
    done = subprocess.run([SUCO, *words], env=self.env, stdin=slave, capture_output=True,
                          text=True, timeout=60, check=False)
    os.close(master)
    os.close(slave)
    return done

  def test_a_kept_draft_is_named_and_offered_at_the_next_edit(self):
    self.imported()
    self.editor("sed -i 's/Hạn: 5 phút/Hạn: lâu/' \"$2\"\n")
    self.run_suco("playbook", "edit", "PA-MD-XA", code=1)
    draft = self.drafts()[0]
    # Nobody at a terminal: it is named, and the plan is begun with as it is.
    self.editor("grep -q 'Hạn: 5 phút' \"$2\" && exit 0; exit 9\n")
    self.assertIn(draft, self.run_suco("playbook", "edit", "PA-MD-XA").err)
    # It stays where it is not taken up, and where its editor changes nothing in it.
    done = self.at_terminal(b"n\n", "playbook", "edit", "PA-MD-XA")
    self.assertEqual(done.returncode, 0, msg=done.stderr)
    self.editor("true\n")
    done = self.at_terminal(b"\nk\n", "playbook", "edit", "PA-MD-XA")
    self.assertEqual(done.returncode, 1, msg=done.stderr)
    self.assertEqual(self.drafts(), [draft])
    self.editor("sed -i 's/Hạn: lâu/Hạn: 9 phút/' \"$2\"\n")
    done = self.at_terminal(b"\n", "playbook", "edit", "PA-MD-XA", "--json")
    self.assertEqual(done.returncode, 0, msg=done.stderr)
    self.assertEqual([c["after"] for c in json.loads(done.stdout)["changes"]], ["540000"])
    self.assertEqual(self.drafts(), [])

  def test_a_kept_draft_says_that_the_plan_was_changed_since(self):
    self.imported()
    self.editor("sed -i 's/Hạn: 5 phút/Hạn: lâu/' \"$2\"\n")
    self.run_suco("playbook", "edit", "PA-MD-XA", code=1)
    os.utime(self.drafts()[0], (0, 0))
    self.editor("true\n")
    done = self.run_suco("--lang", "en", "playbook", "edit", "PA-MD-XA")
    self.assertIn("the plan was changed since", done.err)

  def test_on_a_terminal_it_asks_to_edit_again(self):
    self.imported()
    self.editor("if grep -q 'Hạn: lâu' \"$2\"; then sed -i 's/Hạn: lâu/Hạn: 8 phút/' \"$2\"\n"
                "else sed -i 's/Hạn: 5 phút/Hạn: lâu/' \"$2\"; fi\n")
    done = self.at_terminal(b"\n", "playbook", "edit", "PA-MD-XA", "--json")
    self.assertEqual(done.returncode, 0, msg=done.stderr)
    self.assertEqual([c["after"] for c in json.loads(done.stdout)["changes"]], ["480000"])
    self.assertIn(":", done.stderr)
    self.assertEqual(self.drafts(), [])

  def test_a_plan_that_was_written_in_markdown_can_be_edited_as_json(self):
    self.imported()
    self.editor("sed -i 's/\"timeout\": 300000/\"timeout\": 240000/' \"$2\"\n")
    result = self.json("playbook", "edit", "PA-MD-XA", "--as", "json")
    self.assertEqual([c["after"] for c in result["changes"]], ["240000"])
    self.run_suco("playbook", "export", "PA-MD-XA", "--format", "pdf", code=2)

  def test_an_editor_that_fails_or_is_not_there_loses_nothing(self):
    self.imported()
    self.editor("echo thêm >> \"$2\"; exit 3\n")
    error = self.refused(5, "unavailable", "playbook", "edit", "PA-MD-XA")
    self.assertIn(self.drafts()[0], error["cause"])
    self.assertIn("thêm", self.text(self.drafts()[0]))
    self.env["EDITOR"] = "/nonexistent/editor"
    error = self.refused(5, "unavailable", "playbook", "edit", "PA-MD-XA")
    # Nothing was typed into it: no draft is left of it.
    self.assertNotIn("plan-", error["cause"])
    self.assertEqual(len(self.drafts()), 1)


if __name__ == "__main__":
  main()
