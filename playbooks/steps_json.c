/* steps_json.c owns the JSON of steps, a contract that scripts rely on. */
#include "playbooks/steps_json.h"

#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/countdown.h"
#include "core/secret.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/answer.h"
#include "playbooks/check.h"
#include "playbooks/command_text.h"
#include "playbooks/series.h"
#include "playbooks/step_decision.h"
#include "playbooks/step_text.h"
#include "playbooks/told.h"

SQL(LOGIN_OF, "t", "SELECT login FROM member WHERE id = $1");

struct writer {
	struct desk *desk;
	const struct case_run *run;
	const struct ir_case *c;
	const struct told *told;
	int64_t now;
};

static void
set_time(struct json *row, const char *key, int64_t at,
	const struct writer *writer)
{
	char text[WHEN_RFC3339_SIZE];

	if (at == 0 || at == RUN_NO_DUE) {
		json_set(row, key, json_null());
		return;
	}
	when_rfc3339(text, at, desk_zone(writer->desk));
	json_set_text(row, key, text);
}

/* A role's code is stable; an agent without one is known by its name. */
static struct json *
agent(const struct writer *writer, const char *id)
{
	const char *role = id == NULL ? NULL
		: playbook_agent_role(writer->run->playbook, id);

	return json_string(id == NULL || role != NULL ? role
		: playbook_agent_name(writer->run->playbook, id));
}

static struct json *
support(const struct writer *writer, const struct step *step)
{
	const struct json *list = json_get(step->ext, "support");
	struct json *out = json_array();

	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row)) {
		json_push(out, agent(writer, json_text(row, "")));
	}
	return out;
}

/* The values that count as answers, their labels beside them; null: free. */
static void
set_choices(struct json *ask, const struct json *choices)
{
	struct json *values = json_array();
	struct json *labels = json_array();

	for (const struct json *row = json_first(choices); row != NULL;
			row = json_next(row)) {
		json_push(values, json_string(json_get_text(row, "value")));
		json_push(labels, json_string(json_get_text(row, "label")));
	}
	if (choices == NULL) {
		json_free(values);
		json_free(labels);
		values = labels = NULL;
	}
	json_set(ask, "choices", values != NULL ? values : json_null());
	json_set(ask, "labels", labels != NULL ? labels : json_null());
}

static struct json *
ask_json(const struct writer *writer, const struct step_line *line,
	const char *name)
{
	const struct run *run = writer->run->run;
	const struct playbook *playbook = writer->run->playbook;
	const struct variable *global = playbook_find_variable(playbook, name);
	struct variable own;
	const struct variable *variable = step_variable(&own, line->step, name)
		? &own : global;
	struct run_value is = { 0 };
	struct json *ask = json_object();
	const char *number = NULL;

	if (line->instance != NULL) {
		(void)run_variable(&is, run, line->instance, name);
	}
	json_set_text(ask, "name", name);
	json_set_text(ask, "type", variable != NULL ? variable->type : "string");
	json_set_bool(ask, "required", true);
	set_choices(ask, variable == NULL ? NULL
		: json_get(variable->ext, "choices"));
	json_set_text(ask, "unknown", variable == NULL ? NULL
		: variable->unknown);
	json_set_text(ask, "value", is.unknown ? ANSWER_UNKNOWN
		: is.value != NULL && variable_is_secret(playbook, name) ? SECRET_MASK
		: is.value);
	json_set_text(ask, "question", variable == NULL ? NULL
		: json_get_text(variable->ext, "question"));
	json_set_text(ask, "unit", variable == NULL ? NULL
		: json_get_text(variable->ext, "unit"));
	json_set_text(ask, "suggested", told_answer(&number, writer->told, run,
		line->instance, name));
	json_set_text(ask, "suggested_by", number);
	json_set_text(ask, "known", told_known(writer->told, variable));
	return ask;
}

static struct json *
words(const char *const *list)
{
	struct json *out = json_array();

	for (; *list != NULL; list++) {
		json_push(out, json_string(*list));
	}
	return out;
}

