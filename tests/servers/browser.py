"""A headless Chromium of one test, driven over a pipe (no port is opened)."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
  def __init__(self, width, height, dark=False):
    self.folder = tempfile.mkdtemp(prefix="suco-browser-")
    to_it, self.write_end = os.pipe()
    self.read_end, from_it = os.pipe()

    def fds():
      # The two ends may themselves be 3 or 4: first out of the way.
      a, b = os.dup2(to_it, 200), os.dup2(from_it, 201)
      os.dup2(a, 3)
      os.dup2(b, 4)
    self.program = subprocess.Popen(
      [PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
       "--disable-dev-shm-usage", "--disable-background-networking",
       "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
       "--remote-debugging-pipe", "--user-data-dir=" + self.folder],
      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
      preexec_fn=fds, close_fds=False)
    os.close(to_it)
    os.close(from_it)
    self.number = 0
    self.rest = b""
    self.events = []
    target = self.call("Target.createTarget", url="about:blank")["targetId"]
    self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    self.call("Page.enable")
    self.call("Network.enable")
    self.call("Log.enable")
    self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
              deviceScaleFactor=1, mobile=True)
    if dark:
      self.call("Emulation.setEmulatedMedia",
                features=[{"name": "prefers-color-scheme", "value": "dark"}])

  def read(self, deadline):
    while b"\0" not in self.rest:
      ready, _, _ = select.select([self.read_end], [], [], max(0, deadline - time.monotonic()))
      if not ready:
        raise TimeoutError("the browser says nothing")
      more = os.read(self.read_end, 1 << 16)
      if not more:
        raise EOFError("the browser ended")
      self.rest += more
    line, self.rest = self.rest.split(b"\0", 1)
    return json.loads(line)

  def call(self, method, **params):
    self.number += 1
    message = {"id": self.number, "method": method, "params": params}
    if getattr(self, "session", None):
      message["sessionId"] = self.session
    os.write(self.write_end, json.dumps(message).encode() + b"\0")
    deadline = time.monotonic() + 30
    while True:
      reply = self.read(deadline)
      if reply.get("id") == self.number:
        if "error" in reply:
          raise RuntimeError("%s: %s" % (method, reply["error"]))
        return reply["result"]
      self.events.append(reply)

  def loaded(self):
    deadline = time.monotonic() + 30
    while not any(e["method"] == "Page.loadEventFired" for e in self.events):
      self.events.append(self.read(deadline))
    self.events = [e for e in self.events if e["method"] != "Page.loadEventFired"]

  def go(self, address):
    self.call("Page.navigate", url=address)
    self.loaded()

  def js(self, text):
    """What a script of ours sees; the page's own policy lets none of its own run."""
    return self.call("Runtime.evaluate", expression=text, returnByValue=True)["result"].get("value")

  def tap(self, selector):
    """Touches the middle of the element, as a finger does."""
    x, y = self.js("(()=>{const e=document.querySelector(%s);e.scrollIntoView();"
                   "const r=e.getBoundingClientRect();"
                   "return [r.x+r.width/2,r.y+r.height/2]})()" % json.dumps(selector))
    for kind in ("mousePressed", "mouseReleased"):
      self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    self.loaded()

  def picture(self, path):
    data = self.call("Page.captureScreenshot", format="png")["data"]
    with open(path, "wb") as file:
      file.write(base64.b64decode(data))

  def end(self):
    self.program.terminate()
    try:
      self.program.wait(10)
    except subprocess.TimeoutExpired:
      self.program.kill()
      self.program.wait()
    os.close(self.write_end)
    os.close(self.read_end)
    shutil.rmtree(self.folder, ignore_errors=True)
