/* countdown.c owns the countdowns of cases: reading, replacing, stopping. */
#include "core/countdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/conflict.h"
#include "core/columns.h"
#include "core/event.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define MINUTE_MS 60000

#define COLUMNS "SELECT d.id, d.case_id, c.number, c.drill, d.n, d.variable, d.label," \
	" d.minutes, d.read_at, d.ends_at, d.state, d.stopped_at, d.stopped_by, d.reason," \
	" COALESCE(t.number, '') FROM countdown d JOIN cases c ON c.id = d.case_id" \
	" LEFT JOIN cases t ON t.id = c.merged_into "
/* A case merged into an open one goes on there; what is recovered needs none. */
#define ALIVE "WHERE d.state = 'running' AND (c.is_open = 1 OR t.is_open = 1)" \
	" AND COALESCE(t.status, c.status) <> 'recovered' "

/* Its own, then the running ones of those that were merged into it. */
SQL(OF_CASE, "t", COLUMNS "WHERE d.case_id IN (SELECT z.id FROM cases z WHERE z.id = $1"
	" OR z.merged_into = $1) AND (d.case_id = $1 OR d.state = 'running')"
	" ORDER BY COALESCE(c.merged_into, ''), c.number, d.n");
SQL(OF_CASE_N, "ti", COLUMNS "WHERE d.case_id = $1 AND d.n = $2");
SQL(OF_VARIABLE, "tt", COLUMNS "WHERE d.case_id = $1 AND d.variable = $2");
/* +c.drill: by no index, so that the running clocks lead and not all cases. */
SQL(OF_DESK, "", COLUMNS ALIVE "AND +c.drill = 0 ORDER BY d.ends_at, d.id");
SQL(FIRST_OF_DESK, "", COLUMNS ALIVE "AND +c.drill = 0 ORDER BY d.ends_at, d.id LIMIT 1");
SQL(FIRST_OF_CASE, "t", COLUMNS ALIVE
	"AND (d.case_id = $1 OR c.merged_into = $1) ORDER BY d.ends_at, d.id LIMIT 1");
