/* view_desk.c owns the desk's screen: the cases by due time, filters, marks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/now_go.h"
#include "tui/number.h"
#include "tui/places.h"
#include "tui/view_desk.h"
#include "tui/views.h"

#define WINDOW 120 /* rows loaded at once; at most three windows are kept */

static const struct hint hints[] = {
	{ CMD_ENTER, NULL },
	{ CMD_NEW, NULL },
	{ CMD_FILTER, NULL },
	{ CMD_MARK, NULL },
	{ CMD_NOTE, NULL },
	{ CMD_MENU, NULL },
	{ CMD_PALETTE, NULL },
	{ CMD_TAKE, NULL },
	{ CMD_PRESETS, NULL },
	{ CMD_SORT, NULL },
	{ CMD_MARK_ALL, NULL },
	{ CMD_TODAY, NULL },
	{ CMD_HOW, NULL },
	{ CMD_ACK, NULL }, { CMD_DECLINE, NULL }, { CMD_PASS, NULL }, { CMD_CALL_NEXT, NULL },
	{ CMD_SEVERITY, NULL },
	{ CMD_STATUS, NULL },
	{ CMD_TASK_ADD, NULL },
	{ CMD_MERGE, NULL },
	{ CMD_LINK, NULL },
	{ CMD_CLOSE_CASE, NULL },
	{ CMD_DISMISS, NULL },
	{ CMD_REOPEN, NULL },
	{ CMD_UNMERGE, NULL },
	{ CMD_COPY, NULL },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL },
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

/* ---- loading ---- */

struct rows_request {
	struct request request;
	struct rows_ask ask;
	struct case_rows rows;
	struct alive alive; /* read when the list is read again */
};

static const char *
row_id(const void *rows, int row)
{
	return ((const struct case_rows *)rows)->rows[row].id;
}

static bool
run_rows(struct request *request, struct desk *desk, struct error *err)
{
	struct rows_request *r = (struct rows_request *)request;

	return case_rows_load(&r->rows, desk, &r->ask, err)
		&& (!r->ask.again || alive_load(&r->alive, desk, err));
}

/* At the start the cursor stands on what NOW speaks of. */
static void
place_cursor(struct desk_view *desk, struct app *app)
{
	const struct now *now = &app_summary(app)->now;

	for (int i = 0; !desk->moved && i < desk->rows.count; i++) {
		if (strcmp(desk->rows.rows[i].id, now->case_id) == 0) {
			list_jump(&desk->list, i);
			break;
		}
	}
	if (desk->list.cursor < desk->rows.count) {
		snprintf(desk->list.id, UUID_SIZE, "%s",
			desk->rows.rows[desk->list.cursor].id);
	}
}

static void
done_rows(struct request *request, struct app *app)
{
	struct rows_request *r = (struct rows_request *)request;
	struct desk_view *desk = (struct desk_view *)app_view(app, request->view_id);
	enum list_want want = r->ask.want;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	if (r->ask.again) {
		desk->alive = r->alive;
	}
	desk->in_log = r->rows.in_log;
	desk->in_tins = r->rows.in_tins;
	case_rows_join(&desk->rows, &r->rows, want, 3 * WINDOW);
	desk->list.more_before = desk->rows.more_before;
	desk->list.more_after = desk->rows.more_after;
	if (want == LIST_WANT_LAST || (want == LIST_WANT_FIRST && !r->ask.again)) {
		desk->list.count = desk->rows.count;
		list_to(&desk->list, want == LIST_WANT_LAST ? desk->rows.count - 1 : 0);
	} else {
		list_keep(&desk->list, desk->rows.count, row_id, &desk->rows);
	}
	place_cursor(desk, app);
}

static void
free_rows(struct request *request)
{
	case_rows_free(&((struct rows_request *)request)->rows);
	free(request);
}

