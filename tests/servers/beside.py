"""What stands beside a desk under test: servers on loopback, and secret files."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def start_server(test, script, folder, *options, then=None):
  """A server of this folder as a child; its port.  It ends with the test, and then
  says whether all that came was expected."""
  server = subprocess.Popen(
    [sys.executable, os.path.join(HERE, script), folder, "--seconds", "300", *options],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

  def stop():
    server.stdin.close()
    server.wait(10)
    server.stdout.close()
    if then is not None:
      then()
  test.addCleanup(stop)
  return int(server.stdout.readline())


def secret_file(test, name, text):
  path = os.path.join(test.folder, name)
  with open(path, "w") as file:
    file.write(text + "\n")
  os.chmod(path, 0o600)
  return path
