/* verb_act.c: the acts on one case: ack, decline, pass, status, close, reopen,
 * assign, severity, set, note. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/all_clear.h"
#include "core/answer.h"
#include "core/case.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/escalate_now.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "core/status.h"
#include "core/when.h"
#include "core/why.h"

bool
verb_status(struct cli *cli, struct error *err)
{
	return status_set(cli->desk, cli->c.id, &(struct status_change){
		.to = cli_word(cli, 0), .reason = cli_option(cli, "reason"),
		.verb = "status" }, err);
}

static bool
answer(struct cli *cli, enum answer_what what, const char *to, struct error *err)
{
	struct answer_done done;
	struct buf said = { 0 };

	if (!answer_case(cli->desk, cli->c.id, &(struct answer){ .what = what, .to = to,
		.channel = "cli", .note = what == ANSWER_ACK ? NULL : cli_option(cli, "note") },
		&done, err)) {
		return false;
	}
	answer_say(&said, &done, i18n_language(), desk_zone(cli->desk), desk_now(cli->desk));
	cli_note(cli, "%s", buf_text(&said));
	buf_free(&said);
	return true;
}

bool
verb_ack(struct cli *cli, struct error *err)
{
	return answer(cli, ANSWER_ACK, NULL, err);
}

bool
verb_decline(struct cli *cli, struct error *err)
{
	return answer(cli, ANSWER_DECLINE, NULL, err);
}

bool
verb_pass(struct cli *cli, struct error *err)
{
	return answer(cli, ANSWER_PASS, cli_word(cli, 0), err);
}

bool
verb_escalate(struct cli *cli, struct error *err)
{
	struct call_now what = { .reason = cli_option(cli, "reason") };
	const char *n = cli_option(cli, "call");
	struct json *called = NULL;
	int64_t number = 0;

	if (n != NULL && !cli_number("--call", n, 1, INT32_MAX, &number, err)) {
		return false;
	}
	what.n = (int)number;
	if (!escalate_now(cli->desk, cli->c.id, &what, &called, err)) {
		return false;
	}
	for (const struct json *one = json_first(called); one != NULL; one = json_next(one)) {
		cli_note(cli, _("called now: %s (%s)"), json_text_of(one, "name"),
			why_who(json_text_of(one, "who")));
	}
	if (json_count(called) == 0) {
		cli_warn(cli, "%s", _("nobody is there to call; the coordinators are told"));
	}
	json_free(called);
	return true;
}

bool
verb_close(struct cli *cli, struct error *err)
{
	bool left = false;
	int count = 0;

	if (!status_set(cli->desk, cli->c.id, &(struct status_change){
		    .to = "closed", .verb = "close", .cause = cli_option(cli, "cause"),
		    .result = cli_option(cli, "result"),
		    .lessons = cli_option(cli, "lessons") }, err)) {
		return false;
	}
	(void)change_appended(cli->desk, &count);
	if (count > 0 && !all_clear_left(cli->desk, cli->c.id, &left, err)) {
		return false;
	}
	if (left) {
		cli_warn(cli, _("%s is closed and somebody was not told that it is over:"
				" suco over %s"), cli->c.number, cli->c.number);
	}
	return true;
}

bool
verb_reopen(struct cli *cli, struct error *err)
{
	return status_set(cli->desk, cli->c.id, &(struct status_change){
		.to = "responding", .verb = "reopen", .reason = cli_option(cli, "reason") },
		err);
}

bool
verb_assign(struct cli *cli, struct error *err)
{
	return case_assign(cli->desk, cli->c.id, cli_word(cli, 0), err);
}

bool
verb_severity(struct cli *cli, struct error *err)
{
	int64_t severity;

	if (cli_option(cli, "reason") == NULL) {
		return error_set(err, ERR_USAGE, _("a severity is a decision: it needs --reason"));
	}
	return cli_number(_("severity"), cli_word(cli, 0), 1, 4, &severity, err) &&
		severity_decide(cli->desk, cli->c.id, (int)severity,
			cli_option(cli, "reason"), err) &&
		(severity <= case_severity(&cli->c) ||
			cli_warn_not_called(cli, cli->c.id, err));
}

/* FIELD=VALUE as words, and what --input gave, in the order of the fields. */
bool
verb_set(struct cli *cli, struct error *err)
{
	int words = cli_word_count(cli);
	const char **assignments;
	char **made;
	int count = 0;
	bool ok;

	assignments = xcalloc((size_t)(words + cli->given_count) + 1, sizeof *assignments);
	made = xcalloc((size_t)cli->given_count + 1, sizeof *made);
	for (int i = 0; i < cli->given_count; i++) {
		if (strcmp(cli->given[i].option->name, "input") != 0) {
			made[count] = xasprintf("%s=%s", cli->given[i].option->name,
				cli->given[i].value);
			assignments[count] = made[count];
			count++;
		}
	}
	for (int i = 0; i < words; i++) {
		assignments[count + i] = cli_word(cli, i);
	}
	ok = count + words > 0 || cli_usage(cli, err);
	ok = ok && case_set(cli->desk, cli->c.id, assignments, count + words, err);
	cli_free_list(made, count);
	free(assignments);
	return ok;
}

bool
verb_note(struct cli *cli, struct error *err)
{
	const char *given = cli_word(cli, 0) == NULL ? cli_option(cli, "text")
		: cli_word(cli, 0);
	struct note_new what = { .typed = cli_option(cli, "at") };
	char *text = NULL;
	bool ok;

	if (given == NULL) {
		return cli_usage(cli, err);
	}
	if (what.typed != NULL && !when_parse(&what.at, what.typed, WHEN_PAST,
		    desk_now(cli->desk), desk_zone(cli->desk), err)) {
		return false;
	}
	ok = cli_text(given, &text, err);
	what.text = text;
	ok = ok && note_add(cli->desk, cli->c.id, &what, err);
	free(text);
	if (ok && cli->c.merged_into[0] != '\0') {
		cli_warn(cli, _("%s is merged: the note stands in the case it was merged into"),
			cli->c.number);
	}
	return ok;
}
