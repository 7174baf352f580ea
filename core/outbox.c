/* outbox.c owns the rows of messages: reading them, and the writers of rows. */
#include "core/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"

SQL(MESSAGE_INSERT, "ttittttt" "ttttti" "ttiii" "iiiitt",
	"INSERT INTO message (id, case_id, position, to_kind, to_id, to_name, role,"
	" channel, address, language, template, vars, state, is_open, reason, reply,"
	" drill, queued_by, queued_at, state_at, expires_at, rank, not_before, escalation,"
	" acts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
	" $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)");
SQL(MESSAGE_STATE_SET, "tiittt",
	"UPDATE message SET state = $1, is_open = $2, state_at = $3, reason = $4,"
	" reply = $5 WHERE id = $6");
SQL(MESSAGE_EXPIRY_SET, "it", "UPDATE message SET expires_at = $1 WHERE id = $2");
SQL(MESSAGE_ADDRESS_SET, "tt", "UPDATE message SET address = $1 WHERE id = $2");
SQL(MESSAGE_CHANNEL_SET, "tt", "UPDATE message SET channel = $1 WHERE id = $2");
SQL(MESSAGE_NOT_BEFORE_SET, "it", "UPDATE message SET not_before = $1 WHERE id = $2");
SQL(MESSAGE_BUNDLE_SET, "tt", "UPDATE message SET bundle = $1 WHERE id = $2");
SQL(MESSAGE_PROVIDER_SET, "tt", "UPDATE message SET provider = $1 WHERE id = $2");
SQL(MESSAGE_TEXT_SET, "tttt",
	"UPDATE message SET subject = $1, text = $2, text_hash = $3 WHERE id = $4");
SQL(MESSAGE_STATE_OF, "t", "SELECT state FROM message WHERE id = $1");
SQL(MESSAGE_BY_ID, "t", "SELECT " MESSAGE_COLUMNS " FROM message WHERE id = $1");
SQL(MESSAGE_BY_POSITION, "i",
	"SELECT " MESSAGE_COLUMNS " FROM message WHERE position = $1");
SQL(MESSAGES_ALL, "ii", "SELECT " MESSAGE_COLUMNS " FROM message"
	" WHERE position < $1 ORDER BY position DESC LIMIT $2");
SQL(MESSAGES_OPEN, "ii", "SELECT " MESSAGE_COLUMNS " FROM message"
	" WHERE is_open = 1 AND position < $1 ORDER BY position DESC LIMIT $2");
SQL(MESSAGES_IN_STATE, "tii", "SELECT " MESSAGE_COLUMNS " FROM message"
	" WHERE state = $1 AND position < $2 ORDER BY position DESC LIMIT $3");
SQL(MESSAGES_OF_CASE, "tii", "SELECT " MESSAGE_COLUMNS " FROM message"
	" WHERE case_id = $1 AND position < $2 ORDER BY position DESC LIMIT $3");
SQL(MESSAGES_COUNT, "t", "SELECT value FROM kept_count WHERE name = $1");

void
message_clear(struct message *m)
{
	free(m->to_name);
	free(m->role);
	free(m->address);
	free(m->vars);
	free(m->reason);
	free(m->reply);
	free(m->subject);
	free(m->text);
	free(m->acts);
	free(m->provider);
	*m = (struct message){ 0 };
}

#define PUT(field, column) \
	(void)snprintf(m->field, sizeof m->field, "%s", \
		stmt_null(st, column) ? "" : stmt_text(st, column))

