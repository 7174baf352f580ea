/* backup_now.c is the child of backup.c: one backup named by its day, and the
 * oldest of its kind beyond the number that is kept go. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/backup_file.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"
#include "serve/serve.h"

struct kept {
	char **names; /* ours */
	int count;
};

/* "desk" of /var/lib/suco/desk.db. */
static char *
stem_of(const struct serve *serve)
{
	const char *path = backup_desk_path(serve->desk);
	const char *slash = path == NULL ? NULL : strrchr(path, '/');
	const char *base = path == NULL ? "desk" : slash == NULL ? path : slash + 1;
	const char *dot = strrchr(base, '.');

	return xstrndup(base, dot == NULL || dot == base ? strlen(base) : (size_t)(dot - base));
}

/* STEM-2026-11-21.db and nothing else, what a person put there stays; half: what
 * a child that was ended left of one. */
static bool
is_nightly(const char *name, const char *stem, bool half)
{
	static const char shape[] = "-####-##-##.db";
	size_t len = strlen(stem);

	if (strncmp(name, stem, len) != 0 || strlen(name) < len + sizeof shape - 1) {
		return false;
	}
	if (half ? strncmp(name + len + sizeof shape - 1, ".part-", 6) != 0
		 : name[len + sizeof shape - 1] != '\0') {
		return false;
	}
	for (size_t i = 0; i < sizeof shape - 1; i++) {
		char c = name[len + i];

		if (shape[i] == '#' ? c < '0' || c > '9' : c != shape[i]) {
			return false;
		}
	}
	return true;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
list_kept(struct kept *out, const char *folder, const char *stem, bool half,
	struct error *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir == NULL) {
		return error_errno(err, _("cannot read %s"), folder);
	}
	while ((entry = readdir(dir)) != NULL) {
		if (is_nightly(entry->d_name, stem, half)) {
			out->names = xrealloc(out->names,
				(size_t)(out->count + 1) * sizeof *out->names);
			out->names[out->count++] = xstrdup(entry->d_name);
		}
	}
	(void)closedir(dir);
	if (out->count > 0) {
		qsort(out->names, (size_t)out->count, sizeof *out->names, by_name);
	}
	return true;
}

static bool
forget_old(const char *folder, const char *stem, bool half, int keep, struct error *err)
{
	struct kept kept = { 0 };
	bool ok = list_kept(&kept, folder, stem, half, err);

	for (int i = 0; i < kept.count; i++) {
		if (i < kept.count - keep) {
			char *path = xasprintf("%s/%s", folder, kept.names[i]);

			backup_remove(path);
			free(path);
		}
		free(kept.names[i]);
	}
	free(kept.names);
	return ok;
}

static char *
name_of(const struct serve *serve, const char *folder, const char *stem)
{
	struct civil day = zone_civil(desk_zone(serve->desk), desk_now(serve->desk));
	char *path = xasprintf("%s/%s-%04d-%02d-%02d.db", folder, stem, day.year, day.month,
		day.day);

	/* Today's is there, and a person's backup was not noted: one more. */
	if (access(path, F_OK) == 0) {
		char free_name[512];

		backup_free_name(free_name, path, 2);
		free(path);
		path = xstrdup(free_name);
	}
	return path;
}

bool
backup_folder(struct serve *serve, char **out, struct error *err)
{
	const char *path = backup_desk_path(serve->desk);
	const char *slash = path == NULL ? NULL : strrchr(path, '/');

	if (!setting_text(serve->desk, "backup_dir", out, err)) {
		return false;
	}
	if (*out == NULL || (*out)[0] == '\0') {
		free(*out);
		*out = slash == NULL ? xstrdup(".") : xstrndup(path, (size_t)(slash - path));
	}
	return true;
}

bool
backup_now(struct serve *serve, struct error *err)
{
	struct backup_result result;
	char *stem = stem_of(serve);
	char *path = name_of(serve, serve->backup_to, stem);
	int64_t keep = 1;
	bool ok = setting_int(serve->desk, "backup_keep", &keep, err) &&
		backup_make(serve->desk, path, &result, err);

	if (ok) {
		serve_log(_("backup %s: %lld events, %lld bytes, proved"), path,
			(long long)result.events, (long long)result.bytes);
		ok = forget_old(serve->backup_to, stem, true, 0, err) &&
			forget_old(serve->backup_to, stem, false, (int)keep, err);
	}
	free(path);
	free(stem);
	return ok;
}
