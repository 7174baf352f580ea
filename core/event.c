/* event.c owns the form of an event: its header line, its hash, its row. */
#include "core/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"

void
event_clear(struct event *event)
{
	free(event->body);
	*event = (struct event){ 0 };
}

const char *
event_whose(const struct event *event)
{
	return event->acts_for[0] == '\0' ? event->actor_login : event->acts_for;
}

/* A JSON string as RFC 8785 writes it. */
static void
put_string(struct buf *out, const char *text)
{
	const char *p = text;

	buf_addc(out, '"');
	while (*p != '\0') {
		const char *start = p;

		/* Ids, hashes and kinds need no escape: one copy. */
		while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\') {
			p++;
		}
		buf_add(out, start, (size_t)(p - start));
		if (*p == '"' || *p == '\\') {
			buf_addc(out, '\\');
			buf_addc(out, *p++);
		} else if (*p != '\0') {
			buf_addf(out, "\\u%04x", (unsigned char)*p++);
		}
	}
	buf_addc(out, '"');
}

static void
put_key(struct buf *out, const char *key)
{
	buf_addc(out, '"');
	buf_adds(out, key);
	buf_add(out, "\":", 2);
}

static void
put_text(struct buf *out, const char *key, const char *text)
{
	put_key(out, key);
	if (text[0] == '\0') {
		buf_adds(out, "null");
	} else {
		put_string(out, text);
	}
	buf_addc(out, ',');
}

static void
put_int(struct buf *out, const char *key, int64_t value)
{
	char digits[24];
	char *p = digits + sizeof digits;
	uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;

	/* Verify writes a million headers: no printf here. */
	*--p = ',';
	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0) {
		*--p = '-';
	}
	put_key(out, key);
	buf_add(out, p, (size_t)(digits + sizeof digits - p));
}

void
event_header(struct buf *out, const struct event *event, const char *desk)
{
	buf_adds(out, "{\"actor\":{\"login\":");
	put_string(out, event->actor_login);
	buf_adds(out, ",\"member\":");
	if (event->actor[0] == '\0') {
		buf_adds(out, "null");
	} else {
		put_string(out, event->actor);
	}
	buf_adds(out, "},");
	put_text(out, "body_hash", event->body_hash);
	put_int(out, "body_v", event->body_v);
	put_text(out, "case", event->case_id);
	put_text(out, "case_prev", event->case_prev);
	put_text(out, "desk", desk);
	put_text(out, "for", event->acts_for);
	put_text(out, "id", event->id);
	put_text(out, "kind", event->kind);
	put_int(out, "occurred_at", event->occurred_at);
	put_text(out, "precision", event->precise);
	put_text(out, "prev", event->prev);
	put_int(out, "recorded_at", event->recorded_at);
	put_int(out, "seq", event->seq);
	put_int(out, "v", EVENT_LAYOUT);
	buf_adds(out, "\"zone\":");
	put_string(out, event->zone);
	buf_addc(out, '}');
}

void
event_hash(char out[HASH_SIZE], const struct event *event, const char *desk,
	struct buf *scratch)
{
	buf_clear(scratch);
	event_header(scratch, event, desk);
	hash_bytes(out, buf_text(scratch), scratch->len);
}

/* Copies a text column; false for what event_insert() never writes: a text that
 * is too long, hides something behind a NUL, or is empty instead of absent. */
static bool
take(char *out, size_t size, struct stmt *st, int column)
{
	size_t bytes = 0;
	const char *text = stmt_blob(st, column, &bytes);
	size_t len = text == NULL ? 0 : strnlen(text, bytes);

	if (len >= size || len != bytes || (bytes == 0 && !stmt_null(st, column))) {
		out[0] = '\0';
		return false;
	}
	memcpy(out, text == NULL ? "" : text, len);
	out[len] = '\0';
	return true;
}

/* The body, which has no limit of its own. */
static bool
take_body(struct event *event, struct stmt *st, int column)
{
	size_t bytes = 0;
	const char *text = stmt_blob(st, column, &bytes);

	if (stmt_null(st, column)) {
		return true;
	}
	event->has_body = true;
	event->body = xstrndup(text == NULL ? "" : text, bytes);
	return strlen(event->body) == bytes;
}

#define TAKE(field, column) take(event->field, sizeof event->field, st, column)

bool
event_from_row(struct event *event, struct stmt *st)
{
	size_t salt_len = 0;
	const void *salt;
	bool sane = true;

	event->seq = stmt_int(st, 0);
	sane &= TAKE(id, 1);
	sane &= TAKE(case_id, 2);
	sane &= TAKE(prev, 3);
	sane &= TAKE(case_prev, 4);
	event->recorded_at = stmt_int(st, 5);
	event->occurred_at = stmt_int(st, 6);
	sane &= TAKE(precise, 7);
	sane &= TAKE(zone, 8);
	sane &= TAKE(actor, 9);
	sane &= TAKE(actor_login, 10);
	sane &= TAKE(acts_for, 11);
	sane &= TAKE(kind, 12);
	event->body_v = stmt_int(st, 13);
	sane &= TAKE(body_hash, 14);
	sane &= TAKE(hash, 15);
	salt = stmt_blob(st, 16, &salt_len);
	sane &= take_body(event, st, 17);
	if (event->has_body) {
		if (salt_len != SALT_BYTES) {
			return false;
		}
		memcpy(event->salt, salt, SALT_BYTES);
	} else {
		sane &= salt_len == 0;
	}
	return sane;
}

SQL(EVENT_INSERT, "itttt" "iitt" "tttti" "ttbt",
	"INSERT INTO event (" EVENT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7,"
	" $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)");

static const char *
or_null(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

bool
event_insert(struct db *db, const struct event *event, struct error *err)
{
	return db_run(db, &EVENT_INSERT, err, I64(event->seq), TXT(event->id),
		TXT(or_null(event->case_id)), TXT(or_null(event->prev)),
		TXT(or_null(event->case_prev)), I64(event->recorded_at),
		I64(event->occurred_at), TXT(event->precise), TXT(event->zone),
		TXT(or_null(event->actor)), TXT(event->actor_login),
		TXT(or_null(event->acts_for)), TXT(event->kind), I64(event->body_v),
		TXT(event->body_hash), TXT(event->hash),
		BLOB(event->salt, SALT_BYTES), TXT(event->body));
}

SQL(EVENT_BY_SEQ, "i", "SELECT " EVENT_COLUMNS " FROM event WHERE seq = $1");

bool
event_load(struct event *out, struct db *db, int64_t seq, struct error *err)
{
	struct stmt *st = db_query(db, &EVENT_BY_SEQ, I64(seq));
	bool found = false;
	bool sane = true;

	*out = (struct event){ 0 };
	if (stmt_row(st)) {
		found = true;
		sane = event_from_row(out, st);
	}
	if (!stmt_done(st, err)) {
		event_clear(out);
		return false;
	}
	if (!found) {
		return error_set(err, ERR_NOT_FOUND, _("there is no event %lld"),
			(long long)seq);
	}
	if (!sane) {
		event_clear(out);
		return error_set(err, ERR_IO, _("event %lld is damaged; run `suco verify`"),
			(long long)seq);
	}
	return true;
}
