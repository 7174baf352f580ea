/* check.h - the check-list of a step under way: from plan and run to core's
 * view of it. */
#ifndef PLAYBOOKS_CHECK_H
#define PLAYBOOKS_CHECK_H

#include "core/check_list.h"
#include "playbooks/case_runs.h"

/* Borrows from the run; spec is NULL where the step has no list. */
struct check_step check_step_of(const char *case_id, const struct case_run *run,
	const struct instance *instance);

/* A step by STEP of CLI.md, with what it borrows from. */
struct step_list {
	struct case_runs runs;
	struct check_step step;
};
/* ERR_NOT_FOUND; ERR_REFUSED where the step has no list or is not reached. */
bool step_list_open(struct step_list *out, struct desk *desk,
	const char *case_id, const char *spec, struct error *err);
void step_list_close(struct step_list *list);

/* Before a step is done: lines that are not ticked need a reason.  *ticked and
 * *total are set where the step has a list. */
bool check_before_done(int *ticked, int *total, struct desk *desk,
	const struct check_step *step, const char *note, struct error *err);

#endif
