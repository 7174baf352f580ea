/* steps_text.c prints the steps of runs for people. */
#include "cli/steps_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/member_names.h"
#include "core/i18n.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/check.h"
#include "playbooks/series.h"
#include "playbooks/step_text.h"
#include "playbooks/told.h"

static bool
is_open(const struct step_line *line)
{
	return line->instance != NULL && (line->undecided || line->instance->ended_at == 0) &&
		strcmp(line->state, "waiting") != 0;
}

/* What a caller said of it already: to be given, not given. */
static void
say_told(struct cli *cli, const struct told *told, const struct case_run *run,
	const struct step_line *at, const char *name)
{
	const char *number = NULL;
	const char *text = told_answer(&number, told, run->run, at->instance, name);

	if (text != NULL) {
		cli_say(cli, _("           report %s says: %s"), number, text);
	}
}

/* Work on the system in the last day, a line each. */
static void
say_known(struct cli *cli, const char *known)
{
	while (known != NULL && known[0] != '\0') {
		int len = (int)strcspn(known, "\n");

		cli_say(cli, _("           known here: %.*s"), len, known);
		known += len + (known[len] != '\0' ? 1 : 0);
	}
}

static void
say_asks(struct cli *cli, const struct case_run *run, const struct step_line *at)
{
	const struct step *step = at->step;
	struct told told = { 0 };
	struct error ignored;

	/* A desk that fails now says it at the next read. */
	(void)(step->ask_count == 0 || told_load(&told, cli->desk, cli->c.id, &ignored));
	for (int i = 0; i < step->ask_count; i++) {
		struct variable own;
		const struct variable *v = step_variable(&own, step, step->asks[i]) ? &own
			: playbook_find_variable(run->playbook, step->asks[i]);
		const char *question = v == NULL ? NULL : json_get_text(v->ext, "question");
		const struct json *choices = v == NULL ? NULL : json_get(v->ext, "choices");
		struct buf line = { 0 };

		for (const struct json *c = json_first(choices); c != NULL; c = json_next(c)) {
			const char *label = json_get_text(c, "label");

			buf_addf(&line, "%s%s%s%s", line.len == 0 ? " (" : " | ",
				json_text(json_get(c, "value"), "?"), label == NULL ? "" : " ",
				label == NULL ? "" : label);
		}
		cli_say(cli, "       ? --set %s=...  %s%s%s",
			bare_name(step->asks[i]).text, question == NULL ? "" : question,
			buf_text(&line), line.len == 0 ? "" : ")");
		buf_free(&line);
		say_known(cli, told_known(&told, v));
		say_told(cli, &told, run, at, step->asks[i]);
	}
	told_clear(&told);
}

/* Lines of a text, each under the step's name. */
static void
say_under(struct cli *cli, const char *label, const char *text)
{
	while (text != NULL && *text != '\0') {
		size_t len = strcspn(text, "\n");

		cli_say(cli, "       %s%.*s", label, (int)len, text);
		label = "";
		text += len + (text[len] == '\n');
	}
}

/* What to do, why, what it costs, what proof is wanted, who. */
static void
say_words(struct cli *cli, const struct case_run *run, const struct step_line *line)
{
	const struct json *ext = line->step->ext;
	char *how = step_how(run->playbook, run->run, line->instance, line->step);
	char *beside = step_beside(run->playbook, run->run, line->instance, line->step);

	char *readings = step_series(run->run, line->step, desk_zone(cli->desk));

	say_under(cli, "", how);
	say_under(cli, "", readings);
	free(readings);
	say_under(cli, _("why: "), json_get_text(ext, "why"));
	say_under(cli, _("cost: "), json_get_text(ext, "cost"));
	say_under(cli, _("proof: "), json_get_text(ext, "proof"));
	if (line->step->lead != NULL) {
		say_under(cli, _("lead: "), playbook_agent_name(run->playbook, line->step->lead));
	}
	for (const struct json *one = json_first(json_get(ext, "support")); one != NULL;
	     one = json_next(one)) {
		say_under(cli, _("with: "), playbook_agent_name(run->playbook,
				json_text(one, "")));
	}
	say_under(cli, "", beside);
	free(how);
	free(beside);
}

