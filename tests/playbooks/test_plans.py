#!/usr/bin/python3
"""Holds the shipped plans to what a response must never get wrong.

Exit 77 (skipped) where jsonschema is not installed.
"""
import copy
import json
import os
import re
import subprocess
import sys
import unicodedata
import unittest

try:
  import jsonschema
except ImportError:
  print('skipped: python3-jsonschema is not installed')
  sys.exit(77)

import plans
from plans import EXTENSION, MINUTE, Tree, before, walk

ALL = plans.load_all()
TREES = {key: Tree(playbook) for key, playbook in ALL.items()}

# Steps that keep power, machines or data from harm: they wait for nobody.
PROTECTIVE = {
  'PA-MD': [11, 12, 13, 14, 15],      # shed, battery watch, decide, shut down
  'PA-TC': [4],                       # isolate
  'PA-TC-GD': [4, 5, 6],              # take down, holding page, lock accounts
  'PA-TC-MH': [2, 3, 5, 6],           # cut off, protect backups, lock accounts
  'PA-TC-LT': [2, 3],                 # close the leak
  'PA-TC-DD': [4, 5, 6, 7, 8],        # block, keep the management up
  'PA-TC-TK': [2],                    # lock the account, end its sessions
  'PA-TC-LD': [3, 4],                 # take the mail out, block its sender
  'PA-KP': [2],                       # stop writing, keep what is damaged
  'PA-LGSP': [2, 3, 4, 5],            # fence, decide, raise the standby
}
EVIDENCE = {'PA-TC': [3], 'PA-TC-GD': [7], 'PA-TC-MH': [9, 10], 'PA-TC-LT': [4],
  'PA-TC-DD': [13], 'PA-TC-TK': [3]}
PEOPLE_LISTS = ('dependants', 'group', 'told_at_step')
INTAKE_LIMIT = 15 * MINUTE
FALLBACK_LIMIT = 10 * MINUTE
LEADER_LIMIT = 35 * MINUTE
# Who works on the spot. Everybody else must first be called and answer.
ON_THE_SPOT = ('ky_thuat_ttdl', 'quan_tri_ht', 'thanh_vien', 'van_hanh',
  'cntt_don_vi', 'soc')
TYPE_DUTIES = {'notification': 'compose-content', 'mitigation': 'eliminate-risk',
  'remediation': 'restore-capabilities', 'investigation': 'identify-indicators'}
UUID4 = re.compile(r'[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')


def extension(playbook):
  return playbook['playbook_extensions'][EXTENSION]


def role(playbook, agent):
  return extension(playbook)['roles'][agent]


def people(playbook, node):
  """Role codes of who leads, supports and decides a step."""
  ext = node.ext
  agents = [ext['lead']] + ext['support']
  if 'decision' in ext:
    agents.append(ext['decision']['by'])
  return [role(playbook, agent) for agent in agents]


def intake(playbook, tree):
  """The first steps of the trunk, led by the watch: the words with the caller."""
  steps = []
  for node in tree.trunk:
    if node.type != 'action' or role(playbook, node.ext['lead']) != 'truc_ca':
      break
    steps.append(node)
  total = sum(node.step['timeout'] for node in steps)
  return steps if total <= INTAKE_LIMIT else []


def hindrance(code, playbook, node):
  """Why a protective step may not wait for this one, or None."""
  ext = node.ext
  if node.type != 'action':
    return None
  if 'case_fields' in ext:
    return 'a question of severity or law'
  if node.n in EVIDENCE.get(code, []):
    return 'the taking of evidence'
  if ext.get('checklist', {}).get('source') in PEOPLE_LISTS:
    return 'a round of calls'
  if 'decision' in ext:
    late = ext['decision']['fallback_after_ms'] > FALLBACK_LIMIT
    return 'a decision without an early fall-back' if late else None
  if role(playbook, ext['lead']) not in ON_THE_SPOT:
    return 'a call by or to somebody elsewhere'
  return None


def waits(code, playbook, tree):
  """All (n, earlier n, reason) where a protective step waits wrongly."""
  found = []
  first = intake(playbook, tree)
  for node, earlier in before(tree.trunk):
    if node.n not in PROTECTIVE.get(code, []):
      continue
    for other in earlier:
      reason = None if other in first else hindrance(code, playbook, other)
      if reason is not None:
        found.append((node.n, other.n, reason))
  return found


def leader_word(playbook, nodes, clock):
  """Paths through a sequence as (time of the word or None, end)."""
  ends = [(None, clock)]
  for node in nodes:
    after = []
    for word, now in ends:
      after += [(word, now)] if word is not None else leader_step(playbook, node, now)
    ends = after
  return ends


