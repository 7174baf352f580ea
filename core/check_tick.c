/* check_tick.c owns the acts on a check-list: its lines are written, ticked and
 * filled in; what concerns a place of the case is written there. */
#include "core/check_private.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/point_act.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

/* One value for one column. */
struct value {
	const char *column; /* borrowed from the plan */
	char *text;
	enum point_field field; /* PF_COUNT: the column is the list's own */
};

struct ticking {
	struct desk *desk;
	const struct check_step *step;
	const struct check_tick *what;
	struct check_list list;
	struct value *values;
	int value_count;
	int64_t at;
	struct json *each;
	int others; /* lines that somebody else had ticked */
	const struct point *other;
};

/* A column by its name without marks, or by its number. */
static const char *
find_column(const struct check_list *list, const char *typed)
{
	char *key = fold_text(typed);
	const char *found = NULL;
	int n = 0;

	for (const struct json *one = json_first(list->columns); one != NULL && found == NULL;
	     one = json_next(one)) {
		char *name = fold_text(json_text(one, ""));

		n++;
		if (strcmp(name, key) == 0 || (key[0] == '0' + n && key[1] == '\0')) {
			found = json_text(one, "");
		}
		free(name);
	}
	free(key);
	return found;
}

static bool
no_column(const struct check_list *list, const char *name, struct error *err)
{
	struct buf all = { 0 };

	for (const struct json *one = json_first(list->columns); one != NULL;
	     one = json_next(one)) {
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", json_text(one, ""));
	}
	(void)(all.len == 0
		? error_set(err, ERR_BAD_INPUT, _("this list has no columns, only ticks"))
		: error_set(err, ERR_BAD_INPUT, _("this list has no column %.60s: %s"), name,
			buf_text(&all)));
	buf_free(&all);
	return false;
}

static bool
read_value(struct ticking *t, const char *assignment, struct error *err)
{
	const char *equals = strchr(assignment, '=');
	const char *column;
	char *text = NULL;
	char *name;
	bool ok;

	if (equals == NULL || equals == assignment) {
		return error_set(err, ERR_USAGE, _("\"%.80s\" is not COLUMN=VALUE"), assignment);
	}
	name = xstrndup(assignment, (size_t)(equals - assignment));
	column = find_column(&t->list, name);
	ok = column != NULL ? text_accept(&text, equals + 1, strlen(equals + 1),
			TEXT_ONE_LINE, limit(LIMIT_NAME), column, err)
		: no_column(&t->list, name, err);
	free(name);
	if (ok) {
		t->values = xrealloc(t->values,
			((size_t)t->value_count + 1) * sizeof *t->values);
		t->values[t->value_count++] = (struct value){ column, text,
			point_field_of(column) };
	}
	return ok;
}

static bool
read_tick(struct ticking *t, struct error *err)
{
	const char *at = t->what->at;

	t->at = desk_now(t->desk);
	if (at != NULL && at[0] != '\0' && !when_parse(&t->at, at, WHEN_PAST, t->at,
			desk_zone(t->desk), err)) {
		return false;
	}
	for (int i = 0; i < t->what->assignment_count; i++) {
		if (!read_value(t, t->what->assignments[i], err)) {
			return false;
		}
	}
	return true;
}

/* The values that are fields of places, for point_set(). */
static void
place_values(const struct ticking *t, const char **out, char **made, int *count)
{
	for (int i = 0; i < t->value_count; i++) {
		if (t->values[i].field != PF_COUNT && point_fields[t->values[i].field].settable) {
			made[*count] = xasprintf("%s=%s", point_fields[t->values[i].field].name,
				t->values[i].text);
			out[*count] = made[*count];
			*count += 1;
		}
	}
}

/* The line's places get what was filled in; a ticked line of a column "told" is
 * told now. */
