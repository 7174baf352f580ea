/* search_desk.h - the words of what belongs to no case: the shift log, and callers'
 * reports that joined none.  They are read through, newest first: the index of
 * words is the cases', and a year of a watch is some ten thousand short lines. */
#ifndef CORE_SEARCH_DESK_H
#define CORE_SEARCH_DESK_H

#include "core/desk.h"

struct desk_hit {
	bool tin;        /* a caller's report; else an entry of the log */
	char number[24]; /* of the report */
	int64_t n;       /* of the entry; 0: suco wrote it itself */
	int64_t at;
	char *text;      /* one line of it */
	char kind[20];   /* of the entry */
	char state[12];  /* of the report */
	bool marked;     /* the marked words matched */
};

struct desk_hits {
	struct desk_hit *rows;
	int count, cap;
};

/* Those whose marked words match, newest first, then the others, newest first; at
 * most limit of each place.  lately: only what a screen can read between two keys,
 * the log of the last month and the newest 200 reports.  Cleared by the caller in
 * every case. */
bool search_desk(struct desk *desk, const char *words, int limit, bool lately,
	struct desk_hits *out, struct error *err);
void desk_hits_clear(struct desk_hits *hits);

#endif
