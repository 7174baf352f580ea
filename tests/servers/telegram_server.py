#!/usr/bin/python3
"""A bot's server on loopback, for tests.  usage: telegram_server.py FOLDER [--seconds N]

Prints its port.  FOLDER/updates holds one JSON object a line, each an update with
its update_id; FOLDER/log gets one object a request: {"method", "body"}.  getUpdates
waits up to a second for something new.  FOLDER/mode: ok, 429, 500, garbage.
"""
import argparse
import http.server
import json
import os
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from loopback import serve_threads  # noqa: E402


class Bot(http.server.BaseHTTPRequestHandler):
  protocol_version = "HTTP/1.1"

  def log_message(self, *_):
    pass

  def lines(self, name):
    try:
      with open(os.path.join(self.server.folder, name)) as file:
        return file.read().splitlines()
    except FileNotFoundError:
      return []

  def updates(self, offset):
    return [u for u in map(json.loads, self.lines("updates")) if u["update_id"] >= offset]

  def do_POST(self):
    body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
    method = self.path.rsplit("/", 1)[1]
    with self.server.lock, open(os.path.join(self.server.folder, "log"), "a") as log:
      log.write(json.dumps({"method": method, "body": body, "path": self.path}) + "\n")
    mode = (self.lines("mode") or ["ok"])[0]
    if mode != "ok" and method == "getUpdates":
      return self.reply(500 if mode == "garbage" else int(mode), {"ok": False})
    if method == "getUpdates":
      end = time.monotonic() + 1
      while not self.updates(body["offset"]) and time.monotonic() < end:
        time.sleep(0.05)
      found = self.updates(body["offset"])[:body.get("limit", 100)]
      return self.reply(200, {"ok": True, "result": found})
    self.server.count += 1
    return self.reply(200, {"ok": True, "result": {
      "message_id": self.server.count, "date": 1, "chat": {"id": body.get("chat_id", 0)}}})

  def reply(self, status, value):
    data = json.dumps(value).encode()
    self.send_response(status)
    self.send_header("Content-Type", "application/json")
    self.send_header("Content-Length", str(len(data)))
    self.end_headers()
    self.wfile.write(data)


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument("folder")
  parser.add_argument("--seconds", type=int, default=60)
  given = parser.parse_args()
  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bot)
  server.handle_error = lambda *_: None  # a client that is killed hangs up
  server.folder, server.count, server.lock = given.folder, 0, threading.Lock()
  serve_threads(server, given.seconds)


main()