static struct request *
ask_rows(const struct desk_view *desk, enum list_want want, bool again)
{
	struct rows_request *r = xcalloc(1, sizeof(*r));
	int last = desk->rows.count - 1;

	r->request = (struct request){ .run = run_rows, .done = done_rows,
		.free = free_rows, .replaces = 1 };
	r->ask = (struct rows_ask){ .preset = desk->preset, .sort = desk->sort,
		.want = want, .again = again, .limit = WINDOW };
	snprintf(r->ask.words, sizeof(r->ask.words), "%s", lineedit_text(&desk->words));
	if (last >= 0 && (want == LIST_WANT_AFTER || want == LIST_WANT_BEFORE)) {
		snprintf(r->ask.from, sizeof(r->ask.from), "%s",
			desk->rows.rows[want == LIST_WANT_AFTER ? last : 0].cursor);
	}
	/* The same window again: all that is loaded, from its first row on. */
	if (again && desk->rows.count > WINDOW) {
		r->ask.limit = desk->rows.count;
	}
	return &r->request;
}

static struct request *
load(struct view *view)
{
	struct desk_view *desk = (struct desk_view *)view;

	return ask_rows(desk, LIST_WANT_FIRST, true);
}

static void
start(struct view *view, struct app *app)
{
	struct desk_view *desk = (struct desk_view *)view;

	desk->app = app;
	desk->sort = SORT_DUE;
	desk->words.max = 200;
	desk->list.height = 20;
}

static void
stop(struct view *view)
{
	struct desk_view *desk = (struct desk_view *)view;

	case_rows_free(&desk->rows);
	list_free(&desk->list);
	lineedit_free(&desk->words);
}

const struct case_row *
desk_row_here(const struct desk_view *desk)
{
	return desk->list.cursor < desk->rows.count
		? &desk->rows.rows[desk->list.cursor] : NULL;
}

/* ---- acting ---- */

static unsigned
reset(struct desk_view *desk)
{
	desk->list.cursor = desk->list.top = 0;
	desk->list.id[0] = '\0';
	desk->moved = true;
	app_ask(desk->app, &desk->view, ask_rows(desk, LIST_WANT_FIRST, false));
	return VIEW_HANDLED | VIEW_DIRTY;
}

static bool
preset_chosen(struct app *app, void *arg, const char *word)
{
	struct view *base = app_base(app);

	(void)arg;
	if (base->ops == &desk_view) {
		((struct desk_view *)base)->preset = (enum preset)number_of(word);
		reset((struct desk_view *)base);
	}
	return true;
}

static bool
sort_chosen(struct app *app, void *arg, const char *word)
{
	struct view *base = app_base(app);

	(void)arg;
	if (base->ops == &desk_view) {
		((struct desk_view *)base)->sort = (enum list_sort)number_of(word);
		reset((struct desk_view *)base);
	}
	return true;
}

