/* verb_runs.c: run: the plans of a case as a whole: list, pause, resume, stop,
 * vars. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/steps_json.h"
#include "cli/verbs_of.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/person.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/player_steer.h"
#include "playbooks/run_vars.h"

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

/* The run that is meant: by its number, else the only one. */
static const struct case_run *
run_of(struct cli *cli, const struct case_runs *runs, struct error *err)
{
	const char *word = cli_word(cli, 0);
	int64_t n = 0;

	if (word != NULL && !cli_number(_("the run"), word, 1, 100000, &n, err)) {
		return NULL;
	}
	for (int i = 0; i < runs->count; i++) {
		if (runs->list[i].n == n || (word == NULL && runs->count == 1)) {
			return &runs->list[i];
		}
	}
	if (word != NULL || runs->count == 0) {
		error_set(err, ERR_NOT_FOUND, runs->count == 0
			? _("no plan has begun on case %s") : _("case %s has no such run"),
			cli->c.number);
	} else {
		error_set(err, ERR_USAGE, _("case %s has %d runs: which?"), cli->c.number,
			runs->count);
	}
	(void)error_how(err, "suco run %s list", cli->c.number);
	return NULL;
}

/* "48 (23 Jul 02:14, minh, step 4 \"Read the batteries\")" */
static void
say_reading(struct cli *cli, const struct case_run *run, const struct run_reading *one,
	const char *label, struct buf *out)
{
	const struct step *step = one->instance == NULL ? NULL
		: playbook_step(run->playbook, one->instance->step);
	char at[WHEN_SHORT_SIZE];

	when_near(at, one->set_at, desk_now(cli->desk), desk_zone(cli->desk));
	buf_addf(out, "%s%s%s%s (%s, %s", one->unknown ? _("not known")
		: one->value != NULL ? one->value : "-", label != NULL ? " \"" : "",
		label != NULL ? label : "", label != NULL ? "\"" : "", at,
		PERSON(cli->desk, one->set_by));
	if (step != NULL) {
		buf_addf(out, _(", step %d \"%s\""), step->n, step->name);
	}
	buf_addc(out, ')');
}

static void
say_var(struct cli *cli, const struct case_run *run, const struct run_var *var)
{
	const struct run_reading *last = run_var_last(var);
	struct buf line = { 0 };
	char *clean;

	buf_addf(&line, "%s  %s  ", bare_name(var->name).text, var->type);
	if (last != NULL) {
		say_reading(cli, run, last, var->label, &line);
	} else if (var->value != NULL) {
		buf_addf(&line, _("%s (from the plan)"), var->value);
	} else {
		buf_adds(&line, _("not asked yet"));
	}
	clean = text_printable(buf_text(&line), line.len);
	cli_say(cli, "%s", clean);
	free(clean);
	buf_free(&line);
	if (var->question != NULL) {
		cli_say(cli, "    %s", var->question);
	}
	for (int i = 0; i < var->count - 1; i++) {
		buf_adds(&line, _("before: "));
		say_reading(cli, run, &var->readings[i], NULL, &line);
		cli_say(cli, "    %s", buf_text(&line));
		buf_free(&line);
	}
}

bool
verb_run_vars(struct cli *cli, struct error *err)
{
	const struct case_run *run;
	struct case_runs runs;
	struct run_vars vars;

	if (!case_runs_load(&runs, cli->desk, cli->c.id, err)) {
		return false;
	}
	run = run_of(cli, &runs, err);
	if (run != NULL && (cli->json || cli->csv)) {
		cli_list(cli, run_vars_json(run->run, desk_zone(cli->desk)));
	} else if (run != NULL) {
		run_vars_of(&vars, run->run);
		for (int i = 0; i < vars.count; i++) {
			say_var(cli, run, &vars.list[i]);
		}
		if (vars.count == 0) {
			cli_say(cli, "%s", _("the plan has no variables"));
		}
		run_vars_finish(&vars);
	}
	case_runs_finish(&runs);
	return run != NULL;
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
