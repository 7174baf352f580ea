/* view_register.c owns the register's screen: systems, members, contacts, groups
 * and rules, a tab each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/ask.h"
#include "tui/browse.h"
#include "tui/chrome.h"
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
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL },
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

static const struct table_column asset_columns[] = {
	{ N_("CODE"), 8, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("STATE"), 10, 60, false }, { N_("LVL"), 3, 0, true },
	{ N_("OWNED BY"), 9, 70, false }, { N_("OPERATOR"), 9, 80, false },
	{ N_("STBY"), 8, 80, false }, { N_("MISS"), 5, 60, true }, { 0 },
};
static const struct table_column member_columns[] = {
	{ N_("LOGIN"), 10, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("ROLE"), 11, 60, false }, { N_("UNIT"), 14, 100, false },
	{ N_("TELEPHONE"), 14, 60, false }, { N_("MAIL"), 18, 80, false }, { 0 },
};
static const struct table_column contact_columns[] = {
	{ N_("ROLE AT"), 14, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("VALID"), 9, 60, false }, { N_("VERIFIED"), 10, 60, false },
	{ N_("TELEPHONE"), 13, 60, false }, { N_("MAIL"), 13, 80, false },
	{ N_("BODY"), 18, 110, false }, { 0 },
};
static const struct table_column group_columns[] = {
	{ N_("CODE"), 16, 0, false }, { N_("NAME"), 0, 0, false },
	{ N_("OF"), 10, 60, false }, { N_("SIZE"), 5, 0, true },
	{ N_("SOURCE"), 20, 80, false }, { 0 },
};
static const struct table_column rule_columns[] = {
	{ N_("RULE"), 16, 0, false }, { N_("FAMILY"), 9, 60, false },
	{ N_("WHEN"), 0, 0, false }, { N_("THEN"), 20, 70, false },
	{ N_("HERE"), 7, 60, false }, { 0 },
};

static const struct tab {
	const char *label;
	struct browse_source source;
} tabs[REGISTER_TABS] = {
	[TAB_ASSETS] = { N_("systems"), { asset_columns, register_assets,
		N_("no system in the register") } },
	[TAB_MEMBERS] = { N_("members"), { member_columns, register_members,
		N_("no member") } },
	[TAB_CONTACTS] = { N_("contacts"), { contact_columns, register_contacts,
		N_("no contact in the register") } },
	[TAB_GROUPS] = { N_("groups"), { group_columns, register_groups,
		N_("no group in the register") } },
	[TAB_RULES] = { N_("rules"), { rule_columns, register_rules, N_("no rule") } },
};

static void
start(struct view *view, struct app *app)
{
	struct browse *b = (struct browse *)view;

	browse_start(b, app, &tabs[TAB_ASSETS].source);
	snprintf(b->about, sizeof(b->about), "%s", app_last_case(app));
}

static void
stop(struct view *view)
{
	browse_stop((struct browse *)view);
}

/* ---- one thing whole ---- */

struct text_request {
	struct request request;
	enum register_tab tab;
	char key[256], case_id[UUID_SIZE];
	char *text;
};

static bool
run_text(struct request *request, struct desk *desk, struct error *err)
{
	struct text_request *r = (struct text_request *)request;

	return register_text(&r->text, desk, r->tab, r->key, r->case_id, err);
}

static void
done_text(struct request *request, struct app *app)
{
	struct text_request *r = (struct text_request *)request;

	if (request->ok) {
		ask_read(app, r->key, r->text);
	} else {
		app_error(app, &request->err);
	}
}

static void
free_text(struct request *request)
{
	free(((struct text_request *)request)->text);
	free(request);
}

static unsigned
enter(struct browse *b)
{
	const struct table_row *here = browse_here(b);
	struct text_request *r;

	if (here == NULL) {
		return VIEW_HANDLED;
	}
	if (b->preset == TAB_ASSETS) {
		app_open(b->app, asset_view_of(here->key));
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	r = xcalloc(1, sizeof(*r));
	r->request = (struct request){ .run = run_text, .done = done_text,
		.free = free_text };
	r->tab = (enum register_tab)b->preset;
	snprintf(r->key, sizeof(r->key), "%s", here->key);
	snprintf(r->case_id, sizeof(r->case_id), "%.36s", b->about);
	app_ask(b->app, &b->view, &r->request);
	return VIEW_HANDLED;
}

static unsigned
turn(struct browse *b, int step)
{
	int tab = (b->preset + step + REGISTER_TABS) % REGISTER_TABS;

	browse_turn(b, &tabs[tab].source, tab);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
change(struct browse *b, enum command command)
{
	const struct table_row *here = browse_here(b);

	if (here == NULL) {
		return VIEW_HANDLED;
	}
	if (b->preset == TAB_ASSETS) {
		if (command == CMD_ASSET_STATE) {
			register_change_state(b->app, here->key, here->state);
		} else {
			app_open(b->app, asset_view_of(here->key));
		}
	} else if (command == CMD_ASSET_STATE) {
		app_info(b->app, _("%s: not now: %s"), command_hint(command),
			_("only systems have one"));
	} else if (b->preset == TAB_CONTACTS || b->preset == TAB_MEMBERS) {
		register_change_row(b->app, (enum register_tab)b->preset, here->key);
	} else {
		app_info(b->app, _("%s: not now: %s"), command_hint(command),
			b->preset == TAB_RULES ? _("rules change by `suco rule set`")
				: _("groups change by `suco group set`"));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct browse *b = (struct browse *)view;
	const struct table_row *here = browse_here(b);

	switch (command) {
	case CMD_ENTER:
		return enter(b);
	case CMD_LEFT:
	case CMD_PANE_PREV:
		return turn(b, -1);
	case CMD_RIGHT:
	case CMD_PANE_NEXT:
		return turn(b, 1);
	case CMD_CHANGE:
	case CMD_ASSET_STATE:
		return change(b, command);
	case CMD_COPY:
		if (here != NULL) {
			(void)app_copy(app, here->key);
		}
		return VIEW_HANDLED;
	default:
		return browse_act(b, command);
	}
}

static unsigned
have(const struct view *view)
{
	return browse_here((const struct browse *)view) != NULL ? NEED_ROW : 0u;
}

/* ---- showing ---- */

static void
show_tabs(const struct browse *b, struct frame *frame, int row)
{
	int at = 1;

	for (int i = 0; i < REGISTER_TABS; i++) {
		bool here = i == b->preset;

		at += frame_putf(frame, row, at, frame->cols - at, here ? ST_TITLE : ST_DIM,
			here ? "[%s]" : " %s ", _(tabs[i].label)) + 1;
	}
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct browse *b = (struct browse *)view;
	int head = frame->rows >= 16 ? 1 : 0;

	chrome_top(frame, screen, _("REGISTER"), false);
	if (head > 0) {
		show_tabs(b, frame, screen->top);
	}
	browse_show(b, frame, screen->top + head, screen->rows - head);
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct browse *b = (const struct browse *)view;

	(void)screen;
	browse_state(b, out);
	buf_addf(out, "  %s", b->preset == TAB_RULES && b->about[0] != '\0'
		? _("HERE: on the case opened last") : _("Left Right: other tabs"));
}

const struct view_ops register_view = {
	.name = "register",
	.size = sizeof(struct browse),
	.hints = hints,
	.start = start,
	.stop = stop,
	.load = browse_load,
	.format = format,
	.act = act,
	.key = browse_key,
	.in_field = browse_in_field,
	.have = have,
	.state = state,
};
