#!/usr/bin/env python3
"""Two nights of attack by verbs: the page of a commune shows foreign content, then the
files of a department are encrypted; from the call to the closed case."""
import os

from desk import DeskTest, main

CITY = "Công an tỉnh"


class Night(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    for login, name, role in (("ha", "Nguyễn Thu Hà", "responder"),
                              ("linh", "Trần Khánh Linh", "responder"),
                              ("minh", "Lê Quang Minh", "coordinator")):
      self.json("member", "add", login, "--name", name, "--role", role, "--mail",
                login + "@doi.example")

  def ha(self, *words, **more):
    return self.json("--as", "ha", *words, **more)

  def minh(self, *words, **more):
    return self.json("--as", "minh", *words, **more)

  def steps(self, n):
    return self.json("steps", n)

  def step(self, n, name):
    """The step of this name that is to be done now."""
    found = [s for s in self.steps(n)
             if s["name"] == name and s["state"] in ("open", "started")]
    self.assertEqual(len(found), 1, msg="%s among %s" % (
      name, [s["name"] for s in self.steps(n) if s["state"] in ("open", "started")]))
    return found[0]

  def done(self, n, name, *sets, who="ha", note="xong"):
    words = [w for s in sets for w in ("--set", s)]
    return self.json("--as", who, "step", n, self.step(n, name)["instance"], "done",
                     "--note", note, *words)

  def clocks(self, n):
    return {c["form"]: c for c in self.json("deadline", n)}

  def file(self, name, text="mẫu"):
    path = os.path.join(self.folder, name)
    with open(path, "w", encoding="utf-8") as out:
      out.write(text)
    return path

  def closing(self, n):
    return ("close", n, "--cause", "mật khẩu lộ", "--result", "đã mở lại", "--lessons",
            "hai lớp")

  def end(self, n):
    for to in ("acknowledged", "responding", "contained", "recovered"):
      if self.json("show", n)["status"] != to:
        self.raw("--as", "minh", "status", n, to, "--reason", "xong")
    self.assertEqual(self.json("show", n)["status"], "recovered")


class Defacement(Night):
  def call(self):
    tin = self.ha("tin", "--what", "Trang đặc khu Lý Sơn hiện quảng cáo cờ bạc", "--unit",
                  "ly son", "--from", "Nguyễn Văn Nam", "--post", "Chánh VP", "--callback",
                  "0914000777", "--at", "-10m", "--detected", "-25m")
    self.assertEqual((tin["kind"], tin["unit_name"]), ("attack", "Đặc khu Lý Sơn"))
    return self.ha("tin", "case", tin["number"], "--begin")["number"]

  def plan(self, n):
    self.ha("ack", n)
    self.done(n, "Tiếp nhận, xác minh người báo", "nguoi_bao=Nam, VP Lý Sơn",
              "da_xac_minh=co")
    self.done(n, "Xác minh, phân loại tấn công", "loai_tc=thay_doi_giao_dien",
              "lan_rong=khong")
    self.done(n, "Chụp lại trang bị sửa", "dia_chi=https://lyson.example/",
              "noi_dung_xau=khong")
    self.done(n, "Hỏi xã, loại nhầm lẫn", "that_gia=bi_sua")

  def test_the_page_is_stopped_by_the_fall_back_and_answered_later(self):
    n = self.call()
    self.plan(n)
    take = self.step(n, "Quyết định tạm dừng trang")
    self.refused(1, "refused", "--as", "ha", "step", n, take["instance"], "done")
    self.ha("ask", n, "--step", take["instance"], "--at", "-9m")
    asked = self.ha("answer", n, "1", "--no-answer")["decisions"][0]
    self.assertEqual(asked["asked_of"], "Lãnh đạo TT CĐS&ĐMST")
    self.assertTrue(asked["over"])
    self.assertIn("ủy quyền", asked["fallback"])
    self.refused(1, "refused", "--as", "ha", "answer", n, "1", "--fallback", "--by",
                 "Kỹ thuật trực Phan Tài")
    self.ha("answer", n, "1", "--fallback", "--by", "Kỹ thuật trực Phan Tài", "--reason",
            "gọi hai lần không nghe")
    self.done(n, "Quyết định tạm dừng trang")
    late = self.ha("answer", n, "1", "--answer", "Đồng ý dừng", "--by", "TT CĐS")
    self.assertEqual(late["decisions"][0]["state"], "answered_late")
    self.minh("answer", n, "1", "--document", "31/TT-CĐS")
    self.assertEqual(self.json("show", n)["decisions"][0]["document"], "31/TT-CĐS")
    self.whole()

  def test_the_wrong_kind_of_attack_is_taken_back_with_the_plan_that_it_began(self):
    n = self.call()
    self.done(n, "Tiếp nhận, xác minh người báo", "nguoi_bao=Nam", "da_xac_minh=co")
    self.done(n, "Xác minh, phân loại tấn công", "loai_tc=ma_hoa", "lan_rong=khong")
    self.step(n, "Hướng dẫn ngay người báo")
    self.ha("undo", n)
    self.assertEqual([r["code"] for r in self.json("show", n)["runs"]], ["PA-TC"])
    self.done(n, "Xác minh, phân loại tấn công", "loai_tc=thay_doi_giao_dien",
              "lan_rong=khong")
    self.step(n, "Chụp lại trang bị sửa")
    self.ha("undo", n)
    self.ha("undo", n)
    self.step(n, "Tiếp nhận, xác minh người báo")
    self.whole()

  def test_ninety_five_sister_pages_are_ticked_by_two_people(self):
    n = self.call()
    self.plan(n)
    take = self.step(n, "Quyết định tạm dừng trang")
    self.ha("ask", n, "--step", take["instance"])
    self.ha("answer", n, "1", "--answer", "Dừng", "--by", "TT CĐS")
    self.done(n, "Quyết định tạm dừng trang")
    for name in ("Hiện trang thông báo bảo trì", "Khóa tài khoản biên tập của xã",
                 "Lưu nhật ký, mã nguồn, CSDL"):
      self.done(n, name)
    where = self.step(n, "Rà các trang xã còn lại")["instance"]
    rows = self.json("point", n, "list", "--step", where)
    self.assertEqual(len(rows), 96)
    self.ha("point", n, "tick", "1-50", "sạch=x", "--step", where)
    self.assertIn("46", self.refused(1, "refused", "--as", "ha", "step", n, where, "done",
                                     "--set", "so_trang_khac=2")["message"])
    self.json("--as", "linh", "point", n, "tick", "51-94", "sạch=x", "--step", where)
    self.json("--as", "linh", "point", n, "tick", "95-96", "bị=x", "--step", where)
    rows = self.json("point", n, "list", "--step", where)
    self.assertTrue(all(r["ticked"] for r in rows))
    self.done(n, "Rà các trang xã còn lại", "so_trang_khac=2")
    raised = self.step(n, "Nâng mức, dừng cả nền tảng")
    self.assertEqual(raised["decision"]["authority"], "draft")
    self.whole()

  def test_a_second_report_of_the_same_is_merged_and_both_keep_their_clocks(self):
    n = self.call()
    other = self.new("Trang xã số 5 cũng bị", "attack", "--detected", "-3h")["number"]
    before = {self.json("show", c)["number"]: [d["due_at"] for d in self.json("deadline", c)]
              for c in (n, other)}
    self.minh("merge", other, n)
    both = [d["due_at"] for d in self.json("deadline", n)]
    self.assertEqual(both, before[n] + before[other])
    self.assertEqual([d["due_at"] for d in self.json("deadline", other)], before[other])
    running = {d["case"] for d in self.json("deadlines")}
    self.assertEqual(running, {n, other})
    self.whole()


class Ransomware(Night):
  def open(self, *more):
    tin = self.ha("tin", "--what", "Máy ở Sở Nội vụ bị mã hóa tệp, đòi tiền", "--unit",
                  "so noi vu", "--from", "Lê Thị Bích", "--callback", "0914000888",
                  "--did", "switched_off", "--detected", "-40m", *more)
    self.assertEqual(tin["kind"], "attack")
    said = self.raw("--lang", "vi", "tin", "show", "1").out
    self.assertIn("không tắt máy", " ".join(said.split()))
    return self.ha("tin", "case", "1", "--begin")["number"]

  def begin(self, n):
    self.ha("ack", n)
    self.done(n, "Tiếp nhận, xác minh người báo", "nguoi_bao=Bích", "da_xac_minh=co")
    self.done(n, "Xác minh, phân loại tấn công", "loai_tc=ma_hoa", "lan_rong=?")
    self.done(n, "Hướng dẫn ngay người báo")

  def test_a_machine_with_state_secrets_is_said_and_its_content_kept_out(self):
    n = self.open("--secret", "yes")
    self.assertIn("speak in person", " ".join(self.run_suco("tin", "show", "1").out.split()))
    self.assertIn("secrets", self.run_suco("timeline", n).out)

  def test_the_machines_hit_are_a_list_with_states(self):
    n = self.open()
    self.begin(n)
    cut = self.step(n, "Quyết định cô lập mạng cơ quan")
    self.ha("ask", n, "--step", cut["instance"])
    self.ha("answer", n, "1", "--answer", "Cô lập", "--by", "Phó Giám đốc Sở")
    self.done(n, "Quyết định cô lập mạng cơ quan")
    self.done(n, "Cô lập mạng cơ quan")
    where = self.step(n, "Đếm máy bị, còn lan không")["instance"]
    self.ha("point", n, "add", "PC-KT-01, PC-KT-02, SRV-TEP", "--step", where)
    self.ha("point", n, "tick", "1-2", "tình trạng=mã hóa", "--step", where)
    self.ha("point", n, "tick", "3", "tình trạng=đã rút mạng", "người dùng=bà B",
            "--step", where)
    self.done(n, "Đếm máy bị, còn lan không", "so_may_tram=2", "so_may_chu=1",
              "con_lan=chua_ro")
    rows = self.json("point", n, "list", "--step", where)
    self.assertEqual([r["name"] for r in rows], ["PC-KT-01", "PC-KT-02", "SRV-TEP"])
    self.whole()

  def test_the_quick_report_says_what_the_list_the_answers_and_the_fields_say(self):
    n = self.new("Máy ở Sở Nội vụ bị mã hóa tệp", "attack", "--category", "encryption",
                 "--asset", "LAN-SO", "--detected", "-40m")["number"]
    def affected():
      self.ha("quick", n)
      text = self.json("quick", "show", n)["text"]
      return [l for l in text.splitlines() if l.startswith("Ảnh hưởng")][0]
    self.assertNotIn("đang xác định", affected())
    self.assertIn(self.json("asset", "show", "LAN-SO")["name"], affected())
    self.ha("begin", n)
    self.done(n, "Hướng dẫn ngay người báo")
    cut = self.step(n, "Quyết định cô lập mạng cơ quan")
    self.ha("ask", n, "--step", cut["instance"])
    self.ha("answer", n, "1", "--answer", "Cô lập", "--by", "Phó Giám đốc Sở")
    self.done(n, "Quyết định cô lập mạng cơ quan")
    self.done(n, "Cô lập mạng cơ quan")
    where = self.step(n, "Đếm máy bị, còn lan không")["instance"]
    self.ha("point", n, "add", "PC-KT-01, PC-KT-02, SRV-TEP, PC-KT-04, PC-KT-05", "--step",
            where)
    self.assertIn("PC-KT-01, PC-KT-02, SRV-TEP, PC-KT-04 (+1)", affected())
    self.done(n, "Đếm máy bị, còn lan không", "so_may_tram=14", "so_may_chu=?",
              "con_lan=chua_ro")
    self.assertIn("14 máy trạm: PC-KT-01", affected())
    self.assertNotIn("máy chủ", affected())
    self.ha("quick", n, "--register", "order") # in the language of the screen
    self.assertIn("14 workstations: PC-KT-01", self.json("quick", "show", n)["text"])
    self.minh("set", n, "personal_data=yes", "personal_data_known=-20m")
    self.assertIn("có dữ liệu cá nhân, biết từ", affected())
    self.ha("quick", n, "--register", "request", "--to", "vien_thong")
    self.assertNotIn("PC-KT", self.json("quick", "show", n)["text"])
    self.assertNotIn("dữ liệu cá nhân", self.json("quick", "show", n)["text"])
    self.whole()

  def test_a_step_done_twice_is_said_once(self):
    n = self.new("Máy ở Sở Nội vụ bị mã hóa tệp", "attack", "--category", "encryption",
                 "--asset", "LAN-SO", "--detected", "-40m")["number"]
    self.ha("begin", n)
    answers = {"Đếm máy bị, còn lan không": ("so_may_tram=2", "so_may_chu=?", "con_lan=khong"),
               "Rà TTDL và cơ quan khác": ("lan_ttdl=khong",),
               "Kiểm bản sao lưu sạch": ("ban_sao=co",)}
    for _ in range(30):
      found = [s for s in self.steps(n) if s["state"] in ("open", "started")]
      if not found:
        break
      if found[0]["name"] == "Quyết định cô lập mạng cơ quan":
        self.ha("ask", n, "--step", found[0]["instance"])
        self.ha("answer", n, "1", "--answer", "Cô lập", "--by", "Phó Giám đốc Sở")
      self.done(n, found[0]["name"], *answers.get(found[0]["name"], ()))
    for _ in range(2): # it waits an hour between, and may be done before
      step = [s for s in self.steps(n) if s["name"] == "Xin đồng ý trước khi cài lại"][-1]
      self.ha("step", n, step["instance"], "done", "--set", "cho_phep=chua")
    self.ha("quick", n)
    text = self.json("quick", "show", n)["text"]
    done = [l for l in text.splitlines() if l.startswith("Đã làm")][0]
    self.assertEqual(done.count("Xin đồng ý trước khi cài lại"), 1, msg=done)
    self.assertIn("Kiểm bản sao lưu sạch", done)

  def test_the_lawful_clocks_run_and_are_met_by_what_a_person_sent(self):
    n = self.new("Máy ở Sở Nội vụ bị mã hóa tệp", "attack", "--category", "encryption",
                 "--asset", "LAN-SO", "--detected", "-40m")["number"]
    self.minh("severity", n, "4", "--reason", "nhiều máy, còn lan")
    self.refused(1, "forbidden", "--as", "ha", "reportable", n, "no", "--reason", "nhỏ")
    self.ha("reportable", n, "unknown", "--reason", "chờ Công an")
    self.end(n)
    self.assertIn("suco reportable",
                  self.refused(1, "refused", *self.closing(n))["message"])
    self.minh("reportable", n, "yes", "--reason", "gián đoạn dịch vụ công")
    self.minh("set", n, "personal_data=yes", "personal_data_known=-20m")
    clocks = self.clocks(n)
    for form in ("immediate", "initial-24h", "full-72h", "personal-data-72h"):
      self.assertEqual(clocks[form]["state"], "running", msg=form)
    self.assertEqual(clocks["personal-data-72h"]["start_event"], "personal_data_known")
    self.assertTrue(clocks["initial-24h"]["on_behalf_of"])
    self.ha("notice", "sent", n, "initial-24h", "--channel", "e_office", "--at", "-5m")
    self.ha("notice", "confirm", n, "initial-24h", "--number", "88/BC-ĐUCSC")
    (notice,) = self.json("notice", "list", n)
    self.assertEqual(notice["number"], "88/BC-ĐUCSC")
    self.assertEqual(self.clocks(n)["initial-24h"]["state"], "met")
    self.refused(1, "forbidden", "--as", "ha", "deadline", n, "na", "full-72h", "--reason",
                 "không cần")
    for clock in self.json("deadline", n):
      if clock["state"] == "running" and clock["form"] != "immediate":
        self.minh("deadline", n, "na", str(clock["n"]), "--reason", "đã gộp một báo cáo")
    self.assertIn("immediate",
                  self.refused(1, "refused", *self.closing(n))["message"])
    self.ha("notice", "sent", n, "immediate", "--channel", "phone", "--to", "ca_anm")
    left = [c for c in self.json("deadline", n) if c["state"] == "running"]
    self.assertEqual(left, [])
    self.whole()

  def test_the_police_hold_stops_the_rebuild_of_case_and_system(self):
    n = self.open()
    self.minh("set", n, "asset=LAN-SO")
    self.begin(n)
    self.ha("scene", "hold", "LAN-SO", "--body", CITY, "--document", "44/CV-ANM", "--what",
            "ba máy phòng kế toán")
    altering = [s for s in self.steps(n) if s["alters"]]
    names = {s["name"] for s in altering}
    for name in ("Cài lại máy từ nguồn sạch", "Khôi phục dữ liệu theo thứ tự"):
      self.assertIn(name, names)
    shown = self.json("show", n)["holds"]
    self.assertEqual((shown[0]["state"], shown[0]["document"]), ("held", "44/CV-ANM"))
    self.refused(1, "forbidden", "--as", "ha", "scene", "release", "1", "--by",
                 "đ/c An", "--document", "45/CV-ANM")
    self.minh("scene", "release", "1", "--by", "đ/c An", "--document", "45/CV-ANM")
    self.assertEqual(self.json("show", n)["holds"][0]["state"], "released")
    self.whole()

  def test_evidence_goes_to_the_police_with_a_record_for_two_to_sign(self):
    n = self.open()
    for name in ("ghi-chu-doi-tien.txt", "may-1.img"):
      self.ha("evidence", n, "add", self.file(name, name))
    paper = self.run_suco("--as", "ha", "evidence", n, "handover", "1", "2", "--to",
                          "Đại úy An", "--body", CITY, "--document", "44/CV-ANM").out
    for word in ("ghi-chu-doi-tien.txt", "SHA-256", "WHO GIVES", "WHO TAKES", CITY):
      self.assertIn(word, paper)
    vi = self.raw("--lang", "vi", "evidence", n, "record", "1").out
    for word in ("BIÊN BẢN", "BÊN GIAO", "BÊN NHẬN"):
      self.assertIn(word, vi)
    self.assertEqual([c["evidence"] for c in self.json("evidence", n, "custody")], [1, 2])
    self.whole()

  def test_what_is_red_leaves_by_nobody(self):
    n = self.open()
    self.minh("set", n, "tlp=red")
    self.refused(1, "refused", "copy", n, "-o", os.path.join(self.folder, "x.txt"))
    self.ha("copy", n, "--red", "-o", os.path.join(self.folder, "y.txt"))
    self.refused(1, "refused", "--as", "ha", "quick", n, "--register", "request", "--to",
                 "vien_thong")
    self.ha("quick", n)
    self.assertNotIn("mã hóa tệp", self.json("quick", "show", n)["text"])
    self.whole()

  def test_a_name_typed_by_mistake_goes_for_good(self):
    name = "Phạm Nhầm Người"
    n = self.open("--note", "bà %s nghe thấy" % name)
    self.ha("call", n, "ca_anm", "--answered-by", name, "--result", "sẽ cử người")
    self.ha("ask", n, "tt_cds", "--question", "Cô lập?", "--fallback", "cô lập ngay")
    self.ha("answer", n, "1", "--answer", "Cô lập", "--by", name)
    for event in self.json("timeline", n):
      body = str(event["body"])
      if name in body:
        fields = sorted({k for k, v in self.texts(event["body"]) if name in v})
        self.minh("redact", n, str(event["seq"]), *fields, "--law", "NĐ 13/2023",
                  "--reason", "gõ nhầm tên")
    for verb in (("timeline", n), ("show", n), ("tin", "show", "1"), ("decisions",),
                 ("call", n, "list"), ("over", n)):
      self.assertNotIn(name, self.run_suco(*verb, "--json").out, msg=str(verb))
    self.assertEqual(self.json("search", "Nhầm Người"), [])
    self.whole()

  def texts(self, body, field=None):
    """Every text of a body with the name of its field; of what changed, both."""
    for key, value in body.items():
      if isinstance(value, str):
        yield field if key in ("from", "to") else key, value
      elif isinstance(value, dict):
        yield from self.texts(value, key)


if __name__ == "__main__":
  main()
