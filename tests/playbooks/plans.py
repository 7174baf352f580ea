"""Reads the shipped plans as trees, so that tests can ask what waits for what."""
import json
import os
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, 'playbooks', 'plans')
CODES = ['PA-MD', 'PA-DT', 'PA-PC', 'PA-PM', 'PA-TC', 'PA-TC-GD', 'PA-TC-MH',
  'PA-TC-LT', 'PA-TC-DD', 'PA-TC-TK', 'PA-TC-LD', 'PA-KP', 'PA-LGSP',
  'PA-BGC']
LANGUAGES = ['vi', 'en']
EXTENSION = 'extension-definition--5c0c0a11-7e5d-4a57-9d3c-3f1c5e8a2b01'
MINUTE = 60000


def path_of(code, language):
  return os.path.join(FOLDER, '%s.%s.json' % (code.lower(), language))


def unique_keys(pairs):
  keys = [key for key, _ in pairs]
  assert len(keys) == len(set(keys)), 'a key stands twice: %s' % keys
  return dict(pairs)


def load(code, language):
  with open(path_of(code, language), encoding='utf-8') as file:
    return json.load(file, object_pairs_hook=unique_keys)


def load_all():
  return {(code, language): load(code, language)
    for code in CODES for language in LANGUAGES}


def shared():
  """The specification's folder beside the project, or None."""
  folder = os.environ.get('SUCO_SHARED')
  places = [folder] if folder else [
    os.path.join(os.path.dirname(ROOT), 'shared'),
    os.path.join(os.path.dirname(os.path.dirname(ROOT)), 'shared')]
  for place in places:
    if os.path.isdir(os.path.join(place, 'plans')):
      return place
  return None


class TestCase(unittest.TestCase):
  where = ''  # told with every failure

  def _formatMessage(self, msg, standardMsg):
    text = super()._formatMessage(msg, standardMsg)
    return '%s: %s' % (self.where, text) if self.where else text


class Node:
  """One step of the workflow with the sequences that it opens."""

  def __init__(self, step_id, step):
    self.id = step_id
    self.step = step
    self.type = step['type']
    self.ext = step.get('step_extensions', {}).get(EXTENSION, {})
    self.branches = []  # of (label, [Node])

  @property
  def n(self):
    return self.ext.get('n')


class Tree:
  """The workflow from its start, each branch down to its own end."""

  def __init__(self, playbook):
    self.playbook = playbook
    self.workflow = playbook['workflow']
    self.seen = []
    start = playbook['workflow_start']
    self.visit(start)
    assert self.workflow[start]['type'] == 'start'
    self.trunk = self.sequence(self.workflow[start]['on_completion'])

  def visit(self, step_id):
    assert step_id in self.workflow, 'no step %s' % step_id
    assert step_id not in self.seen, 'reached twice: %s' % step_id
    self.seen.append(step_id)

  def sequence(self, step_id):
    nodes = []
    while True:
      self.visit(step_id)
      node = Node(step_id, self.workflow[step_id])
      if node.type == 'end':
        return nodes
      for label, first in openings(node.step):
        node.branches.append((label, self.sequence(first)))
      nodes.append(node)
      step_id = node.step['on_completion']


def openings(step):
  kind = step['type']
  if kind == 'parallel':
    return list(enumerate(step['next_steps']))
  if kind == 'switch-condition':
    return list(step['cases'].items())
  if kind in ('if-condition', 'while-condition'):
    return [(key, step[key]) for key in ('on_true', 'on_false') if key in step]
  return []


def walk(nodes):
  """All nodes in the order in which the plan is printed."""
  for node in nodes:
    yield node
    for _, inner in node.branches:
      yield from walk(inner)


def before(nodes, done=()):
  """Yields (node, what must be over before it opens).

  Sibling branches of a parallel do not wait for each other.  What stands
  earlier in the same sequence is over, with everything inside it; and in a
  loop the whole round is, for the next one.
  """
  done = list(done)
  for node in nodes:
    yield node, list(done)
    for _, inner in node.branches:
      own = list(walk(inner)) if node.type == 'while-condition' else []
      for step, earlier in before(inner, done):
        late = [other for other in own if other is not step and other not in earlier]
        yield step, earlier + late
    done.append(node)
    for _, inner in node.branches:
      done.extend(walk(inner))
