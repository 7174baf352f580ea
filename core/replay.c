/* replay.c applies a desk's events to an empty database and compares the two,
 * table by table, row by row, column by column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/db_file.h"
#include "core/desk_private.h"
#include "core/event.h"
#include "core/evidence.h"
#include "core/i18n.h"
#include "core/replacement.h"
#include "core/search_index.h"
#include "core/verify.h"

SQL(REPLAY_EVENTS, "", "SELECT " EVENT_COLUMNS " FROM event ORDER BY seq");
SQL(STORED_EVIDENCE, "",
	"SELECT id, hash, bytes FROM evidence WHERE kept = 'desk' AND dropped = 0");

static void
bad_event(struct fault *bad, const struct event *event, const struct error *err)
{
	bad->seq = event->seq;
	(void)snprintf(bad->table, sizeof bad->table, "event");
	(void)snprintf(bad->field, sizeof bad->field, "body");
	(void)snprintf(bad->text, sizeof bad->text, "%.150s %.80s", err->message, err->cause);
}

static bool
replay_one(struct db *to, const struct event *event, const struct replacements *r,
	struct error *err)
{
	const struct json *body = replacement_of(r, event->seq);
	struct json *parsed = NULL;
	bool ok;

	if (body == NULL) {
		if (!event->has_body) {
			return error_set(err, ERR_FAULTS, _("the body is missing"));
		}
		if (!json_parse(&parsed, event->body, strlen(event->body), NULL, err)) {
			return false;
		}
		body = parsed;
	}
	ok = apply_event(to, event, body, err);
	json_free(parsed);
	return ok;
}

bool
replay_into(struct db *to, struct db *from, const struct progress *progress,
	struct fault *bad, struct error *err)
{
	struct replacements *r = NULL;
	struct progress_part part;
	struct stmt *st;
	bool ok = replacements_read(&r, from, err) && db_begin(to, err);

	if (!ok) {
		replacements_free(r);
		return false;
	}
	part = progress_begin(progress, N_("writing all rows from the events"), from);
	st = db_query(from, &REPLAY_EVENTS, NOARGS);
	while (ok && stmt_row(st)) {
		struct event event = { 0 };

		ok = event_from_row(&event, st) ||
			error_set(err, ERR_FAULTS, _("the row is no event"));
		ok = ok && replay_one(to, &event, r, err);
		if (!ok) {
			bad_event(bad, &event, err);
		}
		event_clear(&event);
		progress_one(&part);
	}
	if (ok) {
		ok = stmt_done(st, err) && db_commit(to, err);
	} else {
		struct error ignored;

		(void)stmt_done(st, &ignored);
		db_rollback(to);
	}
	replacements_free(r);
	return ok;
}

SQL(STRAY_BLOBS, "",
	"SELECT DISTINCT b.hash FROM evidence_blob b WHERE NOT EXISTS (SELECT 1"
	" FROM evidence e WHERE e.hash = b.hash AND e.kept = 'desk' AND e.dropped = 0)");

/* Every shadow and index table with its primary key's order.  head is checked
 * by the chain, evidence_blob by re-hashing; a test holds this list against the
 * schema. */
#define TABLE(name, key) { #name, "", "SELECT * FROM " #name " ORDER BY " key }
const struct sql replay_tables[] = {
	TABLE(field_version, "subject, field"),
	TABLE(desk_fact, "name"),
	TABLE(setting, "name"),
	TABLE(member, "id"),
	TABLE(contact, "id"),
	TABLE(address, "owner, channel"),
	TABLE(asset, "id"),
	TABLE(asset_fact, "asset_id, field"),
	TABLE(asset_dependency, "asset_id, on_id"),
	TABLE(team_group, "id"),
	TABLE(group_member, "group_id, member_kind, member_ref"),
	TABLE(unit, "code"),
	TABLE(body, "code"),
	TABLE(rule, "id"),
	TABLE(playbook, "hash"),
	TABLE(cases, "id"),
	TABLE(case_link, "case_id, other_id"),
	TABLE(task, "id"),
	TABLE(observable, "id"),
	TABLE(evidence, "id"),
	TABLE(run, "id"),
	TABLE(step_instance, "id"),
	TABLE(run_variable, "run_id, name, position"),
	TABLE(message, "id"),
	TABLE(tin, "id"),
	TABLE(phone_call, "id"),
	TABLE(confirmation, "id"),
	TABLE(waiting, "id"),
	TABLE(asking, "id"),
	TABLE(decision, "id"),
	TABLE(point, "id"),
	TABLE(deadline, "id"),
	TABLE(notice, "id"),
	TABLE(countdown, "id"),
	TABLE(holiday, "id"),
	TABLE(obligation, "id"),
	TABLE(shift_entry, "id"),
	TABLE(handover, "id"),
	TABLE(planned_work, "id"),
	TABLE(hold, "id"),
	TABLE(custody, "id"),
	TABLE(duty_layer, "id"),
	TABLE(duty_rota, "id"),
	TABLE(duty_override, "id"),
	TABLE(duty_spell, "id"),
	TABLE(duty_swap, "id"),
	TABLE(absence, "id"),
	TABLE(raised_watch, "id"),
	TABLE(duty_past, "id"),
	TABLE(member_wish, "id"),
	TABLE(escalation, "id"),
	TABLE(call_turn, "id"),
	TABLE(search_doc, "seq"),
	TABLE(kept_count, "name"),
	{ 0 },
};

