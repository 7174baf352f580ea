/* check_source.h - the lines that a source gives for a check-list, for
 * check_list*.c. */
#ifndef CORE_CHECK_SOURCE_H
#define CORE_CHECK_SOURCE_H

#include "core/check_list.h"

enum check_text { LINE_KIND, LINE_REF, LINE_NAME, LINE_AREA, LINE_PERSON, LINE_TEXTS };

struct check_line {
	const char *texts[LINE_TEXTS]; /* ref_kind, ref, name, area, person */
	const char *mark;        /* documented, assumed, approved, no_order, "" */
};

struct check_lines {
	struct check_line *list;
	int count;
};

/* Each once.  What the plan names and the register lacks gives no line. */
bool check_source_lines(struct check_lines *out, struct desk *desk,
	const struct check_step *step, struct error *err);
/* The group whose members it lists, where the register has none of that name; else
 * *group is NULL; borrowed from spec. */
bool check_source_lacks(const char **group, struct desk *desk, const struct json *spec,
	struct error *err);
void check_lines_clear(struct check_lines *lines);
/* Only how many. */
bool check_source_count(int *out, struct desk *desk, const struct check_step *step,
	struct error *err);

#endif
