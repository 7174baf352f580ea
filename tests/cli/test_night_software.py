#!/usr/bin/env python3
"""The night on which TTHC let nobody in, by verbs: forty callers on one case, ends
that are not ours, dossiers counted, and everybody told when it runs again."""
import time

from desk import DeskTest, main


class Software(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    for login, name, role in (("ha", "Nguyễn Thu Hà", "responder"),
                              ("minh", "Lê Quang Minh", "coordinator"),
                              ("linh", "Trần Mỹ Linh", "responder")):
      self.json("member", "add", login, "--name", name, "--role", role, "--mail",
                login + "@doi.example")
    for role, login in (("truc_ca", "ha"), ("lanh_dao_doi", "minh"),
                        ("ky_thuat_ttdl", "linh"), ("quan_tri_ht", "linh")):
      self.json("setting", "set", "agent." + role, "member:" + login)
    for n, role in enumerate(("ngsp", "dvcqg", "pa06", "ncc_pm", "vp_ubnd", "mot_cua")):
      self.json("contact", "set", role, "phone=09000003%02d" % n)
    self.json("--as", "ha", "tin", "--what", "TTHC không đăng nhập được, lỗi 500", "--from",
              "một cửa Xã 01", "--callback", "0900000500", "--kind", "software", "--asset",
              "TTHC", "--at", "-30m")
    self.n = self.json("--as", "ha", "tin", "case", "1", "--begin")["number"]

  def done(self, n, *sets, login="ha"):
    words = [w for one in sets for w in ("--set", one)]
    self.json("--as", login, "step", self.n, str(n), "done", "--note", "đã làm", *words)

  def steps(self):
    return {s["n"]: s for s in self.json("steps", self.n) if s["n"] is not None}

  def test_forty_callers_join_and_each_gets_the_all_clear(self):
    for i in range(2, 41):
      self.json("--as", "ha", "tin", "--what", "không vào được TTHC", "--from",
                "một cửa Xã %02d" % i, "--callback", "09000005%02d" % i, "--kind", "software",
                "--asset", "TTHC", "--at", "-%dm" % (41 - i // 2))
      self.json("--as", "ha", "tin", "join", str(i), self.n)
    self.assertEqual(len(self.json("show", self.n)["tins"]), 40)
    self.assertEqual(self.json("tin", "list", "--open"), [])

    # Not one of the forty makes a screen or the call list slow.
    began = time.monotonic()
    self.json("show", self.n)
    self.json("call", self.n, "list")
    self.assertLess(time.monotonic() - began, 5)

    def told():
      return [row for row in self.json("over", self.n) if row.get("told_at")]
    listed = self.json("over", self.n)
    self.assertGreaterEqual(len(listed), 40)
    self.assertEqual(told(), [])
    self.json("--as", "ha", "over", self.n, "told", "1", "--how", "gọi, chị Lan nghe máy")
    self.assertEqual(len(told()), 1)
    self.json("--as", "linh", "over", self.n, "told", "--all", "--how", "Zalo nhóm một cửa")
    self.assertEqual(len(told()), len(listed))
    before = self.events()
    self.json("over", self.n, "told", "--all", "--how", "lần nữa")
    self.assertEqual(self.events(), before)
    self.whole()

  def test_the_system_is_guessed_from_what_people_call_it(self):
    for said, code in (("Không vào được một cửa", "MOTCUA"),
                       ("dich vu cong khong nop duoc ho so", "TTHC"),
                       ("một cửa không đăng nhập được TTHC", "TTHC"),
                       ("Cổng dịch vụ công quốc gia không mở", "DVCQG"),
                       ("hôm nay trời mưa", None)):
      self.json("--as", "ha", "tin", "--what", said, "--from", "Xã 02", "--callback",
                "0900000777")
      newest = self.json("tin", "list")[0]["number"]
      made = self.json("--as", "ha", "tin", "case", newest)
      self.assertEqual(made["asset"], code, said)

    # A member adds what they call it; nothing is missing where nobody did.
    before = self.json("asset", "show", "IOC")
    self.assertNotIn("aliases", before["missing"])
    self.json("asset", "set", "IOC", "aliases=trung tâm thông minh; bảng số")
    self.json("--as", "ha", "tin", "--what", "bảng số không lên", "--from", "Xã 02",
              "--callback", "0900000777")
    made = self.json("--as", "ha", "tin", "case", self.json("tin", "list")[0]["number"])
    self.assertEqual(made["asset"], "IOC")
    self.json("asset", "add", "THUMOI", "--name", "Hệ thống mới", "--level", "2")
    self.assertNotIn("aliases", self.json("asset", "show", "THUMOI")["missing"])
    self.whole()

  def test_the_outside_ends_have_a_contact_on_the_call_list(self):
    self.done(1, "hien_tuong=lỗi 500", "so_noi_bao=40")
    self.done(2, login="linh")
    self.done(3, "severity=3")
    self.done(4, "loi_o_dau=cong_dvcqg", "tan_cong=khong", "thay_doi=khong", login="linh")
    self.done(5, "reportable=unknown", login="minh")
    self.assertEqual(self.steps()[6]["state"], "open")
    roles = {c["to"]: c for c in self.json("call", self.n, "list")}
    for role in ("dvcqg", "pa06"):
      self.assertIn(role, roles)
      self.assertTrue(roles[role]["number"])
    # NGSP is the LGSP's end: whoever depends on it finds it in the register.
    depends = self.json("asset", "show", "LGSP")["depends_on"]
    self.assertIn("NGSP", str(depends))
    self.json("--as", "ha", "call", self.n, "ngsp", "--answered-by", "trực NGSP", "--result",
              "trục quốc gia bình thường")
    self.json("--as", "ha", "call", self.n, "dvcqg", "--wrong-number")
    self.json("contact", "set", "dvcqg", "phone=0900000399")
    self.json("--as", "ha", "call", self.n, "dvcqg", "--answered-by", "trực Cổng",
              "--result", "đang xử lý, hẹn 05:00")
    self.json("--as", "ha", "wait", self.n, "dvcqg", "--for", "mở lại cổng", "--ticket",
              "DVC-9", "--said-at", "-50m", "--promised", "-20m")
    self.assertTrue(self.json("waits")[0]["overdue"])
    self.json("--as", "ha", "wait", self.n, "asked", "1", "--said", "thêm 30 phút",
              "--promised", "+30m")
    self.whole()

  def test_from_the_first_call_to_the_closed_case_with_dossiers_counted(self):
    self.json("set", self.n, "must_be_back_by=07:00", "must_be_back_reason=một cửa mở")
    self.done(1, "hien_tuong=lỗi 500", "so_noi_bao=?")
    self.json("undo", self.n)
    self.done(1, "hien_tuong=lỗi 500", "so_noi_bao=3")
    self.done(2, login="linh")
    self.done(3, "severity=2")
    self.done(4, "loi_o_dau=ung_dung", "tan_cong=khong", "thay_doi=co", login="linh")
    self.done(5, "reportable=unknown", login="minh")
    self.done(7, login="linh")
    self.done(8, "da_chay=co", login="linh")
    self.done(10, "hong_du_lieu=khong", login="linh")
    self.done(16, "ho_so_giay=17")
    self.done(17)
    self.done(18, "kiem_tra=dat")
    self.done(20, "ho_so_lech=4")
    self.done(21)
    self.done(22, login="linh")
    self.done(23)
    shown = self.run_suco("steps", self.n).out
    self.assertIn("17", shown)
    self.assertIn("4", shown)
    self.json("--as", "ha", "ack", self.n)
    for status in ("responding", "contained", "recovered"):
      self.json("--as", "ha", "status", self.n, status)

    # Nobody decided whether it is reportable: it cannot be closed.
    words = ("--as", "minh", "close", self.n, "--cause", "bản vá lỗi", "--result",
             "đã hoàn nguyên", "--lessons", "thử trước khi vá")
    self.refused(1, "refused", *words)
    self.json("--as", "minh", "reportable", self.n, "no", "--reason",
              "gián đoạn ngoài giờ, không lộ dữ liệu")
    self.done(24, "reportable=no", login="minh")
    self.assertRegex(self.raw("--lang", "en", "steps", self.n).out, r"PA-PM .*  \d+ of \d+ steps")
    self.done(25, login="minh")
    # What the branches passed by is not left undone: the plan is done.
    run = self.json("show", self.n)["runs"][0]
    self.assertEqual(run["steps_done"], run["steps_total"])
    self.assertIn("  done, %d steps\n" % run["steps_done"],
                  self.raw("--lang", "en", "steps", self.n).out)
    self.json("over", self.n, "told", "--all", "--how", "điện thoại")
    self.assertEqual(self.json(*words)["status"], "closed")
    self.assertIn("thử trước khi vá", self.run_suco("show", self.n).out)
    self.whole()

  def test_two_cases_open_at_the_end_of_the_shift_stand_on_its_page(self):
    other = self.new("LGSP chạy bằng máy dự phòng", "hardware", "--asset", "LGSP")["number"]
    self.json("asset", "set", "LGSP", "state=no_standby", "since=-5h")
    self.json("--as", "ha", "handover", "give", "--to", "linh", "--words", "hai sự cố")
    page = self.run_suco("--as", "linh", "handover", "show").out
    for number in (self.n, other):
      self.assertIn(number.replace("-000", "-"), page.replace("-000", "-"))
    self.refused(1, "refused", "--as", "minh", "handover", "take")
    self.json("--as", "linh", "handover", "take")
    self.assertEqual(self.run_suco("print", "coordination").code, 0)
    self.whole()


if __name__ == "__main__":
  main()
