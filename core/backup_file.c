/* backup_file.c owns the files of backups: room, names, and that they are on the
 * disk. */
#include "core/backup_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/files.h"
#include "core/i18n.h"

#define MIB (1024 * 1024)

const char *
backup_desk_path(const struct desk *desk)
{
	const char *url = desk_url(desk);

	if (strcmp(url, ":memory:") == 0 || strncmp(url, "postgres", 8) == 0) {
		return NULL;
	}
	return strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url;
}

int64_t
backup_size(const char *path)
{
	char log[600];
	struct stat stat_of;
	int64_t bytes = 0;

	if (stat(path, &stat_of) == 0) {
		bytes += stat_of.st_size;
	}
	(void)snprintf(log, sizeof log, "%s-wal", path);
	if (stat(log, &stat_of) == 0) {
		bytes += stat_of.st_size;
	}
	return bytes;
}

bool
backup_space(const char *path, int64_t need, struct error *err)
{
	char *folder = path_folder(path);
	struct statvfs room;
	bool ok;
	int64_t left;

	if (statvfs(folder, &room) != 0) {
		ok = error_errno(err, _("cannot look at the folder %s"), folder);
		free(folder);
		return ok;
	}
	left = (int64_t)room.f_bavail * (int64_t)room.f_frsize;
	ok = left >= need || error_set(err, ERR_IO,
		_("not enough room in %s: %lld MiB are needed, %lld MiB are free; nothing was"
		  " changed"), folder, (long long)(need / MIB + 1), (long long)(left / MIB));
	free(folder);
	return ok;
}

static bool
sync_one(const char *path, int flags, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool ok;

	if (fd < 0) {
		return error_errno(err, _("cannot open %s"), path);
	}
	ok = fsync(fd) == 0 || error_errno(err, _("cannot write %s to the disk"), path);
	(void)close(fd);
	return ok;
}

bool
backup_sync(const char *path, struct error *err)
{
	char *folder = path_folder(path);
	bool ok = sync_one(path, 0, err) && sync_one(folder, O_DIRECTORY, err);

	free(folder);
	return ok;
}

void
backup_free_name(char out[512], const char *path, int first)
{
	struct stat there;
	int n = first;

	do {
		(void)snprintf(out, 512, n == 0 ? "%.490s" : "%.490s-%d", path, n);
		n = n == 0 ? 2 : n + 1;
	} while (lstat(out, &there) == 0);
}

void
backup_remove(const char *path)
{
	static const char *const beside[] = { "", "-wal", "-shm", "-journal" };
	char name[600];

	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		(void)snprintf(name, sizeof name, "%s%s", path, beside[i]);
		(void)unlink(name);
	}
}
