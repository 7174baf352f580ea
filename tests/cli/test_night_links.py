#!/usr/bin/env python3
"""The night of the links: thirteen communes lost at 01:40, by verbs, from the first
call to the closed case; with a name that two have, an old name, a call that nobody
answers, a promise broken, an undo and a second member."""
import unicodedata

from desk import DeskTest, main

UNITS = [("xa-qn-04", "Xã Sông Trà", "Xã Bến Cũ", "A"), ("xa-qn-05", "Xã Đá Trắng", "", "A"),
         ("xa-qn-06", "Phường Đá Trắng", "", "A"), ("xa-qn-07", "Xã Suối Lạnh", "", "A"),
         ("xa-qn-08", "Xã Gò Chùa", "", "A"), ("xa-qn-09", "Xã Bãi Dài", "", "B"),
         ("xa-qn-10", "Xã An Phú Đông", "", "A"), ("xa-qn-11", "Xã Trà Nú", "", "A"),
         ("xa-kt-02", "Xã Đăk Mới", "", "B"), ("xa-kt-03", "Xã Ia Thác", "", "B"),
         ("xa-kt-04", "Xã Plei Rông", "", "B"), ("xa-kt-05", "Xã Măng Mới", "Xã Măng Cũ", "B"),
         ("xa-kt-06", "Xã Suối Lạnh Tây", "Xã Suối Lạnh", "B")]
PASTED = ("1. Lý Sơn\n2. bến cũ\n3.\tĐá Trắng\n4. Trà Nú\n5. Suối Lạnh\n6. Gò Chùa\n"
          "7. Bãi Dài\n8. An Phú Đông\n9. Đăk Mới\n10. Ia Thác\n11. Plei Rông\n"
          "12. măng cũ\n13. Nghĩa Lộ\n")


