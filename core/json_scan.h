/* json_scan.h - the strict pass over JSON bytes; private to core/json*.c.
 *
 * The scanner keeps the open arrays and objects with the names read so far:
 * for paths in faults and for finding a name that stands twice.  Functions
 * that return bool have set scan.err where they return false. */
#ifndef CORE_JSON_SCAN_H
#define CORE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

/* A name of an open object, as it is stored. */
struct scan_name {
	const char *text;
	size_t len;
};

/* An open array or object. */
struct scan_level {
	bool object;
	bool named;        /* the member's name is read: the last in the list */
	size_t index;      /* of the element being read, in an array */
	size_t first_name; /* of this object, in scan.name_list */
};

struct scan {
	const char *text;
	size_t len;
	size_t at;
	/* Where the next text is stored: as many bytes as are left to read, and one. */
	char *store;
	bool body; /* as in struct json_limits */
	int depth;
	int max_depth;
	struct scan_level *levels; /* max_depth of them */
	struct scan_name *name_list;
	size_t name_count;
	size_t name_cap;
	struct error *err;
};

/* Sets the error with the path and line of where the scanner stands; always
 * false. */
bool scan_fault(struct scan *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* "found X where WANTED should stand". */
bool scan_unexpected(struct scan *s, const char *wanted);

/* The next byte, -1 at the end. */
static inline int
scan_peek(const struct scan *s)
{
	return s->at < s->len ? (unsigned char)s->text[s->at] : -1;
}

static inline void
scan_blanks(struct scan *s)
{
	const char *at = s->text + s->at;
	const char *end = s->text + s->len;

	while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) {
		at++;
	}
	s->at = (size_t)(at - s->text);
}

/* *digits: those of an integer that a double cannot hold, stored; else NULL. */
bool scan_number(struct scan *s, double *number, char **digits);
/* true, false or null: its first letter; 0 where it is none of them. */
char scan_word(struct scan *s);
/* From the opening quote on; unescaped, stored with a NUL: its bytes are counted
 * without that. */
bool scan_string(struct scan *s, char **text, size_t *len);

#endif
