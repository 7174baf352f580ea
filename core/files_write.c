/* files_write.c owns making files and folders: the new content is written
 * beside the old, synced, and takes its place in one rename. */
#include "core/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"

#define CLOSED ((struct file_out){ .fd = -1 })

char *
path_join(const char *folder, const char *name)
{
	size_t len = strlen(folder);

	while (len > 1 && folder[len - 1] == '/') {
		len--;
	}
	if (len == 0 || (len == 1 && folder[0] == '/')) {
		return xasprintf("%.*s%s", (int)len, folder, name);
	}
	return xasprintf("%.*s/%s", (int)len, folder, name);
}

char *
path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL) {
		return xstrdup(".");
	}
	return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

/* Syncs the folder, without which a rename may be forgotten by a power cut. */
static bool
sync_folder(const char *path, struct error *err)
{
	char *folder = path_folder(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0;

	/* A filesystem that cannot sync folders (EINVAL) promises nothing less. */
	if (ok && fsync(fd) != 0 && errno != EINVAL) {
		ok = false;
	}
	if (!ok) {
		(void)error_errno(err, _("%s cannot be saved to disk"), folder);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	free(folder);
	return ok;
}

/* The file that stands in for path until the commit: ".NAME.XXXXXX". */
static int
open_pending(char **pending, const char *path, mode_t mode)
{
	char *folder = path_folder(path);
	const char *slash = strrchr(path, '/');
	char *name = xasprintf(".%.200s.XXXXXX", slash == NULL ? path : slash + 1);
	char *full = path_join(folder, name);
	int fd = mkostemp(full, O_CLOEXEC);

	if (fd >= 0 && fchmod(fd, mode) != 0) {
		int saved = errno;

		(void)close(fd);
		(void)unlink(full);
		errno = saved;
		fd = -1;
	}
	free(name);
	free(folder);
	if (fd < 0) {
		free(full);
		return -1;
	}
	*pending = full;
	return fd;
}

bool
file_out_open(struct file_out *out, const char *path, mode_t mode,
	struct error *err)
{
	char *real = realpath(path, NULL); /* NULL where nothing is there yet */
	struct file_out opened = CLOSED;
	struct stat at;

	opened.path = real == NULL ? xstrdup(path) : real;
	if (stat(opened.path, &at) != 0) {
		at.st_mode = S_IFREG;
	}
	if (S_ISDIR(at.st_mode)) {
		(void)error_set(err, ERR_BAD_INPUT,
			_("%s is a folder, not a file"), path);
	} else if (S_ISREG(at.st_mode)) {
		opened.fd = open_pending(&opened.pending, opened.path, mode);
	} else {
		opened.fd = open(opened.path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	}
	if (opened.fd < 0) {
		if (!S_ISDIR(at.st_mode)) {
			(void)error_errno(err, _("%s cannot be written"), path);
		}
		free(opened.path);
		return false;
	}
	*out = opened;
	return true;
}

bool
file_out_add(struct file_out *out, const void *bytes, size_t len,
	struct error *err)
{
	const char *from = bytes;

	while (len > 0) {
		ssize_t n = write(out->fd, from, len);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return error_errno(err, _("%s cannot be written"), out->path);
		}
		from += n;
		len -= (size_t)n;
	}
	return true;
}

void
file_out_abandon(struct file_out *out)
{
	if (out->fd >= 0) {
		(void)close(out->fd);
	}
	if (out->pending != NULL) {
		(void)unlink(out->pending);
	}
	free(out->pending);
	free(out->path);
	*out = CLOSED;
}

/* Not every file system knows the careful way (EINVAL, ENOSYS). */
static bool
put_in_place(const struct file_out *out)
{
	if (out->fresh) {
		if (renameat2(AT_FDCWD, out->pending, AT_FDCWD, out->path,
			    RENAME_NOREPLACE) == 0) {
			return true;
		}
		if (errno != EINVAL && errno != ENOSYS) {
			return false;
		}
		if (access(out->path, F_OK) == 0) {
			errno = EEXIST;
			return false;
		}
	}
	return rename(out->pending, out->path) == 0;
}

bool
file_out_commit(struct file_out *out, struct error *err)
{
	bool ok = out->pending == NULL || fsync(out->fd) == 0;

	/* Network filesystems report a full disk only now. */
	ok = close(out->fd) == 0 && ok;
	out->fd = -1;
	if (ok && out->pending != NULL) {
		ok = put_in_place(out);
	}
	if (!ok && out->fresh && errno == EEXIST) {
		(void)error_set(err, ERR_REFUSED,
			_("%s is there already: nothing was written over it"), out->path);
	} else if (!ok) {
		(void)error_errno(err, _("%s cannot be written"), out->path);
	} else if (out->pending != NULL) {
		free(out->pending);
		out->pending = NULL;
		ok = sync_folder(out->path, err);
	}
	file_out_abandon(out);
	return ok;
}

static bool
write_whole(const char *path, const void *bytes, size_t len, mode_t mode, bool fresh,
	struct error *err)
{
	struct file_out out;

	if (!file_out_open(&out, path, mode, err)) {
		return false;
	}
	out.fresh = fresh && out.pending != NULL;
	if (!file_out_add(&out, bytes, len, err)) {
		file_out_abandon(&out);
		return false;
	}
	return file_out_commit(&out, err);
}

bool
file_write(const char *path, const void *bytes, size_t len, mode_t mode,
	struct error *err)
{
	return write_whole(path, bytes, len, mode, false, err);
}

bool
file_write_new(const char *path, const void *bytes, size_t len, mode_t mode,
	struct error *err)
{
	return write_whole(path, bytes, len, mode, true, err);
}

static bool
make_one(const char *path, mode_t mode, struct error *err)
{
	struct stat at;

	if (mkdir(path, mode) == 0) {
		return true;
	}
	if (errno != EEXIST && errno != EISDIR) {
		int saved = errno;

		/* A read-only parent answers EROFS or EACCES for what exists. */
		if (stat(path, &at) == 0 && S_ISDIR(at.st_mode)) {
			return true;
		}
		errno = saved;
		return error_errno(err, _("the folder %s cannot be made"), path);
	}
	if (stat(path, &at) == 0 && !S_ISDIR(at.st_mode)) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is in the way: it is not a folder"), path);
	}
	return true;
}

bool
folder_make(const char *path, mode_t mode, struct error *err)
{
	char *part = xstrdup(path);
	bool ok = true;

	for (char *at = part; ok && *at != '\0'; at++) {
		if (*at == '/' && at > part && at[-1] != '/') {
			*at = '\0';
			ok = make_one(part, mode, err);
			*at = '/';
		}
	}
	ok = ok && make_one(part, mode, err);
	free(part);
	return ok;
}
