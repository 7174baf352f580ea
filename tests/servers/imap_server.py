#!/usr/bin/python3
"""A small IMAP server on loopback over a folder of mails, for tests.

usage: imap_server.py FOLDER [--seconds N] [--tls good|bad]

Prints its port.  FOLDER/N.eml is the mail with UID N; FOLDER/validity holds the
UIDVALIDITY (default 1); FOLDER/mode: accept, hang (says nothing), bad (garbage),
no (login refused).  Every command is a line of FOLDER/log.  User suco, password
right.  TLS: good is a certificate for 127.0.0.1 that FOLDER/ca.pem proves, bad one
that nothing proves.  It ends by itself after --seconds (60), and when its standard input closes.
"""
import argparse
import os
import re
import socketserver
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from loopback import serve_threads, tls_context  # noqa: E402


class Session(socketserver.StreamRequestHandler):
  timeout = 20

  def say(self, text):
    self.wfile.write(text.encode() + b"\r\n")

  def file(self, name, default=""):
    try:
      with open(os.path.join(self.server.folder, name)) as file:
        return file.read().strip()
    except FileNotFoundError:
      return default

  def uids(self):
    return sorted(int(n[:-4]) for n in os.listdir(self.server.folder)
                  if re.fullmatch(r"\d+\.eml", n))

  def handle(self):
    mode = self.file("mode", "accept")
    if mode == "hang":
      self.rfile.readline()
      return
    if mode == "bad":
      self.wfile.write(os.urandom(300) + b"\r\n")
      return
    self.say("* OK ready")
    while True:
      line = self.rfile.readline().decode(errors="replace").strip()
      if not line:
        return
      with open(os.path.join(self.server.folder, "log"), "a") as log:
        log.write(line + "\n")
      tag, _, rest = line.partition(" ")
      if not self.answer(tag, rest, mode):
        return

  def answer(self, tag, rest, mode):
    word = rest.upper()
    if word == "CAPABILITY":
      self.say("* CAPABILITY IMAP4rev1")
    elif word.startswith("LOGIN"):
      if mode == "no" or rest.split()[1:] != ["suco", "right"]:
        self.say(tag + " NO wrong")
        return True
    elif word.startswith("SELECT"):
      self.say("* %d EXISTS" % len(self.uids()))
      self.say("* OK [UIDVALIDITY %s] valid" % self.file("validity", "1"))
    elif word.startswith("UID SEARCH UID"):
      low = int(re.search(r"UID (\d+):", word).group(1))
      found = [u for u in self.uids() if u >= low]
      # As real servers do: n:* names the last mail though it is below n.
      if not found and self.uids():
        found = self.uids()[-1:]
      self.say("* SEARCH " + " ".join(map(str, found)))
    elif word.startswith("UID FETCH"):
      uid = int(word.split()[2])
      with open(os.path.join(self.server.folder, "%d.eml" % uid), "rb") as file:
        mail = file.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
      if mail:  # else it was expunged after the search: nothing comes
        most = re.search(r"<0\.(\d+)>", word)
        if most:
          mail = mail[:int(most.group(1))]
        self.say("* 1 FETCH (UID %d BODY[]%s {%d}" % (uid, "<0>" if most else "", len(mail)))
        self.wfile.write(mail)
        self.say(")")
    elif word == "LOGOUT":
      self.say("* BYE")
      self.say(tag + " OK")
      return False
    self.say(tag + " OK done")
    return True


class Server(socketserver.ThreadingTCPServer):
  allow_reuse_address = True
  daemon_threads = True
  tls = None

  def get_request(self):
    connection, address = super().get_request()
    if self.tls is not None:
      connection = self.tls.wrap_socket(connection, server_side=True,
                                        do_handshake_on_connect=False)
    return connection, address

  def handle_error(self, request, client_address):
    pass  # a client that refuses the certificate hangs up


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument("folder")
  parser.add_argument("--seconds", type=int, default=60)
  parser.add_argument("--tls", choices=("good", "bad", "none"), default="none")
  given = parser.parse_args()
  with Server(("127.0.0.1", 0), Session) as server:
    server.folder = given.folder
    server.tls = tls_context(given.folder, given.tls)
    serve_threads(server, given.seconds)


if __name__ == "__main__":
  main()
