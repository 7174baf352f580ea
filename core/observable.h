/* observable.h - what was seen: an address, a file's hash, a domain (TLP each). */
#ifndef CORE_OBSERVABLE_H
#define CORE_OBSERVABLE_H

#include "core/apply.h"
#include "core/desk.h"

struct observable {
	char id[UUID_SIZE];
	int n;
	char *type;
	char *value;
	char *tlp;
	char *note;
	int64_t added_at;
};

typedef bool observable_visit(const struct observable *o, void *arg);
bool observable_each(struct desk *desk, const char *case_id, observable_visit *visit,
	void *arg, struct error *err);

/* The types that can be told apart, each with its check, for help. */
extern const char *const observable_types[]; /* ended by NULL */

/* type: one of the list; value is checked by type; tlp NULL: the case's.  The
 * same type and value again appends nothing.  *n gets its number. */
bool observable_add(struct desk *desk, const char *case_id, const char *type,
	const char *value, const char *tlp, const char *note, int *n, struct error *err);

apply_fn apply_observable_added, unapply_observable_added;
search_fn search_observable_added;

#endif
