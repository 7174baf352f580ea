/* sheet_clocks.c owns the screens of clocks: all that run on the desk, nearest
 * first, and those of one case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/deadline.h"
#include "core/deadline_rule.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/when.h"
#include "tui/case_rows.h"
#include "tui/filling.h"
#include "tui/may.h"
#include "tui/views.h"

#define CLOCKS_MOST 2000
#define HOUR_MS INT64_C(3600000)
/* What a row is about: this or a blank (our own), the form, a new line, to whom it
 * goes until when. */
#define LAWFUL '!'

static const struct hint hints[] = {
	{ CMD_ENTER, N_("record it as sent") },
	{ CMD_HOLD, N_("does not apply") },
	{ CMD_REPORTABLE, NULL },
	SHEET_HINTS
};

static const struct hint case_hints[] = {
	{ CMD_ENTER, N_("record it as sent") },
	{ CMD_HOLD, N_("does not apply") },
	{ CMD_REPORTABLE, NULL }, { CMD_ADD, N_("start a clock") },
	{ CMD_NOTICES, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("CASE"), 8, 0, false }, { N_("LEFT"), 10, 0, false },
	{ N_("REPORT"), 0, 0, false }, { N_("STATE"), 14, 60, false },
	{ N_("ON BEHALF OF"), 14, 80, false }, { N_("TO"), 26, 130, false },
	{ N_("UNTIL"), 16, 100, false }, { 0 },
};

static void
until_text(char out[CALENDAR_WHEN_SIZE], const struct deadline *d, struct desk *desk)
{
	if (d->due_at == NO_DUE) {
		(void)snprintf(out, CALENDAR_WHEN_SIZE, "%s", _("no fixed time"));
	} else {
		calendar_when(out, d->due_at, desk_zone(desk));
	}
}

/* All there is to know of a clock, for F2. */
static char *
all_of(const struct deadline *d, struct desk *desk)
{
	char until[CALENDAR_WHEN_SIZE], from[WHEN_SHORT_SIZE];
	struct buf out = { 0 };
	struct span span;
	struct error ignored;

	until_text(until, d, desk);
	when_full(from, d->start_at, desk_zone(desk));
	buf_addf(&out, _("%s\nTo: %s\nOn behalf of: %s\nRuns from %s (%s)"),
		deadline_title(d), deadline_to(d), d->behalf[0] == '\0' ? _("not known")
		: d->behalf, from, start_event_label(d->start_event));
	if (span_parse(&span, d->span, &ignored)) {
		buf_adds(&out, ", ");
		span_say(&out, &span);
	}
	buf_addf(&out, _("\nUntil: %s\nState: %s"), until, deadline_state(d));
	if (d->reason[0] != '\0') {
		buf_adds(&out, ": ");
		deadline_why(&out, d->reason);
	}
	if (d->decided_by[0] != '\0') {
		buf_addf(&out, " (%s)", PERSON(desk, d->decided_by));
	}
	buf_addf(&out, _("\nSource: %s\nForm: %s\nsuco sends nothing: a person sends it, Enter"
			" records it."), d->source, d->form);
	return buf_take(&out);
}

/* The nearest of them, when it is late or due within the hour. */
static void
urge(struct filling *f, const struct deadline *d, const char *due, int64_t left)
{
	if (f->out->head.todo[0] != '\0' || left >= HOUR_MS || !d->lawful) {
		return;
	}
	f->out->head.late = left < 0;
	snprintf(f->out->head.todo, sizeof(f->out->head.todo),
		_("%.90s, %s: send it, then Enter records it (to %.60s)"), deadline_title(d), due,
		deadline_to(d));
}