/* A question about the case itself: decided through the case. */
static struct json *
field_json(const struct writer *writer, const char *field)
{
	static const char *const levels[] = { "1", "2", "3", "4", NULL };
	static const char *const diets[] = { "yes", "no", "unknown", NULL };
	bool severity = strcmp(field, "severity") == 0;
	struct json *ask = json_object();
	char level[2] = { (char)('0' + writer->c->severity), '\0' };
	bool known = severity ? writer->c->severity != 0
		: strcmp(writer->c->reportable, "unknown") != 0;

	json_set_text(ask, "name", field);
	json_set_text(ask, "type", severity ? "integer" : "string");
	json_set_bool(ask, "required", !known);
	json_set(ask, "choices", words(severity ? levels : diets));
	json_set(ask, "labels", json_null());
	json_set_text(ask, "unknown", severity ? NULL : "unknown");
	json_set_text(ask, "value", severity ? (known ? level : NULL)
		: writer->c->reportable);
	json_set(ask, "question", json_null());
	json_set(ask, "unit", json_null());
	return ask;
}

static struct json *
asks_json(const struct writer *writer, const struct step_line *line)
{
	static const char *const fields[] = { "severity", "reportable" };
	struct json *asks = json_array();

	for (int i = 0; i < line->step->ask_count; i++) {
		json_push(asks, ask_json(writer, line, line->step->asks[i]));
	}
	for (int i = 0; i < 2; i++) {
		if (step_asks_case_field(line->step, fields[i])) {
			json_push(asks, field_json(writer, fields[i]));
		}
	}
	return asks;
}

static bool
set_assignee(struct json *row, const struct writer *writer,
	const struct instance *instance, struct error *err)
{
	char *login = NULL;

	if (instance != NULL && instance->assignee[0] != '\0'
			&& !db_one_text(desk_db(writer->desk), &LOGIN_OF, &login, err,
				TXT(instance->assignee))) {
		return false;
	}
	json_set_text(row, "assignee", login);
	free(login);
	return true;
}

static void
set_texts(struct json *row, const struct writer *writer,
	const struct step_line *line)
{
	static const char *const keys[] = { "why", "cost", "proof" };
	char *how = step_how(writer->run->playbook, writer->run->run,
		line->instance, line->step);
	char *beside = step_beside(writer->run->playbook, writer->run->run,
		line->instance, line->step);

	json_set_text(row, "text", how);
	json_set_text(row, "beside", beside[0] == '\0' ? NULL : beside);
	json_set(row, "commands", step_commands_json(writer->run->playbook,
		writer->run->run, line->instance, line->step));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		json_set_text(row, keys[i], json_get_text(line->step->ext, keys[i]));
	}
	free(how);
	free(beside);
}

static void
set_times(struct json *row, const struct writer *writer,
	const struct instance *instance)
{
	const struct instance none = { .due_at = RUN_NO_DUE };
	const struct instance *is = instance != NULL ? instance : &none;

	set_time(row, "due_at", is->due_at, writer);
	json_set_int(row, "extended_minutes", is->extended / 60000);
	set_time(row, "opened_at", is->opened_at, writer);
	set_time(row, "starts_at", is->starts_at, writer);
	set_time(row, "started_at", is->started_at, writer);
	set_time(row, "ended_at", is->ended_at, writer);
	json_set_text(row, "ended_by", is->ended_by[0] == '\0' ? NULL
		: is->ended_by);
	json_set_text(row, "note", is->note == NULL || is->note[0] == '\0' ? NULL
		: is->note);
}

/* The clock that this step reads, or that it must be done before. */
static bool
set_countdown(struct json *row, const struct writer *writer,
	const struct step *step, struct error *err)
{
	const char *name = json_get_text(step->ext, "countdown");
	struct countdown is = { 0 };
	struct json *clock = NULL;
	bool found = false;

	for (int i = 0; name == NULL && i < step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(
			writer->run->playbook, step->asks[i]);

		name = variable != NULL && variable->countdown ? variable->name : NULL;
	}
	if (name != NULL && !countdown_of(&is, &found, writer->desk, writer->c->id,
			bare_name(name).text, err)) {
		return false;
	}
	if (found) {
		clock = json_object();
		json_set_int(clock, "n", is.n);
		json_set_text(clock, "label", is.label);
		json_set_text(clock, "state", is.state);
		json_set_int(clock, "minutes", is.minutes);
		set_time(clock, "read_at", is.read_at, writer);
		set_time(clock, "ends_at", is.ends_at, writer);
	}
	countdown_clear(&is);
	json_set(row, "countdown", clock != NULL ? clock : json_null());
	return true;
}

