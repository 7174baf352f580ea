/* deadline_follow.h - clocks follow the facts of their case. */
#ifndef CORE_DEADLINE_FOLLOW_H
#define CORE_DEADLINE_FOLLOW_H

#include <stdbool.h>

#include "core/case.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

/* Inside a change, after the events that changed facts of the case: starts the
 * clocks whose rule fits now, recomputes those whose start moved, stops those
 * that fit no longer, by one event each.  Nothing where nothing changes; never on
 * a closed case.  What was met or found not applicable stays. */
bool deadline_follow(struct desk *desk, const char *case_id, struct error *err);

/* Facts of a case that belong together, put into the body of a change of the
 * case: when reportable was answered, when personal data became known. */
void deadline_facts(struct desk *desk, const struct ir_case *c, struct json *body);

/* To say that a case is not reportable stops its lawful clocks, and the team
 * cannot waive the law: while one runs only a coordinator may. */
bool deadline_may_deny(struct desk *desk, const struct ir_case *c, struct error *err);

/* Fills the row of a fresh clock by its rule ({code, when, then, source}). */
struct json *deadline_row(struct desk *desk, const struct json *rule,
	const struct json *facts, int n, int64_t start, int64_t due, const char *condition);
/* Where the clock that a rule's span makes from start ends, by the desk's zone
 * and holidays. */
bool deadline_end(struct desk *desk, const char *span, int64_t start, int64_t *due,
	struct error *err);
/* On whose behalf a rule's report goes: the name from the facts, or "". */
const char *deadline_behalf(const struct json *rule, const struct json *facts);

#endif
