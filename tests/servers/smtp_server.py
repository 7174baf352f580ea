#!/usr/bin/python3
"""A real SMTP server on loopback that can be told to misbehave.

usage: smtp_server.py FOLDER [--tls good|bad|none] [--seconds N]

Prints its port on the first line.  Every accepted message is written to
FOLDER/mail/NNNNNN.eml; FOLDER/log has one JSON object a line for each thing that
happened.  How it behaves stands in FOLDER/mode, read anew at every connection
and command, so that a test can have an outage and its end:

  accept      takes everything
  refuse      closes the port
  hang        takes the connection and says nothing
  greet421    421 instead of a greeting
  mail451 mail550 rcpt450 rcpt550 data451 data554   refuses there
  drop        takes the text and closes without a word (the mail is kept)
  stall       takes the text and never answers (the mail is kept)
  cut         closes in the middle of the text
  once        after one mail on a connection answers 421 and closes
  slow        waits 50 ms before it accepts a text

AUTH LOGIN and PLAIN know the user "suco" with the password "right".
TLS: good is a certificate for 127.0.0.1 that FOLDER/ca.pem proves, bad one that
nothing proves, none offers no STARTTLS.  It ends by itself after --seconds
(60), and when its standard input closes.
"""
import argparse
import asyncio
import json
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from loopback import stdin_closed, tls_context  # noqa: E402

try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    print("no aiosmtpd", flush=True)
    sys.exit(77)


class World:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        os.makedirs(os.path.join(folder, "mail"), exist_ok=True)
        self.log_file = open(os.path.join(folder, "log"), "a", buffering=1)

    def mode(self):
        try:
            with open(os.path.join(self.folder, "mode")) as file:
                return file.read().strip() or "accept"
        except FileNotFoundError:
            return "accept"

    def log(self, what, **more):
        self.log_file.write(json.dumps({"at": time.time(), "what": what, **more}) + "\n")

    def keep(self, envelope):
        self.count += 1
        path = os.path.join(self.folder, "mail", "%06d" % self.count)
        with open(path + ".part", "wb") as file:
            file.write(envelope.content)
        os.rename(path + ".part", path + ".eml")
        return self.count


class Handler:
    def __init__(self, world):
        self.world = world

    async def handle_MAIL(self, server, session, envelope, address, options):
        mode = self.world.mode()
        if mode == "once" and getattr(session, "mails", 0) >= 1:
            asyncio.get_running_loop().call_later(0.01, server.transport.close)
            return "421 4.7.0 too many mails on this connection"
        if mode in ("mail451", "mail550"):
            return mode[4:] + " 5.1.8 sender is not welcome"
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        mode = self.world.mode()
        if mode in ("rcpt450", "rcpt550"):
            self.world.log("refused", to=address)
            return mode[4:] + " 5.1.1 no such mailbox here"
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        mode = self.world.mode()
        if mode in ("data451", "data554"):
            self.world.log("refused", to=envelope.rcpt_tos)
            return mode[4:] + " 4.3.0 not this text"
        if mode == "slow":
            await asyncio.sleep(0.05)
        number = self.world.keep(envelope)
        self.world.log("kept", n=number, to=envelope.rcpt_tos, mode=mode)
        session.mails = getattr(session, "mails", 0) + 1
        if mode == "drop":
            server.transport.abort()
        if mode in ("drop", "stall"):
            await asyncio.sleep(3600)
        return "250 2.0.0 queued as %06d" % number


class Server(SMTP):
    world = None

    def connection_made(self, transport):
        mode = self.world.mode()
        self.world.log("connected", mode=mode)
        self.first = not isinstance(transport, asyncio.sslproto._SSLProtocolTransport)
        if mode == "hang" and self.first:
            self.transport = transport
            return
        if mode == "greet421" and self.first:
            self.transport = transport
            transport.write(b"421 4.3.2 not now\r\n")
            asyncio.get_running_loop().call_later(0.05, transport.close)
            return
        super().connection_made(transport)

    def data_received(self, data):
        if self._handler_coroutine is None:
            return
        super().data_received(data)

    def eof_received(self):
        if self._handler_coroutine is not None:
            return super().eof_received()
        return False

    def connection_lost(self, error):
        if self._handler_coroutine is not None:
            super().connection_lost(error)

    async def smtp_DATA(self, arg):
        if self.world.mode() == "cut" and self.envelope.rcpt_tos:
            await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"suco" and data.password == b"right", handled=False)


async def serve(args):
    world = World(args.folder)
    tls = tls_context(args.folder, args.tls)
    Server.world = world
    loop = asyncio.get_running_loop()

    def protocol():
        return Server(Handler(world), hostname="localhost", tls_context=tls,
                      authenticator=authenticate, auth_require_tls=tls is not None,
                      enable_SMTPUTF8=False, data_size_limit=4 << 20, loop=loop)

    server = await loop.create_server(protocol, "127.0.0.1", 0, backlog=64)
    port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    ended = asyncio.ensure_future(stdin_closed())
    until = time.monotonic() + args.seconds
    while time.monotonic() < until and not ended.done():
        await asyncio.sleep(0.02)
        refuse = world.mode() == "refuse"
        if refuse and server is not None:
            server.close()
            server = None
        elif not refuse and server is None:
            server = await loop.create_server(protocol, "127.0.0.1", port, backlog=64)


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--tls", choices=("good", "bad", "none"), default="good")
parser.add_argument("--seconds", type=float, default=60)
arguments = parser.parse_args()
try:
    asyncio.run(serve(arguments))
except KeyboardInterrupt:
    pass
os._exit(0)
