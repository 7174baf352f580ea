/* undo.h - reversing an act by an event of its own (DATA 4): what was done and
 * that it was undone both stay in the timeline. */
#ifndef CORE_UNDO_H
#define CORE_UNDO_H

#include <stdbool.h>
#include <stdint.h>

#include "core/apply.h"
#include "core/desk.h"

/* The caller's own latest act on the case that is not undone.  ERR_REFUSED, with
 * the words of both, where it never can be: what came before it is taken back by
 * its number.  ERR_NOT_FOUND: there is none. */
bool undo_last(struct desk *desk, const char *case_id, struct error *err);

/* The event of this number; another's needs a coordinator.  ERR_REFUSED with the
 * kind's reason, ERR_CONFLICT naming the later event that built on it. */
bool undo_event(struct desk *desk, const char *case_id, int64_t seq, struct error *err);

/* Takes back the caller's own latest undo on the case. */
bool redo_last(struct desk *desk, const char *case_id, struct error *err);

/* Which event after `after` stands in the way of undoing an event of this kind
 * and body: *later gets its seq, or stays 0. */
bool undo_built_on(struct db *db, const struct event *event,
	const struct event_kind *kind, const struct json *body, int64_t after,
	int64_t *later, struct error *err);

apply_fn apply_undone, apply_redone;

#endif
