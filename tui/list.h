/* list.h - a cursor over rows of which only a window is loaded.
 *
 * The selection is an id, never a row number: after a reload list_keep() finds
 * it again.  Marks are ids too and outlive the window. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>

#include "core/ids.h"
#include "tui/command.h"

struct list {
	int count;   /* rows loaded */
	int cursor;  /* 0 .. count - 1; 0 when empty */
	int top;     /* first row shown */
	int height;  /* rows on the screen, set when shown */
	bool more_before, more_after;  /* there are rows beyond what is loaded */
	char id[UUID_SIZE];            /* of the row under the cursor */
	char (*marks)[UUID_SIZE];      /* ours */
	int mark_count, mark_cap;
};

/* What the view should load next. */
enum list_want { LIST_WANT_NOTHING, LIST_WANT_BEFORE, LIST_WANT_AFTER,
	LIST_WANT_FIRST, LIST_WANT_LAST };

/* Applies a command of GROUP_MOVE; *want tells what is missing now.  False: not
 * a movement of a list. */
bool list_move(struct list *list, enum command command, enum list_want *want);
void list_to(struct list *list, int row);
/* A jump: a row that is not on the screen comes to its upper third: what
 * stands before it and more of what comes after it are seen too. */
void list_jump(struct list *list, int row);
/* Keeps cursor and top within what is there. */
void list_fit(struct list *list);
/* After rows were replaced: back to the row with the same id, else the nearest
 * place.  id_of gives a row's id. */
void list_keep(struct list *list, int count,
	const char *(*id_of)(const void *rows, int row), const void *rows);

bool list_marked(const struct list *list, const char *id);
void list_mark(struct list *list, const char *id, bool on);
void list_unmark_all(struct list *list);
void list_free(struct list *list);

#endif
