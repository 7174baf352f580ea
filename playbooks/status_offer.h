/* status_offer.h - the status that the plan suggests next (suco-step's
 * status_hint): what a step that is done says of its case.
 *
 * An offer and no more: a person sets a status (CLI.md). */
#ifndef PLAYBOOKS_STATUS_OFFER_H
#define PLAYBOOKS_STATUS_OFFER_H

#include "core/case.h"
#include "playbooks/case_runs.h"

struct status_offer {
	char to[16];         /* the next status on the way to what is hinted; "" none */
	char hint[16];       /* what the step says */
	int n;               /* the step that says it, its name, its run */
	char step[256], code[64];
	int run;
	char verb[120];      /* the command line that sets it */
	char refused[480];   /* why it cannot be set yet; "" */
};

/* Of the steps of c's runs that are done.  A hint that the case has passed, or
 * that somebody went back from since, is none. */
bool status_offer_of(struct status_offer *out, struct desk *desk,
	const struct ir_case *c, const struct case_runs *runs, struct error *err);
/* The same, the runs read here. */
bool status_offer_load(struct status_offer *out, struct desk *desk,
	const struct ir_case *c, struct error *err);

/* {to, hint, step, name, run, code, verb, refused} or null. */
struct json *status_offer_json(const struct status_offer *offer);

/* One line: what is next, why, and why not yet.  The caller frees. */
char *status_offer_text(const struct status_offer *offer);

#endif
