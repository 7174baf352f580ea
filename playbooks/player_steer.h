/* player_steer.h - decisions about the plans of a case: more time, back, stand
 * still, go on, stop.  Each is one transaction with its reason in the timeline;
 * nothing that was done is erased. */
#ifndef PLAYBOOKS_PLAYER_STEER_H
#define PLAYBOOKS_PLAYER_STEER_H

#include "playbooks/player.h"
#include "playbooks/run_steer.h"

/* More minutes for an open step (run_steer.h); reason may be "". */
bool player_extend(struct desk *desk, const char *case_id, const char *step,
	int64_t minutes, const char *reason, struct error *err);
/* Opens a step again that has ended, for a reason. */
bool player_back(struct desk *desk, const char *case_id, const char *step,
	const char *reason, struct error *err);

enum run_change { RUN_PAUSE, RUN_RESUME, RUN_STOP };
/* n: the run's number; 0: the one that is under way, where there is one only.
 * To pause and to stop wants a reason.  A paused run takes no act on its steps
 * but who leads them, and its limits stand still; the lawful clocks go on. */
bool player_change(struct desk *desk, const char *case_id, int n,
	enum run_change change, const char *reason, struct error *err);

#endif
