/* call_list.h - whom to telephone for a case, in which order, and how far that
 * is: those that its open steps name, the contacts that its rules name, the
 * people of its points. */
#ifndef CORE_CALL_LIST_H
#define CORE_CALL_LIST_H

#include "core/desk.h"
#include "core/json.h"

/* named: [{"contact": ROLE or "login": LOGIN, "because": text}], what the open
 * steps name, in their order; or NULL.
 *
 * Rows: {n, to (for callee_find), kind, id, key, name, body, number, checked {state,
 * day, by} or null, corrected (why the newest call that was corrected was wrong, or
 * ""), because, stands_for (role) or null, by_person, state: not_called
 * | no_answer | wrong_number | answered, tries, at, by, answered_by, result, drill
 * (an exercise: say so first), needed (nobody has answered for it), calling {by,
 * since} or null, message {id, n, state, channel} or null (what they still wait to
 * hear), told (a message reached them), next {to, name, number} or null}.  Times in
 * ms; 0 none. */
bool call_list(struct desk *desk, const char *case_id, const struct json *named,
	struct json **out, struct error *err);

#endif
