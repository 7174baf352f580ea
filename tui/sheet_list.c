/* sheet_list.c owns the screen of a step's list: lines ticked one by one or many at
 * once, with what is written beside each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/check.h"
#include "tui/ask.h"
#include "tui/list_add.h"
#include "tui/sheet_points.h"
#include "tui/views.h"

SQL(NAME_OF_LOGIN, "t", "SELECT name FROM member WHERE login = $1");

enum { SHOW_ALL, SHOW_LEFT };

static const char *const presets[] = { N_("all"), N_("not ticked"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("tick, write") },
	{ CMD_ZOOM_IN, N_("tick") },
	{ CMD_ADD, N_("add lines") },
	{ CMD_PRESETS, NULL },
	{ CMD_ZOOM_OUT, N_("take the tick back") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("LINE"), 0, 0, false }, { N_("BY, AT"), 12, 0, false },
	{ N_("WRITTEN"), 26, 0, false },
	{ N_("MARK"), 18, 90, false }, { N_("OF WHOM"), 20, 110, false }, { 0 },
};

struct list_filling {
	struct table_rows *out;
	const struct page *page;
	struct desk *desk;
	const struct check_step *step;
	const struct check_list *list;
};

/* A cross says no more than which column it stands in. */
static const char *
mark_or(const char *text, const char *column)
{
	return strcmp(text, "x") == 0 || strcmp(text, "X") == 0 ? column : text;
}

/* "02:20 · bà B", "clean · bà B" of a cross; with the columns' names a line each. */
static char *
written(const struct list_filling *f, const struct point *row, bool names)
{
	struct buf out = { 0 };

	for (int i = 0; i < json_count(f->list->columns); i++) {
		const char *column = json_text(json_at(f->list->columns, i), "");
		char *text = check_list_cell(f->list, row, i, f->desk);

		if (text[0] != '\0' && names) {
			buf_addf(&out, "%s: %s\n", column, text);
		} else if (text[0] != '\0') {
			buf_addf(&out, "%s%s", out.len > 0 ? " · " : "", mark_or(text, column));
		}
		free(text);
	}
	return buf_take(&out);
}

static bool
put_ticked(const struct list_filling *f, struct table_row *row, const struct point *p,
	struct error *err)
{
	char at[WHEN_SHORT_SIZE];
	char *name = NULL;
	char *text;

	if (p->ticked_at == 0) {
		return true;
	}
	if (!db_one_text(desk_db(f->desk), &NAME_OF_LOGIN, &name, err, TXT(p->ticked_by))) {
		return false;
	}
	when_clock(at, p->ticked_at, desk_zone(f->desk));
	text = xasprintf("%s %s", name != NULL ? fold_given_name(name) : p->ticked_by, at);
	table_cell(row, 1, text);
	free(text);
	free(name);
	return true;
}

/* The columns of the list, for the form: a name a line. */
static char *
column_names(const struct json *list)
{
	struct buf out = { 0 };

	for (const struct json *one = json_first(list); one != NULL;
		one = json_next(one)) {
		buf_addf(&out, "%s\n", json_text(one, ""));
	}
	return buf_take(&out);
}

static bool
add_row(const struct list_filling *f, const struct point *p, struct error *err)
{
	struct table_row *row;
	char number[16];
	char *text;

	bool ticked = check_line_ticked(f->list, p);

	if (f->page->preset == SHOW_LEFT && ticked) {
		return true;
	}
	snprintf(number, sizeof(number), "%d", p->n);
	row = table_add(f->out, p->id, number, ticked ? "ticked" : "left");
	/* A line that is not written yet is known by its number. */
	if (p->id[0] == '\0') {
		snprintf(row->id, sizeof(row->id), "line-%d", p->n);
	}
	memcpy(row->case_id, f->step->case_id, sizeof(row->case_id));
	text = xasprintf("%s %s%s%s", ticked ? "[x]" : "[ ]",
		strcmp(p->ref_kind, "asset") == 0 ? p->ref : "",
		strcmp(p->ref_kind, "asset") == 0 ? " " : "", p->name);
	table_cell(row, 0, text);
	free(text);
	text = written(f, p, true);
	row->text = xasprintf("%d  %s\n%s%s%s%s", p->n, p->name, text, check_list_mark(p),
		check_list_mark(p)[0] != '\0' && p->person[0] != '\0' ? "\n" : "", p->person);
	free(text);
	text = written(f, p, false);
	table_cell(row, 2, text[0] != '\0' ? text : check_list_mark(p));
	free(text);
	table_cell(row, 3, check_list_mark(p));
	table_cell(row, 4, p->person);
	row->about = column_names(f->list->columns);
	row->style = ticked ? ST_DIM : ST_TEXT;
	if (!put_ticked(f, row, p, err)) {
		return false;
	}
	(void)page_take(f->out, f->page);
	return true;
}

