/* desk_columns.h - the columns of a list of cases and which of them fit. */
#ifndef TUI_DESK_COLUMNS_H
#define TUI_DESK_COLUMNS_H

#include "tui/case_rows.h"
#include "tui/frame.h"
#include "tui/view.h"

#define DESK_COLUMNS 10

struct desk_columns {
	struct { int which, col, cells; } shown[DESK_COLUMNS];
	int count;
	int wide;   /* columns of the frame */
};

/* Widens WHAT; below 80 columns drops LAST, STEP, OWNER in that order; from
 * 110 on shows the next step and the age as well. */
void desk_columns_fit(struct desk_columns *columns, int wide);
void desk_columns_head(const struct desk_columns *columns, struct frame *frame,
	int row);
void desk_columns_row(const struct desk_columns *columns, struct frame *frame,
	int row, const struct screen *screen, const struct case_row *c, bool cursor,
	bool marked);

#endif
