/* status.h - the life of a case: one transition table (DESIGN 5). */
#ifndef CORE_STATUS_H
#define CORE_STATUS_H

#include <stdbool.h>

#include "core/case.h"
#include "core/desk.h"

enum needs {
	NEEDS_NOTHING = 0,
	NEEDS_REASON = 1 << 0,   /* a reason must be given */
	NEEDS_NO_WORK = 1 << 1,  /* no open mandatory step, here or merged in */
	NEEDS_REVIEW = 1 << 2,   /* cause, result, lessons */
	BY_OWN_VERB = 1 << 3,    /* `status` names the verb instead */
	NEEDS_REPORTS = 1 << 4,  /* reportable decided, every lawful clock met or found
	                          * not applicable, here and merged in */
	NEEDS_NO_WAIT = 1 << 5,  /* nobody waited for, nothing asked, no countdown */
};

struct transition {
	const char *from;
	const char *to;
	enum role least;
	unsigned needs;
	const char *verb; /* the verb that does it where it is not `status` */
};

/* Ended by a row whose from is NULL. */
extern const struct transition transitions[];

struct status_change {
	const char *to;
	const char *reason;
	const char *verb;  /* the verb that asks: "status", "ack", "close", ... */
	const char *cause, *result, *lessons; /* close */
};

/* Changes the status.  A change to what already is by the same member appends
 * nothing and is true; one that somebody else made is ERR_CONFLICT naming them.
 * ERR_REFUSED says what is missing. */
bool status_set(struct desk *desk, const char *case_id,
	const struct status_change *what, struct error *err);

/* How far in the life of a case: new 0 ... closed 5; -1 for what is no stage. */
int status_rank(const char *status);
/* The next status that may follow from without skipping one, on the way to this
 * one; NULL where there is none.  Borrowed. */
const char *status_towards(const char *from, const char *to);
/* Who may make a case of the one status the other, at least; where nothing leads
 * there from it, who may from elsewhere. */
enum role status_least(const char *from, const char *to);
/* Whether the gates of the table would let the case become this now: role, open
 * work, reports; what a person still has to write counts as written. */
bool status_ready(struct desk *desk, const struct ir_case *c, const char *to,
	struct error *err);
/* When the newest change of the status went back to responding; 0: it did not. */
bool status_went_back(int64_t *at, struct desk *desk, const char *case_id,
	struct error *err);

#endif
