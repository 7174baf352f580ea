/* holiday.c owns the holiday table: listed, changed by hand, used as a calendar,
 * and what it lacks. */
#include "core/holiday.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/holiday_import.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/thing.h"

#define OCTOBER 10

SQL(HOLIDAYS, "tt",
	"SELECT id, day, name, kind, source, origin FROM holiday"
	" WHERE day >= $1 AND day < $2 AND kind <> 'removed' ORDER BY day");
SQL(HOLIDAY_BY_DAY, "t",
	"SELECT id, day, name, kind, source, origin FROM holiday WHERE day = $1");
SQL(HOLIDAY_WORK, "", "SELECT day, kind FROM holiday WHERE kind <> 'removed' ORDER BY day");
SQL(HOLIDAY_YEAR, "tt",
	"SELECT COUNT(*), COALESCE(SUM(CASE WHEN kind = 'suggested' THEN 1 ELSE 0 END), 0)"
	" FROM holiday WHERE day >= $1 AND day < $2"
	" AND kind IN ('holiday', 'suggested')");
/* A desk that counts days: it has deadline rules, or has had the table. */
SQL(HOLIDAYS_WANTED, "",
	"SELECT CASE WHEN EXISTS (SELECT 1 FROM rule WHERE family = 'deadline')"
	" OR EXISTS (SELECT 1 FROM holiday) THEN 1 ELSE 0 END");

static void
range(char from[CALENDAR_DAY_SIZE], char to[CALENDAR_DAY_SIZE], int year)
{
	(void)snprintf(from, CALENDAR_DAY_SIZE, "%04u-01-01", (unsigned)year % 10000);
	(void)snprintf(to, CALENDAR_DAY_SIZE, "%04u-01-01",
		year == 0 ? 9999U : (unsigned)(year + 1) % 10000);
}

static struct json *
row_json(struct stmt *st)
{
	static const char *const names[] = { "id", "day", "name", "kind", "source", "origin" };
	struct json *o = json_object();

	for (int i = 0; i < 6; i++) {
		json_set_text(o, names[i], stmt_text(st, i));
	}
	return o;
}

bool
holiday_list(struct desk *desk, int year, struct json **out, struct error *err)
{
	char from[CALENDAR_DAY_SIZE];
	char to[CALENDAR_DAY_SIZE];
	struct json *list = json_array();
	struct stmt *st;

	range(from, to, year);
	st = db_query(desk_db(desk), &HOLIDAYS, TXT(from), TXT(to));
	while (stmt_row(st)) {
		struct json *o = row_json(st);
		int64_t day = 0;
		struct error ignored;

		if (calendar_parse_day(&day, stmt_text(st, 1), &ignored)) {
			json_set_int(o, "weekday", calendar_weekday(day));
		}
		json_push(list, o);
	}
	if (!stmt_done(st, err)) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}

bool
holiday_load(struct desk *desk, const char *day, struct json **out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &HOLIDAY_BY_DAY, TXT(day));

	*out = stmt_row(st) ? row_json(st) : NULL;
	return stmt_done(st, err);
}

struct json *
holiday_body(struct desk *desk, const struct json *there, const struct holiday_new *h)
{
	const struct {
		const char *column, *value;
	} cells[] = {
		{ "name", h->name }, { "kind", h->kind }, { "source", h->source },
		{ "origin", h->origin },
	};
	char id[UUID_SIZE];
	struct json *body = there == NULL ? thing_new(desk, "holiday", id)
		: thing_change("holiday", json_get_text(there, "id"));

	if (there == NULL) {
		row_text(body, "day", h->day);
	} else {
		json_set_text(body, "day", h->day);
		json_set_text(body, "name", json_get_text(there, "name"));
	}
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		if (there == NULL) {
			row_text(body, cells[i].column, cells[i].value);
		} else if (cells[i].value != NULL &&
		    strcmp(cells[i].value, json_get_text(there, cells[i].column)) != 0) {
			set_text(body, cells[i].column, json_get_text(there, cells[i].column),
				cells[i].value);
		}
	}
	return body;
}

/* Takes the body; nothing where it changes nothing. */
static void
add(struct desk *desk, struct json *body)
{
	if (json_get(body, "row") != NULL) {
		change_add(desk, "holiday_added", NULL, body);
	} else if (set_count(body) > 0) {
		change_add(desk, "holiday_set", NULL, body);
	} else {
		json_free(body);
	}
}

