/* custody.c owns what is handed over of the evidence: the entry in the chain. */
#include "core/custody.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/document.h"
#include "core/evidence.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"
#include "core/when.h"

#define COLUMNS "SELECT u.id, u.n, e.n, e.name, e.hash, e.bytes, u.given_by," \
	" u.given_post, u.taken_by, u.taken_post, u.taken_body, u.place, u.reason," \
	" u.doc_number, u.note, u.at, e.kept, e.place, e.note FROM custody u" \
	" LEFT JOIN evidence e ON e.id = u.evidence_id "

SQL(CUSTODY_OF_CASE, "t", COLUMNS "WHERE u.case_id = $1 ORDER BY u.n");
SQL(CUSTODY_NEXT_N, "t",
	"SELECT n + 1 FROM custody WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(CUSTODY_EVIDENCE, "ti", "SELECT id, name FROM evidence WHERE case_id = $1 AND n = $2");

void
custody_clear(struct custody *u)
{
	free(u->name);
	free(u->given_by);
	free(u->given_post);
	free(u->taken_by);
	free(u->taken_post);
	free(u->taken_body);
	free(u->place);
	free(u->reason);
	free(u->doc_number);
	free(u->note);
	free(u->lay_at);
	free(u->lay_note);
	*u = (struct custody){ 0 };
}

static void
from_row(struct custody *u, struct stmt *st)
{
	const char *hash = stmt_text(st, 4);
	const char *kept = stmt_text(st, 16);

	*u = (struct custody){ .n = (int)stmt_int(st, 1), .evidence_n = (int)stmt_int(st, 2),
		.name = stmt_own(st, 3), .bytes = stmt_int(st, 5), .given_by = stmt_own(st, 6),
		.given_post = stmt_own(st, 7), .taken_by = stmt_own(st, 8),
		.taken_post = stmt_own(st, 9),
		.taken_body = stmt_own(st, 10), .place = stmt_own(st, 11),
		.reason = stmt_own(st, 12),
		.doc_number = stmt_own(st, 13), .note = stmt_own(st, 14), .at = stmt_int(st, 15),
		.item = kept != NULL && evidence_is_item(kept), .lay_at = stmt_own(st, 17),
		.lay_note = stmt_own(st, 18) };
	(void)snprintf(u->id, sizeof u->id, "%s", stmt_text(st, 0));
	(void)snprintf(u->hash, sizeof u->hash, "%s", hash == NULL ? "" : hash);
}

bool
custody_each(struct desk *desk, const char *case_id, custody_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CUSTODY_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct custody u;

		from_row(&u, st);
		go_on = visit(&u, arg);
		custody_clear(&u);
	}
	return stmt_done(st, err);
}

/* ---- handing over ---- */

/* The texts of all entries of one hand-over, cleaned, as they go into a row. */
static bool
common_row(struct json **out, struct desk *desk, const struct custody_new *what,
	struct error *err)
{
	const struct {
		const char *column, *given, *label;
		bool required;
	} texts[] = {
		{ "taken_by", what->taken_by, _("who takes it"), true },
		{ "taken_post", what->taken_post, _("post of who takes it"), false },
		{ "taken_body", what->taken_body, _("body of who takes it"), false },
		{ "given_by", what->given_by != NULL && what->given_by[0] != '\0'
			? what->given_by : desk_me(desk)->name, _("who gives it"), true },
		{ "given_post", what->given_post, _("post of who gives it"), false },
		{ "place", what->place, _("place"), false },
		{ "reason", what->reason, _("reason"), false },
		{ "doc_number", what->document, _("document"), false },
		{ "note", what->note, _("note"), false },
	};
	struct json *row = json_object();
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof texts / sizeof *texts; i++) {
		char *clean = NULL;

		ok = document_text(&clean, texts[i].given, texts[i].required,
			texts[i].label, err);
		if (ok && clean[0] != '\0') {
			json_set_text(row, texts[i].column, clean);
		}
		free(clean);
	}
	if (!ok) {
		json_free(row);
		return false;
	}
	json_set_int(row, "at", what->at != 0 ? what->at : desk_now(desk));
	*out = row;
	return true;
}

static bool
find_evidence(struct desk *desk, const char *case_id, const char *spec,
	struct json *body, struct error *err)
{
	char *end;
	long n = strtol(spec, &end, 10);
	struct stmt *st;
	bool found;

	if (end == spec || *end != '\0' || n < 1 || n > INT32_MAX) {
		return error_set(err, ERR_BAD_INPUT,
			_("evidence is named by its number, not %.40s"), spec);
	}
	st = db_query(desk_db(desk), &CUSTODY_EVIDENCE, TXT(case_id), I64(n));
	found = stmt_row(st);
	if (found) {
		row_text(body, "evidence_id", stmt_text(st, 0));
		json_set_text(body, "name", stmt_text(st, 1));
		json_set_int(body, "evidence_n", n);
	}
	return stmt_done(st, err) && (found || error_set(err, ERR_NOT_FOUND,
		_("there is no evidence %ld on this case"), n));
}

static bool
hand_over_one(struct desk *desk, const char *case_id, const char *spec, int64_t n,
	const struct json *row, struct error *err)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "custody", id);

	json_set(body, "row", json_copy(row));
	row_int(body, "n", n);
	json_set_int(body, "n", n);
	if (!find_evidence(desk, case_id, spec, body, err)) {
		json_free(body);
		return false;
	}
	change_add(desk, "custody_added", case_id, body);
	return true;
}

bool
custody_hand_over(struct desk *desk, const char *case_id, const char *const *specs,
	int count, const struct custody_new *what, int *n, struct error *err)
{
	struct ir_case c = { 0 };
	struct json *row = NULL;
	int64_t next = 1;
	bool ok;

	if (!desk_may(desk, ACT_EVIDENCE, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && common_row(&row, desk, what, err) &&
		db_one_int(desk_db(desk), &CUSTODY_NEXT_N, &next, err, TXT(case_id));
	case_clear(&c);
	*n = (int)next;
	for (int i = 0; ok && i < count; i++) {
		ok = hand_over_one(desk, case_id, specs[i], next + i, row, err);
	}
	json_free(row);
	return change_end(desk, ok, err);
}
