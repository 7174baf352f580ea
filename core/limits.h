/* limits.h - how long things may be (DATA 12); `suco help limits` prints it. */
#ifndef CORE_LIMITS_H
#define CORE_LIMITS_H

#include <stddef.h>

enum limit {
	LIMIT_TITLE, LIMIT_NAME, LIMIT_NOTE, LIMIT_OBSERVABLE, LIMIT_PLAYBOOK,
	LIMIT_PLAYBOOK_DEPTH, LIMIT_IMPORT_LINE, LIMIT_LIST, LIMIT_EVIDENCE,
	LIMIT_POINTS, LIMIT_COUNT,
};

struct limit_row {
	const char *name;  /* stable word for scripts */
	const char *label; /* for people, marked for translation */
	size_t value;
	const char *unit;  /* "B", "levels", "items" */
};

extern const struct limit_row limit_rows[LIMIT_COUNT];

static inline size_t
limit(enum limit which)
{
	return limit_rows[which].value;
}

#endif