static bool
same_cell(struct stmt *is, struct stmt *should, int column)
{
	size_t len = 0;
	size_t should_len = 0;
	const void *a = stmt_blob(is, column, &len);
	const void *b = stmt_blob(should, column, &should_len);

	return stmt_null(is, column) == stmt_null(should, column) && len == should_len &&
		(len == 0 || memcmp(a, b, len) == 0);
}

static void
row_fault(struct verify_result *out, const char *table, struct stmt *row,
	const char *field, const char *text)
{
	out->replay_ok = false;
	out->faults++;
	if (out->faults > 1) {
		return;
	}
	(void)snprintf(out->first.table, sizeof out->first.table, "%s", table);
	(void)snprintf(out->first.id, sizeof out->first.id, "%s",
		row == NULL || stmt_text(row, 0) == NULL ? "" : stmt_text(row, 0));
	(void)snprintf(out->first.field, sizeof out->first.field, "%s", field);
	(void)snprintf(out->first.text, sizeof out->first.text, "%s", text);
}

static void
compare_row(struct verify_result *out, const char *table, struct stmt *is,
	struct stmt *should)
{
	for (int i = 0; i < stmt_columns(should); i++) {
		if (!same_cell(is, should, i)) {
			row_fault(out, table, should, stmt_column_name(should, i),
				_("the row is not what the events say"));
			return;
		}
	}
}

static bool
compare_table(struct db *is, struct db *should, const struct sql *table,
	struct verify_result *out, struct error *err)
{
	struct stmt *a = db_query(is, table, NOARGS);
	struct stmt *b = db_query(should, table, NOARGS);
	bool ok;

	for (;;) {
		bool more_a = stmt_row(a);
		bool more_b = stmt_row(b);

		if (!more_a && !more_b) {
			break;
		}
		if (more_a != more_b) {
			row_fault(out, table->name, more_a ? a : b, "",
				more_a ? _("a row too many") : _("a row is missing"));
			break;
		}
		compare_row(out, table->name, a, b);
		if (!out->replay_ok) {
			break;
		}
	}
	ok = stmt_done(a, err);
	return stmt_done(b, err) && ok;
}

static bool
check_evidence(struct db *db, struct verify_result *out, struct error *err)
{
	struct stmt *st = db_query(db, &STORED_EVIDENCE, NOARGS);
	bool ok = true;

	while (ok && stmt_row(st)) {
		if (!evidence_check(db, stmt_text(st, 1), stmt_int(st, 2), err)) {
			ok = err->code == ERR_FAULTS;
			row_fault(out, "evidence_blob", st, "bytes", err->message);
		}
	}
	return stmt_done(st, err) && ok;
}

/* Bytes that no evidence speaks of. */
static bool
check_blobs(struct db *db, struct verify_result *out, struct error *err)
{
	struct stmt *st = db_query(db, &STRAY_BLOBS, NOARGS);

	if (stmt_row(st)) {
		row_fault(out, "evidence_blob", st, "hash", _("no evidence speaks of these bytes"));
	}
	return stmt_done(st, err);
}

static bool
check_index(struct db *db, struct db *again, struct verify_result *out,
	struct error *err)
{
	char word[80];

	if (!search_index_compare(db, again, word, err)) {
		return false;
	}
	if (word[0] != '\0') {
		row_fault(out, "search_doc", NULL, "", _("the index of words is not what the"
			" events say"));
		if (out->faults == 1) {
			(void)snprintf(out->first.table, sizeof out->first.table, "search_marked");
			(void)snprintf(out->first.id, sizeof out->first.id, "%s", word);
		}
	}
	return true;
}

/* The rows may be right and an index of the file still lead past them. */
static bool
check_file(struct db *db, struct verify_result *out, struct error *err)
{
	if (db_integrity(db, err)) {
		return true;
	}
	if (err->code != ERR_IO) {
		return false;
	}
	row_fault(out, "file", NULL, "", err->cause[0] != '\0' ? err->cause : err->message);
	return true;
}

static bool
replay_and_compare(struct desk *desk, struct verify_result *out, struct error *err)
{
	struct db *again = NULL;
	struct fault bad = { 0 };
	bool ok = true;

	out->replayed = true;
	out->replay_ok = true;
	if (!desk_memory(&again, desk->id, err)) {
		return false;
	}
	if (!replay_into(again, desk->db, desk->progress, &bad, err)) {
		out->replay_ok = false;
		out->faults++;
		if (out->faults == 1) {
			out->first = bad;
		}
		db_close(again);
		return bad.seq != 0;
	}
	for (const struct sql *t = replay_tables; ok && t->name != NULL; t++) {
		ok = compare_table(desk->db, again, t, out, err);
	}
	ok = ok && check_index(desk->db, again, out, err) &&
		check_evidence(desk->db, out, err) && check_blobs(desk->db, out, err) &&
		check_file(desk->db, out, err);
	db_close(again);
	return ok;
}

bool
verify_replay(struct desk *desk, struct verify_result *out, struct error *err)
{
	bool ok;

	/* Others may append meanwhile: rows and events must be of one moment. */
	if (!db_read_begin(desk->db, err)) {
		return false;
	}
	ok = replay_and_compare(desk, out, err);
	db_read_end(desk->db);
	return ok;
}