static bool
add_row(const struct deadline *d, void *arg)
{
	struct filling *f = arg;
	bool running = strcmp(d->state, "running") == 0;
	int64_t left = d->due_at - desk_now(f->desk);
	char number[24], due[32], until[CALENDAR_WHEN_SIZE];
	struct table_row *row;
	char *goes;

	case_short_number(number, d->number);
	when_due(due, running ? d->due_at : NO_DUE, desk_now(f->desk), i18n_language());
	until_text(until, d, f->desk);
	row = table_add(f->out, d->id, d->id, d->state);
	memcpy(row->case_id, d->case_id, sizeof(row->case_id));
	goes = xasprintf(_("To %s, on behalf of %s; until %s"), deadline_to(d),
		d->behalf[0] != '\0' ? d->behalf : _("not known"), until);
	row->about = xasprintf("%c%s\n%s", d->lawful ? LAWFUL : ' ', d->form, goes);
	free(goes);
	table_cell(row, 0, number);
	table_cell(row, 1, due);
	table_cell(row, 2, deadline_title(d));
	table_cell(row, 3, deadline_state(d));
	table_cell(row, 4, d->behalf[0] != '\0' ? d->behalf : d->lawful ? _("not known") : "");
	table_cell(row, 5, deadline_to(d));
	table_cell(row, 6, until);
	row->text = all_of(d, f->desk);
	if (running) {
		row->signs = left < 0 ? 2 : left < HOUR_MS ? 1 : 0;
		row->style = left < 0 ? ST_LATE : left < HOUR_MS ? ST_SOON : ST_TEXT;
		f->count++;
		f->pressing += left < 0 ? 1 : 0;
		urge(f, d, due, left);
	}
	return page_take(f->out, f->page);
}

static bool
count(const struct filling *f)
{
	return filling_counts(f, _("%d running, %d late"), f->count, f->pressing);
}

/* Spans in days would be counted wrong; nothing that presses is hidden by it. */
static bool
lacks_holidays(struct table_head *head, struct desk *desk, struct error *err)
{
	struct holiday_gap gap;

	if (!holiday_gap(desk, &gap, err)) {
		return false;
	}
	if (head->todo[0] == '\0' && gap.missing != 0) {
		snprintf(head->todo, sizeof(head->todo),
			_("The holiday table has no day of %d: Tab, then = takes them"),
			gap.missing);
		head->late = true;
	}
	return true;
}

static bool
load_all(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return deadline_running(desk, 0, "", CLOCKS_MOST, false, add_row, &f, err)
		&& count(&f) && lacks_holidays(&out->head, desk, err);
}

static bool
load_case(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return deadline_each(desk, page->about, true, add_row, &f, err) && count(&f);
}

static const char *
refuse_sent(const struct table_row *row)
{
	if (row->about[1] == '\n') {
		return N_("it is no report: recovery meets it");
	}
	return strcmp(row->state, "met") == 0
		? N_("it was recorded already; a further one goes into the reports sent") : NULL;
}

static const char *
refuse_na(const struct table_row *row)
{
	return strcmp(row->state, "running") == 0 || strcmp(row->state, "stopped") == 0 ? NULL
		: N_("it runs no longer");
}

/* The team waives its own clocks; the law's only a coordinator finds needless. */
static void
end_clock(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	if (rows[0]->about[0] != LAWFUL || may_act(app, ACT_DEADLINE)) {
		sheet_form(app, &clock_na_form, rows, count);
	}
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &notice_sent_form, .refuse = refuse_sent },
	{ .command = CMD_HOLD, .run = end_clock, .refuse = refuse_na },
	{ .command = CMD_REPORTABLE, .form = &reportable_form },
	{ .command = CMD_NONE },
};

static const struct sheet_act case_acts[] = {
	{ .command = CMD_ENTER, .form = &notice_sent_form, .refuse = refuse_sent },
	{ .command = CMD_HOLD, .run = end_clock, .refuse = refuse_na },
	{ .command = CMD_REPORTABLE, .form = &reportable_form, .always = true },
	{ .command = CMD_ADD, .form = &clock_add_form, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet clocks_sheet = {
	.ops = SHEET_OPS("clocks", hints),
	.title = N_("CLOCKS OF REPORTS"),
	.source = { .columns = columns, .load = load_all, .whole = true,
		.empty = N_("no clock runs: no open case owes a report") },
	.acts = acts,
	.tab = &holidays_sheet.ops,
	.tab_hint = N_("holidays"),
};

const struct sheet case_clocks_sheet = {
	.ops = SHEET_OPS("case-clocks", case_hints),
	.title = N_("CLOCKS OF REPORTS"),
	.source = { .columns = columns, .load = load_case, .whole = true, .of_case = true,
		.empty = N_("no rule wants a report of this case; = starts a clock by hand") },
	.acts = case_acts,
	.tab = &notices_sheet.ops,
	.tab_hint = N_("reports sent"),
};
