/* marks.h - the rows of a list that an act falls on: those marked, else the one
 * under the cursor.  Every list asks here, so that the rule is one: while some
 * that are marked are not shown, nothing is done. */
#ifndef TUI_MARKS_H
#define TUI_MARKS_H

#include <stdbool.h>

#include "core/buf.h"
#include "tui/app.h"
#include "tui/list.h"

struct marks {
	const struct list *list;
	const char *(*id_of)(const void *rows, int row);
	const void *rows;
	bool filtered; /* words stand in the filter: Esc takes these away first */
};

/* How many that are marked are not among the rows loaded. */
int marks_hidden(const struct marks *marks);
/* The numbers of the rows, ended by -1; the caller frees.  NULL, and it is said:
 * some are not shown. */
int *marks_take(struct app *app, const struct marks *marks);
/* "  2 marked", "  2 marked, 1 not shown"; nothing without marks. */
void marks_state(const struct marks *marks, struct buf *out);

#endif
