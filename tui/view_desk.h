/* view_desk.h - the desk's screen, shared by view_desk.c and desk_show.c. */
#ifndef TUI_VIEW_DESK_H
#define TUI_VIEW_DESK_H

#include "core/alive.h"
#include "tui/case_rows.h"
#include "tui/lineedit.h"
#include "tui/list.h"
#include "tui/marks.h"
#include "tui/view.h"

struct desk_view {
	struct view view;
	struct case_rows rows;
	struct list list;
	enum preset preset;
	enum list_sort sort;
	struct lineedit words;
	int first_row;   /* of the frame: where the list begins */
	bool filtering;  /* the filter has the focus */
	bool moved;      /* the person moved the cursor: NOW no longer places it */
	char now_case[UUID_SIZE];
	struct alive alive; /* the lower rows */
	int in_log, in_tins; /* where no case has the words: what else does */
	struct app *app;
};

/* The case under the cursor, or NULL. */
const struct case_row *desk_row_here(const struct desk_view *desk);

struct marks desk_marks(const struct desk_view *desk);
void desk_mark_all(struct desk_view *desk);
void desk_unmark(struct view *view);
void desk_mark_here(struct desk_view *desk);
/* An act on the marked cases, else on the one under the cursor. */
unsigned desk_act_on(struct desk_view *desk, enum command command);

/* The lower rows: how many there are, and showing them from `row` on. */
int desk_alive_rows(const struct desk_view *desk, const struct frame *frame);
void desk_alive_show(const struct desk_view *desk, const struct screen *screen,
	struct frame *frame, int row);

void desk_show(struct view *view, const struct screen *screen, struct frame *frame);
void desk_state(const struct view *view, const struct screen *screen,
	struct buf *out);

#endif
