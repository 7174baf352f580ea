/* app_paper.c owns the files that screens leave behind. */
#include "tui/paper.h"

#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/mem.h"
#include "playbooks/copy.h"
#include "tui/app_private.h"

char *
paper_folder(const struct app *app)
{
	char *above, *folder;

	if (app->options.drafts_dir == NULL) {
		return NULL;
	}
	above = path_folder(app->options.drafts_dir);
	folder = path_join(above, "papers");
	free(above);
	return folder;
}

bool
paper_keep(char **path, struct desk *desk, const char *folder, const char *name,
	const char *text, struct error *err)
{
	return copy_own_path(path, desk, folder, name, err)
		&& file_write(*path, text, strlen(text), 0600, err);
}

bool
paper_keep_csv(char **path, struct desk *desk, const char *folder, const char *name,
	const char *text, struct error *err)
{
	size_t len;

	if (!copy_own_path(path, desk, folder, name, err)) {
		return false;
	}
	/* In place of "txt" */
	len = strlen(*path);
	if (len > 4 && strcmp(*path + len - 4, ".txt") == 0) {
		memcpy(*path + len - 3, "csv", 3);
	}
	return file_write(*path, text, strlen(text), 0600, err);
}
