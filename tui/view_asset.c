/* view_asset.c owns the screen of one system: every fact and the document it
 * comes from, what it needs, what stops with it. */
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "tui/register_act.h"
#include "tui/register_model.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("change") },
	{ CMD_ASSET_STATE, NULL },
	{ CMD_HOW, N_("read it") },
	{ CMD_FILTER, NULL },
	{ CMD_MENU, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_CHANGE, NULL },
	{ CMD_COPY, NULL },
	{ CMD_EXPORT, NULL },
	SHEET_MOVES
};

static const struct table_column columns[] = {
	[FACT_NAME] = { N_("FACT"), 20, 0, false },
	[FACT_VALUE] = { N_("VALUE"), 0, 0, false },
	[FACT_SOURCE] = { N_("SOURCE"), 26, 60, false },
	{ 0 },
};

static const char *
state_of(const struct table_rows *rows)
{
	for (int i = 0; i < rows->count; i++) {
		if (strcmp(rows->rows[i].key, "state") == 0) {
			return rows->rows[i].state;
		}
	}
	return "";
}

static void
change_state(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)rows;
	(void)count;
	register_change_state(app, view->browse.about, state_of(&view->browse.rows));
}

static void
change_or_read(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	const char *source = rows[0]->cells[FACT_SOURCE];

	(void)count;
	if (rows[0]->key[0] == '\0' || (app_have(app) & NEED_WRITE) == 0) {
		sheet_read(app, view);
	} else {
		register_change_fact(app, view->browse.about, rows[0]->key, rows[0]->state,
			source != NULL ? source : "");
	}
}

static const char *
enter(const struct table_row *row)
{
	return row->key[0] == '\0' ? N_("read it") : NULL;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = change_or_read },
	{ .command = CMD_CHANGE, .run = change_or_read },
	{ .command = CMD_ASSET_STATE, .run = change_state },
	{ .command = CMD_COPY, .run = sheet_copy_value },
	{ .command = CMD_NONE },
};

static const struct sheet asset_sheet = {
	.ops = SHEET_OPS("asset", hints),
	.title = N_("SYSTEM"),
	.source = { .columns = columns, .load = register_asset_page, .whole = true,
		.empty = N_("nothing is known") },
	.acts = acts,
	.enter = enter,
};

struct view *
asset_view_of(const char *code)
{
	struct browse *b = (struct browse *)view_new(&asset_sheet.ops);

	snprintf(b->about, sizeof(b->about), "%s", code);
	return &b->view;
}
