/* run.c owns the run itself: its instances, its values and what may be asked
 * of them.  What moves it stands in run_act.c and run_flow.c. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/run_private.h"

struct run *
run_new(const struct playbook *playbook, const char *id)
{
	struct run *run = xcalloc(1, sizeof *run);

	run->playbook = playbook;
	(void)snprintf(run->id, sizeof run->id, "%s", id);
	(void)snprintf(run->state, sizeof run->state, "running");
	return run;
}

void
run_free(struct run *run)
{
	if (run == NULL) {
		return;
	}
	for (int i = 0; i < run->count; i++) {
		free(run->instances[i].note);
	}
	for (int i = 0; i < run->before_count; i++) {
		free(run->before[i].note);
	}
	free(run->before);
	for (int i = 0; i < run->value_count; i++) {
		free(run->values[i].name);
		free(run->values[i].value);
		free(run->values[i].set_by);
	}
	free(run->instances);
	free(run->values);
	free(run);
}

const char *
run_id(const struct run *run)
{
	return run->id;
}

const char *
run_state(const struct run *run)
{
	return run->state;
}

bool
run_is_open(const struct run *run)
{
	return strcmp(run->state, "running") == 0;
}

const struct playbook *
run_playbook(const struct run *run)
{
	return run->playbook;
}

int
run_instance_count(const struct run *run)
{
	return run->count;
}

struct instance *
run_at(struct run *run, int position)
{
	return position < 1 || position > run->count ? NULL
		: &run->instances[position - 1];
}

const struct instance *
run_instance(const struct run *run, int position)
{
	return position < 1 || position > run->count ? NULL
		: &run->instances[position - 1];
}

const struct instance *
run_find(const struct run *run, const char *id)
{
	for (int i = 0; i < run->count; i++) {
		if (strcmp(run->instances[i].id, id) == 0) {
			return &run->instances[i];
		}
	}
	return NULL;
}

bool
instance_undecided(const struct instance *instance)
{
	return instance->state == INSTANCE_FAILED && instance->ended_at == 0;
}

bool
instance_is_work(const struct run *run, const struct instance *instance)
{
	return run_is_open(run) && !instance->is_branch
		&& (instance->state == INSTANCE_OPEN
			|| instance->state == INSTANCE_STARTED
			|| instance_undecided(instance));
}

struct instance *
run_add(struct run *run, int step, int parent,
	const struct run_context *context)
{
	int round = 1;

	for (int i = 0; i < run->count; i++) {
		round += run->instances[i].step == step
			&& !run->instances[i].is_branch;
	}
	run->instances = xrealloc(run->instances,
		((size_t)run->count + 1) * sizeof *run->instances);
	struct instance *instance = &run->instances[run->count++];
	*instance = (struct instance){
		.position = run->count, .step = step, .parent = parent,
		.round = round, .state = INSTANCE_RUNNING,
		.opened_at = context->now, .starts_at = context->now,
		.due_at = RUN_NO_DUE, .note = xstrdup(""), .touched = true,
	};
	context->new_id(instance->id, context->arg);
	return instance;
}

void
instance_note(struct instance *instance, const char *text)
{
	if (text == NULL || text[0] == '\0') {
		return;
	}
	char *note = instance->note[0] == '\0' ? xstrdup(text)
		: xasprintf("%s\n%s", instance->note, text);
	free(instance->note);
	instance->note = note;
	instance->touched = true;
}

void
instance_end(struct instance *instance, enum instance_state state,
	const struct run_context *context)
{
	instance->state = state;
	instance->ended_at = context->now;
	(void)snprintf(instance->ended_by, sizeof instance->ended_by, "%s",
		context->by);
	instance->touched = true;
}

const struct value_row *
run_last_value(const struct run *run, const char *name)
{
	for (int i = run->value_count - 1; i >= 0; i--) {
		if (strcmp(run->values[i].name, name) == 0) {
			return &run->values[i];
		}
	}
	return NULL;
}

/* Public playbooks read what another step declared for itself (RULE_BORROWED):
 * that of the last such step that was opened. */
