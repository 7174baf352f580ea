#!/usr/bin/env python3
"""The paper forms as PDF say what the paper forms as text say."""
import json
import os
import re
import shutil
import subprocess
import unittest

from desk import SUCO, DeskTest, main

HERE = os.path.dirname(os.path.dirname(os.path.abspath(SUCO)))
REPORT = os.path.join(HERE, "report", "suco-report")
PHONE = "0255 000 111"


@unittest.skipUnless(shutil.which("pdftotext"), "pdftotext is not installed")
@unittest.skipUnless(os.path.exists(REPORT), "suco-report was not built")
class Paper(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.json("contact", "set", "ca_anm", "phone=" + PHONE)
    self.json("asset", "set", "CONG", "stop_order=1", "stop_minutes=12")
    self.pdf = os.path.join(self.folder, "out.pdf")

  def pages(self):
    done = subprocess.run(["pdftotext", "-layout", self.pdf, "-"], capture_output=True,
                          timeout=60, check=True)
    return done.stdout.decode().split("\f")[:-1]

  @staticmethod
  def words(text):
    """Letters and figures alone: lines, boxes, cuts and blanks are each form's own."""
    text = re.sub(r"\S*…", " ", text)
    return set(re.findall(r"[^\W_]{2,}", text))

  def same(self, language, *words):
    text = self.raw("--lang", language, *words).out
    done = self.raw("--lang", language, *words, "--format", "pdf", "-o", self.pdf)
    self.assertEqual(done.code, 0, msg=repr(done))
    self.assertEqual(os.stat(self.pdf).st_mode & 0o777, 0o600)
    pages = self.pages()
    # What a page shows at its end in another place is the foot.
    text = re.sub(r"(page|trang) \d+/\d+", "", text)
    lost = self.words(text) - self.words("\n".join(pages))
    self.assertEqual({w for w in lost if not re.fullmatch(r"\d\d", w)}, set())
    return pages

  def test_a_plan_is_pages_of_a4_with_its_number_and_hash_on_each(self):
    for language, word in (("vi", "trang"), ("en", "page")):
      pages = self.same(language, "playbook", "print", "PA-MD")
      self.assertGreater(len(pages), 4)
      text = self.raw("--lang", language, "playbook", "print", "PA-MD").out
      hash_ = re.search(r"sha256 ([0-9a-f]{64})", text).group(1)
      for i, page in enumerate(pages, 1):
        self.assertIn("%s %d/%d" % (word, i, len(pages)), page)
        self.assertIn(hash_, page)
        self.assertIn("PA-MD", page)
        self.assertLess(len(page.splitlines()), 90)
      self.assertIn(PHONE, "\n".join(pages))
      info = subprocess.run(["pdfinfo", self.pdf], capture_output=True, check=True).stdout
      self.assertIn("A4", info.decode())

  def test_no_shipped_plan_loses_a_word(self):
    plans = [p for p in self.json("playbook", "list") if p["language"] == "vi"]
    self.assertGreater(len(plans), 6)
    for plan in plans:
      self.same("vi", "playbook", "print", plan["id"])

  def test_a_case_comes_with_what_is_done_in_it(self):
    n = self.new("Mất điện TTDL", "power")["number"]
    self.json("begin", n, "PA-MD")
    self.json("step", n, "1", "done", "--note", "đã gọi lại", "--set", "gio_mat_dien=02:05",
              "--set", "nguoi_bao=Kỹ thuật trực")
    text = "\n".join(self.same("vi", "print", n))
    self.assertIn("đã gọi lại", text)
    self.assertEqual(text.count("Mất điện TTDL"), len(self.pages()) + 1)

  def test_a_pdf_needs_a_file_and_a_form_that_is_known(self):
    self.refused(2, "usage", "playbook", "print", "PA-MD", "--format", "pdf")
    self.refused(2, "usage", "playbook", "print", "PA-MD", "--format", "doc")
    self.refused(2, "usage", "print", "coordination", "--format", "pdf", "-o", self.pdf)
    self.refused(2, "usage", "playbook", "export", "PA-MD", "--format", "pdf")
    self.refused(3, "not_found", "playbook", "print", "nothing", "--format", "pdf", "-o",
                 self.pdf)
    self.assertFalse(os.path.exists(self.pdf))
    out = self.json("playbook", "print", "PA-MD", "--format", "pdf", "-o", self.pdf)
    self.assertEqual(out["file"], self.pdf)
    # A file that is called so is one.
    os.unlink(self.pdf)
    self.json("playbook", "print", "PA-MD", "-o", self.pdf)
    with open(self.pdf, "rb") as file:
      self.assertEqual(file.read(5), b"%PDF-")
    self.assertEqual(self.raw("--lang", "en", "playbook", "print", "PA-MD", "--format",
                              "pdf", "-o", self.folder).code, 1)

  def test_what_is_no_document_makes_no_paper(self):
    for text in ("", "{}", "[1]", '{"items":5}', "x" * 50):
      done = subprocess.run([REPORT, "paper", "--output", self.pdf], input=text.encode(),
                            capture_output=True, timeout=60, check=False, env=self.env)
      self.assertEqual(done.returncode, 1, msg=text)
      self.assertIn(b"suco-report: ", done.stderr)
    strange = '{"items":[{"style":"x"},{"style":"row"},{"style":"keep"},{"text":5},' \
      '{"style":"form","text":"__"},{"style":"form","indent":900,"text":"a __ b"}]}'
    done = subprocess.run([REPORT, "paper", "--output", self.pdf], input=strange.encode(),
                          capture_output=True, timeout=60, check=False, env=self.env)
    self.assertEqual(done.returncode, 0, msg=done.stderr)
    self.assertEqual(len(self.pages()), 1)

  def test_what_is_longer_than_a_page_goes_on_on_the_next(self):
    words = ["w%dx" % i for i in range(9000)]
    text = json.dumps({"page": "page", "items": [
      {"style": "head", "text": "Head"}, {"style": "keep"},
      {"style": "step", "text": "[ ]  1! " + " ".join(words[:4500])},
      {"style": "text", "indent": 8, "text": " ".join(words[4500:])}, {"style": "keep_end"}]})
    subprocess.run([REPORT, "paper", "--output", self.pdf], input=text.encode(), timeout=60,
                   capture_output=True, check=True, env=self.env)
    self.assertEqual(set(words) - self.words("\n".join(self.pages())), set())


if __name__ == "__main__":
  main()
