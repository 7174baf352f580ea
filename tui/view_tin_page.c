/* view_tin_page.c owns the page of one recorded report: the receipt and the words
 * for the caller, and one key for what becomes of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/tin_words.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/chrome.h"
#include "tui/model.h"
#include "tui/places.h"
#include "tui/tin_forms.h"
#include "tui/tin_page.h"
#include "tui/tin_post.h"
#include "tui/views.h"

struct tin_page {
	struct view view;
	struct app *app;
	struct tin_page_model model;
	bool busy;
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("open a case") },
	{ CMD_JOIN, N_("add to a case") },
	{ CMD_TIN_HELP, N_("ask for help") },
	{ CMD_NOTE, N_("copy the receipt") },
	{ CMD_TIN_REPLY, NULL },
	{ CMD_MENU, NULL },
	{ CMD_BACK, NULL },
	{ CMD_TIN_TAKE, NULL },
	{ CMD_CHANGE, N_("supplement") },
	{ CMD_TIN_DONE, NULL },
	{ CMD_TIN_CLOSE, NULL },
	{ CMD_COPY, N_("copy the receipt") },
	{ CMD_NONE, NULL },
};

static void
start(struct view *view, struct app *app)
{
	((struct tin_page *)view)->app = app;
}

static void
stop(struct view *view)
{
	tin_page_free(&((struct tin_page *)view)->model);
}

/* ---- reading ---- */

struct page_request {
	struct request request;
	char id[UUID_SIZE];
	struct tin_page_model model;
};

static bool
run_page(struct request *request, struct desk *desk, struct error *err)
{
	struct page_request *p = (struct page_request *)request;

	return tin_page_load(&p->model, desk, p->id, err);
}

static void
done_page(struct request *request, struct app *app)
{
	struct page_request *p = (struct page_request *)request;
	struct tin_page *page = (struct tin_page *)app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	tin_page_free(&page->model);
	page->model = p->model;
	p->model = (struct tin_page_model){ 0 };
	app_dirty_now(app);
}

static void
free_page(struct request *request)
{
	tin_page_free(&((struct page_request *)request)->model);
	free(request);
}

static struct request *
load(struct view *view)
{
	struct page_request *p = xcalloc(1, sizeof(*p));

	p->request = (struct request){ .run = run_page, .done = done_page,
		.free = free_page, .replaces = 3 };
	snprintf(p->id, sizeof(p->id), "%.36s", view->about);
	return &p->request;
}

/* ---- painting ---- */

static bool
is(const struct tin_page *page, const char *state)
{
	return strcmp(page->model.tin.state, state) == 0;
}

static bool
open_still(const struct tin_page *page)
{
	return page->model.tin.id[0] != '\0' && page->model.tin.ended_at == 0;
}

static const char *
what_now(const struct tin_page *page)
{
	return page->model.tin.id[0] == '\0' ? _("reading the report")
		: is(page, "joined") ? _("The caller belongs to a case: Enter goes there.")
		: is(page, "help") ? _("Help was asked for: call until somebody comes; the menu"
			" (m) records what came of it.")
		: is(page, "new") || is(page, "taken")
		? _("Read the receipt aloud. Enter opens a case with its plan, F6 adds to one.")
		: _("It is ended. ! takes it up again.");
}

static int
show_text(struct frame *frame, int row, int last, enum style style, const char *label,
	const char *words)
{
	char *text;
	int rows = 0;

	if (words != NULL && words[0] != '\0' && row < last) {
		text = xasprintf("%s %s", label, words);
		rows = frame_wrap(frame, row, 1, last - row, frame->cols - 2, style, text);
		free(text);
	}
	return rows;
}

static void
show_same(const struct tin_page *page, struct frame *frame, int row, int last)
{
	const struct case_rows *same = &page->model.look.guess.same;
	int shown = 0;

	for (int i = 0; i < same->count && row < last && shown < 3; i++) {
		if (strcmp(same->rows[i].id, page->model.tin.case_id) == 0) {
			continue;
		}
		frame_putf(frame, row++, 1, frame->cols - 2, ST_SOON, "%s %s %s",
			shown++ == 0 ? _("MAYBE THE SAME:") : "  ", same->rows[i].number,
			same->rows[i].title);
	}
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	const struct tin_page *page = (const struct tin_page *)view;
	const struct tin_page_model *model = &page->model;
	int row = screen->top, last = screen->top + screen->rows;
	char title[120];

	snprintf(title, sizeof(title), "%s  %s%s%s", model->tin.number,
		tin_label(tin_states, model->tin.state),
		model->tin.case_number[0] != '\0' ? " " : "", model->tin.case_number);
	if (frame->rows >= 16) {
		chrome_head(frame, screen, title);
		chrome_now_text(frame, 1, what_now(page), false);
		chrome_rule(frame, 2, NULL);
	} else {
		chrome_now_text(frame, 0, what_now(page), false);
	}
	row += show_text(frame, row, last, ST_STRONG, _("RECEIPT (c copies):"),
		model->receipt);
	if (open_still(page) || page->model.tin.over_told_at == 0) {
		row += show_text(frame, row, last, ST_STRONG, _("TELL THE CALLER:"),
			model->look.advice);
	}
	if (row < last) {
		frame_hline(frame, row++, 0, frame->cols, ST_LINE);
	}
	for (int i = 0; i < model->facts_count && row < last; i++) {
		frame_cut(frame, row, 1, 16, ST_DIM, model->facts[i].label);
		frame_cut(frame, row++, 18, frame->cols - 19, ST_TEXT, model->facts[i].text);
	}
	if (open_still(page)) {
		row += show_text(frame, row, last, ST_DIM, _("A case would be:"),
			model->look.opens);
		show_same(page, frame, row, last);
	}
}

