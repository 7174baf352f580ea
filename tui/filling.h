/* filling.h - how the load functions of sheets make their rows: one by one, in a
 * callback that counts them. */
#ifndef TUI_FILLING_H
#define TUI_FILLING_H

#include <stdint.h>

#include "tui/table.h"

/* What such a callback is given; a sheet that keeps more has its own. */
struct filling {
	struct table_rows *out;
	const struct page *page;
	struct desk *desk;
	int count, pressing; /* for the head: rows, those that want something now */
};

/* A row that belongs to a case (or ""), known by its number. */
struct table_row *filling_add(const struct filling *f, const char *id, int64_t number,
	const char *state, const char *case_id);
/* The cell says when, as near as it needs. */
void filling_when(const struct filling *f, struct table_row *row, int cell, int64_t at);
/* What stands behind the title; true, so that load functions end with it. */
bool filling_counts(const struct filling *f, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
