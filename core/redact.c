/* redact.c takes text out of a case: it decides which events say it, appends a
 * redaction for each, and leaves no byte of it in the desk's files. */
#include "core/db_file.h"
#include "core/redact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/body.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox_bundle.h"
#include "core/redact_private.h"
#include "core/redact_rows.h"
#include "core/search_index.h"
#include "core/text.h"

/* What belongs to no case: the shift log, hand-overs, planned work, reports. */
SQL(EVENTS_OF_DESK, "i", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id IS NULL"
	" AND seq > $1 ORDER BY seq LIMIT 1");
SQL(EVENTS_OF_CASE, "ti", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" AND seq > $2 ORDER BY seq LIMIT 1");
SQL(BODY_DESTROY, "i", "UPDATE event SET body = NULL, salt = NULL WHERE seq = $1");
SQL(BACKUPS, "", "SELECT name, at FROM local_fact WHERE name >= 'backup:'"
	" AND name < 'backup;' ORDER BY name");

/* The body and its salt go with the event that says so; replay has no event
 * rows, and nothing goes there. */
bool
apply_redacted(const struct applying *a, struct error *err)
{
	int64_t seq = json_get_int(a->body, "seq", 0);
	char subject[MARK_SIZE];

	mark_subject(subject, seq);
	return apply_version(a, subject, "redacted", err) &&
		db_run(a->db, &BODY_DESTROY, err, I64(seq)) && remask_redacted(a, err);
}

const char *const *
redact_fields(const char *kind)
{
	const struct redact_kind *row = redact_kind(kind);

	return row == NULL ? NULL : row->texts;
}

static bool
put_required(struct json *body, const char *key, const char *what, const char *text,
	struct error *err)
{
	char *clean = NULL;

	if (text == NULL || text[strspn(text, " \t\n")] == '\0') {
		(void)error_set(err, ERR_REFUSED, _("a redaction needs a law and a reason"));
		return error_how(err, "--law, --reason");
	}
	if (!text_accept(&clean, text, strlen(text), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    what, err)) {
		return false;
	}
	json_set_text(body, key, clean);
	free(clean);
	return true;
}

static void
add_redaction(struct redacting *r, const struct event *event, const char *case_id,
	struct json *replacement)
{
	struct json *body = json_copy(r->terms);

	json_set_int(body, "seq", event->seq);
	json_set_text(body, "of", event->kind);
	json_set(body, "replacement", replacement);
	change_add(r->desk, "redacted", case_id, body);
	r->events++;
}

void
redact_add(struct redacting *r, const struct event *event, struct json *replacement)
{
	add_redaction(r, event, r->case_id, replacement);
}

static bool
no_such_field(const struct event *event, const char *const *texts, struct error *err)
{
	struct buf all = { 0 };

	for (; texts != NULL && *texts != NULL; texts++) {
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", *texts);
	}
	if (strcmp(event->kind, "evidence_added") == 0) {
		buf_adds(&all, ", bytes");
	}
	(void)(all.len == 0
		? error_set(err, ERR_REFUSED, _("event %lld (%s) holds no text that could be"
			" redacted"), (long long)event->seq, event->kind)
		: error_set(err, ERR_BAD_INPUT, _("event %lld (%s) has no such text; it may"
			" have: %s"), (long long)event->seq, event->kind, buf_text(&all)));
	buf_free(&all);
	return false;
}

/* Each field must be there; "bytes" stands for the file of evidence. */
static bool
check_fields(struct redacting *r, const struct event *event, const struct json *body,
	struct error *err)
{
	const char *of = json_get_text(body, "of");
	const char *kind = strcmp(event->kind, "undone") == 0 ||
		strcmp(event->kind, "redone") == 0 ? of : event->kind;

	for (int i = 0; i < r->what->field_count; i++) {
		struct masking one = { .fields = &r->what->fields[i], .field_count = 1 };
		bool bytes = strcmp(r->what->fields[i], "bytes") == 0 &&
			strcmp(event->kind, "evidence_added") == 0 &&
			json_text_of(body, "hash")[0] != '\0';
		bool there = bytes || mask_collect(&one, event->kind, body) > 0;

		masking_clear(&one);
		if (!there) {
			return no_such_field(event, redact_fields(kind == NULL ? "" : kind), err);
		}
		if (bytes) {
			r->m.drop_hash = json_get_text(body, "hash");
		}
	}
	return r->what->field_count > 0 ||
		no_such_field(event, redact_fields(kind == NULL ? "" : kind), err);
}

/* Pages of the hand-over show the titles of open cases, and more of them; so do
 * messages that speak of several. */