static unsigned
pick_preset(struct desk_view *desk)
{
	struct view *pick = ask_pick(desk->app, &(struct pick){
		.title = _("show"), .done = preset_chosen });

	for (int i = 0; i < PRESET_COUNT; i++) {
		char word[8];

		snprintf(word, sizeof(word), "%d", i);
		pick_add(pick, word, preset_label((enum preset)i), NULL, NULL);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
pick_sort(struct desk_view *desk)
{
	struct view *pick = ask_pick(desk->app, &(struct pick){
		.title = _("order"), .done = sort_chosen });
	char word[8];

	snprintf(word, sizeof(word), "%d", SORT_DUE);
	pick_add(pick, word, _("due first, then severity"), NULL, NULL);
	snprintf(word, sizeof(word), "%d", SORT_NEWEST);
	pick_add(pick, word, _("newest first"), NULL, NULL);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
to_now(struct desk_view *desk)
{
	const struct now *now = &app_summary(desk->app)->now;

	for (int i = 0; i < desk->rows.count; i++) {
		if (now_is_case(now, desk->rows.rows[i].id)) {
			list_jump(&desk->list, i);
			return VIEW_HANDLED | VIEW_DIRTY;
		}
	}
	return place_to_now(desk->app);
}

/* Filter, then marks; then the app goes on with the ladder. */
static unsigned
back(struct desk_view *desk)
{
	if (desk->filtering || desk->words.text.len > 0) {
		desk->filtering = false;
		lineedit_set(&desk->words, "");
		return reset(desk);
	}
	if (desk->list.mark_count > 0) {
		list_unmark_all(&desk->list);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return VIEW_IGNORED;
}

static unsigned
move(struct desk_view *desk, enum command command)
{
	enum list_want want;
	const struct case_row *row;

	if (!list_move(&desk->list, command, &want)) {
		return VIEW_IGNORED;
	}
	desk->moved = true;
	row = desk_row_here(desk);
	if (row != NULL) {
		memcpy(desk->list.id, row->id, sizeof(row->id));
	}
	if (want != LIST_WANT_NOTHING && desk->words.text.len == 0) {
		app_ask(desk->app, &desk->view, ask_rows(desk, want, false));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct desk_view *desk = (struct desk_view *)view;
	const struct case_row *here = desk_row_here(desk);

	switch (command) {
	case CMD_ENTER:
		desk->filtering = false;
		if (here != NULL) {
			place_open_case(app, here->id);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_FILTER:
		desk->filtering = true;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_PRESETS:
		return pick_preset(desk);
	case CMD_SORT:
		return pick_sort(desk);
	case CMD_MARK:
		desk_mark_here(desk);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_MARK_ALL:
		desk_mark_all(desk);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_TODAY:
		return to_now(desk);
	case CMD_BACK:
		return back(desk);
	case CMD_COPY:
		if (here != NULL) {
			char *text = xasprintf("%s %s", here->number, here->title);

			(void)app_copy(app, text);
			free(text);
		}
		return VIEW_HANDLED;
	default:
		if (move(desk, command) != VIEW_IGNORED) {
			return VIEW_HANDLED | VIEW_DIRTY;
		}
		return command_rows[command].group == GROUP_CASE
			|| command == CMD_NOTE || command == CMD_TAKE
			? desk_act_on(desk, command) : VIEW_IGNORED;
	}
}

/* A click selects a row, another one opens it. */
static unsigned
click(struct desk_view *desk, struct app *app, int row)
{
	int at = desk->list.top + row - desk->first_row;

	if (row < desk->first_row || at >= desk->rows.count) {
		return VIEW_HANDLED;
	}
	if (at == desk->list.cursor) {
		return act(&desk->view, app, CMD_ENTER);
	}
	desk->moved = true;
	list_to(&desk->list, at);
	memcpy(desk->list.id, desk->rows.rows[at].id, UUID_SIZE);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
key(struct view *view, struct app *app, const struct key *k)
{
	struct desk_view *desk = (struct desk_view *)view;

	if (k->code == K_MOUSE) {
		return click(desk, app, k->row);
	}
	if (!desk->filtering || k->code == K_UP || k->code == K_DOWN) {
		return VIEW_IGNORED;
	}
	switch (lineedit_key(&desk->words, k)) {
	case EDIT_CHANGED:
	case EDIT_FULL:
		return reset(desk);
	case EDIT_MOVED:
		return VIEW_HANDLED | VIEW_DIRTY;
	case EDIT_IGNORED:
		break;
	}
	return VIEW_IGNORED;
}

static bool
in_field(const struct view *view)
{
	return ((const struct desk_view *)view)->filtering;
}

static unsigned
have(const struct view *view)
{
	const struct case_row *row = desk_row_here((const struct desk_view *)view);
	unsigned bits = NEED_UNDO | NEED_REDO;

	if (row == NULL) {
		return 0;
	}
	bits |= NEED_ROW | NEED_CASE;
	bits |= row->open ? NEED_OPEN_CASE : NEED_CLOSED_CASE;
	bits |= row->merged ? NEED_MERGED_CASE : 0;
	bits |= strcmp(row->status, "new") == 0 ? NEED_UNACKED : 0;
	return bits;
}

static const char *
case_id(const struct view *view)
{
	const struct case_row *row = desk_row_here((const struct desk_view *)view);

	return row != NULL ? row->id : "";
}

const struct view_ops desk_view = {
	.name = "desk",
	.size = sizeof(struct desk_view),
	.hints = hints,
	.start = start,
	.stop = stop,
	.load = load,
	.format = desk_show,
	.act = act,
	.key = key,
	.in_field = in_field,
	.have = have,
	.acted = desk_unmark,
	.state = desk_state,
	.case_id = case_id,
};
