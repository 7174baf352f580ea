/* sheet_countdown.c owns the screen of a case's countdowns: a new reading, the
 * end of one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/countdown.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/when.h"
#include "playbooks/player.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/number.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("a new reading") },
	{ CMD_HOLD, N_("stop it") },
	{ CMD_ADD, N_("another clock") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("NO"), 3, 0, true }, { N_("LEFT"), 0, 0, false },
	{ N_("READ"), 11, 0, false }, { N_("MINUTES"), 7, 0, true },
	{ N_("UNTIL"), 11, 50, false }, { N_("STOPPED"), 32, 100, false }, { 0 },
};

static bool
add_row(const struct countdown *clock, void *arg)
{
	struct filling *f = arg;
	int64_t now = desk_now(f->desk);
	bool running = strcmp(clock->state, "running") == 0;
	char minutes[24], at[WHEN_SHORT_SIZE];
	char *label = merged_words(clock->into, clock->label);
	char *left = running ? countdown_words(label, clock->ends_at, now, desk_zone(f->desk))
		: xasprintf(_("%s: stopped"), label);
	struct table_row *row = filling_add(f, clock->id, clock->n, clock->state,
		clock->case_id);

	snprintf(minutes, sizeof(minutes), "%lld", (long long)clock->minutes);
	row->about = xstrdup(clock->label);
	table_cell(row, 0, row->key);
	table_cell(row, 1, left);
	filling_when(f, row, 2, clock->read_at);
	table_cell(row, 3, minutes);
	filling_when(f, row, 4, clock->ends_at);
	if (!running) {
		char *stopped;

		when_near(at, clock->stopped_at, now, desk_zone(f->desk));
		stopped = xasprintf("%s %s %s", at, clock->stopped_by, clock->reason);
		table_cell(row, 5, stopped);
		free(stopped);
	} else if (clock->ends_at < now + COUNTDOWN_LOW_MS) {
		row->signs = clock->ends_at <= now ? 2 : 1;
		row->style = ST_LATE;
	}
	f->count += running ? 1 : 0;
	free(left);
	free(label);
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return countdown_each(desk, page->about, add_row, &f, err)
		&& filling_counts(&f, _("%d counting down"), f.count);
}

/* ---- acts ---- */

static bool
read_minutes(struct desk *desk, const struct case_ref *ref, const struct json *values,
	const char *label, struct error *err)
{
	const char *typed = form_word(values, "minutes");
	int64_t span = 0, at = 0;
	char *end;
	int n;

	span = strtoll(typed, &end, 10) * 60000;
	if ((*end != '\0' || typed[0] == '\0') && !when_parse_span(&span, typed, err)) {
		return false;
	}
	return form_time(&at, values, "at", WHEN_PAST, desk, err) && player_read(desk,
		ref->case_id, label, span / 60000, at, &n, err);
}

/* The name of the clock stands behind its row. */
static bool
run_reading(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return read_minutes(desk, ref, values, form_word(values, "label"), err);
}

static void
fill_reading(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	if (row != NULL && row->about != NULL) {
		field_set(form_field(ask_form_fields(view), "label"), row->about);
	}
}

#define MINUTES { .name = "minutes", .label = N_("Minutes left"), .kind = FIELD_LINE, \
		.required = true, .help = N_("45, or 1h10") }, \
	{ .name = "at", .label = N_("Read at"), .kind = FIELD_LINE, \
		.help = N_("02:17, -5m; empty: now") }

static const struct form_line reading_lines[] = {
	MINUTES,
	{ .name = "label", .label = "", .kind = FIELD_HIDDEN },
	{ .name = NULL },
};

static const struct form_line add_lines[] = {
	{ .name = "label", .label = N_("What runs out"), .kind = FIELD_LINE,
		.required = true, .help = N_("two or three words: POWER LEFT") },
	MINUTES,
	{ .name = NULL },
};

const struct sheet_form countdown_read_form = { .title = N_("a new reading"),
	.lines = reading_lines, .run = run_reading, .fill = fill_reading, .tell = true,
	.said = N_("reading kept for clock %s") };
const struct sheet_form countdown_add_form = { .draft = "countdown-add",
	.title = N_("count minutes down"), .lines = add_lines, .run = run_reading,
	.said = N_("%s: it counts down") };

static const struct form_line stop_lines[] = {
	{ .name = "reason", .label = N_("Why"), .kind = FIELD_LINE,
		.help = N_("power is back at 05:40") },
	{ .name = NULL },
};

static bool
run_stop(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return countdown_stop(desk, ref->case_id, number_of(ref->item),
		form_word(values, "reason"), err);
}

static const struct sheet_form stop_form = { .title = N_("stop clock"),
	.lines = stop_lines, .save = N_("stop it"), .run = run_stop,
	.said = N_("clock %s is stopped") };

static const char *
refuse_stop(const struct table_row *row)
{
	return strcmp(row->state, "running") == 0 ? NULL : N_("it is stopped already");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &countdown_read_form },
	{ .command = CMD_HOLD, .form = &stop_form, .refuse = refuse_stop },
	{ .command = CMD_ADD, .form = &countdown_add_form, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet countdown_sheet = {
	.ops = SHEET_OPS("countdowns", hints),
	.title = N_("COUNTDOWNS"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("nothing counts down; = types the minutes that are left") },
	.acts = acts,
};
