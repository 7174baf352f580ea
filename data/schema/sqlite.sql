-- The desk's tables on SQLite.  DATA.md says why; every table stands in one of
-- these lists, named in the comment before it (lint checks):
--   truth   the chain of events itself
--   shadow  written by apply() only, compared by replay, every column
--   index   rebuilt and compared by replay
--   local   never changes what a case says; named local_...
-- Times are milliseconds UTC.  A sort key is never NULL: no due time is the
-- largest integer.  Flags are 0 or 1.  Ids are UUIDs as text.

-- list: truth
CREATE TABLE event (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	case_id TEXT,
	prev TEXT,
	case_prev TEXT,
	recorded_at INTEGER NOT NULL,
	occurred_at INTEGER NOT NULL,
	precise TEXT NOT NULL,
	zone TEXT NOT NULL,
	actor TEXT,
	actor_login TEXT NOT NULL,
	acts_for TEXT,
	kind TEXT NOT NULL,
	body_v INTEGER NOT NULL,
	body_hash TEXT NOT NULL,
	hash TEXT NOT NULL,
	salt BLOB,
	body TEXT
) STRICT;
CREATE INDEX event_by_case ON event (case_id, seq) WHERE case_id IS NOT NULL;

-- The chain's end, the schema's number and the desk's identity in one row,
-- which every change locks last.
-- list: index
CREATE TABLE head (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	desk TEXT NOT NULL,
	schema_number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hash TEXT,
	recorded_at INTEGER NOT NULL
) STRICT;

