/* view_plan.c owns the screen of one plan drawn as a flow: scrolled, searched for
 * words, walked dry. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/flow_text.h"
#include "playbooks/flow_try.h"
#include "tui/ask.h"
#include "tui/chrome.h"
#include "tui/library_model.h"
#include "tui/lineedit.h"
#include "tui/paper.h"
#include "tui/papers.h"
#include "tui/pdf.h"
#include "tui/view_plan.h"
#include "tui/views.h"

struct plan_view {
	struct view view;
	char id[256];
	char *title;                /* "PA-MD vi 2026-11-21", or NULL */
	struct playbook *playbook;  /* NULL: not read yet */
	struct lineedit words;
	bool searching;             /* the words are being typed */
	/* Drawn for a frame of this kind. */
	char *text;
	const char **lines;         /* into text */
	int count, cols;
	bool ascii;
	int top, rows;
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("walk it dry") },
	{ CMD_HOW, N_("findings, steps, what uses it") },
	{ CMD_FILTER, N_("search") },
	{ CMD_PRINT_PLAN, NULL },
	{ CMD_MENU, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_COPY, NULL }, { CMD_PLAN_PDF, NULL },
	SHEET_MOVES
};

static void
start(struct view *view, struct app *app)
{
	(void)app;
	((struct plan_view *)view)->words.max = 120;
}

static void
forget_drawing(struct plan_view *v)
{
	free(v->text);
	free(v->lines);
	v->text = NULL;
	v->lines = NULL;
	v->count = v->cols = 0;
}

static void
stop(struct view *view)
{
	struct plan_view *v = (struct plan_view *)view;

	forget_drawing(v);
	playbook_free(v->playbook);
	lineedit_free(&v->words);
	free(v->title);
}

/* ---- reading ---- */

struct plan_request {
	struct request request;
	char id[256];
	char *title;
	struct playbook *playbook;
	char *text; /* of what F2 shows */
};

static bool
run_plan(struct request *request, struct desk *desk, struct error *err)
{
	struct plan_request *r = (struct plan_request *)request;

	return library_plan_read(&r->playbook, &r->title, desk, r->id, err);
}

static void
done_plan(struct request *request, struct app *app)
{
	struct plan_request *r = (struct plan_request *)request;
	struct plan_view *v = (struct plan_view *)app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	forget_drawing(v);
	playbook_free(v->playbook);
	free(v->title);
	v->playbook = r->playbook;
	v->title = r->title;
	r->playbook = NULL;
	r->title = NULL;
	app_dirty_now(app);
}

static void
free_plan(struct request *request)
{
	struct plan_request *r = (struct plan_request *)request;

	playbook_free(r->playbook);
	free(r->title);
	free(r->text);
	free(r);
}

static struct request *
load(struct view *view)
{
	struct plan_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_plan, .done = done_plan,
		.free = free_plan, .replaces = 1 };
	snprintf(r->id, sizeof(r->id), "%s", ((struct plan_view *)view)->id);
	return &r->request;
}

static bool
run_text(struct request *request, struct desk *desk, struct error *err)
{
	struct plan_request *r = (struct plan_request *)request;

	return library_plan_text(&r->title, &r->text, desk, r->id, err);
}

static void
done_text(struct request *request, struct app *app)
{
	struct plan_request *r = (struct plan_request *)request;

	if (request->ok) {
		ask_read(app, r->title, r->text);
	} else {
		app_error(app, &request->err);
	}
}

static void
ask_text(struct app *app, struct plan_view *v)
{
	struct plan_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_text, .done = done_text,
		.free = free_plan, .opens = true };
	snprintf(r->id, sizeof(r->id), "%s", v->id);
	app_ask(app, &v->view, &r->request);
}

/* ---- painting ---- */

/* The head has room for the code only. */
static void
put_name(struct buf *out, const struct playbook *playbook)
{
	const char *status = json_get_text(playbook_ext(playbook), "status_text");
	const char *name = playbook_text(playbook, "name");
	char *line = xasprintf("%s%s%s", name != NULL ? name : "", status != NULL ? ": " : "",
		status != NULL ? status : "");
	char *shown = text_printable(line, strlen(line));

	buf_addf(out, "%s\n", shown);
	free(shown);
	free(line);
}

