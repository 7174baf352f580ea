/* verb_wish.c: wish: how a member wants to be reached. */
#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/wish.h"

bool
verb_wish_list(struct cli *cli, struct error *err)
{
	const char *login = cli_word(cli, 0);
	struct json *list = NULL;

	if (!wish_list(cli->desk, login == NULL ? desk_me(cli->desk)->login : login, &list,
		    err)) {
		return false;
	}
	for (const struct json *o = json_first(list); o != NULL && !cli->json && !cli->csv;
	     o = json_next(o)) {
		const char *value = json_get_text(o, "value");
		const char *otherwise = json_get_text(o, "default");

		cli_say(cli, "%-12s %-24s %s", json_get_text(o, "name"),
			value != NULL ? value : otherwise != NULL ? otherwise : "-",
			json_get_text(o, "label"));
	}
	return cli_listed(cli, list, true, _("no wishes"));
}

bool
verb_wish_set(struct cli *cli, struct error *err)
{
	const char *login = cli_word(cli, 2);
	struct json *o;

	if (!wish_set(cli->desk, login == NULL ? desk_me(cli->desk)->login : login,
		    cli_word(cli, 0), cli_word(cli, 1), err)) {
		return false;
	}
	if (!cli->json) {
		cli_say(cli, "%s  %s", cli_word(cli, 0), cli_word(cli, 1)[0] == '\0'
			? _("not set any more") : cli_word(cli, 1));
	}
	o = json_object();
	json_set_text(o, "name", cli_word(cli, 0));
	json_set_text(o, "value", cli_word(cli, 1)[0] == '\0' ? NULL : cli_word(cli, 1));
	cli_result(cli, o);
	return true;
}
