/* point_lines.h - a pasted list or table of places, as people send it: one name a
 * line with numbers, bullets and tabs, names with commas between, or a table
 * (CSV, tabs) whose first row has headings. */
#ifndef CORE_POINT_LINES_H
#define CORE_POINT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/point_field.h"

struct point_line {
	int line;               /* in the text, from 1 */
	char *fields[PF_COUNT]; /* NULL: not given; the name is there */
};

struct point_lines {
	struct point_line *list;
	int count;
	bool table; /* had headings */
};

/* Cleaned and NFC.  ERR_BAD_INPUT: more names than the limit, a name too long, not
 * UTF-8: with the line, the length and the limit. */
bool point_lines_read(struct point_lines *out, const char *text, size_t len,
	struct error *err);
/* One name, as the words of a command line give them. */
bool point_lines_add(struct point_lines *out, const char *name, struct error *err);
void point_lines_clear(struct point_lines *lines);

#endif
