/* json_scan.h - the strict pass over JSON bytes; private to core/json*.c.
 *
 * The scanner keeps the open arrays and objects with the names read so far:
 * for paths in faults and for finding a name that stands twice.  Functions
 * that return bool have set scan.err where they return false. */
#ifndef CORE_JSON_SCAN_H
#define CORE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/error.h"

/* A name of an open object, unescaped, in scan.names. */
struct scan_name {
	size_t at;
	size_t len;
};

/* An open array or object. */
struct scan_level {
	bool object;
	bool named;        /* the member's name is read: the last in the list */
	size_t index;      /* of the element being read, in an array */
	size_t first_name; /* of this object, in scan.name_list */
	size_t names_len;  /* scan.names.len when it was opened */
};

/* An integer beyond 2^53: how many numbers stand before it, and its digits. */
struct scan_big {
	size_t ordinal;
	char digits[24];
};

struct scan {
	const char *text;
	size_t len;
	size_t at;
	bool body; /* as in struct json_limits */
	int depth;
	int max_depth;
	struct scan_level *levels; /* max_depth of them */
	struct buf names;
	struct scan_name *name_list;
	size_t name_count;
	size_t name_cap;
	size_t numbers;
	struct scan_big *bigs;
	size_t big_count;
	size_t big_cap;
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
	int byte = scan_peek(s);

	while (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r') {
		s->at++;
		byte = scan_peek(s);
	}
}

bool scan_number(struct scan *s);
bool scan_word(struct scan *s);
/* From the opening quote on; the unescaped text is added to *out unless that
 * is NULL. */
bool scan_string(struct scan *s, struct buf *out);

#endif