def leader_step(playbook, node, now):
  if node.type == 'action':
    now += node.step.get('delay', 0)
    over = now + node.step['timeout']
    if 'lanh_dao_doi' not in people(playbook, node):
      return [(None, over)]
    # He who leads a step is told when it opens; else the call takes its limit.
    led = role(playbook, node.ext['lead']) == 'lanh_dao_doi'
    return [(now if led else over, over)]
  inner = [leader_word(playbook, branch, now) for _, branch in node.branches]
  if node.type == 'parallel':
    words = [max(w for w, _ in paths) for paths in inner
      if all(w is not None for w, _ in paths)]
    return [(min(words) if words else None, max(e for p in inner for _, e in p))]
  paths = [path for branch in inner for path in branch]
  if node.type == 'while-condition' or len(node.branches) < 2:
    paths.append((None, now))  # passed by
  return paths


def choices(question):
  return [choice['value'] for choice in question.get('choices', [])]


# What a shipped plan says of each step, beyond what the schema asks of all plans.
WHOLE = {
  'playbook': {'code', 'kind', 'assets', 'starts_when', 'status', 'status_text', 'language',
    'roles', 'variables'},
  'action': {'n', 'why', 'how', 'proof', 'mandatory', 'lead', 'support', 'remind_before_ms',
    'due_from'},
  'parallel': {'branches'},
  'while-condition': {'max_rounds'},
}


class Plans(plans.TestCase):
  def each(self):
    for (code, language), playbook in ALL.items():
      self.where = '%s %s' % (code, language)
      yield code, language, playbook, TREES[code, language]
    self.where = ''