/* How far its list is; a desk that fails now says it at the next read. */
static void
say_ticks(struct cli *cli, const struct case_run *run, const struct step_line *line)
{
	const struct check_step step = check_step_of(cli->c.id, run, line->instance);
	struct error ignored;
	int ticked;
	int total;

	if (step.spec != NULL &&
	    check_list_count(&ticked, &total, cli->desk, &step, &ignored)) {
		cli_say(cli, _("       %d of %d ticked: suco point %s list --step %d"), ticked,
			total, cli->c.number, line->step->n);
	}
}

static void
say_line(struct cli *cli, const struct case_run *run, const struct step_line *line)
{
	char *state = text_column(line->passed_by ? _("passed by")
		: word_label(WORDS_STEP_STATE, line->state), 14, true, false);
	char *login = line->instance == NULL ? NULL
		: member_login_of(cli->desk, line->instance->assignee);
	char due[32];
	char *when;
	char n[12];

	when_due(due, is_open(line) && line->instance->due_at != RUN_NO_DUE
		? line->instance->due_at : NO_DUE, desk_now(cli->desk), i18n_language());
	when = text_column(due, 9, true, false);
	(void)snprintf(n, sizeof n, "%d", line->step->n);
	cli_say(cli, "%4s%s %s %s %s%s%s%s", line->step->n == 0 ? "" : n,
		line->step->mandatory ? "!" : " ", state, when, line->step->name,
		login == NULL ? "" : "  (", login == NULL ? "" : login, login == NULL ? "" : ")");
	if (line->round > 1) {
		cli_say(cli, _("       round %d"), line->round);
	}
	if (line->undecided) {
		say_under(cli, "", line->instance->note);
		cli_say(cli, "       %s", _("it has failed: begin it again, or say that it does"
			" not apply"));
	}
	if (is_open(line)) {
		say_ticks(cli, run, line);
		say_words(cli, run, line);
		say_asks(cli, run, line);
	}
	free(login);
	free(when);
	free(state);
}

static void
say_run(struct cli *cli, const struct case_run *run)
{
	int done, total;
	char *said;

	steps_count(run->run, &done, &total);
	said = steps_said(run->paused_at != 0 ? "paused" : run_state(run->run), done, total);
	if (run_is_open(run->run) && run->paused_at == 0) {
		cli_say(cli, _("plan %d  %s %s  %d of %d steps"), run->n, run->code, run->name,
			done, total);
	} else {
		cli_say(cli, _("plan %d  %s %s  %s"), run->n, run->code, run->name, said);
	}
	free(said);
}

static void
say_lines(struct cli *cli, const struct case_run *run, bool only_open)
{
	int count;
	struct step_line *lines = steps_of(run->playbook, run->run, desk_now(cli->desk), &count);

	for (int i = 0; i < count; i++) {
		if (!only_open || is_open(&lines[i])) {
			say_line(cli, run, &lines[i]);
		}
	}
	free(lines);
}

void
say_steps(struct cli *cli, const struct case_run *run)
{
	say_run(cli, run);
	say_lines(cli, run, false);
}

bool
say_open_steps(struct cli *cli, const char *case_id, struct error *err)
{
	struct case_runs runs;

	if (!case_runs_load(&runs, cli->desk, case_id, err)) {
		return false;
	}
	for (int i = 0; i < runs.count; i++) {
		if (run_is_open(runs.list[i].run)) {
			say_run(cli, &runs.list[i]);
			say_lines(cli, &runs.list[i], true);
		}
	}
	case_runs_finish(&runs);
	return true;
}
