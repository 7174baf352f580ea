/* sheet_notices.c owns the screen of the reports of a case that a person sent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/deadline.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/notice.h"
#include "core/quick.h"
#include "core/when.h"
#include "tui/filling.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("it was confirmed") },
	{ CMD_ADD, N_("a further report") },
	{ CMD_HOLD, N_("by mistake") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("REPORT"), 20, 0, false, 26 }, { N_("SENT"), 11, 0, false },
	{ N_("DOCUMENT NO"), 14, 60, false }, { N_("TO"), 0, 0, false },
	{ N_("BY"), 17, 100, false }, { N_("CONFIRMED"), 14, 80, false, 20 },
	{ N_("RECORDED BY"), 12, 120, false }, { 0 },
};

/* Of several reports of one form the last that counts is the one that acts are
 * about; the rows before it become "earlier". */
static void
pass_on(struct table_rows *rows, const struct table_row *last)
{
	for (int i = 0; i < rows->count; i++) {
		struct table_row *row = &rows->rows[i];

		if (row != last && strcmp(row->key, last->key) == 0 &&
		    strcmp(row->state, "sent") == 0) {
			free(row->state);
			row->state = xstrdup("earlier");
		}
	}
}

/* As its clock is called; without one by its form. */
static char *
title_of(const struct notice *n, struct desk *desk)
{
	struct deadline d = { 0 };
	struct error ignored = ERROR_INIT;
	char *title;

	if (strcmp(n->form, QUICK_FORM) == 0) {
		return xasprintf(_("quick report %d"), n->n);
	}
	title = xstrdup(n->deadline_id[0] != '\0' && deadline_find(desk, n->case_id,
		n->deadline_id, &d, &ignored) ? deadline_title(&d) : n->form);
	deadline_clear(&d);
	return title;
}

static bool
add_row(const struct notice *n, void *arg)
{
	struct filling *f = arg;
	bool gone = strcmp(n->state, "void") == 0;
	char sent[WHEN_SHORT_SIZE];
	char *title = title_of(n, f->desk);
	struct table_row *row;

	when_near(sent, n->sent_at, desk_now(f->desk), desk_zone(f->desk));
	row = table_add(f->out, n->id, n->form, n->state);
	memcpy(row->case_id, n->case_id, sizeof(row->case_id));
	row->about = xstrdup(n->deadline_id);
	table_cell(row, 0, title);
	table_cell(row, 1, n->sent_at == 0 ? "-" : sent);
	table_cell(row, 2, gone ? _("by mistake") : n->number[0] != '\0' ? n->number
		: _("no number yet"));
	table_cell(row, 3, n->to_name);
	table_cell(row, 4, notice_channel(n->channel));
	table_cell(row, 5, n->confirmed_by[0] != '\0' ? n->confirmed_by : _("NOT YET"));
	table_cell(row, 6, n->sent_by);
	row->text = xasprintf(_("%s, sent %s to %s by %s\nNumber: %s %s\nConfirmed by: %s\n"
			"Recorded by: %s\nEnd of the chain: %s\n%s"), title, sent, n->to_name,
		row->cells[4], n->number, n->doc_date, row->cells[5], n->sent_by, n->head,
		n->text);
	free(title);
	row->style = gone ? ST_HINT : n->confirmed_by[0] == '\0' ? ST_SOON : ST_TEXT;
	f->count += gone ? 0 : 1;
	f->pressing += !gone && n->confirmed_by[0] == '\0' ? 1 : 0;
	if (!gone) {
		pass_on(f->out, row);
	}
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return notice_each(desk, page->about, add_row, &f, err)
		&& filling_counts(&f, _("%d sent, %d not confirmed"), f.count, f.pressing);
}

static const char *
refuse(const struct table_row *row)
{
	if (strcmp(row->state, "void") == 0) {
		return N_("it counts as not sent");
	}
	if (strcmp(row->state, "sent") != 0 || row->about == NULL || row->about[0] == '\0') {
		return N_("a later one of this form counts");
	}
	return NULL;
}

/* A further report is about the clock that the row met. */
static void
further(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref;

	(void)view;
	if (count > 0) {
		sheet_ref(&ref, rows[0]);
		snprintf(ref.id, sizeof(ref.id), "%s", rows[0]->about);
		form_open(app, &notice_update_form, &ref, 1, NULL);
	}
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &notice_confirm_form, .refuse = refuse },
	{ .command = CMD_ADD, .run = further, .refuse = refuse },
	{ .command = CMD_HOLD, .form = &notice_void_form, .refuse = refuse },
	{ .command = CMD_NONE },
};

const struct sheet notices_sheet = {
	.ops = SHEET_OPS("notices", hints),
	.title = N_("REPORTS SENT BY A PERSON"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("none is recorded; Enter on a clock records one (Tab)") },
	.acts = acts,
	.tab = &case_clocks_sheet.ops,
	.tab_hint = N_("its clocks"),
};
