/* steps_json.c prints runs and their steps for scripts. */
#include "cli/steps_json.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json_out.h"
#include "cli/member_names.h"
#include "playbooks/answer.h"

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
		json_push(into, o);
	}
}

static const struct variable *
find_variable(const struct playbook *playbook, const struct step *step, const char *name,
	struct variable *own)
{
	return step_variable(own, step, name) ? own : playbook_find_variable(playbook, name);
}

static struct json *
ask_json(const struct case_run *run, const struct step_line *line, const char *name)
{
	struct variable own;
	const struct variable *variable = find_variable(run->playbook, line->step, name, &own);
	struct run_value value = { 0 };
	struct json *o = json_object();
	const struct json *choices;

	json_set_text(o, "name", name);
	if (variable == NULL) {
		return o;
	}
	choices = json_get(variable->ext, "choices");
	if (line->instance != NULL) {
		(void)run_variable(&value, run->run, line->instance, name);
	}
	json_set_text(o, "type", variable->type);
	/* Each is answered; "?" where it is not known. */
	json_set_bool(o, "required", true);
	json_set_text(o, "question", json_get_text(variable->ext, "question"));
	json_set(o, "choices", choices == NULL ? json_null() : json_copy(choices));
	json_set_text(o, "unit", json_get_text(variable->ext, "unit"));
	json_set_text(o, "unknown", variable->unknown);
	json_set_text(o, "value", value.unknown ? ANSWER_UNKNOWN : value.value);
	return o;
}

/* A field of the case that the step may decide: severity, reportable. */
static struct json *
field_json(const char *name)
{
	struct json *o = json_object();

	json_set_text(o, "name", name);
	json_set_text(o, "type", strcmp(name, "severity") == 0 ? "integer" : "string");
	json_set_bool(o, "required", false);
	json_set(o, "choices", json_null());
	json_set(o, "unknown", json_null());
	json_set(o, "value", json_null());
	return o;
}

static struct json *
support_json(const struct case_run *run, const struct step *step)
{
	const struct json *given = json_get(step->ext, "support");
	struct json *list = json_array();

	for (const struct json *one = json_first(given); one != NULL; one = json_next(one)) {
		const char *id = json_text(one, "");
		const char *role = playbook_agent_role(run->playbook, id);

		json_push(list, json_string(role != NULL ? role : id));
	}
	return list;
}

static const char *
lead_word(const struct case_run *run, const struct step *step)
{
	const char *role = step->lead == NULL ? NULL
		: playbook_agent_role(run->playbook, step->lead);

	return role != NULL ? role : step->lead;
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

static struct json *
line_json(struct cli *cli, const struct case_run *run, const struct step_line *line)
{
	const struct step *step = line->step;
	const char *text = step->text == NULL ? "" : step->text;
	char *shown = run_text(run->run, line->instance, text);
	struct json *o = json_object();
	struct json *asks = json_array();

	for (int i = 0; i < step->ask_count; i++) {
		json_push(asks, ask_json(run, line, step->asks[i]));
	}
	for (const struct json *f = json_first(json_get(step->ext, "case_fields")); f != NULL;
	     f = json_next(f)) {
		json_push(asks, field_json(json_text(f, "")));
	}
	json_set_int(o, "n", step->n);
	json_set_int(o, "run", run->n);
	json_set_text(o, "step", step->id);
	json_set_text(o, "name", step->name);
	json_set_text(o, "type", step_type_word(step->type));
	json_set_int(o, "round", line->round);
	json_set_text(o, "state", line->state);
	json_set_bool(o, "undecided", line->undecided);
	json_set_bool(o, "mandatory", step->mandatory);
	json_set_text(o, "lead", lead_word(run, step));
	json_set(o, "support", support_json(run, step));
	set_instance(cli, o, line);
	json_set_bool(o, "late", line->late);
	json_set_text(o, "text", shown);
	json_set(o, "asks", asks);
	free(shown);
	return o;
}

void
steps_json(struct cli *cli, const struct case_run *run, struct json *into)
{
	int count;
	struct step_line *lines = steps_of(run->playbook, run->run, desk_now(cli->desk), &count);

	for (int i = 0; i < count; i++) {
		json_push(into, line_json(cli, run, &lines[i]));
	}
	free(lines);
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
			json_set_int(o, "run", run->n);
			set_instance(cli, o, &lines[i]);
			json_push(into, o);
		}
		free(lines);
	}
}