SQL(NEXT_N, "t",
	"SELECT n + 1 FROM countdown WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(ASSET_OF_CASE, "t", "SELECT asset_id FROM cases WHERE id = $1");

void
countdown_clear(struct countdown *countdown)
{
	free(countdown->variable);
	free(countdown->label);
	free(countdown->stopped_by);
	free(countdown->reason);
	*countdown = (struct countdown){ 0 };
}

static void
from_row(struct countdown *out, struct stmt *st)
{
	*out = (struct countdown){ .drill = stmt_int(st, 3) != 0,
		.n = (int)stmt_int(st, 4), .variable = xstrdup(stmt_text(st, 5)),
		.label = xstrdup(stmt_text(st, 6)), .minutes = stmt_int(st, 7),
		.read_at = stmt_int(st, 8), .ends_at = stmt_int(st, 9),
		.stopped_at = stmt_int(st, 11), .stopped_by = xstrdup(stmt_text(st, 12)),
		.reason = xstrdup(stmt_text(st, 13)) };
	(void)snprintf(out->id, sizeof out->id, "%s", stmt_text(st, 0));
	(void)snprintf(out->case_id, sizeof out->case_id, "%s", stmt_text(st, 1));
	(void)snprintf(out->number, sizeof out->number, "%s", stmt_text(st, 2));
	(void)snprintf(out->into, sizeof out->into, "%s", stmt_text(st, 14));
	(void)snprintf(out->state, sizeof out->state, "%s", stmt_text(st, 10));
}

static bool
one(struct countdown *out, bool *found, struct stmt *st, struct error *err)
{
	*out = (struct countdown){ 0 };
	*found = stmt_row(st);
	if (*found) {
		from_row(out, st);
	}
	return stmt_done(st, err);
}

bool
countdown_each(struct desk *desk, const char *case_id, countdown_visit *visit,
	void *arg, struct error *err)
{
	struct stmt *st = case_id == NULL ? db_query(desk_db(desk), &OF_DESK, NOARGS)
		: db_query(desk_db(desk), &OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct countdown countdown;

		from_row(&countdown, st);
		go_on = visit(&countdown, arg);
		countdown_clear(&countdown);
	}
	return stmt_done(st, err);
}

bool
countdown_first(struct countdown *out, bool *found, struct desk *desk,
	const char *case_id, struct error *err)
{
	struct stmt *st = case_id == NULL ? db_query(desk_db(desk), &FIRST_OF_DESK, NOARGS)
		: db_query(desk_db(desk), &FIRST_OF_CASE, TXT(case_id));

	return one(out, found, st, err);
}

bool
countdown_of(struct countdown *out, bool *found, struct desk *desk,
	const char *case_id, const char *variable, struct error *err)
{
	return one(out, found, db_query(desk_db(desk), &OF_VARIABLE, TXT(case_id),
		TXT(variable)), err);
}

/* A part of a minute that is left counts as a minute: nobody reads "0" while
 * there is still current. */
char *
countdown_words(const char *label, int64_t ends_at, int64_t now, const struct zone *zone)
{
	char at[WHEN_SHORT_SIZE];
	int64_t left = ends_at - now;

	if (left <= 0) {
		when_near(at, ends_at, now, zone);
		return xasprintf(_("%s OVER since %s"), label, at);
	}
	when_span(at, (left + MINUTE_MS - 1) / MINUTE_MS * MINUTE_MS, i18n_language());
	return xasprintf("%s %s", label, at);
}

char *
countdown_text(const struct countdown *countdown, int64_t now, const struct zone *zone)
{
	return countdown_words(countdown->label, countdown->ends_at, now, zone);
}

bool
countdown_same(const char *label, const char *other)
{
	char *one = fold_text(label);
	char *two = fold_text(other);
	bool same = strcmp(one, two) == 0;

	free(one);
	free(two);
	return same;
}

struct search {
	const char *label;
	bool by_hand; /* only those that no plan's variable has */
	struct countdown *out;
	bool found;
};

static bool
same_label(const struct countdown *countdown, void *arg)
{
	struct search *search = arg;

	search->found = countdown_same(countdown->label, search->label) &&
		(!search->by_hand || countdown->variable[0] == '\0');
	if (search->found) {
		*search->out = *countdown;
		search->out->variable = xstrdup(countdown->variable);
		search->out->label = xstrdup(countdown->label);
		search->out->stopped_by = xstrdup(countdown->stopped_by);
		search->out->reason = xstrdup(countdown->reason);
	}
	return !search->found;
}

/* The row that the reading is another one of. */
static bool
find(struct countdown *out, bool *found, struct desk *desk, const char *case_id,
	const struct reading *reading, struct error *err)
{
	bool of_plan = reading->variable != NULL && reading->variable[0] != '\0';
	struct search search = { reading->label, of_plan, out, false };
	bool ok;

	if (of_plan && (!countdown_of(out, found, desk, case_id, reading->variable,
		    err) || *found)) {
		return *found;
	}
	*out = (struct countdown){ 0 };
	ok = countdown_each(desk, case_id, same_label, &search, err);
	*found = search.found;
	return ok;
}

bool
countdown_variable(char **out, struct desk *desk, const char *case_id,
	const char *label, struct error *err)
{
	const struct reading reading = { .label = label };
	struct countdown is;
	bool found = false;
	bool ok = find(&is, &found, desk, case_id, &reading, err);

	*out = xstrdup(found ? is.variable : "");
	countdown_clear(&is);
	return ok;
}

/* What the timeline says, beside the columns. */
static void
say_reading(struct json *child, const char *label, int64_t minutes, int64_t read_at,
	int64_t ends_at)
{
	json_set_text(child, "label", label);
	json_set_int(child, "minutes", minutes);
	json_set_int(child, "read_at", read_at);
	json_set_int(child, "ends_at", ends_at);
}

static bool
decide_new(struct json **child, struct desk *desk, const char *case_id,
	const struct reading *reading, int64_t read_at, struct error *err)
{
	char id[UUID_SIZE];
	char *asset = NULL;
	int64_t n = 1;
	int64_t ends_at = read_at + reading->minutes * MINUTE_MS;

	if (!db_one_int(desk_db(desk), &NEXT_N, &n, err, TXT(case_id)) ||
	    !db_one_text(desk_db(desk), &ASSET_OF_CASE, &asset, err, TXT(case_id))) {
		return false;
	}
	*child = thing_new(desk, "countdown", id);
	row_int(*child, "n", n + reading->fresh);
	row_text(*child, "variable", reading->variable);
	row_text(*child, "label", reading->label);
	row_int(*child, "minutes", reading->minutes);
	row_int(*child, "read_at", read_at);
	row_int(*child, "ends_at", ends_at);
	row_text(*child, "instance", reading->instance);
	row_text(*child, "asset_id", asset);
	free(asset);
	row_text(*child, "state", "running");
	say_reading(*child, reading->label, reading->minutes, read_at, ends_at);
	return true;
}

static void
decide_again(struct json **child, const struct countdown *is,
	const struct reading *reading, int64_t read_at)
{
	int64_t ends_at = read_at + reading->minutes * MINUTE_MS;
	bool running = strcmp(is->state, "running") == 0;

	*child = thing_change("countdown", is->id);
	json_set_int(*child, "n", is->n);
	if (is->variable[0] == '\0' && reading->variable != NULL &&
	    reading->variable[0] != '\0') {
		set_text(*child, "variable", "", reading->variable);
	}
	set_int(*child, "minutes", is->minutes, reading->minutes);
	set_int(*child, "read_at", is->read_at, read_at);
	set_int(*child, "ends_at", is->ends_at, ends_at);
	if (!running) {
		set_text(*child, "state", is->state, "running");
		set_int(*child, "stopped_at", is->stopped_at, 0);
		set_text(*child, "stopped_by", is->stopped_by, "");
		set_text(*child, "reason", is->reason, "");
	}
	say_reading(*child, is->label, reading->minutes, read_at, ends_at);
}

/* A reading that came in late, from paper, does not turn the clock back. */
static bool
is_old(const struct countdown *is, int64_t read_at)
{
	return read_at < is->read_at || read_at <= is->stopped_at;
}

bool
countdown_decide(struct json **child, struct desk *desk, const char *case_id,
	const struct reading *reading, struct error *err)
{
	int64_t read_at = reading->read_at == 0 ? desk_now(desk) : reading->read_at;
	struct countdown is;
	bool found = false;
	bool ok;

	*child = NULL;
	if (!find(&is, &found, desk, case_id, reading, err)) {
		return false;
	}
	if (!found) {
		return decide_new(child, desk, case_id, reading, read_at, err);
	}
	ok = true;
	if (!is_old(&is, read_at) && (is.minutes != reading->minutes ||
		    is.read_at != read_at || strcmp(is.state, "running") != 0)) {
		ok = change_guard_int(desk, is.id, "ends_at",
			read_at + reading->minutes * MINUTE_MS, is.ends_at, err);
		if (ok) {
			decide_again(child, &is, reading, read_at);
		}
	}
	countdown_clear(&is);
	return ok;
}

static void
stop_child(struct json **child, struct desk *desk, const struct countdown *is,
	const char *reason)
{
	*child = thing_change("countdown", is->id);
	json_set_int(*child, "n", is->n);
	json_set_text(*child, "label", is->label);
	set_text(*child, "state", is->state, "stopped");
	set_int(*child, "stopped_at", is->stopped_at, desk_now(desk));
	set_text(*child, "stopped_by", is->stopped_by, desk_me(desk)->login);
	set_text(*child, "reason", is->reason, reason);
}

bool
countdown_decide_stop(struct json **child, struct desk *desk, const char *case_id,
	const char *variable, const char *reason, struct error *err)
{
	struct countdown is;
	bool found = false;

	*child = NULL;
	if (!countdown_of(&is, &found, desk, case_id, variable, err)) {
		return false;
	}
	if (found && strcmp(is.state, "running") == 0) {
		stop_child(child, desk, &is, reason);
	}
	countdown_clear(&is);
	return true;
}

static bool
case_runs_on(struct desk *desk, const char *case_id, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, case_id, err) && (c.is_open ||
		error_set(err, ERR_REFUSED, _("case %s is not open: no clock runs on it"),
			c.number));

	case_clear(&c);
	return ok;
}

