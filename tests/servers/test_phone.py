#!/usr/bin/env python3
"""The answer page in a real browser of a phone's size: it fits, its letters are
large enough, one finger answers; no script, nothing from elsewhere."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import browser  # noqa: E402
from answer_desk import AnswerTest  # noqa: E402
from desk import main  # noqa: E402

try:
  import aiosmtpd  # noqa: F401
except ImportError:
  print("skipped: python3-aiosmtpd is missing")
  sys.exit(77)
if browser.PROGRAM is None:
  print("skipped: chromium is missing")
  sys.exit(77)

FITS = """(() => {
  const small = [], wide = [];
  for (const e of document.querySelectorAll('main *')) {
    if (e.tagName === 'OPTION' || e.type === 'hidden') continue;
    const r = e.getBoundingClientRect();
    if (parseFloat(getComputedStyle(e).fontSize) < 16) small.push(e.outerHTML);
    if (r.right > innerWidth + 1 || r.left < 0) wide.push(e.outerHTML);
  }
  return {small, wide, scroll: document.documentElement.scrollWidth, width: innerWidth};
})()"""


class Phone(AnswerTest):
  def browse(self, width=360, height=640, dark=False):
    it = browser.Browser(width, height, dark)
    self.addCleanup(it.end)
    return it

  def fits(self, it):
    seen = it.js(FITS)
    self.assertEqual((seen["small"], seen["wide"]), ([], []))
    self.assertLessEqual(seen["scroll"], seen["width"])

  def picture(self, it, name):
    folder = os.environ.get("SUCO_PICTURES", self.folder)
    it.picture(os.path.join(folder, name + ".png"))
    self.assertGreater(os.path.getsize(os.path.join(folder, name + ".png")), 3000)

  def test_one_finger_takes_the_case(self):
    case, mail = self.called("Mất điện Trung tâm dữ liệu tỉnh, máy phát không nổ,"
                             " ắc quy còn 38 phút")
    it = self.browse()
    it.go(self.link(mail))
    self.assertEqual(self.state(case), "handed_over")
    self.fits(it)
    tall = it.js("document.querySelector('.take').getBoundingClientRect().height")
    self.assertGreaterEqual(tall, 80)
    bottom = it.js("document.querySelector('.take').getBoundingClientRect().bottom")
    self.assertLessEqual(bottom, 640, "the button is seen without scrolling")
    self.picture(it, "asked")
    it.tap(".take")
    self.fits(it)
    self.picture(it, "taken")
    self.assertEqual(self.state(case), "answered")
    self.assertEqual(self.json("show", case["number"])["owner"], "lan")
    self.assertIsNone(it.js("document.querySelector('button')"))
    faults = [e for e in it.events if e["method"] in (
      "Log.entryAdded", "Network.loadingFailed", "Runtime.exceptionThrown")
      and "favicon" not in str(e)]
    self.assertEqual(faults, [])
    asked = {e["params"]["request"]["url"] for e in it.events
             if e["method"] == "Network.requestWillBeSent" and
             "favicon" not in e["params"]["request"]["url"]}
    self.assertTrue(all(url.startswith("http://127.0.0.1:") for url in asked), asked)

  def test_it_fits_the_smallest_phone_in_the_dark_and_passes_on(self):
    self.json("setting", "list")
    case, mail = self.called("Trang_thông_tin_điện_tử_" * 6)
    it = self.browse(320, 480, dark=True)
    it.go(self.link(mail))
    self.fits(it)
    self.assertEqual(it.js("getComputedStyle(document.body).backgroundColor"), "rgb(17, 17, 17)")
    self.picture(it, "dark")
    it.tap(".no")
    self.fits(it)
    self.picture(it, "declined")
    self.assertEqual(self.state(case), "answered")
    self.assertIsNone(self.json("show", case["number"])["owner"])

  def test_it_fits_in_english_too_and_an_old_link_says_so(self):
    self.json("member", "set", "lan", "language=en")
    case, mail = self.called("Power cut at the provincial data centre, generator will not"
                             " start, 38 minutes of battery left")
    it = self.browse()
    it.go(self.link(mail))
    self.assertEqual(it.js("document.documentElement.lang"), "en")
    self.fits(it)
    self.picture(it, "english")
    self.json("status", case["number"], "dismissed", "--reason", "báo nhầm")
    it.go(self.link(mail))
    self.fits(it)
    self.picture(it, "english-late")
    self.assertIsNone(it.js("document.querySelector('button')"))

  def test_a_script_in_a_title_is_a_title(self):
    case, mail = self.called("<script>document.title='x'</script><img src=//evil.example/x>")
    it = self.browse()
    it.go(self.link(mail))
    self.assertEqual(it.js("document.title"), case["number"])
    self.assertIsNone(it.js("document.querySelector('main img, main script')"))


if __name__ == "__main__":
  main()
