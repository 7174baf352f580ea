/* subverb.c runs a row of a subverb table. */
#include "cli/subverb.h"

#include <string.h>

#include "core/i18n.h"

static bool
usage(const struct cli *cli, struct error *err)
{
	return error_set(err, ERR_USAGE, _("usage: suco %s %s"), cli->verb->name,
		cli->verb->usage);
}

static bool
fits(int words, int least, int most)
{
	return words >= least && (most < 0 || words <= most);
}

bool
run_case_subverb(struct cli *cli, const struct case_subverb *table,
	struct error *err)
{
	const char *name = cli_word(cli, 1);
	struct ir_case c = { 0 };
	bool ok;

	for (; table->name != NULL; table++) {
		if (name != NULL && strcmp(table->name, name) == 0) {
			if (!fits(cli->count - 2, table->least, table->most)) {
				return usage(cli, err);
			}
			ok = case_find(&c, cli->desk, cli_word(cli, 0), err) &&
				table->run(cli, &c, err);
			case_clear(&c);
			return ok;
		}
	}
	return usage(cli, err);
}

bool
run_subverb(struct cli *cli, const struct subverb *table, struct error *err)
{
	const char *name = cli_word(cli, 0);

	for (; table->name != NULL; table++) {
		if (name != NULL && strcmp(table->name, name) == 0) {
			return fits(cli->count - 1, table->least, table->most)
				? table->run(cli, err) : usage(cli, err);
		}
	}
	return usage(cli, err);
}