class Shape(Plans):
  """The form of the files."""

  def test_files_are_written_one_way(self):
    for code, language in ALL:
      with open(plans.path_of(code, language), encoding='utf-8') as file:
        text = file.read()
      again = json.dumps(ALL[code, language], ensure_ascii=False, indent=2) + '\n'
      self.assertEqual(text, again)
      self.assertEqual(text, unicodedata.normalize('NFC', text))
      strange = [c for c in text if unicodedata.category(c) in ('Cc', 'Cf') and c != '\n']
      self.assertEqual(strange, [])
      self.assertNotIn('\\n', text)

  def test_no_other_file_stands_in_the_folder(self):
    expected = {os.path.basename(plans.path_of(*key)) for key in ALL}
    self.assertEqual(set(os.listdir(plans.FOLDER)), expected)

  def test_the_index_is_of_these_plans(self):
    tool = os.path.join(plans.FOLDER, '..', '..', 'tools', 'plan_index.py')
    done = subprocess.run([sys.executable, tool, '--check'], capture_output=True, text=True)
    self.assertEqual((done.returncode, done.stderr), (0, ''))

  def test_every_step_is_reached_once_and_every_branch_has_its_own_end(self):
    for _, _, playbook, tree in self.each():
      self.assertEqual(set(tree.seen), set(playbook['workflow']))
      self.assertEqual(len(tree.seen), len(set(tree.seen)))

  def test_identifiers_are_version_4_and_used_once(self):
    seen = {}
    for code, language, playbook, _ in self.each():
      ids = [playbook['id']] + list(playbook['workflow'])
      for one in ids + list(playbook['agent_definitions']):
        prefix, uuid = one.split('--')
        self.assertRegex(uuid, UUID4)
        owner = 'agents' if one not in ids else (code, language)
        self.assertEqual(seen.setdefault(uuid, (prefix, owner)), (prefix, owner))

  def test_step_keys_tell_the_type(self):
    for _, _, playbook, _ in self.each():
      for key, step in playbook['workflow'].items():
        self.assertEqual(key.split('--')[0], step['type'])

  def test_numbers_run_from_one_in_printed_order(self):
    for _, _, _, tree in self.each():
      numbers = [node.n for node in walk(tree.trunk) if node.n is not None]
      self.assertEqual(numbers, list(range(1, len(numbers) + 1)))

  def test_names_fit_the_column(self):
    for _, _, playbook, tree in self.each():
      for node in walk(tree.trunk):
        self.assertLessEqual(len(node.step['name']), 34, node.step['name'])
        for branch in node.ext.get('branches', []):
          self.assertLessEqual(len(branch['name']), 34, branch['name'])

  def test_the_extension_fits_its_schema(self):
    with open(os.path.join(plans.ROOT, 'data/schema/suco-step.schema.json'),
        encoding='utf-8') as file:
      schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    valid = jsonschema.Draft7Validator(schema)
    for _, _, playbook, tree in self.each():
      valid.validate(extension(playbook))
      self.assertLessEqual(WHOLE['playbook'], set(extension(playbook)))
      for node in walk(tree.trunk):
        if node.ext:
          valid.validate(node.ext)
          self.assertLessEqual(WHOLE[node.type], set(node.ext), node.id)
        self.assertEqual(node.type in ('action', 'parallel', 'while-condition'),
          bool(node.ext), node.id)
    broken = copy.deepcopy(extension(ALL['PA-MD', 'vi']))
    del broken['variables']['__phut_con_dien__']['question']
    self.assertFalse(valid.is_valid(broken))

  def test_the_definition_names_the_schema_file(self):
    for _, _, playbook, _ in self.each():
      definition = playbook['extension_definitions'][EXTENSION]
      self.assertEqual(definition['name'], 'suco-step')
      self.assertTrue(definition['schema'].endswith('/suco-step.schema.json'))

  def test_extension_and_core_agree(self):
    for _, _, playbook, tree in self.each():
      agents = playbook['agent_definitions']
      self.assertEqual(set(extension(playbook)['roles']), set(agents))
      for node in walk(tree.trunk):
        if node.type == 'parallel':
          self.assertEqual([b['step'] for b in node.ext['branches']],
            node.step['next_steps'])
        if node.type != 'action':
          continue
        ext = node.ext
        self.assertEqual(ext['lead'], node.step['agent'])
        self.assertEqual(ext.get('asks'), node.step.get('out_args'))
        self.assertNotIn(ext['lead'], ext['support'])
        for agent in [ext['lead']] + ext['support']:
          self.assertIn(agent, agents)
        self.assertLess(ext['remind_before_ms'], node.step['timeout'])
        if 'due_working_days' in ext:
          self.assertEqual(node.step['timeout'], ext['due_working_days'] * 1440 * MINUTE)

  def test_a_foreign_player_reads_everything_in_the_command(self):
    for _, language, playbook, tree in self.each():
      agents = playbook['agent_definitions']
      for node in walk(tree.trunk):
        if node.type != 'action':
          continue
        self.assertEqual(len(node.step['commands']), 1)
        text = node.step['commands'][0]['command']
        words = node.ext['how'] + [node.ext['proof'], node.step['name']]
        words += [agents[a]['name'] for a in [node.ext['lead']] + node.ext['support']]
        if 'decision' in node.ext:
          words.append(node.ext['decision']['fallback'])
        words += node.ext.get('checklist', {}).get('columns', [])
        words += [extension(playbook)['variables'][v]['question']
          for v in node.ext.get('asks', [])]
        for word in words:
          self.assertIn(word, text)

  def test_declared_activities_are_done_and_duties_of_types_met(self):
    for _, _, playbook, tree in self.each():
      done = {c['playbook_activity'] for node in walk(tree.trunk)
        for c in node.step.get('commands', [])}
      self.assertEqual(done, set(playbook['playbook_activities']))
      for kind in playbook['playbook_types']:
        self.assertIn(TYPE_DUTIES[kind], done)

  def test_the_processing_summary_is_true(self):
    for _, _, playbook, tree in self.each():
      kinds = {node.type for node in walk(tree.trunk)}
      summary = playbook['playbook_processing_summary']
      wanted = {'external_playbooks': 'playbook-action', 'parallel_processing': 'parallel',
        'if_logic': 'if-condition', 'while_logic': 'while-condition',
        'switch_logic': 'switch-condition'}
      for key, kind in wanted.items():
        self.assertEqual(summary[key], kind in kinds, key)
      self.assertTrue(summary['manual_playbook'] and summary['temporal_logic'])
      self.assertEqual(summary['data_markings'], 'markings' in playbook)
      self.assertFalse(summary['digital_signatures'])

  def test_plans_are_marked_as_drafts(self):
    for _, language, playbook, _ in self.each():
      words = {'vi': 'dự thảo, chưa phê duyệt', 'en': 'draft, not approved'}[language]
      self.assertEqual(extension(playbook)['status'], 'draft')
      self.assertEqual(extension(playbook)['status_text'], words)
      self.assertIn(words, playbook['description'].lower())