-- One row a thing and field that may be set: the seq of its last change.
-- list: shadow
CREATE TABLE field_version (
	subject TEXT NOT NULL,
	field TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (subject, field)
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE desk_fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE member (
	id TEXT PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	skills TEXT NOT NULL,
	language TEXT NOT NULL,
	active INTEGER NOT NULL,
	area TEXT NOT NULL DEFAULT '',
	on_site INTEGER
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE contact (
	id TEXT PRIMARY KEY,
	role TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	body TEXT NOT NULL,
	class TEXT NOT NULL,
	kinds TEXT NOT NULL,
	valid_from TEXT,
	valid_to TEXT,
	verified_at TEXT,
	stands_for TEXT NOT NULL,
	per_asset TEXT NOT NULL,
	per_case INTEGER NOT NULL,
	note TEXT NOT NULL,
	source TEXT NOT NULL,
	origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a member or contact is reached; owner is their id.
-- list: shadow
CREATE TABLE address (
	owner TEXT NOT NULL,
	channel TEXT NOT NULL,
	value TEXT NOT NULL,
	origin TEXT NOT NULL,
	PRIMARY KEY (owner, channel)
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE asset (
	id TEXT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	kind TEXT NOT NULL,
	outside INTEGER NOT NULL,
	level INTEGER NOT NULL,
	state TEXT NOT NULL,
	state_since INTEGER NOT NULL,
	links TEXT NOT NULL,
	counts TEXT NOT NULL,
	note TEXT NOT NULL,
	missing INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_by_state ON asset (state, outside);

-- The other facts of an asset, each with the document that it comes from.  No
-- row: does not apply to this asset; value '': applies, nobody knows it yet.
-- list: shadow
CREATE TABLE asset_fact (
	asset_id TEXT NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	wording TEXT NOT NULL,
	contact TEXT NOT NULL,
	source TEXT NOT NULL,
	origin TEXT NOT NULL,
	PRIMARY KEY (asset_id, field)
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE asset_dependency (
	asset_id TEXT NOT NULL,
	on_id TEXT NOT NULL,
	assumed INTEGER NOT NULL,
	source TEXT NOT NULL,
	origin TEXT NOT NULL,
	PRIMARY KEY (asset_id, on_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_dependency_on ON asset_dependency (on_id, asset_id);

-- list: shadow
CREATE TABLE team_group (
	id TEXT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	source TEXT NOT NULL,
	origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- member_kind is unit, member, contact, asset or group; member_ref its code,
-- role or login.
-- list: shadow
CREATE TABLE group_member (
	group_id TEXT NOT NULL,
	member_kind TEXT NOT NULL,
	member_ref TEXT NOT NULL,
	PRIMARY KEY (group_id, member_kind, member_ref)
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE unit (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	area TEXT NOT NULL,
	named INTEGER NOT NULL,
	body TEXT NOT NULL,
	aliases TEXT NOT NULL,
	carrier TEXT NOT NULL,
	island INTEGER NOT NULL,
	source TEXT NOT NULL,
	origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Organisations, by role.
-- list: shadow
CREATE TABLE body (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	class TEXT NOT NULL,
	parent TEXT NOT NULL,
	place TEXT NOT NULL,
	duty TEXT NOT NULL,
	valid_from TEXT,
	valid_to TEXT,
	source TEXT NOT NULL,
	origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- list: shadow
CREATE TABLE rule (
	id TEXT PRIMARY KEY,
	family TEXT NOT NULL,
	position INTEGER NOT NULL,
	conditions TEXT NOT NULL,
	consequence TEXT NOT NULL,
	source TEXT NOT NULL,
	valid_from TEXT,
	valid_to TEXT,
	origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_by_family ON rule (family, position, id);

-- kind, status, assets and calls are what a list of plans shows of the text;
-- assets and calls have a blank before and after each.  steps 0: it was stored
-- before these stood here, the text says them.
-- list: shadow
CREATE TABLE playbook (
	hash TEXT PRIMARY KEY,
	id TEXT NOT NULL,
	modified TEXT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	language TEXT NOT NULL,
	origin TEXT NOT NULL,
	text TEXT NOT NULL,
	kind TEXT NOT NULL,
	status TEXT NOT NULL,
	assets TEXT NOT NULL,
	calls TEXT NOT NULL,
	steps INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- severity NULL: undecided; then severity_suggested serves order and rules.
-- rank is 10 minus the severity that counts, so that all sort keys ascend.
-- list: shadow
CREATE TABLE cases (
	id TEXT PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	year INTEGER NOT NULL,
	serial INTEGER NOT NULL,
	drill INTEGER NOT NULL,
	title TEXT NOT NULL,
	kind TEXT NOT NULL,
	category TEXT NOT NULL,
	status TEXT NOT NULL,
	is_open INTEGER NOT NULL,
	severity INTEGER,
	severity_suggested INTEGER,
	severity_rule TEXT NOT NULL,
	rank INTEGER NOT NULL,
	asset_id TEXT,
	owner_id TEXT,
	reporter TEXT NOT NULL,
	tlp TEXT NOT NULL,
	pap TEXT NOT NULL,
	reportable TEXT NOT NULL,
	personal_data TEXT NOT NULL,
	reportable_asked_at INTEGER,
	personal_data_at INTEGER,
	beyond_capacity_at INTEGER,
	detected_at INTEGER NOT NULL,
	occurred_at INTEGER,
	opened_at INTEGER NOT NULL,
	acknowledged_at INTEGER,
	contained_at INTEGER,
	recovered_at INTEGER,
	closed_at INTEGER,
	merged_into TEXT,
	cause TEXT NOT NULL,
	result TEXT NOT NULL,
	lessons TEXT NOT NULL,
	due_at INTEGER NOT NULL,
	next_step TEXT NOT NULL,
	next_n INTEGER NOT NULL,
	steps_done INTEGER NOT NULL,
	steps_total INTEGER NOT NULL,
	open_tasks INTEGER NOT NULL,
	events INTEGER NOT NULL,
	last_at INTEGER NOT NULL,
	version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_by_serial ON cases (drill, year, serial);
CREATE INDEX cases_by_opened ON cases (drill, opened_at, id);
CREATE INDEX cases_open_by_due ON cases (drill, due_at, rank, id) WHERE is_open = 1;
CREATE INDEX cases_open_by_opened ON cases (drill, opened_at, id) WHERE is_open = 1;
CREATE INDEX cases_open_by_owner ON cases (owner_id, due_at, rank, id) WHERE is_open = 1;
CREATE INDEX cases_unacknowledged ON cases (drill, opened_at)
	WHERE is_open = 1 AND status = 'new';
CREATE INDEX cases_without_owner ON cases (drill, due_at, rank, id)
	WHERE is_open = 1 AND owner_id IS NULL;
CREATE INDEX cases_not_asked ON cases (drill, reportable_asked_at, id)
	WHERE is_open = 1 AND reportable = 'unknown';
CREATE INDEX cases_merged ON cases (merged_into, id) WHERE merged_into IS NOT NULL;
CREATE INDEX cases_by_asset ON cases (asset_id, opened_at) WHERE asset_id IS NOT NULL;
CREATE INDEX cases_open_by_asset ON cases (asset_id, id)
	WHERE is_open = 1 AND asset_id IS NOT NULL;

-- list: shadow
CREATE TABLE case_link (
	case_id TEXT NOT NULL,
	other_id TEXT NOT NULL,
	PRIMARY KEY (case_id, other_id)
) STRICT, WITHOUT ROWID;

-- Work added by hand; the work of a plan's steps stands in step_instance.
-- list: shadow
CREATE TABLE task (
	id TEXT PRIMARY KEY,
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	title TEXT NOT NULL,
	state TEXT NOT NULL,
	assignee_id TEXT,
	due_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	ended_at INTEGER,
	note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX task_by_case ON task (case_id, n);
CREATE INDEX task_open_by_assignee ON task (assignee_id, due_at) WHERE state = 'open';

-- list: shadow
CREATE TABLE observable (
	id TEXT PRIMARY KEY,
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	type TEXT NOT NULL,
	value TEXT NOT NULL,
	tlp TEXT NOT NULL,
	note TEXT NOT NULL,
	added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX observable_by_case ON observable (case_id, n);
CREATE INDEX observable_by_value ON observable (value, case_id);

-- kept is "desk" (its bytes are in evidence_blob), "elsewhere", or "item": a thing
-- that has no bytes and no hash.
-- list: shadow
CREATE TABLE evidence (
	id TEXT PRIMARY KEY,
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	hash TEXT NOT NULL,
	kept TEXT NOT NULL,
	place TEXT NOT NULL,
	note TEXT NOT NULL,
	added_at INTEGER NOT NULL,
	dropped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX evidence_by_case ON evidence (case_id, n);
CREATE INDEX evidence_by_hash ON evidence (hash);

-- The bytes, in parts of 1 MiB; replay re-hashes them against evidence.hash.
-- list: index
CREATE TABLE evidence_blob (
	hash TEXT NOT NULL,
	part INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (hash, part)
) STRICT;

-- A run pins its playbook by hash.  paused_at NULL: it goes on; why is the
-- reason of the last pause, stop or override; signed_by names the trusted key
-- that had signed the playbook when the run began, or is ''.
-- list: shadow
CREATE TABLE run (
	id TEXT PRIMARY KEY,
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	playbook_id TEXT NOT NULL,
	playbook_modified TEXT NOT NULL,
	playbook_hash TEXT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	state TEXT NOT NULL,
	waits_on TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	paused_at INTEGER,
	paused_by TEXT,
	why TEXT NOT NULL,
	signed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX run_by_case ON run (case_id, n);

-- One execution of one step.  parent is the instance of the branch step that
-- opened the branch it stands in, or ''; extended is by how many ms people
-- moved its limit.
-- list: shadow
CREATE TABLE step_instance (
	id TEXT PRIMARY KEY,
	run_id TEXT NOT NULL,
	case_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	step TEXT NOT NULL,
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	parent TEXT NOT NULL,
	round INTEGER NOT NULL,
	state TEXT NOT NULL,
	mandatory INTEGER NOT NULL,
	lead TEXT NOT NULL,
	assignee_id TEXT,
	opened_at INTEGER NOT NULL,
	starts_at INTEGER NOT NULL,
	started_at INTEGER,
	due_at INTEGER NOT NULL,
	ended_at INTEGER,
	ended_by TEXT,
	note TEXT NOT NULL,
	extended INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX step_instance_by_run ON step_instance (run_id, position);
CREATE INDEX step_instance_by_case ON step_instance (case_id, run_id, step);
CREATE INDEX step_instance_open ON step_instance (case_id, due_at) WHERE ended_at IS NULL;
CREATE INDEX step_instance_mine ON step_instance (assignee_id, due_at) WHERE ended_at IS NULL;

-- Every value that was ever given, so that a series can be shown.
-- list: shadow
CREATE TABLE run_variable (
	run_id TEXT NOT NULL,
	name TEXT NOT NULL,
	position INTEGER NOT NULL,
	value TEXT,
	unknown INTEGER NOT NULL,
	instance TEXT NOT NULL,
	set_by TEXT NOT NULL,
	set_at INTEGER NOT NULL,
	PRIMARY KEY (run_id, name, position)
) STRICT, WITHOUT ROWID;

-- A page or mail to a member or contact.  text is NULL until the first attempt
-- rendered it; vars are what the template is rendered from.  rank: the lower the
-- sooner; not_before: quiet hours; bundle: the message that was sent in its place;
-- acts: what the receiver may answer; provider: its id on the other side.
-- list: shadow
CREATE TABLE message (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	position INTEGER NOT NULL,
	to_kind TEXT NOT NULL,
	to_id TEXT NOT NULL,
	to_name TEXT NOT NULL,
	role TEXT NOT NULL,
	channel TEXT NOT NULL,
	address TEXT NOT NULL,
	language TEXT NOT NULL,
	template TEXT NOT NULL,
	vars TEXT NOT NULL,
	state TEXT NOT NULL,
	is_open INTEGER NOT NULL,
	reason TEXT NOT NULL,
	reply TEXT NOT NULL,
	subject TEXT,
	text TEXT,
	text_hash TEXT,
	drill INTEGER NOT NULL,
	queued_by INTEGER NOT NULL,
	queued_at INTEGER NOT NULL,
	state_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	rank INTEGER NOT NULL DEFAULT 0,
	not_before INTEGER NOT NULL DEFAULT 0,
	escalation TEXT NOT NULL DEFAULT '',
	bundle TEXT NOT NULL DEFAULT '',
	acts TEXT NOT NULL DEFAULT '',
	provider TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX message_by_position ON message (position);
CREATE INDEX message_by_case ON message (case_id, position) WHERE case_id IS NOT NULL;
CREATE INDEX message_open ON message (state, position) WHERE is_open = 1;
CREATE INDEX message_open_end ON message (expires_at) WHERE is_open = 1;
CREATE INDEX message_claim ON message (channel, state, rank, position) WHERE is_open = 1;
CREATE INDEX message_by_bundle ON message (bundle, position) WHERE bundle <> '';
CREATE INDEX message_of_escalation ON message (escalation, position) WHERE escalation <> '';

-- What a caller told the watch.  case_id NULL: it joined no case (yet).  unit_kind
-- is unit, body or '' where the name typed is in the register as none or several.
-- asset is a code; by_name is the login that recorded it.
-- list: shadow
CREATE TABLE tin (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	number TEXT NOT NULL DEFAULT '',
	year INTEGER NOT NULL DEFAULT 0,
	serial INTEGER NOT NULL DEFAULT 0,
	drill INTEGER NOT NULL DEFAULT 0,
	unit_kind TEXT NOT NULL DEFAULT '',
	unit TEXT NOT NULL DEFAULT '',
	unit_name TEXT NOT NULL DEFAULT '',
	caller TEXT NOT NULL DEFAULT '',
	post TEXT NOT NULL DEFAULT '',
	callback TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '',
	verified_at INTEGER,
	verified_by TEXT NOT NULL DEFAULT '',
	reported_at INTEGER,
	detected_at INTEGER,
	what TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL DEFAULT '',
	asset TEXT NOT NULL DEFAULT '',
	broken TEXT NOT NULL DEFAULT '',
	done TEXT NOT NULL DEFAULT '',
	secret TEXT NOT NULL DEFAULT '',
	reply_by INTEGER NOT NULL DEFAULT 9223372036854775807,
	replies INTEGER NOT NULL DEFAULT 0,
	replied_at INTEGER,
	replied_how TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	handler_id TEXT,
	help_role TEXT NOT NULL DEFAULT '',
	result TEXT NOT NULL DEFAULT '',
	by_name TEXT NOT NULL DEFAULT '',
	ended_at INTEGER,
	over_told_at INTEGER,
	over_told_by TEXT NOT NULL DEFAULT '',
	over_told_how TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tin_by_serial ON tin (drill, year, serial);
CREATE INDEX tin_by_case ON tin (case_id, serial) WHERE case_id IS NOT NULL;
CREATE INDEX tin_open ON tin (reply_by, id) WHERE ended_at IS NULL;
CREATE INDEX tin_promised ON tin (reply_by, id) WHERE reply_by < 9223372036854775807;

-- One telephone call of a case to a contact, member or point; message_id is the
-- message that it told, or ''.
-- list: shadow
CREATE TABLE phone_call (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	message_id TEXT NOT NULL DEFAULT '',
	role TEXT NOT NULL DEFAULT '',
	to_kind TEXT NOT NULL DEFAULT '',
	to_id TEXT NOT NULL DEFAULT '',
	to_name TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL DEFAULT '',
	called_at INTEGER,
	outcome TEXT NOT NULL DEFAULT '',
	answered_by TEXT NOT NULL DEFAULT '',
	result TEXT NOT NULL DEFAULT '',
	caller_id TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX phone_call_by_case ON phone_call (case_id, n);
CREATE INDEX phone_call_by_to ON phone_call (to_id, n);

-- Who of the many that one message went to has confirmed it.
-- list: shadow
CREATE TABLE confirmation (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	message_id TEXT NOT NULL DEFAULT '',
	ref_kind TEXT NOT NULL DEFAULT '',
	ref TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	at INTEGER,
	by_name TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX confirmation_by_message ON confirmation (message_id, ref);
CREATE INDEX confirmation_by_case ON confirmation (case_id);

-- Work that waits on somebody outside: what was promised, for when.
-- list: shadow
CREATE TABLE waiting (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	role TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	what TEXT NOT NULL DEFAULT '',
	ticket TEXT NOT NULL DEFAULT '',
	promised_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	typed TEXT NOT NULL DEFAULT '',
	asked INTEGER NOT NULL DEFAULT 0,
	asked_at INTEGER,
	next_ask_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	raised INTEGER NOT NULL DEFAULT 0,
	raised_to TEXT NOT NULL DEFAULT '',
	raise_after TEXT NOT NULL DEFAULT '',
	raise_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	state TEXT NOT NULL DEFAULT '',
	result TEXT NOT NULL DEFAULT '',
	instance TEXT NOT NULL DEFAULT '',
	owner_id TEXT,
	created_at INTEGER,
	ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX waiting_by_case ON waiting (case_id, n);
CREATE INDEX waiting_open ON waiting (promised_at, id) WHERE ended_at IS NULL;
CREATE INDEX waiting_ask ON waiting (next_ask_at, id) WHERE ended_at IS NULL;

-- Each time that somebody was asked about a waiting, or a decision.
-- list: shadow
CREATE TABLE asking (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	waiting_id TEXT NOT NULL DEFAULT '',
	at INTEGER,
	by_name TEXT NOT NULL DEFAULT '',
	whom TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL DEFAULT '',
	promised_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	raised INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX asking_by_waiting ON asking (waiting_id, at);

-- Orders asked for: of whom, until when, what was answered or what the plan
-- allows without an answer.
-- list: shadow
CREATE TABLE decision (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	question TEXT NOT NULL DEFAULT '',
	role TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '',
	asked_by TEXT,
	asked_at INTEGER,
	until_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	options TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	answer TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	answered_by TEXT NOT NULL DEFAULT '',
	answered_at INTEGER,
	fallback TEXT NOT NULL DEFAULT '',
	authority TEXT NOT NULL DEFAULT '',
	fallback_by TEXT NOT NULL DEFAULT '',
	fallback_at INTEGER,
	doc_number TEXT NOT NULL DEFAULT '',
	doc_date TEXT NOT NULL DEFAULT '',
	instance TEXT NOT NULL DEFAULT '',
	tries INTEGER NOT NULL DEFAULT 0,
	ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_by_case ON decision (case_id, n);
CREATE INDEX decision_open ON decision (until_at, id) WHERE ended_at IS NULL;
CREATE INDEX decision_by_step ON decision (instance) WHERE instance <> '';

-- One affected place of a case (list ''), or one row of a step's check-list (list
-- is the step's instance; 'removed': taken off the list again).  down_ms: what the
-- spells of being down came to before down_since; down_from: when the last of them
-- began, while its end still is `since`.
-- list: shadow
CREATE TABLE point (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	list TEXT NOT NULL DEFAULT '',
	ref_kind TEXT NOT NULL DEFAULT '',
	ref TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	name_key TEXT NOT NULL DEFAULT '',
	area TEXT NOT NULL DEFAULT '',
	carrier TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	since INTEGER,
	reserve TEXT NOT NULL DEFAULT '',
	reserve_at INTEGER,
	told_at INTEGER,
	told_how TEXT NOT NULL DEFAULT '',
	confirmed_by TEXT NOT NULL DEFAULT '',
	confirmed_at INTEGER,
	person TEXT NOT NULL DEFAULT '',
	back_at INTEGER,
	down_since INTEGER,
	down_ms INTEGER NOT NULL DEFAULT 0,
	down_from INTEGER,
	ticked_at INTEGER,
	ticked_by TEXT NOT NULL DEFAULT '',
	over_told_at INTEGER,
	over_told_how TEXT NOT NULL DEFAULT '',
	cells TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX point_by_case ON point (case_id, list, n);
CREATE INDEX point_by_ref ON point (ref, case_id);
CREATE INDEX point_down ON point (case_id) WHERE down_since IS NOT NULL AND list = '';
CREATE INDEX point_count ON point (case_id, list, state, ticked_at);
CREATE INDEX point_unconfirmed ON point (told_at, case_id)
	WHERE told_at IS NOT NULL AND confirmed_at IS NULL;

-- A clock of a case: due by a rule of law (lawful) or our own.  behalf: on whose
-- behalf it runs (chủ quản).  condition: if_reportable while that is not decided.
-- list: shadow
CREATE TABLE deadline (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	rule TEXT NOT NULL DEFAULT '',
	form TEXT NOT NULL DEFAULT '',
	title TEXT NOT NULL DEFAULT '',
	title_en TEXT NOT NULL DEFAULT '',
	behalf TEXT NOT NULL DEFAULT '',
	recipient TEXT NOT NULL DEFAULT '',
	start_event TEXT NOT NULL DEFAULT '',
	start_at INTEGER,
	span TEXT NOT NULL DEFAULT '',
	due_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	typed TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	met_at INTEGER,
	notice_id TEXT,
	reason TEXT NOT NULL DEFAULT '',
	decided_by TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	condition TEXT NOT NULL DEFAULT '',
	lawful INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX deadline_by_case ON deadline (case_id, n);
CREATE INDEX deadline_running ON deadline (due_at, id) WHERE state = 'running';

-- A report to somebody who must be told, as a person sent it; form 'quick' is the
-- eight-line quick report.  head: the chain's end when it was made.
-- list: shadow
CREATE TABLE notice (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	form TEXT NOT NULL DEFAULT '',
	deadline_id TEXT,
	register TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL DEFAULT '',
	doc_date TEXT NOT NULL DEFAULT '',
	to_role TEXT NOT NULL DEFAULT '',
	to_name TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '',
	made_at INTEGER,
	sent_at INTEGER,
	sent_by TEXT NOT NULL DEFAULT '',
	approved_by TEXT NOT NULL DEFAULT '',
	confirmed_at INTEGER,
	confirmed_by TEXT NOT NULL DEFAULT '',
	next_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	head TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX notice_by_case ON notice (case_id, form, n);
CREATE INDEX notice_next ON notice (next_at, id) WHERE form = 'quick';

-- Minutes that somebody read, counting down: battery left, time to shut down.
-- list: shadow
CREATE TABLE countdown (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	variable TEXT NOT NULL DEFAULT '',
	label TEXT NOT NULL DEFAULT '',
	minutes INTEGER NOT NULL DEFAULT 0,
	read_at INTEGER,
	ends_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	instance TEXT NOT NULL DEFAULT '',
	asset_id TEXT,
	state TEXT NOT NULL DEFAULT '',
	stopped_at INTEGER,
	stopped_by TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX countdown_by_case ON countdown (case_id, n);
CREATE INDEX countdown_running ON countdown (ends_at, id) WHERE state = 'running';

-- Days that do not count as working days, or that do though they fall on a
-- weekend.  day: 2027-02-06.
-- list: shadow
CREATE TABLE holiday (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	day TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	origin TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX holiday_by_day ON holiday (day);

-- A duty with a period: one row a period, due once.
-- list: shadow
CREATE TABLE obligation (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	rule TEXT NOT NULL DEFAULT '',
	title TEXT NOT NULL DEFAULT '',
	title_en TEXT NOT NULL DEFAULT '',
	period TEXT NOT NULL DEFAULT '',
	label TEXT NOT NULL DEFAULT '',
	due_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	remind_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	recipient TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '',
	result TEXT NOT NULL DEFAULT '',
	description TEXT NOT NULL DEFAULT '',
	done_at INTEGER,
	done_by TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX obligation_by_rule ON obligation (rule, label);
CREATE INDEX obligation_due ON obligation (remind_at, due_at, id) WHERE result <> 'done';

-- The shift log: what happened on the watch beside the cases.
-- list: shadow
CREATE TABLE shift_entry (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	at INTEGER,
	noted_at INTEGER,
	kind TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL DEFAULT '',
	by_id TEXT NOT NULL DEFAULT '',
	by_name TEXT NOT NULL DEFAULT '',
	asset_id TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shift_entry_by_n ON shift_entry (n);
CREATE INDEX shift_entry_by_at ON shift_entry (at, id);

-- A hand-over of the shift; sheet is the page that both signed, head and
-- head_seq the chain's end when it was given.
-- list: shadow
CREATE TABLE handover (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	giver_id TEXT NOT NULL DEFAULT '',
	giver TEXT NOT NULL DEFAULT '',
	taker_id TEXT,
	taker TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	words TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	given_at INTEGER,
	taken_at INTEGER,
	sheet TEXT NOT NULL DEFAULT '',
	head TEXT NOT NULL DEFAULT '',
	head_seq INTEGER NOT NULL DEFAULT 0,
	withdrawn_at INTEGER,
	withdrawn_by TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX handover_by_n ON handover (n);
CREATE INDEX handover_open ON handover (taker_id) WHERE state = 'given';
CREATE INDEX handover_taken ON handover (taken_at, id) WHERE taken_at IS NOT NULL;

-- Work announced on a system: the first question of a new case is what changed.
-- list: shadow
CREATE TABLE planned_work (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	asset_id TEXT NOT NULL DEFAULT '',
	what TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	to_at INTEGER,
	by_name TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX planned_work_by_n ON planned_work (n);
CREATE INDEX planned_work_by_asset ON planned_work (asset_id, to_at);
CREATE INDEX planned_work_by_end ON planned_work (to_at);

-- The police asked in writing to keep a case's scene or a system as it is.
-- list: shadow
CREATE TABLE hold (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	asset_id TEXT,
	body TEXT NOT NULL DEFAULT '',
	doc_number TEXT NOT NULL DEFAULT '',
	doc_date TEXT NOT NULL DEFAULT '',
	what TEXT NOT NULL DEFAULT '',
	placed_at INTEGER,
	placed_by TEXT NOT NULL DEFAULT '',
	released_at INTEGER,
	released_by TEXT NOT NULL DEFAULT '',
	release_doc TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX hold_by_n ON hold (n);
CREATE INDEX hold_standing_case ON hold (case_id) WHERE state = 'held';
CREATE INDEX hold_standing_asset ON hold (asset_id) WHERE state = 'held';

-- Evidence handed over: from whom to whom, signed on paper.
-- list: shadow
CREATE TABLE custody (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	evidence_id TEXT NOT NULL DEFAULT '',
	given_by TEXT NOT NULL DEFAULT '',
	given_post TEXT NOT NULL DEFAULT '',
	taken_by TEXT NOT NULL DEFAULT '',
	taken_post TEXT NOT NULL DEFAULT '',
	taken_body TEXT NOT NULL DEFAULT '',
	place TEXT NOT NULL DEFAULT '',
	at INTEGER,
	reason TEXT NOT NULL DEFAULT '',
	doc_number TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX custody_by_case ON custody (case_id, n);
CREATE INDEX custody_by_evidence ON custody (evidence_id);

-- A layer of the roster: who is called first, second, who decides.  needed: how
-- many people it must have at any time; 0: may be empty.  counted: to be on it is
-- work, whose hours are counted; else it is to be reachable.
-- list: shadow
CREATE TABLE duty_layer (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	code TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	name_en TEXT NOT NULL DEFAULT '',
	position INTEGER NOT NULL DEFAULT 0,
	needed INTEGER NOT NULL DEFAULT 0,
	counted INTEGER NOT NULL DEFAULT 0,
	state TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX duty_layer_by_code ON duty_layer (code);

-- A rotation: who takes turns in a layer.  type is hourly, daily, weekly, monthly
-- or fixed; start a local time (2026-11-02T06:00) in zone; days the weekdays that it
-- covers (1 is Monday), clocks in minutes of the day; people a list of logins.
-- list: shadow
CREATE TABLE duty_rota (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	layer TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	type TEXT NOT NULL DEFAULT '',
	every INTEGER NOT NULL DEFAULT 0,
	start TEXT NOT NULL DEFAULT '',
	zone TEXT NOT NULL DEFAULT '',
	days TEXT NOT NULL DEFAULT '',
	from_clock INTEGER NOT NULL DEFAULT 0,
	to_clock INTEGER NOT NULL DEFAULT 0,
	people TEXT NOT NULL DEFAULT '',
	from_day TEXT NOT NULL DEFAULT '',
	to_day TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX duty_rota_by_n ON duty_rota (n);
CREATE INDEX duty_rota_by_layer ON duty_rota (layer, n);

-- One exception: kind is add, remove or replace (member_id in place of other_id).
-- swap_id: the swap that it carries out.
-- list: shadow
CREATE TABLE duty_override (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	layer TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL DEFAULT '',
	member_id TEXT,
	other_id TEXT,
	from_at INTEGER,
	to_at INTEGER,
	reason TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	by_name TEXT NOT NULL DEFAULT '',
	swap_id TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX duty_override_by_n ON duty_override (n);
CREATE INDEX duty_override_by_end ON duty_override (to_at, layer);

-- A temporary schedule: its shifts replace rotations and exceptions of its layer
-- for a span.  shifts: [{login, from, to}] in ms.
-- list: shadow
CREATE TABLE duty_spell (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	layer TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	to_at INTEGER,
	shifts TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	by_name TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX duty_spell_by_n ON duty_spell (n);
CREATE INDEX duty_spell_by_end ON duty_spell (to_at, layer);

-- Two people exchange shifts; nothing changes before both agreed.  back_*: the
-- shift given in return, or none.
-- list: shadow
CREATE TABLE duty_swap (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	layer TEXT NOT NULL DEFAULT '',
	asker_id TEXT NOT NULL DEFAULT '',
	other_id TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	to_at INTEGER,
	back_layer TEXT NOT NULL DEFAULT '',
	back_from_at INTEGER,
	back_to_at INTEGER,
	state TEXT NOT NULL DEFAULT '',
	asked_at INTEGER,
	answered_at INTEGER,
	reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX duty_swap_by_n ON duty_swap (n);
CREATE INDEX duty_swap_asked ON duty_swap (other_id) WHERE state = 'asked';

-- A member is away: not called, and a gap where the roster has him.
-- list: shadow
CREATE TABLE absence (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	member_id TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	to_at INTEGER,
	reason TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	by_name TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX absence_by_n ON absence (n);
CREATE INDEX absence_by_member ON absence (member_id, to_at);
CREATE INDEX absence_by_end ON absence (to_at);

-- A span in which the watch is raised (Tet, a congress, a storm): extra is
-- {layer: people needed}.
-- list: shadow
CREATE TABLE raised_watch (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	name TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	to_at INTEGER,
	extra TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	by_name TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX raised_watch_by_n ON raised_watch (n);
CREATE INDEX raised_watch_by_end ON raised_watch (to_at);

-- Who was on call, as it was: written when it begins and ends, never computed
-- again.  to_at NULL: still.
-- list: shadow
CREATE TABLE duty_past (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	layer TEXT NOT NULL DEFAULT '',
	member_id TEXT NOT NULL DEFAULT '',
	from_at INTEGER,
	to_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_past_by_layer ON duty_past (layer, from_at);
CREATE INDEX duty_past_open ON duty_past (layer) WHERE to_at IS NULL;

-- How a member wants to be reached: quiet hours, channels by severity.
-- list: shadow
CREATE TABLE member_wish (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	member_id TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	value TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX member_wish_by_name ON member_wish (member_id, name);

-- Who is called until somebody answers.  subject is case, step or deadline, ref
-- its id; plan the policy as it was when this began; at_step and round say how far
-- it is; last_at when somebody was called last.  state is running, answered or
-- ended; answered: ack_until is when the answer runs out.
-- list: shadow
CREATE TABLE escalation (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	n INTEGER NOT NULL DEFAULT 0,
	subject TEXT NOT NULL DEFAULT '',
	ref TEXT NOT NULL DEFAULT '',
	title TEXT NOT NULL DEFAULT '',
	policy TEXT NOT NULL DEFAULT '',
	plan TEXT NOT NULL DEFAULT '',
	severity INTEGER NOT NULL DEFAULT 0,
	state TEXT NOT NULL DEFAULT '',
	at_step INTEGER NOT NULL DEFAULT 0,
	round INTEGER NOT NULL DEFAULT 0,
	next_at INTEGER NOT NULL DEFAULT 9223372036854775807,
	last_at INTEGER,
	started_at INTEGER,
	ended_at INTEGER,
	ack_by TEXT,
	ack_at INTEGER,
	ack_until INTEGER NOT NULL DEFAULT 9223372036854775807,
	reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX escalation_by_case ON escalation (case_id, n);
CREATE INDEX escalation_by_ref ON escalation (ref) WHERE ref <> '';
CREATE INDEX escalation_due ON escalation (next_at, id) WHERE state = 'running';
CREATE INDEX escalation_answered ON escalation (ack_until, id) WHERE state = 'answered';

-- One person called by one step of an escalation: answer is '', ack, decline or
-- pass; skipped says why somebody of the step was not called.
-- list: shadow
CREATE TABLE call_turn (
	id TEXT PRIMARY KEY,
	case_id TEXT,
	escalation_id TEXT NOT NULL DEFAULT '',
	at_step INTEGER NOT NULL DEFAULT 0,
	round INTEGER NOT NULL DEFAULT 0,
	member_id TEXT NOT NULL DEFAULT '',
	why TEXT NOT NULL DEFAULT '',
	at INTEGER,
	answer TEXT NOT NULL DEFAULT '',
	answered_at INTEGER,
	channel TEXT NOT NULL DEFAULT '',
	proof TEXT NOT NULL DEFAULT '',
	skipped TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX call_turn_by_escalation ON call_turn (escalation_id, at);
CREATE INDEX call_turn_open ON call_turn (member_id, at) WHERE answer = '';

-- The words of each event that has text, newest first by seq: marked (lower
-- case) and folded (marks off); two full-text indexes over them.
-- list: index
CREATE TABLE search_doc (
	seq INTEGER PRIMARY KEY,
	case_id TEXT NOT NULL,
	place TEXT NOT NULL,
	marked TEXT NOT NULL,
	folded TEXT NOT NULL
) STRICT;
CREATE INDEX search_doc_by_case ON search_doc (case_id, place, seq);
-- list: index
CREATE VIRTUAL TABLE search_marked USING fts5 (
	marked, content = 'search_doc', content_rowid = 'seq',
	tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = '2 3', columnsize = 0);
-- list: index
CREATE VIRTUAL TABLE search_folded USING fts5 (
	folded, content = 'search_doc', content_rowid = 'seq',
	tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = '2 3', columnsize = 0);

-- Kept, not counted: cases by status, messages by state, ...
-- list: index
CREATE TABLE kept_count (
	name TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- list: local
CREATE TABLE local_lease (
	name TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	fence INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- list: local
CREATE TABLE local_claim (
	message_id TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	fence INTEGER NOT NULL,
	claimed_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What waits to be sent, in the order in which it goes: rank, then the cases in
-- turn (fair: the case's id, or -), then next_at and position.  next_at 0: at once;
-- why: what it waits for until then; tries: those that failed.
-- list: local
CREATE TABLE local_delivery (
	message_id TEXT PRIMARY KEY,
	channel TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	rank INTEGER NOT NULL DEFAULT 0,
	fair TEXT NOT NULL DEFAULT '-',
	position INTEGER NOT NULL DEFAULT 0,
	tries INTEGER NOT NULL,
	next_at INTEGER NOT NULL,
	why TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX local_delivery_claim ON local_delivery (channel, rank, fair, next_at, position);
CREATE INDEX local_delivery_due ON local_delivery (channel, next_at);
CREATE INDEX local_delivery_to ON local_delivery (channel, address, next_at);

-- list: local
CREATE TABLE local_attempt (
	message_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	at INTEGER NOT NULL,
	result TEXT NOT NULL,
	reply TEXT NOT NULL,
	PRIMARY KEY (message_id, n)
) STRICT, WITHOUT ROWID;

-- list: local
CREATE TABLE local_channel (
	name TEXT PRIMARY KEY,
	state TEXT NOT NULL,
	since INTEGER NOT NULL,
	last_ok_at INTEGER,
	tries INTEGER NOT NULL,
	next_at INTEGER NOT NULL,
	reply TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Small facts of this copy: last backup, last engine run.
-- list: local
CREATE TABLE local_fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What left by a channel, for the limits of addresses and providers; rows older
-- than the longest limit are swept.
-- list: local
CREATE TABLE local_sent (
	channel TEXT NOT NULL,
	address TEXT NOT NULL,
	at INTEGER NOT NULL,
	message_id TEXT NOT NULL,
	PRIMARY KEY (channel, address, at, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX local_sent_by_time ON local_sent (channel, at);

-- Where reading from outside has come to: the last update of Telegram, the last
-- mail of a folder.
-- list: local
CREATE TABLE local_cursor (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Refusals by source, so that somebody who guesses is slowed down.
-- list: local
CREATE TABLE local_refusal (
	source TEXT PRIMARY KEY,
	count INTEGER NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