static void
put_head(const struct list_filling *f, bool before, struct table_head *head)
{
	int total = f->list->rows.count;
	int left = total - f->list->ticked;

	char *lack = check_list_lack(f->list);
	char *name = text_column(f->step->name, 40, false, false);

	snprintf(head->counts, sizeof(head->counts), _("%d/%d  step %d %s"),
		f->list->ticked, total, f->step->n, name);
	free(name);
	if (!f->step->open) {
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("The step has ended: its list stands as it is."));
	} else if (lack != NULL) {
		snprintf(head->todo, sizeof(head->todo), "%s", lack);
		head->late = true;
	} else if (total == 0) {
		snprintf(head->todo, sizeof(head->todo), "%s", before
			? _("No line yet: = offers those listed before, F10 takes them.")
			: _("No line yet: = takes them, one a line."));
	} else if (f->list->finds && f->list->ticked > 0) {
		snprintf(head->todo, sizeof(head->todo), _("%d of %d are hit: + ticks one"
			" more. Complete? < back, finish the step."), total - left, total);
	} else if (left > 0) {
		snprintf(head->todo, sizeof(head->todo), _("%d of %d left: + ticks, Enter"
			" writes beside it, Space marks several."), left, total);
	} else {
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("All are ticked: go back (<) and finish the step."));
	}
	free(lack);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct step_list step;
	struct check_list list = { 0 };
	struct buf before = { 0 };
	struct list_filling f = { .out = out, .page = page, .desk = desk, .step = &step.step,
		.list = &list };
	char *case_id = NULL;
	bool ok;

	ok = list_step_open(&step, &case_id, desk, page->about, err);
	if (ok) {
		ok = check_list_load(&list, desk, &step.step, err);
		for (int i = 0; ok && i < list.rows.count; i++) {
			ok = add_row(&f, &list.rows.rows[i], err);
		}
		ok = ok && (list.rows.count > 0
			|| check_list_before(&before, desk, &step.step, err));
		if (ok) {
			put_head(&f, before.len > 0, &out->head);
		}
		buf_free(&before);
		check_list_clear(&list);
		step_list_close(&step);
	}
	free(case_id);
	return ok;
}

/* ---- acts: ref->id is the step's instance ---- */

static bool
with_step(struct desk *desk, const struct case_ref *ref, const struct check_tick *tick,
	struct error *err)
{
	struct step_list step;
	char *case_id;
	bool ok;

	if (!list_step_open(&step, &case_id, desk, ref->id, err)) {
		free(case_id);
		return false;
	}
	ok = check_list_tick(desk, &step.step, tick, err);
	step_list_close(&step);
	free(case_id);
	return ok;
}

#define COLUMN "column."

static bool
do_tick(struct desk *desk, const struct case_ref *ref, const struct json *values, bool off,
	struct error *err)
{
	struct check_tick tick = { .off = off };
	int *numbers = points_numbers(values, &tick.count);
	const char **list = xcalloc((size_t)json_count(values) + 1, sizeof(*list));
	char **made = xcalloc((size_t)json_count(values) + 1, sizeof(*made));
	bool ok;

	for (const struct json *value = json_first(values); value != NULL;
		value = json_next(value)) {
		const char *name = json_key(value);

		if (strncmp(name, COLUMN, strlen(COLUMN)) == 0
			&& json_text(value, "")[0] != '\0') {
			made[tick.assignment_count] = xasprintf("%s=%s", name + strlen(COLUMN),
				json_text(value, ""));
			list[tick.assignment_count] = made[tick.assignment_count];
			tick.assignment_count++;
		}
	}
	tick.numbers = numbers;
	tick.assignments = list;
	tick.at = form_word(values, "at");
	ok = with_step(desk, ref, &tick, err);
	for (int i = 0; i < tick.assignment_count; i++) {
		free(made[i]);
	}
	free(made);
	free(list);
	free(numbers);
	return ok;
}

static bool
run_tick(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return do_tick(desk, ref, values, false, err);
}

