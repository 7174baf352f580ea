/* view_roster.h - the roster's screen, shared by its files. */
#ifndef TUI_VIEW_ROSTER_H
#define TUI_VIEW_ROSTER_H

#include "tui/act.h"
#include "tui/roster_model.h"
#include "tui/view.h"

struct roster_view {
	struct view view;
	struct app *app;
	struct roster_page page;
	bool read;
	int weeks;         /* shown */
	int64_t any_day;   /* of the first week wanted; 0: the one of today */
	int line, day;     /* the cursor; day of the page */
	int problem;       /* of page.gaps: gone to last; -1 */
	bool seek;         /* when it is read the cursor goes to that problem */
};

/* The cell under the cursor, NULL where there is no roster. */
const struct roster_line *roster_line_here(const struct roster_view *v);
const struct roster_cell *roster_cell_here(const struct roster_view *v);
/* "Thu 26/11 18:00 - 06:00" */
void roster_span(struct buf *out, int64_t from, int64_t until, const struct zone *zone);
/* The hours that a swap (duty_swaps()) gives away. */
void roster_swap_span(struct buf *out, const struct json *swap, const struct zone *zone);

/* roster_show.c */
void roster_show(struct view *view, const struct screen *screen, struct frame *frame);
void roster_whole(struct buf *out, const struct roster_view *v,
	const struct screen *screen);
/* Who stands in the cell, and who could: "Free: Linh (24 h)". */
void roster_cell_whole(struct buf *out, const struct roster_view *v,
	const struct zone *zone);

/* roster_act.c: what Enter offers on a cell, and the forms. */
unsigned roster_menu(struct roster_view *v);
/* CMD_ADD, CMD_HOLD. */
unsigned roster_act(struct roster_view *v, enum command command);

#endif