void
message_from_row(struct message *m, struct stmt *st)
{
	*m = (struct message){ 0 };
	PUT(id, 0);
	PUT(case_id, 1);
	m->position = stmt_int(st, 2);
	PUT(to_kind, 3);
	PUT(to_id, 4);
	m->to_name = stmt_dup(st, 5);
	m->role = stmt_dup(st, 6);
	PUT(channel, 7);
	m->address = stmt_dup(st, 8);
	PUT(language, 9);
	PUT(template, 10);
	m->vars = stmt_dup(st, 11);
	PUT(state, 12);
	m->reason = stmt_dup(st, 13);
	m->reply = stmt_dup(st, 14);
	m->subject = stmt_dup(st, 15);
	m->text = stmt_dup(st, 16);
	m->drill = stmt_int(st, 17) != 0;
	m->queued_by = stmt_int(st, 18);
	m->queued_at = stmt_int(st, 19);
	m->state_at = stmt_int(st, 20);
	m->expires_at = stmt_int(st, 21);
	m->rank = stmt_int(st, 22);
	m->not_before = stmt_int(st, 23);
	PUT(escalation, 24);
	PUT(bundle, 25);
	m->acts = stmt_dup(st, 26);
	m->provider = stmt_dup(st, 27);
}

bool
message_state_open(const char *state)
{
	static const char *const open[] = { "queued", "sending", "held", "unknown", "failed" };

	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		if (strcmp(open[i], state) == 0) {
			return true;
		}
	}
	return false;
}

static bool
count_state(const struct applying *a, const char *state, int64_t delta,
	struct error *err)
{
	char name[40];

	(void)snprintf(name, sizeof name, "messages.%s", state);
	return apply_count(a, name, delta, err);
}

bool
apply_message_queued(const struct applying *a, struct error *err)
{
	const struct json *b = a->body;
	const char *state = json_text_of(b, "state");
	int64_t after = json_get_int(b, "after", 0);
	char *vars = json_canonical(json_get(b, "vars"));
	bool ok;

	ok = db_run(a->db, &MESSAGE_INSERT, err, TXT(json_text_of(b, "message")),
		TXT(a->event->case_id[0] == '\0' ? NULL : a->event->case_id),
		I64(a->event->seq), TXT(json_text_of(b, "to_kind")), TXT(json_text_of(b, "to")),
		TXT(json_text_of(b, "to_name")), TXT(json_text_of(b, "role")),
		TXT(json_text_of(b, "channel")), TXT(json_text_of(b, "address")),
		TXT(json_text_of(b, "language")), TXT(json_text_of(b, "template")), TXT(vars),
		TXT(state), I64(message_state_open(state)), TXT(json_text_of(b, "reason")),
		TXT(json_text_of(b, "reply")), I64(json_get_bool(b, "drill")),
		I64(after == 0 ? 0 : a->event->seq - after), I64(a->event->recorded_at),
		I64(a->event->recorded_at), I64(json_get_int(b, "expires_at", 0)),
		I64(json_get_int(b, "rank", RANK_PLAIN)), I64(json_get_int(b, "not_before", 0)),
		TXT(json_text_of(b, "escalation")), TXT(json_text_of(b, "acts")));
	free(vars);
	return ok && (json_get(b, "text") == NULL || apply_message_rendered(a, err)) &&
		count_state(a, state, 1, err) &&
		apply_version(a, json_text_of(b, "message"), "state", err);
}

/* What some changes of state carry beside it. */
static bool
apply_message_beside(const struct applying *a, const char *id, struct error *err)
{
	const char *bundle = json_get_text(a->body, "bundle");
	const char *provider = json_get_text(a->body, "provider");
	int64_t not_before = json_get_int(a->body, "not_before", -1);

	return (bundle == NULL ||
			db_run(a->db, &MESSAGE_BUNDLE_SET, err, TXT(bundle), TXT(id))) &&
		(provider == NULL ||
			db_run(a->db, &MESSAGE_PROVIDER_SET, err, TXT(provider), TXT(id))) &&
		(not_before < 0 ||
			db_run(a->db, &MESSAGE_NOT_BEFORE_SET, err, I64(not_before), TXT(id)));
}

