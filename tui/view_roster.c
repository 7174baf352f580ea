/* view_roster.c owns the screen of the duty roster: loading its weeks, moving from
 * cell to cell and from problem to problem. */
#include "tui/view_roster.h"

#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/roster_paper.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("who, change") },
	{ CMD_PANE_NEXT, N_("next problem") },
	{ CMD_ADD, N_("put somebody") },
	{ CMD_HOLD, N_("away") },
	{ CMD_ROTAS, NULL },
	{ CMD_TODAY, N_("today") },
	{ CMD_MENU, NULL },
	{ CMD_UNDO, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_PAGE_DOWN, N_("week after") }, { CMD_PAGE_UP, N_("week before") },
	{ CMD_ZOOM_OUT, N_("two weeks") }, { CMD_ZOOM_IN, N_("one week") },
	{ CMD_PANE_PREV, N_("problem before") },
	{ CMD_HOW, N_("read it") }, { CMD_EXPORT, NULL }, { CMD_COPY, NULL },
	{ CMD_LEFT, N_("day before") }, { CMD_RIGHT, N_("day after") },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

const struct roster_line *
roster_line_here(const struct roster_view *v)
{
	return v->line < v->page.line_count ? &v->page.lines[v->line] : NULL;
}

const struct roster_cell *
roster_cell_here(const struct roster_view *v)
{
	const struct roster_line *line = roster_line_here(v);

	return line != NULL ? &line->cells[v->day] : NULL;
}

void
roster_span(struct buf *out, int64_t from, int64_t until, const struct zone *zone)
{
	char a[WHEN_SHORT_SIZE], b[WHEN_SHORT_SIZE], day[WHEN_SHORT_SIZE];
	char end[WHEN_SHORT_SIZE];

	when_day(day, from, zone);
	when_clock(a, from, zone);
	when_clock(b, until, zone);
	when_day(end, until, zone);
	buf_addf(out, "%s %s - %s%s%s", day, a, strcmp(day, end) == 0 ? "" : end,
		strcmp(day, end) == 0 ? "" : " ", b);
}

void
roster_swap_span(struct buf *out, const struct json *swap, const struct zone *zone)
{
	struct error err = ERROR_INIT;
	int64_t from, until;

	if (when_from_rfc3339(&from, json_get_text(swap, "from"), &err) &&
	    when_from_rfc3339(&until, json_get_text(swap, "to"), &err)) {
		roster_span(out, from, until, zone);
	}
}

static void
start(struct view *view, struct app *app)
{
	struct roster_view *v = (struct roster_view *)view;

	v->app = app;
	v->weeks = 1;
	v->problem = -1;
}

static void
stop(struct view *view)
{
	roster_page_free(&((struct roster_view *)view)->page);
}

/* ---- reading ---- */

struct roster_request {
	struct request request;
	int64_t any_day;
	int weeks;
	struct roster_page page;
};

static bool
run_roster(struct request *request, struct desk *desk, struct error *err)
{
	struct roster_request *r = (struct roster_request *)request;
	int64_t day = r->any_day != 0 ? r->any_day
		: calendar_day(desk_zone(desk), desk_now(desk));

	return roster_page_load(&r->page, desk, day, r->weeks, err);
}

/* The first time: on the watch that runs now. */
static void
place_cursor(struct roster_view *v)
{
	const struct roster_page *page = &v->page;
	int64_t now = app_now(v->app);

	if (v->seek && v->problem >= 0 && v->problem < page->gaps.count) {
		(void)roster_find(page, &page->gaps.all[v->problem], &v->line, &v->day);
	} else if (!v->read) {
		for (int d = 0; d < page->days; d++) {
			for (int i = 0; i < page->line_count; i++) {
				const struct roster_cell *cell = &page->lines[i].cells[d];

				if (cell->from <= now && cell->until > now) {
					v->line = i;
					v->day = d;
					d = page->days;
					break;
				}
			}
		}
	}
	v->seek = false;
	v->read = true;
	v->day = v->day >= page->days ? page->days - 1 : v->day;
	v->line = v->line >= page->line_count ? page->line_count - 1 : v->line;
	v->line = v->line < 0 ? 0 : v->line;
}

static void
done_roster(struct request *request, struct app *app)
{
	struct roster_request *r = (struct roster_request *)request;
	struct roster_view *v = (struct roster_view *)app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	roster_page_free(&v->page);
	v->page = r->page;
	r->page = (struct roster_page){ 0 };
	place_cursor(v);
	app_dirty_now(app);
}

static void
free_roster(struct request *request)
{
	roster_page_free(&((struct roster_request *)request)->page);
	free(request);
}

static struct request *
load(struct view *view)
{
	const struct roster_view *v = (const struct roster_view *)view;
	struct roster_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_roster, .done = done_roster,
		.free = free_roster, .replaces = 1 };
	r->any_day = v->any_day;
	r->weeks = v->weeks;
	return &r->request;
}

/* ---- moving ---- */

static unsigned
turn_week(struct roster_view *v, int weeks)
{
	v->any_day = v->page.monday + 7 * weeks;
	return VIEW_HANDLED | VIEW_RELOAD;
}

