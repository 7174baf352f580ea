#!/usr/bin/env python3
"""Promises of others and orders asked for, by verbs."""
from desk import DeskTest, main

WAITING = {
  "n": int, "id": str, "state": str, "role": (str, None), "waiting_on": str, "what": str,
  "ticket": (str, None), "promised_at": ("time", None), "overdue": bool, "asked": int,
  "asked_at": ("time", None), "next": (str, None), "next_at": ("time", None),
  "raised": int, "raised_to": (str, None), "raise_after": (str, None),
  "owner": (str, None), "result": (str, None), "created_at": "time",
  "ended_at": ("time", None), "askings": list,
}
DECISION = {
  "n": int, "id": str, "state": str, "question": str, "role": (str, None),
  "asked_of": str, "channel": str, "asked_by": str, "asked_at": "time",
  "until_at": ("time", None), "over": bool, "options": (list, None), "tries": int,
  "answer": (str, None), "answer_text": (str, None), "reason": (str, None),
  "answered_by": (str, None), "answered_at": ("time", None), "fallback": (str, None),
  "authority": (str, None), "fallback_by": (str, None), "fallback_at": ("time", None),
  "fallback_reason": (str, None),
  "document": (str, None), "document_date": (str, None), "step": (str, None),
  "calls": list,
}


