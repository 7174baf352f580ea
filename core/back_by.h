/* back_by.h - by when a service must be back, and for what ("07:00 the counters
 * open"): a clock of our own, kept beside the lawful ones (rule "back_by").  A
 * case may have several; recovery meets them, an unstable one starts them
 * again. */
#ifndef CORE_BACK_BY_H
#define CORE_BACK_BY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/apply.h"
#include "core/case.h"
#include "core/desk.h"
#include "core/error.h"

#define BACK_BY_RULE "back_by"

struct back_by {
	char id[UUID_SIZE];
	int n;
	int64_t due_at;
	char *reason; /* what it is for; "" */
	char state[16]; /* running, met, not_applicable, stopped */
};

/* The running ones of a case and of those merged into it, the first first. */
typedef bool back_by_visit(const struct back_by *one, void *arg);
bool back_by_each(struct desk *desk, const char *case_id, back_by_visit *visit,
	void *arg, struct error *err);

/* What `set CASE must_be_back_by=... must_be_back_reason=...` said; borrowed. */
struct back_by_given {
	const char *by;     /* "07:00", "22/11 07:00 họp", "" or none takes
	                     * them away, "none 07:00" that one; NULL */
	const char *reason; /* NULL */
};
/* Is the assignment one of these two?  Then it is kept. */
bool back_by_take(struct back_by_given *given, const char *assignment);
/* Inside a change.  The same time again with other words changes the words; what
 * is so already appends nothing.  Taking away needs a reason. */
bool back_by_set(struct desk *desk, const struct ir_case *c,
	const struct back_by_given *given, struct error *err);

/* Into the body of the event that gives c the status: recovered meets what runs,
 * closed what came after it, dismissed stops it, going back to work starts again
 * what that recovery met. */
bool back_by_follow(struct desk *desk, const struct ir_case *c, const char *status,
	struct json *body, struct error *err);

apply_fn apply_status_changed, unapply_status_changed;
apply_fn apply_back_by_set, unapply_back_by_set;

#endif
