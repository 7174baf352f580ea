/* apply.h - the one writer of rows (DATA 2).
 *
 * An apply function reads its event and the rows of the event's own subject,
 * and writes rows; it reads no clock, setting, rule or random number: live and
 * in replay it does the same. */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include <stdbool.h>

#include "core/buf.h"
#include "core/db.h"
#include "core/event.h"
#include "core/json.h"

struct applying {
	struct db *db;
	const struct event *event;
	const struct json *body;
};

typedef bool apply_fn(const struct applying *a, struct error *err);
/* Appends the text by which the event is found. */
typedef void search_fn(struct buf *out, const struct json *body);

/* Which later event built on this one, so that it cannot be undone: *later gets
 * its seq, or stays 0.  after: events up to this seq do not count. */
typedef bool later_fn(struct db *db, const struct event *event,
	const struct json *body, int64_t after, int64_t *later, struct error *err);

struct event_kind {
	const char *name;
	int64_t body_v;      /* the newest version that we write */
	apply_fn *apply;     /* understands every version ever written */
	search_fn *search;   /* NULL: not searched */
	const char *subject; /* body key of the row it makes or changes; NULL: the case */
	apply_fn *unapply;   /* applies the undo of it (DATA 4): body is the undo's */
	later_fn *later;     /* NULL: by the columns of body.set and the row made */
	const char *never;   /* or why it cannot be undone (marked for translation) */
};

/* NULL for a kind that this program does not know. */
const struct event_kind *event_kind(const char *name);
const struct event_kind *event_kinds(int *count);

/* Applies one event: its kind's function, the case's counters, the index. */
bool apply_event(struct db *db, const struct event *event, const struct json *body,
	struct error *err);

/* Helpers of apply functions. */
bool apply_version(const struct applying *a, const char *subject, const char *field,
	struct error *err);
/* An unapply for what only stands in the timeline and the index: the undo takes
 * every undone event out of the index. */
apply_fn unapply_nothing;
bool apply_count(const struct applying *a, const char *name, int64_t delta,
	struct error *err);

#endif
