/* deadline_rule.h - what a rule of the family deadline says (docs/profiles.md):
 * which event starts its clock, how long it runs, whom it is owed. */
#ifndef CORE_DEADLINE_RULE_H
#define CORE_DEADLINE_RULE_H

#include <stdbool.h>

#include "core/case.h"
#include "core/error.h"
#include "core/json.h"

struct start_event {
	const char *name;
	const char *label; /* marked for translation: "since it was detected" */
};

/* Ended by a row whose name is NULL.  by_hand: a person starts it. */
extern const struct start_event start_events[];
const char *start_event_label(const char *name); /* translated */

/* When the event happened on this case; 0: not yet. */
int64_t start_event_at(const struct ir_case *c, const char *name);

/* The start, span, behalf and form of then, path before names. */
bool deadline_rule_fits(const struct json *then, const char *path, struct error *err);

#endif