/* What an answer changed of the calling that its message belongs to. */
static bool
apply_answer(const struct applying *a, struct error *err)
{
	return apply_rows(a, "call_turn", json_get(a->body, "turns"), false, err) &&
		apply_rows(a, "escalation", json_get(a->body, "calls"), false, err);
}

bool
apply_message_state(const struct applying *a, struct error *err)
{
	const char *id = json_text_of(a->body, "message");
	const char *state = json_text_of(a->body, "state");
	const char *address = json_get_text(a->body, "address");
	const char *by = json_get_text(a->body, "by"); /* how it was told by hand */
	int64_t expires = json_get_int(a->body, "expires_at", 0);
	char *was = NULL;
	bool ok;

	if (!db_one_text(a->db, &MESSAGE_STATE_OF, &was, err, TXT(id))) {
		return false;
	}
	ok = (was == NULL || count_state(a, was, -1, err)) &&
		count_state(a, state, 1, err) &&
		db_run(a->db, &MESSAGE_STATE_SET, err, TXT(state),
			I64(message_state_open(state)), I64(a->event->recorded_at),
			TXT(json_text_of(a->body, "reason")), TXT(json_text_of(a->body, "reply")),
			TXT(id)) &&
		(expires == 0 ||
			db_run(a->db, &MESSAGE_EXPIRY_SET, err, I64(expires), TXT(id))) &&
		(address == NULL ||
			db_run(a->db, &MESSAGE_ADDRESS_SET, err, TXT(address), TXT(id))) &&
		(by == NULL || db_run(a->db, &MESSAGE_CHANNEL_SET, err, TXT(by), TXT(id))) &&
		apply_message_beside(a, id, err) && apply_answer(a, err) &&
		apply_version(a, id, "state", err);
	free(was);
	return ok;
}

bool
apply_message_rendered(const struct applying *a, struct error *err)
{
	return db_run(a->db, &MESSAGE_TEXT_SET, err, TXT(json_text_of(a->body, "subject")),
		TXT(json_text_of(a->body, "text")), TXT(json_text_of(a->body, "hash")),
		TXT(json_text_of(a->body, "message")));
}

bool
message_find(struct message *out, struct desk *desk, const char *spec,
	struct error *err)
{
	struct stmt *st = uuid_valid(spec)
		? db_query(desk_db(desk), &MESSAGE_BY_ID, TXT(spec))
		: db_query(desk_db(desk), &MESSAGE_BY_POSITION, I64(strtoll(spec, NULL, 10)));
	bool found = false;

	*out = (struct message){ 0 };
	if (stmt_row(st)) {
		found = true;
		message_from_row(out, st);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	return found || error_set(err, ERR_NOT_FOUND,
		_("there is no message %.60s; see `suco outbox`"), spec);
}

bool
outbox_each(struct desk *desk, const struct outbox_filter *filter,
	message_visit *visit, void *arg, struct error *err)
{
	struct arg before = I64(filter->before == 0 ? INT64_MAX : filter->before);
	struct arg rows = I64(filter->limit == 0 ? 200 : filter->limit);
	struct db *db = desk_db(desk);
	struct stmt *st;
	bool go_on = true;

	if (filter->case_id != NULL) {
		st = db_query(db, &MESSAGES_OF_CASE, TXT(filter->case_id), before, rows);
	} else if (filter->state != NULL) {
		st = db_query(db, &MESSAGES_IN_STATE, TXT(filter->state), before, rows);
	} else {
		st = db_query(db, filter->open_only ? &MESSAGES_OPEN : &MESSAGES_ALL, before, rows);
	}
	while (go_on && stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		go_on = visit(&m, arg);
		message_clear(&m);
	}
	return stmt_done(st, err);
}

bool
outbox_count(struct desk *desk, const char *state, int64_t *out, struct error *err)
{
	char name[40];

	(void)snprintf(name, sizeof name, "messages.%s", state);
	*out = 0;
	return db_one_int(desk_db(desk), &MESSAGES_COUNT, out, err, TXT(name));
}
