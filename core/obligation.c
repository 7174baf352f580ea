/* obligation.c owns the duties with a period: read, shown, given a result. */
#include "core/obligation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/period.h"
#include "core/person.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define COLUMNS "SELECT id, rule, title, title_en, period, label, due_at, recipient," \
	" channel, result, description, done_at, done_by, source FROM obligation "

SQL(ALL, "", COLUMNS "ORDER BY due_at, id");
SQL(NOT_DONE, "i", COLUMNS "WHERE result <> 'done' AND due_at <= $1 ORDER BY due_at, id");
SQL(BY_NAME, "tt", COLUMNS "WHERE rule = $1 AND label = $2");
SQL(BY_ID, "t", COLUMNS "WHERE id = $1");
SQL(FIRST_OPEN, "t", COLUMNS
	"WHERE rule = $1 ORDER BY CASE result WHEN 'done' THEN 1 ELSE 0 END, due_at LIMIT 1");

const char *const obligation_heads[5] = {
	N_("Duty"), N_("Due"), N_("Result"), N_("Description"), N_("Actually done on"),
};

static const struct {
	const char *word, *label;
} results[] = {
	{ "pending", N_("not begun") }, { "doing", N_("being done") },
	{ "done", N_("completed") },
};

const char *
obligation_result(const char *result)
{
	for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
		if (strcmp(results[i].word, result) == 0) {
			return _(results[i].label);
		}
	}
	return result;
}

void
obligation_clear(struct obligation *o)
{
	free(o->rule);
	free(o->title);
	free(o->title_en);
	free(o->period);
	free(o->label);
	free(o->recipient);
	free(o->channel);
	free(o->description);
	free(o->done_by);
	free(o->source);
	*o = (struct obligation){ 0 };
}

const char *
obligation_title(const struct obligation *o)
{
	return strcmp(i18n_language(), "vi") == 0 || o->title_en[0] == '\0' ? o->title
		: o->title_en;
}

char *
obligation_name(const struct obligation *o)
{
	return xasprintf("%s/%s", o->rule, o->label);
}

static void
from_row(struct obligation *out, struct stmt *st)
{
	*out = (struct obligation){ .rule = xstrdup(stmt_text(st, 1)),
		.title = xstrdup(stmt_text(st, 2)), .title_en = xstrdup(stmt_text(st, 3)),
		.period = xstrdup(stmt_text(st, 4)), .label = xstrdup(stmt_text(st, 5)),
		.due_at = stmt_int(st, 6), .recipient = xstrdup(stmt_text(st, 7)),
		.channel = xstrdup(stmt_text(st, 8)),
		.description = xstrdup(stmt_text(st, 10)), .done_at = stmt_int(st, 11),
		.done_by = xstrdup(stmt_text(st, 12)), .source = xstrdup(stmt_text(st, 13)) };
	(void)snprintf(out->id, sizeof out->id, "%s", stmt_text(st, 0));
	(void)snprintf(out->result, sizeof out->result, "%s", stmt_text(st, 9));
}

bool
obligation_each(struct desk *desk, bool all, int64_t until, obligation_visit *visit,
	void *arg, struct error *err)
{
	struct stmt *st = all ? db_query(desk_db(desk), &ALL, NOARGS)
		: db_query(desk_db(desk), &NOT_DONE, I64(until == 0 ? NO_DUE - 1 : until));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct obligation o;

		from_row(&o, st);
		go_on = visit(&o, arg);
		obligation_clear(&o);
	}
	return stmt_done(st, err);
}

static bool
one(struct obligation *out, struct stmt *st, struct error *err)
{
	*out = (struct obligation){ 0 };
	if (stmt_row(st)) {
		from_row(out, st);
	}
	return stmt_done(st, err);
}

bool
obligation_find(struct obligation *out, struct desk *desk, const char *spec,
	struct error *err)
{
	const char *slash = strchr(spec, '/');
	char *rule = slash == NULL ? xstrdup(spec) : xstrndup(spec, (size_t)(slash - spec));
	bool ok = one(out, slash != NULL
		? db_query(desk_db(desk), &BY_NAME, TXT(rule), TXT(slash + 1))
		: db_query(desk_db(desk), &FIRST_OPEN, TXT(rule)), err);

	free(rule);
	if (ok && out->rule == NULL) {
		ok = one(out, db_query(desk_db(desk), &BY_ID, TXT(spec)), err);
	}
	return ok && (out->rule != NULL || error_set(err, ERR_NOT_FOUND,
		_("there is no duty %.60s; see `suco obligation list`"), spec));
}

static bool
set_description(const struct obligation *o, const char *given, struct json *body,
	struct error *err)
{
	char *text = NULL;

