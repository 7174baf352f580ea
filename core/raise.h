/* raise.h - whom to ring up about a promise: who made it, or the one above him,
 * by name and with a number. */
#ifndef CORE_RAISE_H
#define CORE_RAISE_H

#include "core/desk.h"
#include "core/error.h"
#include "core/waiting.h"

struct raise_call {
	char *name;   /* "shift leader of ..." with the name that the register has */
	char *number; /* "" where the register has none */
};

void raise_call_clear(struct raise_call *call);
/* Who is called at this level: 0 who promised, 1, 2 ... above him. */
bool raise_call(struct raise_call *out, struct desk *desk, const struct waiting *waiting,
	int level, struct error *err);
/* "name, tel. number"; says where there is none.  The caller frees. */
char *raise_call_text(const struct raise_call *call);

#endif
