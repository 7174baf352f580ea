/* verb_init.c: init makes a desk and says what it loaded. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/demo.h"
#include "cli/register_text.h"
#include "cli/verbs_of.h"
#include "core/desk_files.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/login.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/profile.h"

/* Where a new desk goes: --desk, $SUCO_DESK, else the member's own place. */
static char *
new_path(const struct cli *cli)
{
	const char *given = cli->desk_url != NULL ? cli->desk_url : getenv("SUCO_DESK");

	if (given != NULL && given[0] != '\0') {
		return xstrdup(strncmp(given, "sqlite:", 7) == 0 ? given + 7 : given);
	}
	return place_desk();
}

static bool
free_place(const char *path, struct error *err)
{
	char *folder;
	bool ok;

	if (path == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no home folder: name the desk"
				" with --desk"));
	}
	if (access(path, F_OK) == 0) {
		return error_set(err, ERR_REFUSED, _("%s is there already: nothing was changed"),
			path);
	}
	folder = path_folder(path);
	ok = folder_make(folder, 0770, err) && desk_files_may_make(path, err);
	free(folder);
	return ok;
}

static bool
make_desk(struct cli *cli, const struct profile *profile, const char *login,
	struct demo_clock *clock, struct json **report, struct error *err)
{
	const char *name = cli_option(cli, "name");
	const char *own = profile_desk(profile);
	bool demo = cli_switch(cli, "demo");
	const struct desk_new what = {
		.url = cli->url, .login = login, .full_name = login,
		.name = name != NULL ? name : own != NULL ? own : _("Incident desk"),
		.zone = profile_zone(profile), .demo = demo,
		.clock = { .now = demo ? demo_clock_now : NULL, .arg = demo ? clock : NULL },
	};

	if (!desk_create(&cli->desk, &what, err)) {
		return false;
	}
	if (!profile_load(cli->desk, profile, report, err) ||
	    (cli_option(cli, "group") != NULL &&
		    !desk_files_share(cli->url, cli_option(cli, "group"), err)) ||
	    (demo && !demo_fill(cli->desk, clock, login, err))) {
		json_free(*report);
		*report = NULL;
		desk_close(cli->desk);
		cli->desk = NULL;
		desk_files_remove(cli->url);
		return false;
	}
	return true;
}

static void
print_made(struct cli *cli, const char *login, struct json *report)
{
	struct json *o;

	if (!cli->json) {
		cli_say(cli, _("desk %s made; %s is its first member (admin)"), cli->url, login);
		say_report(cli, report);
		cli_say(cli, _("next: `suco member add LOGIN --name \"...\" --role responder`,"
				" `suco new`, or `suco` for the screens"));
		json_free(report);
		return;
	}
	o = json_object();
	json_set_text(o, "desk", cli->url);
	json_set_text(o, "login", login);
	json_set(o, "loaded", report);
	cli_result(cli, o);
}

bool
verb_init(struct cli *cli, struct error *err)
{
	const char *wanted = cli_option(cli, "profile");
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct demo_clock clock; /* lives as long as the desk that reads it */
	char *login = NULL;
	bool ok;

	if (cli_switch(cli, "demo") && wanted != NULL && strcmp(wanted, "quangngai") != 0) {
		return error_set(err, ERR_USAGE,
			_("the demo's cases need the profile quangngai, not %.80s"), wanted);
	}
	cli->url = new_path(cli);
	demo_clock_set(&clock, desk_system_clock(NULL));
	/* The profile is read whole before anything is made. */
	ok = profile_read(&profile, wanted != NULL ? wanted
		: cli_switch(cli, "demo") ? "quangngai" : "blank", err) &&
		login_name(&login, err) && free_place(cli->url, err) &&
		make_desk(cli, profile, login, &clock, &report, err);
	if (ok) {
		print_made(cli, login, report);
	}
	profile_free(profile);
	free(login);
	return ok;
}
