/* demo_wait.c: what the demo's people wait for outside, and the orders they ask
 * for. */
#include <stdlib.h>

#include "cli/demo_private.h"
#include "core/decision.h"
#include "core/waiting.h"

/* Who, what, their ticket, until when. */
bool
demo_wait(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	int n;

	return waiting_add(desk, case_id, &(struct waiting_new){ .whom = parts[0],
		.what = parts[1], .ticket = parts[2], .promised = parts[3] }, &n, err);
}

/* The first of the case: what they said, a new promise. */
bool
demo_asked(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	return waiting_asked(desk, case_id, 1, &(struct waiting_word){ .said = parts[0],
		.promised = parts[1] }, err);
}

/* Of whom, what, options, until when, the fall-back. */
bool
demo_ask(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	int n;

	return decision_ask(desk, case_id, &(struct decision_new){ .whom = parts[0],
		.question = parts[1], .options = parts[2], .until = parts[3],
		.fallback = parts[4], .authority = "approved" }, &n, err);
}

/* The first of the case: the answer, who gave it; nothing: nobody answered. */
bool
demo_answer(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	const struct decision_word word = { .answer = parts[0], .by = parts[1] };

	return parts[0] == NULL || parts[0][0] == '\0'
		? decision_try(desk, case_id, 1, &word, err)
		: decision_answer(desk, case_id, 1, &word, err);
}
