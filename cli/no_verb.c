/* no_verb.c: `suco` alone.  Without a terminal, the open cases and how to open
 * the screens. */
#include "cli/no_verb.h"

#include <signal.h>
#include <unistd.h>

#include "cli/verbs_of.h"
#include "core/engine_look.h"
#include "core/i18n.h"
#include "core/lease.h"
#include "core/when.h"
#include "tui/tui.h"

/* The desk goes to the screens, which close it. */
static bool
screens(struct cli *cli, struct error *err)
{
	struct tui_options options = {
		.open_case = cli_option(cli, "case"),
		.readonly = cli_switch(cli, "readonly"),
		.slow = cli_switch(cli, "slow"),
		.plain = cli_switch(cli, "plain"),
		.ascii = cli_switch(cli, "ascii"),
		.no_accents = cli_switch(cli, "no-accents"),
		.mouse = cli_switch(cli, "mouse"),
	};
	struct desk *desk;
	bool hung_up;

	if (!cli_open_desk(cli, options.readonly, err)) {
		return false;
	}
	desk = cli->desk;
	/* A demo delivers into a folder beside it. */
	desk_set_no_channel(desk, !desk_is_demo(desk) &&
		config_get(cli->config, CONFIG_MAIL_URL)[0] == '\0' &&
		config_get(cli->config, CONFIG_FILE_MAILDIR)[0] == '\0');
	cli->desk = NULL;
	if (!tui_run(desk, &options, &hung_up, err)) {
		return false;
	}
	if (hung_up) {
		/* The drafts are on disk; a desk that is still busy must not keep us. */
		_exit(128 + SIGHUP);
	}
	return true;
}

/* Which desk it is, and that messages wait for an engine (DESIGN 13). */
static bool
say_first(struct cli *cli, struct error *err)
{
	struct engine_state engine;
	struct engine_look look;
	char since[WHEN_SHORT_SIZE], calls[ENGINE_COUNT_SIZE];

	if (!engine_state(cli->desk, &engine, err) || !engine_look(&look, cli->desk, err)) {
		return false;
	}
	cli_note(cli, "%s%s", desk_is_demo(cli->desk) ? _("DEMO · ") : "", desk_name(cli->desk));
	if (look.calls > 0) {
		engine_count(calls, look.calls);
		when_near(since, look.calls_since, desk_now(cli->desk), desk_zone(cli->desk));
		cli_note(cli, _("NO ENGINE: nobody is called: calls due %s since %s;"
				" start it: suco serve"), calls, since);
	}
	if (!engine.leads && engine.waiting > 0) {
		when_near(since, engine.since, desk_now(cli->desk), desk_zone(cli->desk));
		cli_note(cli, _("NO ENGINE: %lld messages wait since %s; `suco deliver --once`"
				" sends them"), (long long)engine.waiting, since);
	}
	return true;
}

bool
cli_no_verb(struct cli *cli, struct error *err)
{
	static const struct cli_option open_option = { "open", NULL, "" };
	static const struct cli_option sort_option = { "sort", "KEY", "" };

	if (!cli->json && ((isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
			|| cli_switch(cli, "plain"))) {
		return screens(cli, err);
	}
	cli->verb = verb_find("list");
	cli->given[cli->given_count].option = &open_option;
	cli->given[cli->given_count++].value = "";
	cli->given[cli->given_count].option = &sort_option;
	cli->given[cli->given_count++].value = "due";
	if (!cli_open_desk(cli, true, err) || !say_first(cli, err) || !verb_list(cli, err)) {
		return false;
	}
	if (!cli->json) {
		cli_say(cli, _("run `suco` in a terminal to open the screens;"
				" `suco help` lists the verbs"));
	}
	return true;
}
