/* first_plan.h - a case is opened whatever its plan is: one that asks something
 * first, is revoked, not signed or not to be read is told of, and begun later.
 *
 *	do {
 *		ok = change_begin(desk, err);
 *		ok = ok && change_end(desk, ...open the case, by all means... &&
 *			first_plan_begin(&first, desk, library, case_id, NULL, err), err);
 *	} while (first_plan_again(&first, ok));
 *
 * A change that failed is rolled back as a whole, so it is made twice. */
#ifndef PLAYBOOKS_FIRST_PLAN_H
#define PLAYBOOKS_FIRST_PLAN_H

#include "core/desk.h"
#include "playbooks/library.h"

struct first_plan {
	bool begun;
	bool none_fits;
	bool without;     /* the change is made once more, and no plan is begun */
	char plan[256];   /* code or name of the one that was to be begun, or "" */
	struct error why; /* why it was not: code ERR_NONE where nothing stood against it */
};

/* Inside the change: begins spec, or with NULL the plan that fits, if one does.
 * library NULL: it is loaded. */
bool first_plan_begin(struct first_plan *first, struct desk *desk,
	const struct library *library, const char *case_id, const char *spec,
	struct error *err);
/* ok: what the change ended with.  Is it to be made again? */
bool first_plan_again(struct first_plan *first, bool ok);

/* What would be typed to begin it on that case; the caller frees. */
char *first_plan_how(const struct first_plan *first, const char *number);

#endif
