/* files.c owns reading files that others made: whole or in pieces, regular
 * files only, within a limit, and seen to be unchanged. */
#include "core/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"

#define FIRST_PIECE ((size_t)64 * 1024)

static bool
fail_errno(struct error *err, const char *fmt, const char *path)
{
	int saved = errno;

	if (saved == ENOENT || saved == ENOTDIR) {
		return error_cause(err, ERR_NOT_FOUND, strerror(saved),
			_("there is no file %s"), path);
	}
	return error_errno(err, fmt, path);
}

static bool
check_kind(mode_t mode, const char *path, struct error *err)
{
	static const struct {
		mode_t kind;
		const char *words;
	} refused[] = {
		{ S_IFDIR, N_("%s is a folder, not a file") },
		{ S_IFIFO, N_("%s is a pipe (FIFO), not a file") },
		{ S_IFSOCK, N_("%s is a socket, not a file") },
		{ S_IFCHR, N_("%s is a device, not a file") },
		{ S_IFBLK, N_("%s is a disk device, not a file") },
	};

	if (S_ISREG(mode)) {
		return true;
	}
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		if ((mode & S_IFMT) == refused[i].kind) {
			return error_set(err, ERR_BAD_INPUT, _(refused[i].words), path);
		}
	}
	return error_set(err, ERR_BAD_INPUT, _("%s is not a file"), path);
}

bool
file_in_open(struct file_in *in, const char *path, struct error *err)
{
	struct stat at_open;
	/* Without O_NONBLOCK the open of a FIFO waits for a writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 && errno == ENXIO) {
		return error_set(err, ERR_BAD_INPUT, _("%s is not a file"), path);
	}
	if (fd < 0) {
		return fail_errno(err, _("%s cannot be read"), path);
	}
	if (fstat(fd, &at_open) != 0) {
		(void)error_errno(err, _("%s cannot be read"), path);
		(void)close(fd);
		return false;
	}
	if (!check_kind(at_open.st_mode, path, err)) {
		(void)close(fd);
		return false;
	}
	*in = (struct file_in){ .fd = fd, .path = path, .at_open = at_open };
	return true;
}

/* Reads until size bytes or the end, through interruptions. */
static bool
read_full(int fd, char *bytes, size_t size, size_t *got)
{
	size_t have = 0;

	while (have < size) {
		ssize_t n = read(fd, bytes + have, size - have);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return false;
		}
		if (n == 0) {
			break;
		}
		have += (size_t)n;
	}
	*got = have;
	return true;
}

bool
file_in_read(struct file_in *in, void *bytes, size_t size, size_t *got,
	struct error *err)
{
	if (!read_full(in->fd, bytes, size, got)) {
		return error_errno(err, _("%s cannot be read"), in->path);
	}
	in->taken += (off_t)*got;
	return true;
}

bool
file_in_unchanged(const struct file_in *in, struct error *err)
{
	const struct stat *was = &in->at_open;
	struct stat now;

	if (fstat(in->fd, &now) != 0) {
		return error_errno(err, _("%s cannot be read"), in->path);
	}
	/* The kernel's own files (/proc) say 0 bytes and have some. */
	if (now.st_size == was->st_size
			&& now.st_mtim.tv_sec == was->st_mtim.tv_sec
			&& now.st_mtim.tv_nsec == was->st_mtim.tv_nsec
			&& (was->st_size == 0 || in->taken == was->st_size)) {
		return true;
	}
	return error_set(err, ERR_IO,
		_("%s changed while it was read; copy it first, or try again"),
		in->path);
}

void
file_in_close(struct file_in *in)
{
	if (in->fd >= 0) {
		(void)close(in->fd);
		in->fd = -1;
	}
}

static bool
too_long(const char *name, uintmax_t size, size_t max, struct error *err)
{
	return error_set(err, ERR_BAD_INPUT,
		_("%s has %ju bytes, at most %zu are allowed"), name, size, max);
}

bool
file_read_fd(char **out, size_t *len, int fd, const char *name, size_t max,
	struct error *err)
{
	size_t cap = max < FIRST_PIECE ? max + 1 : FIRST_PIECE;
	size_t have = 0;
	char *bytes = xmalloc(cap + 1);

	for (;;) {
		size_t got;

		if (!read_full(fd, bytes + have, cap - have, &got)) {
			free(bytes);
			return error_errno(err, _("%s cannot be read"), name);
		}
		have += got;
		if (have < cap) {
			break;
		}
		if (have > max) {
			free(bytes);
			return error_set(err, ERR_BAD_INPUT,
				_("%s is longer than the %zu bytes allowed"), name, max);
		}
		cap = cap > max / 2 ? max + 1 : cap * 2;
		bytes = xrealloc(bytes, cap + 1);
	}
	bytes[have] = '\0';
	*out = bytes;
	*len = have;
	return true;
}

bool
file_read(char **out, size_t *len, const char *path, size_t max,
	struct error *err)
{
	struct file_in in;
	char *bytes = NULL;
	size_t have = 0;
	bool ok;

	if (!file_in_open(&in, path, err)) {
		return false;
	}
	if ((uintmax_t)in.at_open.st_size > max) {
		ok = too_long(path, (uintmax_t)in.at_open.st_size, max, err);
	} else {
		ok = file_read_fd(&bytes, &have, in.fd, path, max, err);
		in.taken = (off_t)have;
		ok = ok && file_in_unchanged(&in, err);
	}
	file_in_close(&in);
	if (!ok) {
		free(bytes);
		return false;
	}
	*out = bytes;
	*len = have;
	return true;
}
