/* app_paper.c owns the files that screens leave behind. */
#include "tui/paper.h"

#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/mem.h"
#include "tui/app_private.h"

static char *
papers(const struct app *app)
{
	const char *told = getenv("SUCO_PAPERS");
	const char *home = getenv("HOME");

	if (app->options.drafts_dir != NULL) {
		char *above = path_folder(app->options.drafts_dir);
		char *folder = path_join(above, "papers");

		free(above);
		return folder;
	}
	if (told != NULL && told[0] != '\0') {
		return xstrdup(told);
	}
	return path_join(home != NULL && home[0] != '\0' ? home : "/tmp", "suco");
}

char *
paper_path(struct app *app, const char *name)
{
	char *folder = papers(app);
	struct civil at = { 0 };
	char *file, *path;

	if (app_summary(app)->zone != NULL) {
		at = zone_civil(app_summary(app)->zone, app_now(app));
	}
	file = xasprintf("%s-%04d%02d%02d-%02d%02d.txt", name, at.year, at.month, at.day,
		at.hour, at.minute);
	path = path_join(folder, file);
	free(folder);
	free(file);
	return path;
}

bool
paper_write(const char *path, const char *text, struct error *err)
{
	char *folder = path_folder(path);
	bool ok = folder_make(folder, 0700, err)
		&& file_write(path, text, strlen(text), 0600, err);

	free(folder);
	return ok;
}
