/* sheet_periodic.c owns the screen of duties with a period: the five columns of
 * the province's table, the result of each. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/obligation.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/views.h"

enum { PRESET_OPEN_ONES, PRESET_EVERYTHING };

#define AHEAD_MS (92 * 86400000LL) /* what is due later does not crowd the list */

static const char *const presets[] = { N_("not completed, due in three months"),
	N_("all periods"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("give its result") },
	{ CMD_PRESETS, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("DUTY"), 0, 0, false }, { N_("DUE"), 10, 0, false },
	{ N_("RESULT"), 14, 50, false }, { N_("DESCRIPTION"), 28, 110, false },
	{ N_("DONE ON"), 10, 96, false }, { N_("LEFT"), 9, 60, false }, { 0 },
};

static char *
all_of(const struct obligation *o, const struct obligation_cells *cells)
{
	return xasprintf("%s\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n%s: %s", cells->task,
		_(obligation_heads[1]), cells->due, _(obligation_heads[2]), cells->result,
		_(obligation_heads[3]), cells->description, _(obligation_heads[4]),
		cells->done, _("Source"), o->source);
}

static bool
add_row(const struct obligation *o, void *arg)
{
	struct filling *f = arg;
	int64_t now = desk_now(f->desk);
	bool done = strcmp(o->result, "done") == 0;
	struct obligation_cells cells;
	char due[32] = "";
	char *name = obligation_name(o);
	struct table_row *row = table_add(f->out, o->id, name, o->result);

	free(name);
	obligation_cells(&cells, o, desk_zone(f->desk));
	if (!done) {
		when_due(due, o->due_at, now, i18n_language());
	}
	row->about = xstrdup(o->description);
	row->text = all_of(o, &cells);
	table_cell(row, 0, cells.task);
	table_cell(row, 1, cells.due);
	table_cell(row, 2, cells.result);
	table_cell(row, 3, cells.description);
	table_cell(row, 4, cells.done);
	table_cell(row, 5, due);
	obligation_cells_clear(&cells);
	row->signs = !done && o->due_at < now ? 2 : 0;
	row->style = row->signs > 0 ? ST_LATE : done ? ST_GREY : ST_TEXT;
	f->count += done ? 0 : 1;
	f->pressing += row->signs > 0 ? 1 : 0;
	return page_take(f->out, f->page);
}

/* Who looks makes the rows that are missing, if his role may. */
static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };
	bool every = page->preset == PRESET_EVERYTHING;
	int made = 0;

	return obligation_open(desk, &made, err)
		&& obligation_each(desk, every, every ? 0 : desk_now(desk) + AHEAD_MS,
			add_row, &f, err)
		&& filling_counts(&f, _("%d not completed, %d late"), f.count, f.pressing);
}

/* On paper the five columns of the province's table, as wide as a page. */
static const struct table_column on_paper[] = {
	{ N_("DUTY"), 0, 0, false }, { N_("DUE"), 10, 0, false },
	{ N_("RESULT"), 14, 0, false }, { N_("DESCRIPTION"), 18, 0, false },
	{ N_("DONE ON"), 10, 0, false }, { 0 },
};

static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	struct table_rows rows = { 0 };

	if (!load(&rows, desk, page, err)) {
		return false;
	}
	buf_addf(out, "%s\n%s\n\n", _("DUTIES WITH A PERIOD"), rows.head.counts);
	table_paper(out, on_paper, &rows, 74);
	table_free(&rows);
	return true;
}

/* ---- acts ---- */

static const struct word results[] = {
	{ "pending", N_("not begun") }, { "doing", N_("being done") },
	{ "done", N_("completed") }, { NULL, NULL },
};

static const struct form_line lines[] = {
	{ .name = "result", .label = N_("Result"), .kind = FIELD_CHOICE, .words = results,
		.required = true, .value = "done" },
	{ .name = "description", .label = N_("Description"), .kind = FIELD_AREA, .rows = 3,
		.help = N_("what was done, number of the report") },
	{ .name = "at", .label = N_("Actually done on"), .kind = FIELD_LINE,
		.help = N_("18/12/2026; empty: now") },
	{ .name = NULL },
};

static void
fill(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	if (row != NULL) {
		field_set(form_field(ask_form_fields(view), "description"),
			row->about != NULL ? row->about : "");
	}
}

static bool
run(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct obligation_change what = { .result = form_word(values, "result"),
		.description = form_word(values, "description"),
		.typed = form_word(values, "at") };

	if (!form_time(&what.done_at, values, "at", WHEN_PAST, desk, err)) {
		return false;
	}
	what.typed = what.typed[0] == '\0' ? NULL : what.typed;
	return obligation_set(desk, ref->item, &what, err);
}

static const struct sheet_form result_form = { .title = N_("result of the duty"),
	.lines = lines, .run = run, .fill = fill, .said = N_("the result is kept") };

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &result_form },
	{ .command = CMD_NONE },
};

const struct sheet periodic_sheet = {
	.ops = SHEET_OPS("periodic", hints),
	.title = N_("DUTIES WITH A PERIOD"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no rule says of a duty with a period; see `suco rule list`") },
	.acts = acts,
	.presets = presets,
	.print = print,
};
