/* check_private.h - what the files of check-lists share; for check_*.c only. */
#ifndef CORE_CHECK_PRIVATE_H
#define CORE_CHECK_PRIVATE_H

#include "core/check_list.h"
#include "core/check_source.h"

/* A line behind the others that is not written yet; takes key. */
void check_row_add(struct point_list *rows, const struct check_line *line, char *key,
	const char *instance);
/* Writes what is not written yet: afterwards every row has its id. */
bool check_rows_write(struct desk *desk, const struct check_step *step,
	struct check_list *list, struct error *err);
/* ERR_REFUSED: the step has no list, or has ended. */
bool check_step_open(const struct check_step *step, struct error *err);
/* The step as the timeline names it. */
void check_put_step(struct json *body, const struct check_step *step);
/* The case's place that a line is about; NULL: none. */
const struct point *check_place_of(const struct check_list *list, const struct point *row);

#endif
