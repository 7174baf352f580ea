/* browse.c owns screens that are one list: pages, cursor, filter, marks. */
#include "tui/browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/app.h"
#include "tui/case_rows.h"
#include "tui/marks.h"

#define WINDOW 100 /* rows loaded at once; at most three windows are kept */

/* ---- loading ---- */

struct browse_request {
	struct request request;
	const struct browse_source *source;
	struct page page;
	struct table_rows rows;
};

static const char *
row_id(const void *rows, int row)
{
	return ((const struct table_rows *)rows)->rows[row].id;
}

static bool
name_case(struct table_head *head, struct desk *desk, const char *id,
	struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, id, err);

	if (ok) {
		case_short_number(head->number, c.number);
		snprintf(head->title, sizeof(head->title), "%.*s",
			(int)text_fit(c.title, 120, NULL), c.title);
		head->severity = c.severity;
		head->suggested = c.severity_suggested;
		head->open = c.is_open;
		head->merged = c.merged_into[0] != '\0';
		head->red = strcmp(c.tlp, "red") == 0;
	}
	case_clear(&c);
	return ok;
}

bool
browse_read(struct table_rows *out, struct desk *desk,
	const struct browse_source *source, const struct page *page, struct error *err)
{
	struct page asked = *page;
	bool ok;

	if (source->whole) {
		asked.want = LIST_WANT_FIRST;
		asked.limit = INT32_MAX - 1;
	}
	ok = source->load(out, desk, &asked, err)
		&& (!source->of_case || name_case(&out->head, desk, page->about, err));
	if (!ok) {
		table_free(out);
	} else if (source->whole) {
		page_end(out, &asked);
	}
	return ok;
}

static bool
run(struct request *request, struct desk *desk, struct error *err)
{
	struct browse_request *r = (struct browse_request *)request;

	return browse_read(&r->rows, desk, r->source, &r->page, err);
}

static void
remember(struct browse *b)
{
	const struct table_row *here = browse_here(b);

	if (here != NULL) {
		memcpy(b->list.id, here->id, sizeof(here->id));
	}
	if (b->moved != NULL) {
		b->moved(b);
	}
}

static void
done(struct request *request, struct app *app)
{
	struct browse_request *r = (struct browse_request *)request;
	struct browse *b = (struct browse *)app_view(app, request->view_id);
	enum list_want want = r->page.want;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	/* Another tab was chosen meanwhile. */
	if (r->source != b->source || r->page.preset != b->preset) {
		return;
	}
	table_join(&b->rows, &r->rows, want, 3 * WINDOW);
	b->list.more_before = b->rows.more_before;
	b->list.more_after = b->rows.more_after;
	if (want == LIST_WANT_LAST || (want == LIST_WANT_FIRST && !r->page.again)) {
		b->list.count = b->rows.count;
		list_to(&b->list, want == LIST_WANT_LAST ? b->rows.count - 1 : 0);
	} else {
		if (b->hand_on) {
			b->list.id[0] = '\0';
		}
		list_keep(&b->list, b->rows.count, row_id, &b->rows);
	}
	if (b->go_to > 0 && r->page.again) {
		list_to(&b->list, b->go_to);
		b->go_to = 0;
	}
	b->hand_on = false;
	remember(b);
}

static void
free_request(struct request *request)
{
	table_free(&((struct browse_request *)request)->rows);
	free(request);
}

static struct request *
ask(const struct browse *b, enum list_want want, bool again)
{
	struct browse_request *r = xcalloc(1, sizeof(*r));
	int last = b->rows.count - 1;

	r->request = (struct request){ .run = run, .done = done,
		.free = free_request, .replaces = 1 };
	r->source = b->source;
	r->page = (struct page){ .want = want, .again = again, .limit = WINDOW,
		.preset = b->preset };
	memcpy(r->page.about, b->about, sizeof(r->page.about));
	snprintf(r->page.words, sizeof(r->page.words), "%s", lineedit_text(&b->words));
	if (last >= 0 && (want == LIST_WANT_AFTER || want == LIST_WANT_BEFORE)) {
		snprintf(r->page.from, sizeof(r->page.from), "%s",
			b->rows.rows[want == LIST_WANT_AFTER ? last : 0].key);
	}
	/* The same window again: as much as is loaded. */
	if (again && b->rows.count > WINDOW) {
		r->page.limit = b->rows.count;
	}
	return &r->request;
}

struct request *
browse_load(struct view *view)
{
	return ask((const struct browse *)view, LIST_WANT_FIRST, true);
}

void
browse_start(struct browse *b, struct app *app, const struct browse_source *source)
{
	b->app = app;
	b->source = source;
	b->words.max = 200;
	b->list.height = 20;
}

void
browse_stop(struct browse *b)
{
	table_free(&b->rows);
	list_free(&b->list);
	lineedit_free(&b->words);
}

static unsigned
reset(struct browse *b)
{
	b->list.cursor = b->list.top = 0;
	b->list.id[0] = '\0';
	app_ask(b->app, &b->view, ask(b, LIST_WANT_FIRST, false));
	return VIEW_HANDLED | VIEW_DIRTY;
}

void
browse_turn(struct browse *b, const struct browse_source *source, int preset)
{
	b->source = source;
	b->preset = preset;
	b->filtering = false;
	lineedit_set(&b->words, "");
	list_unmark_all(&b->list);
	table_free(&b->rows);
	b->list.count = 0;
	b->view.loaded = false;
	(void)reset(b);
}

