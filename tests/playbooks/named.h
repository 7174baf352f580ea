/* named.h - variables with their values, as a condition reads them. */
#ifndef TESTS_PLAYBOOKS_NAMED_H
#define TESTS_PLAYBOOKS_NAMED_H

#include <string.h>

#include "playbooks/condition.h"

struct named_value {
	const char *name; /* NULL ends a list of them */
	struct condition_value is;
};

/* arg: such a list. */
static inline bool
named_look_up(struct condition_value *out, const char *name, void *arg)
{
	for (const struct named_value *value = arg; value->name != NULL; value++) {
		if (strcmp(value->name, name) == 0) {
			*out = value->is;
			return true;
		}
	}
	return false;
}

#endif