static bool
write_places(struct ticking *t, const int *numbers, int count, struct error *err)
{
	const char **assignments = xcalloc((size_t)t->value_count + 2, sizeof *assignments);
	char **made = xcalloc((size_t)t->value_count + 2, sizeof *made);
	char at[WHEN_RFC3339_SIZE];
	int given = 0;
	bool told = false;
	bool ok = true;

	place_values(t, assignments, made, &given);
	for (const struct json *one = json_first(t->list.columns); one != NULL;
	     one = json_next(one)) {
		told = told || point_field_of(json_text(one, "")) == PF_TOLD_AT;
	}
	when_rfc3339(at, t->at, desk_zone(t->desk));
	for (int i = 0; told && i < given; i++) {
		told = strncmp(made[i], "told_at=", 8) != 0;
	}
	if (told && !t->what->off) {
		made[given] = xasprintf("told_at=%s", at);
		assignments[given] = made[given];
		given++;
	}
	if (given > 0 && count > 0) {
		ok = point_set(t->desk, t->step->case_id, &(struct point_change){
			.numbers = numbers, .count = count, .assignments = assignments,
			.assignment_count = given, .at = at }, err);
	}
	for (int i = 0; i < given; i++) {
		free(made[i]);
	}
	free(made);
	free(assignments);
	return ok;
}

/* A line of a group that is said to be down becomes a place of the case. */
static bool
new_place(struct ticking *t, const struct point *row, struct error *err)
{
	struct point_lines lines = { 0 };
	struct point_line line = { .line = row->n };
	struct point_report report;
	bool state = false;
	bool ok;

	for (int i = 0; i < t->value_count; i++) {
		enum point_field field = t->values[i].field;

		if (field != PF_COUNT && field != PF_NAME && field != PF_NUMBER) {
			free(line.fields[field]);
			line.fields[field] = xstrdup(t->values[i].text);
			state = state || field == PF_STATE;
		}
	}
	if (state) {
		line.fields[PF_NAME] = xstrdup(row->name);
		line.fields[strcmp(row->ref_kind, "unit") == 0 ? PF_UNIT : PF_ASSET] =
			xstrdup(row->ref);
	}
	lines.list = &line;
	lines.count = 1;
	ok = !state || point_add(t->desk, t->step->case_id,
		&(struct point_new){ .lines = &lines }, &report, err);
	if (ok && state) {
		point_report_clear(&report);
	}
	for (int f = 0; f < PF_COUNT; f++) {
		free(line.fields[f]);
	}
	return ok;
}

/* The list's own columns: kept together, each value in its place. */
static char *
cells_with(const struct ticking *t, const struct point *row, bool place)
{
	struct json *cells = NULL;
	struct error ignored;
	char *text;

	if (row->cells[0] == '\0' || !json_parse(&cells, row->cells, strlen(row->cells), NULL,
			&ignored)) {
		cells = json_object();
	}
	for (int i = 0; i < t->value_count; i++) {
		bool theirs = place && t->values[i].field != PF_COUNT &&
			point_fields[t->values[i].field].settable;

		if (!theirs) {
			json_set_text(cells, t->values[i].column, t->values[i].text);
		}
	}
	text = json_count(cells) == 0 ? xstrdup("") : json_canonical(cells);
	json_free(cells);
	return text;
}

static bool
tick_row(struct ticking *t, const struct point *row, bool place, struct error *err)
{
	const char *me = desk_me(t->desk)->login;
	bool on = !t->what->off;
	bool is = row->ticked_at != 0;
	char *cells = cells_with(t, row, place);
	struct json *body = thing_change("point", row->id);
	bool ok = true;

	json_set_int(body, "n", row->n);
	json_set_text(body, "name", row->name);
	if (on && is && strcmp(row->ticked_by, me) != 0 && t->value_count == 0) {
		t->others++;
		t->other = row;
	} else if (on != is) {
		ok = change_guard(t->desk, row->id, "ticked_at", on ? me : "", row->ticked_by,
			err);
		set_int(body, "ticked_at", row->ticked_at, on ? t->at : 0);
		set_text(body, "ticked_by", row->ticked_by, on ? me : "");
	}
	if (ok && strcmp(cells, row->cells) != 0) {
		ok = change_guard(t->desk, row->id, "cells", cells, row->cells, err);
		set_text(body, "cells", row->cells, cells);
	}
	free(cells);
	if (ok && set_count(body) > 0) {
		json_push(t->each, body);
	} else {
		json_free(body);
	}
	return ok;
}

