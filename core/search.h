/* search.h - finding cases and events by words, marks or none (DATA 9). */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"

struct hit {
	struct ir_case c;
	int64_t seq;
	int64_t at;        /* when that was recorded */
	const char *place; /* the kind of the event where it stands */
	char *snippet;     /* the words around the hit, in the event's own text */
	bool marked;       /* the marked words matched */
};

typedef bool hit_visit(const struct hit *hit, void *arg);

struct search_filter {
	bool open;
	int drill; /* 0 real, 1 drills, -1 both */
	int limit; /* 0: 100 */
	bool one_a_case;
};

/* Hits whose marked words match, newest first, then the others, newest first.
 * Any text is words, never syntax; each word is the start of one; text without
 * a letter or digit finds nothing and is true.  The number of a case is that
 * case, before all others. */
bool search_each(struct desk *desk, const char *words, const struct search_filter *filter,
	hit_visit *visit, void *arg, struct error *err);

/* Does every word of want begin some word of have?  Both folded, blanks between. */
bool search_words_begin(const char *want, const char *have);

#endif
