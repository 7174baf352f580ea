/* verb_init.c: init makes a desk and says what it loaded. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/login.h"
#include "core/mem.h"

/* Where a new desk goes: --desk, $SUCO_DESK, else the member's own place. */
static char *
new_path(const struct cli *cli)
{
	const char *given = cli->desk_url != NULL ? cli->desk_url : getenv("SUCO_DESK");
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (given != NULL && given[0] != '\0') {
		return xstrdup(strncmp(given, "sqlite:", 7) == 0 ? given + 7 : given);
	}
	if (data != NULL && data[0] == '/') {
		return xasprintf("%s/suco/desk.db", data);
	}
	return xasprintf("%s/.local/share/suco/desk.db", home == NULL ? "." : home);
}

bool
verb_init(struct cli *cli, struct error *err)
{
	struct desk_new what = { .zone = "Asia/Ho_Chi_Minh", .demo = cli_switch(cli, "demo") };
	char *folder;
	char *login = NULL;
	bool ok;

	cli->url = new_path(cli);
	what.url = cli->url;
	what.name = cli_option(cli, "name") == NULL ? _("Incident desk") : cli_option(cli, "name");
	folder = path_folder(cli->url);
	ok = login_name(&login, err) && folder_make(folder, 0770, err);
	what.login = login;
	what.full_name = login;
	if (ok && access(cli->url, F_OK) == 0) {
		ok = error_set(err, ERR_REFUSED, _("%s is there already: nothing was changed"),
			cli->url);
	}
	ok = ok && desk_create(&cli->desk, &what, err);
	if (ok && !cli->json) {
		cli_say(cli, _("desk %s made; %s is its first member (admin)"), cli->url, login);
	} else if (ok) {
		struct json *o = json_object();

		json_set_text(o, "desk", cli->url);
		json_set_text(o, "login", login);
		cli_result(cli, o);
	}
	free(folder);
	free(login);
	return ok;
}
