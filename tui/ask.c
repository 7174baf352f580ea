/* ask.c owns the small popups: confirmations and texts to read. */
#include "tui/ask.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/chrome.h"

/* ---- a confirmation ---- */

struct confirm_view {
	struct view view;
	struct confirm what;
	char *title, *text, *yes, *wanted;
	struct lineedit typed;
	bool on_yes; /* the focus; it begins on "Back" */
};

static const struct hint confirm_hints[] = {
	{ CMD_ENTER, N_("choose") },
	{ CMD_PANE_NEXT, N_("the other button") },
	{ CMD_BACK, N_("back") },
	{ CMD_NONE, NULL },
};

static void
confirm_stop(struct view *view)
{
	struct confirm_view *c = (struct confirm_view *)view;

	free(c->title);
	free(c->text);
	free(c->yes);
	free(c->wanted);
	lineedit_free(&c->typed);
	if (c->what.free_arg != NULL) {
		c->what.free_arg(c->what.arg);
	}
}

static void
confirm_format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct confirm_view *c = (struct confirm_view *)view;
	int cells = frame->cols > 70 ? 68 : frame->cols - 2;
	int lines = frame_wrap(NULL, 0, 0, screen->rows - 5, cells - 4, ST_TEXT, c->text);
	struct inside in = chrome_box(frame, screen,
		lines + 4 + (c->wanted != NULL ? 1 : 0), cells, c->title);
	int row = in.row + in.rows - 1;
	int at = in.col;

	frame_wrap(frame, in.row, in.col, lines, in.cells, ST_TEXT, c->text);
	if (c->wanted != NULL) {
		int used = frame_putf(frame, row - 1, in.col, in.cells, ST_TEXT,
			_("type %s: "), c->wanted);

		lineedit_show(&c->typed, frame, row - 1, in.col + used, 1,
			in.cells - used > 24 ? 24 : in.cells - used, true);
	}
	at += frame_putf(frame, row, at, in.cells, c->on_yes ? ST_TEXT : ST_FOCUS,
		"[ %s ]", _("Back")) + 2;
	frame_putf(frame, row, at, in.cells - (at - in.col),
		c->on_yes ? ST_FOCUS : ST_TEXT, "[ %s ]", c->yes);
	if (c->wanted == NULL) {
		frame_cursor(frame, row, c->on_yes ? at : in.col, false);
	}
}

