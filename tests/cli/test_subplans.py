#!/usr/bin/env python3
"""The parts that the five plans call, by verbs: begun where they should be, carried
through to their ends, with what their answers do beyond the plan."""
import datetime

from desk import DeskTest, main

# The answers of a day on which each plan goes its long way but calls no other.
ANSWERS = {
  "PA-TC-LT": dict(con_lo="da_chan", that_gia="that", loai_dl="ca_nhan_nhay_cam",
                   so_nguoi="1200", du_lieu_cn="co", sinh_trac="co", gay_hai="co",
                   gio_hen="23:30"),
  "PA-TC-DD": dict(la_tan_cong="tan_cong", dang="bang_thong", muc_tai="95",
                   da_giam="da_giam", gio_hen="23:30", nup_sau="khong"),
  "PA-TC-TK": dict(quyen="quan_tri", lan_ngang="co", da_doc="khong",
                   xac_minh="dung_nguoi"),
  "PA-TC-LD": dict(ket_luan="lua_dao", so_da_go="2", tk_chiem="khong",
                   may_nhiem="khong"),
  "PA-KP": dict(ban_sao="sach", giu_nguyen="khong", duyet="dong_y", doi_chieu="dat",
                thu_sao="dat"),
  "PA-LGSP": dict(lenh_chuyen="chuyen", lgsp_chay="co", ngsp_thong="khong"),
  "PA-BGC": dict(co_mat="khong", doc_lai="dung", thieu="co", gio_nhan="06:00"),
}
# Fewer steps than this and a branch was lost.
LEAST = {"PA-TC-LT": 14, "PA-TC-DD": 12, "PA-TC-TK": 13, "PA-TC-LD": 11, "PA-KP": 11,
         "PA-LGSP": 13, "PA-BGC": 8}


def hour_ahead():
  """An hour of the desk's day that is to come: one that has just passed is no promise."""
  zone = datetime.timezone(datetime.timedelta(hours=7))
  return (datetime.datetime.now(zone) + datetime.timedelta(hours=3)).hour


