/* view_register.c owns the register's screen: systems, members, contacts, groups
 * and rules, a tab each. */
#include <stdlib.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/register_act.h"
#include "tui/register_model.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("open") },
	{ CMD_RIGHT, N_("next tab") },
	{ CMD_FILTER, NULL },
	{ CMD_CHANGE, NULL },
	{ CMD_ASSET_STATE, NULL },
	{ CMD_MENU, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_COPY, NULL },
	{ CMD_LEFT, NULL }, { CMD_PANE_NEXT, NULL }, { CMD_PANE_PREV, NULL },
	{ CMD_HOW, N_("read it") }, { CMD_EXPORT, NULL },
	SHEET_MOVES
};

static const struct table_column asset_columns[] = {
	{ N_("CODE"), 10, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("STATE"), 19, 60, false }, { N_("LVL"), 3, 0, true },
	{ N_("OWNED BY"), 18, 110, false }, { N_("OPERATOR"), 18, 110, false },
	{ N_("STBY"), 8, 80, false }, { N_("MISS"), 5, 60, true }, { 0 },
};
static const struct table_column member_columns[] = {
	{ N_("LOGIN"), 10, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("ROLE"), 11, 60, false }, { N_("UNIT"), 14, 120, false },
	{ N_("TELEPHONE"), 12, 60, false }, { N_("MAIL"), 21, 80, false, 30 }, { 0 },
};
static const struct table_column contact_columns[] = {
	{ N_("ROLE AT"), 14, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("VALID"), 8, 60, false }, { N_("VERIFIED"), 8, 60, false },
	{ N_("TELEPHONE"), 14, 60, false }, { N_("MAIL"), 28, 110, false },
	{ N_("BODY"), 18, 140, false }, { 0 },
};
static const struct table_column group_columns[] = {
	{ N_("CODE"), 16, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("OF"), 10, 60, false }, { N_("SIZE"), 5, 0, true },
	{ N_("SOURCE"), 28, 110, false }, { 0 },
};
static const struct table_column rule_columns[] = {
	{ N_("RULE"), 22, 0, false, 24 }, { N_("FAMILY"), 12, 60, false },
	{ N_("WHEN"), 0, 0, false }, { N_("THEN"), 36, 110, false },
	{ N_("HERE"), 7, 60, false }, { 0 },
};

/* ---- acts ---- */

static void
open_system(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	app_open(app, asset_view_of(rows[0]->key));
}

static void
change_state(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)view;
	(void)count;
	register_change_state(app, rows[0]->key, rows[0]->state);
}

static void
change_row(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)count;
	register_change_row(app, (enum register_tab)view->browse.preset, rows[0]->key);
}

static const char *
no_state(const struct table_row *row)
{
	(void)row;
	return N_("only systems have one");
}

static const char *
no_group_here(const struct table_row *row)
{
	(void)row;
	return N_("groups change by `suco group set`");
}

static const char *
no_rule_here(const struct table_row *row)
{
	(void)row;
	return N_("rules change by `suco rule set`");
}

static const struct sheet_act asset_acts[] = {
	{ .command = CMD_ENTER, .run = open_system },
	{ .command = CMD_HOW, .run = open_system },
	{ .command = CMD_CHANGE, .run = open_system },
	{ .command = CMD_ASSET_STATE, .run = change_state },
	{ .command = CMD_COPY, .run = sheet_copy_key },
	{ .command = CMD_NONE },
};
static const struct sheet_act person_acts[] = {
	{ .command = CMD_CHANGE, .run = change_row },
	{ .command = CMD_ASSET_STATE, .refuse = no_state },
	{ .command = CMD_COPY, .run = sheet_copy_key },
	{ .command = CMD_NONE },
};
static const struct sheet_act group_acts[] = {
	{ .command = CMD_CHANGE, .refuse = no_group_here },
	{ .command = CMD_ASSET_STATE, .refuse = no_state },
	{ .command = CMD_COPY, .run = sheet_copy_key },
	{ .command = CMD_NONE },
};
static const struct sheet_act rule_acts[] = {
	{ .command = CMD_CHANGE, .refuse = no_rule_here },
	{ .command = CMD_ASSET_STATE, .refuse = no_state },
	{ .command = CMD_COPY, .run = sheet_copy_key },
	{ .command = CMD_NONE },
};

static const struct sheet_list lists[] = {
	[TAB_ASSETS] = { N_("systems"), { .columns = asset_columns,
		.load = register_assets, .empty =
		N_("no system in the register; `suco asset add` adds one") },
		.acts = asset_acts },
	[TAB_MEMBERS] = { N_("members"), { .columns = member_columns,
		.load = register_members, .empty = N_("no member") }, .acts = person_acts },
	[TAB_CONTACTS] = { N_("contacts"), { .columns = contact_columns,
		.load = register_contacts, .empty =
		N_("no contact in the register; `suco contact add` adds one") },
		.acts = person_acts },
	[TAB_GROUPS] = { N_("groups"), { .columns = group_columns,
		.load = register_groups, .empty =
		N_("no group in the register; `suco group add` adds one") },
		.acts = group_acts },
	[TAB_RULES] = { N_("rules"), { .columns = rule_columns, .load = register_rules,
		.whole = true, .empty = N_("no rule; `suco rule add` adds one") },
		.acts = rule_acts,
		.of_about = N_("HERE: on the case opened last") },
	{ .label = NULL },
};

/* One thing whole. */
static bool
read(char **title, struct buf *out, struct desk *desk, const struct page *page,
	const struct case_ref *row, struct error *err)
{
	char *text = NULL;
	bool ok = register_text(&text, desk, (enum register_tab)page->preset, row->item,
		page->about, err);

	*title = xstrdup(row->item);
	buf_adds(out, ok ? text : "");
	free(text);
	return ok;
}

const struct sheet register_sheet = {
	.ops = SHEET_OPS("register", hints),
	.title = N_("REGISTER"),
	.lists = lists,
	.last_case = true,
	.read = read,
};
