#!/usr/bin/env python3
"""Callers in the night, by verbs: recorded, joined, made into cases, asked help for,
ended; and everybody who must hear that it is over."""
import json

from desk import DeskTest, main


class Tin(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")

  def call(self, what, *more):
    return self.json("tin", "--what", what, *more)

  def test_who_is_told_too_early_is_told_with_a_warning(self):
    self.run_suco("tin", "--what", "TTDL mất điện", "--from", "anh Bốn")
    self.run_suco("tin", "case", "1")
    told = self.run_suco("over", "1", "told", "--all", "--how", "Zalo")
    self.assertIn("1 told now", told.out + told.err)
    self.assertIn("not recovered yet", told.err)

  def test_a_report_says_its_number_its_unit_and_what_to_tell_the_caller(self):
    tin = self.call("Trang xã hiện quảng cáo cờ bạc", "--unit", "ubnd ly son", "--from", "Nam",
                    "--post", "VP UBND", "--callback", "0914000111", "--down", "website,mail",
                    "--did", "nothing", "--verified", "--detected", "-15m")
    self.assertEqual(tin["number"][:3], "TB-")
    self.assertEqual(tin["unit_name"], "Đặc khu Lý Sơn")
    self.assertEqual((tin["state"], tin["kind"], tin["channel"]), ("new", "attack", "phone"))
    self.assertEqual(tin["down"], ["mail", "website"])
    self.assertIsNotNone(tin["verified_at"])
    self.assertIsNone(tin["case"])
    self.assertEqual([e["kind"] for e in tin["appended"]], ["tin_added"])
    shown = self.run_suco("tin", "show", "1").out
    self.assertIn("đã tiếp nhận tin báo lúc", shown)
    self.assertIn(tin["number"], shown)
    self.assertIn("do not switch off", shown)
    # It is found before it has a case, and once it has one as the case's.
    hit = self.json("search", "quang cao co bac")[0]
    self.assertEqual((hit["is"], hit["number"], hit["open"]),
                     ("tin", tin["number"], "suco tin show " + tin["number"]))
    case = self.new("Trang xã bị đổi", "attack")["number"]
    self.json("tin", "join", tin["number"], case)
    self.assertEqual({h["is"] for h in self.json("search", "quang cao co bac")}, {"case"})
    self.run_suco("verify", "--replay")

  def test_a_report_names_the_open_case_that_it_may_be(self):
    self.assertEqual(self.call("mất điện phòng máy")["maybe_same"], [])
    case = self.new("Mất điện trạm chính", "power", "--asset", "TTDL")["number"]
    self.assertEqual([c["number"] for c in self.call("TTDL mất điện")["maybe_same"]], [case])
    said = self.run_suco("tin", "--what", "TTDL mất điện").out
    self.assertIn("may be the same: %s Mất điện trạm chính: suco tin join TB-" % case, said)
    self.assertEqual(self.call("TTDL mất điện", "--drill")["maybe_same"], [])

  def test_a_case_made_of_a_report_says_its_own_number_and_what_the_caller_told(self):
    self.run_suco("tin", "--what", "3 xã mất mạng TSLCD", "--from", "anh Bốn")
    said = self.run_suco("tin", "case", "1", "--begin").out
    number = said.split()[0]
    self.assertIn("suco point %s list --step 1" % number, said)

  def test_who_joins_a_case_that_is_over_is_warned(self):
    case = self.new("Mất điện trạm chính", "power")["number"]
    self.json("status", case, "dismissed", "--reason", "nhầm")
    self.call("lại mất điện")
    result = self.run_suco("tin", "join", "1", case)
    self.assertIn("is over: if it is broken again", result.err)

  def test_a_name_of_none_or_of_two_is_kept_and_says_which(self):
    result = self.run_suco("tin", "--what", "a", "--unit", "xã Không Có", "--json")
    self.assertEqual(json.loads(result.out)["unit_name"], "xã Không Có")
    self.assertIsNone(json.loads(result.out)["unit"])
    self.assertIn("the register has no", result.err)
    result = self.run_suco("tin", "--what", "a", "--unit", "Kon Tum cũ", "--json")
    self.assertEqual(json.loads(result.out)["unit_name"], "Kon Tum cũ")
    self.assertIn("may be", result.err)
    self.assertIn("ask which", result.err)

  def test_forty_callers_are_one_line_on_the_case_and_a_list(self):
    case = self.new("Mất mạng 13 xã", "link")["number"]
    for i in range(40):
      number = self.call("mất mạng", "--unit", "Xã %02d" % i, "--callback", "0914000%03d" % i)
      self.json("tin", "join", number["number"], case)
    shown = self.json("show", case)
    self.assertEqual(len(shown["tins"]), 40)
    self.assertEqual({t["state"] for t in shown["tins"]}, {"joined"})
    self.assertEqual(len(self.json("tin", "list", "--case", case)), 40)
    self.assertEqual(self.json("tin", "list", "--open"), [])
    left = self.json("over", case)
    self.assertEqual(len(left), 40)
    self.assertEqual({row["state"] for row in left}, {"left"})
    told = self.json("over", case, "told", "1", "2", "number:0914000005", "--how", "Zalo")
    self.assertEqual((told["left"], [e["kind"] for e in told["appended"]]), (37, ["over_told"]))
    self.assertEqual(self.json("over", case, "told", "--all", "--how", "Zalo")["left"], 0)
    self.assertEqual(self.json("over", case, "told", "--all", "--how", "Zalo")["appended"], [])
    self.run_suco("undo", case)
    self.assertEqual(len([r for r in self.json("over", case) if r["state"] == "left"]), 37)
    self.run_suco("verify", "--replay")

  def test_a_report_becomes_a_case_with_its_plan_and_the_receipt_names_it(self):
    tin = self.call("Mất điện trạm chính TTDL, chạy ắc quy", "--from", "Nam")
    case = self.json("tin", "case", tin["number"], "--begin")
    self.assertEqual((case["kind"], case["asset"]), ("power", "TTDL"))
    self.assertEqual(len(case["runs"]), 1)
    self.assertEqual(case["reporter"], "Nam")
    self.assertEqual([t["number"] for t in case["tins"]], [tin["number"]])
    self.assertIn(case["number"], self.run_suco("tin", "show", "1").out)
    self.refused(1, "refused", "tin", "case", "1")
    kinds = [e["kind"] for e in self.json("timeline", case["number"])]
    self.assertIn("tin_joined", kinds)
    self.run_suco("verify", "--replay")

  def test_a_report_in_a_case_moves_only_for_a_reason_of_who_answers_for_it(self):
    one = self.json("new", "--kind", "link", "--title", "một")["number"]
    two = self.json("new", "--kind", "link", "--title", "hai")["number"]
    for login, name, role in (("ha", "Trần Thị Hà", "responder"),
                              ("linh", "Ngô Mai Linh", "responder")):
      self.run_suco("member", "add", login, "--name", name, "--role", role)
    tin = self.call("mất mạng")["number"]
    self.json("--as", "ha", "tin", "join", tin, one)
    self.json("--as", "linh", "tin", "join", tin, one)
    self.refused(4, "conflict", "--as", "linh", "tin", "join", tin, two, "--reason", "nhầm")
    told = self.run_suco("--as", "linh", "tin", "join", tin, two, code=4).err
    self.assertIn("Trần Thị Hà", told)
    self.assertIn(one, told)
    self.refused(4, "conflict", "tin", "join", tin, two)
    moved = self.json("tin", "join", tin, two, "--reason", "ghi nhầm vụ")
    self.assertEqual(moved["case"], two)
    self.assertIn("ghi nhầm vụ", self.run_suco("timeline", one).out)
    self.run_suco("verify", "--replay")

  def test_what_the_caller_said_is_suggested_and_the_status_offered(self):
    tin = self.call("Mất điện trạm chính TTDL", "--from", "Nam", "--callback",
                    "0255000111", "--detected", "-5m")
    case = self.json("tin", "case", tin["number"], "--begin")
    n = case["number"]
    self.assertIsNone(case["status_hint"])
    first = self.json("steps", n)[0]
    self.assertEqual(first["status_hint"], "acknowledged")
    asks = {ask["name"]: ask for ask in first["asks"]}
    self.assertEqual(asks["__nguoi_bao__"]["suggested"], "Nam, 0255000111")
    self.assertEqual(asks["__nguoi_bao__"]["suggested_by"], tin["number"])
    self.assertIsNone(asks["__nguoi_bao__"]["value"])
    self.assertRegex(asks["__gio_mat_dien__"]["suggested"], r"\d\d:\d\d$")
    self.assertIn(tin["number"] + " says: Nam", self.run_suco("steps", n).out)
    self.refused(1, "refused", "step", n, "1", "done")
    done = self.json("step", n, "1", "done", "--set", "nguoi_bao=Nam",
                     "--set", "gio_mat_dien=02:05")
    self.assertEqual(done["status"], "new")
    hint = done["status_hint"]
    self.assertEqual((hint["to"], hint["step"], hint["refused"]), ("acknowledged", 1, None))
    self.assertEqual(hint["verb"], "suco ack " + n)
    self.assertIn("suco ack " + n, self.run_suco("steps", n).out)
    self.assertIsNone(self.json("ack", n)["status_hint"])
    said = self.refused(1, "bad_input", "step", n, "2", "done", "--set", "pham_vi=?",
                        "--set", "phut_con_dien= 45 phút", "--set", "nhiet_do=nóng")
    self.assertIn("Nhiệt độ phòng máy", said["message"])
    step = self.json("step", n, "2", "done", "--set", "pham_vi=?", "--set",
                     "phut_con_dien= 45 phút", "--set", "nhiet_do= 24 ")
    self.assertEqual(step["countdowns"][0]["minutes"], 45)
    self.run_suco("verify", "--replay")

  def test_a_request_for_help_has_a_handler_and_an_end(self):
    self.call("máy in hỏng", "--unit", "nghĩa lộ")
    self.refused(1, "refused", "tin", "done", "1", "--result", "x")
    tin = self.json("tin", "help", "1")
    self.assertEqual((tin["state"], tin["help_role"]), ("help", "ho_tro_nhanh"))
    self.assertIsNotNone(tin["handler"])
    self.assertEqual(len(self.json("outbox")), 1)
    self.refused(3, "not_found", "tin", "help", "1", "--to", "khong_co")
    tin = self.json("tin", "done", "1", "--result", "đã thay hộp mực")
    self.assertEqual((tin["state"], tin["result"]), ("done", "đã thay hộp mực"))
    self.assertIsNone(tin["reply_by"])
    self.run_suco("verify", "--replay")

  def test_who_is_second_is_told_by_whom_and_nothing_is_lost(self):
    self.run_suco("member", "add", "tuan", "--name", "Lê Tuấn", "--role", "responder")
    self.call("máy chậm")
    self.json("tin", "take", "1")
    error = self.refused(4, "conflict", "--as", "tuan", "tin", "take", "1")
    self.assertIn(self.json("tin", "show", "1")["handler"], error["message"])
    self.json("tin", "reply", "1", "--how", "gọi: đang xem", "--next", "+30m")
    self.json("tin", "close", "1", "--reason", "tự hết")
    self.assertEqual(self.json("tin", "close", "1", "--reason", "tự hết")["appended"], [])
    self.refused(4, "conflict", "--as", "tuan", "tin", "close", "1", "--reason", "x")
    self.refused(1, "refused", "tin", "case", "1")
    self.assertEqual(self.json("tin", "take", "1")["state"], "taken")

  def test_bad_input_is_refused_with_what_would_be_right(self):
    for words in (["tin", "--what", " "], ["tin", "--what", "a", "--down", "fire"],
                  ["tin", "--what", "a", "--at", "+2h"], ["tin", "--what", "x" * 301],
                  ["tin", "--what", "a", "--secret", "maybe"],
                  ["tin", "--what", "a", "--kind", "flood"]):
      self.refused(1, "bad_input", *words)
    self.refused(3, "not_found", "tin", "show", "TB-9")
    self.refused(3, "not_found", "tin", "--what", "a", "--asset", "KHONG")
    self.run_suco("tin", "--unit", "x", code=2)
    case = self.new()["number"]
    self.run_suco("over", case, "told", "--how", "x", code=2)
    self.refused(3, "not_found", "over", case, "told", "9", "--how", "x")
    self.assertEqual(self.json("tin", "list"), [])

  def test_closing_with_somebody_left_warns_and_does_not_refuse(self):
    case = self.new()["number"]
    self.json("tin", "join", self.call("mất mạng")["number"], case)
    for to in ("acknowledged", "responding", "contained", "recovered"):
      self.run_suco("status", case, to, "--reason", "thử")
    self.run_suco("reportable", case, "no", "--reason", "thử")
    result = self.run_suco("close", case, "--cause", "a", "--result", "b",
                           "--lessons", "c")
    self.assertIn("not told that it is over", result.err)

  def test_no_answer_is_promised_for_the_past(self):
    self.refused(1, "bad_input", "tin", "--what", "a", "--reply-by", "-1h")
    tin = self.call("a", "--at", "-3h", "--reply-by", "-2h")
    self.assertTrue(tin["overdue"])
    self.refused(1, "bad_input", "tin", "reply", "1", "--how", "gọi", "--next", "-1h")
    case = self.new()["number"]
    self.refused(1, "bad_input", "quick", case, "--next", "-1h")
    self.assertEqual(self.json("quick", "list", case), [])


if __name__ == "__main__":
  main()