class Parts(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")

  def open(self, n):
    """What can be done, and what will be after its delay: it may be done before."""
    steps = [s for s in self.json("steps", n) if s["instance"] and s["type"] == "action"]
    now = [s for s in steps if s["state"] in ("open", "started")]
    return now or [s for s in steps if s["state"] == "waiting"]

  def codes(self, n):
    return [run["code"] for run in self.json("show", n)["runs"]]

  def answer(self, ask, given):
    name = ask["name"].strip("_")
    if name in given:
      return given[name]
    return "dat" if "dat" in (ask.get("choices") or []) else "?"

  def decide(self, n, step, given):
    """Asks who decides, who answers what the plan wants to go on with."""
    self.json("ask", n, "--step", step["instance"])
    number = str(len(self.json("show", n)["decisions"]))
    choices = [self.answer(a, given) for a in step["asks"] if a.get("choices")]
    self.json("answer", n, number, "--answer", choices[0] if choices else "đồng ý", "--by",
              "Lãnh đạo trực")

  def do(self, n, step, given):
    if step["decision"]:
      self.decide(n, step, given)
    sets = []
    for ask in step["asks"]:
      sets += ["--set", "%s=%s" % (ask["name"].strip("_"), self.answer(ask, given))]
    self.json("step", n, step["instance"], "done", "--note", "xong", *sets)

  def named(self, n, name, *sets):
    step, = [s for s in self.open(n) if s["name"] == name]
    self.json("step", n, step["instance"], "done", "--note", "xong",
              *[w for s in sets for w in ("--set", s)])

  def attack(self, kind):
    n = self.new("Dữ liệu một cửa bị rao bán", "attack", "--detected", "-1h")["number"]
    self.json("begin", n, "PA-TC")
    self.named(n, "Tiếp nhận, xác minh người báo", "nguoi_bao=Nam", "da_xac_minh=co")
    self.named(n, "Xác minh, phân loại tấn công", "loai_tc=" + kind, "lan_rong=khong")
    return n

  def test_each_goes_to_its_end_and_the_desk_replays(self):
    for code, given in ANSWERS.items():
      n = self.new("Thử %s" % code, "attack", "--detected", "-1h")["number"]
      self.json("begin", n, code)
      done = set()
      for _ in range(60):
        steps = self.open(n)
        if not steps:
          break
        self.do(n, steps[0], given)
        done.add(steps[0]["n"])
      run, = self.json("run", n, "list")
      self.assertEqual((code, run["state"]), (code, "done"))
      self.assertGreaterEqual(len(done), LEAST[code], msg=(code, sorted(done)))
    self.whole()

  def test_the_kind_of_attack_begins_its_part(self):
    for kind, code in (("tu_choi_dich_vu", "PA-TC-DD"), ("gia_mao", "PA-TC-LD"),
                       ("truy_cap_trai_phep", "PA-TC-TK"),
                       ("nghe_trom_lay_cap", "PA-TC-LT")):
      self.assertEqual(self.codes(self.attack(kind)), ["PA-TC", code])

  def test_the_category_of_a_case_chooses_its_plan(self):
    for category, code in (("dos", "PA-TC-DD"), ("spoofing", "PA-TC-LD"),
                           ("unauthorised_access", "PA-TC-TK"), ("espionage", "PA-TC-LT"),
                           ("malware", "PA-TC")):
      n = self.new("Thử", "attack", "--category", category)["number"]
      self.json("begin", n)
      self.assertEqual(self.codes(n), [code])

  def test_a_leak_starts_the_clock_of_personal_data_when_it_was_found(self):
    n = self.attack("nghe_trom_lay_cap")
    self.named(n, "Ghi nơi thấy, giữ bằng chứng lộ", "thay_o_dau=diễn đàn",
               "gio_biet_dlcn=-20m")
    self.named(n, "Giữ nhật ký, mẫu dữ liệu lộ")
    self.named(n, "Đối chiếu mẫu, đếm người bị lộ", "that_gia=that", "so_nguoi=1200",
               "loai_dl=ca_nhan_co_ban", "du_lieu_cn=co", "sinh_trac=khong")
    clock, = [c for c in self.json("deadline", n) if c["form"] == "personal-data-72h"]
    self.assertEqual((clock["state"], clock["start_event"]), ("running", "personal_data_known"))

  def test_personal_data_found_late_begin_the_leak_once(self):
    n = self.attack("ma_doc")
    self.assertEqual(self.codes(n), ["PA-TC"])
    for _ in range(20):
      steps = [s for s in self.open(n) if s["n"] in (10, 11, 12, 13, 14, 15)]
      if not steps or "PA-TC-LT" in self.codes(n):
        break
      self.do(n, steps[0], {"du_lieu_cn": "co", "lien_quan_mat": "khong",
                            "severity": "3", "reportable": "unknown"})
    self.assertEqual(self.codes(n), ["PA-TC", "PA-TC-LT"])
    self.whole()

  def test_the_promise_of_the_telecom_operator_is_waited_for_and_met(self):
    n = self.new("Cổng bị từ chối dịch vụ", "attack")["number"]
    self.json("begin", n, "PA-TC-DD")
    given = dict(ANSWERS["PA-TC-DD"], so_phieu="118")
    for _ in range(3):
      self.do(n, self.open(n)[0], given)
    waiting, = self.json("wait", n, "list")
    self.assertEqual((waiting["ticket"], waiting["state"]), ("118", "open"))
    for _ in range(20):
      steps = self.open(n)
      self.do(n, steps[0], given)
      waiting, = self.json("wait", n, "list")
      if waiting["state"] != "open":
        break
    self.assertEqual(waiting["state"], "done")

  def test_a_ticket_and_a_promise_are_read_in_either_order(self):
    given = dict(nguyen_nhan_chung="khong", tiep_quan="co", lgsp_chay="co",
                 mat_du_lieu="khong", severity="2", reportable="unknown")
    for said, ticket, promised in (
        ("SM-118, hẹn +2h", "SM-118", True), ("+2h, phiếu số 118", "118", True),
        ("SM-118", "SM-118", False), ("chưa có", None, False),
        (f"trước {hour_ahead()} giờ", None, True), ("+2h", None, True)):
      n = self.new("LGSP báo lỗi", "hardware", "--asset", "LGSP")["number"]
      self.json("begin", n, "PA-PC")
      for _ in range(20):
        step = self.open(n)[0]
        if step["n"] == 13:
          break
        self.do(n, step, given)
      self.do(n, step, {"so_phieu": said})
      waits = [(w["ticket"] or None, bool(w["promised_at"])) for w in self.json("wait", n, "list")]
      self.assertEqual((said, waits), (said, [(ticket, promised)] if ticket or promised else []))


if __name__ == "__main__":
  main()
