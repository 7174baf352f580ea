/* verb_new.c: new opens a case. */
#include "cli/verbs_of.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/when.h"

static bool
past_option(struct cli *cli, const char *name, int64_t *at, const char **typed,
	struct error *err)
{
	*typed = cli_option(cli, name);
	return *typed == NULL || when_parse(at, *typed, WHEN_PAST, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

static bool
open_decided(struct cli *cli, const char *id, struct error *err)
{
	const char *severity = cli_option(cli, "severity");
	int64_t number;

	if (severity == NULL) {
		return true;
	}
	return cli_number("--severity", severity, 1, 4, &number, err) &&
		severity_decide(cli->desk, id, (int)number, cli_option(cli, "reason"), err);
}

bool
verb_new(struct cli *cli, struct error *err)
{
	struct case_new what = {
		.asset = cli_option(cli, "asset"),
		.category = cli_option(cli, "category"),
		.reporter = cli_option(cli, "from"),
		.owner = cli_option(cli, "owner"),
		.drill = cli_switch(cli, "drill"),
	};
	char id[UUID_SIZE];
	bool ok;

	if (!cli_need(cli, "kind", err) || !cli_need(cli, "title", err)) {
		return false;
	}
	if (cli_option(cli, "severity") != NULL && cli_option(cli, "reason") == NULL) {
		return error_set(err, ERR_USAGE, _("--severity is a decision: it needs --reason"));
	}
	what.kind = cli_option(cli, "kind");
	what.title = cli_option(cli, "title");
	if (!past_option(cli, "detected", &what.detected_at, &what.detected_typed, err) ||
	    !past_option(cli, "occurred", &what.occurred_at, &what.occurred_typed, err) ||
	    !change_begin(cli->desk, err)) {
		return false;
	}
	ok = case_open(cli->desk, &what, id, err) && open_decided(cli, id, err);
	return change_end(cli->desk, ok, err) && cli_case_result(cli, id, err);
}
