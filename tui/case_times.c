/* case_times.c owns how the timeline of a case and its lists of facts look. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/case_screen.h"

#define TIME_ROWS 3 /* of one entry */
#define TIME_TEXT 14 /* column of its text in the pane */

static char *
time_text(const struct time_line *line)
{
	return xasprintf("%s%s", line->undone ? _("(undone) ") : "", line->text);
}

static int
time_rows(const struct time_line *line, const struct pane *pane)
{
	char *text = time_text(line);
	int rows = frame_wrap(NULL, 0, 0, TIME_ROWS, pane->cells - TIME_TEXT, ST_TEXT,
		text);

	free(text);
	return rows > 0 ? rows : 1;
}

/* Is the day said above this entry, where top is the first one shown?  Entries of
 * today need none. */
static bool
day_above(const struct case_screen *s, int i, int top, const struct screen *screen)
{
	char day[WHEN_SHORT_SIZE], before[WHEN_SHORT_SIZE];

	when_whole_day(day, s->model.times[i].at, screen->zone);
	when_whole_day(before, i > top ? s->model.times[i - 1].at : screen->now, screen->zone);
	return strcmp(day, before) != 0;
}

static void
show_day(int64_t at, const struct screen *screen, struct frame *frame, int row,
	const struct pane *pane)
{
	char day[WHEN_SHORT_SIZE];

	when_whole_day(day, at, screen->zone);
	frame_cut(frame, row, pane->col + 1, pane->cells - 1, ST_DIM, day);
}

/* The entry at row; rows below last are not there. */
static void
show_time(const struct time_line *line, const struct screen *screen,
	struct frame *frame, int row, int last, const struct pane *pane)
{
	char when[WHEN_SHORT_SIZE];
	char *text = time_text(line);
	int at = pane->col + 1;
	int rows = last - row < TIME_ROWS ? last - row : TIME_ROWS;

	when_clock(when, line->at, screen->zone);
	frame_put(frame, row, at, 5, ST_TEXT, when);
	frame_put(frame, row, at + 6, 6, ST_TEXT, line->who);
	frame_wrap(frame, row, pane->col + TIME_TEXT, rows, pane->cells - TIME_TEXT,
		line->undone ? ST_GREY : ST_TEXT, text);
	free(text);
}

/* The first entry shown such that the one under the cursor is whole. */
static void
fit_times(struct case_screen *s, const struct screen *screen, const struct pane *pane)
{
	struct list *list = &s->times;

	list_fit(list);
	for (;;) {
		int rows = 0, shown = 0;

		while (list->top + shown < list->count && rows < pane->rows) {
			rows += day_above(s, list->top + shown, list->top, screen);
			rows += time_rows(&s->model.times[list->top + shown++], pane);
		}
		shown -= rows > pane->rows && shown > 1 ? 1 : 0;
		if (list->cursor < list->top + shown || shown == 0) {
			list->height = shown > 0 ? shown : 1;
			return;
		}
		list->top++;
	}
}

void
case_show_times(struct case_screen *s, const struct screen *screen, struct frame *frame,
	const struct pane *pane)
{
	int row = pane->row, last = pane->row + pane->rows;

	s->times.count = s->model.time_count;
	s->times.height = s->times.height > 0 ? s->times.height : 1;
	s->times.more_after = s->model.more_times;
	fit_times(s, screen, pane);
	for (int i = s->times.top; i < s->model.time_count && row < last; i++) {
		int rows = time_rows(&s->model.times[i], pane);

		if (day_above(s, i, s->times.top, screen)) {
			show_day(s->model.times[i].at, screen, frame, row++, pane);
		}
		if (row == last) {
			break;
		}
		show_time(&s->model.times[i], screen, frame, row, last, pane);
		if (i == s->times.cursor && pane->focus) {
			frame_put(frame, row, pane->col, 1, ST_STRONG, ">");
			for (int r = row; r < row + rows && r < last; r++) {
				frame_style(frame, r, pane->col, pane->cells, ST_CURSOR);
			}
			frame_cursor(frame, row, pane->col, false);
		}
		row += rows;
	}
}

/* ---- tabs that are lists of facts ---- */

/* As wide as the widest name wants, while the text beside it keeps most. */
static int
label_room(const struct case_screen *s, const struct pane *pane)
{
	int room = 16, most = pane->cells * 3 / 10;

	for (int i = 0; i < s->model.fact_count[s->tab]; i++) {
		const struct fact_line *fact = &s->model.facts[s->tab][i];
		int wants = fact->heading ? 0 : text_width(fact->label);

		room = wants > room ? wants : room;
	}
	return room > most && most > 16 ? most : room > most ? 16 : room;
}

void
case_show_facts(struct case_screen *s, struct frame *frame, const struct pane *pane)
{
	struct list *list = &s->facts[s->tab];
	int label = label_room(s, pane);

	list->count = s->model.fact_count[s->tab];
	list->height = pane->rows > 0 ? pane->rows : 1;
	list_fit(list);
	if (list->count == 0) {
		frame_cut(frame, pane->row, 2, pane->cells - 2, ST_DIM,
			s->tab == TAB_FILES ? _("no file yet; m: add a file or an observable")
			: s->tab == TAB_MESSAGES ? _("nobody was told by message yet")
			: _("nothing here yet"));
	}
	for (int i = 0; i < pane->rows && list->top + i < list->count; i++) {
		const struct fact_line *fact = &s->model.facts[s->tab][list->top + i];
		int row = pane->row + i;

		if (fact->heading) {
			frame_cut(frame, row, 1, pane->cells - 1, ST_TITLE, fact->label);
		} else {
			frame_cut(frame, row, 2, label, ST_DIM, fact->label);
			frame_cut(frame, row, label + 3, pane->cells - label - 3, ST_TEXT,
				fact->text);
		}
		if (list->top + i == list->cursor) {
			frame_put(frame, row, 0, 1, ST_STRONG, ">");
			frame_style(frame, row, 0, pane->cells, ST_CURSOR);
			frame_cursor(frame, row, 0, false);
		}
	}
}
