#!/usr/bin/env python3
"""The night on which the LGSP's primary server lost a disk, by verbs: the standby
carries it, nobody may forget that nothing stands behind it."""
from desk import DeskTest, main


class Hardware(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    for login, name, role in (("ha", "Nguyễn Thu Hà", "responder"),
                              ("minh", "Lê Quang Minh", "coordinator"),
                              ("linh", "Trần Mỹ Linh", "responder"),
                              ("tuan", "Võ Anh Tuấn", "responder")):
      self.json("member", "add", login, "--name", name, "--role", role, "--mail",
                login + "@doi.example", "--phone", "0900000100")
    for role, login in (("truc_ca", "ha"), ("lanh_dao_doi", "minh"),
                        ("ky_thuat_ttdl", "tuan"), ("quan_tri_ht", "linh")):
      self.json("setting", "set", "agent." + role, "member:" + login)
    for role, number in (("tt_cds", "0900000201"), ("ncc_tb", "0900000202"),
                         ("ngsp", "0900000203"), ("soc", "0900000204")):
      self.json("contact", "set", role, "phone=" + number)

  def steps(self):
    return {s["n"]: s for s in self.json("steps", self.n) if s["n"] is not None}

  def done(self, n, *sets, login="ha"):
    words = [w for one in sets for w in ("--set", one)]
    self.json("--as", login, "step", self.n, str(n), "done", "--note", "đã làm", *words)

  def begin(self):
    self.json("planned", "add", "LGSP", "--what", "nâng phần sụn máy chủ", "--from", "-5h",
              "--until", "-4h", "--by", "Tuấn")
    self.json("--as", "ha", "tin", "--what", "LGSP lỗi đĩa máy chủ chính, chạy bằng máy dự phòng",
              "--from", "Dũng, trực SOC", "--callback", "0900000204", "--kind", "hardware",
              "--asset", "LGSP", "--at", "-20m", "--detected", "-30m")
    self.n = self.json("--as", "ha", "tin", "case", "1", "--begin")["number"]

  def test_what_the_register_lacks_about_the_server_is_named_and_filled(self):
    def missing():
      return self.json("asset", "show", "LGSP")["missing"]
    lacks = set(missing())
    wanted = {"admin_holder", "admin_second", "admin_envelope", "supplier", "contract",
              "warranty", "serial", "rack", "key_holder", "key_second"}
    self.assertLessEqual(wanted, lacks)
    out = self.run_suco("register", "gaps", code=6).out
    for words in ("serial number", "contract of upkeep", "its sealed envelope"):
      self.assertIn(words, " ".join(out.split()))
    self.json("asset", "set", "LGSP", "admin_holder=Trần Mỹ Linh",
              "admin_second=Võ Anh Tuấn", "admin_envelope=két TTDL, niêm phong 12/3",
              "supplier=Công ty Sao Mai", "contract=07/HĐ-2025", "warranty=31/12/2027",
              "serial=SN-0417", "rack=B3", "key_holder=bảo vệ", "key_second=Tuấn")
    self.assertEqual(wanted & set(missing()), set())
    self.assertEqual(lacks - wanted, set(missing()))
    self.whole()

  def test_no_standby_stays_on_the_desk_until_it_is_back_though_the_case_is_over(self):
    self.begin()
    changes = self.json("planned", "list")
    self.assertEqual([c["what"] for c in changes], ["nâng phần sụn máy chủ"])
    self.done(1, "gio_loi=22:40")

    # Nobody answers; the order comes by the plan's fall-back, by name, with a reason.
    case = self.json("--as", "ha", "call", self.n, "tt_cds", "--no-answer", "--at", "-15m")
    self.assertEqual(len(case["calls"]), 1)
    asked = self.json("--as", "ha", "ask", self.n, "--step", "2", "--at", "-17m")
    self.assertIn("mở", asked["decisions"][0]["fallback"])
    self.json("--as", "ha", "answer", self.n, "1", "--no-answer", "--at", "-10m")
    self.refused(1, "bad_input", "--as", "minh", "answer", self.n, "1", "--fallback")
    order = self.json("--as", "minh", "answer", self.n, "1", "--fallback", "--by",
                      "Lê Quang Minh", "--reason", "không ai nghe máy")["decisions"][0]
    self.assertEqual((order["fallback_by"], order["tries"]), ("Lê Quang Minh", 1))
    self.assertIn("Lê Quang Minh", self.run_suco("decisions").out)
    self.done(2)

    # Answers that nobody knows yet take the worst case: nothing took over.
    self.done(3, "loai_may=dia_luu_tru", "nguyen_nhan_chung=khong", login="tuan")
    self.done(4, "tiep_quan=?", login="linh")
    self.json("--as", "ha", "asset", "set", "LGSP", "state=no_standby", "since=-2h")
    alive = self.json("asset", "alive")
    self.assertIn("LGSP", str(alive))
    self.done(5, "severity=3")
    self.assertEqual(self.steps()[6]["state"], "open")
    self.done(6, login="minh")
    self.done(7, "tiep_quan=co", login="linh")
    self.done(8, "lgsp_chay=co", login="linh")
    self.assertIn(self.steps()[9]["state"], ("waiting", "skipped"))
    self.done(10, "reportable=no", login="minh")
    self.done(11, "gio_gd_cuoi=22:39", "mat_du_lieu=khong", login="linh")
    self.done(12, login="tuan")

    # The supplier promised, and broke it; the one above him is called.
    self.json("--as", "ha", "wait", self.n, "ncc_tb", "--for", "mang đĩa tới", "--ticket",
              "SM-118", "--said-at", "-90m", "--promised", "-40m")
    (late,) = self.json("waits")
    self.assertTrue(late["overdue"])
    self.json("--as", "ha", "wait", self.n, "asked", "1", "--said", "xe hỏng", "--promised",
              "+1h")
    self.json("--as", "ha", "wait", self.n, "raise", "1", "--said", "cử xe khác")
    self.done(13, "so_phieu=SM-118")
    self.done(14, "cach_thay=thay_linh_kien", login="minh")
    self.done(15, login="tuan")
    self.json("--as", "ha", "wait", self.n, "done", "1", "--result", "đĩa đã thay")
    self.done(19, "on_dinh=khong_dat", login="linh")
    self.done(20, login="tuan")
    ready = [s for s in self.json("steps", self.n) if s["n"] == 19 and s["state"] == "open"]
    self.assertEqual([s["round"] for s in ready], [2])
    self.json("--as", "linh", "step", self.n, ready[0]["instance"], "done", "--set",
              "on_dinh=dat")
    self.done(21, "thu_chuyen=chua_thu", login="linh")
    self.done(22, login="tuan")
    self.done(23)
    self.done(24, "reportable=no", login="minh")
    self.done(25, login="minh")

    self.json("over", self.n, "told", "--all", "--how", "điện thoại")
    for status in ("acknowledged", "responding", "contained", "recovered"):
      if status == "acknowledged":
        self.json("--as", "ha", "ack", self.n)
      else:
        self.json("--as", "ha", "status", self.n, status)
    self.close()

    # The case is over; LGSP is not as it was.
    self.assertIn("LGSP", self.run_suco("asset", "alive").out)
    self.assertEqual(self.json("asset", "show", "LGSP")["state"], "no_standby")
    self.assertIn("LGSP", self.run_suco("handover", "show").out)
    self.json("--as", "ha", "asset", "set", "LGSP", "state=normal")
    self.assertNotIn("LGSP", self.run_suco("asset", "alive").out)
    self.whole()

  def close(self):
    self.json("--as", "minh", "close", self.n, "--cause", "hỏng đĩa khay 3", "--result",
              "đã thay đĩa", "--lessons", "mua đĩa dự trữ; người giữ quyền thứ hai")

  def test_the_shift_shows_backups_and_is_handed_over_with_the_state_of_lgsp(self):
    self.begin()
    self.json("--as", "ha", "asset", "set", "LGSP", "state=no_standby", "since=-2h")
    self.json("--as", "ha", "log", "bản CSDL LGSP trên NAS: đạt", "--kind", "backup",
              "--at", "-3h", "--asset", "LGSP")
    self.assertIn("NAS", self.run_suco("log", "list").out)
    self.assertIn("NAS", self.run_suco("handover").out)
    first = self.json("obligation", "list")[0]
    self.json("--as", "ha", "obligation", "done", "backup-lgsp", "--description",
              "mở thử được")
    self.assertNotEqual(self.json("obligation", "list")[0], first)
    self.json("contact", "verify", "ncc_tb")
    self.assertNotIn("ncc_tb", self.run_suco("contact", "unverified").out)
    self.assertIn("Nhà cung cấp thiết bị", self.run_suco("contact", "sheet").out)
    self.json("--as", "ha", "handover", "give", "--to", "linh", "--words", "gọi NCC lúc 07:00")
    page = self.run_suco("--as", "linh", "handover", "show").out
    for words in ("LGSP", "gọi NCC lúc 07:00"):
      self.assertIn(words, page)
    self.json("--as", "linh", "handover", "take")
    self.whole()


if __name__ == "__main__":
  main()