static unsigned
turn_day(struct roster_view *v, int step)
{
	if (v->day + step < 0) {
		v->day = v->weeks * 7 - 1;
		return turn_week(v, -v->weeks);
	}
	if (v->day + step >= v->page.days) {
		v->day = 0;
		return turn_week(v, v->weeks);
	}
	v->day += step;
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
turn_line(struct roster_view *v, int step)
{
	int line = v->line + step;

	if (line >= 0 && line < v->page.line_count) {
		v->line = line;
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
to_problem(struct roster_view *v, int step)
{
	int count = v->page.gaps.count;
	const struct duty_gap *gap;

	if (count == 0) {
		app_info(v->app, _("nothing is wrong with the roster of the next %d days"),
			ROSTER_GAP_DAYS);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	v->problem = v->problem < 0 && step < 0 ? count - 1
		: ((v->problem + step) % count + count) % count;
	gap = &v->page.gaps.all[v->problem];
	if (roster_find(&v->page, gap, &v->line, &v->day)) {
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	v->seek = true;
	v->any_day = calendar_day(app_screen(v->app)->zone, gap->from);
	return VIEW_HANDLED | VIEW_RELOAD;
}

static unsigned
zoom(struct roster_view *v, int weeks)
{
	int64_t here = v->page.monday + v->day;

	if (weeks == v->weeks) {
		return VIEW_HANDLED;
	}
	/* The day under the cursor stays on the screen. */
	v->any_day = weeks == 1 ? here : v->page.monday;
	v->day = weeks == 1 ? v->day % 7 : v->day;
	v->weeks = weeks;
	return VIEW_HANDLED | VIEW_RELOAD;
}

static unsigned
today(struct roster_view *v)
{
	v->any_day = 0;
	v->read = false;
	return VIEW_HANDLED | VIEW_RELOAD;
}

static unsigned
print(struct roster_view *v)
{
	const struct screen *screen = app_screen(v->app);
	struct buf out = { 0 };

	if (screen->zone == NULL || roster_cell_here(v) == NULL) {
		return VIEW_IGNORED;
	}
	roster_whole(&out, v, screen);
	roster_keep(v->app, buf_take(&out));
	return VIEW_HANDLED;
}

static unsigned
read_it(struct roster_view *v)
{
	const struct screen *screen = app_screen(v->app);
	struct buf out = { 0 };

	if (screen->zone == NULL || roster_cell_here(v) == NULL) {
		return VIEW_IGNORED;
	}
	roster_cell_whole(&out, v, screen->zone);
	ask_read(v->app, _("DUTY ROSTER"), buf_text(&out));
	buf_free(&out);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
copy(struct roster_view *v)
{
	const struct screen *screen = app_screen(v->app);
	struct buf out = { 0 };

	if (screen->zone != NULL && roster_cell_here(v) != NULL) {
		roster_whole(&out, v, screen);
		(void)app_copy(v->app, buf_text(&out));
	}
	buf_free(&out);
	return VIEW_HANDLED;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct roster_view *v = (struct roster_view *)view;

	(void)app;
	switch (command) {
	case CMD_LEFT:
		return turn_day(v, -1);
	case CMD_RIGHT:
		return turn_day(v, 1);
	case CMD_UP:
		return turn_line(v, -1);
	case CMD_DOWN:
		return turn_line(v, 1);
	case CMD_FIRST:
		return turn_line(v, -v->line);
	case CMD_LAST:
		return turn_line(v, v->page.line_count - 1 - v->line);
	case CMD_PAGE_UP:
		return turn_week(v, -v->weeks);
	case CMD_PAGE_DOWN:
		return turn_week(v, v->weeks);
	case CMD_PANE_NEXT:
		return to_problem(v, 1);
	case CMD_PANE_PREV:
		return to_problem(v, -1);
	case CMD_ZOOM_IN:
		return zoom(v, 1);
	case CMD_ZOOM_OUT:
		return zoom(v, ROSTER_WEEKS);
	case CMD_TODAY:
		return today(v);
	case CMD_HOW:
		return read_it(v);
	case CMD_EXPORT:
		return print(v);
	case CMD_UNDO:
		roster_undo(v->app);
		return VIEW_HANDLED;
	case CMD_COPY:
		return copy(v);
	case CMD_ENTER:
		return roster_menu(v);
	default:
		return roster_act(v, command);
	}
}

static unsigned
have(const struct view *view)
{
	return NEED_UNDO |
		(roster_cell_here((const struct roster_view *)view) != NULL ? NEED_ROW : 0u);
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct roster_view *v = (const struct roster_view *)view;

	(void)screen;
	if (v->page.line_count > 0) {
		buf_addf(out, "%d/%d  %s", v->line + 1, v->page.line_count,
			_("Left Right: days"));
	}
}

const struct view_ops roster_view = {
	.name = "roster",
	.size = sizeof(struct roster_view),
	.hints = hints,
	.ages = true,
	.start = start,
	.stop = stop,
	.load = load,
	.format = roster_show,
	.act = act,
	.have = have,
	.state = state,
};
