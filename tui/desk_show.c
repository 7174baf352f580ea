/* desk_show.c owns how the desk's screen looks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/chrome.h"
#include "tui/desk_columns.h"
#include "tui/model.h"
#include "tui/now_go.h"
#include "tui/view_desk.h"

static int
preview_rows(const struct screen *screen, const struct frame *frame)
{
	return frame->rows >= 34 && frame->cols >= 100 && !screen->slow ? 5 : 0;
}

static void
show_preview(const struct desk_view *desk, const struct screen *screen,
	struct frame *frame, int row)
{
	const struct case_row *c = desk_row_here(desk);
	char title[64], when[WHEN_SHORT_SIZE];
	int wide = frame->cols - 2;

	if (c == NULL || screen->zone == NULL) {
		return;
	}
	snprintf(title, sizeof(title), "%s", c->number);
	chrome_rule(frame, row, title);
	when_near(when, c->opened_at, screen->now, screen->zone);
	frame_cut(frame, row + 1, 1, wide, ST_STRONG, c->title);
	frame_putf(frame, row + 2, 1, wide, ST_TEXT, "%s | %s | %s | %s: %s | %s: %s",
		word_label(WORDS_STATUS, c->status), word_label(WORDS_KIND, c->kind),
		c->asset[0] != '\0' ? c->asset : "-", _("owner"),
		c->owner[0] != '\0' ? c->owner : _("NOBODY"), _("opened"), when);
	if (c->next_step[0] != '\0') {
		char n[16] = "";

		/* A task, a promise, an order has no number. */
		if (c->next_n > 0) {
			snprintf(n, sizeof(n), "%d ", c->next_n);
		}
		frame_putf(frame, row + 3, 1, wide, ST_TEXT, "%s: %s%s", _("next step"), n,
			c->next_step);
	}
}

static void
show_filter(struct desk_view *desk, struct frame *frame, int row)
{
	int used = frame_put(frame, row, 1, 20, ST_STRONG, "/");

	lineedit_show(&desk->words, frame, row, 1 + used, 1,
		frame->cols > 50 ? 40 : frame->cols - 10, desk->filtering);
}

/* The words are not lost: they stand where no case is. */
static void
show_elsewhere(const struct desk_view *desk, struct frame *frame, int row)
{
	char log[KEY_NAME_SIZE], tins[KEY_NAME_SIZE];
	char *text;

	if (desk->words.text.len == 0 || desk->in_log + desk->in_tins == 0) {
		return;
	}
	command_key(CMD_LOG, log);
	command_key(CMD_TINS, tins);
	text = xasprintf(_("but the shift log has them: %d (%s), reports: %d (%s)"),
		desk->in_log, log, desk->in_tins, tins);
	frame_cut(frame, row, 4, frame->cols - 8, ST_TEXT, text);
	free(text);
}

void
desk_show(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct desk_view *desk = (struct desk_view *)view;
	const struct case_row *here = desk_row_here(desk);
	int preview = preview_rows(screen, frame);
	int alive = desk_alive_rows(desk, frame);
	int top = frame->rows < 16 ? 1 : screen->top + 1;
	int filter = desk->filtering || desk->words.text.len > 0 ? 1 : 0;
	int rows = screen->top + screen->rows - top - preview - filter - alive;
	struct desk_columns columns;

	chrome_top(frame, screen, _("DESK"),
		here != NULL && now_is_case(&screen->summary->now, here->id));
	desk_columns_fit(&columns, frame->cols);
	if (frame->rows >= 16) {
		desk_columns_head(&columns, frame, screen->top);
	}
	desk->first_row = top;
	desk->list.height = rows > 0 ? rows : 1;
	list_fit(&desk->list);
	for (int i = 0; i < rows && desk->list.top + i < desk->rows.count; i++) {
		int at = desk->list.top + i;

		desk_columns_row(&columns, frame, top + i, screen, &desk->rows.rows[at],
			at == desk->list.cursor,
			list_marked(&desk->list, desk->rows.rows[at].id));
	}
	if (desk->rows.count == 0 && view->loaded) {
		frame_cut(frame, top + 1, 4, frame->cols - 8, ST_DIM,
			desk->words.text.len > 0 ? _("no case has these words (f: search all)")
			: _("no case here; F7 takes a report"));
		show_elsewhere(desk, frame, top + 2);
	}
	frame_cursor(frame, top + desk->list.cursor - desk->list.top, 0, false);
	if (preview > 0) {
		show_preview(desk, screen, frame, top + rows + filter);
	}
	if (filter) {
		show_filter(desk, frame, top + rows);
	}
	if (alive > 0) {
		desk_alive_show(desk, screen, frame, screen->top + screen->rows - alive);
	}
}

void
desk_state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct desk_view *desk = (const struct desk_view *)view;
	struct marks marks = desk_marks(desk);
	long long total = desk->preset == PRESET_OPEN && desk->words.text.len == 0
		? (long long)screen->summary->open : desk->rows.count;

	buf_addf(out, "%d/%lld%s", desk->rows.count == 0 ? 0 : desk->list.cursor + 1,
		total, desk->rows.more_after && desk->preset != PRESET_OPEN ? "+" : "");
	buf_addf(out, "  %s: %s", _("filter"), preset_label(desk->preset));
	buf_addf(out, "  %s: %s", _("sort"),
		desk->sort == SORT_DUE ? _("due") : _("newest"));
	marks_state(&marks, out);
}
