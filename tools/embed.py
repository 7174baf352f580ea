#!/usr/bin/env python3
"""Writes a text file as a C string constant: embed.py NAME IN OUT."""
import sys

name, source, target = sys.argv[1:4]
with open(source, encoding="utf-8") as f:
  lines = f.read().splitlines()


def quoted(line):
  return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"'


with open(target, "w", encoding="utf-8") as f:
  f.write("/* Made from %s by tools/embed.py. */\n" % source.rsplit("/", 1)[-1])
  f.write("const char %s[] =\n" % name)
  for line in lines:
    # SQL comments and blank lines need not travel.
    if line.strip() and not line.lstrip().startswith("--"):
      f.write("\t" + quoted(line) + "\n")
  f.write("\t;\n")
