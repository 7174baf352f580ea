/* verb_add.c: evidence, observable, task: what is added to a case. */
#include <stdlib.h>
#include <string.h>

#include "cli/case_json.h"
#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/case.h"
#include "core/evidence_item.h"
#include "core/i18n.h"
#include "core/observable.h"
#include "core/task.h"
#include "core/when.h"

bool
verb_evidence_add(struct cli *cli, struct error *err)
{
	bool stored;
	int n;

	if (!evidence_add(cli->desk, cli->c.id, cli_word(cli, 0), cli_option(cli, "note"), &n,
		    &stored, err)) {
		return false;
	}
	if (!cli->json) {
		cli_say(cli, stored ? _("evidence %d kept in the desk")
			: _("evidence %d is too large for the desk: hash, size and place"
			    " are recorded; keep the file where it is"), n);
		return true;
	}
	return cli_case_result(cli, cli->c.id, err);
}

bool
verb_evidence_item(struct cli *cli, struct error *err)
{
	const struct item_new what = { .name = cli_word(cli, 0),
		.label = cli_option(cli, "label"), .place = cli_option(cli, "place"),
		.taken_by = cli_option(cli, "by"), .note = cli_option(cli, "note") };
	int n;

	if (!cli_need(cli, "place", err) ||
	    !evidence_add_item(cli->desk, cli->c.id, &what, &n, err)) {
		return false;
	}
	if (!cli->json) {
		cli_say(cli, _("evidence %d is on record, without a file"), n);
		return true;
	}
	return cli_case_result(cli, cli->c.id, err);
}

static bool
print_evidence(const struct evidence *e, void *arg)
{
	if (evidence_is_item(e->kept)) {
		struct buf words = { 0 };

		item_words(&words, e->place, e->note);
		cli_say(arg, "%3d  %-32s %s", e->n, e->name, buf_text(&words));
		buf_free(&words);
		return true;
	}
	cli_say(arg, "%3d  %-32s %12lld  %s  %s", e->n, e->name, (long long)e->bytes, e->hash,
		e->dropped ? _("removed by a redaction") : e->kept);
	return true;
}

bool
verb_evidence_list(struct cli *cli, struct error *err)
{
	if (cli->json) {
		return case_list_json(cli, cli->c.id, "evidence", err);
	}
	return evidence_each(cli->desk, cli->c.id, print_evidence, cli, err);
}

bool
verb_evidence_get(struct cli *cli, struct error *err)
{
	const char *to = cli_option(cli, "output");

	if (to == NULL) {
		return error_set(err, ERR_USAGE, _("evidence get needs -o FILE"));
	}
	if (!evidence_get(cli->desk, cli->c.id, cli_word(cli, 0), to, err)) {
		return false;
	}
	if (!cli->json) {
		cli_say(cli, _("written to %s, hash checked; the custody entry is in the timeline"),
			to);
		return true;
	}
	return cli_case_result(cli, cli->c.id, err);
}

bool
verb_observable(struct cli *cli, struct error *err)
{
	int n;

	return observable_add(cli->desk, cli->c.id, cli_word(cli, 0), cli_word(cli, 1),
		cli_option(cli, "tlp"), cli_option(cli, "note"), &n, err);
}

static bool
due_word(struct cli *cli, const char *typed, int64_t *at, struct error *err)
{
	if (typed == NULL || strcmp(typed, "none") == 0) {
		*at = NO_DUE;
		return true;
	}
	return when_parse(at, typed, WHEN_DUE, desk_now(cli->desk), desk_zone(cli->desk),
		err);
}

bool
verb_task_add(struct cli *cli, struct error *err)
{
	struct task_new what = {
		.title = cli_word(cli, 0), .assignee = cli_option(cli, "to"),
		.typed = cli_option(cli, "due"),
	};
	int n;

	return due_word(cli, what.typed, &what.due_at, err) &&
		task_add(cli->desk, cli->c.id, &what, &n, err);
}

static bool
task_number(struct cli *cli, int *n, struct error *err)
{
	int64_t number;

	if (!cli_number(_("task"), cli_word(cli, 0), 1, INT32_MAX, &number, err)) {
		return false;
	}
	*n = (int)number;
	return true;
}

bool
verb_task_done(struct cli *cli, struct error *err)
{
	int n;

	return task_number(cli, &n, err) &&
		task_done(cli->desk, cli->c.id, n, cli_option(cli, "note"), err);
}

bool
verb_task_assign(struct cli *cli, struct error *err)
{
	int n;

	return task_number(cli, &n, err) &&
		task_assign(cli->desk, cli->c.id, n, cli_word(cli, 1), err);
}

bool
verb_task_due(struct cli *cli, struct error *err)
{
	int64_t at;
	int n;

	return task_number(cli, &n, err) && due_word(cli, cli_word(cli, 1), &at, err) &&
		task_due(cli->desk, cli->c.id, n, at, cli_word(cli, 1), err);
}

static bool
print_task(const struct task *task, void *arg)
{
	struct cli *cli = arg;
	char due[32];

	when_due(due, strcmp(task->state, "open") == 0 ? task->due_at : NO_DUE,
		desk_now(cli->desk), i18n_language());
	cli_say(cli, "%3d  %-6s %-14s %s  %s", task->n, task->state, due, task->title,
		task->assignee);
	return true;
}

bool
verb_task_list(struct cli *cli, struct error *err)
{
	if (cli->json) {
		return case_list_json(cli, cli->c.id, "tasks", err);
	}
	return task_each(cli->desk, cli->c.id, print_task, cli, err);
}
