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
	return copy_own_path(path, desk, folder, name, "txt", err)
		&& file_write_new(*path, text, strlen(text), 0600, err);
}

bool
paper_keep_csv(char **path, struct desk *desk, const char *folder, const char *name,
	const char *text, struct error *err)
{
	return copy_own_path(path, desk, folder, name, "csv", err)
		&& file_write_new(*path, text, strlen(text), 0600, err);
}