/* ---- acting ---- */

static void
finished(struct app *app, uint64_t view_id, const struct tin_result *result)
{
	struct view *view = app_view(app, view_id);

	if (view != NULL) {
		((struct tin_page *)view)->busy = false;
	}
	if (result->said[0] != '\0') {
		app_info(app, "%s: %s", result->number, result->said);
	}
}

static void
opened(struct app *app, uint64_t view_id, const struct tin_result *result)
{
	finished(app, view_id, result);
	tin_is_case(app, result);
}

static void
joined(struct app *app, uint64_t view_id, const struct tin_result *result)
{
	finished(app, view_id, result);
	app_info(app, _("%s is in the case"), result->number);
}

static void
refused(struct app *app, uint64_t view_id, const struct error *err)
{
	struct view *view = app_view(app, view_id);

	if (view != NULL) {
		((struct tin_page *)view)->busy = false;
	}
	app_error(app, err);
}

static unsigned
post(struct tin_page *page, enum tin_then then, const char *case_id)
{
	if (!page->busy && page->model.tin.id[0] != '\0') {
		page->busy = true;
		tin_post(page->app, &page->view, &(struct tin_post){
			.tin_id = page->model.tin.id, .then = then, .case_id = case_id,
			.done = then == TIN_CASE ? opened : then == TIN_JOIN ? joined : finished,
			.refused = refused });
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
enter(struct tin_page *page)
{
	if (is(page, "joined")) {
		place_open_case(page->app, page->model.tin.case_id);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	if (!open_still(page)) {
		app_info(page->app, "%s", what_now(page));
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return post(page, TIN_CASE, NULL);
}

static unsigned
ask_with(struct tin_page *page, const struct sheet_form *form, const char *item)
{
	const struct tin *tin = &page->model.tin;
	struct case_ref ref = { 0 };

	if (tin->id[0] != '\0') {
		memcpy(ref.id, tin->id, UUID_SIZE);
		memcpy(ref.case_id, tin->case_id, UUID_SIZE);
		snprintf(ref.number, sizeof(ref.number), "%s", tin->number);
		snprintf(ref.title, sizeof(ref.title), "%s", tin->number);
		snprintf(ref.item, sizeof(ref.item), "%s", item);
		form_open(page->app, form, &ref, 1, NULL);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
ask(struct tin_page *page, const struct sheet_form *form)
{
	return ask_with(page, form, page->model.tin.number);
}

static bool
join_chosen(struct app *app, void *arg, const char *case_id)
{
	struct view *base = app_base(app);

	(void)arg;
	if (base->ops == &tin_page_view && is((struct tin_page *)base, "joined")) {
		(void)ask_with((struct tin_page *)base, &tin_move_form, case_id);
	} else if (base->ops == &tin_page_view) {
		(void)post((struct tin_page *)base, TIN_JOIN, case_id);
	}
	return true;
}

static unsigned
copy(struct tin_page *page)
{
	if (page->model.receipt == NULL || !app_copy(page->app, page->model.receipt)) {
		app_info(page->app, "%s", _("this terminal cannot copy; read it aloud"));
	} else {
		app_info(page->app, "%s", _("the receipt is copied"));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct tin_page *page = (struct tin_page *)view;

	switch (command) {
	case CMD_ENTER:
	case CMD_EXPORT:
		return enter(page);
	case CMD_JOIN:
		tin_pick_case(page->app, &page->model.look.guess, page->model.tin.case_id,
			join_chosen);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_NOTE:
	case CMD_COPY:
		return copy(page);
	case CMD_TIN_TAKE:
		return ask(page, &tin_take_form);
	case CMD_TIN_REPLY:
		return ask(page, &tin_reply_form);
	case CMD_TIN_HELP:
		return ask(page, &tin_help_form);
	case CMD_TIN_DONE:
		return ask(page, &tin_done_form);
	case CMD_TIN_CLOSE:
		return ask(page, &tin_close_form);
	case CMD_CHANGE:
		if (page->model.values != NULL) {
			open_tin_change(app, page->model.tin.id, page->model.tin.number,
				page->model.values);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	default:
		return VIEW_IGNORED;
	}
}

static const char *
case_id(const struct view *view)
{
	return ((const struct tin_page *)view)->model.tin.case_id;
}

static unsigned
have(const struct view *view)
{
	(void)view;
	return NEED_ROW | NEED_CASE | NEED_OPEN_CASE;
}

static const char *
enter_hint(const struct view *view)
{
	const struct tin_page *page = (const struct tin_page *)view;

	return is(page, "joined") ? N_("go to the case")
		: open_still(page) ? N_("open a case") : N_("ended");
}

const struct view_ops tin_page_view = {
	.name = "report-page",
	.size = sizeof(struct tin_page),
	.hints = hints,
	.start = start,
	.stop = stop,
	.load = load,
	.format = format,
	.act = act,
	.have = have,
	.case_id = case_id,
	.enter = enter_hint,
};

void
open_tin_page(struct app *app, const char *tin_id)
{
	struct view *base = app_base(app);
	struct view *view;

	if (base != NULL && base->ops == &tin_page_view
		&& strcmp(base->about, tin_id) == 0) {
		app_reload(app, base);
		return;
	}
	view = view_new(&tin_page_view);
	snprintf(view->about, sizeof(view->about), "%s", tin_id);
	app_open(app, view);
}
