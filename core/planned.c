/* planned.c owns announced work: adding it, changing it, finding what was done
 * on a system shortly before something broke. */
#include "core/planned.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"
#include "core/when.h"
#include "core/words.h"

#define COLUMNS "SELECT p.id, p.n, p.asset_id, a.code, a.name, p.what, p.from_at," \
	" p.to_at, p.by_name, p.state, p.note FROM planned_work p" \
	" LEFT JOIN asset a ON a.id = p.asset_id "

SQL(PLANNED_ALL, "i", COLUMNS "WHERE p.to_at >= $1 ORDER BY p.from_at DESC, p.n DESC");
SQL(PLANNED_NEAR, "ttii", COLUMNS "WHERE p.asset_id IN (SELECT on_id FROM"
	" asset_dependency WHERE asset_id = $1 UNION SELECT id FROM asset WHERE id = $2)"
	" AND p.to_at >= $3 AND p.from_at <= $4 AND p.state <> 'cancelled'"
	" ORDER BY p.from_at DESC, p.n DESC");
SQL(PLANNED_NEAR_ANY, "ii", COLUMNS "WHERE p.to_at >= $1 AND p.from_at <= $2"
	" AND p.state <> 'cancelled' ORDER BY p.from_at DESC, p.n DESC");
SQL(PLANNED_BY_N, "i", COLUMNS "WHERE p.n = $1");
SQL(PLANNED_NEXT_N, "", "SELECT n + 1 FROM planned_work ORDER BY n DESC LIMIT 1");

void
planned_clear(struct planned *work)
{
	free(work->asset);
	free(work->asset_name);
	free(work->what);
	free(work->by);
	free(work->note);
	*work = (struct planned){ 0 };
}

static void
from_row(struct planned *work, struct stmt *st)
{
	*work = (struct planned){ .n = (int)stmt_int(st, 1), .asset = stmt_own(st, 3),
		.asset_name = stmt_own(st, 4), .what = stmt_own(st, 5), .from_at = stmt_int(st, 6),
		.to_at = stmt_int(st, 7), .by = stmt_own(st, 8), .note = stmt_own(st, 10) };
	(void)snprintf(work->id, sizeof work->id, "%s", stmt_text(st, 0));
	(void)snprintf(work->asset_id, sizeof work->asset_id, "%s", stmt_text(st, 2));
	(void)snprintf(work->state, sizeof work->state, "%s", stmt_text(st, 9));
}

static bool
visit_all(struct stmt *st, planned_visit *visit, void *arg, struct error *err)
{
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct planned work;

		from_row(&work, st);
		go_on = visit(&work, arg);
		planned_clear(&work);
	}
	return stmt_done(st, err);
}

bool
planned_each(struct desk *desk, int64_t since, planned_visit *visit, void *arg,
	struct error *err)
{
	return visit_all(db_query(desk_db(desk), &PLANNED_ALL, I64(since)), visit, arg, err);
}

bool
planned_near(struct desk *desk, const char *asset_id, int64_t at,
	planned_visit *visit, void *arg, struct error *err)
{
	int64_t from = at - PLANNED_BEFORE_MS, until = at + PLANNED_AHEAD_MS;
	struct db *db = desk_db(desk);

	return visit_all(asset_id[0] == '\0'
		? db_query(db, &PLANNED_NEAR_ANY, I64(from), I64(until))
		: db_query(db, &PLANNED_NEAR, TXT(asset_id), TXT(asset_id), I64(from),
			I64(until)), visit, arg, err);
}

char *
planned_words(const struct planned *work, int64_t now, const struct zone *zone)
{
	char from[WHEN_SHORT_SIZE], until[WHEN_SHORT_SIZE];

	when_near(from, work->from_at, now, zone);
	when_near(until, work->to_at, work->from_at, zone);
	return xasprintf("%s: %s, %s%s%s%s%s", work->asset, work->what, from,
		work->to_at > work->from_at ? "-" : "",
		work->to_at > work->from_at ? until : "",
		work->by[0] != '\0' ? ", " : "", work->by);
}

/* ---- adding ---- */

#define HALF_A_YEAR_MS (180 * 24 * INT64_C(3600000))

bool
planned_time(int64_t *out, const char *typed, struct desk *desk, struct error *err)
{
	struct error none = ERROR_INIT;
	int64_t past, now = desk_now(desk);
	bool was = when_parse(&past, typed, WHEN_PAST, now, desk_zone(desk), &none);

	if (was && typed[strspn(typed, " ")] == '-') {
		*out = past;
		return true;
	}
	if (!when_parse(out, typed, WHEN_DUE, now, desk_zone(desk), err)) {
		return false;
	}
	/* "20/11 22:00" of yesterday is not next year's. */
	if (was && *out > now + HALF_A_YEAR_MS) {
		*out = past;
	}
	return true;
}

static bool
times_fit(int64_t from, int64_t until, struct error *err)
{
	return from <= until ||
		error_set(err, ERR_BAD_INPUT, _("the work would end before it begins"));
}

/* The texts of what is given, cleaned; the caller frees. */
struct texts {
	char *what, *by, *note;
};

static void
free_texts(struct texts *texts)
{
	free(texts->what);
	free(texts->by);
	free(texts->note);
}