class Links(DeskTest):
  def setUp(self):
    super().setUp()
    self.init("--profile", "quangngai")
    for login, name, role in (("ha", "Trần Thị Hà", "responder"),
                              ("minh", "Lê Quang Minh", "coordinator"),
                              ("linh", "Ngô Mai Linh", "responder")):
      self.json("member", "add", login, "--name", name, "--role", role, "--mail",
                login + "@doi.example", "--phone", "0914000100")
    for role, login in (("truc_ca", "ha"), ("lanh_dao_doi", "minh"),
                        ("ky_thuat_ttdl", "linh")):
      self.json("setting", "set", "agent." + role, "member:" + login)
    self.json("contact", "set", "vien_thong", "--phone", "02553900119")
    for code, name, old, carrier in UNITS:
      more = ["aliases=" + old] if old else []
      self.json("unit", "set", code, "name=" + name, "carrier=Viễn thông " + carrier, *more)

  def as_ha(self, *words, **more):
    return self.json("--as", "ha", *words, **more)

  def open_case(self):
    self.as_ha("tin", "--what", "13 xã đứt đường truyền số liệu chuyên dùng", "--unit",
               "bến cũ", "--from", "đầu mối", "--callback", "0914000222", "--detected",
               "-20m", "--at", "-18m")
    case = self.as_ha("tin", "case", "1", "--begin")
    self.n = case["number"]
    return case

  def paste(self):
    return self.as_ha("point", self.n, "import", "-",
                      data=unicodedata.normalize("NFD", PASTED))

  def step(self, n):
    return next(s for s in self.json("steps", self.n) if s["n"] == n)

  def test_a_night_from_the_call_to_the_closed_case(self):
    case = self.open_case()
    self.assertEqual((case["kind"], case["asset"], case["severity_suggested"]),
                     ("link", "TSLCD", 3))
    self.assertIn("Xã Sông Trà", self.run_suco("tin", "show", "1").out)
    self.scope()
    self.callers()
    self.first_steps()
    self.must_be_back()
    self.zalo()
    self.carrier()
    self.quick()
    self.hand_over()
    self.back()
    self.close()
    self.whole()

  def test_what_a_step_is_told_stands_with_the_clocks_and_the_promises(self):
    self.open_case()
    self.paste()
    for n, *how in (("1", "gio_mat=01:40", "so_diem=13"), ("2", "dien_tai_xa=co"),
                    ("4", "gio_can=23:59 một cửa mở", "co_hop=co", "severity=3"),
                    ("5", "vi_tri=tren_tuyen"), ("6", "reportable=unknown")):
      self.as_ha("step", self.n, n, "done", *[w for v in how for w in ("--set", v)],
                 "--note", "qua điện thoại")
    (clock,) = [d for d in self.json("show", self.n)["deadlines"] if d["rule"] == "back_by"]
    self.assertEqual((clock["due_at"][11:16], clock["state"]), ("23:59", "running"))
    self.assertIn("một cửa mở", self.json("handover")["sheet"])
    self.as_ha("step", self.n, "7", "done", "--set", "so_phieu=VT-118", "--set",
               "gio_hen=+2h, đội hàn đang đi")
    (promise,) = self.json("waits")
    self.assertEqual((promise["ticket"], promise["role"], promise["overdue"]),
                     ("VT-118", "vien_thong", False))
    # Another promise of the same body goes to the same line; words are no promise.
    self.as_ha("step", self.n, "10", "done", "--set", "gio_hen=+3h")
    (later,) = self.json("waits")
    self.assertGreater(later["promised_at"], promise["promised_at"])
    self.assertEqual(len(later["askings"]), 1)
    self.as_ha("step", self.n, "11", "done", "--set", "da_thong=chua", "--set",
               "gio_hen=chưa hẹn được", "--note", "gọi lại sau")
    self.assertEqual(len(self.json("waits")[0]["askings"]), 1)
    # The round comes again until they say that it works; then nobody waits for them.
    again = [s for s in self.json("steps", self.n) if s["n"] == 11 and s["state"] != "done"]
    self.as_ha("step", self.n, again[0]["instance"], "done", "--set", "da_thong=da_thong",
               "--set", "gio_hen=?", "--note", "thông lúc 05:40")
    self.assertEqual(self.json("waits"), [])
    (met,) = self.json("show", self.n)["waiting"]
    self.assertIn("thông lúc 05:40", met["result"])
    self.whole()

  def scope(self):
    made = self.paste()
    self.assertEqual(made["points_added"],
                     {"added": 13, "several": 2, "unknown": 0, "already": 0})
    points = made["points"]
    self.assertEqual(points[1]["name"], "Xã Sông Trà")
    self.assertEqual(points[11]["name"], "Xã Măng Mới")
    self.assertEqual([p["n"] for p in points if p["candidates"]], [3, 5])
    self.as_ha("point", self.n, "set", "3", "unit=xa-qn-06")
    self.as_ha("point", self.n, "set", "5", "unit=xa-kt-06")
    # The list once more: a name that two have was said already, and is not meant anew.
    again = self.as_ha("point", self.n, "import", "-", data=PASTED)
    self.assertEqual((again["points_added"]["added"], again["points_added"]["already"]),
                     (0, 13))
    self.assertEqual(len(self.json("point", self.n, "list")), 13)
    area = self.run_suco("point", self.n, "list", "--by", "area").out
    self.assertIn("Quảng Ngãi cũ (8)", area)
    self.assertIn("Kon Tum cũ (5)", area)
    self.assertIn("Viễn thông B (6)",
                  self.run_suco("point", self.n, "list", "--by", "carrier").out)
    self.assertIn("(1)", self.run_suco("point", self.n, "list", "--by", "island").out)
    self.assertIn("13", self.run_suco("list", "--open").out)

  def callers(self):
    self.as_ha("tin", "--what", "mất mạng, không vào được một cửa", "--unit", "gò chùa",
               "--callback", "0914000333")
    joined = self.as_ha("tin", "join", "2", self.n)
    self.assertEqual((joined["state"], joined["case"]), ("joined", self.n))
    self.assertEqual(len(self.json("list", "--open")), 1)
    for i in range(38):
      self.as_ha("tin", "--what", "mất mạng", "--unit", "Xã %02d" % i, "--callback",
                 "0914001%03d" % i)
      self.as_ha("tin", "join", str(i + 3), self.n)
    self.assertEqual(len(self.json("show", self.n)["tins"]), 40)

  def first_steps(self):
    # What was pasted is the list of the step; the other communes are not hit.
    checklist = self.step(1)["checklist"]
    self.assertEqual((checklist["ticked"], checklist["total"]), (13, 96))
    self.as_ha("step", self.n, "1", "done", "--set", "gio_mat=01:40", "--set", "so_diem=13")
    missed = self.run_suco("--as", "ha", "call", self.n, "point:1", "--no-answer")
    self.assertEqual(missed.code, 0)
    self.as_ha("call", self.n, "point:1", "--wrong-number", "--number", "0914000999")
    self.as_ha("call", self.n, "point:2", "--answered-by", "đầu mối", "--result",
               "còn điện, đèn đỏ")
    self.as_ha("step", self.n, "2", "done", "--set", "dien_tai_xa=co")
    self.assertEqual(self.step(4)["state"], "open")
    asked = self.as_ha("ask", self.n, "--step", "4")
    self.assertIn("Minh", asked["decisions"][0]["asked_of"])
    self.as_ha("answer", self.n, "1", "--no-answer")
    self.as_ha("answer", self.n, "1", "--answer", "3", "--by", "Lê Quang Minh", "--reason",
               "một cửa mở 07:00")
    done = self.as_ha("step", self.n, "4", "done", "--set", "gio_can=07:00", "--set",
                      "co_hop=co", "--note", "13 xã")
    self.assertEqual(done["severity"], 3)

  def must_be_back(self):
    self.as_ha("set", self.n, "must_be_back_by=07:00 một cửa mở")
    self.as_ha("set", self.n, "must_be_back_by=08:00 họp trực tuyến")
    clocks = [d for d in self.json("show", self.n)["deadlines"] if d["rule"] == "back_by"]
    self.assertEqual([d["state"] for d in clocks], ["running", "running"])
    self.assertEqual({d["due_at"][11:16] for d in clocks}, {"07:00", "08:00"})
    page = self.json("handover")["sheet"]
    self.assertIn("một cửa mở", page)

  def zalo(self):
    text = self.run_suco("posted", self.n, "zalo", "--show", "--workaround",
                         "tiếp nhận giấy", "--next", "+1h").out
    self.assertIn("tiếp nhận giấy", text)
    self.as_ha("posted", self.n, "zalo", text, "--at", "-10m")
    (post,) = self.json("posted", self.n, "list")
    self.assertEqual((post["asked"], post["confirmed"]), (13, 0))
    self.as_ha("confirmed", self.n, "last", "lý sơn", "xa-qn-08", "Plei Rông")
    self.as_ha("undo", self.n)
    self.assertEqual(self.json("posted", self.n, "list")[0]["confirmed"], 0)
    self.as_ha("confirmed", self.n, "last", "lý sơn", "xa-qn-08", "Plei Rông")
    left = self.json("confirmed", self.n, "list", "last", "--left")
    self.assertEqual(len(left), 10)
    # Linh helps: the rest are called one after the other.
    for row in left:
      self.json("--as", "linh", "call", self.n, row["ref_kind"] + ":" + row["ref"],
                "--answered-by", "đầu mối")
    self.assertEqual(self.json("confirmed", self.n, "list", "last", "--left"), [])

  def carrier(self):
    case = self.as_ha("wait", self.n, "vien_thong", "--for", "nối lại tuyến", "--ticket",
                      "VT-118", "--said-at", "-5h", "--promised", "-250m")
    (promise,) = case["waiting"]
    self.assertEqual((promise["overdue"], promise["next"]), (True, "raise"))
    for level in range(1, 4): # overdue 30 minutes, two hours, four hours
      case = self.as_ha("wait", self.n, "raise", "1", "--said", "mức %d" % level)
      self.assertEqual(case["waiting"][0]["raised"], level)
    self.json("--as", "linh", "wait", self.n, "asked", "1", "--said", "đang hàn",
              "--promised", "+40m")
    (promise,) = self.json("waits")
    self.assertEqual((promise["overdue"], promise["ticket"]), (False, "VT-118"))

  def quick(self):
    report = self.as_ha("quick", self.n, "--next", "+1h")
    self.assertIn("13", report["text"])
    self.assertIn("13 điểm: 13 mất", report["text"])
    sent = self.as_ha("quick", "sent", self.n, "1", "--to", "vp_ubnd", "--channel", "phone",
                      "--confirmed-by", "trực ban")
    self.assertEqual(sent["state"], "sent")

  def hand_over(self):
    page = self.json("handover")["sheet"]
    for words in ("13 xã", "một cửa mở", "họp trực tuyến", "nối lại tuyến"):
      self.assertIn(words, page)
    self.as_ha("handover", "give", "--to", "linh", "--words", "07:00 một cửa mở")
    self.assertEqual(self.json("--as", "linh", "handover", "take")["state"], "taken")

  def back(self):
    done = self.as_ha("point", self.n, "set", "1-10", "state=back", "back_at=-10m")
    counts = done["point_counts"]
    self.assertEqual((counts["back"], counts["down"]), (10, 3))
    self.refused(1, "refused", "point", self.n, "set", "11", "state=back", "back_at=-3h")
    done = self.json("--as", "linh", "point", self.n, "set", "down", "state=back",
                     "back_at=-5m")
    self.assertEqual(done["point_counts"]["back"], 13)
    # 20 minutes ago it began; 10 of them were back 10 minutes ago, 3 five minutes ago.
    self.assertIn(done["point_counts"]["outage_minutes"], range(140, 150))
    self.as_ha("wait", self.n, "done", "1", "--result", "thông lúc 05:40")
    left = [r for r in self.json("over", self.n) if r["state"] == "left"]
    self.assertGreaterEqual(len(left), 40)
    self.as_ha("over", self.n, "told", "--all", "--how", "Zalo")
    self.assertEqual([r for r in self.json("over", self.n) if r["state"] == "left"], [])

  def close(self):
    for to in ("responding", "contained", "recovered"):
      self.run_suco("--as", "ha", "status", self.n, to, "--reason", "đã thông")
    clocks = [d for d in self.json("show", self.n)["deadlines"] if d["rule"] == "back_by"]
    self.assertEqual([d["state"] for d in clocks], ["met", "met"])
    close = ("--as", "minh", "close", self.n, "--cause", "đứt cáp", "--result", "thông",
             "--lessons", "thêm đường dự phòng")
    self.refused(1, "refused", *close)
    self.json("--as", "minh", "reportable", self.n, "no", "--reason", "không thuộc diện")
    self.assertIn("step", self.refused(1, "refused", *close)["message"])
    for _ in range(60): # the rest of the plan was done on the telephone
      left = [s for s in self.json("steps", self.n) if s["instance"]
              and s["state"] in ("open", "started", "waiting")]
      if not left:
        break
      # What ends the two rounds: the carrier said so, and it was measured.
      ends = {11: ["da_thong=da_thong", "gio_hen=?"], 17: ["do_kiem=dat"]}.get(left[0]["n"])
      how = ["done"] + [w for v in ends for w in ("--set", v)] if ends else ["skip"]
      self.json("--as", "minh", "step", self.n, left[0]["instance"], *how, "--note",
                "làm qua điện thoại")
    self.json(*close)
    self.assertEqual(self.json("list", "--open"), [])


if __name__ == "__main__":
  main()
