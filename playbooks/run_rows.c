/* run_rows.c owns the rows of a run as JSON: what an act gives as its effects
 * and what is loaded again has one form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/run_private.h"

static const char *const state_words[] = {
	[INSTANCE_RUNNING] = "running", [INSTANCE_OPEN] = "open",
	[INSTANCE_STARTED] = "started", [INSTANCE_DONE] = "done",
	[INSTANCE_FAILED] = "failed", [INSTANCE_SKIPPED] = "skipped",
	[INSTANCE_ABORTED] = "aborted",
};

const char *
instance_state_word(enum instance_state state)
{
	return state_words[state];
}

/* A time that is not there is null. */
static void
set_time(struct json *row, const char *key, int64_t at)
{
	json_set(row, key, at == 0 || at == RUN_NO_DUE ? json_null()
		: json_int(at));
}

static const char *
branch_name(const struct run *run, const struct instance *instance)
{
	const struct step *step = playbook_step(run->playbook, instance->step);

	if (instance->slot < 0 || instance->slot >= step->branch_count) {
		return "";
	}
	const struct branch *branch = &step->branches[instance->slot];
	return branch->name != NULL ? branch->name
		: branch->key != NULL ? branch->key : "";
}

static struct json *
instance_row(const struct run *run, const struct instance *instance)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	const struct instance *parent = run_instance(run, instance->parent);
	struct json *row = json_object();
	bool branch = instance->is_branch;

	json_set_text(row, "id", instance->id);
	json_set_int(row, "position", instance->position);
	json_set_text(row, "step", step->id);
	json_set_int(row, "n", branch ? instance->slot : step->n);
	json_set_text(row, "name", branch ? branch_name(run, instance)
		: step->name);
	json_set_text(row, "type", branch ? "branch"
		: step_type_word(step->type));
	json_set_text(row, "parent", parent != NULL ? parent->id : "");
	json_set_int(row, "round", instance->round);
	json_set_text(row, "state", state_words[instance->state]);
	json_set_bool(row, "mandatory", !branch && step->mandatory);
	json_set_text(row, "lead", branch || step->lead == NULL ? ""
		: step->lead);
	json_set_text(row, "assignee", instance->assignee);
	set_time(row, "opened_at", instance->opened_at);
	set_time(row, "starts_at", instance->starts_at);
	set_time(row, "started_at", instance->started_at);
	set_time(row, "due_at", instance->due_at);
	set_time(row, "ended_at", instance->ended_at);
	json_set_text(row, "ended_by", instance->ended_by);
	json_set_text(row, "note", instance->note);
	if (instance->extended != 0) {
		json_set_int(row, "extended", instance->extended);
	}
	return row;
}

static struct json *
value_json(const struct value_row *value)
{
	struct json *row = json_object();

	json_set_text(row, "name", value->name);
	json_set_int(row, "position", value->position);
	json_set(row, "value", json_string(value->value));
	json_set_bool(row, "unknown", value->unknown);
	json_set_text(row, "instance", value->instance);
	json_set_text(row, "set_by", value->set_by);
	json_set_int(row, "set_at", value->set_at);
	return row;
}

void
run_keep(struct run *run)
{
	run->before = xcalloc((size_t)run->count + 1, sizeof *run->before);
	run->before_count = run->count;
	run->kept = true;
	for (int i = 0; i < run->count; i++) {
		run->before[i] = run->instances[i];
		run->before[i].note = xstrdup(run->instances[i].note);
	}
}

/* What an undo must put back: rows as they were, ids of rows that were made.
 * An act is only ever done on a run that was under way. */
static struct json *
before_json(struct run *run)
{
	struct json *before = json_object();
	struct json *rows = json_array();
	struct json *made = json_array();

	for (int i = 0; i < run->count; i++) {
		if (!run->instances[i].touched) {
			continue;
		}
		if (i < run->before_count) {
			json_push(rows, instance_row(run, &run->before[i]));
		} else {
			json_push(made, json_string(run->instances[i].id));
		}
	}
	json_set(before, "instances", rows);
	json_set(before, "made", made);
	for (int i = 0; i < run->before_count; i++) {
		free(run->before[i].note);
	}
	free(run->before);
	run->before = NULL;
	run->before_count = 0;
	run->kept = false;
	return before;
}

struct json *
run_effects(struct run *run)
{
	struct json *effects = json_object();
	struct json *head = json_object();
	struct json *instances = json_array();
	struct json *values = json_array();

	if (run->kept) {
		json_set(effects, "before", before_json(run));
	}
	json_set_text(head, "id", run->id);
	json_set_text(head, "state", run->state);
	set_time(head, "ended_at", run->ended_at);
	for (int i = 0; i < run->count; i++) {
		if (run->instances[i].touched) {
			json_push(instances, instance_row(run, &run->instances[i]));
			run->instances[i].touched = false;
		}
	}
	for (int i = 0; i < run->value_count; i++) {
		if (run->values[i].touched) {
			json_push(values, value_json(&run->values[i]));
			run->values[i].touched = false;
		}
	}
	json_set(effects, "run", head);
	json_set(effects, "instances", instances);
	json_set(effects, "variables", values);
	return effects;
}

