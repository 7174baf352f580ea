/* sheet_decisions.c owns the register of decisions across cases. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/document.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/when.h"
#include "tui/case_rows.h"
#include "tui/filling.h"
#include "tui/views.h"
#include "tui/wait_forms.h"

static const char *const presets[] = { N_("not answered"), N_("without document"),
	N_("all decisions"), NULL };
static const enum decision_show shows[] = { DECISIONS_OPEN, DECISIONS_NO_DOCUMENT,
	DECISIONS_ALL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("record the answer") },
	{ CMD_NO_ANSWER, NULL },
	{ CMD_PRESETS, N_("without document, all") },
	{ CMD_FILES, N_("document") },
	{ CMD_HOLD, N_("withdraw") },
	{ CMD_CASE, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("CASE"), 7, 0, false }, { N_("WHO DECIDES"), 14, 60, false, 20 },
	{ N_("WHAT"), 0, 0, false }, { N_("STATE"), 17, 0, false },
	{ N_("DOCUMENT"), 9, 76, false, 16 }, { N_("DATED"), 10, 110, false },
	{ N_("ASKED AT"), 11, 90, false },
	{ N_("ANSWER"), 20, 130, false }, { 0 },
};

/* Open: how late; else what became of it. */
static void
state_text(char out[64], const struct decision *d, int64_t now)
{
	if (d->ended_at == 0 && d->until_at != NO_DUE) {
		when_due(out, d->until_at, now, i18n_language());
		return;
	}
	snprintf(out, 64, "%s", word_label(WORDS_DECISION_STATE, d->state));
}

static bool
lacks_paper(const struct decision *d)
{
	return decision_settled(d) && d->doc_number[0] == '\0';
}

/* Number and date; a dash where none is due yet. */
static void
put_paper(struct table_row *row, const struct decision *d)
{
	char day[DAY_SIZE];

	document_day_shown(day, d->doc_date);
	table_cell(row, 4, lacks_paper(d) ? Q_("document|NONE")
		: d->doc_number[0] == '\0' ? "-" : d->doc_number);
	table_cell(row, 5, day[0] == '\0' ? "-" : day);
}

static bool
add_row(const struct decision *d, void *arg)
{
	struct filling *f = arg;
	int64_t now = desk_now(f->desk);
	bool over = d->ended_at == 0 && d->until_at <= now;
	bool no_paper = lacks_paper(d);
	char number[24], state[64];
	char *key = decision_key(d), *what = merged_words(d->into, d->question);
	struct table_row *row = table_add(f->out, d->id, key, d->state);

	free(key);
	memcpy(row->case_id, d->case_id, sizeof(row->case_id));
	row->about = decision_about(d, f->desk);
	case_short_number(number, d->number);
	state_text(state, d, now);
	table_cell(row, 0, number);
	table_cell(row, 1, d->name);
	table_cell(row, 2, what);
	free(what);
	table_cell(row, 3, state);
	filling_when(f, row, 6, d->asked_at);
	table_cell(row, 7, decision_label(d, d->answer));
	put_paper(row, d);
	/* What was taken and what was answered later may not agree: both stand. */
	row->signs = over ? 2 : strcmp(d->state, "answered_late") == 0 ? 1 : 0;
	row->style = over ? ST_LATE : d->ended_at == 0 ? ST_SOON : ST_TEXT;
	f->count++;
	f->pressing += f->page->preset == 0 ? over : no_paper;
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return decision_each(desk, NULL, shows[page->preset], add_row, &f, err)
		&& filling_counts(&f, page->preset == 0 ? _("%d open, %d over")
			: _("%d shown, %d without document"), f.count, f.pressing);
}

static void
speak(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	decision_speak(app, rows[0]);
}

static const char *
not_open(const struct table_row *row)
{
	return strcmp(row->state, "open") == 0 ? NULL : N_("it is settled");
}

static const char *
still_open(const struct table_row *row)
{
	return strcmp(row->state, "open") == 0 ? N_("it is not answered yet") : NULL;
}

static const char *
enter(const struct table_row *row)
{
	return strcmp(row->state, "open") == 0 || strcmp(row->state, "fallback") == 0
		? N_("record the answer") : N_("document");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = speak },
	{ .command = CMD_NO_ANSWER, .form = &decision_try_form, .refuse = not_open },
	{ .command = CMD_FILES, .form = &decision_paper_form, .refuse = still_open },
	{ .command = CMD_HOLD, .form = &decision_withdraw_form, .refuse = not_open },
	{ .command = CMD_NONE },
};

const struct sheet decisions_sheet = {
	.ops = SHEET_OPS("decisions", hints),
	.title = N_("DECISIONS"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no decision here; f shows others") },
	.acts = acts,
	.presets = presets,
	.enter = enter,
	.read = decision_read,
};
