/* backup.h - verified copies of a desk, and the ways back (DATA 11). */
#ifndef CORE_BACKUP_H
#define CORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/apply.h"
#include "core/desk.h"

struct backup_result {
	int64_t events;
	char head[HASH_SIZE];
	int64_t bytes;
};

/* Copies the desk into a new file, opens the copy and proves its chain, and only
 * then gives it its name.  ERR_REFUSED where path is there already; nothing is
 * left behind on a failure. */
bool backup_make(struct desk *desk, const char *path, struct backup_result *out,
	struct error *err);

/* When the last backup was made from this desk; 0: never. */
bool backup_last(struct desk *desk, int64_t *at, struct error *err);

struct restore_result {
	char saved[512];        /* the desk as it was, beside it */
	char head_was[HASH_SIZE];
	char head[HASH_SIZE];   /* of the backup */
	int64_t seq_was, seq;
	int held;               /* messages that now wait for a person */
};

/* Replaces the content of the live desk by a backup's, in place: the present
 * desk is saved beside it first, an event `restored` says so with both heads, and
 * no message of the backup goes out by itself.  Programs that have the desk open
 * go on with the new content. */
bool backup_restore(struct desk *desk, const char *path, struct restore_result *out,
	struct error *err);

struct upgrade_result {
	int64_t from, to; /* schema numbers; equal: there was nothing to do */
	char saved[512];
};

/* Brings a desk of an older schema to this program's: a copy beside it, then
 * every row anew from the events.  By an admin, or the desk's only member. */
bool desk_upgrade(const struct desk_options *options, struct upgrade_result *out,
	struct error *err);

apply_fn apply_restored;

#endif
