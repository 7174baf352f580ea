/* library_uses.h - what a look into each plan tells, kept by its hash, and what
 * uses a plan; on the desk's thread. */
#ifndef TUI_LIBRARY_USES_H
#define TUI_LIBRARY_USES_H

#include "core/buf.h"
#include "core/json.h"
#include "playbooks/library.h"

/* Borrowed until the next look. */
struct plan_look {
	char hash[HASH_SIZE];
	int count, errors; /* findings */
	char *calls;       /* ids of plans that it calls, a blank before and after each */
	bool has_signature;
};

/* Reads the plan as its origin wants it: ours is held to be strict, what came from
 * elsewhere is read leniently.  *out may be NULL where it cannot be read so. */
bool plan_check(struct playbook **out, struct findings *found, char **text,
	struct desk *desk, const struct plan *plan, struct error *err);
/* NULL: it cannot be read. */
const struct plan_look *plan_look(struct desk *desk, const struct plan *plan);

/* Plans under way, {playbook id: how many}. */
bool plan_runs(struct json **out, struct desk *desk, struct error *err);
/* How many plans of the library call the one with this id; into text (which may
 * be NULL) their codes and names, a line each. */
int plan_callers(struct buf *text, struct desk *desk, const struct library *library,
	const char *id);
/* The cases that it is under way on, a line each. */
bool plan_cases(struct buf *out, struct desk *desk, const char *id, struct error *err);
/* The trusted key behind its signature, "" where there is none; the caller's. */
char *plan_signer(struct desk *desk, const struct plan *plan);

#endif
