/* escalate_now.h - somebody who sees that nobody answers does not wait: the next one
 * is called at once, in his name. */
#ifndef CORE_ESCALATE_NOW_H
#define CORE_ESCALATE_NOW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

struct call_now {
	const char *reason; /* his own words; or NULL */
	int n;              /* which call of the case; 0: that of the case, else the first */
	/* What he saw of it: somebody called since is not passed over.  round 0: he
	 * looked at nothing, and nobody may have been called some seconds ago. */
	int64_t round;
	int at_step;
};

/* The next step that has somebody, as the engine does it when the delay is over; a
 * call that rests begins again from the first; one that did not begin yet begins.
 * *called (the caller's): [{login, name, who}]; empty: nobody is there to call, and
 * the coordinators are told.
 * ERR_CONFLICT: somebody was called meanwhile · ERR_REFUSED: it was taken, is over, or
 * nobody is called for the case. */
bool escalate_now(struct desk *desk, const char *case_id, const struct call_now *what,
	struct json **called, struct error *err);

#endif
