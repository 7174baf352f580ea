/* verb_new.c: new opens a case. */
#include "cli/new_text.h"
#include "cli/verbs_of.h"
#include "core/back_by.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/tell.h"
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
open_back_by(struct cli *cli, const char *id, struct error *err)
{
	const struct back_by_given given = { .by = cli_option(cli, "must-be-back-by"),
		.reason = cli_option(cli, "must-be-back-reason") };
	struct ir_case c = { 0 };
	bool ok;

	if (given.by == NULL && given.reason == NULL) {
		return true;
	}
	ok = change_flush(cli->desk, err) && case_load(&c, cli->desk, id, err) &&
		back_by_set(cli->desk, &c, &given, err);
	case_clear(&c);
	return ok;
}

static bool
tell_roles(struct cli *cli, const char *id, struct error *err)
{
	const char *tell = cli_option(cli, "tell");
	char **roles = NULL;
	int count = 0;
	bool ok = tell == NULL ||
		(change_flush(cli->desk, err) && cli_split(tell, &roles, &count, err));

	for (int i = 0; ok && i < count; i++) {
		ok = tell_release(cli->desk, id, roles[i], err);
	}
	cli_free_list(roles, count);
	return ok;
}

static bool
open_new(struct cli *cli, const struct case_new *what, struct first_plan *first,
	char id[UUID_SIZE], struct error *err)
{
	bool ok;

	if (!change_begin(cli->desk, err)) {
		return false;
	}
	ok = case_open(cli->desk, what, id, err) &&
		open_back_by(cli, id, err) && cli_begin_fitting(cli, first, id, err) &&
		tell_roles(cli, id, err);
	return change_end(cli->desk, ok, err);
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
		.page = cli_switch(cli, "page"),
	};
	const char *severity = cli_option(cli, "severity");
	struct first_plan first = { 0 };
	int64_t decided = 0;
	char id[UUID_SIZE];
	bool ok;

	if (!cli_need(cli, "kind", err) || !cli_need(cli, "title", err)) {
		return false;
	}
	if (what.page && !what.drill) {
		return error_set(err, ERR_USAGE, _("--page is for a drill: it goes with --drill"));
	}
	if (severity != NULL && cli_option(cli, "reason") == NULL) {
		return error_set(err, ERR_USAGE, _("--severity is a decision: it needs --reason"));
	}
	if (severity != NULL && !cli_number("--severity", severity, 1, 4, &decided, err)) {
		return false;
	}
	what.severity = (int)decided;
	what.severity_reason = cli_option(cli, "reason");
	what.kind = cli_option(cli, "kind");
	what.title = cli_option(cli, "title");
	if (!past_option(cli, "detected", &what.detected_at, &what.detected_typed, err) ||
	    !past_option(cli, "occurred", &what.occurred_at, &what.occurred_typed, err)) {
		return false;
	}
	do {
		ok = open_new(cli, &what, &first, id, err);
	} while (first_plan_again(&first, ok));
	return ok && cli_opened(cli, &first, id, err);
}
