"""A desk in a folder of its own, and the real program run on it."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SUCO = os.environ.get("SUCO", os.path.join("build", "cli", "suco"))
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$")
ROW = {
  "number": str, "title": str, "kind": str, "category": (str, None),
  "status": str, "severity": (int, None), "asset": (str, None),
  "owner": (str, None), "drill": bool, "reportable": str, "detected_at": "time",
  "opened_at": "time", "acknowledged_at": ("time", None),
  "contained_at": ("time", None), "recovered_at": ("time", None),
  "closed_at": ("time", None), "next_deadline": ("time", None),
  "overdue": bool, "open_tasks": int, "version": int,
}
CASE = dict(ROW, severity_suggested=(int, None), merged_into=(str, None),
            runs=list, tasks=list, deadlines=list, observables=list, evidence=list,
            messages=list, notices=list, links=list)
EVENT = {
  "seq": int, "id": str, "kind": str, "recorded_at": "time",
  "occurred_at": "time", "actor": str, "text": str, "body": (dict, None),
  "hash": str,
}
APPENDED = {"seq": int, "id": str, "kind": str}


def is_a(value, wanted):
  if isinstance(wanted, tuple):
    return any(is_a(value, one) for one in wanted)
  if wanted is None:
    return value is None
  if wanted == "time":
    return isinstance(value, str) and TIME.match(value) is not None
  if wanted is int:
    return isinstance(value, int) and not isinstance(value, bool)
  return isinstance(value, wanted)


class Result:
  def __init__(self, words, done):
    self.words = words
    self.code = done.returncode
    self.out = done.stdout
    self.err = done.stderr

  def json(self):
    return json.loads(self.out)

  def error(self):
    return json.loads(self.err.strip().splitlines()[-1])["error"]

  def __repr__(self):
    return "%s -> %d\n%s\n%s" % (" ".join(self.words)[:300], self.code,
                                 self.out[-2000:], self.err[-2000:])


class DeskTest(unittest.TestCase):
  """Each test has a folder; self.init() makes a desk in it."""

  longMessage = True

  def setUp(self):
    self.folder = tempfile.mkdtemp(prefix="suco-cli-")
    self.addCleanup(self.remove)
    self.path = os.path.join(self.folder, "desk.db")
    keep = ("PATH", "SUCO_DATA", "SUCO_LIBEXEC", "ASAN_OPTIONS", "UBSAN_OPTIONS",
            "LSAN_OPTIONS", "LD_LIBRARY_PATH",
            "LD_PRELOAD", "FAKETIME")  # so that the suite can be tried at any hour
    self.env = {k: v for k, v in os.environ.items() if k in keep}
    self.env.update(HOME=self.folder, LANG="C.UTF-8", SUCO_DESK=self.path)

  def remove(self):
    subprocess.run(["chmod", "-R", "u+rwX", self.folder], check=False)
    shutil.rmtree(self.folder)

  def raw(self, *words, data=None, env=None):
    """data: bytes or text for standard input."""
    if isinstance(data, str):
      data = data.encode()
    done = subprocess.run([SUCO, *words], input=data if data is not None else b"",
                          capture_output=True, timeout=60, env=env or self.env)
    done.stdout = done.stdout.decode(errors="replace")
    done.stderr = done.stderr.decode(errors="replace")
    for trace in ("Sanitizer", "runtime error"):
      if trace in done.stderr:
        self.fail("%s\n%s" % (" ".join(words)[:300], done.stderr))
    return Result(words, done)

  def run_suco(self, *words, code=0, **more):
    result = self.raw("--lang", "en", *words, **more)
    self.assertEqual(result.code, code, msg=repr(result))
    return result

  def json(self, *words, **more):
    """The JSON of a verb that must succeed."""
    return self.run_suco(*words, "--json", **more).json()

  def refused(self, code, word, *words, **more):
    """The error object of a verb that must fail with this exit code."""
    result = self.run_suco(*words, "--json", code=code, **more)
    self.assertEqual(result.out, "", msg=repr(result))
    error = result.error()
    self.assertEqual(error["code"], word, msg=repr(result))
    self.assertTrue(error["message"], msg=repr(result))
    return error

  def init(self, *words):
    return self.json("init", *words)

  def new(self, title="Mất điện trạm chính", kind="power", *words):
    return self.json("new", "--kind", kind, "--title", title, *words)

  def shape(self, value, wanted, what="value"):
    self.assertIsInstance(value, dict, msg=what)
    for key, type_ in wanted.items():
      self.assertIn(key, value, msg=what)
      if not is_a(value[key], type_):
        self.fail("%s: %s is %r, wanted %r" % (what, key, value[key], type_))

  def changed(self, value, *kinds):
    """The answer of a verb that changed one case: the case and what was appended."""
    self.shape(value, CASE, "case")
    self.assertNotIn("events", value)
    self.appended(value, *kinds)

  def appended(self, value, *kinds):
    for row in value["appended"]:
      self.shape(row, APPENDED, "appended")
    self.assertEqual([row["kind"] for row in value["appended"]], list(kinds))

  def events(self):
    """How many the desk has: nothing changed means the same number."""
    return self.json("verify")["events"]

  def whole(self):
    result = self.json("verify", "--replay")
    self.assertEqual((result["chain"], result["replay"]), ("ok", "ok"))


def main():
  unittest.main(verbosity=1, argv=sys.argv[:1] + sys.argv[1:])
