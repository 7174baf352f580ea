/* case_set.h - changes of a case's fields: set, assign, severity, reportable. */
#ifndef CORE_CASE_SET_H
#define CORE_CASE_SET_H

#include "core/case.h"
#include "core/desk.h"
#include "core/tell.h"

/* FIELD=VALUE of `set`: the fields that may be set this way, for help. */
struct case_field {
	const char *name;  /* as typed: title, kind, asset, tlp, ... */
	const char *label; /* marked for translation */
};
extern const struct case_field case_fields[]; /* ended by name NULL */

/* One change for all of "name=value"; a value that is there already appends
 * nothing.  ERR_BAD_INPUT names an unknown field or a bad value. */
bool case_set(struct desk *desk, const char *case_id, const char *const *assignments,
	int count, struct error *err);

/* A person decides; the reason is kept; each decision is new. */
bool severity_decide(struct desk *desk, const char *case_id, int severity,
	const char *reason, struct error *err);
/* The same inside the change that opens the case: nobody was told another yet. */
bool severity_at_first(struct desk *desk, const char *case_id, int severity,
	const char *reason, struct error *err);

/* yes, no or unknown, with a reason. */
bool reportable_decide(struct desk *desk, const char *case_id, const char *word,
	const char *reason, struct error *err);

/* The owner; login "" gives the case back to nobody. */
bool case_assign(struct desk *desk, const char *case_id, const char *login,
	struct error *err);
/* The same; what he is told of it, NULL: that the case is his. */
bool case_give(struct desk *desk, const char *case_id, const char *login,
	const struct work *work, struct error *err);

#endif
