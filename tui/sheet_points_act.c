/* sheet_points_act.c owns what is done on the screen of places: a list is pasted,
 * states change, a name is chosen, a place taken off. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/point_act.h"
#include "core/waiting.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/sheet_points.h"

/* ---- pasting ---- */

static const struct word states[] = {
	{ "down", N_("point|no link") }, { "power_out", N_("point|no power") },
	{ "reserve", N_("point|on reserve") }, { "slow", N_("point|slow") },
	{ "back", N_("point|back") }, { "unknown", N_("point|unknown") }, { NULL, NULL },
};

static const struct form_line paste_lines[] = {
	{ .name = "names", .label = N_("Names"), .kind = FIELD_AREA,
		.list = true, .rows = 8,
		.help = N_("one a line, as they came; or a table with headings") },
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE },
	{ .name = "since", .label = N_("Since"), .kind = FIELD_LINE,
		.help = N_("01:40; empty: the detection, of a later list now") },
	{ .name = "group", .label = N_("Or a group"), .kind = FIELD_LINE,
		.help = N_("code of the register: xa_96") },
	{ .name = NULL },
};

static void
add_states(struct form *form)
{
	struct field *field = form_field(form, "state");

	for (const struct word *w = states; w->word != NULL; w++) {
		field_add_choice(field, w->word, Q_(w->label));
	}
}

static void
fill_paste(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	(void)row;
	add_states(ask_form_fields(view));
}

static const char *
or_null(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

static bool
run_paste(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *names = form_word(values, "names");
	struct point_lines lines = { 0 };
	struct point_report report = { 0 };
	struct point_new what = {
		.lines = &lines, .group = or_null(form_word(values, "group")),
		.state = or_null(form_word(values, "state")),
		.since = or_null(form_word(values, "since")),
	};
	bool ok;

	ok = (names[strspn(names, " \t\n")] == '\0' && what.group != NULL)
		|| point_lines_read(&lines, names, strlen(names), err);
	ok = ok && point_add(desk, case_ref_case(ref), &what, &report, err);
	point_lines_clear(&lines);
	if (ok && report.added == 0) {
		ok = error_set(err, ERR_REFUSED, _("all of them are on the list already: %s"),
			report.already_names);
	}
	if (ok) {
		*said = point_report_text(&report);
	}
	point_report_clear(&report);
	return ok;
}

const struct sheet_form points_paste_form = { .draft = "points",
	.title = N_("paste points"), .lines = paste_lines, .run_said = run_paste,
	.fill = fill_paste, .save = N_("add them"), .said = N_("points on %s added") };

/* ---- several rows by one act ---- */

void
points_hide_numbers(struct view *form, const struct table_row *const *rows, int count)
{
	struct buf out = { 0 };

	for (int i = 0; i < count; i++) {
		buf_addf(&out, "%s%s", i > 0 ? " " : "", rows[i]->key);
	}
	field_set(form_add(ask_form_fields(form), FIELD_HIDDEN, "numbers", ""),
		buf_text(&out));
	buf_free(&out);
}

int *
points_numbers(const struct json *values, int *count)
{
	const char *at = form_word(values, "numbers");
	int *list = xcalloc(limit(LIMIT_POINTS) + 1, sizeof(*list));
	char *end;

	for (*count = 0; *count < (int)limit(LIMIT_POINTS); at = end) {
		long n = strtol(at, &end, 10);

		if (end == at) {
			break;
		}
		list[(*count)++] = (int)n;
	}
	return list;
}

/* One ref stands for all rows: "3: Xã 01, Xã 02, Xã 03". */
static void
open_for(struct app *app, const struct sheet_form *form,
	const struct table_row *const *rows, int count)
{
	struct case_ref ref;

	sheet_ref(&ref, rows[0]);
	if (count > 1) {
		snprintf(ref.title, sizeof(ref.title), _("%d points"), count);
		snprintf(ref.number, sizeof(ref.number), _("%d points"), count);
	}
	form_open(app, form, &ref, 1, count == 1 ? rows[0] : NULL);
	points_hide_numbers(app_top(app), rows, count);
}

static const struct form_line change_lines[] = {
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE },
	{ .name = "at", .label = N_("When"), .kind = FIELD_LINE,
		.help = N_("05:40, -15m; empty: now") },
	{ .name = "reserve", .label = N_("Reserve path"), .kind = FIELD_LINE },
	{ .name = "told", .label = N_("Told by"), .kind = FIELD_LINE,
		.help = N_("Zalo, telephone") },
	{ .name = "confirmed_by", .label = N_("Confirmed by"), .kind = FIELD_LINE },
	{ .name = "person", .label = N_("Person there"), .kind = FIELD_LINE },
	{ .name = "carrier", .label = N_("Carrier"), .kind = FIELD_LINE },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LINE,
		.help = N_("empty: stays as it is") },
	{ .name = NULL },
};

static void
fill_change(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	(void)row;
	add_states(ask_form_fields(view));
}

struct promises {
	const char *case_id;
	int open;
	char *name; /* of the first */
};

