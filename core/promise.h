/* promise.h - when somebody outside must be asked again, or the next one above
 * him: pure, from what was promised and what was done. */
#ifndef CORE_PROMISE_H
#define CORE_PROMISE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/zone.h"

#define RAISE_MOST 6
#define ASK_GAP_MS (30 * 60000LL) /* where no span is set */

/* After which spans of being overdue it is raised, one a level. */
struct raising {
	int64_t spans[RAISE_MOST];
	int count;
};

/* "30m,2h,4h", growing; "none" or "" is no raising. */
bool raising_parse(struct raising *out, const char *text, struct error *err);

struct promise {
	int64_t created_at;
	int64_t promised_at; /* NO_DUE: nobody promised anything */
	int64_t asked_at;    /* 0: not asked since it was made */
	int raised;          /* how many levels up it is */
	struct raising raising;
};

/* When the next word is due: to ask, or to raise. */
int64_t promise_next(const struct promise *promise);
/* When the next level is due, NO_DUE after the last: a person does it. */
int64_t promise_raise_at(const struct promise *promise);

/* A promised time as typed; said_at is when they said it, now where said_typed
 * is NULL.  ERR_BAD_INPUT for a time that was past already when it was said;
 * what is past by now is a promise only where it is said when they made it. */
struct promise_typed {
	const char *typed;
	const char *said_typed; /* or NULL */
	int64_t now;
	const struct zone *zone;
	bool asked; /* no promise but by when we asked for an answer */
};
bool promise_time(int64_t *promised_at, int64_t *said_at,
	const struct promise_typed *what, struct error *err);

/* Who is called at this level (1, 2, ...) above somebody: "shift leader of
 * ...".  The caller frees. */
char *raise_whom(int level, const char *name);

#endif
