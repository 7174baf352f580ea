/* plan_diff.h - two editions of a plan compared step by step. */
#ifndef PLAYBOOKS_PLAN_DIFF_H
#define PLAYBOOKS_PLAN_DIFF_H

#include "playbooks/cacao.h"

enum plan_change_kind { PLAN_ADDED, PLAN_REMOVED, PLAN_MOVED, PLAN_CHANGED };

struct plan_change {
	enum plan_change_kind kind;
	char *step;   /* its id, in the newer edition unless it was removed; NULL: the plan */
	char *name;   /* of the step; "" for the plan */
	int n;        /* the number that is printed; 0: none */
	char *field;  /* PLAN_CHANGED: CACAO's or suco-step's name of it */
	char *before; /* PLAN_MOVED: the step that it stood behind; NULL: was not there */
	char *after;
};

struct plan_diff {
	struct plan_change *list;
	int count;
};

/* Steps are the same by id, else by type and name.  What follows from the rest
 * (numbers, exits, the summary, modified, signatures) is compared only when exact is
 * wanted: is b all that a is? */
void plan_diff(struct plan_diff *out, const struct playbook *a, const struct playbook *b,
	bool exact);
void plan_diff_finish(struct plan_diff *diff);

const char *plan_change_word(enum plan_change_kind kind); /* for scripts */

#endif
