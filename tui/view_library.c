/* view_library.c owns the screen of the library: the plans, shipped and
 * imported, and one of them to read. */
#include <stdlib.h>

#include "core/i18n.h"
#include "tui/library_model.h"
#include "tui/papers.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("read the plan") },
	{ CMD_PRINT_PLAN, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("CODE"), 8, 0, false }, { N_("PLAN"), 0, 0, false },
	{ N_("KIND"), 16, 110, false }, { N_("LNG"), 3, 60, false },
	{ N_("STATUS"), 23, 70, false }, { N_("VERSION"), 10, 100, false },
	{ N_("FINDS"), 5, 60, true }, { N_("RUNS"), 4, 60, true }, { 0 },
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

/* The plan under the cursor as a check-list. */
static void
print_it(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	print_plan_open(app, rows[0]->key, rows[0]->cells[0] != NULL
		&& rows[0]->cells[0][0] != '\0' ? rows[0]->cells[0] : "plan");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_PRINT_PLAN, .run = print_it },
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
};