static bool
resolve_elsewhere(struct variable *declared, char **row_name, const struct run *run,
	const char *name)
{
	for (int i = run_instance_count(run); i >= 1; i--) {
		const struct instance *instance = run_instance(run, i);
		const struct step *step = playbook_step(run->playbook, instance->step);

		if (!instance->is_branch && step_variable(declared, step, name)) {
			*row_name = xasprintf("%s@%s", name, instance->id);
			return true;
		}
	}
	return false;
}

bool
run_resolve(struct variable *declared, char **row_name,
	const struct run *run, const struct instance *instance, const char *name)
{
	const struct playbook *playbook = run->playbook;
	const struct variable *global = playbook_find_variable(playbook, name);

	for (; instance != NULL; instance = run_instance(run, instance->parent)) {
		const struct step *step = playbook_step(playbook, instance->step);

		/* The branch and the step that opened it are two rows of one
		 * step; only the step's own row holds its variables. */
		if (!instance->is_branch && step_variable(declared, step, name)) {
			*row_name = xasprintf("%s@%s", name, instance->id);
			return true;
		}
	}
	if (global == NULL) {
		return resolve_elsewhere(declared, row_name, run, name);
	}
	*declared = *global;
	*row_name = xstrdup(name);
	return true;
}

bool
run_variable(struct run_value *out, const struct run *run,
	const struct instance *instance, const char *name)
{
	struct variable declared;
	char *row_name = NULL;

	if (!run_resolve(&declared, &row_name, run, instance, name)) {
		return false;
	}
	const struct value_row *row = run_last_value(run, row_name);
	free(row_name);
	*out = row == NULL ? (struct run_value){ .value = declared.value }
		: (struct run_value){
			.value = row->value, .unknown = row->unknown,
			.set_at = row->set_at, .set_by = row->set_by,
		};
	return true;
}

/* Numbers go on as they are written down, whatever time a value is of. */
static int
next_position(const struct run *run, const char *row_name)
{
	int last = 0;

	for (int i = 0; i < run->value_count; i++) {
		if (strcmp(run->values[i].name, row_name) == 0
				&& run->values[i].position > last) {
			last = run->values[i].position;
		}
	}
	return last + 1;
}

/* Room in the order of time: what a paper says hours later is no newest value. */
static struct value_row *
value_place(struct run *run, int64_t at)
{
	int i = run->value_count;

	run->values = xrealloc(run->values,
		((size_t)run->value_count + 1) * sizeof *run->values);
	for (; i > 0 && run->values[i - 1].set_at > at; i--) {
		run->values[i] = run->values[i - 1];
	}
	run->value_count++;
	return &run->values[i];
}

void
run_set_value(struct run *run, const struct instance *instance,
	const char *name, const char *value, const struct run_context *context)
{
	struct variable declared;
	char *row_name = NULL;

	if (!run_resolve(&declared, &row_name, run, instance, name)) {
		return;
	}
	int64_t at = context->at != 0 ? context->at : context->now;
	int position = next_position(run, row_name);
	struct value_row *row = value_place(run, at);
	*row = (struct value_row){
		.name = row_name, .position = position, .value = xstrdup(value),
		.unknown = value == NULL, .set_by = xstrdup(context->by),
		.set_at = at, .touched = true,
	};
	if (instance != NULL) {
		memcpy(row->instance, instance->id, sizeof row->instance);
	}
	run_count_down(run, name, context);
}

/* The length of "__name__" where ":value" follows, or 0. */
static size_t
token_length(const char *p)
{
	size_t len = 0;

	while (isalnum((unsigned char)p[len]) || (p[len] != '\0'
			&& strchr("_-.", p[len]) != NULL)) {
		len++;
	}
	return len > 4 && strncmp(p, "__", 2) == 0
		&& strncmp(p + len, ":value", 6) == 0 ? len : 0;
}

char *
run_text(const struct run *run, const struct instance *instance,
	const char *text)
{
	struct buf out = { 0 };

	for (const char *p = text; *p != '\0';) {
		size_t len = token_length(p);
		struct run_value is = { 0 };
		char *name = len == 0 ? NULL : xstrndup(p, len);

		if (name != NULL && run_variable(&is, run, instance, name)
				&& is.value != NULL) {
			buf_adds(&out, is.value);
			p += len + strlen(":value");
		} else {
			size_t whole = len == 0 ? 1 : len;

			buf_add(&out, p, whole);
			p += whole;
		}
		free(name);
	}
	return buf_take(&out);
}
