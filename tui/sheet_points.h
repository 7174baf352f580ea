/* sheet_points.h - the acts of the screens of places and check-lists. */
#ifndef TUI_SHEET_POINTS_H
#define TUI_SHEET_POINTS_H

#include "tui/views.h"

/* sheet_points_act.c */
sheet_fn points_enter, points_remove;
/* "1 3 4" of rows, in a field of the form that is not shown: all are changed by
 * one act. */
void points_hide_numbers(struct view *form, const struct table_row *const *rows,
	int count);
/* The numbers of that field; the caller frees. */
int *points_numbers(const struct json *values, int *count);

/* sheet_list.c: the list of the step whose instance this is. */
void open_step_list(struct app *app, const char *instance);

#endif
