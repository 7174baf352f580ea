/* plan_diff_private.h - the inside of plan_diff; for plan_diff*.c only. */
#ifndef PLAYBOOKS_PLAN_DIFF_PRIVATE_H
#define PLAYBOOKS_PLAN_DIFF_PRIVATE_H

#include "playbooks/plan_diff.h"

/* All arrays by index of the step. */
struct side {
	const struct playbook *playbook;
	int count;
	int *partner; /* the same step on the other side, or NO_STEP */
	int *within;  /* the step in whose branch it stands, or NO_STEP */
	int *branch;  /* which one */
	int *place;   /* in the walk through the plan */
	int *before;  /* the step that stands before it there, or NO_STEP */
};

void plan_diff_add(struct plan_diff *out, struct plan_change change);
/* What is not in a step: names, agents, questions. */
void plan_diff_plan(struct plan_diff *out, const struct side *a, const struct side *b,
	bool exact);
/* The members of one step; k: its index in b. */
void plan_diff_step(struct plan_diff *out, const struct side *a, const struct side *b,
	int k, bool exact);

#endif