class Wait(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.json("member", "add", "lan", "--name", "Phạm Thị Lan", "--role", "responder")
    self.n = self.new("13 xã mất kết nối", "link")["number"]

  def wait(self, *words):
    return self.json("wait", self.n, "vien_thong", "--for", "nối lại tuyến", *words)

  def test_a_promise_is_asked_raised_and_done_and_counts_as_a_task(self):
    case = self.wait("--ticket", "VT-77", "--promised", "+5m")
    self.changed(case, "waiting_added")
    (w,) = case["waiting"]
    self.shape(w, WAITING)
    self.assertEqual((w["waiting_on"], w["ticket"], w["next"], w["asked"]),
                     ("Doanh nghiệp viễn thông", "VT-77", "wait", 0))
    (task,) = [t for t in case["tasks"] if t["type"] == "waiting"]
    self.assertEqual((task["waiting_on"], task["promised_at"], task["asked"]),
                     ("vien_thong", w["promised_at"], 0))
    self.assertEqual(case["open_tasks"], 1)
    self.assertEqual(case["next_deadline"], w["promised_at"])
    case = self.json("wait", self.n, "asked", "1", "--said", "đang hàn", "--whom",
                     "anh Bình", "--promised", "+40m")
    self.changed(case, "waiting_asked")
    self.assertEqual(case["waiting"][0]["askings"][0]["text"], "đang hàn")
    case = self.json("wait", self.n, "raise", "1", "--said", "cử thêm tổ")
    self.assertEqual((case["waiting"][0]["raised"], case["waiting"][0]["asked"]), (1, 2))
    self.changed(self.json("wait", self.n, "set", "1", "--raise-after", "15m,1h"),
                 "waiting_set")
    self.assertEqual(self.json("waits")[0]["case"], self.n)
    self.assertIn("nối lại tuyến", self.run_suco("waits").out)
    self.assertIn("waiting_on", self.run_suco("waits", "--csv").out)
    case = self.json("wait", self.n, "done", "1", "--result", "thông lúc 03:50")
    self.assertEqual((case["open_tasks"], case["waiting"][0]["state"]), (0, "done"))
    self.assertEqual(self.json("waits"), [])
    self.assertEqual(self.json("wait", self.n, "done", "1")["appended"], [])
    self.whole()

  def test_a_promise_in_the_past_needs_when_they_said_it(self):
    error = self.refused(1, "bad_input", "wait", self.n, "vien_thong", "--for", "x",
                         "--promised", "20/11/2020 02:00")
    self.assertIn("--said-at", error["message"])
    case = self.wait("--said-at", "-2h", "--promised", "-1h")
    self.assertTrue(case["waiting"][0]["overdue"])
    self.assertEqual(case["waiting"][0]["next"], "raise")
    self.assertTrue(case["overdue"])

  def test_what_is_wrong_is_refused_by_name(self):
    self.refused(3, "not_found", "wait", self.n, "nobody", "--for", "x")
    self.refused(2, "usage", "wait", self.n, "vien_thong")
    self.refused(3, "not_found", "wait", self.n, "asked", "9")
    self.refused(1, "bad_input", "wait", self.n, "vien_thong", "--for", "x",
                 "--raise-after", "2h,1h")
    self.wait()
    self.refused(1, "bad_input", "wait", self.n, "asked", "1", "--channel", "fax")

  def test_two_people_and_one_promise(self):
    version = self.wait("--promised", "+1h")["version"]
    self.json("--as", "lan", "wait", self.n, "asked", "1", "--promised", "+2h")
    error = self.refused(4, "conflict", "wait", self.n, "asked", "1", "--promised", "+3h",
                         "--if-version", str(version))
    self.assertIn("promised_at", error["message"])
    result = self.run_suco("wait", self.n, "asked", "1", "--said", "vẫn thế")
    self.assertIn("Phạm Thị Lan", result.err)
    self.json("wait", self.n, "done", "1", "--result", "thông")
    self.assertIn("root" if "root" in self.refused(4, "conflict", "--as", "lan", "wait",
                  self.n, "done", "1")["message"] else "by", "root by")
    self.whole()

  def test_a_case_does_not_close_over_a_promise(self):
    self.wait()
    for to in ("acknowledged", "responding", "contained", "recovered"):
      self.json(*(("ack", self.n) if to == "acknowledged" else ("status", self.n, to)))
    close = ("close", self.n, "--cause", "x", "--result", "y", "--lessons", "z")
    self.assertIn("nối lại tuyến", self.refused(1, "refused", *close)["message"])
    self.json("wait", self.n, "done", "1", "--result", "thông")
    self.json("reportable", self.n, "no", "--reason", "không thuộc diện")
    self.json(*close)


class Orders(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    self.json("member", "add", "lan", "--name", "Phạm Thị Lan", "--role", "responder")
    self.n = self.new("Mất điện Trung tâm dữ liệu tỉnh", "power", "--asset", "TTDL",
                      "--begin")["number"]

  def ask(self, *words):
    return self.json("ask", self.n, "tt_cds", "--question", "Mở lại?", *words)

  def test_an_answer_by_a_time_that_has_passed_is_refused_in_its_own_words(self):
    error = self.refused(1, "bad_input", "ask", self.n, "tt_cds", "--question", "Mở lại?",
                         "--until", "-5m")
    self.assertIn("answer by -5m", error["message"])
    self.assertIn("--at", error["message"])

  def test_asked_called_answered_and_confirmed_in_writing(self):
    case = self.ask("--options", "Mở,Giữ", "--until", "+5m")
    self.changed(case, "decision_added")
    self.shape(case["decisions"][0], DECISION)
    case = self.json("answer", self.n, "1", "--no-answer")
    self.assertEqual(case["decisions"][0]["tries"], 1)
    self.assertEqual(len(case["decisions"][0]["calls"]), 1)
    case = self.json("answer", self.n, "1", "--answer", "mo", "--by", "đ/c Minh")
    self.assertEqual(case["decisions"][0]["answer"], "Mở")
    self.refused(4, "conflict", "--as", "lan", "answer", self.n, "1", "--answer", "Giữ")
    self.assertEqual(len(self.json("decisions", "--no-document")), 1)
    self.json("answer", self.n, "1", "--document", "12/CT", "--date", "-1d")
    self.assertEqual(self.json("decisions", "--no-document"), [])
    self.assertEqual(self.json("decisions")[0]["document"], "12/CT")
    self.whole()

  def test_the_fall_back_and_an_answer_after_it(self):
    self.ask("--fallback", "được mở theo ủy quyền", "--until", "+5m")
    error = self.refused(1, "refused", "answer", self.n, "1", "--fallback", "--by", "Hà")
    self.assertIn("--reason", error["message"])
    self.refused(1, "bad_input", "answer", self.n, "1", "--fallback")
    self.json("answer", self.n, "1", "--fallback", "--by", "Hà", "--reason", "cháy")
    case = self.json("--as", "lan", "answer", self.n, "1", "--answer", "không mở",
                     "--reason", "máy phát tới")
    (d,) = case["decisions"]
    self.assertEqual((d["fallback_reason"], d["reason"]), ("cháy", "máy phát tới"))
    said = self.run_suco("ask", self.n, "list").out
    self.assertIn("reason: cháy", said)
    self.assertIn("reason: máy phát tới", said)
    self.assertEqual(said.count("máy phát tới") , self.run_suco("timeline", self.n).out.count(
      "máy phát tới"))
    self.assertEqual((d["state"], d["fallback_by"], d["answer"]),
                     ("answered_late", "Hà", "không mở"))
    self.assertIn("TRẢ LỜI SAU", self.raw("--lang", "vi", "timeline", self.n).out)
    self.refused(2, "usage", "answer", self.n, "1")
    self.refused(3, "not_found", "answer", self.n, "7", "--no-answer")
    self.whole()

  def step(self, n):
    return [s for s in self.json("steps", self.n) if s["n"] == n][0]

  def test_a_step_of_the_plan_is_held_to_its_decision(self):
    plan = [s for s in self.json("steps", self.n) if s["decision"]]
    self.assertTrue(plan)
    for s in plan:
      self.assertEqual(s["decision"]["authority"], "draft")
      self.assertTrue(s["decision"]["fallback"])
    self.json("step", self.n, "1", "done", "--set", "gio_mat_dien=?", "--set",
              "nguoi_bao=?")
    reached = [s for s in self.json("steps", self.n)
               if s["decision"] and s["state"] == "open"]
    while not reached:
      open_ = [s for s in self.json("steps", self.n) if s["state"] == "open"][0]
      self.json("step", self.n, open_["instance"], "done", "--note", "xong",
                *[w for a in open_["asks"]
                  for w in ("--set", "%s=%s" % (a["name"], (a["choices"] or ["?"])[0]))])
      reached = [s for s in self.json("steps", self.n)
                 if s["decision"] and s["state"] == "open"]
    s = reached[0]
    error = self.refused(1, "refused", "step", self.n, s["instance"], "done")
    self.assertIn("--step", error["message"])
    case = self.json("ask", self.n, "--step", s["instance"])
    (d,) = case["decisions"]
    self.assertEqual((d["step"], d["fallback"]), (s["instance"], s["decision"]["fallback"]))
    self.refused(4, "conflict", "ask", self.n, "--step", s["instance"])
    self.refused(1, "refused", "step", self.n, s["instance"], "done")
    answer = d["options"][0]["value"] if d["options"] else "đồng ý"
    self.json("answer", self.n, "1", "--answer", answer)
    self.assertEqual(self.step(s["n"])["decision"]["answer"], answer)
    done = self.json("step", self.n, s["instance"], "done",
                     *[w for a in s["asks"] if a["name"] != s["decision"]["variable"]
                       for w in ("--set", a["name"] + "=?")])
    self.assertIn("step_done", [a["kind"] for a in done["appended"]])
    self.whole()

  def test_a_document_beside_what_is_no_answer_is_refused_not_dropped(self):
    self.json("ask", self.n, "vp_ubnd", "--question", "tắt?")
    for words in (["--no-answer"], ["--withdraw", "--reason", "x"], ["--fallback", "--by", "Hà"]):
      self.refused(2, "usage", "answer", self.n, "1", *words, "--document", "12/CV")
    d = self.json("answer", self.n, "1", "--answer", "tắt", "--document", "12/CV")["decisions"][0]
    self.assertEqual((d["answer"], d["document"]), ("tắt", "12/CV"))

  def test_nothing_new_is_asked_or_awaited_on_a_case_that_is_over(self):
    self.json("wait", self.n, "dien", "--for", "cấp điện")
    self.refused(1, "refused", "status", self.n, "dismissed", "--reason", "nhầm")
    self.json("wait", self.n, "done", "1")
    self.json("status", self.n, "dismissed", "--reason", "nhầm")
    for words in (["wait", self.n, "dien", "--for", "x"],
                  ["ask", self.n, "vp_ubnd", "--question", "x"]):
      self.assertIn("not open", self.refused(1, "refused", *words)["message"])
    error = self.refused(4, "conflict", "wait", self.n, "asked", "1")
    self.assertFalse(error["message"].rstrip().endswith(":"), msg=error["message"])


if __name__ == "__main__":
  main()