bool
countdown_late(struct json **child, struct desk *desk, const char *case_id,
	const struct reading *reading, int *n, struct error *err)
{
	int64_t read_at = reading->read_at == 0 ? desk_now(desk) : reading->read_at;
	struct countdown is;
	bool found = false;

	*child = NULL;
	if (!find(&is, &found, desk, case_id, reading, err)) {
		return false;
	}
	*n = is.n;
	if (found && is_old(&is, read_at)) {
		*child = thing_change("countdown", is.id);
		json_set_int(*child, "n", is.n);
		say_reading(*child, is.label, reading->minutes, read_at,
			read_at + reading->minutes * MINUTE_MS);
		json_set_bool(*child, "late", true);
	}
	countdown_clear(&is);
	return true;
}

static int
number_of(const struct json *child)
{
	const struct json *row = json_get(child, "row");

	return (int)json_get_int(row != NULL ? row : child, "n", 0);
}

bool
countdown_minutes_fit(int64_t minutes, struct error *err)
{
	return (minutes >= 0 && minutes <= COUNTDOWN_MOST) || error_set(err, ERR_BAD_INPUT,
		_("a countdown needs a name and minutes from 0 to %d"), COUNTDOWN_MOST);
}

bool
countdown_read(struct desk *desk, const char *case_id, const struct reading *given,
	int *n, struct error *err)
{
	struct reading reading = *given;
	struct json *child = NULL;
	char *label = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !text_accept(&label, given->label,
		    strlen(given->label), TEXT_ONE_LINE, 40, _("countdown"), err)) {
		return false;
	}
	reading.label = label;
	if (!countdown_minutes_fit(label[0] == '\0' ? -1 : given->minutes, err)) {
		free(label);
		return false;
	}
	if (!change_begin(desk, err)) {
		free(label);
		return false;
	}
	ok = case_runs_on(desk, case_id, err) &&
		countdown_decide(&child, desk, case_id, &reading, err);
	if (ok && child == NULL) {
		ok = countdown_late(&child, desk, case_id, &reading, n, err);
	}
	if (ok && child != NULL) {
		*n = number_of(child);
		change_add_at(desk, json_get(child, "row") != NULL ? "countdown_added"
			: "countdown_set", case_id, child,
			(struct event_time){ .at = reading.read_at,
				.precise = reading.read_at == 0 ? NULL : "minute" });
	}
	free(label);
	return change_end(desk, ok, err);
}