static void
draw(struct plan_view *v, const struct frame *frame)
{
	struct buf out = { 0 };
	int cols = frame->cols - 2;

	if (v->playbook == NULL || (v->cols == cols && v->ascii == frame->ascii)) {
		return;
	}
	forget_drawing(v);
	put_name(&out, v->playbook);
	flow_text(&out, v->playbook, cols, frame->ascii);
	v->text = buf_take(&out);
	v->cols = cols;
	v->ascii = frame->ascii;
	for (char *at = v->text; *at != '\0'; ) {
		char *end = at + strcspn(at, "\n");

		v->lines = xrealloc(v->lines, ((size_t)v->count + 1) * sizeof *v->lines);
		v->lines[v->count++] = at;
		at = *end == '\0' ? end : end + 1;
		*end = '\0';
	}
}

static void
fit(struct plan_view *v)
{
	v->top = v->top > v->count - v->rows ? v->count - v->rows : v->top;
	v->top = v->top < 0 ? 0 : v->top;
}

/* Does a line have all the words, with marks or without? */
static bool
has_words(const char *line, const char *words)
{
	char *folded = fold_text(line);
	char *wanted = fold_text(words);
	char *save = NULL;
	bool all = true;

	for (char *word = strtok_r(wanted, " ", &save); all && word != NULL;
			word = strtok_r(NULL, " ", &save)) {
		all = strstr(folded, word) != NULL;
	}
	free(wanted);
	free(folded);
	return all;
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct plan_view *v = (struct plan_view *)view;
	bool field = v->searching || v->words.text.len > 0;
	const char *words = lineedit_text(&v->words);
	char title[160];

	snprintf(title, sizeof(title), "%s %s", _("PLAN"), v->title != NULL ? v->title : "");
	chrome_top(frame, screen, title, false);
	draw(v, frame);
	v->rows = screen->rows - (field ? 1 : 0);
	fit(v);
	for (int i = 0; i < v->rows && v->top + i < v->count; i++) {
		const char *line = v->lines[v->top + i];

		frame_put(frame, screen->top + i, 1, frame->cols - 1,
			words[0] != '\0' && has_words(line, words) ? ST_MARK : ST_TEXT, line);
	}
	if (field) {
		int row = screen->top + screen->rows - 1;
		int used = frame_put(frame, row, 1, 20, ST_STRONG, "/");

		lineedit_show(&v->words, frame, row, 1 + used, 1,
			frame->cols > 50 ? 40 : frame->cols - 10, v->searching);
	}
	if (!v->searching) {
		frame_cursor(frame, screen->top, 0, false);
	}
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct plan_view *v = (const struct plan_view *)view;
	int last = v->top + v->rows < v->count ? v->top + v->rows : v->count;

	const char *words = lineedit_text(&v->words);
	int found = 0;

	(void)screen;
	if (v->count > 0) {
		buf_addf(out, "%d-%d/%d", v->top + 1, last, v->count);
	}
	for (int i = 0; words[0] != '\0' && i < v->count; i++) {
		found += has_words(v->lines[i], words);
	}
	if (words[0] != '\0') {
		buf_addf(out, "  ");
		buf_addf(out, found > 0 ? _("%d lines have these words")
			: _("nothing here has these words"), found);
	}
}

/* ---- acting ---- */

/* To the next line with the words from `from` on, step 1 or -1; round the end. */
static void
seek(struct plan_view *v, int from, int step)
{
	const char *words = lineedit_text(&v->words);

	for (int i = 0; words[0] != '\0' && i < v->count; i++) {
		int at = ((from + i * step) % v->count + v->count) % v->count;

		if (has_words(v->lines[at], words)) {
			/* With what leads to it. */
			v->top = at > 2 ? at - 2 : 0;
			fit(v);
			return;
		}
	}
}

