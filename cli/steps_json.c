/* steps_json.c prints runs and their steps for scripts. */
#include "cli/steps_json.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json_out.h"
#include "cli/member_names.h"
#include "playbooks/steps_json.h"

void
runs_json(struct cli *cli, const struct case_runs *runs, struct json *into)
{
	for (int i = 0; i < runs->count; i++) {
		const struct case_run *run = &runs->list[i];
		struct json *o = json_object();
		int done, total;

		steps_count(run->run, &done, &total);
		json_set_int(o, "n", run->n);
		json_set_text(o, "id", run->id);
		json_set_or_null(o, "code", run->code);
		json_set_text(o, "name", run->name);
		json_set_text(o, "state", run_state(run->run));
		json_set_int(o, "steps_done", done);
		json_set_int(o, "steps_total", total);
		json_set_time(cli, o, "started_at", run->started_at);
		json_set_time(cli, o, "ended_at", run->ended_at);
		json_set_time(cli, o, "paused_at", run->paused_at);
		json_set_or_null(o, "paused_by", run->paused_by);
		json_set_or_null(o, "why", run->why);
		json_set_or_null(o, "signed_by", run->signed_by);
		json_push(into, o);
	}
}

static void
set_instance(struct cli *cli, struct json *o, const struct step_line *line)
{
	const struct instance *i = line->instance;
	char *login = i == NULL ? NULL : member_login_of(cli->desk, i->assignee);

	json_set_text(o, "instance", i == NULL ? NULL : i->id);
	json_set_or_null(o, "assignee", login);
	json_set_time(cli, o, "opened_at", i == NULL ? 0 : i->opened_at);
	json_set_time(cli, o, "due_at", i == NULL ? 0 : i->due_at);
	json_set_time(cli, o, "ended_at", i == NULL ? 0 : i->ended_at);
	json_set_or_null(o, "ended_by", i == NULL ? NULL : i->ended_by);
	json_set_or_null(o, "note", i == NULL ? NULL : i->note);
	free(login);
}

void
steps_json(struct cli *cli, const struct case_run *run, struct json *into)
{
	struct error err = ERROR_INIT;

	/* What the run's rows say was read already; a desk that fails now gives
	 * the lines up to there. */
	(void)run_steps_json(into, cli->desk, run, &err);
}

/* The state of a task in the words of a task: open, done or dropped. */
static const char *
task_state(const struct step_line *line)
{
	if (line->instance->ended_at == 0 || line->undecided) {
		return "open";
	}
	return strcmp(line->state, "done") == 0 ? "done" : "dropped";
}

void
step_tasks_json(struct cli *cli, const struct case_runs *runs, struct json *into)
{
	for (int r = 0; r < runs->count; r++) {
		const struct case_run *run = &runs->list[r];
		int count;
		struct step_line *lines = steps_of(run->playbook, run->run, desk_now(cli->desk),
			&count);

		for (int i = 0; i < count; i++) {
			struct json *o;

			if (lines[i].instance == NULL) {
				continue;
			}
			o = json_object();
			json_set_int(o, "n", lines[i].step->n);
			json_set_text(o, "id", lines[i].instance->id);
			json_set_text(o, "title", lines[i].step->name);
			json_set_text(o, "state", task_state(&lines[i]));
			json_set_text(o, "origin", "step");
			json_set_text(o, "type", "step");
			json_set_int(o, "run", run->n);
			set_instance(cli, o, &lines[i]);
			json_push(into, o);
		}
		free(lines);
	}
}
