#!/usr/bin/python3
"""Compares the shipped plans with the specification's folder: the official
CACAO schema, and the plans as the team wrote them.

Exit 77 (skipped) where that folder, yaml or jsonschema is absent.
"""
import copy
import json
import os
import re
import sys
import unittest
import warnings

import plans
from plans import EXTENSION, MINUTE, Tree, walk

SHARED = plans.shared()
if SHARED is None:
  print('skipped: no folder ../shared and no SUCO_SHARED')
  sys.exit(77)
try:
  import jsonschema
  import yaml
except ImportError as missing:
  print('skipped: %s is not installed' % missing.name)
  sys.exit(77)

UNITS = {'p': MINUTE, 'g': 60 * MINUTE, 'ng': 1440 * MINUTE}
STATUS = {'da_tiep_nhan': 'acknowledged', 'dang_xu_ly': 'responding',
  'da_khong_che': 'contained', 'da_khoi_phuc': 'recovered', 'da_ket_thuc': 'closed'}
KINDS = {'neu': 'if-condition', 'lap': 'while-condition', 'song_song': 'parallel',
  'goi': 'playbook-action'}
SOURCES = {'phu_thuoc': 'dependants', 'thu_tu_tat': 'stop_order',
  'thu_tu_bat': 'start_order', 'nhom': 'group', 'da_bao_o_buoc': 'told_at_step',
  'diem_anh_huong': 'points', 'tu_nhap': 'typed'}
GROUPS = {'khong_thiet_yeu': 'non_essential', 'tat_ca': 'all'}
CASE = {'muc_do': 'severity', 'bao_cao': 'reportable'}
# More parallels than written, so that a call, evidence or a check holds up
# neither protection nor the word with the leader, and a long watch holds up no
# lawful report (docs/suco-step.md).
PARALLELS_MORE = {
  'PA-MD': ['Hỏi bên điện, giữ điện cùng lúc'],
  'PA-DT': ['Tách điểm, báo lãnh đạo cùng lúc', 'Nhập bù và báo cáo cùng lúc'],
  'PA-PC': ['Xác minh, báo lãnh đạo cùng lúc'],
  'PA-TC': ['Chứng cứ và cô lập cùng lúc', 'Theo dõi và báo cáo cùng lúc'],
}
# Calls of sub-plans that came later than what is written there: how many calls,
# and the conditions that lead to them.
CALLS_MORE = {
  'PA-MD': (1, ["__doi_ca__ = 'co'"]),
  'PA-DT': (1, ["__doi_ca__ = 'co'"]),
  'PA-PC': (3, ["__mat_du_lieu__ != 'khong'", "__tiep_quan__ != 'co'", "__doi_ca__ = 'co'"]),
  'PA-PM': (2, ["__hong_du_lieu__ = 'co'", "__doi_ca__ = 'co'"]),
  'PA-TC': (6, ["__du_lieu_cn__ = 'co'", "__doi_ca__ = 'co'"]),
  'PA-TC-MH': (1, ["__ban_sao__ = 'mot_phan'"]),
}
SHIFT = '__doi_ca__'  # whether the shift changes is asked for one of these calls


def read_source():
  with open(os.path.join(SHARED, 'plans', 'plans.md'), encoding='utf-8') as file:
    # Where the authors found it is a note to themselves: no plan names vn.md.
    text = re.sub(r' \(vn\.md [0-9.]+\)', '', file.read())
  blocks = re.findall(r'```yaml\n(.*?)```', text, re.S)
  docs = [yaml.safe_load(block) for block in blocks]
  roles = next(doc['vai'] for doc in docs if 'vai' in doc)
  written = {doc['phuong_an']['ma']: doc['phuong_an'] for doc in docs if 'phuong_an' in doc}
  return roles, written


ROLES, WRITTEN = read_source()


def milliseconds(span):
  number, unit = re.fullmatch(r'(\d+)(p|ng|g)', span).groups()
  return int(number) * UNITS[unit]


def inner(step):
  """All sequences inside a written step."""
  yield from (step[key] for key in ('dung', 'sai', 'buoc', 'khac') if key in step)
  yield from step.get('truong_hop', {}).values()
  yield from (branch['buoc'] for branch in step.get('nhanh', []))


def flatten(steps):
  for step in steps:
    yield step
    for sequence in inner(step):
      yield from flatten(sequence)


def kind(step):
  if 'b' in step:
    return 'action'
  return next((name for key, name in KINDS.items() if key in step), 'switch-condition')


def written_order(steps):
  """Numbers of steps, and what branches as its kind, what it asks, its branches."""
  made = []
  for step in steps:
    if 'b' in step:
      made.append(step['b'])
    elif 'goi' in step:
      made.append(('call', step['goi']))
    elif 'chon' in step:
      cases = dict(step['truong_hop'], default=step['khac'])
      made.append(('switch', step['chon'],
        {key: written_order(steps) for key, steps in cases.items()}))
    else:
      name = kind(step)
      asks = step.get('neu') or step.get('lap')
      made.append((name, asks, [written_order(steps) for steps in inner(step)]))
  return made