static unsigned
key(struct view *view, struct app *app, const struct key *k)
{
	struct plan_view *v = (struct plan_view *)view;

	(void)app;
	if (!v->searching) {
		return VIEW_IGNORED;
	}
	switch (k->code) {
	case K_ENTER:
		v->searching = false;
		return VIEW_HANDLED | VIEW_DIRTY;
	case K_DOWN:
		seek(v, v->top + 3, 1);
		return VIEW_HANDLED | VIEW_DIRTY;
	case K_UP:
		seek(v, v->top + 1, -1);
		return VIEW_HANDLED | VIEW_DIRTY;
	default:
		break;
	}
	switch (lineedit_key(&v->words, k)) {
	case EDIT_CHANGED:
	case EDIT_FULL:
		seek(v, v->top, 1);
		return VIEW_HANDLED | VIEW_DIRTY;
	case EDIT_MOVED:
		return VIEW_HANDLED | VIEW_DIRTY;
	default:
		return VIEW_IGNORED;
	}
}

static bool
in_field(const struct view *view)
{
	return ((const struct plan_view *)view)->searching;
}

static unsigned
back(struct plan_view *v)
{
	if (!v->searching && v->words.text.len == 0) {
		return VIEW_IGNORED;
	}
	v->searching = false;
	lineedit_set(&v->words, "");
	return VIEW_HANDLED | VIEW_DIRTY;
}

static void
walk_dry(struct app *app, const struct plan_view *v)
{
	struct flow_try try;
	struct buf out = { 0 };

	flow_try_make(&try, v->playbook);
	flow_try_text(&out, &try, PAPER_CELLS);
	ask_read(app, _("walked dry"), buf_text(&out));
	buf_free(&out);
	flow_try_finish(&try);
}

/* By how many lines a command scrolls. */
static bool
scroll(struct plan_view *v, enum command command)
{
	const struct { enum command command; int by; } steps[] = {
		{ CMD_UP, -1 }, { CMD_DOWN, 1 }, { CMD_PAGE_UP, 2 - v->rows },
		{ CMD_PAGE_DOWN, v->rows - 2 }, { CMD_HALF_UP, -v->rows / 2 },
		{ CMD_HALF_DOWN, v->rows / 2 }, { CMD_FIRST, -v->count },
		{ CMD_LAST, v->count },
	};

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		if (steps[i].command == command) {
			v->top += steps[i].by;
			fit(v);
			return true;
		}
	}
	return false;
}

/* What `b` copies: the whole drawing. */
static void
copy_drawing(struct app *app, const struct plan_view *v)
{
	struct buf out = { 0 };

	for (int i = 0; i < v->count; i++) {
		buf_addf(&out, "%s\n", v->lines[i]);
	}
	(void)app_copy(app, buf_text(&out));
	buf_free(&out);
}

static const char *
file_name(const struct plan_view *v)
{
	const char *code = playbook_code(v->playbook);

	return code != NULL ? code : "plan";
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct plan_view *v = (struct plan_view *)view;

	if (command == CMD_BACK) {
		return back(v);
	}
	if (v->playbook == NULL) {
		return VIEW_IGNORED;
	}
	switch (command) {
	case CMD_ENTER:
		walk_dry(app, v);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_HOW:
		ask_text(app, v);
		return VIEW_HANDLED;
	case CMD_FILTER:
		v->searching = true;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_PRINT_PLAN:
		print_plan_open(app, v->id, file_name(v));
		return VIEW_HANDLED;
	case CMD_PLAN_PDF:
		pdf_of_plan(app, v->id, file_name(v));
		return VIEW_HANDLED;
	case CMD_COPY:
		copy_drawing(app, v);
		return VIEW_HANDLED;
	default:
		return scroll(v, command) ? VIEW_HANDLED | VIEW_DIRTY : VIEW_IGNORED;
	}
}

static unsigned
have(const struct view *view)
{
	return ((const struct plan_view *)view)->playbook != NULL ? NEED_ROW : 0;
}

static const struct view_ops plan_view = {
	.name = "plan",
	.size = sizeof(struct plan_view),
	.hints = hints,
	.start = start,
	.stop = stop,
	.load = load,
	.format = format,
	.act = act,
	.key = key,
	.in_field = in_field,
	.have = have,
	.state = state,
};

struct view *
plan_view_of(const char *id)
{
	struct plan_view *v = (struct plan_view *)view_new(&plan_view);

	snprintf(v->id, sizeof(v->id), "%s", id);
	return &v->view;
}
