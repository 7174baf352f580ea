/* timeline.h - the events of a case or of the desk, in order. */
#ifndef CORE_TIMELINE_H
#define CORE_TIMELINE_H

#include "core/desk.h"
#include "core/event.h"
#include "core/json.h"

/* An event with its body parsed; for a redacted one the replacement of the
 * redaction, and redacted_by its seq. */
struct entry {
	const struct event *event;
	const struct json *body;
	int64_t redacted_by; /* 0 */
	int64_t undone_by;   /* 0, or the seq of the event that undid it */
};

typedef bool entry_visit(const struct entry *entry, void *arg); /* false stops */

struct timeline_page {
	const char *case_id; /* NULL: every event; "": what belongs to no case */
	int64_t after;       /* ascending: seq > after; descending: seq < after (0: from the end) */
	bool newest_first;
	int limit;           /* 0: all */
};
bool timeline_each(struct desk *desk, const struct timeline_page *page,
	entry_visit *visit, void *arg, struct error *err);

/* One line for people, in the language in force: "status new -> acknowledged:
 * reason".  The caller frees. */
char *timeline_text(const struct entry *entry, const struct zone *zone);
/* Is there a line for this kind?  A test asserts it for each. */
bool timeline_says(const char *kind);

#endif
