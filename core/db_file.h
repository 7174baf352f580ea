/* db_file.h - the database as a file: copies, restoring, compacting, soundness.
 * Implemented by db.c over the driver. */
#ifndef CORE_DB_FILE_H
#define CORE_DB_FILE_H

#include "core/db.h"

/* Copies the whole database, as it stands at one moment, into the file to. */
bool db_backup_to(struct db *db, const char *to, struct error *err);

/* Replaces the content of db by that of the file from, in place, so that every
 * program that has it open goes on with the new content.  begin takes the write
 * lock: others may still read.  finish copies (go) or lets all be as it was, and
 * ends what begin began in either case.  Nothing else is asked of db between. */
struct db_restore;
bool db_restore_begin(struct db_restore **out, struct db *db, const char *from,
	struct error *err);
bool db_restore_finish(struct db_restore *restore, bool go, struct error *err);

/* Writes the file anew without free pages and empties the log, so that nothing
 * that was deleted is left in either.  ERR_LOCKED while somebody reads. */
bool db_compact(struct db *db, struct error *err);

/* Asks the engine whether the file and its indexes are sound; the first fault is the cause. */
bool db_integrity(struct db *db, struct error *err);

#endif