static bool
clean(struct texts *texts, const struct planned_new *what, bool fresh,
	struct error *err)
{
	return document_text(&texts->what, what->what, fresh, _("work"), err) &&
		document_text(&texts->by, what->by, false, _("who does it"), err) &&
		document_text(&texts->note, what->note, false, _("note"), err);
}

static bool
fill(struct desk *desk, const struct planned_new *what, struct json *body, int *n,
	struct error *err)
{
	struct texts texts = { 0 };
	char asset[UUID_SIZE] = "";
	int64_t until = what->to_at != 0 ? what->to_at : what->from_at;
	int64_t next = 1;
	bool ok = asset_id_of(asset, desk, what->asset != NULL ? what->asset : "", err) &&
		clean(&texts, what, true, err) &&
		(what->from_at != 0 ||
			error_set(err, ERR_BAD_INPUT, _("work needs the time it begins"))) &&
		times_fit(what->from_at, until, err) &&
		db_one_int(desk_db(desk), &PLANNED_NEXT_N, &next, err, NOARGS);

	if (ok) {
		*n = (int)next;
		row_int(body, "n", next);
		json_set_int(body, "n", next);
		row_text(body, "asset_id", asset);
		json_set_text(body, "asset", what->asset);
		row_text(body, "what", texts.what);
		row_text(body, "by_name", texts.by);
		row_text(body, "note", texts.note);
		row_int(body, "from_at", what->from_at);
		row_int(body, "to_at", until);
		/* Told when it was over: nobody is to tick it off once more. */
		row_text(body, "state", until <= desk_now(desk) ? "done" : "planned");
	}
	free_texts(&texts);
	return ok;
}

bool
planned_add(struct desk *desk, const struct planned_new *what, int *n,
	struct error *err)
{
	char id[UUID_SIZE];
	struct json *body;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	body = thing_new(desk, "planned_work", id);
	ok = fill(desk, what, body, n, err);
	return change_end_with(desk, ok, "planned_work_added", NULL, body, err);
}

/* ---- changing ---- */

static bool
load(struct planned *out, struct desk *desk, int n, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PLANNED_BY_N, I64(n));
	bool found = stmt_row(st);

	*out = (struct planned){ 0 };
	if (found) {
		from_row(out, st);
	}
	return stmt_done(st, err) && (found || error_set(err, ERR_NOT_FOUND,
		_("there is no planned work %d"), n));
}

static bool
differs(const char *given, const char *is)
{
	return given != NULL && strcmp(given, is) != 0;
}

static bool
guarded(struct desk *desk, const struct planned *work, const char *field,
	const char *yours, const char *theirs, struct error *err)
{
	return change_guard(desk, work->id, field, yours, theirs, err);
}

static bool
change_texts(struct desk *desk, const struct planned *work,
	const struct planned_new *what, struct json *body, struct error *err)
{
	struct texts texts = { 0 };
	bool ok = clean(&texts, what, false, err);
	const struct {
		const char *column, *given, *clean, *is;
	} rows[] = {
		{ "what", what->what, texts.what, work->what },
		{ "by_name", what->by, texts.by, work->by },
		{ "note", what->note, texts.note, work->note },
		{ "state", what->state, what->state, work->state },
	};

	ok = ok && (what->what == NULL || texts.what[0] != '\0' ||
		error_set(err, ERR_BAD_INPUT, _("%s: is missing"), _("work")));
	for (size_t i = 0; ok && i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].given != NULL && differs(rows[i].clean, rows[i].is)) {
			ok = guarded(desk, work, rows[i].column, rows[i].clean, rows[i].is,
				err);
			set_text(body, rows[i].column, rows[i].is, rows[i].clean);
		}
	}
	free_texts(&texts);
	return ok;
}

static bool
change_times(const struct planned *work, const struct planned_new *what,
	struct json *body, struct error *err)
{
	int64_t from = what->from_at != 0 ? what->from_at : work->from_at;
	int64_t until = what->to_at != 0 ? what->to_at : work->to_at;

	/* A begin moved on takes an end that was not named along. */
	if (what->to_at == 0 && until < from) {
		until = from;
	}
	if (!times_fit(from, until, err)) {
		return false;
	}
	if (from != work->from_at) {
		set_int(body, "from_at", work->from_at, from);
	}
	if (until != work->to_at) {
		set_int(body, "to_at", work->to_at, until);
	}
	return true;
}

bool
planned_set(struct desk *desk, int n, const struct planned_new *what, bool *changed,
	struct error *err)
{
	struct planned work = { 0 };
	struct json *body = NULL;
	bool ok;

	*changed = false;
	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = load(&work, desk, n, err) && (what->state == NULL ||
		word_check(WORDS_PLANNED, _("state"), what->state, err));
	if (ok) {
		body = thing_change("planned_work", work.id);
		json_set_int(body, "n", n);
		json_set_text(body, "asset", work.asset);
		ok = change_texts(desk, &work, what, body, err) &&
			change_times(&work, what, body, err);
	}
	planned_clear(&work);
	*changed = ok && set_count(body) > 0;
	return change_end_with(desk, ok, *changed ? "planned_work_set" : NULL, NULL, body,
		err);
}

bool
planned_near_code(struct desk *desk, const char *code, int64_t at,
	planned_visit *visit, void *arg, struct error *err)
{
	char id[UUID_SIZE];

	if (asset_id_of(id, desk, code, err)) {
		return planned_near(desk, id, at, visit, arg, err);
	}
	return err->code == ERR_NOT_FOUND;
}