SQL(EVENTS_OF_PAGES, "i", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id IS NULL"
	" AND seq > $1 AND kind IN ('handover_given', 'handover_taken',"
	" 'handover_withdrawn', 'message_queued', 'message_rendered', 'redacted')"
	" ORDER BY seq LIMIT 1");
SQL(MESSAGE_OF_SEVERAL, "t", "SELECT COUNT(*) FROM message WHERE id = $1"
	" AND template IN ('" BUNDLE_TEMPLATE "', '" DIGEST_TEMPLATE "')");
SQL(TIN_CASE, "tt", "SELECT COUNT(*) FROM tin WHERE id = $1 AND case_id = $2");
/* What callers told stands on the desk, not in the case that they joined later. */
SQL(EVENTS_OF_TINS, "i", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id IS NULL"
	" AND seq > $1 AND kind IN ('tin_added', 'tin_set', 'tin_taken', 'tin_replied',"
	" 'tin_help', 'tin_done', 'tin_closed') ORDER BY seq LIMIT 1");

/* Is it the report of a caller of this case? */
static bool
of_a_caller(struct redacting *r, const struct event *event, const struct json *body,
	bool *is, struct error *err)
{
	const char *tin = json_get_text(body, "tin");
	int64_t count = 0;

	*is = false;
	if (event->case_id[0] != '\0' || tin == NULL) {
		return true;
	}
	if (!db_one_int(desk_db(r->desk), &TIN_CASE, &count, err, TXT(tin), TXT(r->case_id))) {
		return false;
	}
	*is = count > 0;
	return true;
}

static bool
check_target(struct redacting *r, const struct event *event, const struct json *body,
	struct error *err)
{
	bool caller;

	if (!of_a_caller(r, event, body, &caller, err)) {
		return false;
	}
	if (!caller && strcmp(event->case_id, r->case_id) != 0) {
		return error_set(err, ERR_NOT_FOUND, r->case_id[0] == '\0'
			? _("event %lld is a case's: name the case")
			: _("there is no event %lld on this case"), (long long)event->seq);
	}
	if (strcmp(event->kind, "redacted") == 0) {
		return error_set(err, ERR_REFUSED,
			_("event %lld is a redaction: name the event that it is about"),
			(long long)event->seq);
	}
	if (!check_fields(r, event, body, err)) {
		return false;
	}
	(void)mask_collect(&r->m, event->kind, body);
	if (mask_says(&r->m, r->what->law) || mask_says(&r->m, r->what->reason)) {
		return error_set(err, ERR_REFUSED,
			_("the law or the reason repeats what is to be redacted"));
	}
	return true;
}

/* A page of the hand-over, a message of several cases, or the redaction of one?  An
 * older message that a newer one replaced carries none of them any more: all are
 * looked at. */
static bool
is_page(struct redacting *r, const struct event *event, const struct json *body,
	bool *is, struct error *err)
{
	const char *kind = event->kind;
	int64_t several = 0;

	while (strcmp(kind, "redacted") == 0) {
		kind = json_text_of(body, "of");
		body = json_get(body, "replacement");
	}
	*is = strncmp(kind, "handover_", strlen("handover_")) == 0;
	if (*is || event->case_id[0] != '\0' || strncmp(kind, "message_", 8) != 0) {
		return true;
	}
	if (!db_one_int(desk_db(r->desk), &MESSAGE_OF_SEVERAL, &several, err,
		    TXT(json_text_of(body, "message")))) {
		return false;
	}
	*is = several > 0;
	return true;
}

/* An event without a body lives on in its redaction, which comes by itself. */
static bool
mask_other(struct redacting *r, const struct event *event, struct error *err)
{
	struct json *body = NULL;
	struct json *replacement;
	bool caller;
	bool page;

	if (!event->has_body) {
		return true;
	}
	if (!json_parse(&body, event->body, strlen(event->body), NULL, err)) {
		return false;
	}
	if (!of_a_caller(r, event, body, &caller, err) ||
	    !is_page(r, event, body, &page, err)) {
		json_free(body);
		return false;
	}
	replacement = caller || page || strcmp(event->case_id, r->case_id) == 0
		? mask_body(&r->m, event->kind, body, false) : NULL;
	if (replacement != NULL) {
		/* A page is the desk's: its redactions are found there by the next. */
		add_redaction(r, event, caller || event->case_id[0] != '\0' ? r->case_id : "",
			replacement);
	}
	json_free(body);
	return true;
}

/* The next event of the walk, masked; *after is its seq.  False with *more: none. */
static bool
mask_next(struct redacting *r, struct stmt *st, int64_t *after, bool *more,
	struct error *err)
{
	struct event event = { 0 };
	bool ok = true;

