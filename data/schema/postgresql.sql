-- The desk's tables on PostgreSQL: the same tables, columns and lists as
-- sqlite.sql (a test compares the two).  Text sorts bytewise; every number is
-- BIGINT; words are found through ready lexemes, since PostgreSQL's own parser
-- mangles names as web-02.

-- list: truth
CREATE TABLE event (
	seq BIGINT PRIMARY KEY,
	id TEXT COLLATE "C" NOT NULL UNIQUE,
	case_id TEXT COLLATE "C",
	prev TEXT COLLATE "C",
	case_prev TEXT COLLATE "C",
	recorded_at BIGINT NOT NULL,
	occurred_at BIGINT NOT NULL,
	precise TEXT COLLATE "C" NOT NULL,
	zone TEXT COLLATE "C" NOT NULL,
	actor TEXT COLLATE "C",
	actor_login TEXT COLLATE "C" NOT NULL,
	acts_for TEXT COLLATE "C",
	kind TEXT COLLATE "C" NOT NULL,
	body_v BIGINT NOT NULL,
	body_hash TEXT COLLATE "C" NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	salt BYTEA,
	body TEXT COLLATE "C"
);
CREATE INDEX event_by_case ON event (case_id, seq) WHERE case_id IS NOT NULL;

-- The chain's end, the schema's number and the desk's identity in one row,
-- which every change locks last.
-- list: index
CREATE TABLE head (
	one BIGINT PRIMARY KEY CHECK (one = 1),
	desk TEXT COLLATE "C" NOT NULL,
	schema_number BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	hash TEXT COLLATE "C",
	recorded_at BIGINT NOT NULL
);

-- One row a thing and field that may be set: the seq of its last change.
-- list: shadow
CREATE TABLE field_version (
	subject TEXT COLLATE "C" NOT NULL,
	field TEXT COLLATE "C" NOT NULL,
	seq BIGINT NOT NULL,
	PRIMARY KEY (subject, field)
);

-- list: shadow
CREATE TABLE desk_fact (
	name TEXT COLLATE "C" PRIMARY KEY,
	value TEXT COLLATE "C" NOT NULL
);

-- list: shadow
CREATE TABLE setting (
	name TEXT COLLATE "C" PRIMARY KEY,
	value TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL
);

-- list: shadow
CREATE TABLE member (
	id TEXT COLLATE "C" PRIMARY KEY,
	login TEXT COLLATE "C" NOT NULL UNIQUE,
	name TEXT COLLATE "C" NOT NULL,
	name_key TEXT COLLATE "C" NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	unit TEXT COLLATE "C" NOT NULL,
	skills TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	active BIGINT NOT NULL,
	area TEXT COLLATE "C" NOT NULL DEFAULT '',
	on_site BIGINT
);

-- list: shadow
CREATE TABLE contact (
	id TEXT COLLATE "C" PRIMARY KEY,
	role TEXT COLLATE "C" NOT NULL UNIQUE,
	name TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	body TEXT COLLATE "C" NOT NULL,
	class TEXT COLLATE "C" NOT NULL,
	kinds TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C",
	valid_to TEXT COLLATE "C",
	verified_at TEXT COLLATE "C",
	stands_for TEXT COLLATE "C" NOT NULL,
	per_asset TEXT COLLATE "C" NOT NULL,
	per_case BIGINT NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL
);

-- Where a member or contact is reached; owner is their id.
-- list: shadow
CREATE TABLE address (
	owner TEXT COLLATE "C" NOT NULL,
	channel TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (owner, channel)
);

-- list: shadow
CREATE TABLE asset (
	id TEXT COLLATE "C" PRIMARY KEY,
	code TEXT COLLATE "C" NOT NULL UNIQUE,
	name TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	outside BIGINT NOT NULL,
	level BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	state_since BIGINT NOT NULL,
	links TEXT COLLATE "C" NOT NULL,
	counts TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	missing BIGINT NOT NULL
);
CREATE INDEX asset_by_state ON asset (state, outside);

-- The other facts of an asset, each with the document that it comes from.  No
-- row: does not apply to this asset; value '': applies, nobody knows it yet.
-- list: shadow
CREATE TABLE asset_fact (
	asset_id TEXT COLLATE "C" NOT NULL,
	field TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	wording TEXT COLLATE "C" NOT NULL,
	contact TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (asset_id, field)
);

-- list: shadow
CREATE TABLE asset_dependency (
	asset_id TEXT COLLATE "C" NOT NULL,
	on_id TEXT COLLATE "C" NOT NULL,
	assumed BIGINT NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (asset_id, on_id)
);
CREATE INDEX asset_dependency_on ON asset_dependency (on_id, asset_id);

-- list: shadow
CREATE TABLE team_group (
	id TEXT COLLATE "C" PRIMARY KEY,
	code TEXT COLLATE "C" NOT NULL UNIQUE,
	name TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	of_kind TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL
);