class Sense(Plans):
  """What a response must never get wrong."""

  def test_protection_never_waits_for_calls_law_or_evidence(self):
    for code, _, playbook, tree in self.each():
      self.assertEqual(waits(code, playbook, tree), [])
      numbers = [node.n for node in walk(tree.trunk)]
      self.assertLessEqual(set(PROTECTIVE.get(code, [])), set(numbers))

  def test_the_check_for_waiting_finds_a_plan_in_sequence(self):
    playbook = copy.deepcopy(ALL['PA-MD', 'vi'])
    workflow = playbook['workflow']
    command = next(node for node in walk(TREES['PA-MD', 'vi'].trunk)
      if node.type == 'parallel')
    first, second = command.step['next_steps']
    last = first
    while workflow[workflow[last]['on_completion']]['type'] != 'end':
      last = workflow[last]['on_completion']
    end = workflow[last]['on_completion']
    workflow[last]['on_completion'] = second
    del workflow[end]
    opener = next(step for step in workflow.values()
      if step.get('on_completion') == command.id)
    workflow[second], tail = workflow[second], workflow[command.id]['on_completion']
    opener['on_completion'] = first
    del workflow[command.id]
    found = waits('PA-MD', playbook, Tree(playbook))
    self.assertIn((15, 7, 'a round of calls'), found)
    self.assertIn((12, 6, 'a question of severity or law'), found)
    self.assertIsNotNone(tail)

  def test_the_leader_hears_within_35_minutes_on_every_path(self):
    for code, _, playbook, tree in self.each():
      words = [word for word, _ in leader_word(playbook, tree.trunk, 0)]
      self.assertNotIn(None, words)
      self.assertLessEqual(max(words), LEADER_LIMIT, code)

  def test_the_clock_of_the_leader_counts_what_stands_before(self):
    playbook, tree = ALL['PA-MD', 'vi'], TREES['PA-MD', 'vi']
    words = {word for word, _ in leader_word(playbook, tree.trunk, 0)}
    # 5 + 10 + 5 + 10: told while people are kept out, or in the report.
    self.assertEqual(words, {30 * MINUTE})

  def test_every_question_has_an_answer_for_not_known(self):
    for _, _, playbook, _ in self.each():
      asked = extension(playbook)['variables']
      self.assertEqual(set(asked), set(playbook['playbook_variables']))
      for name, question in asked.items():
        variable = playbook['playbook_variables'][name]
        if choices(question):
          self.assertIn(question['unknown'], choices(question))
          self.assertIn(variable.get('value', question['unknown']), choices(question))
        elif variable['type'] == 'integer':
          self.assertGreaterEqual(int(question['unknown']), question['min'])
        self.assertEqual(variable['description'], question['question'])

  def test_not_known_takes_the_worst_case(self):
    power = extension(ALL['PA-MD', 'vi'])['variables']
    self.assertEqual(power['__phut_con_dien__']['unknown'], '0')
    self.assertEqual(power['__nhiet_do__']['unknown'], '35')
    self.assertEqual(power['__kiem_tra__']['unknown'], 'khong_dat')
    for (code, _), playbook in ALL.items():
      for name, question in extension(playbook)['variables'].items():
        if 'chua_ro' in choices(question):
          self.assertEqual(question['unknown'], 'chua_ro', (code, name))
        if choices(question) and 'dat' in choices(question):
          self.assertNotEqual(question['unknown'], 'dat', (code, name))

  def test_conditions_read_only_what_was_answered_before(self):
    for _, _, playbook, tree in self.each():
      variables = playbook['playbook_variables']
      for node, earlier in before(tree.trunk):
        text = node.step.get('condition', '') + node.step.get('switch', '')
        written = {v for other in earlier for v in other.step.get('out_args', [])}
        for name in re.findall(r'(__\w+?__):value', text):
          known = name in written or 'value' in variables[name]
          self.assertTrue(known, (node.step['name'], name))
        self.assertEqual(len(re.findall(r'__\w+?__', text)), text.count(':value'))

  def test_conditions_compare_with_values_that_can_be_chosen(self):
    for _, _, playbook, tree in self.each():
      asked = extension(playbook)['variables']
      for node in walk(tree.trunk):
        text = node.step.get('condition', '')
        for name, rest in re.findall(r"(__\w+?__):value (?:=|!=|IN) (\([^)]*\)|'\w+')", text):
          for value in re.findall(r"'(\w+)'", rest):
            self.assertIn(value, choices(asked[name]))
        if 'switch' in node.step:
          name = node.step['switch'].split(':')[0]
          cases = set(node.step['cases'])
          self.assertIn('default', cases)
          self.assertLessEqual(cases - {'default'}, set(choices(asked[name])))

  def test_every_variable_is_asked_and_no_two_branches_write_one(self):
    for _, _, playbook, tree in self.each():
      written = set()
      for node in walk(tree.trunk):
        written.update(node.step.get('out_args', []))
        if node.type != 'parallel':
          continue
        taken = set()
        for _, branch in node.branches:
          mine = {v for inner in walk(branch) for v in inner.step.get('out_args', [])}
          self.assertEqual(mine & taken, set())
          taken |= mine
      self.assertEqual(written, set(playbook['playbook_variables']))

  def test_every_called_plan_is_there_in_the_same_language(self):
    calls = 0
    for _, language, playbook, tree in self.each():
      there = {other['id'] for (_, spoken), other in ALL.items() if spoken == language}
      for node in walk(tree.trunk):
        if node.type == 'playbook-action':
          self.assertIn(node.step['playbook_id'], there)
          calls += 1
    self.assertGreater(calls, 10)

  def test_a_lawful_report_waits_for_nothing_that_takes_as_long(self):
    for _, _, _, tree in self.each():
      for node, earlier in before(tree.trunk):
        if node.ext.get('due_from') != 'detected' or node.step['timeout'] < 1440 * MINUTE:
          continue
        longer = [other.n for other in earlier if other.type == 'action'
          and other.step['timeout'] >= node.step['timeout']]
        self.assertEqual(longer, [], node.n)

  def test_lists_of_whom_to_tell_again_point_to_earlier_steps(self):
    for _, _, _, tree in self.each():
      for node, earlier in before(tree.trunk):
        spec = node.ext.get('checklist', {})
        if spec.get('source') == 'told_at_step':
          self.assertLessEqual(set(spec['of']), {other.id for other in earlier})

  def test_the_last_step_closes_and_needs_lessons(self):
    for code in ('PA-MD', 'PA-DT', 'PA-PC', 'PA-PM', 'PA-TC'):
      last = TREES[code, 'vi'].trunk[-1]
      self.assertEqual(last.ext['status_hint'], 'closed')
      self.assertTrue(last.ext['mandatory'])


