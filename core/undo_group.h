/* undo_group.h - the events of plans that came by one act: a step that calls a plan
 * begins it, the last step of that plan lets the caller go on; what a step's answers
 * decided and put on the watch's lists.  Half of it taken back would leave a plan
 * that waits for nothing, or somebody waited for whom nobody asked. */
#ifndef CORE_UNDO_GROUP_H
#define CORE_UNDO_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"
#include "core/error.h"
#include "core/event.h"

#define ONE_ACT_MS 3 /* the events of one change are recorded within it */

/* The event that a person made: *seq itself, or what it came with. */
bool undo_group_root(struct db *db, const char *case_id, int64_t *seq,
	struct error *err);

#define UNDO_GROUP_MAX 64
struct undo_group {
	int64_t seqs[UNDO_GROUP_MAX]; /* what came with it, oldest first */
	int count;
};
bool undo_group_load(struct undo_group *out, struct db *db, const struct event *root,
	struct error *err);

#endif