	*more = stmt_row(st);
	if (*more && !event_from_row(&event, st)) {
		ok = error_set(err, ERR_IO, _("event %lld is damaged; run `suco verify`"),
			(long long)event.seq);
	}
	*after = event.seq;
	ok = stmt_done(st, err) && ok;
	ok = ok && (!*more || event.seq == r->seq || mask_other(r, &event, err));
	event_clear(&event);
	return ok;
}

/* The walks must not see the events that they append: those wait for the end. */
static bool
mask_each(struct redacting *r, const struct sql *sql, struct error *err)
{
	struct db *db = desk_db(r->desk);
	bool more = true;
	bool ok = true;

	for (int64_t after = 0; ok && more;) {
		ok = mask_next(r, sql == &EVENTS_OF_CASE
			? db_query(db, sql, TXT(r->case_id), I64(after))
			: db_query(db, sql, I64(after)), &after, &more, err);
	}
	return ok;
}

bool
redact_others(struct redacting *r, struct error *err)
{
	if (r->case_id[0] == '\0') {
		return mask_each(r, &EVENTS_OF_DESK, err);
	}
	return mask_each(r, &EVENTS_OF_CASE, err) && mask_each(r, &EVENTS_OF_TINS, err) &&
		mask_each(r, &EVENTS_OF_PAGES, err);
}

static bool
decide(struct redacting *r, struct error *err)
{
	struct event event = { 0 };
	struct json *body = NULL;
	struct json *replacement;
	bool ok = event_load(&event, desk_db(r->desk), r->seq, err) &&
		body_in_force(&body, desk_db(r->desk), &event, err) &&
		check_target(r, &event, body, err);

	if (ok) {
		replacement = mask_body(&r->m, event.kind, body, true);
		if (replacement != NULL) {
			redact_add(r, &event, replacement);
		}
		ok = (r->m.value_count == 0 && r->m.drop_hash == NULL) ||
			redact_others(r, err);
	}
	r->m.drop_hash = NULL;
	json_free(body);
	event_clear(&event);
	return ok;
}

static struct json *
terms_of(const struct redaction *what, struct error *err)
{
	struct json *terms = json_object();
	struct json *fields = json_array();

	for (int i = 0; i < what->field_count; i++) {
		json_push(fields, json_string(what->fields[i]));
	}
	json_set(terms, "fields", fields);
	if (!put_required(terms, "law", _("law"), what->law, err) ||
	    !put_required(terms, "reason", _("reason"), what->reason, err)) {
		json_free(terms);
		return NULL;
	}
	return terms;
}

static bool
in_change(struct redacting *r, struct error *err)
{
	bool ok;

	if (!change_begin(r->desk, err)) {
		return false;
	}
	ok = r->decide(r, err) && change_flush(r->desk, err) &&
		(r->events == 0 || search_index_rebuild(desk_db(r->desk), err));
	return change_end(r->desk, ok, err);
}

static bool
list_backups(struct desk *desk, struct redact_result *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &BACKUPS, NOARGS);

	out->left = json_array();
	while (stmt_row(st)) {
		struct json *row = json_object();

		json_set_text(row, "backup", stmt_text(st, 0) + strlen("backup:"));
		json_set_int(row, "at", stmt_int(st, 1));
		json_push(out->left, row);
	}
	if (stmt_done(st, err)) {
		return true;
	}
	json_free(out->left);
	out->left = NULL;
	return false;
}

bool
redact_run(struct redacting *r, struct redact_result *out, struct error *err)
{
	struct error why;
	bool ok;

	r->m.fields = r->what->fields;
	r->m.field_count = r->what->field_count;
	if (!desk_may(r->desk, ACT_REDACT, err) ||
	    (r->terms = terms_of(r->what, err)) == NULL) {
		return false;
	}
	*out = (struct redact_result){ 0 };
	ok = in_change(r, err) && list_backups(r->desk, out, err);
	out->events = r->events;
	json_free(r->terms);
	/* Committed: what is left to do is to give the pages back, which a reader
	 * may hold up for a while; the same verb again tries again. */
	out->compacted = ok && db_compact(desk_db(r->desk), &why);
	return ok;
}

bool
redact(struct desk *desk, const char *case_id, int64_t seq,
	const struct redaction *what, struct redact_result *out, struct error *err)
{
	struct redacting r = {
		.desk = desk, .case_id = case_id, .seq = seq, .what = what, .decide = decide,
	};
	bool ok = redact_run(&r, out, err);

	masking_clear(&r.m);
	return ok;
}