static bool
count_promise(const struct waiting *waiting, void *arg)
{
	struct promises *p = arg;

	if (waiting->ended_at == 0 && strcmp(waiting->case_id, p->case_id) == 0
		&& p->open++ == 0) {
		p->name = xstrdup(waiting->name);
	}
	return true;
}

/* Everything is back: whoever promised it is waited for no more, and that is a
 * person's word. */
static bool
say_promises(struct desk *desk, const char *case_id, char **said, struct error *err)
{
	struct promises p = { .case_id = case_id };
	struct point_counts counts;

	bool ok;

	if (!point_count(&counts, desk, case_id, err)) {
		return false;
	}
	ok = counts.states[POINT_BACK] < counts.total
		|| waiting_each(desk, case_id, count_promise, &p, err);
	if (ok && p.open > 0) {
		*said = xasprintf(_("all points are back; still waited for: %s (%d): P, then x"
			" says that it is met"), p.name, p.open);
	}
	free(p.name);
	return ok;
}

static bool
run_change(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	static const char *const fields[] = { "state", "reserve", "told", "confirmed_by",
		"person", "carrier", "note" };
	const char *list[sizeof(fields) / sizeof(fields[0])];
	char *made[sizeof(fields) / sizeof(fields[0])];
	struct point_change what = { .assignments = list,
		.at = or_null(form_word(values, "at")) };
	int *numbers = points_numbers(values, &what.count);
	bool ok;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *value = form_word(values, fields[i]);

		if (value[strspn(value, " ")] != '\0') {
			made[what.assignment_count] = xasprintf("%s=%s", fields[i], value);
			list[what.assignment_count] = made[what.assignment_count];
			what.assignment_count++;
		}
	}
	what.numbers = numbers;
	ok = what.assignment_count > 0 ? point_set(desk, ref->case_id, &what, err)
		: error_set(err, ERR_BAD_INPUT, _("nothing was filled in"));
	if (ok && strcmp(form_word(values, "state"), "back") == 0) {
		ok = say_promises(desk, ref->case_id, said, err);
	}
	for (int i = 0; i < what.assignment_count; i++) {
		free(made[i]);
	}
	free(numbers);
	return ok;
}

static const struct sheet_form change_form = { .title = N_("change"),
	.lines = change_lines, .run_said = run_change, .fill = fill_change,
	.said = N_("%s changed; z takes it back") };

/* ---- choosing what a name means ---- */

struct choosing {
	struct case_ref ref;
	char number[16];
};

static bool
run_choose(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *assignment = form_word(values, "is");
	int *numbers;
	int count;
	bool ok;

	numbers = points_numbers(values, &count);
	ok = point_set(desk, ref->case_id, &(struct point_change){ .numbers = numbers,
		.count = count, .assignments = &assignment, .assignment_count = 1 }, err);
	free(numbers);
	return ok;
}

static bool
chosen(struct app *app, void *arg, const char *word)
{
	struct choosing *choosing = arg;
	struct json *values = json_object();

	json_set_text(values, "is", word);
	json_set_text(values, "numbers", choosing->number);
	act_post(app, &(struct act_call){ .run = run_choose, .said = N_("%s chosen"),
		.refs = &choosing->ref, .count = 1, .values = values });
	return true;
}

static void
choose(struct app *app, const struct table_row *row)
{
	struct choosing *choosing = xcalloc(1, sizeof(*choosing));
	char *title = xasprintf(_("what is \"%s\"?"), row->cells[0]);
	struct view *pick;

	sheet_ref(&choosing->ref, row);
	snprintf(choosing->number, sizeof(choosing->number), "%s", row->key);
	pick = ask_pick(app, &(struct pick){ .title = title, .done = chosen,
		.arg = choosing, .free_arg = free });
	free(title);
	for (const char *at = row->about; *at != '\0'; ) {
		size_t word = strcspn(at, "\t"), rest = strcspn(at, "\n");
		char *is = xstrndup(at, word);
		char *label = xstrndup(at + word + 1, rest - word - 1);

		pick_add(pick, is, label, NULL, NULL);
		free(is);
		free(label);
		at += rest + 1;
	}
}

void
points_enter(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)view;
	if ((app_have(app) & NEED_WRITE) == 0) {
		app_info(app, "%s", _("opened for reading only, or a viewer's role"));
	} else if (count == 1 && rows[0]->about != NULL) {
		choose(app, rows[0]);
	} else {
		open_for(app, &change_form, rows, count);
	}
}

/* ---- taking off ---- */

static const struct form_line remove_lines[] = {
	{ .name = "reason", .label = N_("Why"), .kind = FIELD_LINE,
		.help = N_("it was never hit; the timeline keeps it") },
	{ .name = NULL },
};

static bool
run_remove(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int count;
	int *numbers = points_numbers(values, &count);
	bool ok = point_remove(desk, ref->case_id, numbers, count,
		form_word(values, "reason"), err);

	free(numbers);
	return ok;
}

static const struct sheet_form remove_form = { .title = N_("not hit"),
	.lines = remove_lines, .run = run_remove,
	.said = N_("%s taken off the list; z takes it back") };

void
points_remove(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)view;
	open_for(app, &remove_form, rows, count);
}