-- member_kind is unit, member, contact, asset or group; member_ref its code,
-- role or login.
-- list: shadow
CREATE TABLE group_member (
	group_id TEXT COLLATE "C" NOT NULL,
	member_kind TEXT COLLATE "C" NOT NULL,
	member_ref TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (group_id, member_kind, member_ref)
);

-- list: shadow
CREATE TABLE unit (
	code TEXT COLLATE "C" PRIMARY KEY,
	name TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	area TEXT COLLATE "C" NOT NULL,
	named BIGINT NOT NULL,
	body TEXT COLLATE "C" NOT NULL,
	aliases TEXT COLLATE "C" NOT NULL,
	carrier TEXT COLLATE "C" NOT NULL,
	island BIGINT NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL
);

-- Organisations, by role.
-- list: shadow
CREATE TABLE body (
	code TEXT COLLATE "C" PRIMARY KEY,
	name TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	class TEXT COLLATE "C" NOT NULL,
	parent TEXT COLLATE "C" NOT NULL,
	place TEXT COLLATE "C" NOT NULL,
	duty TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C",
	valid_to TEXT COLLATE "C",
	source TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL
);

-- list: shadow
CREATE TABLE rule (
	id TEXT COLLATE "C" PRIMARY KEY,
	family TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	conditions TEXT COLLATE "C" NOT NULL,
	consequence TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C",
	valid_to TEXT COLLATE "C",
	origin TEXT COLLATE "C" NOT NULL
);
CREATE INDEX rule_by_family ON rule (family, position, id);

-- kind, status, assets and calls are what a list of plans shows of the text;
-- assets and calls have a blank before and after each.  steps 0: it was stored
-- before these stood here, the text says them.
-- list: shadow
CREATE TABLE playbook (
	hash TEXT COLLATE "C" PRIMARY KEY,
	id TEXT COLLATE "C" NOT NULL,
	modified TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	origin TEXT COLLATE "C" NOT NULL,
	text TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	assets TEXT COLLATE "C" NOT NULL,
	calls TEXT COLLATE "C" NOT NULL,
	steps BIGINT NOT NULL
);

-- severity NULL: undecided; then severity_suggested serves order and rules.
-- rank is 10 minus the severity that counts, so that all sort keys ascend.
-- list: shadow
CREATE TABLE cases (
	id TEXT COLLATE "C" PRIMARY KEY,
	number TEXT COLLATE "C" NOT NULL UNIQUE,
	year BIGINT NOT NULL,
	serial BIGINT NOT NULL,
	drill BIGINT NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	category TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	is_open BIGINT NOT NULL,
	severity BIGINT,
	severity_suggested BIGINT,
	severity_rule TEXT COLLATE "C" NOT NULL,
	rank BIGINT NOT NULL,
	asset_id TEXT COLLATE "C",
	owner_id TEXT COLLATE "C",
	reporter TEXT COLLATE "C" NOT NULL,
	tlp TEXT COLLATE "C" NOT NULL,
	pap TEXT COLLATE "C" NOT NULL,
	reportable TEXT COLLATE "C" NOT NULL,
	personal_data TEXT COLLATE "C" NOT NULL,
	reportable_asked_at BIGINT,
	personal_data_at BIGINT,
	beyond_capacity_at BIGINT,
	detected_at BIGINT NOT NULL,
	occurred_at BIGINT,
	opened_at BIGINT NOT NULL,
	acknowledged_at BIGINT,
	contained_at BIGINT,
	recovered_at BIGINT,
	closed_at BIGINT,
	merged_into TEXT COLLATE "C",
	cause TEXT COLLATE "C" NOT NULL,
	result TEXT COLLATE "C" NOT NULL,
	lessons TEXT COLLATE "C" NOT NULL,
	due_at BIGINT NOT NULL,
	next_step TEXT COLLATE "C" NOT NULL,
	next_n BIGINT NOT NULL,
	steps_done BIGINT NOT NULL,
	steps_total BIGINT NOT NULL,
	open_tasks BIGINT NOT NULL,
	events BIGINT NOT NULL,
	last_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
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
	case_id TEXT COLLATE "C" NOT NULL,
	other_id TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (case_id, other_id)
);