class Made:
  """The same of a shipped plan, without what came later."""

  def __init__(self, code, written):
    self.code = code
    self.calls, self.conditions = CALLS_MORE.get(code, (0, []))
    self.cases = {step['chon']: set(step['truong_hop']) | {'default'}
      for step in flatten(written['buoc']) if 'chon' in step}

  def order(self, nodes):
    made = []
    for node in nodes:
      branches = [self.order(steps) for _, steps in node.branches]
      asks = node.step.get('condition', '').replace(':value', '')
      inside = [one for steps in branches for one in steps]
      later = asks in self.conditions and all(
        isinstance(one, tuple) and one[0] == 'call' for one in inside)
      if node.type == 'action':
        made.append(node.n)
      elif node.type == 'playbook-action':
        made.append(('call', node.step['name'].split()[-1]))
      elif node.type == 'switch-condition':
        name = node.step['switch'].replace(':value', '').strip('_')
        made.append(('switch', name, {label: self.order(steps)
          for label, steps in node.branches if label in self.cases[name]}))
      elif node.type == 'parallel' and node.step['name'] in PARALLELS_MORE.get(self.code, []):
        made.extend(inside) # one after the other
      elif not later:
        made.append((node.type, asks or None, branches))
    return made


class Source(plans.TestCase):
  def each(self):
    for code, written in WRITTEN.items():
      playbook = plans.load(code, 'vi')
      self.where = code
      yield code, playbook, Tree(playbook), written
    self.where = ''

  def pairs(self):
    for code, playbook, tree, written in self.each():
      made = {node.n: node for node in walk(tree.trunk) if node.type == 'action'}
      self.numbers = {node.id: node.n for node in made.values()}
      asked = {step['b']: step for step in flatten(written['buoc']) if 'b' in step}
      self.assertEqual(set(made), set(asked))
      roles = playbook['playbook_extensions'][EXTENSION]['roles']
      for number, step in asked.items():
        self.where = '%s step %d' % (code, number)
        yield made[number], step, roles

  def test_the_seven_plans_that_were_written_are_shipped(self):
    self.assertLessEqual(set(WRITTEN), set(plans.CODES))
    self.assertEqual(len(WRITTEN), 7)

  def test_counts_of_steps_are_as_written(self):
    for code, _, tree, written in self.each():
      expected = {}
      for step in flatten(written['buoc']):
        expected[kind(step)] = expected.get(kind(step), 0) + 1
      if code in PARALLELS_MORE:
        expected['parallel'] = expected.get('parallel', 0) + len(PARALLELS_MORE[code])
      calls, conditions = CALLS_MORE.get(code, (0, []))
      for name, more in (('playbook-action', calls), ('if-condition', len(conditions))):
        if more:
          expected[name] = expected.get(name, 0) + more
      made = {}
      for node in walk(tree.trunk):
        made[node.type] = made.get(node.type, 0) + 1
      self.assertEqual(made, expected)

  def test_the_order_and_what_branches_off_is_as_written(self):
    self.maxDiff = None
    for code, _, tree, written in self.each():
      self.assertEqual(Made(code, written).order(tree.trunk),
        written_order(written['buoc']))

  def test_loops_go_round_as_often_as_written(self):
    for _, _, tree, written in self.each():
      expected = [(step['lap'], step['toi_da']) for step in flatten(written['buoc'])
        if 'lap' in step]
      made = [(node.step['condition'].replace(':value', ''), node.ext.get('max_rounds'))
        for node in walk(tree.trunk) if node.type == 'while-condition']
      self.assertEqual(made, expected)

  def test_a_plan_says_what_it_is_for_as_written(self):
    for _, playbook, _, written in self.each():
      ours = playbook['playbook_extensions'][EXTENSION]
      self.assertEqual((playbook['name'], ours['assets'], ours['starts_when']),
        (written['ten'], written['he_thong'], written['khoi_dong_khi']))

  def test_names_lines_and_proofs_are_as_written(self):
    for node, step, _ in self.pairs():
      self.assertEqual(node.step['name'], step['ten'])
      self.assertEqual(node.ext['how'], step['viec'])
      self.assertEqual(node.ext['proof'], step['minh_chung'])
      hint = step.get('trang_thai')
      self.assertEqual(node.ext.get('status_hint'), STATUS[hint] if hint else None)

  def test_limits_are_as_written(self):
    for node, step, _ in self.pairs():
      self.assertEqual(node.step['timeout'], milliseconds(step['han']))
      delay = milliseconds(step['cho']) if 'cho' in step else None
      self.assertEqual(node.step.get('delay'), delay)
      days = int(step['han'][:-2]) if step['han'].endswith('ng') else None
      self.assertEqual(node.ext.get('due_working_days'), days)
      start = 'detected' if step.get('tinh_tu') == 'phat_hien' else 'opened'
      self.assertEqual(node.ext['due_from'], start)
      down = step.get('dem_nguoc')
      self.assertEqual(node.ext.get('countdown'), '__%s__' % down if down else None)

  def test_roles_are_as_written(self):
    for node, step, roles in self.pairs():
      self.assertEqual(roles[node.ext['lead']], step['chu_tri'])
      self.assertEqual([roles[one] for one in node.ext['support']], step['phoi_hop'])
    for _, playbook, _, _ in self.each():
      for agent, code in playbook['playbook_extensions'][EXTENSION]['roles'].items():
        made = playbook['agent_definitions'][agent]
        self.assertEqual((made['name'], made['type']),
          (ROLES[code]['ten'], ROLES[code]['loai']))

  def test_questions_are_asked_where_written(self):
    for node, step, _ in self.pairs():
      names = step.get('hoi', [])
      asks = ['__%s__' % name for name in names if name not in CASE]
      fields = [CASE[name] for name in names if name in CASE]
      self.assertEqual([v for v in node.ext.get('asks', []) if v != SHIFT], asks)
      self.assertEqual(node.ext.get('case_fields', []), fields)

  def test_questions_choices_and_worst_cases_are_as_written(self):
    for _, playbook, _, written in self.each():
      made = playbook['playbook_extensions'][EXTENSION]['variables']
      self.assertEqual([v for v in made if v != SHIFT],
        ['__%s__' % name for name in written['bien']])
      for name, spec in written['bien'].items():
        one = made['__%s__' % name]
        variable = playbook['playbook_variables']['__%s__' % name]
        self.assertEqual(one['question'], spec['hoi'])
        self.assertEqual([c['value'] for c in one.get('choices', [])], spec.get('chon', []))
        first = str(spec['dau']) if 'dau' in spec else None
        self.assertEqual(variable.get('value'), first)
        if 'chua_ro' in spec:
          self.assertEqual(one['unknown'], str(spec['chua_ro']))
        self.assertEqual(one.get('unit'), spec.get('don_vi'))
        self.assertEqual(one.get('series', False), spec.get('chuoi_so', False))
        self.assertEqual(one.get('countdown', False), spec.get('dem_nguoc', False))

  def test_decisions_and_lists_are_as_written(self):
    for node, step, roles in self.pairs():
      decision = step.get('quyet_dinh')
      made = node.ext.get('decision')
      self.assertEqual(made is None, decision is None)
      if decision:
        fallback = decision['neu_khong_lien_lac']
        self.assertEqual(roles[made['by']], decision['nguoi'])
        self.assertEqual(made['fallback_after_ms'], milliseconds(fallback['sau']))
        self.assertEqual(made['fallback'], fallback['thi'])
      spec = step.get('danh_muc')
      made = node.ext.get('checklist')
      self.assertEqual(made is None, spec is None)
      if spec:
        self.assertEqual(made['source'], SOURCES[spec['nguon']])
        self.assertEqual(len(made.get('columns', [])), len(spec.get('cot', [])))
        self.assertEqual(made.get('group'), GROUPS.get(spec.get('nhom')))
        of = spec.get('cua', [])
        self.assertEqual([self.numbers.get(one, one) for one in made.get('of', [])],
          of if isinstance(of, list) else [of])

  def test_conditions_are_as_written(self):
    for code, _, tree, written in self.each():
      expected = sorted([step.get('neu') or step.get('lap')
        for step in flatten(written['buoc']) if 'neu' in step or 'lap' in step]
        + CALLS_MORE.get(code, (0, []))[1])
      made = sorted(node.step['condition'].replace(':value', '')
        for node in walk(tree.trunk) if 'condition' in node.step)
      self.assertEqual(made, expected)


