/* change.c owns the transaction: it numbers, chains, hashes and inserts events,
 * hands them to apply, and knows whether an unclear commit happened. */
#include "core/change.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/conflict.h"
#include "core/desk_private.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/lease.h"
#include "core/mem.h"

/* The head row is locked last in the transaction (DATA 8). */
SQL(HEAD_TAKE, "ii",
	"UPDATE head SET seq = seq + $1 WHERE one = 1 AND schema_number = $2"
	" RETURNING seq, hash");
SQL(HEAD_SET, "ti", "UPDATE head SET hash = $1, recorded_at = $2 WHERE one = 1");
SQL(CASE_LAST_HASH, "t",
	"SELECT hash FROM event WHERE case_id = $1 ORDER BY seq DESC LIMIT 1");
SQL(EVENT_ID_THERE, "t", "SELECT seq FROM event WHERE id = $1");
SQL(FIELD_SEQ, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");

static void
drop_pending(struct change *change)
{
	struct pending *next;

	for (struct pending *p = change->first; p != NULL; p = next) {
		next = p->next;
		json_free(p->body);
		free(p);
	}
	change->first = NULL;
	change->last = &change->first;
}

void
change_fence(struct desk *desk, const struct lease *lease)
{
	desk->fence = lease;
}

/* An engine that slept past its lease must not go on where it stood. */
static bool
may_begin(struct desk *desk, struct error *err)
{
	bool held = true;

	if (desk->fence != NULL && !lease_check(desk, desk->fence, &held, err)) {
		return false;
	}
	return held || error_set(err, ERR_CONFLICT, _("another engine leads by now"));
}

bool
change_begin(struct desk *desk, struct error *err)
{
	struct change *change = &desk->change;

	if (change->depth > 0 && change->failed) {
		/* Nothing may be written outside a transaction. */
		return error_set(err, ERR_REFUSED,
			_("the change has failed already: nothing more is added to it"));
	}
	if (change->depth > 0) {
		change->depth++;
		return true;
	}
	if (desk->readonly) {
		return error_set(err, ERR_FORBIDDEN, _("the desk is open for reading only"));
	}
	if (!db_begin(desk->db, err)) {
		return false;
	}
	if (!may_begin(desk, err)) {
		db_rollback(desk->db);
		return false;
	}
	change->depth = 1;
	change->failed = false;
	change->recorded_at = 0;
	change->appended_count = 0;
	drop_pending(change);
	return true;
}

void
change_add_at(struct desk *desk, const char *kind, const char *case_id,
	struct json *body, struct event_time time)
{
	struct change *change = &desk->change;
	struct pending *p = xcalloc(1, sizeof *p);

	assert(change->depth > 0);
	assert(event_kind(kind) != NULL);
	(void)snprintf(p->kind, sizeof p->kind, "%s", kind);
	(void)snprintf(p->case_id, sizeof p->case_id, "%s", case_id == NULL ? "" : case_id);
	if (change->next_id[0] != '\0') {
		memcpy(p->id, change->next_id, UUID_SIZE);
		change->next_id[0] = '\0';
	} else {
		uuid_v7(p->id, desk_now(desk));
	}
	p->body = body;
	p->time = time;
	*change->last = p;
	change->last = &p->next;
}

void
change_add(struct desk *desk, const char *kind, const char *case_id,
	struct json *body)
{
	change_add_at(desk, kind, case_id, body, (struct event_time){ 0 });
}

int
change_mark(const struct desk *desk)
{
	int count = 0;

	for (const struct pending *p = desk->change.first; p != NULL; p = p->next) {
		count++;
	}
	return count;
}

/* A head row of another number means that the desk was upgraded under us. */
static bool
take_head(struct desk *desk, int64_t count, int64_t *seq, char hash[HASH_SIZE],
	struct error *err)
{
	struct stmt *st = db_query(desk->db, &HEAD_TAKE, I64(count), I64(DESK_SCHEMA));
	bool found = false;

	if (stmt_row(st)) {
		const char *text = stmt_text(st, 1);

		found = true;
		*seq = stmt_int(st, 0);
		(void)snprintf(hash, HASH_SIZE, "%s", text == NULL ? "" : text);
		(void)stmt_row(st);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (!found) {
		return error_set(err, ERR_UNAVAILABLE,
			_("suco was upgraded: restart it; what you typed is kept"));
	}
	return true;
}

static bool
fill_event(struct desk *desk, const struct pending *p, struct event *event,
	struct error *err)
{
	char *last = NULL;

	event->occurred_at = p->time.at == 0 ? event->recorded_at : p->time.at;
	(void)snprintf(event->precise, sizeof event->precise, "%s",
		p->time.precise == NULL ? "ms" : p->time.precise);
	(void)snprintf(event->zone, sizeof event->zone, "%s", zone_name(desk->zone));
	memcpy(event->id, p->id, UUID_SIZE);
	memcpy(event->actor, desk->actor.id, UUID_SIZE);
	(void)snprintf(event->actor_login, sizeof event->actor_login, "%s",
		desk->actor.login);
	if (strcmp(desk->actor.login, desk->me.login) != 0) {
		(void)snprintf(event->acts_for, sizeof event->acts_for, "%s",
			desk->me.login);
	}
	(void)snprintf(event->kind, sizeof event->kind, "%s", p->kind);
	event->body_v = event_kind(p->kind)->body_v;
	if (p->case_id[0] != '\0') {
		memcpy(event->case_id, p->case_id, UUID_SIZE);
		if (!db_one_text(desk->db, &CASE_LAST_HASH, &last, err, TXT(p->case_id))) {
			return false;
		}
		(void)snprintf(event->case_prev, HASH_SIZE, "%s", last == NULL ? "" : last);
		free(last);
	}
	event->body = json_canonical(p->body);
	event->has_body = true;
	random_bytes(event->salt, SALT_BYTES);
	hash_salted(event->body_hash, event->salt, event->body, strlen(event->body));
	return true;
}

static void
remember(struct change *change, const struct event *event)
{
	struct appended *row;

	if (change->appended_count == change->appended_cap) {
		change->appended_cap = change->appended_cap == 0 ? 8 : change->appended_cap * 2;
		change->appended = xrealloc(change->appended,
			(size_t)change->appended_cap * sizeof *change->appended);
	}
	row = &change->appended[change->appended_count++];
	row->seq = event->seq;
	memcpy(row->id, event->id, UUID_SIZE);
	memcpy(row->kind, event->kind, sizeof row->kind);
}

static bool
append(struct desk *desk, const struct pending *p, int64_t seq, char prev[HASH_SIZE],
	int64_t recorded_at, struct error *err)
{
	struct event event = { .seq = seq, .recorded_at = recorded_at };
	struct buf scratch = { 0 };
	bool ok;

	memcpy(event.prev, prev, HASH_SIZE);
	ok = fill_event(desk, p, &event, err);
	if (ok) {
		event_hash(event.hash, &event, desk->id, &scratch);
		ok = event_insert(desk->db, &event, err) &&
			apply_event(desk->db, &event, p->body, err);
	}
	if (ok) {
		memcpy(prev, event.hash, HASH_SIZE);
		remember(&desk->change, &event);
	}
	buf_free(&scratch);
	event_clear(&event);
	return ok;
}

/* All events of a change have one time, however slowly it is written: by it undo
 * knows what came by one act.  Where the clock is moved within a change (the demo
 * desk's weeks), it is the clock's. */
static int64_t
recorded_now(struct desk *desk)
{
	struct change *change = &desk->change;
	int64_t now = desk_now(desk);

	if (change->recorded_at == 0 || now < change->recorded_at ||
	    now - change->recorded_at >= 2000) {
		change->recorded_at = now;
	}
	return change->recorded_at;
}

bool
change_flush(struct desk *desk, struct error *err)
{
	struct change *change = &desk->change;
	char prev[HASH_SIZE] = "";
	int64_t recorded_at = recorded_now(desk);
	int64_t count = 0;
	int64_t seq = 0;

	for (const struct pending *p = change->first; p != NULL; p = p->next) {
		count++;
	}
	if (count == 0) {
		return true;
	}
	if (!take_head(desk, count, &seq, prev, err)) {
		return false;
	}
	seq -= count;
	for (const struct pending *p = change->first; p != NULL; p = p->next) {
		if (!append(desk, p, ++seq, prev, recorded_at, err)) {
			return false;
		}
	}
	drop_pending(change);
	return db_run(desk->db, &HEAD_SET, err, TXT(prev), I64(recorded_at));
}

bool
change_flush_keep(struct desk *desk, int *mark, struct error *err)
{
	*mark -= change_mark(desk);
	return change_flush(desk, err);
}

/* After an unclear commit (the disk said no, or said nothing): the events are
 * there or not; never repeat blindly (DATA 1). */
static bool
commit_happened(struct desk *desk)
{
	const struct change *change = &desk->change;
	struct error ignored;
	int64_t seq = 0;

	if (change->appended_count == 0) {
		return false;
	}
	return db_one_int(desk->db, &EVENT_ID_THERE, &seq, &ignored,
		TXT(change->appended[0].id)) && seq != 0;
}

bool
change_end(struct desk *desk, bool ok, struct error *err)
{
	struct change *change = &desk->change;

	assert(change->depth > 0);
	if (ok && !change->failed) {
		ok = change_flush(desk, err);
	}
	if (!ok && !change->failed) {
		db_rollback(desk->db);
		drop_pending(change);
		change->failed = true;
	}
	change->depth--;
	if (change->depth > 0 || change->failed) {
		if (change->failed) {
			change->appended_count = 0;
		}
		return !change->failed && ok;
	}
	if (db_commit(desk->db, err) || commit_happened(desk)) {
		return true;
	}
	change->appended_count = 0;
	return false;
}

bool
change_end_with(struct desk *desk, bool ok, const char *kind, const char *case_id,
	struct json *body, struct error *err)
{
	if (ok && kind != NULL) {
		change_add(desk, kind, case_id, body);
	} else {
		json_free(body);
	}
	return change_end(desk, ok, err);
}

const struct appended *
change_appended(const struct desk *desk, int *count)
{
	*count = desk->change.appended_count;
	return desk->change.appended;
}

bool
change_guard(struct desk *desk, const char *subject, const char *field,
	const char *yours, const char *theirs, struct error *err)
{
	int64_t seq = 0;
	size_t len;

	if (desk->guard == 0) {
		return true;
	}
	if (!db_one_int(desk->db, &FIELD_SEQ, &seq, err, TXT(subject), TXT(field))) {
		return false;
	}
	if (seq <= desk->guard) {
		return true;
	}
	len = strlen(field);
	/* Columns that hold ids end in _id; people know the thing by its name. */
	len -= len > 3 && strcmp(field + len - 3, "_id") == 0 ? 3 : 0;
	/* Times and numbers come without words. */
	(void)((theirs == NULL || *theirs == '\0') && (yours == NULL || *yours == '\0')
		? error_set(err, ERR_CONFLICT, _("somebody changed %.*s first"), (int)len, field)
		: error_set(err, ERR_CONFLICT,
			_("somebody changed %.*s first: it is \"%s\" now, you wanted \"%s\""),
			(int)len, field, theirs == NULL || *theirs == '\0' ? _("empty") : theirs,
			yours == NULL || *yours == '\0' ? _("empty") : yours));
	conflict_detail(desk, seq, &(struct conflict){ subject, field, yours, theirs }, err);
	return false;
}

static char *
number_text(struct desk *desk, const char *field, int64_t value)
{
	size_t len = strlen(field);
	bool time = len > 3 && strcmp(field + len - 3, "_at") == 0;
	struct json *number;
	char *text;

	if (time && (value == 0 || value == NO_DUE)) {
		return xstrdup("");
	}
	number = json_int(value);
	text = conflict_value(desk, field, number);
	json_free(number);
	return text;
}

bool
change_guard_int(struct desk *desk, const char *subject, const char *field,
	int64_t yours, int64_t theirs, struct error *err)
{
	char *wanted = number_text(desk, field, yours);
	char *is = number_text(desk, field, theirs);
	bool ok = change_guard(desk, subject, field, wanted, is, err);

	free(wanted);
	free(is);
	return ok;
}
