/* demo_hand.c: what the demo's people tell by hand: calls, posts, confirmations;
 * and what callers tell them. */
#include <stdlib.h>

#include "cli/demo_private.h"
#include "core/call.h"
#include "core/post.h"
#include "core/tin.h"

/* No name: nobody answered. */
bool
demo_call(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	struct call_done done = { 0 };
	bool ok = call_add(desk, &(struct call_new){ .case_id = case_id, .to = parts[0],
		.outcome = parts[1] == NULL ? "no_answer" : "answered",
		.answered_by = parts[1], .result = parts[2] }, &done, err);

	free(done.also);
	return ok;
}

bool
demo_post(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	char id[UUID_SIZE];
	int asked;

	return post_add(desk, &(struct post_new){ .case_id = case_id, .channel = parts[0],
		.to = parts[1], .text = parts[2] }, id, &asked, err);
}

bool
demo_confirm(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	const char *unit = parts[0];
	int done;

	return post_confirm(desk, &(struct confirm_new){ .case_id = case_id,
		.message = "last", .units = &unit, .count = 1, .by_name = parts[1] }, &done, err);
}

/* "+UNIT": of this case, "-UNIT": of none yet; who calls, his number, what. */
bool
demo_caller(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	struct tin_said said;
	char id[UUID_SIZE];

	return tin_add(desk, &(struct tin_new){ .unit = parts[0] + 1, .caller = parts[1],
		.callback = parts[2], .what = parts[3] }, id, &said, err) &&
		(parts[0][0] == '-' || tin_join(desk, id, case_id, err));
}
