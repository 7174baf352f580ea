/* help.c prints the verbs from their table, and the tables of rules: limits,
 * roles. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/role.h"
#include "core/text.h"

static void
all_verbs(struct cli *cli)
{
	cli_say(cli, _("usage: suco [--desk URL] [--lang vi|en] [--as LOGIN] VERB [WORDS] [OPTIONS]"));
	cli_say(cli, _("Without a verb suco opens the desk's screens.\n"));
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		cli_say(cli, "  %-12s %s", verb->name, _(verb->help));
	}
	cli_say(cli, _("\n`suco help VERB` shows its options; also: help limits, help roles."));
	cli_say(cli, _("Never type state secrets into suco."));
}

static void
one_option(struct cli *cli, const struct cli_option *option)
{
	char *words = option->value == NULL ? xasprintf("--%s", option->name)
		: xasprintf("--%s %s", option->name, option->value);

	cli_say(cli, "  %-22s %s", words, _(option->help));
	free(words);
}

static void
one_verb(struct cli *cli, const struct verb *verb)
{
	cli_say(cli, _("usage: suco %s %s"), verb->name, verb->usage);
	cli_say(cli, "\n%s\n", _(verb->help));
	for (const struct cli_option *o = verb->options; o != NULL && o->name != NULL; o++) {
		one_option(cli, o);
	}
	if ((verb->flags & VERB_CHANGES) != 0) {
		cli_say(cli, "  %-22s %s", "--if-version N",
			_("refuse where the field changed after version N"));
	}
	if ((verb->flags & VERB_INPUT) != 0) {
		cli_say(cli, "  %-22s %s", "--input FILE|-",
			_("a JSON object with the options as keys"));
	}
	cli_say(cli, "  %-22s %s", "--json", _("one JSON value on standard output"));
	if (verb->examples != NULL) {
		cli_say(cli, "\n%s", verb->examples);
	}
}

static void
limits(struct cli *cli)
{
	for (enum limit i = 0; i < LIMIT_COUNT; i++) {
		cli_say(cli, "  %-20s %10zu %-8s %s", limit_rows[i].name, limit_rows[i].value,
			limit_rows[i].unit, _(limit_rows[i].label));
	}
}

static void
roles(struct cli *cli)
{
	for (enum act act = 0; act < ACT_COUNT; act++) {
		char *role = text_column(role_label(act_rows[act].least), 14, true, false);

		cli_say(cli, "  %s %s", role, _(act_rows[act].label));
		free(role);
	}
}

bool
verb_help(struct cli *cli, struct error *err)
{
	static const struct {
		const char *topic;
		void (*print)(struct cli *cli);
	} topics[] = { { "limits", limits }, { "roles", roles } };
	const char *topic = cli_word(cli, 0);
	const struct verb *verb;

	if (topic == NULL) {
		all_verbs(cli);
		return true;
	}
	for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
		if (strcmp(topics[i].topic, topic) == 0) {
			topics[i].print(cli);
			return true;
		}
	}
	verb = verb_find(topic);
	if (verb == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no verb \"%.40s\"; see `suco help`"),
			topic);
	}
	one_verb(cli, verb);
	return true;
}
