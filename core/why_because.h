/* why_because.h - why each person was called when he was: what the events of a case's
 * calls say beside the rows. */
#ifndef CORE_WHY_BECAUSE_H
#define CORE_WHY_BECAUSE_H

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

/* {turn's id: {"because", "by", "reason"}}: because (for _()) as in the timeline, who
 * would not wait for the delay, and why; the latter two only where somebody did.  The
 * caller's. */
bool why_because(struct desk *desk, const char *case_id, struct json **out,
	struct error *err);

/* Sets `called_for` of a row. */
void why_put(struct json *row, const struct json *because, const char *turn_id);

#endif
