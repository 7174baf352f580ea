/* change.h - one transaction that appends events and applies them.
 *
 *	if (!change_begin(desk, err)) return false;
 *	ok = ...read, decide, change_add(desk, "note_added", case_id, body)...;
 *	return change_end(desk, ok, err);
 *
 * Verbs nest: an inner begin joins the outer transaction; an inner end applies
 * what was added so that the outer one sees the rows; only the outermost end
 * commits.  A failure anywhere rolls all of it back. */
#ifndef CORE_CHANGE_H
#define CORE_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

bool change_begin(struct desk *desk, struct error *err);

/* From now on a change begins only while the lease is ours, which is asked inside
 * its transaction: else ERR_CONFLICT.  Borrowed; NULL: no more. */
struct lease;
void change_fence(struct desk *desk, const struct lease *lease);

/* Adds an event; case_id NULL for the desk's own.  Takes body.  occurred_at is
 * now.  The event is numbered, hashed and applied at the next flush or end. */
void change_add(struct desk *desk, const char *kind, const char *case_id,
	struct json *body);

/* How many events were added since the last flush: names the one just added as
 * the cause of what is added after it. */
int change_mark(const struct desk *desk);

struct event_time {
	int64_t at;          /* 0: now */
	const char *precise; /* NULL: "ms" */
};
void change_add_at(struct desk *desk, const char *kind, const char *case_id,
	struct json *body, struct event_time time);

/* Applies what was added so far: seen by the queries that follow. */
bool change_flush(struct desk *desk, struct error *err);

/* As change_flush(); *mark, taken by change_mark() before, names the same event
 * afterwards (then it is 0 or below). */
bool change_flush_keep(struct desk *desk, int *mark, struct error *err);

/* ok: flushes and, at the outermost level, commits.  Not ok: rolls back and
 * leaves *err as it is.  Returns whether all is durable (outermost). */
bool change_end(struct desk *desk, bool ok, struct error *err);
/* The end of an act that is one event: adds it first.  Takes body in every case;
 * kind NULL: nothing is to be added. */
bool change_end_with(struct desk *desk, bool ok, const char *kind, const char *case_id,
	struct json *body, struct error *err);

/* What the last outermost change appended. */
struct appended {
	int64_t seq;
	char id[UUID_SIZE];
	char kind[40];
};
const struct appended *change_appended(const struct desk *desk, int *count);

/* The conflict check of a field (DATA 3): with a guard set, ERR_CONFLICT when
 * field of subject changed after it; yours is what the caller wants, theirs
 * what is there.  detail: {"field","yours","theirs","before","by","at"}. */
bool change_guard(struct desk *desk, const char *subject, const char *field,
	const char *yours, const char *theirs, struct error *err);
/* The same of a number or, where the field's name ends in _at, of a time. */
bool change_guard_int(struct desk *desk, const char *subject, const char *field,
	int64_t yours, int64_t theirs, struct error *err);

#endif
