#!/usr/bin/python3
"""A real HTTP server on loopback that does what a test's script says, and nothing
that it does not.

usage: http_server.py FOLDER [--tls good|bad|none] [--seconds N]

Prints its port on the first line.  FOLDER/script is a JSON list of steps, one for
each request; a new file is a new script.  Each request is kept as
FOLDER/seen/NNNN.json {method, path, headers (lower case), body}.  One that no step
is left for is answered 599 and kept in FOLDER/unexpected: a test that finds this
file fails.  A step is

  {"status": 200, "headers": {..}, "body": "text"}   an answer
  {"do": "never"}     takes the request and never answers
  {"do": "close"}     takes the request and closes
  {"do": "half"}      says 200 and a length, and closes in the middle
  {"do": "garbage"}   answers what is no HTTP
  {"do": "slow"}      drips an answer, a byte in 50 ms, without end
  {"do": "huge"}      says 200 and a megabyte

and any may have "path": the request must be for it, else it is unexpected.
TLS: good is a certificate for 127.0.0.1 that FOLDER/ca.pem proves, bad one that
nothing proves.  It ends by itself after --seconds, and when its standard input
closes.
"""
import argparse
import asyncio
import json
import os
import ssl
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from loopback import stdin_closed, tls_context  # noqa: E402


class World:
    def __init__(self, folder):
        self.folder = folder
        self.script = None
        self.steps = []
        self.count = 0
        os.makedirs(os.path.join(folder, "seen"), exist_ok=True)

    def next_step(self, request):
        path = os.path.join(self.folder, "script")
        try:
            inode = os.stat(path).st_ino, os.stat(path).st_mtime_ns
            if inode != self.script:
                with open(path) as file:
                    self.steps = json.load(file)
                self.script = inode
        except FileNotFoundError:
            pass
        if self.steps and self.steps[0].get("path", request["path"]) == request["path"]:
            return self.steps.pop(0)
        with open(os.path.join(self.folder, "unexpected"), "a") as file:
            file.write(json.dumps(request) + "\n")
        return {"status": 599, "body": "unexpected"}

    def keep(self, request):
        self.count += 1
        path = os.path.join(self.folder, "seen", "%04d.json" % self.count)
        with open(path + ".part", "w") as file:
            json.dump(request, file, ensure_ascii=False)
        os.rename(path + ".part", path)


async def read_request(reader):
    first = (await reader.readline()).decode("latin-1").split()
    if len(first) != 3:
        return None
    headers = {}
    while True:
        line = (await reader.readline()).decode("latin-1").strip()
        if not line:
            break
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return {"method": first[0], "path": first[1], "headers": headers,
            "body": body.decode("utf-8", "replace")}


def answer(step):
    body = step.get("body", "").encode()
    lines = ["HTTP/1.1 %d Word" % step["status"], "Content-Length: %d" % len(body)]
    lines += ["%s: %s" % pair for pair in step.get("headers", {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def misbehave(what, writer):
    if what == "never":
        await asyncio.sleep(3600)
    elif what == "half":
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": true, "id": "x"')
    elif what == "garbage":
        writer.write(b"\x00\x01this is no HTTP at all\r\n\r\n")
    elif what == "slow":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)
    elif what == "huge":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000000)
    await writer.drain()
    writer.close()


async def talk(world, reader, writer):
    try:
        while True:
            request = await read_request(reader)
            if request is None:
                break
            step = world.next_step(request)
            world.keep(request)
            if "do" in step:
                await misbehave(step["do"], writer)
                return
            writer.write(answer(step))
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
        pass
    finally:
        writer.close()


async def serve(args):
    world = World(args.folder)
    tls = tls_context(args.folder, args.tls)
    server = await asyncio.start_server(lambda r, w: talk(world, r, w), "127.0.0.1", 0, ssl=tls)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.wait([asyncio.ensure_future(stdin_closed())], timeout=args.seconds)


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--tls", choices=("good", "bad", "none"), default="none")
parser.add_argument("--seconds", type=float, default=60)
arguments = parser.parse_args()
try:
    asyncio.run(serve(arguments))
except KeyboardInterrupt:
    pass
os._exit(0)
