/* view_library.c owns the screen of the library: the plans, shipped and
 * imported, and one of them to read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/browse.h"
#include "tui/chrome.h"
#include "tui/library_model.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("read the plan") },
	{ CMD_FILTER, NULL },
	{ CMD_MENU, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_COPY, NULL },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL },
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

static const struct table_column columns[] = {
	{ N_("CODE"), 8, 0, false }, { N_("PLAN"), 0, 0, false },
	{ N_("KIND"), 16, 110, false }, { N_("LNG"), 3, 60, false },
	{ N_("STATUS"), 14, 70, false }, { N_("VERSION"), 10, 60, false },
	{ N_("FINDS"), 5, 60, true }, { N_("RUNS"), 4, 60, true }, { 0 },
};

static const struct browse_source source = {
	.columns = columns, .load = library_page, .empty = N_("no plan in the library"),
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

struct plan_request {
	struct request request;
	char id[256];
	char *title, *text;
};

static bool
run_plan(struct request *request, struct desk *desk, struct error *err)
{
	struct plan_request *r = (struct plan_request *)request;

	return library_plan_text(&r->title, &r->text, desk, r->id, err);
}

static void
done_plan(struct request *request, struct app *app)
{
	struct plan_request *r = (struct plan_request *)request;

	if (request->ok) {
		ask_read(app, r->title, r->text);
	} else {
		app_error(app, &request->err);
	}
}

static void
free_plan(struct request *request)
{
	free(((struct plan_request *)request)->title);
	free(((struct plan_request *)request)->text);
	free(request);
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct browse *b = (struct browse *)view;
	const struct table_row *here = browse_here(b);
	struct plan_request *r;

	if (here == NULL || (command != CMD_ENTER && command != CMD_COPY)) {
		return browse_act(b, command);
	}
	if (command == CMD_COPY) {
		(void)app_copy(app, here->key);
		return VIEW_HANDLED;
	}
	r = xcalloc(1, sizeof(*r));
	r->request = (struct request){ .run = run_plan, .done = done_plan,
		.free = free_plan };
	snprintf(r->id, sizeof(r->id), "%s", here->key);
	app_ask(app, view, &r->request);
	return VIEW_HANDLED;
}

static unsigned
have(const struct view *view)
{
	return browse_here((const struct browse *)view) != NULL ? NEED_ROW : 0u;
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	chrome_top(frame, screen, _("PLANS"), false);
	browse_show((struct browse *)view, frame, screen->top, screen->rows);
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	(void)screen;
	browse_state((const struct browse *)view, out);
}

const struct view_ops library_view = {
	.name = "library",
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
