/* case_runs.h - the runs of one case, loaded from their rows. */
#ifndef PLAYBOOKS_CASE_RUNS_H
#define PLAYBOOKS_CASE_RUNS_H

#include "core/desk.h"
#include "playbooks/steps.h"

struct case_run {
	char id[UUID_SIZE];
	int n; /* its number on the case */
	int steps; /* on its way, by its last event */
	char *code;
	char *name;
	/* What its calls wait for: "INSTANCE:RUN INSTANCE:RUN", or "". */
	char *waits_on;
	int64_t started_at, ended_at; /* 0: under way */
	int64_t paused_at; /* 0: not paused */
	char *paused_by;   /* login, or NULL */
	char *why;         /* of the last pause, stop or override, or "" */
	char *signed_by;   /* the trusted key that had signed the plan, or "" */
	struct playbook *playbook;
	struct run *run;
};

struct case_runs {
	struct case_run *list; /* in the order in which they began */
	int count;
};

bool case_runs_load(struct case_runs *out, struct desk *desk,
	const char *case_id, struct error *err);
void case_runs_finish(struct case_runs *runs);
void case_run_finish(struct case_run *run); /* one that is in no list */

/* The step that STEP of CLI.md means: an instance id, a step id or a number,
 * with the run's number or code before it where that is needed ("2:12",
 * "PA-MD:12").  Where several runs have it, the one in which it is open. */
bool case_runs_find(struct case_run **run, const struct instance **instance,
	const struct case_runs *runs, const char *spec, struct error *err);

/* Where the branch of an instance that ended goes on: within its run, or at the
 * first open step of the plan that its next step calls.  NULL: nowhere. */
const struct instance *case_runs_after(const struct case_runs *runs,
	const struct case_run *run, const struct instance *ended);

/* Adds a run that just began; takes the texts and the playbook. */
struct case_run *case_runs_add(struct case_runs *runs, struct case_run run);

#endif