class Official(plans.TestCase):
  def setUp(self):
    warnings.simplefilter('ignore', DeprecationWarning)
    store = {}
    base = os.path.join(SHARED, 'cacao', 'schema', 'schemas')
    for folder, _, files in os.walk(base):
      for name in files:
        with open(os.path.join(folder, name), encoding='utf-8') as file:
          schema = json.load(file)
        store[schema['$id']] = schema
    root = next(s for s in store.values() if s['title'] == 'playbook')
    resolver = jsonschema.RefResolver(root['$id'], root, store=store)
    self.valid = jsonschema.Draft7Validator(root, resolver=resolver)

  def test_the_official_schema_accepts_every_plan(self):
    for code in plans.CODES:
      for language in plans.LANGUAGES:
        errors = [(list(e.path), e.message[:200])
          for e in self.valid.iter_errors(plans.load(code, language))]
        self.assertEqual(errors, [], (code, language))

  def test_the_official_schema_still_refuses_a_broken_plan(self):
    whole = plans.load('PA-MD', 'vi')
    broken = copy.deepcopy(whole)
    del broken['workflow_start']
    self.assertFalse(self.valid.is_valid(broken))
    broken = copy.deepcopy(whole)
    action = next(s for s in broken['workflow'].values() if s['type'] == 'action')
    del action['agent']
    self.assertFalse(self.valid.is_valid(broken))


if __name__ == '__main__':
  unittest.main()
