/* files.h - files from outside, and files of ours that must survive a crash.
 *
 * Reading refuses what is no regular file (a directory, a FIFO that would
 * hang, a device) by name.  Writing is all or nothing: the old content stands
 * until the new one is on disk. */
#ifndef CORE_FILES_H
#define CORE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "core/error.h"

/* Reads a whole file of at most max bytes; *out is the caller's and has a NUL
 * after len bytes.  Not there: ERR_NOT_FOUND.  Too long or no file:
 * ERR_BAD_INPUT.  Unreadable or changed while it was read: ERR_IO. */
bool file_read(char **out, size_t *len, const char *path, size_t max,
	struct error *err);

/* As file_read() from an open descriptor of any kind (standard input); name
 * is for the messages.  The descriptor stays open. */
bool file_read_fd(char **out, size_t *len, int fd, const char *name, size_t max,
	struct error *err);

/* In pieces, for what may be large (evidence). */
struct file_in {
	int fd; /* -1 when closed */
	const char *path; /* borrowed until file_in_close() */
	struct stat at_open;
	off_t taken;
};

bool file_in_open(struct file_in *in, const char *path, struct error *err);
/* Fills bytes; *got is less than size only at the end of the file. */
bool file_in_read(struct file_in *in, void *bytes, size_t size, size_t *got,
	struct error *err);
/* False where the file is not what it was at open: what was read is then no
 * evidence of anything. */
bool file_in_unchanged(const struct file_in *in, struct error *err);
void file_in_close(struct file_in *in);

/* Replaces path by these bytes, fsynced, with this mode.  An existing device
 * or FIFO (/dev/stdout) is written to; a link is followed. */
bool file_write(const char *path, const void *bytes, size_t len, mode_t mode,
	struct error *err);

/* The same, but what is there is left alone, also what comes meanwhile:
 * ERR_REFUSED. */
bool file_write_new(const char *path, const void *bytes, size_t len, mode_t mode,
	struct error *err);

/* In pieces; nothing is seen under path before file_out_commit(). */
struct file_out {
	int fd;        /* -1 when closed */
	char *path;    /* ours: the file to be, links resolved */
	char *pending; /* ours: the file beside it; NULL: written in place */
	bool fresh;    /* the caller's: replace nothing that is there */
};

bool file_out_open(struct file_out *out, const char *path, mode_t mode,
	struct error *err);
bool file_out_add(struct file_out *out, const void *bytes, size_t len,
	struct error *err);
/* Both end the writing; after a failed commit nothing is left behind. */
bool file_out_commit(struct file_out *out, struct error *err);
void file_out_abandon(struct file_out *out);

/* Makes the folder and those above it that are missing (mkdir -p). */
bool folder_make(const char *path, mode_t mode, struct error *err);

/* Folder and name joined by one slash; the caller frees. */
char *path_join(const char *folder, const char *name);
/* The folder of a path: "." for a bare name; the caller frees. */
char *path_folder(const char *path);

#endif