static unsigned
confirm_enter(struct confirm_view *c, struct app *app)
{
	if (!c->on_yes) {
		return VIEW_HANDLED | VIEW_CLOSE;
	}
	if (c->wanted != NULL
		&& strcasecmp(lineedit_text(&c->typed), c->wanted) != 0) {
		app_info(app, _("type %s to go on"), c->wanted);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return c->what.done(app, c->what.arg) ? VIEW_HANDLED | VIEW_CLOSE
		: VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
confirm_act(struct view *view, struct app *app, enum command command)
{
	struct confirm_view *c = (struct confirm_view *)view;

	switch (command) {
	case CMD_LEFT:
	case CMD_UP:
		c->on_yes = false;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_RIGHT:
	case CMD_DOWN:
		c->on_yes = true;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_PANE_NEXT:
	case CMD_PANE_PREV:
		c->on_yes = !c->on_yes;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_ENTER:
		return confirm_enter(c, app);
	default:
		return VIEW_IGNORED;
	}
}

static unsigned
confirm_key(struct view *view, struct app *app, const struct key *key)
{
	struct confirm_view *c = (struct confirm_view *)view;

	(void)app;
	if (c->wanted == NULL || (key->text[0] == '\0' && key->code != K_BACKSPACE
			&& !lineedit_takes(key->code))) {
		return VIEW_IGNORED;
	}
	(void)lineedit_key(&c->typed, key);
	c->on_yes = strcasecmp(lineedit_text(&c->typed), c->wanted) == 0;
	return VIEW_HANDLED | VIEW_DIRTY;
}

static bool
confirm_in_field(const struct view *view)
{
	return ((const struct confirm_view *)view)->wanted != NULL;
}

static const struct view_ops confirm_ops = {
	.name = "confirm",
	.size = sizeof(struct confirm_view),
	.popup = true,
	.hints = confirm_hints,
	.stop = confirm_stop,
	.format = confirm_format,
	.act = confirm_act,
	.key = confirm_key,
	.in_field = confirm_in_field,
};

void
ask_confirm(struct app *app, const struct confirm *what)
{
	struct confirm_view *c = (struct confirm_view *)view_new(&confirm_ops);

	c->what = *what;
	c->title = xstrdup(what->title);
	c->text = xstrdup(what->text);
	c->yes = xstrdup(what->yes);
	c->wanted = xstrdup(what->typed);
	app_open(app, &c->view);
}

static bool
quit_now(struct app *app, void *arg)
{
	(void)arg;
	app_quit(app);
	return true;
}

void
ask_quit(struct app *app)
{
	if (app_top(app)->ops == &confirm_ops) {
		return;
	}
	ask_confirm(app, &(struct confirm){
		.title = _("leave suco"),
		.text = _("Leave suco? Texts that were begun are kept and offered at the "
			"next start."),
		.yes = _("Leave"),
		.done = quit_now,
	});
}

/* ---- a text to read ---- */

struct read_view {
	struct view view;
	char *title, *text;
	int top, rows, lines;
};

static const struct hint read_hints[] = {
	{ CMD_BACK, N_("close") },
	{ CMD_COPY, NULL },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

static void
read_stop(struct view *view)
{
	free(((struct read_view *)view)->title);
	free(((struct read_view *)view)->text);
}

static void
read_format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct read_view *r = (struct read_view *)view;
	int cells = frame->cols > 84 ? 82 : frame->cols - 2;
	struct inside in;
	struct frame page = { .ascii = frame->ascii, .plain = frame->plain };

	r->lines = frame_wrap(NULL, 0, 0, 4000, cells - 4, ST_TEXT, r->text);
	in = chrome_box(frame, screen, r->lines + 2, cells, r->title);
	r->rows = in.rows;
	if (r->top > r->lines - r->rows) {
		r->top = r->lines - r->rows;
	}
	r->top = r->top < 0 ? 0 : r->top;
	/* Wrapped into a page of its own, from which the rows shown are taken. */
	frame_size(&page, r->lines > 0 ? r->lines : 1, in.cells);
	frame_wrap(&page, 0, 0, r->lines, in.cells, ST_TEXT, r->text);
	for (int i = 0; i < in.rows && r->top + i < r->lines; i++) {
		struct buf line = { 0 };

		frame_row_text(&page, r->top + i, &line);
		frame_put(frame, in.row + i, in.col, in.cells, ST_TEXT, buf_text(&line));
		buf_free(&line);
	}
	frame_free(&page);
	if (r->lines > in.rows) {
		frame_putf(frame, in.row + in.rows, in.col + in.cells - 14, 12, ST_DIM,
			" %d-%d/%d ", r->top + 1, r->top + in.rows < r->lines
			? r->top + in.rows : r->lines, r->lines);
	}
	frame_cursor(frame, in.row, in.col, false);
}

static unsigned
read_act(struct view *view, struct app *app, enum command command)
{
	struct read_view *r = (struct read_view *)view;

	switch (command) {
	case CMD_UP:
		r->top--;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_DOWN:
		r->top++;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_PAGE_UP:
		r->top -= r->rows;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_PAGE_DOWN:
		r->top += r->rows;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_FIRST:
		r->top = 0;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_LAST:
		r->top = r->lines;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_COPY:
		(void)app_copy(app, r->text);
		return VIEW_HANDLED;
	case CMD_ENTER:
	case CMD_CLOSE_VIEW:
	case CMD_HELP:
	case CMD_HOW:
		return VIEW_HANDLED | VIEW_CLOSE;
	default:
		return VIEW_IGNORED;
	}
}

static unsigned
read_have(const struct view *view)
{
	(void)view;
	return NEED_ROW;
}

static const struct view_ops read_ops = {
	.name = "read",
	.size = sizeof(struct read_view),
	.popup = true,
	.hints = read_hints,
	.stop = read_stop,
	.format = read_format,
	.act = read_act,
	.have = read_have,
};

void
ask_read(struct app *app, const char *title, const char *text)
{
	struct read_view *r = (struct read_view *)view_new(&read_ops);

	r->title = xstrdup(title);
	r->text = xstrdup(text);
	app_open(app, &r->view);
}
