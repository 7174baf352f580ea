/* desk_files.h - a desk on SQLite is a folder and up to three files, and works
 * for several members only while group and modes of all are right (DESIGN 13).
 *
 * Without setgid on the folder the second member's -wal belongs to a group of
 * his own; after a kill -9 it stays, and everybody else is locked out. */
#ifndef CORE_DESK_FILES_H
#define CORE_DESK_FILES_H

#include <stdbool.h>

#include "core/error.h"

#define DESK_FAULTS_MAX 12

struct desk_fault {
	bool blocks; /* this process cannot work; else a danger to the next one */
	enum error_code code; /* for a fault that blocks */
	char what[400];       /* what is wrong, with the path */
	char mend[600];       /* the command that mends it; "" if there is none */
};

struct desk_files {
	bool shared; /* several members are meant to work here */
	struct desk_fault faults[DESK_FAULTS_MAX];
	int count;
};

/* Looks at the folder, the desk and its -wal and -shm as this process; path
 * without "sqlite:".  A desk that is not there is a fault of its own
 * (ERR_NOT_FOUND).  Changes nothing. */
void desk_files_check(struct desk_files *out, const char *path);

/* False with the first fault that blocks; its command is the error's cause.
 * Who only reads is not held up by what cannot be written. */
bool desk_files_usable(const struct desk_files *files, bool readonly,
	struct error *err);

/* Before a desk is made: is this a folder we may write, on a filesystem that
 * SQLite's locks hold on (no NFS, CIFS, FUSE)? */
bool desk_files_may_make(const char *path, struct error *err);

/* Takes away what was made a moment ago and is empty of anybody's work: the file
 * and its -wal and -shm.  path without "sqlite:". */
void desk_files_remove(const char *path);

/* Gives folder and desk to a group: 2770 and 0660.  `init --group`. */
bool desk_files_share(const char *path, const char *group, struct error *err);

/* The refused filesystem's name by statfs's magic, NULL for all others. */
const char *desk_files_remote(long magic);

#endif
