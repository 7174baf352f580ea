/* list.h - pages of cases by keyset: nothing loads what it does not show. */
#ifndef CORE_LIST_H
#define CORE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"

enum list_sort {
	SORT_NEWEST, /* opened last first: what `list` does without filters */
	SORT_DUE,    /* due first, then severity */
};

struct list_filter {
	unsigned statuses;  /* bit i: the i-th word of WORDS_STATUS; 0: all */
	unsigned kinds;     /* likewise of WORDS_KIND */
	const char *owner;  /* a member's id; NULL: all; "": nobody's */
	bool open;
	bool overdue;       /* due before now */
	int drill;          /* 0 real, 1 drills, -1 both */
	enum list_sort sort;
	const char *after;  /* a cursor of an earlier page, or NULL */
	bool backwards;     /* the rows before `after` (NULL: the last ones), from
	                     * the nearest up */
	int limit;
};

typedef bool list_visit(const struct ir_case *c, const char *cursor, void *arg);
/* ERR_BAD_INPUT on a cursor that is none. */
bool list_each(struct desk *desk, const struct list_filter *filter, list_visit *visit,
	void *arg, struct error *err);

/* Kept, not counted. */
bool list_open_count(struct desk *desk, bool drill, int64_t *out, struct error *err);
/* Open cases due before now. */
bool list_late_count(struct desk *desk, bool drill, int64_t *out, struct error *err);

#endif