static bool
bad_row(struct error *err, const char *what)
{
	return error_set(err, ERR_FAULTS,
		_("a row of the run does not fit its plan: %s"), what);
}

static bool
copy_text(char *out, size_t size, const struct json *row, const char *key)
{
	const char *text = json_get_text(row, key);

	return snprintf(out, size, "%s", text != NULL ? text : "") < (int)size;
}

static bool
read_state(enum instance_state *out, const char *word)
{
	for (size_t i = 0; word != NULL
			&& i < sizeof state_words / sizeof state_words[0]; i++) {
		if (strcmp(state_words[i], word) == 0) {
			*out = (enum instance_state)i;
			return true;
		}
	}
	return false;
}

static bool
read_place(struct instance *instance, const struct run *run,
	const struct json *row, struct error *err)
{
	const char *parent = json_get_text(row, "parent");
	const char *type = json_get_text(row, "type");
	const char *step = json_get_text(row, "step");

	instance->step = step == NULL ? NO_STEP
		: playbook_find_step(run->playbook, step);
	instance->is_branch = type != NULL && strcmp(type, "branch") == 0;
	instance->slot = (int)json_get_int(row, "n", 0);
	if (instance->step == NO_STEP) {
		return bad_row(err, "step");
	}
	if (instance->is_branch && (instance->slot < EXCEPTION_SLOT
			|| instance->slot >= playbook_step(run->playbook,
				instance->step)->branch_count)) {
		return bad_row(err, "n");
	}
	if (parent != NULL && parent[0] != '\0') {
		const struct instance *found = run_find(run, parent);

		if (found == NULL) {
			return bad_row(err, "parent");
		}
		instance->parent = found->position;
	}
	return true;
}

static bool
apply_instance(struct run *run, const struct json *row, struct error *err)
{
	struct instance new = {
		.position = (int)json_get_int(row, "position", 0),
		.round = (int)json_get_int(row, "round", 1),
		.opened_at = json_get_int(row, "opened_at", 0),
		.starts_at = json_get_int(row, "starts_at", 0),
		.started_at = json_get_int(row, "started_at", 0),
		.due_at = json_get_int(row, "due_at", RUN_NO_DUE),
		.ended_at = json_get_int(row, "ended_at", 0),
		.extended = json_get_int(row, "extended", 0),
	};
	const char *note = json_get_text(row, "note");

	if (new.position < 1 || new.position > run->count + 1
			|| !copy_text(new.id, sizeof new.id, row, "id")
			|| !copy_text(new.assignee, sizeof new.assignee, row, "assignee")
			|| !copy_text(new.ended_by, sizeof new.ended_by, row, "ended_by")
			|| !read_state(&new.state, json_get_text(row, "state"))) {
		return bad_row(err, "instance");
	}
	if (!read_place(&new, run, row, err)) {
		return false;
	}
	if (new.position == run->count + 1) {
		run->instances = xrealloc(run->instances,
			((size_t)run->count + 1) * sizeof new);
		run->instances[run->count++].note = NULL;
	}
	new.note = xstrdup(note != NULL ? note : "");
	free(run->instances[new.position - 1].note);
	run->instances[new.position - 1] = new;
	return true;
}

static bool
apply_value(struct run *run, const struct json *row, struct error *err)
{
	const char *name = json_get_text(row, "name");
	struct value_row new = {
		.position = (int)json_get_int(row, "position", 0),
		.unknown = json_get_bool(row, "unknown"),
		.set_at = json_get_int(row, "set_at", 0),
	};

	if (name == NULL || new.position < 1
			|| !copy_text(new.instance, sizeof new.instance, row, "instance")) {
		return bad_row(err, "variable");
	}
	new.name = xstrdup(name);
	new.value = xstrdup(json_get_text(row, "value"));
	new.set_by = xstrdup(json_get_text(row, "set_by"));
	run->values = xrealloc(run->values,
		((size_t)run->value_count + 1) * sizeof new);
	run->values[run->value_count++] = new;
	return true;
}

bool
run_apply(struct run *run, const struct json *rows, struct error *err)
{
	const struct json *head = json_get(rows, "run");

	if (head != NULL && !copy_text(run->state, sizeof run->state, head,
			"state")) {
		return bad_row(err, "state");
	}
	run->ended_at = json_get_int(head, "ended_at", 0);
	for (const struct json *row = json_first(json_get(rows, "instances"));
			row != NULL; row = json_next(row)) {
		if (!apply_instance(run, row, err)) {
			return false;
		}
	}
	for (const struct json *row = json_first(json_get(rows, "variables"));
			row != NULL; row = json_next(row)) {
		if (!apply_value(run, row, err)) {
			return false;
		}
	}
	return true;
}