static bool
tick_rows(struct ticking *t, struct error *err)
{
	int *places = xcalloc((size_t)t->what->count + 1, sizeof *places);
	int place_count = 0;
	bool ok = true;

	for (int i = 0; ok && i < t->what->count; i++) {
		const struct point *row = point_by_n(&t->list.rows, t->what->numbers[i]);
		const struct point *behind = row == NULL ? NULL : check_place_of(&t->list, row);
		bool register_line = row != NULL && (strcmp(row->ref_kind, "unit") == 0 ||
			strcmp(row->ref_kind, "asset") == 0);

		if (row == NULL) {
			ok = error_set(err, ERR_NOT_FOUND, _("there is no line %d in this list"),
				t->what->numbers[i]);
			break;
		}
		if (behind != NULL) {
			places[place_count++] = behind->n;
		}
		ok = tick_row(t, row, behind != NULL, err) &&
			(behind != NULL || !register_line || t->what->off ||
			 new_place(t, row, err));
	}
	ok = ok && write_places(t, places, place_count, err);
	free(places);
	return ok;
}

/* "column: value, ..." for the timeline. */
static void
put_said(struct json *body, const struct ticking *t)
{
	struct buf said = { 0 };

	for (int i = 0; i < t->value_count; i++) {
		buf_addf(&said, "%s%s: %s", said.len > 0 ? ", " : "", t->values[i].column,
			t->values[i].text);
	}
	if (said.len > 0) {
		json_set_text(body, "said", buf_text(&said));
	}
	buf_free(&said);
}

static void
append(struct ticking *t)
{
	int change = 0;
	struct json *body;

	if (json_count(t->each) == 0) {
		return;
	}
	for (const struct json *one = json_first(t->each); one != NULL; one = json_next(one)) {
		change += json_get(json_get(one, "set"), "ticked_at") != NULL;
	}
	body = json_object();
	json_set(body, "each", t->each);
	t->each = NULL;
	check_put_step(body, t->step);
	put_said(body, t);
	json_set_int(body, "ticked", t->list.ticked + (t->what->off ? -change : change));
	json_set_int(body, "total", t->list.rows.count);
	change_add_at(t->desk, "checklist_set", t->step->case_id, body,
		(struct event_time){ .at = t->at == desk_now(t->desk) ? 0 : t->at });
}

static void
ticking_clear(struct ticking *t)
{
	for (int i = 0; i < t->value_count; i++) {
		free(t->values[i].text);
	}
	free(t->values);
	json_free(t->each);
	check_list_clear(&t->list);
}

bool
check_list_tick(struct desk *desk, const struct check_step *step,
	const struct check_tick *what, struct error *err)
{
	struct ticking t = { .desk = desk, .step = step, .what = what };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !check_step_open(step, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	t.each = json_array();
	ok = check_list_load(&t.list, desk, step, err) && read_tick(&t, err) &&
		check_rows_write(desk, step, &t.list, err) && tick_rows(&t, err);
	if (ok && t.others > 0 && t.others == what->count) {
		ok = error_set(err, ERR_CONFLICT, _("%s is ticked already, by %s"),
			t.other->name, PERSON(desk, t.other->ticked_by));
	}
	if (ok) {
		append(&t);
	}
	ok = change_end(desk, ok, err);
	ticking_clear(&t);
	return ok;
}
