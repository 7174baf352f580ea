"""What the engine costs while nothing happens, and how soon it speaks when
something does (issue: engine idle < 0.1 % of a processor and 12 MB; < 1 s)."""
import os
import signal
import subprocess
import time


def conf(folder, mail=False):
  os.makedirs(folder, exist_ok=True)
  path = os.path.join(folder, "engine.conf")
  with open(path, "w") as file:
    file.write("[file]\nmaildir = %s/mail\n[serve]\nlisten = none\n" % folder)
    if mail:
      file.write("[mail]\nurl = smtps://127.0.0.1:1\nfrom = suco@team.example\n")
  return path


def ticks(pid):
  with open("/proc/%d/stat" % pid) as file:
    words = file.read().rpartition(")")[2].split()
  return int(words[11]) + int(words[12])


def resident(pid, key):
  """MB by /proc/PID/status: VmRSS with all libraries, RssAnon its own memory."""
  with open("/proc/%d/status" % pid) as file:
    for line in file:
      if line.startswith(key + ":"):
        return int(line.split()[1]) / 1024.0
  return 0.0


def engine(serve, desk, folder, env, mail=False):
  child = subprocess.Popen([serve, "--desk", desk, "--config", conf(folder, mail), "--lang", "en"],
                           env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
  child.stderr.readline()  # leads
  return child


def end(child):
  child.send_signal(signal.SIGTERM)
  child.wait(20)
  child.stderr.close()


def idle(serve, desk, folder, env, seconds):
  """(percent of one processor, MB resident, MB of its own) over the time."""
  child = engine(serve, desk, folder, env)
  try:
    time.sleep(3)
    before, begun = ticks(child.pid), time.monotonic()
    time.sleep(seconds)
    used = (ticks(child.pid) - before) / float(os.sysconf("SC_CLK_TCK"))
    return 100.0 * used / (time.monotonic() - begun), resident(
      child.pid, "VmRSS"), resident(child.pid, "RssAnon")
  finally:
    end(child)


def with_mail(serve, desk, folder, env):
  """MB resident, and of its own, where libcurl is loaded for a mail server."""
  child = engine(serve, desk, folder, env, mail=True)
  try:
    time.sleep(3)
    return resident(child.pid, "VmRSS"), resident(child.pid, "RssAnon")
  finally:
    end(child)


def first_message(serve, suco, desk, folder, env, times):
  """Seconds from `suco new` begun to the page in the local mailbox."""
  child = engine(serve, desk, folder, env)
  new = os.path.join(folder, "mail", "new")
  out = []
  try:
    time.sleep(1)
    for n in range(times):
      there = len(os.listdir(new)) if os.path.isdir(new) else 0
      begun = time.monotonic()
      subprocess.run([suco, "new", "--kind", "power", "--title", "Mất điện %d" % n],
                     env=dict(env, SUCO_DESK=desk), stdout=subprocess.DEVNULL, check=True)
      while not os.path.isdir(new) or len(os.listdir(new)) == there:
        if time.monotonic() - begun > 20:
          return out
        time.sleep(0.002)
      out.append(time.monotonic() - begun)
  finally:
    end(child)
  return out