-- Work added by hand; the work of a plan's steps stands in step_instance.
-- list: shadow
CREATE TABLE task (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	assignee_id TEXT COLLATE "C",
	due_at BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	ended_at BIGINT,
	note TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX task_by_case ON task (case_id, n);
CREATE INDEX task_open_by_assignee ON task (assignee_id, due_at) WHERE state = 'open';

-- list: shadow
CREATE TABLE observable (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	type TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	tlp TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	added_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX observable_by_case ON observable (case_id, n);
CREATE INDEX observable_by_value ON observable (value, case_id);

-- kept is "desk" (its bytes are in evidence_blob), "elsewhere", or "item": a thing
-- that has no bytes and no hash.
-- list: shadow
CREATE TABLE evidence (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	bytes BIGINT NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	kept TEXT COLLATE "C" NOT NULL,
	place TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	added_at BIGINT NOT NULL,
	dropped BIGINT NOT NULL
);
CREATE UNIQUE INDEX evidence_by_case ON evidence (case_id, n);
CREATE INDEX evidence_by_hash ON evidence (hash);

-- The bytes, in parts of 1 MiB; replay re-hashes them against evidence.hash.
-- list: index
CREATE TABLE evidence_blob (
	hash TEXT COLLATE "C" NOT NULL,
	part BIGINT NOT NULL,
	bytes BYTEA NOT NULL,
	PRIMARY KEY (hash, part)
);

-- A run pins its playbook by hash.  paused_at NULL: it goes on; why is the
-- reason of the last pause, stop or override; signed_by names the trusted key
-- that had signed the playbook when the run began, or is ''.
-- list: shadow
CREATE TABLE run (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	playbook_id TEXT COLLATE "C" NOT NULL,
	playbook_modified TEXT COLLATE "C" NOT NULL,
	playbook_hash TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	waits_on TEXT COLLATE "C" NOT NULL,
	started_at BIGINT NOT NULL,
	ended_at BIGINT,
	paused_at BIGINT,
	paused_by TEXT COLLATE "C",
	why TEXT COLLATE "C" NOT NULL,
	signed_by TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX run_by_case ON run (case_id, n);

-- One execution of one step.  parent is the instance of the branch step that
-- opened the branch it stands in, or ''; extended is by how many ms people
-- moved its limit.
-- list: shadow
CREATE TABLE step_instance (
	id TEXT COLLATE "C" PRIMARY KEY,
	run_id TEXT COLLATE "C" NOT NULL,
	case_id TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	step TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	type TEXT COLLATE "C" NOT NULL,
	parent TEXT COLLATE "C" NOT NULL,
	round BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	mandatory BIGINT NOT NULL,
	lead TEXT COLLATE "C" NOT NULL,
	assignee_id TEXT COLLATE "C",
	opened_at BIGINT NOT NULL,
	starts_at BIGINT NOT NULL,
	started_at BIGINT,
	due_at BIGINT NOT NULL,
	ended_at BIGINT,
	ended_by TEXT COLLATE "C",
	note TEXT COLLATE "C" NOT NULL,
	extended BIGINT NOT NULL
);
CREATE UNIQUE INDEX step_instance_by_run ON step_instance (run_id, position);
CREATE INDEX step_instance_by_case ON step_instance (case_id, run_id, step);
CREATE INDEX step_instance_open ON step_instance (case_id, due_at) WHERE ended_at IS NULL;
CREATE INDEX step_instance_mine ON step_instance (assignee_id, due_at) WHERE ended_at IS NULL;

-- Every value that was ever given, so that a series can be shown.
-- list: shadow
CREATE TABLE run_variable (
	run_id TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	value TEXT COLLATE "C",
	unknown BIGINT NOT NULL,
	instance TEXT COLLATE "C" NOT NULL,
	set_by TEXT COLLATE "C" NOT NULL,
	set_at BIGINT NOT NULL,
	PRIMARY KEY (run_id, name, position)
);

-- A page or mail to a member or contact.  text is NULL until the first attempt
-- rendered it; vars are what the template is rendered from.  rank: the lower the
-- sooner; not_before: quiet hours; bundle: the message that was sent in its place;
-- acts: what the receiver may answer; provider: its id on the other side.
-- list: shadow
CREATE TABLE message (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	position BIGINT NOT NULL,
	to_kind TEXT COLLATE "C" NOT NULL,
	to_id TEXT COLLATE "C" NOT NULL,
	to_name TEXT COLLATE "C" NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	channel TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	template TEXT COLLATE "C" NOT NULL,
	vars TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	is_open BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	reply TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C",
	text TEXT COLLATE "C",
	text_hash TEXT COLLATE "C",
	drill BIGINT NOT NULL,
	queued_by BIGINT NOT NULL,
	queued_at BIGINT NOT NULL,
	state_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	rank BIGINT NOT NULL DEFAULT 0,
	not_before BIGINT NOT NULL DEFAULT 0,
	escalation TEXT COLLATE "C" NOT NULL DEFAULT '',
	bundle TEXT COLLATE "C" NOT NULL DEFAULT '',
	acts TEXT COLLATE "C" NOT NULL DEFAULT '',
	provider TEXT COLLATE "C" NOT NULL DEFAULT ''
);
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
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	number TEXT COLLATE "C" NOT NULL DEFAULT '',
	year BIGINT NOT NULL DEFAULT 0,
	serial BIGINT NOT NULL DEFAULT 0,
	drill BIGINT NOT NULL DEFAULT 0,
	unit_kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	unit TEXT COLLATE "C" NOT NULL DEFAULT '',
	unit_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	caller TEXT COLLATE "C" NOT NULL DEFAULT '',
	post TEXT COLLATE "C" NOT NULL DEFAULT '',
	callback TEXT COLLATE "C" NOT NULL DEFAULT '',
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	verified_at BIGINT,
	verified_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	reported_at BIGINT,
	detected_at BIGINT,
	what TEXT COLLATE "C" NOT NULL DEFAULT '',
	kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	asset TEXT COLLATE "C" NOT NULL DEFAULT '',
	broken TEXT COLLATE "C" NOT NULL DEFAULT '',
	done TEXT COLLATE "C" NOT NULL DEFAULT '',
	secret TEXT COLLATE "C" NOT NULL DEFAULT '',
	reply_by BIGINT NOT NULL DEFAULT 9223372036854775807,
	replies BIGINT NOT NULL DEFAULT 0,
	replied_at BIGINT,
	replied_how TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	handler_id TEXT COLLATE "C",
	help_role TEXT COLLATE "C" NOT NULL DEFAULT '',
	result TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	ended_at BIGINT,
	over_told_at BIGINT,
	over_told_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	over_told_how TEXT COLLATE "C" NOT NULL DEFAULT '',
	note TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX tin_by_serial ON tin (drill, year, serial);
CREATE INDEX tin_by_case ON tin (case_id, serial) WHERE case_id IS NOT NULL;
CREATE INDEX tin_open ON tin (reply_by, id) WHERE ended_at IS NULL;
CREATE INDEX tin_promised ON tin (reply_by, id) WHERE reply_by < 9223372036854775807;

-- One telephone call of a case to a contact, member or point; message_id is the
-- message that it told, or ''.
-- list: shadow
CREATE TABLE phone_call (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	message_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	role TEXT COLLATE "C" NOT NULL DEFAULT '',
	to_kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	to_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	to_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	number TEXT COLLATE "C" NOT NULL DEFAULT '',
	called_at BIGINT,
	outcome TEXT COLLATE "C" NOT NULL DEFAULT '',
	answered_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	result TEXT COLLATE "C" NOT NULL DEFAULT '',
	caller_id TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX phone_call_by_case ON phone_call (case_id, n);
CREATE INDEX phone_call_by_to ON phone_call (to_id, n);

-- Who of the many that one message went to has confirmed it.
-- list: shadow
CREATE TABLE confirmation (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	message_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	ref_kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	ref TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	at BIGINT,
	by_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	note TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX confirmation_by_message ON confirmation (message_id, ref);
CREATE INDEX confirmation_by_case ON confirmation (case_id);

-- Work that waits on somebody outside: what was promised, for when.
-- list: shadow
CREATE TABLE waiting (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	role TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	what TEXT COLLATE "C" NOT NULL DEFAULT '',
	ticket TEXT COLLATE "C" NOT NULL DEFAULT '',
	promised_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	typed TEXT COLLATE "C" NOT NULL DEFAULT '',
	asked BIGINT NOT NULL DEFAULT 0,
	asked_at BIGINT,
	next_ask_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	raised BIGINT NOT NULL DEFAULT 0,
	raised_to TEXT COLLATE "C" NOT NULL DEFAULT '',
	raise_after TEXT COLLATE "C" NOT NULL DEFAULT '',
	raise_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	result TEXT COLLATE "C" NOT NULL DEFAULT '',
	instance TEXT COLLATE "C" NOT NULL DEFAULT '',
	owner_id TEXT COLLATE "C",
	created_at BIGINT,
	ended_at BIGINT
);
CREATE UNIQUE INDEX waiting_by_case ON waiting (case_id, n);
CREATE INDEX waiting_open ON waiting (promised_at, id) WHERE ended_at IS NULL;
CREATE INDEX waiting_ask ON waiting (next_ask_at, id) WHERE ended_at IS NULL;

-- Each time that somebody was asked about a waiting, or a decision.
-- list: shadow
CREATE TABLE asking (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	waiting_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	at BIGINT,
	by_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	whom TEXT COLLATE "C" NOT NULL DEFAULT '',
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	text TEXT COLLATE "C" NOT NULL DEFAULT '',
	promised_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	raised BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX asking_by_waiting ON asking (waiting_id, at);

-- Orders asked for: of whom, until when, what was answered or what the plan
-- allows without an answer.
-- list: shadow
CREATE TABLE decision (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	question TEXT COLLATE "C" NOT NULL DEFAULT '',
	role TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	asked_by TEXT COLLATE "C",
	asked_at BIGINT,
	until_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	options TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	answer TEXT COLLATE "C" NOT NULL DEFAULT '',
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	answered_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	answered_at BIGINT,
	fallback TEXT COLLATE "C" NOT NULL DEFAULT '',
	authority TEXT COLLATE "C" NOT NULL DEFAULT '',
	fallback_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	fallback_at BIGINT,
	doc_number TEXT COLLATE "C" NOT NULL DEFAULT '',
	doc_date TEXT COLLATE "C" NOT NULL DEFAULT '',
	instance TEXT COLLATE "C" NOT NULL DEFAULT '',
	tries BIGINT NOT NULL DEFAULT 0,
	ended_at BIGINT
);
CREATE UNIQUE INDEX decision_by_case ON decision (case_id, n);
CREATE INDEX decision_open ON decision (until_at, id) WHERE ended_at IS NULL;
CREATE INDEX decision_by_step ON decision (instance) WHERE instance <> '';

-- One affected place of a case (list ''), or one row of a step's check-list (list
-- is the step's instance; 'removed': taken off the list again).  down_ms: what the
-- spells of being down came to before down_since; down_from: when the last of them
-- began, while its end still is `since`.
-- list: shadow
CREATE TABLE point (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	list TEXT COLLATE "C" NOT NULL DEFAULT '',
	ref_kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	ref TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	name_key TEXT COLLATE "C" NOT NULL DEFAULT '',
	area TEXT COLLATE "C" NOT NULL DEFAULT '',
	carrier TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	since BIGINT,
	reserve TEXT COLLATE "C" NOT NULL DEFAULT '',
	reserve_at BIGINT,
	told_at BIGINT,
	told_how TEXT COLLATE "C" NOT NULL DEFAULT '',
	confirmed_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	confirmed_at BIGINT,
	person TEXT COLLATE "C" NOT NULL DEFAULT '',
	back_at BIGINT,
	down_since BIGINT,
	down_ms BIGINT NOT NULL DEFAULT 0,
	down_from BIGINT,
	ticked_at BIGINT,
	ticked_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	over_told_at BIGINT,
	over_told_how TEXT COLLATE "C" NOT NULL DEFAULT '',
	cells TEXT COLLATE "C" NOT NULL DEFAULT '',
	note TEXT COLLATE "C" NOT NULL DEFAULT ''
);
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
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	rule TEXT COLLATE "C" NOT NULL DEFAULT '',
	form TEXT COLLATE "C" NOT NULL DEFAULT '',
	title TEXT COLLATE "C" NOT NULL DEFAULT '',
	title_en TEXT COLLATE "C" NOT NULL DEFAULT '',
	behalf TEXT COLLATE "C" NOT NULL DEFAULT '',
	recipient TEXT COLLATE "C" NOT NULL DEFAULT '',
	start_event TEXT COLLATE "C" NOT NULL DEFAULT '',
	start_at BIGINT,
	span TEXT COLLATE "C" NOT NULL DEFAULT '',
	due_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	typed TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	met_at BIGINT,
	notice_id TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	decided_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	source TEXT COLLATE "C" NOT NULL DEFAULT '',
	condition TEXT COLLATE "C" NOT NULL DEFAULT '',
	lawful BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX deadline_by_case ON deadline (case_id, n);
CREATE INDEX deadline_running ON deadline (due_at, id) WHERE state = 'running';

-- A report to somebody who must be told, as a person sent it; form 'quick' is the
-- eight-line quick report.  head: the chain's end when it was made.
-- list: shadow
CREATE TABLE notice (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	form TEXT COLLATE "C" NOT NULL DEFAULT '',
	deadline_id TEXT COLLATE "C",
	register TEXT COLLATE "C" NOT NULL DEFAULT '',
	number TEXT COLLATE "C" NOT NULL DEFAULT '',
	doc_date TEXT COLLATE "C" NOT NULL DEFAULT '',
	to_role TEXT COLLATE "C" NOT NULL DEFAULT '',
	to_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	made_at BIGINT,
	sent_at BIGINT,
	sent_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	approved_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	confirmed_at BIGINT,
	confirmed_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	next_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	head TEXT COLLATE "C" NOT NULL DEFAULT '',
	text TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX notice_by_case ON notice (case_id, form, n);
CREATE INDEX notice_next ON notice (next_at, id) WHERE form = 'quick';

-- Minutes that somebody read, counting down: battery left, time to shut down.
-- list: shadow
CREATE TABLE countdown (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	variable TEXT COLLATE "C" NOT NULL DEFAULT '',
	label TEXT COLLATE "C" NOT NULL DEFAULT '',
	minutes BIGINT NOT NULL DEFAULT 0,
	read_at BIGINT,
	ends_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	instance TEXT COLLATE "C" NOT NULL DEFAULT '',
	asset_id TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	stopped_at BIGINT,
	stopped_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX countdown_by_case ON countdown (case_id, n);
CREATE INDEX countdown_running ON countdown (ends_at, id) WHERE state = 'running';

-- Days that do not count as working days, or that do though they fall on a
-- weekend.  day: 2027-02-06.
-- list: shadow
CREATE TABLE holiday (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	day TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	source TEXT COLLATE "C" NOT NULL DEFAULT '',
	origin TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX holiday_by_day ON holiday (day);

-- A duty with a period: one row a period, due once.
-- list: shadow
CREATE TABLE obligation (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	rule TEXT COLLATE "C" NOT NULL DEFAULT '',
	title TEXT COLLATE "C" NOT NULL DEFAULT '',
	title_en TEXT COLLATE "C" NOT NULL DEFAULT '',
	period TEXT COLLATE "C" NOT NULL DEFAULT '',
	label TEXT COLLATE "C" NOT NULL DEFAULT '',
	due_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	remind_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	recipient TEXT COLLATE "C" NOT NULL DEFAULT '',
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	result TEXT COLLATE "C" NOT NULL DEFAULT '',
	description TEXT COLLATE "C" NOT NULL DEFAULT '',
	done_at BIGINT,
	done_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	source TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX obligation_by_rule ON obligation (rule, label);
CREATE INDEX obligation_due ON obligation (remind_at, due_at, id) WHERE result <> 'done';

-- The shift log: what happened on the watch beside the cases.
-- list: shadow
CREATE TABLE shift_entry (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	at BIGINT,
	noted_at BIGINT,
	kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	text TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	asset_id TEXT COLLATE "C"
);
CREATE UNIQUE INDEX shift_entry_by_n ON shift_entry (n);
CREATE INDEX shift_entry_by_at ON shift_entry (at, id);

-- A hand-over of the shift; sheet is the page that both signed, head and
-- head_seq the chain's end when it was given.
-- list: shadow
CREATE TABLE handover (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	giver_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	giver TEXT COLLATE "C" NOT NULL DEFAULT '',
	taker_id TEXT COLLATE "C",
	taker TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	words TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	given_at BIGINT,
	taken_at BIGINT,
	sheet TEXT COLLATE "C" NOT NULL DEFAULT '',
	head TEXT COLLATE "C" NOT NULL DEFAULT '',
	head_seq BIGINT NOT NULL DEFAULT 0,
	withdrawn_at BIGINT,
	withdrawn_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX handover_by_n ON handover (n);
CREATE INDEX handover_open ON handover (taker_id) WHERE state = 'given';
CREATE INDEX handover_taken ON handover (taken_at, id) WHERE taken_at IS NOT NULL;

-- Work announced on a system: the first question of a new case is what changed.
-- list: shadow
CREATE TABLE planned_work (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	asset_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	what TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	to_at BIGINT,
	by_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	note TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX planned_work_by_n ON planned_work (n);
CREATE INDEX planned_work_by_asset ON planned_work (asset_id, to_at);
CREATE INDEX planned_work_by_end ON planned_work (to_at);

-- The police asked in writing to keep a case's scene or a system as it is.
-- list: shadow
CREATE TABLE hold (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	asset_id TEXT COLLATE "C",
	body TEXT COLLATE "C" NOT NULL DEFAULT '',
	doc_number TEXT COLLATE "C" NOT NULL DEFAULT '',
	doc_date TEXT COLLATE "C" NOT NULL DEFAULT '',
	what TEXT COLLATE "C" NOT NULL DEFAULT '',
	placed_at BIGINT,
	placed_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	released_at BIGINT,
	released_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	release_doc TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX hold_by_n ON hold (n);
CREATE INDEX hold_standing_case ON hold (case_id) WHERE state = 'held';
CREATE INDEX hold_standing_asset ON hold (asset_id) WHERE state = 'held';

-- Evidence handed over: from whom to whom, signed on paper.
-- list: shadow
CREATE TABLE custody (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	evidence_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	given_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	given_post TEXT COLLATE "C" NOT NULL DEFAULT '',
	taken_by TEXT COLLATE "C" NOT NULL DEFAULT '',
	taken_post TEXT COLLATE "C" NOT NULL DEFAULT '',
	taken_body TEXT COLLATE "C" NOT NULL DEFAULT '',
	place TEXT COLLATE "C" NOT NULL DEFAULT '',
	at BIGINT,
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	doc_number TEXT COLLATE "C" NOT NULL DEFAULT '',
	note TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX custody_by_case ON custody (case_id, n);
CREATE INDEX custody_by_evidence ON custody (evidence_id);

-- A layer of the roster: who is called first, second, who decides.  needed: how
-- many people it must have at any time; 0: may be empty.  counted: to be on it is
-- work, whose hours are counted; else it is to be reachable.
-- list: shadow
CREATE TABLE duty_layer (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	code TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	name_en TEXT COLLATE "C" NOT NULL DEFAULT '',
	position BIGINT NOT NULL DEFAULT 0,
	needed BIGINT NOT NULL DEFAULT 0,
	counted BIGINT NOT NULL DEFAULT 0,
	state TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX duty_layer_by_code ON duty_layer (code);

-- A rotation: who takes turns in a layer.  type is hourly, daily, weekly, monthly
-- or fixed; start a local time (2026-11-02T06:00) in zone; days the weekdays that it
-- covers (1 is Monday), clocks in minutes of the day; people a list of logins.
-- list: shadow
CREATE TABLE duty_rota (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	layer TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	type TEXT COLLATE "C" NOT NULL DEFAULT '',
	every BIGINT NOT NULL DEFAULT 0,
	start TEXT COLLATE "C" NOT NULL DEFAULT '',
	zone TEXT COLLATE "C" NOT NULL DEFAULT '',
	days TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_clock BIGINT NOT NULL DEFAULT 0,
	to_clock BIGINT NOT NULL DEFAULT 0,
	people TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_day TEXT COLLATE "C" NOT NULL DEFAULT '',
	to_day TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX duty_rota_by_n ON duty_rota (n);
CREATE INDEX duty_rota_by_layer ON duty_rota (layer, n);

-- One exception: kind is add, remove or replace (member_id in place of other_id).
-- swap_id: the swap that it carries out.
-- list: shadow
CREATE TABLE duty_override (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	layer TEXT COLLATE "C" NOT NULL DEFAULT '',
	kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	member_id TEXT COLLATE "C",
	other_id TEXT COLLATE "C",
	from_at BIGINT,
	to_at BIGINT,
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_name TEXT COLLATE "C" NOT NULL DEFAULT '',
	swap_id TEXT COLLATE "C"
);
CREATE UNIQUE INDEX duty_override_by_n ON duty_override (n);
CREATE INDEX duty_override_by_end ON duty_override (to_at, layer);

-- A temporary schedule: its shifts replace rotations and exceptions of its layer
-- for a span.  shifts: [{login, from, to}] in ms.
-- list: shadow
CREATE TABLE duty_spell (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	layer TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	to_at BIGINT,
	shifts TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	source TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_name TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX duty_spell_by_n ON duty_spell (n);
CREATE INDEX duty_spell_by_end ON duty_spell (to_at, layer);

-- Two people exchange shifts; nothing changes before both agreed.  back_*: the
-- shift given in return, or none.
-- list: shadow
CREATE TABLE duty_swap (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	layer TEXT COLLATE "C" NOT NULL DEFAULT '',
	asker_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	other_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	to_at BIGINT,
	back_layer TEXT COLLATE "C" NOT NULL DEFAULT '',
	back_from_at BIGINT,
	back_to_at BIGINT,
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	asked_at BIGINT,
	answered_at BIGINT,
	reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX duty_swap_by_n ON duty_swap (n);
CREATE INDEX duty_swap_asked ON duty_swap (other_id) WHERE state = 'asked';

-- A member is away: not called, and a gap where the roster has him.
-- list: shadow
CREATE TABLE absence (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	member_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	to_at BIGINT,
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_name TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX absence_by_n ON absence (n);
CREATE INDEX absence_by_member ON absence (member_id, to_at);
CREATE INDEX absence_by_end ON absence (to_at);

-- A span in which the watch is raised (Tet, a congress, a storm): extra is
-- {layer: people needed}.
-- list: shadow
CREATE TABLE raised_watch (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	kind TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	to_at BIGINT,
	extra TEXT COLLATE "C" NOT NULL DEFAULT '',
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	source TEXT COLLATE "C" NOT NULL DEFAULT '',
	by_name TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX raised_watch_by_n ON raised_watch (n);
CREATE INDEX raised_watch_by_end ON raised_watch (to_at);

-- Who was on call, as it was: written when it begins and ends, never computed
-- again.  to_at NULL: still.
-- list: shadow
CREATE TABLE duty_past (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	layer TEXT COLLATE "C" NOT NULL DEFAULT '',
	member_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	from_at BIGINT,
	to_at BIGINT
);
CREATE INDEX duty_past_by_layer ON duty_past (layer, from_at);
CREATE INDEX duty_past_open ON duty_past (layer) WHERE to_at IS NULL;

-- How a member wants to be reached: quiet hours, channels by severity.
-- list: shadow
CREATE TABLE member_wish (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	member_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	name TEXT COLLATE "C" NOT NULL DEFAULT '',
	value TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX member_wish_by_name ON member_wish (member_id, name);

-- Who is called until somebody answers.  subject is case, step or deadline, ref
-- its id; plan the policy as it was when this began; at_step and round say how far
-- it is; last_at when somebody was called last.  state is running, answered or
-- ended; answered: ack_until is when the answer runs out.
-- list: shadow
CREATE TABLE escalation (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	n BIGINT NOT NULL DEFAULT 0,
	subject TEXT COLLATE "C" NOT NULL DEFAULT '',
	ref TEXT COLLATE "C" NOT NULL DEFAULT '',
	title TEXT COLLATE "C" NOT NULL DEFAULT '',
	policy TEXT COLLATE "C" NOT NULL DEFAULT '',
	plan TEXT COLLATE "C" NOT NULL DEFAULT '',
	severity BIGINT NOT NULL DEFAULT 0,
	state TEXT COLLATE "C" NOT NULL DEFAULT '',
	at_step BIGINT NOT NULL DEFAULT 0,
	round BIGINT NOT NULL DEFAULT 0,
	next_at BIGINT NOT NULL DEFAULT 9223372036854775807,
	last_at BIGINT,
	started_at BIGINT,
	ended_at BIGINT,
	ack_by TEXT COLLATE "C",
	ack_at BIGINT,
	ack_until BIGINT NOT NULL DEFAULT 9223372036854775807,
	reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX escalation_by_case ON escalation (case_id, n);
CREATE INDEX escalation_by_ref ON escalation (ref) WHERE ref <> '';
CREATE INDEX escalation_due ON escalation (next_at, id) WHERE state = 'running';
CREATE INDEX escalation_answered ON escalation (ack_until, id) WHERE state = 'answered';

-- One person called by one step of an escalation: answer is '', ack, decline or
-- pass; skipped says why somebody of the step was not called.
-- list: shadow
CREATE TABLE call_turn (
	id TEXT COLLATE "C" PRIMARY KEY,
	case_id TEXT COLLATE "C",
	escalation_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	at_step BIGINT NOT NULL DEFAULT 0,
	round BIGINT NOT NULL DEFAULT 0,
	member_id TEXT COLLATE "C" NOT NULL DEFAULT '',
	why TEXT COLLATE "C" NOT NULL DEFAULT '',
	at BIGINT,
	answer TEXT COLLATE "C" NOT NULL DEFAULT '',
	answered_at BIGINT,
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	proof TEXT COLLATE "C" NOT NULL DEFAULT '',
	skipped TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX call_turn_by_escalation ON call_turn (escalation_id, at);
CREATE INDEX call_turn_open ON call_turn (member_id, at) WHERE answer = '';

-- The words of each event that has text, newest first by seq: marked (lower
-- case) and folded (marks off); two full-text indexes over them.
-- list: index
CREATE TABLE search_doc (
	seq BIGINT PRIMARY KEY,
	case_id TEXT COLLATE "C" NOT NULL,
	place TEXT COLLATE "C" NOT NULL,
	marked TEXT COLLATE "C" NOT NULL,
	folded TEXT COLLATE "C" NOT NULL
);
CREATE INDEX search_doc_by_case ON search_doc (case_id, place, seq);
ALTER TABLE search_doc ADD COLUMN marked_words TSVECTOR
	GENERATED ALWAYS AS (array_to_tsvector(string_to_array(trim(marked), ' '))) STORED;
CREATE INDEX search_marked ON search_doc USING gin (marked_words);
ALTER TABLE search_doc ADD COLUMN folded_words TSVECTOR
	GENERATED ALWAYS AS (array_to_tsvector(string_to_array(trim(folded), ' '))) STORED;
CREATE INDEX search_folded ON search_doc USING gin (folded_words);

-- Kept, not counted: cases by status, messages by state, ...
-- list: index
CREATE TABLE kept_count (
	name TEXT COLLATE "C" PRIMARY KEY,
	value BIGINT NOT NULL
);

-- list: local
CREATE TABLE local_lease (
	name TEXT COLLATE "C" PRIMARY KEY,
	holder TEXT COLLATE "C" NOT NULL,
	fence BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);

-- list: local
CREATE TABLE local_claim (
	message_id TEXT COLLATE "C" PRIMARY KEY,
	holder TEXT COLLATE "C" NOT NULL,
	fence BIGINT NOT NULL,
	claimed_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);

-- What waits to be sent, in the order in which it goes: rank, then the cases in
-- turn (fair: the case's id, or -), then next_at and position.  next_at 0: at once;
-- why: what it waits for until then; tries: those that failed.
-- list: local
CREATE TABLE local_delivery (
	message_id TEXT COLLATE "C" PRIMARY KEY,
	channel TEXT COLLATE "C" NOT NULL DEFAULT '',
	address TEXT COLLATE "C" NOT NULL DEFAULT '',
	rank BIGINT NOT NULL DEFAULT 0,
	fair TEXT COLLATE "C" NOT NULL DEFAULT '-',
	position BIGINT NOT NULL DEFAULT 0,
	tries BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	why TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX local_delivery_claim ON local_delivery (channel, rank, fair, next_at, position);
CREATE INDEX local_delivery_due ON local_delivery (channel, next_at);
CREATE INDEX local_delivery_to ON local_delivery (channel, address, next_at);

-- list: local
CREATE TABLE local_attempt (
	message_id TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	at BIGINT NOT NULL,
	result TEXT COLLATE "C" NOT NULL,
	reply TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (message_id, n)
);

-- list: local
CREATE TABLE local_channel (
	name TEXT COLLATE "C" PRIMARY KEY,
	state TEXT COLLATE "C" NOT NULL,
	since BIGINT NOT NULL,
	last_ok_at BIGINT,
	tries BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	reply TEXT COLLATE "C" NOT NULL
);

-- Small facts of this copy: last backup, last engine run.
-- list: local
CREATE TABLE local_fact (
	name TEXT COLLATE "C" PRIMARY KEY,
	value TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL
);

-- What left by a channel, for the limits of addresses and providers; rows older
-- than the longest limit are swept.
-- list: local
CREATE TABLE local_sent (
	channel TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	message_id TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (channel, address, at, message_id)
);
CREATE INDEX local_sent_by_time ON local_sent (channel, at);

-- Where reading from outside has come to: the last update of Telegram, the last
-- mail of a folder.
-- list: local
CREATE TABLE local_cursor (
	name TEXT COLLATE "C" PRIMARY KEY,
	value TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL
);

-- Refusals by source, so that somebody who guesses is slowed down.
-- list: local
CREATE TABLE local_refusal (
	source TEXT COLLATE "C" PRIMARY KEY,
	count BIGINT NOT NULL,
	since BIGINT NOT NULL,
	until BIGINT NOT NULL
);
