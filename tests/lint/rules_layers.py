# Who may include whom, no cycles, and one door to each system library.
import re

FOLDERS = {
  'core': {'core'},
  'playbooks': {'playbooks', 'core'},
  'notify': {'notify', 'core'},
  'tui': {'tui', 'playbooks', 'core'},
  'serve': {'serve', 'notify', 'playbooks', 'core'},
  'cli': {'cli', 'tui', 'playbooks', 'core'},
  'report': {'report', 'playbooks', 'core'},
}
GENERATED = {'paths.h'}

# header -> the files that may include it
DOORS = (
  (r'(ncursesw/)?(curses|ncurses|term|panel)\.h$', r'tui/(term|draw)\.c$'),
  (r'sqlite3\.h$', r'core/db_sqlite\w*\.[ch]$'),
  (r'(postgresql/)?libpq', r'core/db_postgres\w*\.c$'),
  (r'curl/', r'(notify/(curl_late|(http|smtp|mail)\w*)|serve/(heartbeat|imap))\.c$'),
  (r'libnotify/|glib|gio/', r'notify/(desktop|watch)\w*\.c$'),
  (r'cairo|pango/', r'report/\w+_(paint|paper)\w*\.c$'),
  (r'microhttpd', r'serve/http\w*\.c$'),
  (r'gmime/', r'serve/mailbox\w*\.c$'),
  (r'(cjson/)?cJSON', r'core/json\w*\.[ch]$'),
  (r'sodium', r'core/(ids|ed25519|keyed)\.c$'),
  (r'utf8proc', r'core/(text|fold)\.c$'),
  (r'ini\.h$', r'core/config\w*\.c$'),
)

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def includes(file):
  for match in INCLUDE.finditer(file.code):
    yield file.line_of(match.start()), match.group(1), match.group(2)


def direction(tree):
  for file in tree.c():
    for line, mark, name in includes(file):
      if mark != '"' or name in GENERATED:
        continue
      if not tree.has(name):
        yield file.path, line, '"%s" is not a file of the tree, named from its root' % name
        continue
      if name.endswith('.c'):
        yield file.path, line, 'includes a .c file'
      allowed = FOLDERS.get(file.folder)
      if allowed is not None and name.split('/')[0] not in allowed:
        yield file.path, line, '%s/ may not include %s' % (file.folder, name)


def doors(tree):
  for file in tree.c(tests=False):
    for line, mark, name in includes(file):
      if mark != '<':
        continue
      for header, door in DOORS:
        if re.match(header, name) and not re.match(door, file.path):
          yield file.path, line, '<%s> has one door: %s' % (name, door.replace('\\', ''))


def unit(path):
  return re.sub(r'\.[ch]$', '', path)


def family(one, other):
  """Is one a part of the other: zone_rule of zone?  Parts share its header."""
  return one.startswith(other + '_') or other.startswith(one + '_')


def graph(tree, node_of):
  edges, where = {}, {}
  for file in tree.c(tests=False):
    node = node_of(file.path)
    for line, mark, name in includes(file):
      if mark != '"' or not tree.has(name):
        continue
      to = node_of(name)
      if node is not None and to is not None and to != node:
        edges.setdefault(node, set()).add(to)
        where.setdefault((node, to), (file.path, line))
  return edges, where


def rings(edges, where):
  state = {}

  def visit(node, trail):
    state[node] = 'open'
    for to in sorted(edges.get(node, ())):
      if state.get(to) == 'open':
        path, line = where[(node, to)]
        yield path, line, 'a cycle: ' + ' > '.join(trail[trail.index(to):] + [to])
      elif to not in state:
        yield from visit(to, trail + [to])
    state[node] = 'done'

  for node in sorted(edges):
    if node not in state:
      yield from visit(node, [node])


def cycles(tree):
  """Between files, and between units (a .c with its .h).  A header without a
  .c is the shared inside of a few units and makes no edge between them; nor
  is a unit held against its own parts."""
  files = list(rings(*graph(tree, lambda path: path)))
  yield from files
  if files:
    return
  edges, where = graph(
    tree, lambda path: unit(path) if tree.has(unit(path) + '.c') else None)
  for node, to in list(where):
    if family(node, to):
      edges[node].discard(to)
  yield from rings(edges, where)


RULES = {'include': direction, 'door': doors, 'cycle': cycles}
