/* sheet_waits.c owns the screen of what the desk waits for outside. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/when.h"
#include "tui/case_rows.h"
#include "tui/filling.h"
#include "tui/views.h"
#include "tui/wait_forms.h"

enum { SHOW_ALL, SHOW_MINE };

static const char *const presets[] = { N_("all that is waited for"), N_("mine"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("record an asking") },
	{ CMD_RAISE, NULL },
	{ CMD_HOLD, N_("done") },
	{ CMD_CHANGE, N_("reschedule") },
	{ CMD_PRESETS, NULL },
	{ CMD_CASE, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("CASE"), 7, 0, false }, { N_("UNIT"), 16, 60, false, 26 },
	{ N_("TASK"), 0, 0, false }, { N_("TICKET"), 8, 80, false },
	{ N_("PROMISED"), 15, 0, false, 21 }, { N_("ASKED"), 5, 76, true },
	{ N_("NEXT"), 5, 0, false }, { N_("FOLLOWED BY"), 11, 100, false },
	{ N_("RAISED TO"), 24, 140, false }, { 0 },
};

static const struct {
	const char *state, *label;
	int signs;
	enum style style;
} next[] = {
	[WAITING_NOT_YET] = { "wait", N_("wait"), 0, ST_TEXT },
	[WAITING_ASK] = { "ask", N_("next|call"), 2, ST_LATE },
	[WAITING_RAISE] = { "raise", N_("next|raise"), 2, ST_LATE },
};

/* "02:00 quá 24ph": when, and how it stands. */
static void
promised(char out[64], const struct waiting *w, struct desk *desk)
{
	char at[WHEN_SHORT_SIZE], due[32];

	out[0] = '\0';
	if (w->promised_at == NO_DUE) {
		snprintf(out, 64, "%s", Q_("promise|none"));
		return;
	}
	when_near(at, w->promised_at, desk_now(desk), desk_zone(desk));
	when_due(due, w->promised_at, desk_now(desk), i18n_language());
	/* Of another day the date is said; the signs and NEXT say whether it is over. */
	if (strchr(at, '/') != NULL) {
		snprintf(out, 64, "%s", at);
	} else {
		snprintf(out, 64, "%s %s", at, due);
	}
}

static bool
add_row(const struct waiting *w, void *arg)
{
	struct filling *f = arg;
	int64_t now = desk_now(f->desk);
	enum waiting_next what = waiting_next(w, now);
	char number[24], asked[16], when[64];
	struct table_row *row;
	char *key, *task;

	if (f->page->preset == SHOW_MINE && strcmp(w->owner, desk_me(f->desk)->login) != 0) {
		return true;
	}
	key = waiting_key(w);
	row = table_add(f->out, w->id, key, next[what].state);
	free(key);
	waiting_row(row, w, f->desk);
	case_short_number(number, w->number);
	snprintf(asked, sizeof(asked), "%d", w->asked);
	promised(when, w, f->desk);
	table_cell(row, 0, number);
	table_cell(row, 1, w->name);
	task = merged_words(w->into, w->what);
	table_cell(row, 2, task);
	free(task);
	table_cell(row, 3, w->ticket);
	table_cell(row, 4, when);
	table_cell(row, 5, asked);
	table_cell(row, 6, Q_(next[what].label));
	table_cell(row, 7, fold_given_name(w->owner_name));
	table_cell(row, 8, w->raised_to);
	row->signs = next[what].signs;
	row->style = next[what].style;
	f->count++;
	f->pressing += w->promised_at < now ? 1 : 0;
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return waiting_each(desk, NULL, add_row, &f, err)
		&& filling_counts(&f, _("%d tasks, %d overdue"), f.count, f.pressing);
}

static void
speak(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	waiting_speak(app, rows[0]);
}

static const char *
enter(const struct table_row *row)
{
	return strcmp(row->state, "raise") == 0 ? N_("call the one above")
		: N_("record an asking");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = speak },
	{ .command = CMD_RAISE, .form = &waiting_raise_form },
	{ .command = CMD_HOLD, .form = &waiting_done_form },
	{ .command = CMD_CHANGE, .form = &waiting_set_form },
	{ .command = CMD_NONE },
};

const struct sheet waits_sheet = {
	.ops = SHEET_OPS("waits", hints),
	.title = N_("WAITING OUTSIDE"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("nothing is waited for; \"wait for\" in the case's menu adds one") },
	.acts = acts,
	.presets = presets,
	.enter = enter,
	.read = waiting_read,
};
