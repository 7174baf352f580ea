/* verb_act.c: the acts on one case: ack, status, close, reopen, assign, severity,
 * set, note. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/case.h"
#include "core/case_set.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "core/status.h"
#include "core/when.h"

/* Finds the case, acts, prints it. */
typedef bool act_fn(struct cli *cli, const struct ir_case *c, struct error *err);

static bool
on_case(struct cli *cli, act_fn *act, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_find(&c, cli->desk, cli_word(cli, 0), err) && act(cli, &c, err) &&
		cli_case_result(cli, c.id, err);

	case_clear(&c);
	return ok;
}

static bool
act_status(struct cli *cli, const struct ir_case *c, struct error *err)
{
	return status_set(cli->desk, c->id, &(struct status_change){
		.to = cli_word(cli, 1), .reason = cli_option(cli, "reason"),
		.verb = "status" }, err);
}

static bool
act_ack(struct cli *cli, const struct ir_case *c, struct error *err)
{
	return status_set(cli->desk, c->id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, err);
}

static bool
act_close(struct cli *cli, const struct ir_case *c, struct error *err)
{
	return status_set(cli->desk, c->id, &(struct status_change){
		.to = "closed", .verb = "close", .cause = cli_option(cli, "cause"),
		.result = cli_option(cli, "result"), .lessons = cli_option(cli, "lessons") },
		err);
}

static bool
act_reopen(struct cli *cli, const struct ir_case *c, struct error *err)
{
	return status_set(cli->desk, c->id, &(struct status_change){
		.to = "responding", .verb = "reopen", .reason = cli_option(cli, "reason") },
		err);
}

static bool
act_assign(struct cli *cli, const struct ir_case *c, struct error *err)
{
	return case_assign(cli->desk, c->id, cli_word(cli, 1), err);
}

static bool
act_severity(struct cli *cli, const struct ir_case *c, struct error *err)
{
	int64_t severity;

	if (cli_option(cli, "reason") == NULL) {
		return error_set(err, ERR_USAGE, _("a severity is a decision: it needs --reason"));
	}
	return cli_number(_("severity"), cli_word(cli, 1), 1, 4, &severity, err) &&
		severity_decide(cli->desk, c->id, (int)severity, cli_option(cli, "reason"), err);
}

static bool
act_set(struct cli *cli, const struct ir_case *c, struct error *err)
{
	const struct json *input = cli->input;
	const char **assignments;
	char **made;
	int count = cli->count - 1;
	int made_count = 0;
	bool ok;

	assignments = xcalloc((size_t)(count + json_count(input)) + 1, sizeof *assignments);
	made = xcalloc((size_t)json_count(input) + 1, sizeof *made);
	for (int i = 0; i < count; i++) {
		assignments[i] = cli_word(cli, i + 1);
	}
	for (const struct json *row = json_first(input); row != NULL; row = json_next(row)) {
		made[made_count] = xasprintf("%s=%s", json_key(row), json_text(row, ""));
		assignments[count++] = made[made_count++];
	}
	ok = count > 0 || error_set(err, ERR_USAGE, _("usage: suco %s %s"), cli->verb->name,
		cli->verb->usage);
	ok = ok && case_set(cli->desk, c->id, assignments, count, err);
	cli_free_list(made, made_count);
	free(assignments);
	return ok;
}

static bool
act_note(struct cli *cli, const struct ir_case *c, struct error *err)
{
	const char *given = cli_word(cli, 1) == NULL ? cli_option(cli, "text")
		: cli_word(cli, 1);
	struct note_new what = { .typed = cli_option(cli, "at") };
	char *text = NULL;
	bool ok;

	if (given == NULL) {
		return error_set(err, ERR_USAGE, _("usage: suco %s %s"), cli->verb->name,
			cli->verb->usage);
	}
	if (what.typed != NULL && !when_parse(&what.at, what.typed, WHEN_PAST,
		    desk_now(cli->desk), desk_zone(cli->desk), err)) {
		return false;
	}
	ok = cli_text(given, &text, err);
	what.text = text;
	ok = ok && note_add(cli->desk, c->id, &what, err);
	free(text);
	return ok;
}

#define VERB(name) \
	bool verb_##name(struct cli *cli, struct error *err) \
	{ \
		return on_case(cli, act_##name, err); \
	}

VERB(ack)
VERB(assign)
VERB(close)
VERB(note)
VERB(reopen)
VERB(set)
VERB(severity)
VERB(status)