const struct table_row *
browse_here(const struct browse *b)
{
	return b->list.cursor < b->rows.count ? &b->rows.rows[b->list.cursor] : NULL;
}

static struct marks
marks_of(const struct browse *b)
{
	return (struct marks){ .list = &b->list, .id_of = row_id, .rows = &b->rows,
		.filtered = b->words.text.len > 0 };
}

int
browse_take(const struct browse *b, const struct table_row ***rows)
{
	struct marks marks = marks_of(b);
	int *taken = marks_take(b->app, &marks);
	int count = 0;

	*rows = NULL;
	if (taken == NULL) {
		return -1;
	}
	*rows = xcalloc((size_t)b->rows.count + 1, sizeof(**rows));
	for (; taken[count] >= 0; count++) {
		(*rows)[count] = &b->rows.rows[taken[count]];
	}
	free(taken);
	return count;
}

int
browse_hidden(const struct browse *b)
{
	struct marks marks = marks_of(b);

	return marks_hidden(&marks);
}

bool
browse_to(struct browse *b, const char *id)
{
	for (int i = 0; i < b->rows.count; i++) {
		if (strcmp(b->rows.rows[i].id, id) == 0) {
			list_to(&b->list, i);
			remember(b);
			return true;
		}
	}
	return false;
}

/* ---- acting ---- */

static unsigned
mark_all(struct browse *b)
{
	bool on = b->list.mark_count == 0;

	for (int i = 0; on && i < b->rows.count; i++) {
		list_mark(&b->list, b->rows.rows[i].id, true);
	}
	if (!on) {
		list_unmark_all(&b->list);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* Filter, then marks; then the app goes on with the ladder. */
static unsigned
back(struct browse *b)
{
	if (b->filtering || b->words.text.len > 0) {
		b->filtering = false;
		lineedit_set(&b->words, "");
		return reset(b);
	}
	if (b->list.mark_count > 0) {
		list_unmark_all(&b->list);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return VIEW_IGNORED;
}

static unsigned
move(struct browse *b, enum command command)
{
	enum list_want want;

	if (!list_move(&b->list, command, &want)) {
		return VIEW_IGNORED;
	}
	remember(b);
	if (want != LIST_WANT_NOTHING) {
		app_ask(b->app, &b->view, ask(b, want, false));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

unsigned
browse_act(struct browse *b, enum command command)
{
	const struct table_row *here = browse_here(b);

	switch (command) {
	case CMD_FILTER:
		b->filtering = true;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_MARK:
		if (here != NULL) {
			list_mark(&b->list, here->id, !list_marked(&b->list, here->id));
			(void)move(b, CMD_DOWN);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_MARK_ALL:
		return mark_all(b);
	case CMD_BACK:
		return back(b);
	default:
		return move(b, command);
	}
}

/* A click selects a row, another one opens it. */
static unsigned
click(struct browse *b, struct app *app, int row)
{
	int at = b->list.top + row - b->first_row;

	if (row < b->first_row || at >= b->rows.count) {
		return VIEW_HANDLED;
	}
	if (at == b->list.cursor) {
		return b->view.ops->act(&b->view, app, CMD_ENTER);
	}
	list_to(&b->list, at);
	remember(b);
	return VIEW_HANDLED | VIEW_DIRTY;
}

unsigned
browse_key(struct view *view, struct app *app, const struct key *k)
{
	struct browse *b = (struct browse *)view;

	if (k->code == K_MOUSE && k->mouse == MOUSE_CLICK) {
		return click(b, app, k->row);
	}
	if (!b->filtering || k->code == K_UP || k->code == K_DOWN) {
		return VIEW_IGNORED;
	}
	if (k->code == K_ENTER) {
		b->filtering = false;
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	switch (lineedit_key(&b->words, k)) {
	case EDIT_CHANGED:
	case EDIT_FULL:
		return reset(b);
	case EDIT_MOVED:
		return VIEW_HANDLED | VIEW_DIRTY;
	case EDIT_IGNORED:
		break;
	}
	return VIEW_IGNORED;
}

bool
browse_in_field(const struct view *view)
{
	return ((const struct browse *)view)->filtering;
}

/* ---- showing ---- */

void
browse_show(struct browse *b, struct frame *frame, int row, int rows)
{
	int filter = b->filtering || b->words.text.len > 0 ? 1 : 0;

	b->first_row = row + (frame->rows >= 16 ? 1 : 0);
	table_show(b->source->columns, &b->rows, &b->list, frame, row, rows - filter);
	if (b->rows.count == 0 && b->view.loaded) {
		frame_cut(frame, row + 2, 4, frame->cols - 8, ST_DIM, b->words.text.len > 0
			? _("nothing here has these words") : _(b->source->empty));
	}
	if (filter > 0) {
		int at = row + rows - 1;
		int used = frame_put(frame, at, 1, 20, ST_STRONG, "/");

		lineedit_show(&b->words, frame, at, 1 + used, 1,
			frame->cols > 50 ? 40 : frame->cols - 10, b->filtering);
	}
}

void
browse_state(const struct browse *b, struct buf *out)
{
	struct marks marks = marks_of(b);

	buf_addf(out, "%s%d/%d%s", b->list.more_before ? "+" : "",
		b->rows.count == 0 ? 0 : b->list.cursor + 1, b->rows.count,
		b->list.more_after ? "+" : "");
	marks_state(&marks, out);
}
