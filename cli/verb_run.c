/* verb_run.c: begin, step, steps: a plan played on a case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/steps_json.h"
#include "cli/steps_text.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "playbooks/player_steer.h"
#include "playbooks/status_offer.h"

static bool
number_of_run(const char *text, int *n, struct error *err)
{
	int64_t number;

	if (!cli_number(_("the run"), text, 1, 100000, &number, err)) {
		return false;
	}
	*n = (int)number;
	return true;
}

/* NAME=VALUE of each --set. */
static bool
read_values(struct cli *cli, struct json **out, struct error *err)
{
	struct json *values = json_object();

	for (int i = 0; cli_option_n(cli, "set", i) != NULL; i++) {
		const char *given = cli_option_n(cli, "set", i);
		const char *equals = strchr(given, '=');
		char *name;

		if (equals == NULL || equals == given) {
			json_free(values);
			return error_set(err, ERR_USAGE, _("--set wants NAME=VALUE, not \"%.80s\""),
				given);
		}
		name = xstrndup(given, (size_t)(equals - given));
		json_set_text(values, name, equals + 1);
		free(name);
	}
	*out = values;
	return true;
}

bool
verb_begin(struct cli *cli, struct error *err)
{
	const char *stop = cli_option(cli, "stop");
	struct begin_act act = { .spec = cli_word(cli, 0),
		.reason = cli_option(cli, "reason") };
	struct json *values = NULL;
	bool ok;
	int n;

	if (stop != NULL) {
		return number_of_run(stop, &n, err) && cli_need(cli, "reason", err) &&
			player_change(cli->desk, cli->c.id, n, RUN_STOP,
				cli_option(cli, "reason"), err) &&
			cli_case_result(cli, cli->c.id, err);
	}
	ok = read_values(cli, &values, err);
	act.values = values;
	ok = ok && player_begin_with(cli->desk, cli->c.id, &act, &n, err);
	json_free(values);
	return ok && cli_case_result(cli, cli->c.id, err) &&
		(cli->json || say_open_steps(cli, cli->c.id, err));
}

static const struct {
	const char *word;
	enum run_action action;
} actions[] = {
	{ "start", RUN_START }, { "done", RUN_DONE }, { "failed", RUN_FAILED },
	{ "skip", RUN_SKIP }, { "assign", RUN_ASSIGN },
};

/* What the plan would have the case become, last: a person sets it. */
static bool
say_offer(struct cli *cli, struct error *err)
{
	struct status_offer offer = { 0 };
	struct ir_case c = { 0 };
	bool ok = case_load(&c, cli->desk, cli->c.id, err) &&
		status_offer_load(&offer, cli->desk, &c, err);

	if (ok && offer.to[0] != '\0') {
		char *text = status_offer_text(&offer);

		cli_say(cli, "%s", text);
		free(text);
	}
	case_clear(&c);
	return ok;
}

/* More time, or back to a step that has ended. */
static bool
steer(struct cli *cli, const char *word, struct error *err)
{
	const char *step = cli_word(cli, 0), *note = cli_option(cli, "note");
	const char *given = cli_option(cli, "minutes");
	int64_t minutes = 0;
	bool ok;

	if (cli_word_count(cli) > 2) {
		return cli_usage(cli, err);
	}
	if (strcmp(word, "back") == 0) {
		ok = cli_need(cli, "note", err) &&
			player_back(cli->desk, cli->c.id, step, note, err);
	} else {
		ok = cli_need(cli, "minutes", err) &&
			cli_number(_("minutes"), given, 1, EXTEND_MOST_MINUTES, &minutes, err) &&
			player_extend(cli->desk, cli->c.id, step, minutes, note, err);
	}
	return ok && cli_case_result(cli, cli->c.id, err) &&
		(cli->json || say_open_steps(cli, cli->c.id, err));
}

bool
verb_step(struct cli *cli, struct error *err)
{
	const char *word = cli_word(cli, 1);
	struct step_act act = { .note = cli_option(cli, "note"),
		.assignee = cli_word(cli, 2) };
	struct json *values = NULL;
	bool known = false;
	bool ok;

	if (strcmp(word, "extend") == 0 || strcmp(word, "back") == 0) {
		return steer(cli, word, err);
	}
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
		if (strcmp(actions[i].word, word) == 0) {
			act.action = actions[i].action;
			known = true;
		}
	}
	if (!known || (act.assignee != NULL) != (act.action == RUN_ASSIGN)) {
		return cli_usage(cli, err);
	}
	act.typed = cli_option(cli, "at");
	if ((act.typed != NULL && !when_parse(&act.at, act.typed, WHEN_PAST,
		    desk_now(cli->desk), desk_zone(cli->desk), err)) ||
	    !read_values(cli, &values, err)) {
		return false;
	}
	act.values = values;
	ok = player_step(cli->desk, cli->c.id, cli_word(cli, 0), &act, err);
	json_free(values);
	return ok && cli_case_result(cli, cli->c.id, err) &&
		(cli->json || (say_open_steps(cli, cli->c.id, err) && say_offer(cli, err)));
}

bool
verb_steps(struct cli *cli, struct error *err)
{
	struct case_runs runs;
	struct json *list;

	if (!case_runs_load(&runs, cli->desk, cli->c.id, err)) {
		return false;
	}
	list = json_array();
	for (int i = 0; i < runs.count; i++) {
		if (cli->json || cli->csv) {
			steps_json(cli, &runs.list[i], list);
		} else {
			say_steps(cli, &runs.list[i]);
		}
	}
	if (runs.count == 0 && !cli->json && !cli->csv) {
		cli_say(cli, _("no plan has begun on this case: `suco begin %s`"), cli->c.number);
	}
	case_runs_finish(&runs);
	cli_list(cli, list);
	return cli->json || cli->csv || say_offer(cli, err);
}
