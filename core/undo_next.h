/* undo_next.h - what `undo` without a number would take back, and what it would
 * pass over: nobody undoes an older act believing that it was the last one. */
#ifndef CORE_UNDO_NEXT_H
#define CORE_UNDO_NEXT_H

#include "core/desk.h"
#include "core/event.h"

struct undo_next {
	int64_t seq;       /* the caller's latest act that can be undone; 0: none */
	char *text;        /* "02:10 note: ..." */
	int64_t passed;    /* a later act of theirs that never can be; 0: none */
	char *passed_text; /* "02:14 called ..." */
	const char *never; /* why (translated) */
};

bool undo_next(struct desk *desk, const char *case_id, struct undo_next *out,
	struct error *err);
void undo_next_clear(struct undo_next *next);

/* Does the act count as the caller's?  With --as it is the other's. */
bool undo_own(const struct desk *desk, const struct event *event);

#endif
