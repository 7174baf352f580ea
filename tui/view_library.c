/* view_library.c owns the screen of the library: the plans, shipped and
 * imported, and one of them to read. */
#include <stdlib.h>

#include "core/i18n.h"
#include "tui/library_model.h"
#include "tui/papers.h"
#include "tui/pdf.h"
#include "tui/view_plan.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("see how it flows") },
	{ CMD_HOW, N_("findings, steps, what uses it") },
	{ CMD_PRINT_PLAN, NULL },
	{ CMD_FILTER, NULL }, { CMD_MENU, NULL }, { CMD_PLACE_BACK, NULL },
	{ CMD_EXPORT, NULL }, { CMD_MARK, NULL }, { CMD_MARK_ALL, NULL },
	{ CMD_COPY, NULL }, { CMD_PLAN_PDF, NULL },
	SHEET_MOVES
};

static const struct table_column columns[] = {
	[PLAN_CODE] = { N_("CODE"), 8, 0, false },
	[PLAN_NAME] = { N_("PLAN"), 0, 0, false },
	[PLAN_KIND] = { N_("KIND"), 16, 150, false },
	[PLAN_LANGUAGE] = { N_("LNG"), 3, 60, false },
	[PLAN_STATUS] = { N_("STATUS"), 23, 70, false },
	[PLAN_VERSION] = { N_("VERSION"), 10, 100, false },
	[PLAN_ORIGIN] = { N_("ORIGIN"), 9, 130, false },
	[PLAN_SIGNED] = { N_("SIGNED BY"), 9, 110, false },
	[PLAN_FINDS] = { N_("FINDS"), 5, 60, true },
	[PLAN_RUNS] = { N_("RUNS"), 4, 60, true },
	[PLAN_CALLED] = { N_("CALLED"), 6, 110, true }, { 0 },
};

static bool
read_plan(char **title, struct buf *out, struct desk *desk,
	const struct page *page, const struct case_ref *row, struct error *err)
{
	char *text = NULL;
	bool ok = library_plan_text(title, &text, desk, row->item, err);

	(void)page;
	buf_addf(out, "%s", ok ? text : "");
	free(text);
	return ok;
}

static void
open_it(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	app_open(app, plan_view_of(rows[0]->key));
}

/* Of its files. */
static const char *
name_of(const struct table_row *row)
{
	return row->cells[PLAN_CODE] != NULL && row->cells[PLAN_CODE][0] != '\0'
		? row->cells[PLAN_CODE] : "plan";
}

/* The plan under the cursor as a check-list. */
static void
print_it(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	print_plan_open(app, rows[0]->key, name_of(rows[0]));
}

static void
make_pdf(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	pdf_of_plan(app, rows[0]->key, name_of(rows[0]));
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = open_it },
	{ .command = CMD_PRINT_PLAN, .run = print_it },
	{ .command = CMD_PLAN_PDF, .run = make_pdf },
	/* What `suco playbook` and scripts name it by. */
	{ .command = CMD_COPY, .run = sheet_copy_key },
	{ .command = CMD_NONE },
};

const struct sheet library_sheet = {
	.ops = SHEET_OPS("library", hints),
	.title = N_("PLANS"),
	.source = { .columns = columns, .load = library_page,
		.empty = N_("no plan in the library: `suco playbook import FILE`") },
	.acts = acts,
	.read = read_plan,
	.print = library_paper,
};
