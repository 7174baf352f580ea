/* sheet_planned.c owns the screen of work announced on systems. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/planned.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/views.h"

enum { PRESET_NEAR, PRESET_ALL };

static const char *const presets[] = { N_("announced, and the last 24 hours"),
	N_("all"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("done, moved, cancelled") },
	{ CMD_ADD, NULL },
	{ CMD_PRESETS, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("SYSTEM"), 8, 0, false }, { N_("WORK"), 0, 0, false },
	{ N_("BEGINS"), 11, 0, false }, { N_("ENDS"), 11, 70, false },
	{ N_("STATE"), 13, 60, false }, { N_("BY"), 14, 100, false },
	{ N_("NOTE"), 30, 120, false }, { 0 },
};

static bool
add_row(const struct planned *work, void *arg)
{
	struct filling *f = arg;
	int64_t now = desk_now(f->desk);
	bool open = strcmp(work->state, "planned") == 0
		|| strcmp(work->state, "under_way") == 0;
	struct table_row *row = filling_add(f, work->id, work->n, work->state, "");

	table_cell(row, 0, work->asset);
	table_cell(row, 1, work->what);
	filling_when(f, row, 2, work->from_at);
	if (work->to_at > work->from_at) {
		filling_when(f, row, 3, work->to_at);
	}
	table_cell(row, 4, word_label(WORDS_PLANNED, work->state));
	table_cell(row, 5, work->by);
	table_cell(row, 6, work->note);
	f->count += open ? 1 : 0;
	/* It should be over, and nobody said so. */
	row->signs = open && work->to_at < now ? 1 : 0;
	row->style = open && work->from_at <= now ? ST_STRONG : ST_TEXT;
	f->pressing += open && work->from_at <= now && work->to_at >= now ? 1 : 0;
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };
	int64_t since = page->preset == PRESET_ALL ? 0
		: desk_now(desk) - PLANNED_BEFORE_MS;

	return planned_each(desk, since, add_row, &f, err)
		&& filling_counts(&f, _("%d announced, %d now"), f.count, f.pressing);
}

/* ---- acts ---- */

static const struct form_line add_lines[] = {
	{ .name = "asset", .label = N_("System"), .kind = FIELD_PICK, .required = true,
		.from = CHOICES_ASSETS, .loaded = true,
		.help = N_("type a part of the name") },
	{ .name = "what", .label = N_("The work"), .kind = FIELD_LINE, .required = true },
	{ .name = "from", .label = N_("Begins"), .kind = FIELD_LINE, .required = true,
		.help = N_("22:00, +2h, 25/11 22:00, -3h") },
	{ .name = "until", .label = N_("Ends"), .kind = FIELD_LINE,
		.help = N_("empty: one moment") },
	{ .name = "by", .label = N_("Who does it"), .kind = FIELD_LINE },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LINE },
	{ .name = NULL },
};

static bool
times(struct planned_new *what, struct desk *desk, const struct json *values,
	struct error *err)
{
	const char *from = form_given(values, "from");
	const char *until = form_given(values, "until");

	return (from == NULL || planned_time(&what->from_at, from, desk, err))
		&& (until == NULL || planned_time(&what->to_at, until, desk, err));
}

static bool
run_add(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct planned_new what = { .asset = form_word(values, "asset"),
		.what = form_word(values, "what"), .by = form_word(values, "by"),
		.note = form_word(values, "note") };
	int n;

	(void)ref;
	return times(&what, desk, values, err) && planned_add(desk, &what, &n, err);
}

const struct sheet_form planned_add_form = { .draft = "planned-add",
	.title = N_("announce work"), .lines = add_lines, .run = run_add,
	.said = N_("work on a system recorded%s") };

static const struct word states[] = {
	{ "planned", N_("announced") }, { "under_way", N_("under way") },
	{ "done", N_("finished") }, { "cancelled", N_("cancelled") }, { NULL, NULL },
};

static const struct form_line set_lines[] = {
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE, .words = states,
		.required = true },
	{ .name = "from", .label = N_("Begins"), .kind = FIELD_LINE,
		.help = N_("empty: as it is") },
	{ .name = "until", .label = N_("Ends"), .kind = FIELD_LINE,
		.help = N_("empty: as it is") },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LINE },
	{ .name = NULL },
};

static void
fill_set(struct app *app, struct view *view, const struct table_row *row)
{
	struct form *form = ask_form_fields(view);

	(void)app;
	if (row != NULL) {
		field_set(form_field(form, "state"), row->state);
		field_set(form_field(form, "note"), row->cells[6] != NULL ? row->cells[6] : "");
	}
}

static bool
run_set(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct planned_new what = { .state = form_word(values, "state"),
		.note = form_word(values, "note") };
	bool changed;

	return times(&what, desk, values, err)
		&& planned_set(desk, (int)strtol(ref->item, NULL, 10), &what, &changed, err);
}

const struct sheet_form planned_set_form = { .title = N_("planned work"),
	.lines = set_lines, .run = run_set, .fill = fill_set,
	.said = N_("planned work on %s changed") };

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &planned_set_form },
	{ .command = CMD_ADD, .form = &planned_add_form, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet planned_sheet = {
	.ops = SHEET_OPS("planned", hints),
	.title = N_("PLANNED WORK"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no work is announced; = announces some") },
	.acts = acts,
	.presets = presets,
};