	if (given == NULL) {
		return true;
	}
	if (!text_accept(&text, given, strlen(given), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    _("description"), err)) {
		return false;
	}
	if (strcmp(text, o->description) != 0) {
		set_text(body, "description", o->description, text);
	}
	free(text);
	return true;
}

static bool
known_result(const char *word, struct error *err)
{
	for (size_t i = 0; word != NULL && i < sizeof results / sizeof *results; i++) {
		if (strcmp(results[i].word, word) == 0) {
			return true;
		}
	}
	return word == NULL || error_set(err, ERR_BAD_INPUT,
		_("a result is pending, doing or done, not \"%.40s\""), word);
}

/* Done twice: by me it is done; by another I am told who was first. */
static bool
done_already(struct desk *desk, const struct obligation *o,
	const struct obligation_change *change, struct error *err)
{
	return strcmp(o->done_by, desk_me(desk)->login) == 0 || change->description != NULL ||
		error_set(err, ERR_CONFLICT, _("this duty is done already, by %s"),
			PERSON(desk, o->done_by));
}

/* What a period owes cannot have been done before it began. */
static bool
within(struct desk *desk, const struct obligation *o, int64_t at, struct error *err)
{
	char first[DAY_SIZE], iso[CALENDAR_DAY_SIZE], done[DAY_SIZE];
	int64_t day;

	if (!period_begins(&day, o->label) || calendar_day(desk_zone(desk), at) >= day) {
		return true;
	}
	calendar_iso(iso, day);
	document_day_shown(first, iso);
	calendar_iso(iso, calendar_day(desk_zone(desk), at));
	document_day_shown(done, iso);
	return error_set(err, ERR_BAD_INPUT,
		_("the period %s of this duty begins on %s: it cannot have been done on %s"),
		o->label, first, done);
}

static bool
decide(struct desk *desk, const struct obligation *o,
	const struct obligation_change *change, struct json *body, struct error *err)
{
	bool done = change->result != NULL && strcmp(change->result, "done") == 0;
	bool was = strcmp(o->result, "done") == 0;
	int64_t at = change->done_at != 0 ? change->done_at : desk_now(desk);

	if (done && was && change->done_at == 0) {
		return done_already(desk, o, change, err) &&
			set_description(o, change->description, body, err);
	}
	if (done && at != o->done_at && !within(desk, o, at, err)) {
		return false;
	}
	if (change->result != NULL && strcmp(change->result, o->result) != 0) {
		if (!change_guard(desk, o->id, "result", change->result, o->result, err)) {
			return false;
		}
		set_text(body, "result", o->result, change->result);
	}
	if (done && at != o->done_at) {
		set_int(body, "done_at", o->done_at, at);
		set_text(body, "done_by", o->done_by, desk_me(desk)->login);
	} else if (change->result != NULL && !done && was) {
		set_int(body, "done_at", o->done_at, 0);
		set_text(body, "done_by", o->done_by, "");
	}
	return set_description(o, change->description, body, err);
}

bool
obligation_set(struct desk *desk, const char *spec,
	const struct obligation_change *change, struct error *err)
{
	struct obligation o = { 0 };
	struct json *body = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !known_result(change->result, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	ok = obligation_find(&o, desk, spec, err);
	if (ok) {
		body = thing_change("obligation", o.id);
		json_set_text(body, "title", o.title);
		json_set_text(body, "label", o.label);
		ok = decide(desk, &o, change, body, err);
	}
	if (ok && set_count(body) > 0) {
		if (change->typed != NULL) {
			json_set_text(body, "typed", change->typed);
		}
		change_add(desk, "obligation_set", NULL, body);
	} else {
		json_free(body);
	}
	obligation_clear(&o);
	return change_end(desk, ok, err);
}

/* A due moment that is a midnight is said as the end of the day before. */
static char *
due_text(int64_t due, const struct zone *zone)
{
	struct civil at;

	if (due == NO_DUE) {
		return xstrdup("");
	}
	at = zone_civil(zone, due - 1);
	return xasprintf("%02d/%02d/%04d", at.day, at.month, at.year);
}

void
obligation_cells(struct obligation_cells *out, const struct obligation *o,
	const struct zone *zone)
{
	struct civil at = zone_civil(zone, o->done_at);

	*out = (struct obligation_cells){
		.task = xasprintf("%s (%s)", obligation_title(o), o->label),
		.due = due_text(o->due_at, zone),
		.result = xstrdup(obligation_result(o->result)),
		.description = xstrdup(o->description),
		.done = o->done_at == 0 ? xstrdup("")
			: xasprintf("%02d/%02d/%04d", at.day, at.month, at.year),
	};
}

void
obligation_cells_clear(struct obligation_cells *cells)
{
	free(cells->task);
	free(cells->due);
	free(cells->result);
	free(cells->description);
	free(cells->done);
}
