/* redact_thing.h - the texts of one thing of the register, in the events that made
 * and changed it, and in those of profiles. */
#ifndef CORE_REDACT_THING_H
#define CORE_REDACT_THING_H

#include "core/redact.h"
#include "core/redact_mask.h"
#include "core/register.h"

struct redact_thing {
	const struct reg_kind *kind;
	const char *id; /* of its row, in events */
};

/* collect: adds what the named fields say to the values, gives NULL.  Else the
 * body with the thing's texts masked; NULL where it does not say them. */
struct json *redact_thing_visit(struct masking *m, const struct redact_thing *t,
	const char *kind, const struct json *body, bool collect);

#endif
