# The files of the tree, read once, and C seen without comments and strings.
import os
import re

SKIP = {'.git', '.cache', '__pycache__', 'samples'}
BINARY = {'.db', '.mo', '.png', '.gz', '.bin'}


class File:
  def __init__(self, root, path):
    self.path = path
    self.folder = path.split('/')[0] if '/' in path else ''
    self.suffix = os.path.splitext(path)[1]
    with open(os.path.join(root, path), 'rb') as file:
      self.bytes = file.read()
    self.text = self.bytes.decode('utf-8', 'replace')
    self.lines = self.text.split('\n')
    self._code = None
    self._masked = None

  def _cut(self):
    self._code, self._masked = cut(self.text)

  @property
  def code(self):
    """C with comments blanked, strings kept; same length, same lines."""
    if self._code is None:
      self._cut()
    return self._code

  @property
  def bare(self):
    """C with comments and the insides of strings blanked."""
    if self._masked is None:
      self._cut()
    return self._masked

  def line_of(self, offset):
    return self.text.count('\n', 0, offset) + 1


class Tree:
  def __init__(self, root):
    self.root = root
    self.files = []
    for folder, folders, names in os.walk(root):
      folders[:] = sorted(
        name for name in folders
        if name not in SKIP and not (folder == root and name.startswith('build')))
      for name in sorted(names):
        full = os.path.join(folder, name)
        path = os.path.relpath(full, root)
        if os.path.splitext(name)[1] in BINARY or os.path.islink(full):
          continue
        if os.path.isfile(full):
          self.files.append(File(root, path))
    self.by_path = {file.path: file for file in self.files}

  def c(self, tests=True):
    return [file for file in self.files if file.suffix in ('.c', '.h') and
            (tests or file.folder != 'tests')]

  def has(self, path):
    return path in self.by_path


TOKEN = re.compile(
  r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def cut(text):
  def blank(piece):
    return re.sub(r'[^\n]', ' ', piece)

  def no_comment(match):
    piece = match.group(0)
    return blank(piece) if piece[0] == '/' else piece

  def no_inside(match):
    piece = match.group(0)
    if piece[0] == '/':
      return blank(piece)
    return piece[0] + blank(piece[1:-1]) + piece[-1]

  return TOKEN.sub(no_comment, text), TOKEN.sub(no_inside, text)