/* null where the step has no list, or is not reached: then nothing is known. */
static bool
set_checklist(struct json *row, const struct writer *writer,
	const struct instance *instance, struct error *err)
{
	struct json *list;
	int ticked;
	int total;

	json_set(row, "checklist", json_null());
	if (instance == NULL) {
		return true;
	}
	const struct check_step step = check_step_of(writer->c->id, writer->run,
		instance);
	if (step.spec == NULL) {
		return true;
	}
	if (!check_list_count(&ticked, &total, writer->desk, &step, err)) {
		return false;
	}
	list = json_object();
	json_set_int(list, "total", total);
	json_set_int(list, "ticked", ticked);
	json_set(list, "source", json_copy(json_get(step.spec, "source")));
	json_set(list, "columns", json_get(step.spec, "columns") == NULL
		? json_array() : json_copy(json_get(step.spec, "columns")));
	json_set(row, "checklist", list);
	return true;
}

static bool
set_decision(struct json *row, const struct writer *writer,
	const struct step_line *line, struct error *err)
{
	struct json *decision = NULL;
	bool ok = step_decision_json(&decision, writer->desk, writer->run, line->step,
		line->instance, err);

	json_set(row, "decision", ok ? decision : json_null());
	return ok;
}

static bool
add_line(struct json *out, const struct writer *writer,
	const struct step_line *line, struct error *err)
{
	const struct instance *instance = line->instance;
	struct json *row = json_object();

	json_set(row, "n", line->step->n == 0 ? json_null()
		: json_int(line->step->n));
	json_set_text(row, "instance", instance == NULL ? NULL : instance->id);
	json_set_text(row, "step", line->step->id);
	json_set_text(row, "name", line->step->name);
	json_set_text(row, "type", step_type_word(line->step->type));
	json_set(row, "round", instance == NULL ? json_null()
		: json_int(line->round));
	json_set_text(row, "state", line->state);
	json_set(row, "lead", agent(writer, line->step->lead));
	json_set(row, "support", support(writer, line->step));
	json_set_bool(row, "late", line->late);
	json_set_bool(row, "undecided", line->undecided);
	json_set_bool(row, "passed_by", line->passed_by);
	json_set_bool(row, "mandatory", line->step->mandatory);
	json_set_bool(row, "alters", line->step->alters);
	json_set_text(row, "status_hint", json_get_text(line->step->ext, "status_hint"));
	json_set_int(row, "run", writer->run->n);
	json_set_text(row, "code", writer->run->code);
	set_times(row, writer, instance);
	set_texts(row, writer, line);
	json_set(row, "asks", asks_json(writer, line));
	json_set(row, "series", step_series_json(writer->run->run, line->step,
		desk_zone(writer->desk)));
	json_push(out, row);
	return set_decision(row, writer, line, err)
		&& set_countdown(row, writer, line->step, err)
		&& set_checklist(row, writer, instance, err)
		&& set_assignee(row, writer, instance, err);
}

static bool
add_run(struct json *out, const struct writer *writer, struct error *err)
{
	int count = 0;
	struct step_line *lines = steps_of(writer->run->playbook,
		writer->run->run, writer->now, &count);
	bool ok = true;

	for (int i = 0; ok && i < count; i++) {
		ok = add_line(out, writer, &lines[i], err);
	}
	free(lines);
	return ok;
}

SQL(CASE_OF_RUN, "t", "SELECT case_id FROM run WHERE id = $1");

bool
run_steps_json(struct json *into, struct desk *desk,
	const struct case_run *run, struct error *err)
{
	struct ir_case c = { 0 };
	struct told told = { 0 };
	struct writer writer = {
		.desk = desk, .run = run, .c = &c, .told = &told, .now = desk_now(desk),
	};
	char *id = NULL;
	bool ok = db_one_text(desk_db(desk), &CASE_OF_RUN, &id, err, TXT(run->id))
		&& case_load(&c, desk, id != NULL ? id : "", err)
		&& told_load(&told, desk, c.id, err)
		&& add_run(into, &writer, err);

	free(id);
	told_clear(&told);
	case_clear(&c);
	return ok;
}

bool
case_steps_json(struct json **out, struct desk *desk,
	const struct case_runs *runs, struct error *err)
{
	struct json *list = json_array();

	for (int i = 0; i < runs->count; i++) {
		if (!run_steps_json(list, desk, &runs->list[i], err)) {
			json_free(list);
			return false;
		}
	}
	*out = list;
	return true;
}
