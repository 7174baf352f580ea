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
	active INTEGER NOT NULL
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

-- list: shadow
CREATE TABLE playbook (
	hash TEXT PRIMARY KEY,
	id TEXT NOT NULL,
	modified TEXT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	language TEXT NOT NULL,
	origin TEXT NOT NULL,
	text TEXT NOT NULL
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
CREATE INDEX cases_merged ON cases (merged_into, id) WHERE merged_into IS NOT NULL;
CREATE INDEX cases_by_asset ON cases (asset_id, opened_at) WHERE asset_id IS NOT NULL;

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

-- kept is "desk" (its bytes are in evidence_blob) or "elsewhere".
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

-- A run pins its playbook by hash.
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
	ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX run_by_case ON run (case_id, n);

-- One execution of one step.  parent is the instance of the branch step that
-- opened the branch it stands in, or ''.
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
	note TEXT NOT NULL
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
-- rendered it; vars are what the template is rendered from.
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
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX message_by_position ON message (position);
CREATE INDEX message_by_case ON message (case_id, position) WHERE case_id IS NOT NULL;
CREATE INDEX message_open ON message (state, position) WHERE is_open = 1;
CREATE INDEX message_open_end ON message (expires_at) WHERE is_open = 1;

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

-- What delivery knows beside the events: tries and the time of the next.
-- list: local
CREATE TABLE local_delivery (
	message_id TEXT PRIMARY KEY,
	tries INTEGER NOT NULL,
	next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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
