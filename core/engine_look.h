/* engine_look.h - does the engine do its work, as every screen and verb says it:
 * whether one runs, and which calls are due while none does. */
#ifndef CORE_ENGINE_LOOK_H
#define CORE_ENGINE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/engine_audit.h"
#include "core/error.h"

struct engine_look {
	bool leads;          /* one runs, or its lease still lasts */
	/* Without one, longer than a moment: nobody is called, and since when; 0. */
	int64_t calls, calls_since;
	bool no_rules;       /* a desk of an older program: no rule says whom to call */
	struct engine_audit audit;
};

bool engine_look(struct engine_look *out, struct desk *desk, struct error *err);

/* Will anybody be called by itself for this case, which asks for it? */
enum engine_calls {
	ENGINE_CALLS,     /* yes, or nobody needs to be */
	ENGINE_MISSING,   /* no: no engine runs */
	ENGINE_NO_RULE,   /* no: this desk's rules say of no case whom to call */
};
bool engine_calls_for(enum engine_calls *out, struct desk *desk, const char *case_id,
	struct error *err);

/* "3", "99+": as many as are counted. */
#define ENGINE_COUNT_SIZE 24
void engine_count(char out[ENGINE_COUNT_SIZE], int64_t calls);

#endif