class Editions(plans.TestCase):
  WORDS = ('name', 'description', 'command', 'why', 'cost', 'proof', 'fallback',
    'question', 'label', 'unit', 'starts_when', 'status_text', 'language', 'version')

  def skeleton(self, value, ids):
    """What must be the same in both languages."""
    if isinstance(value, dict):
      return {ids.get(key, key): (type(inner).__name__ if key in self.WORDS
        else self.skeleton(inner, ids)) for key, inner in value.items()
        if key not in ('derived_from', 'labels', 'external_references')}
    if isinstance(value, list):
      if value and all(isinstance(v, str) and ' ' in v for v in value):
        return len(value)
      return [self.skeleton(inner, ids) for inner in value]
    return ids.get(value, value) if isinstance(value, str) else value

  def canonical(self, code, language):
    """The plan with its own ids replaced by places, and words by their kind."""
    playbook = copy.deepcopy(ALL[code, language])
    ids = {step: 'step %d' % i for i, step in enumerate(TREES[code, language].seen)}
    for other in plans.CODES:
      ids[ALL[other, language]['id']] = other
    for question in extension(playbook)['variables'].values():
      if question['unknown'] in ('chưa rõ', 'not known'):
        question['unknown'] = 'text'
    for step in playbook['workflow'].values():
      spec = step.get('step_extensions', {}).get(EXTENSION, {})
      if 'how' in spec:
        spec['how'] = len(spec['how'])
      if 'columns' in spec.get('checklist', {}):
        spec['checklist']['columns'] = len(spec['checklist']['columns'])
    return self.skeleton(playbook, ids)

  def test_both_editions_are_one_plan(self):
    self.maxDiff = 2000
    for code in plans.CODES:
      self.assertEqual(self.canonical(code, 'vi'), self.canonical(code, 'en'), code)

  def test_the_english_edition_is_derived_from_the_vietnamese(self):
    for code in plans.CODES:
      self.assertEqual(ALL[code, 'en']['derived_from'], [ALL[code, 'vi']['id']])
      self.assertNotIn('derived_from', ALL[code, 'vi'])

  def test_the_english_edition_is_in_english(self):
    letters = re.compile('[àáạảãăằắặẳẵâầấậẩẫđèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗ'
      'ơờớợởỡùúụủũưừứựửữỳýỵỷỹ]', re.I)
    for code in plans.CODES:
      playbook = copy.deepcopy(ALL[code, 'en'])
      del playbook['external_references']
      playbook['description'] = ''
      for variable in playbook['playbook_extensions'][plans.EXTENSION]['variables'].values():
        variable.get('counts', {}).pop('vi', None) # what Vietnamese reports say
      text = json.dumps(playbook, ensure_ascii=False)
      found = [text[max(0, m.start() - 30):m.end() + 10] for m in letters.finditer(text)]
      self.assertEqual(found, [], code)


if __name__ == '__main__':
  unittest.main()
