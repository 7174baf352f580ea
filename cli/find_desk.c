/* find_desk.c finds the desk that the options, the environment and the
 * configuration name, and opens it for the member who runs the program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/desk_files.h"
#include "core/i18n.h"
#include "core/login.h"
#include "core/mem.h"
#include "core/place.h"

/* $XDG_DATA_HOME/suco/desk.db, if it is there. */
static char *
own_desk(void)
{
	char *path = place_desk();

	if (path != NULL && access(path, F_OK) != 0) {
		free(path);
		path = NULL;
	}
	return path;
}

static bool
no_desk(struct error *err)
{
	return error_cause(err, ERR_NOT_FOUND,
		_("suco --desk demo.db init --demo    a desk to try things on\n"
		  "  suco init                           a desk of your own\n"
		  "  suco --desk URL                     your team's desk"
		  " (or $SUCO_DESK, or url in suco.conf)"),
		_("there is no desk yet; three ways to get one:"));
}

bool
cli_find_desk(struct cli *cli, struct error *err)
{
	const char *given = cli->desk_url != NULL ? cli->desk_url : getenv("SUCO_DESK");

	if (given == NULL || given[0] == '\0') {
		given = config_get(cli->config, CONFIG_DESK_URL);
	}
	free(cli->url);
	if (given[0] != '\0') {
		cli->url = xstrdup(given);
		return true;
	}
	cli->url = own_desk();
	return cli->url != NULL || no_desk(err);
}

/* Folder, desk, -wal and -shm: what is wrong and what mends it (DESIGN 13). */
static bool
files_fit(struct cli *cli, bool readonly, struct error *err)
{
	const char *path = cli->url;
	struct desk_files files;

	if (strncmp(path, "postgresql:", 11) == 0) {
		return true;
	}
	desk_files_check(&files, strncmp(path, "sqlite:", 7) == 0 ? path + 7 : path);
	if (!desk_files_usable(&files, readonly, err)) {
		return false;
	}
	for (int i = 0; i < files.count && !readonly; i++) {
		cli_warn(cli, "%s", files.faults[i].what);
		if (files.faults[i].mend[0] != '\0') {
			cli_warn(cli, "  %s", files.faults[i].mend);
		}
	}
	return true;
}

bool
cli_open_desk(struct cli *cli, bool readonly, struct error *err)
{
	struct desk_options options = { .as = cli->as, .readonly = readonly };
	char *login = NULL;
	bool ok;

	if (!cli_find_desk(cli, err) || !files_fit(cli, readonly, err) ||
	    !login_name(&login, err)) {
		return false;
	}
	options.url = cli->url;
	options.login = login;
	ok = desk_open(&cli->desk, &options, err);
	free(login);
	return ok;
}
