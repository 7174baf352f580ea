/* no_verb.c: `suco` alone.  Without a terminal, the open cases and how to open
 * the screens. */
#include "cli/no_verb.h"

#include <unistd.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

bool
cli_no_verb(struct cli *cli, struct error *err)
{
	static const struct cli_option open_option = { "open", NULL, "" };
	static const struct cli_option sort_option = { "sort", "KEY", "" };

	cli->verb = verb_find("list");
	cli->given[cli->given_count].option = &open_option;
	cli->given[cli->given_count++].value = "";
	cli->given[cli->given_count].option = &sort_option;
	cli->given[cli->given_count++].value = "due";
	if (!cli_open_desk(cli, true, err) || !verb_list(cli, err)) {
		return false;
	}
	if (!cli->json) {
		cli_say(cli, _("run `suco` in a terminal to open the screens;"
				" `suco help` lists the verbs"));
	}
	return true;
}
