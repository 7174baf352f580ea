/* steps.h - a run as people see it: the whole plan in its order, reached steps
 * with all their rounds, the rest as waiting. */
#ifndef PLAYBOOKS_STEPS_H
#define PLAYBOOKS_STEPS_H

#include "playbooks/run.h"

struct step_line {
	const struct step *step;
	const struct instance *instance; /* NULL: not reached yet */
	const char *state; /* waiting open started done failed skipped aborted */
	int round;         /* 0: not reached */
	bool late;         /* due before now and not ended */
	bool undecided;    /* failed: again, or go on? */
	bool passed_by;    /* not reached, and the way that was taken does not lead to it */
};

/* The lines of a run (NULL: of a plan that has not begun), *count of them; the
 * caller frees the array.  Control steps appear only where they have failed
 * and somebody must decide. */
struct step_line *steps_of(const struct playbook *playbook,
	const struct run *run, int64_t now, int *count);

/* STEP of CLI.md: an instance id, a step id, or the number that steps prints;
 * of several rounds the newest.  ERR_NOT_FOUND, or ERR_REFUSED where the step
 * is not reached yet. */
bool steps_find(const struct instance **out, const struct run *run,
	const char *spec, struct error *err);

/* How many steps are ended, of how many that are or may come to be on the way (rounds
 * count once): what was passed by is none of them. */
void steps_count(const struct run *run, int *done, int *total);
/* "11/25" of a run under way; of one that is done how many steps were taken.  state as
 * run_state(), or "paused"; the caller frees. */
char *steps_said(const char *state, int done, int total);
/* The open work with the earliest due time, then in the order of the plan;
 * NULL when nothing is open. */
const struct instance *steps_next(const struct run *run);

/* The first open work in the order of the plan; NULL when nothing is open. */
const struct instance *steps_first(const struct run *run);

/* Where somebody goes on who has just ended this step: the open work, or the call
 * of a plan under way, that stands nearest to it, in its own branch before any
 * other, after it in the plan before what lies behind; NULL: nothing is open. */
const struct instance *steps_after(const struct run *run,
	const struct instance *ended);

#endif