static bool
run_untick(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return do_tick(desk, ref, values, true, err);
}

static const struct form_line tick_lines[] = {
	{ .name = "at", .label = N_("When"), .kind = FIELD_LINE,
		.help = N_("02:20, -15m; empty: now") },
	{ .name = NULL },
};

static const struct sheet_form tick_form = { .title = N_("tick"), .lines = tick_lines,
	.run = run_tick, .save = N_("tick"), .said = N_("%s ticked; z takes it back") };

/* The step stands behind the view, the rows only know their numbers. */
static struct case_ref
ref_of(const struct sheet_view *view, const struct table_row *const *rows, int count)
{
	struct case_ref ref = { 0 };

	if (count > 0) {
		sheet_ref(&ref, rows[0]);
		/* The tick before it is none of its name. */
		memmove(ref.title, ref.title + 4, strlen(ref.title + 4) + 1);
	}
	if (count > 1) {
		snprintf(ref.title, sizeof(ref.title), _("%d lines"), count);
	}
	snprintf(ref.number, sizeof(ref.number), _("%d lines"), count);
	if (count == 1) {
		snprintf(ref.number, sizeof(ref.number), _("line %s"), rows[0]->key);
	}
	memcpy(ref.id, view->browse.view.about, sizeof(ref.id));
	return ref;
}

/* A field a column; none where the list has only ticks. */
static void
add_columns(struct form *form, const char *names)
{
	while (names != NULL && *names != '\0') {
		size_t len = strcspn(names, "\n");
		char *label = xstrndup(names, len);
		char *name = xasprintf(COLUMN "%s", label);

		(void)form_add(form, FIELD_LINE, name, label);
		free(name);
		free(label);
		names += len + (names[len] != '\0');
	}
}

static void
post_ticks(struct app *app, const struct sheet_view *view,
	const struct table_row *const *rows, int count, act_fn *run, const char *said)
{
	const struct case_ref ref = ref_of(view, rows, count);
	struct json *values = json_object();
	struct buf numbers = { 0 };

	for (int i = 0; i < count; i++) {
		buf_addf(&numbers, "%s%s", i > 0 ? " " : "", rows[i]->key);
	}
	json_set_text(values, "numbers", buf_text(&numbers));
	buf_free(&numbers);
	act_post(app, &(struct act_call){ .run = run, .said = said, .refs = &ref, .count = 1,
		.values = values });
}

static bool
read_only(struct app *app)
{
	bool only = (app_have(app) & NEED_WRITE) == 0;

	if (only) {
		app_info(app, "%s", _("opened for reading only, or a viewer's role"));
	}
	return only;
}

static void
enter(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	const struct case_ref ref = ref_of(view, rows, count);
	struct form *form;

	if (read_only(app)) {
		return;
	}
	if (rows[0]->about == NULL || rows[0]->about[0] == '\0') {
		post_ticks(app, view, rows, count, run_tick, tick_form.said);
		return;
	}
	form_open(app, &tick_form, &ref, 1, NULL);
	form = ask_form_fields(app_top(app));
	add_columns(form, rows[0]->about);
	points_hide_numbers(app_top(app), rows, count);
	form->focus = 1;
}

static void
tick(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	if (!read_only(app)) {
		post_ticks(app, view, rows, count, run_tick, tick_form.said);
		list_unmark_all(&view->browse.list);
	}
}

static void
untick(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	if (count == 1 && strcmp(rows[0]->state, "ticked") != 0) {
		app_info(app, "%s", _("it is not ticked"));
	} else if (!read_only(app)) {
		post_ticks(app, view, rows, count, run_untick, N_("%s: tick taken back"));
		list_unmark_all(&view->browse.list);
	}
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = enter, .bulk = true },
	{ .command = CMD_ZOOM_IN, .run = tick, .bulk = true },
	{ .command = CMD_ZOOM_OUT, .run = untick, .bulk = true },
	{ .command = CMD_ADD, .run = list_add, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet list_sheet = {
	.ops = SHEET_OPS("list", hints),
	.title = N_("LIST TO TICK"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("the list has no line yet; = takes them, one a line") },
	.acts = acts,
	.presets = presets,
};

void
open_step_list(struct app *app, const char *instance)
{
	struct view *view = view_new(&list_sheet.ops);

	snprintf(view->about, sizeof(view->about), "%s", instance);
	app_open(app, view);
}
