/* run_steer.h - what people decide about a run as it goes: more time for a
 * step, going back to an earlier one, standing still and going on.  Nothing is
 * erased: what was done stays, what is done again is a new instance. */
#ifndef PLAYBOOKS_RUN_STEER_H
#define PLAYBOOKS_RUN_STEER_H

#include "playbooks/run.h"

#define EXTEND_MOST_MINUTES 10080 /* seven days */

/* Moves the limit of an open step by minutes: from its limit, or from now where
 * that has passed.  ERR_REFUSED where it has none, or where it is a countdown's
 * (a battery waits for nobody: a new reading moves it). */
bool run_extend(struct json **effects, struct run *run, const char *instance,
	int64_t minutes, const struct run_context *context, struct error *err);

/* Opens a step again that has ended (cacao.md 2: a recorded decision).  The
 * scope it stands in is opened again as far as it was left; what is open in the
 * innermost scope that is still under way is aborted with the reason, the other
 * branches of a parallel step go on. */
bool run_back(struct json **effects, struct run *run, const char *instance,
	const char *reason, const struct run_context *context, struct error *err);

/* Paused: no limit runs but those of countdowns.  Going on moves every limit by
 * the time that the run stood still since paused_at. */
struct json *run_pause(struct run *run, const struct run_context *context);
struct json *run_resume(struct run *run, int64_t paused_at,
	const struct run_context *context);

#endif