/* One day changed by hand, under one change. */
static bool
put(struct desk *desk, const struct holiday_new *what, struct error *err)
{
	struct json *there = NULL;
	struct holiday_new h = *what;
	bool ok;

	if (!desk_may(desk, ACT_RULES, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = holiday_load(desk, h.day, &there, err);
	if (ok && strcmp(h.kind, "removed") == 0 &&
	    (there == NULL || strcmp(json_get_text(there, "kind"), "removed") == 0)) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("%s is not in the holiday table; see `suco holiday list`"), h.day);
	} else if (ok && there == NULL && (h.name == NULL || h.name[0] == '\0')) {
		ok = error_set(err, ERR_BAD_INPUT, _("a new day needs a name: what is it?"));
	}
	if (ok && there != NULL) {
		h.source = NULL;
		ok = change_guard(desk, json_get_text(there, "id"), "kind", h.kind,
			json_get_text(there, "kind"), err);
	}
	if (ok) {
		add(desk, holiday_body(desk, there, &h));
	}
	json_free(there);
	return change_end(desk, ok, err);
}

static bool
put_typed(struct desk *desk, const char *typed, const char *name, const char *kind,
	struct error *err)
{
	struct holiday_new h = { .kind = kind, .source = "hand", .origin = "hand" };
	char day[CALENDAR_DAY_SIZE];
	char *clean = NULL;
	int64_t number = 0;
	bool ok;

	if (!calendar_parse_day(&number, typed, err) || (name != NULL &&
		    !text_accept(&clean, name, strlen(name), TEXT_ONE_LINE,
			    limit(LIMIT_NAME), _("name"), err))) {
		return false;
	}
	calendar_iso(day, number);
	h.day = day;
	h.name = clean;
	ok = put(desk, &h, err);
	free(clean);
	return ok;
}

bool
holiday_add(struct desk *desk, const char *day, const char *name, bool working,
	struct error *err)
{
	return put_typed(desk, day, name, working ? "working" : "holiday", err);
}

bool
holiday_remove(struct desk *desk, const char *day, struct error *err)
{
	return put_typed(desk, day, NULL, "removed", err);
}

static bool
confirm_rows(struct desk *desk, const struct json *rows, struct json *each)
{
	for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "kind"), "suggested") == 0) {
			json_push(each, holiday_body(desk, row, &(struct holiday_new){
				.day = json_get_text(row, "day"), .kind = "holiday",
				.origin = "hand" }));
		}
	}
	return json_count(each) > 0;
}

bool
holiday_confirm(struct desk *desk, int year, int *count, struct error *err)
{
	struct json *rows = NULL;
	struct json *each;
	struct json *body;
	bool ok;

	if (!desk_may(desk, ACT_RULES, err) || !change_begin(desk, err)) {
		return false;
	}
	each = json_array();
	ok = holiday_list(desk, year, &rows, err);
	if (ok && json_count(rows) == 0) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("the holiday table has no day of %d; `suco holiday add` or `import`"),
			year);
	}
	*count = 0;
	if (ok && confirm_rows(desk, rows, each)) {
		*count = json_count(each);
		body = json_object();
		json_set(body, "each", each);
		change_add(desk, "holiday_set", NULL, body);
	} else {
		json_free(each);
	}
	json_free(rows);
	return change_end(desk, ok, err);
}

bool
holiday_calendar(struct desk *desk, struct calendar *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &HOLIDAY_WORK, NOARGS);
	struct error ignored;
	int64_t day;

	*out = (struct calendar){ 0 };
	while (stmt_row(st)) {
		if (calendar_parse_day(&day, stmt_text(st, 0), &ignored)) {
			calendar_put(out, day, strcmp(stmt_text(st, 1), "working") == 0);
		}
	}
	if (!stmt_done(st, err)) {
		calendar_clear(out);
		return false;
	}
	return true;
}

static bool
count_year(struct desk *desk, int year, int64_t *all, int64_t *suggested,
	struct error *err)
{
	char from[CALENDAR_DAY_SIZE];
	char to[CALENDAR_DAY_SIZE];
	struct stmt *st;

	range(from, to, year);
	st = db_query(desk_db(desk), &HOLIDAY_YEAR, TXT(from), TXT(to));
	*all = 0;
	*suggested = 0;
	if (stmt_row(st)) {
		*all = stmt_int(st, 0);
		*suggested = stmt_int(st, 1);
	}
	return stmt_done(st, err);
}

bool
holiday_gap(struct desk *desk, struct holiday_gap *out, struct error *err)
{
	struct civil today = zone_civil(desk_zone(desk), desk_now(desk));
	int last = today.month >= OCTOBER ? today.year + 1 : today.year;
	int64_t wanted = 0;

	*out = (struct holiday_gap){ 0 };
	if (!db_one_int(desk_db(desk), &HOLIDAYS_WANTED, &wanted, err, NOARGS)) {
		return false;
	}
	out->wanted = wanted != 0;
	for (int year = today.year; out->wanted && year <= last; year++) {
		int64_t all = 0;
		int64_t suggested = 0;

		if (!count_year(desk, year, &all, &suggested, err)) {
			return false;
		}
		if (all == 0 && out->missing == 0) {
			out->missing = year;
		}
		if (suggested > 0) {
			/* The later year counts: the days of this one are mostly gone. */
			out->year = year;
			out->suggested = (int)suggested;
		}
	}
	return true;
}
