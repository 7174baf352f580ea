"""What the servers of tests share: a certificate, and an end in time."""
import asyncio
import os
import ssl
import subprocess
import sys
import threading


def tls_context(folder, kind):
  """good: a certificate for 127.0.0.1 that FOLDER/ca.pem proves; bad: one that nothing
  proves; none: no TLS."""
  if kind == "none":
    return None
  name = "ca" if kind == "good" else "bad"
  pem, key = os.path.join(folder, name + ".pem"), os.path.join(folder, name + ".key")
  subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
     "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
     "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", pem],
    check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL)
  context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
  context.load_cert_chain(pem, key)
  return context


async def stdin_closed():
  loop = asyncio.get_running_loop()
  reader = asyncio.StreamReader()
  await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
  await reader.read()


def serve_threads(server, seconds):
  """Prints the port, serves on threads, and ends with the process."""
  print(server.server_address[1], flush=True)
  threading.Timer(seconds, lambda: os._exit(0)).start()
  threading.Thread(target=server.serve_forever, daemon=True).start()
  sys.stdin.read()
  os._exit(0)
