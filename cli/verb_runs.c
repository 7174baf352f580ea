/* verb_runs.c: run: the plans of a case as a whole: list, pause, resume, stop. */
#include <string.h>

#include "cli/cli.h"
#include "cli/steps_json.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/person.h"
#include "core/when.h"
#include "playbooks/player_steer.h"

static const char *
state_label(const struct case_run *run)
{
	static const struct { const char *state, *label; } labels[] = {
		{ "running", N_("under way") }, { "done", N_("finished") },
		{ "failed", N_("failed") }, { "aborted", N_("stopped") },
	};

	if (run->paused_at != 0) {
		return _("paused");
	}
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		if (strcmp(labels[i].state, run_state(run->run)) == 0) {
			return _(labels[i].label);
		}
	}
	return run_state(run->run);
}

/* "1  PA-MD  under way  6/28 steps, begun 02:10", and why it stands below. */
static void
say_run(struct cli *cli, const struct case_run *run)
{
	int64_t now = desk_now(cli->desk);
	char at[WHEN_SHORT_SIZE];
	int done, total;

	steps_count(run->run, &done, &total);
	when_near(at, run->started_at, now, desk_zone(cli->desk));
	cli_say(cli, _("%d  %s  %s  %d/%d steps, begun %s"), run->n,
		run->code[0] != '\0' ? run->code : run->name, state_label(run), done,
		total, at);
	if (run->paused_at != 0) {
		when_near(at, run->paused_at, now, desk_zone(cli->desk));
		cli_say(cli, _("   paused %s by %s: %s"), at,
			PERSON(cli->desk, run->paused_by), run->why);
	} else if (run->why[0] != '\0') {
		cli_say(cli, "   %s", run->why);
	}
}

bool
verb_run_list(struct cli *cli, struct error *err)
{
	struct case_runs runs;
	struct json *list;

	if (!case_runs_load(&runs, cli->desk, cli->c.id, err)) {
		return false;
	}
	list = json_array();
	runs_json(cli, &runs, list);
	for (int i = 0; i < runs.count && !cli->json && !cli->csv; i++) {
		say_run(cli, &runs.list[i]);
	}
	if (runs.count == 0 && !cli->json && !cli->csv) {
		cli_say(cli, _("no plan has begun on this case: `suco begin %s`"), cli->c.number);
	}
	case_runs_finish(&runs);
	cli_list(cli, list);
	return true;
}

static bool
change(struct cli *cli, enum run_change what, struct error *err)
{
	const char *word = cli_word(cli, 0);
	const char *reason = cli_option(cli, "reason");
	int64_t n = 0;

	return (word == NULL || cli_number(_("the run"), word, 1, 100000, &n, err))
		&& (what == RUN_RESUME || cli_need(cli, "reason", err))
		&& player_change(cli->desk, cli->c.id, (int)n, what, reason, err);
}

bool
verb_run_pause(struct cli *cli, struct error *err)
{
	return change(cli, RUN_PAUSE, err);
}

bool
verb_run_resume(struct cli *cli, struct error *err)
{
	return change(cli, RUN_RESUME, err);
}

bool
verb_run_stop(struct cli *cli, struct error *err)
{
	return change(cli, RUN_STOP, err);
}
