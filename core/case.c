/* case.c reads cases: the row as a struct, and finding one by what people
 * type. */
#include "core/case.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"

SQL(CASE_BY_ID, "t", "SELECT " CASE_COLUMNS CASE_FROM "WHERE c.id = $1");
SQL(CASE_ID_BY_NUMBER, "t", "SELECT id FROM cases WHERE number = $1");
SQL(CASE_ID_BY_SERIAL, "iii",
	"SELECT id FROM cases WHERE drill = $1 AND serial = $2 AND year <= $3"
	" ORDER BY year DESC LIMIT 1");

void
case_clear(struct ir_case *c)
{
	free(c->title);
	free(c->category);
	free(c->severity_rule);
	free(c->asset_code);
	free(c->asset_name);
	free(c->owner_login);
	free(c->owner_name);
	free(c->reporter);
	free(c->cause);
	free(c->result);
	free(c->lessons);
	free(c->next_step);
	*c = (struct ir_case){ 0 };
}

#define PUT(field, column) \
	(void)snprintf(out->field, sizeof out->field, "%s", \
		stmt_null(st, column) ? "" : stmt_text(st, column))

static void
times_from_row(struct ir_case *out, struct stmt *st)
{
	out->detected_at = stmt_int(st, 22);
	out->occurred_at = stmt_int(st, 23);
	out->opened_at = stmt_int(st, 24);
	out->acknowledged_at = stmt_int(st, 25);
	out->contained_at = stmt_int(st, 26);
	out->recovered_at = stmt_int(st, 27);
	out->closed_at = stmt_int(st, 28);
	out->reportable_asked_at = stmt_int(st, 42);
	out->personal_data_at = stmt_int(st, 43);
	out->beyond_capacity_at = stmt_int(st, 44);
}

static void
kept_from_row(struct ir_case *out, struct stmt *st)
{
	out->due_at = stmt_int(st, 33);
	out->next_step = stmt_own(st, 34);
	out->next_n = (int)stmt_int(st, 35);
	out->steps_done = (int)stmt_int(st, 36);
	out->steps_total = (int)stmt_int(st, 37);
	out->open_tasks = (int)stmt_int(st, 38);
	out->events = stmt_int(st, 39);
	out->last_at = stmt_int(st, 40);
	out->version = stmt_int(st, 41);
}

void
case_from_row(struct ir_case *out, struct stmt *st)
{
	*out = (struct ir_case){ 0 };
	PUT(id, 0);
	PUT(number, 1);
	out->drill = stmt_int(st, 2) != 0;
	out->title = stmt_own(st, 3);
	PUT(kind, 4);
	out->category = stmt_own(st, 5);
	PUT(status, 6);
	out->is_open = stmt_int(st, 7) != 0;
	out->severity = (int)stmt_int(st, 8);
	out->severity_suggested = (int)stmt_int(st, 9);
	out->severity_rule = stmt_own(st, 10);
	PUT(asset_id, 11);
	out->asset_code = stmt_own(st, 12);
	out->asset_name = stmt_own(st, 13);
	PUT(owner_id, 14);
	out->owner_login = stmt_own(st, 15);
	out->owner_name = stmt_own(st, 16);
	out->reporter = stmt_own(st, 17);
	PUT(tlp, 18);
	PUT(pap, 19);
	PUT(reportable, 20);
	PUT(personal_data, 21);
	times_from_row(out, st);
	PUT(merged_into, 29);
	out->cause = stmt_own(st, 30);
	out->result = stmt_own(st, 31);
	out->lessons = stmt_own(st, 32);
	kept_from_row(out, st);
}

bool
case_load(struct ir_case *out, struct desk *desk, const char *id,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CASE_BY_ID, TXT(id));
	bool found = false;

	*out = (struct ir_case){ 0 };
	if (stmt_row(st)) {
		case_from_row(out, st);
		found = true;
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (!found) {
		return error_set(err, ERR_NOT_FOUND, _("there is no case %s"), id);
	}
	return true;
}

int
case_severity(const struct ir_case *c)
{
	return c->severity != 0 ? c->severity : c->severity_suggested;
}

/* "2026-42", "D-2026-3", "42": drill, year (0: not said) and serial. */
static bool
split_number(const char *spec, bool *drill, int *year, int64_t *serial)
{
	const char *p = spec;
	char *end;
	unsigned long first;

	*drill = (p[0] == 'D' || p[0] == 'd') && p[1] == '-';
	if (*drill) {
		p += 2;
	}
	if (!isdigit((unsigned char)*p) || strlen(p) > 15) {
		return false;
	}
	first = strtoul(p, &end, 10);
	if (*end == '\0') {
		*year = 0;
		*serial = (int64_t)first;
		return true;
	}
	if (*end != '-' || !isdigit((unsigned char)end[1]) || first > 9999) {
		return false;
	}
	*year = (int)first;
	*serial = (int64_t)strtoul(end + 1, &end, 10);
	return *end == '\0';
}

static bool
id_of(struct desk *desk, const char *spec, char **id, struct error *err)
{
	int this_year = zone_civil(desk_zone(desk), desk_now(desk)).year;
	char number[40];
	bool drill;
	int year;
	int64_t serial;

	if (!split_number(spec, &drill, &year, &serial)) {
		return true;
	}
	if (year == 0) {
		return db_one_text(desk_db(desk), &CASE_ID_BY_SERIAL, id, err,
			I64(drill), I64(serial), I64(this_year));
	}
	(void)snprintf(number, sizeof number, "%s%04d-%04lld", drill ? "D-" : "", year,
		(long long)serial);
	return db_one_text(desk_db(desk), &CASE_ID_BY_NUMBER, id, err, TXT(number));
}

bool
case_find(struct ir_case *out, struct desk *desk, const char *spec,
	struct error *err)
{
	char *id = NULL;
	bool ok;

	*out = (struct ir_case){ 0 };
	if (uuid_valid(spec)) {
		return case_load(out, desk, spec, err);
	}
	if (!id_of(desk, spec, &id, err)) {
		return false;
	}
	if (id == NULL) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no case %.60s; a case is 2026-0042, 42 or D-2026-0003"), spec);
	}
	ok = case_load(out, desk, id, err);
	free(id);
	return ok;
}

bool
case_must_be_open(const struct ir_case *c, struct error *err)
{
	return c->is_open || error_set(err, ERR_REFUSED,
		_("case %s is not open: nothing new is asked or waited for on it"), c->number);
}
