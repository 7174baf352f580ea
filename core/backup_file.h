/* backup_file.h - the files of backups, for backup.c, restore.c and upgrade.c. */
#ifndef CORE_BACKUP_FILE_H
#define CORE_BACKUP_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/verify.h"

/* The path of a desk's file; NULL in memory or on another engine. */
const char *backup_desk_path(const struct desk *desk);
/* Bytes of a file with its log; 0 where there is none. */
int64_t backup_size(const char *path);
/* ERR_IO with how much is needed and how much is free in the folder of path. */
bool backup_space(const char *path, int64_t need, struct error *err);
/* Content and name are on the disk. */
bool backup_sync(const char *path, struct error *err);
/* path-N, the first that is not there from N = first on; path alone for 0. */
void backup_free_name(char out[512], const char *path, int first);
/* A file and what SQLite may have put beside it. */
void backup_remove(const char *path);

/* Copies db into the new file path and proves the copy; *proved may be NULL. */
bool backup_copy(struct db *db, const char *path, struct verify_result *proved,
	struct error *err);
/* Notes in this copy of the desk that a backup was made. */
bool backup_note(struct desk *desk, const char *path, struct error *err);

#endif
