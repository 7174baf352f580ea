/* alike.h - which open cases a report may be the same as.  Offered, never decided. */
#ifndef CORE_ALIKE_H
#define CORE_ALIKE_H

#include "core/case.h"

#define ALIKE_MOST 8

struct alike_ask {
	const char *title;
	const char *kind;  /* "" or "other": not known */
	const char *asset; /* "" */
	int64_t at;        /* when it was detected; 0: now */
};

typedef bool alike_visit(const struct ir_case *c, void *arg);

/* Open cases, no exercises: of its system, with its words, and of its kind opened in
 * the last hours; those of its kind first, then of its system, then the nearest in
 * time.  At most ALIKE_MOST. */
bool alike_each(struct desk *desk, const struct alike_ask *ask, alike_visit *visit,
	void *arg, struct error *err);

#endif
