/* run_vars.c owns the list of a run's variables with who set them when. */
#include "playbooks/run_vars.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/secret.h"
#include "core/when.h"
#include "playbooks/answer.h"
#include "playbooks/command_text.h"
#include "playbooks/run_private.h"

static const char *
label_of(const struct variable *variable, const char *value)
{
	const struct json *choices = json_get(variable->ext, "choices");

	for (const struct json *row = value == NULL ? NULL : json_first(choices);
			row != NULL; row = json_next(row)) {
		const char *one = json_get_text(row, "value");

		if (one != NULL && strcmp(one, value) == 0) {
			return json_get_text(row, "label");
		}
	}
	return NULL;
}

static struct run_var *
add(struct run_vars *vars, const struct run *run, const struct variable *variable)
{
	struct run_var *var;

	vars->list = xrealloc(vars->list, ((size_t)vars->count + 1) * sizeof *vars->list);
	var = &vars->list[vars->count++];
	*var = (struct run_var){
		.name = variable->name, .type = variable->type, .value = variable->value,
		.question = variable_question(variable),
		.constant = variable->constant, .external = variable->external,
		.secret = variable_is_secret(run->playbook, variable->name),
	};
	if (var->secret && var->value != NULL) {
		var->value = SECRET_MASK;
	}
	return var;
}

static void
add_reading(struct run_var *var, const struct run *run, const struct value_row *row)
{
	var->readings = xrealloc(var->readings,
		((size_t)var->count + 1) * sizeof *var->readings);
	var->readings[var->count++] = (struct run_reading){
		.value = var->secret && row->value != NULL ? SECRET_MASK : row->value,
		.unknown = row->unknown, .set_by = row->set_by, .set_at = row->set_at,
		.instance = run_find(run, row->instance),
	};
	var->value = var->readings[var->count - 1].value;
	var->unknown = row->unknown;
}

/* Rows come by name and, within a name, in the order in which they were set. */
static void
add_readings(struct run_var *var, const struct run *run, const char *row_name)
{
	for (int i = 0; i < run->value_count; i++) {
		if (strcmp(run->values[i].name, row_name) == 0) {
			add_reading(var, run, &run->values[i]);
		}
	}
}

static bool
listed(const struct run_vars *vars, const char *name, const struct instance *of)
{
	for (int i = 0; i < vars->count; i++) {
		if (vars->list[i].of == of && strcmp(vars->list[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* "__x__@ID" of a step's own variable. */
static void
add_of_step(struct run_vars *vars, const struct run *run, const struct value_row *row)
{
	const char *at = strchr(row->name, '@');
	const struct instance *of = at == NULL ? NULL : run_find(run, at + 1);
	struct variable own;
	char *name;

	if (of == NULL) {
		return;
	}
	name = xstrndup(row->name, (size_t)(at - row->name));
	if (step_variable(&own, playbook_step(run->playbook, of->step), name)
			&& !listed(vars, name, of)) {
		struct run_var *var = add(vars, run, &own);

		var->of = of;
		add_readings(var, run, row->name);
	}
	free(name);
}

/* What the steps that were reached have of their own and nobody has set yet. */
static void
add_unset(struct run_vars *vars, const struct run *run, const struct instance *of)
{
	const struct step *step = playbook_step(run->playbook, of->step);
	struct variable own;

	for (const struct json *row = json_first(json_get(step->json, "step_variables"));
			row != NULL; row = json_next(row)) {
		if (step_variable(&own, step, json_key(row))
				&& !listed(vars, json_key(row), of)) {
			own.name = json_key(row);
			add(vars, run, &own)->of = of;
		}
	}
}

void
run_vars_of(struct run_vars *out, const struct run *run)
{
	*out = (struct run_vars){ 0 };
	for (int i = 0; i < playbook_variable_count(run->playbook); i++) {
		const struct variable *variable = playbook_variable(run->playbook, i);

		add_readings(add(out, run, variable), run, variable->name);
	}
	for (int i = 0; i < run->value_count; i++) {
		add_of_step(out, run, &run->values[i]);
	}
	for (int i = 0; i < run->count; i++) {
		if (!run->instances[i].is_branch) {
			add_unset(out, run, &run->instances[i]);
		}
	}
	for (int i = 0; i < out->count; i++) {
		struct run_var *var = &out->list[i];
		const struct variable *variable = playbook_find_variable(run->playbook,
			var->name);

		var->label = variable == NULL || var->of != NULL ? NULL
			: label_of(variable, var->value);
	}
}

void
run_vars_finish(struct run_vars *vars)
{
	for (int i = 0; i < vars->count; i++) {
		free(vars->list[i].readings);
	}
	free(vars->list);
	*vars = (struct run_vars){ 0 };
}

const struct run_reading *
run_var_last(const struct run_var *var)
{
	return var->count == 0 ? NULL : &var->readings[var->count - 1];
}

static void
set_reading(struct json *row, const struct run *run, const struct run_reading *reading,
	const struct zone *zone)
{
	const struct instance *instance = reading == NULL ? NULL : reading->instance;
	const struct step *step = instance == NULL ? NULL
		: playbook_step(run->playbook, instance->step);
	char at[WHEN_RFC3339_SIZE];
	struct json *of = NULL;

	if (reading != NULL && reading->set_at != 0) {
		when_rfc3339(at, reading->set_at, zone);
	}
	json_set_text(row, "set_by", reading == NULL ? NULL : reading->set_by);
	json_set_text(row, "set_at", reading == NULL || reading->set_at == 0 ? NULL : at);
	if (step != NULL) {
		of = json_object();
		json_set_text(of, "instance", instance->id);
		json_set_text(of, "id", step->id);
		json_set_int(of, "n", step->n);
		json_set_text(of, "name", step->name);
		json_set_int(of, "round", instance->round);
	}
	json_set(row, "step", of != NULL ? of : json_null());
}

static struct json *
readings_json(const struct run *run, const struct run_var *var, const struct zone *zone)
{
	struct json *out = json_array();

	for (int i = 0; i < var->count; i++) {
		struct json *row = json_object();

		json_set_text(row, "value", var->readings[i].value);
		json_set_bool(row, "unknown", var->readings[i].unknown);
		set_reading(row, run, &var->readings[i], zone);
		json_push(out, row);
	}
	return out;
}

struct json *
run_vars_json(const struct run *run, const struct zone *zone)
{
	struct json *out = json_array();
	struct run_vars vars;

	run_vars_of(&vars, run);
	for (int i = 0; i < vars.count; i++) {
		const struct run_var *var = &vars.list[i];
		struct json *row = json_object();

		json_set_text(row, "name", var->name);
		json_set_text(row, "type", var->type);
		json_set_text(row, "question", var->question);
		json_set_text(row, "value", var->value);
		json_set_text(row, "label", var->label);
		json_set_bool(row, "unknown", var->unknown);
		json_set_bool(row, "constant", var->constant);
		json_set_bool(row, "external", var->external);
		json_set_bool(row, "secret", var->secret);
		set_reading(row, run, run_var_last(var), zone);
		json_set(row, "readings", readings_json(run, var, zone));
		json_push(out, row);
	}
	run_vars_finish(&vars);
	return out;
}
