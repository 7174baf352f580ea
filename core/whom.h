/* whom.h - somebody who is asked or waited for: a contact's role, a plan's role,
 * a member, or words for who is not in the register. */
#ifndef CORE_WHOM_H
#define CORE_WHOM_H

#include "core/desk.h"
#include "core/error.h"

struct whom {
	char *role; /* role or login; "" for words */
	char *name; /* what people read */
};

void whom_clear(struct whom *whom);
/* A word that looks like a role and is none: ERR_NOT_FOUND. */
bool whom_find(struct whom *out, struct desk *desk, const char *given,
	struct error *err);
/* The same for a role that a plan names: known by the plan's own name where
 * nobody is mapped to it. */
bool whom_of_agent(struct whom *out, struct desk *desk, const char *role,
	const char *name, struct error *err);

bool whom_same(const struct whom *whom, const char *role, const char *name);
/* What is asked of them twice: the same words but for case, blanks and signs.
 * Marks count: "tắt" is not "tất". */
bool whom_same_words(const char *one, const char *other);

/* Is it I who decides or is waited for: my login, or a role that is put on me? */
bool whom_is_me(bool *out, struct desk *desk, const char *role, struct error *err);

#endif
