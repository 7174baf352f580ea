/* escalate.h - calling people until somebody answers (oncall.md 2.2, 7; DESIGN 8).
 *
 * The engine asks for a round whenever the desk has changed and whenever the last
 * round's time has come.  A round needs no lease: each step is decided in the
 * transaction that reads the row anew, so that two engines call once. */
#ifndef CORE_ESCALATE_H
#define CORE_ESCALATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

struct escalate_report {
	int started, called; /* called: people */
	int empty;           /* steps that had nobody to call */
	int answered, asked, again, ended;
	int failed;          /* escalations that could not be worked on */
	struct error fault;  /* the first of these */
};

/* Adds to the report's counts.  *next_at: when something is due next, INT64_MAX for
 * never.  False only where the desk itself fails. */
bool escalate_round(struct desk *desk, struct escalate_report *report, int64_t *next_at,
	struct error *err);

/* Inside a change, after the case was opened: begins at once, also in a drill (that
 * pages the team).  Nothing where no policy fits. */
bool escalate_case(struct desk *desk, const char *case_id, struct error *err);

/* Will the case's calling begin with this member, at the engine's next look?  What
 * else would tell him of the opening waits for that, ESCALATE_SOON_MS at most. */
#define ESCALATE_SOON_MS 30000
bool escalate_calls_soon(bool *soon, struct desk *desk, const char *case_id,
	const char *member_id, struct error *err);

/* Calls that are due and that nobody makes while no engine runs: how many, at most
 * ESCALATE_DUE_MOST (then there are more), and since when; 0: none. */
#define ESCALATE_DUE_MOST 100
struct escalate_due {
	int64_t count, since;
};
bool escalate_due(struct escalate_due *out, struct desk *desk, struct error *err);

#endif
