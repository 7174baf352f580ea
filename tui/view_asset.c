/* view_asset.c owns the screen of one system: every fact and the document it
 * comes from, what it needs, what stops with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/browse.h"
#include "tui/chrome.h"
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
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL },
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

static const struct table_column columns[] = {
	[FACT_NAME] = { N_("FACT"), 20, 0, false },
	[FACT_VALUE] = { N_("VALUE"), 0, 0, false },
	[FACT_SOURCE] = { N_("SOURCE"), 26, 60, false },
	{ 0 },
};

static const struct browse_source source = {
	.columns = columns, .load = register_asset_page, .whole = true,
	.empty = N_("nothing is known"),
};

static void
start(struct view *view, struct app *app)
{
	browse_start((struct browse *)view, app, &source);
}

static void
stop(struct view *view)
{
	browse_stop((struct browse *)view);
}

static void
read_row(struct browse *b, const struct table_row *here)
{
	const char *from = here->cells[FACT_SOURCE];
	char *text = xasprintf("%s\n\n%s: %s", here->cells[FACT_VALUE], _("source"),
		from != NULL && from[0] != '\0' ? from : "-");

	ask_read(b->app, here->cells[FACT_NAME], text);
	free(text);
}

static const char *
state_of(const struct browse *b)
{
	for (int i = 0; i < b->rows.count; i++) {
		if (strcmp(b->rows.rows[i].key, "state") == 0) {
			return b->rows.rows[i].state;
		}
	}
	return "";
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct browse *b = (struct browse *)view;
	const struct table_row *here = browse_here(b);

	if (here == NULL) {
		return browse_act(b, command);
	}
	switch (command) {
	case CMD_ENTER:
	case CMD_CHANGE:
		if (here->key[0] == '\0' || (app_have(app) & NEED_WRITE) == 0) {
			read_row(b, here);
		} else {
			register_change_fact(app, b->about, here->key, here->state,
				here->cells[FACT_SOURCE] != NULL ? here->cells[FACT_SOURCE] : "");
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_ASSET_STATE:
		register_change_state(app, b->about, state_of(b));
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_HOW:
		read_row(b, here);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_COPY:
		(void)app_copy(app, here->cells[FACT_VALUE]);
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

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct browse *b = (struct browse *)view;
	char *title = xasprintf("%s %s", _("SYSTEM"), b->about);

	chrome_top(frame, screen, title, false);
	free(title);
	browse_show(b, frame, screen->top, screen->rows);
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	(void)screen;
	browse_state((const struct browse *)view, out);
}

const struct view_ops asset_view = {
	.name = "asset",
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

struct view *
asset_view_of(const char *code)
{
	struct browse *b = (struct browse *)view_new(&asset_view);

	snprintf(b->about, sizeof(b->about), "%s", code);
	return &b->view;
}
