/* window.h - the part of a long list that is loaded: rows of any kind, added,
 * joined and let go of at the ends. */
#ifndef TUI_WINDOW_H
#define TUI_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/list.h"

struct window {
	void *rows; /* ours, and what is in them */
	int count, cap;
	bool more_before, more_after;
};

/* The members of a window whose rows are of a type, and `window` over them. */
#define WINDOW_OF(type) \
	union { \
		struct window window; \
		struct { \
			type *rows; \
			int count, cap; \
			bool more_before, more_after; \
		}; \
	}

struct window_kind {
	size_t size;               /* of a row */
	void (*clear)(void *row);  /* frees what it holds */
};

/* A zeroed row at the end; borrowed until the next one. */
void *window_add(struct window *window, const struct window_kind *kind);
void window_drop_last(struct window *window, const struct window_kind *kind);
/* All were read, in the order of reading and, where there are any, one more than
 * limit: brings them into the order that is shown, notes what more there is. */
void window_end(struct window *window, const struct window_kind *kind,
	enum list_want want, int limit);
/* Takes the rows of more: AFTER and BEFORE put them at that end and keep max in
 * all (the far side goes); else they replace those of window. */
void window_join(struct window *window, struct window *more,
	const struct window_kind *kind, enum list_want want, int max);
void window_free(struct window *window, const struct window_kind *kind);

#endif
