/* body.h - an event's body as it stands today: its own, or what a redaction
 * put in its place (DATA 1). */
#ifndef CORE_BODY_H
#define CORE_BODY_H

#include "core/db.h"
#include "core/event.h"
#include "core/json.h"

/* Redaction and undo mark the event they are about in field_version, under
 * this subject. */
#define MARK_SIZE 32
void mark_subject(char out[MARK_SIZE], int64_t seq);

struct marks {
	int64_t redacted_by; /* the seq of the redaction, 0 */
	int64_t undone_by;
	int64_t redone_by;   /* of an undo */
};
bool marks_read(struct marks *out, struct db *db, int64_t seq, struct error *err);

/* *out is the caller's; an empty object where nothing says what was there. */
bool body_in_force(struct json **out, struct db *db, const struct event *event,
	struct error *err);

#endif