/* It is stopped: by me that is what I wanted, by another I am told who. */
static bool
stopped_already(struct desk *desk, const struct countdown *is, struct error *err)
{
	char *by = NULL;
	bool mine = false;

	if (field_set_by(&by, desk, is->id, "state", err)) {
		mine = (by != NULL && strcmp(by, desk_me(desk)->login) == 0) ||
			error_set(err, ERR_CONFLICT, _("countdown %d is stopped already, by %s"),
				is->n, PERSON(desk, by == NULL ? "" : by));
	}
	free(by);
	return mine;
}

static bool
stop(struct desk *desk, const char *case_id, int n, const char *reason,
	struct error *err)
{
	struct json *child = NULL;
	struct countdown is;
	bool found = false;
	bool ok;

	if (!one(&is, &found, db_query(desk_db(desk), &OF_CASE_N, TXT(case_id), I64(n)),
		    err)) {
		return false;
	}
	if (!found) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no countdown %d on this case"), n);
	}
	if (strcmp(is.state, "running") != 0) {
		ok = stopped_already(desk, &is, err);
	} else if ((ok = change_guard(desk, is.id, "state", "stopped", is.state, err))) {
		stop_child(&child, desk, &is, reason);
		change_add(desk, "countdown_set", case_id, child);
	}
	countdown_clear(&is);
	return ok;
}

bool
countdown_stop(struct desk *desk, const char *case_id, int n, const char *reason,
	struct error *err)
{
	char *clean = NULL;
	bool ok;

	reason = reason == NULL ? "" : reason;
	if (!desk_may(desk, ACT_WORK, err) || !text_accept(&clean, reason, strlen(reason),
		    TEXT_ONE_LINE, limit(LIMIT_TITLE), _("reason"), err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(clean);
		return false;
	}
	ok = stop(desk, case_id, n, clean, err);
	free(clean);
	return change_end(desk, ok, err);
}
