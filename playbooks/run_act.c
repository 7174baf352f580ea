/* run_act.c owns what a person does to a run: begin, start, done, failed,
 * skip, assign.  All is checked before anything changes; then the act is done
 * and what follows from it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/words.h"
#include "playbooks/answer.h"
#include "playbooks/run_private.h"

bool
run_start(struct json **effects, struct run *run, const struct json *values,
	const struct run_context *context, struct error *err)
{
	if (run->count > 0) {
		return error_set(err, ERR_REFUSED, _("the run has begun already"));
	}
	if (!answers_external(run->playbook, values, err)) {
		return false;
	}
	for (const struct json *row = json_first(values); row != NULL;
			row = json_next(row)) {
		const struct variable *variable = playbook_find_variable(
			run->playbook, json_key(row));

		if (variable != NULL && !variable->constant) {
			run_set_value(run, NULL, variable->name,
				answer_value(json_text(row, NULL)), context);
		}
	}
	run_follow(run, MOVE_ENTER, playbook_start(run->playbook), 0, context);
	*effects = run_effects(run);
	return true;
}

static bool
ended_already(struct json **effects, const struct run *run,
	const struct instance *instance, enum run_action action,
	const struct run_context *context, struct error *err)
{
	static const enum instance_state same[] = {
		[RUN_DONE] = INSTANCE_DONE, [RUN_FAILED] = INSTANCE_FAILED,
		[RUN_SKIP] = INSTANCE_SKIPPED,
	};
	const struct step *step = playbook_step(run->playbook, instance->step);
	const char *who = instance->ended_by;
	char name[256];

	if ((action == RUN_DONE || action == RUN_FAILED || action == RUN_SKIP)
			&& instance->state == same[action]
			&& strcmp(instance->ended_by, context->by) == 0) {
		*effects = NULL;
		return true;
	}
	if (context->called != NULL) {
		who = context->called(name, who, context->arg);
	}
	return error_set(err, ERR_CONFLICT, _("step \"%s\" is %s already, by %s"),
		step->name, word_label(WORDS_STEP_STATE,
			instance_state_word(instance->state)),
		who[0] != '\0' ? who : "-");
}

static bool
check_action(const struct run *run, const struct instance *instance,
	enum run_action action, const struct run_input *input,
	struct error *err)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	bool call = action == RUN_CALL_ENDED || action == RUN_CALL_FAILED;

	if (instance->is_branch) {
		return error_set(err, ERR_BAD_INPUT, _("a branch is no step"));
	}
	if (instance->state == INSTANCE_RUNNING && !call) {
		bool may = step->type == STEP_CALL
			&& (action == RUN_SKIP || action == RUN_ASSIGN);

		return may || error_set(err, ERR_REFUSED,
			step->type == STEP_CALL
			? _("step \"%s\" ends when the plan that it called ends")
			: _("step \"%s\" is no step for people"), step->name);
	}
	if (call && instance->state != INSTANCE_RUNNING) {
		return error_set(err, ERR_REFUSED, _("step \"%s\" waits for no plan"),
			step->name);
	}
	if (instance_undecided(instance)
			&& (action == RUN_DONE || action == RUN_FAILED)) {
		return error_set(err, ERR_REFUSED,
			_("step \"%s\" has failed: start it again, or skip it with a "
			"reason to go on"), step->name);
	}
	if (action == RUN_SKIP && (input->note == NULL
			|| input->note[0] == '\0')) {
		return error_set(err, ERR_REFUSED,
			_("a step is not applicable for a reason: give a note"));
	}
	return action != RUN_DONE
		|| answers_check(run, instance, input->values, err);
}

/* Rule 17: what was entered with a failure stays in the log, unassigned. */
static void
assign_values(struct run *run, const struct instance *instance,
	const struct json *values, const struct run_context *context)
{
	const struct step *step = playbook_step(run->playbook, instance->step);

	for (int i = 0; i < step->ask_count; i++) {
		const char *text = answer_find(values, step->asks[i]);

		if (text != NULL) {
			run_set_value(run, instance, step->asks[i], answer_value(text),
				context);
		}
	}
}

/* What the plan that was called gives back (rule 18); what does not fit the type
 * that it has here stays there. */
static void
take_returned(struct run *run, const struct instance *instance,
	const struct json *values, const struct run_context *context)
{
	for (const struct json *row = json_first(values); row != NULL;
			row = json_next(row)) {
		struct variable declared;
		struct error ignored = ERROR_INIT;
		char *row_name = NULL;

		if (!run_resolve(&declared, &row_name, run, instance, json_key(row))) {
			continue;
		}
		if (!declared.constant && answer_check(&declared, json_text(row, ""),
				&ignored)) {
			run_set_value(run, instance, json_key(row),
				answer_value(json_text(row, "")), context);
		}
		free(row_name);
	}
}

static void
start(struct run *run, struct instance *instance,
	const struct run_context *context)
{
	if (instance_undecided(instance)) {
		int step = instance->step;
		int parent = instance->parent;

		instance_end(instance, INSTANCE_FAILED, context);
		run_follow(run, MOVE_ENTER, step, parent, context);
	} else {
		instance->state = INSTANCE_STARTED;
		instance->started_at = context->at != 0 ? context->at : context->now;
		instance->touched = true;
	}
}

static void
finish(struct run *run, struct instance *instance,
	enum instance_state state, enum move_kind next,
	const struct run_context *context)
{
	int64_t at = context->at != 0 ? context->at : context->now;

	if (instance->started_at == 0) {
		instance->started_at = at;
	}
	instance->touched = true;
	if (next == MOVE_COMPLETE) {
		instance_end(instance, state, context);
		instance->ended_at = at;
	}
	run_follow(run, next, 0, instance->position, context);
}

static void
assign(struct instance *instance, const char *member)
{
	(void)snprintf(instance->assignee, sizeof instance->assignee, "%s",
		member);
	instance->touched = true;
}

static void
act(struct run *run, struct instance *instance, enum run_action action,
	const struct run_input *input, const struct run_context *context)
{
	instance_note(instance, input->note);
	switch (action) {
	case RUN_START:
		start(run, instance, context);
		break;
	case RUN_DONE:
		assign_values(run, instance, input->values, context);
		finish(run, instance, INSTANCE_DONE, MOVE_COMPLETE, context);
		break;
	case RUN_CALL_ENDED:
		take_returned(run, instance, input->values, context);
		finish(run, instance, INSTANCE_DONE, MOVE_COMPLETE, context);
		break;
	case RUN_SKIP:
		/* What failed stays failed; the operator went on. */
		finish(run, instance, instance_undecided(instance)
			? INSTANCE_FAILED : INSTANCE_SKIPPED, MOVE_COMPLETE, context);
		break;
	case RUN_FAILED: case RUN_CALL_FAILED:
		finish(run, instance, INSTANCE_FAILED, MOVE_FAIL, context);
		break;
	case RUN_ASSIGN:
		assign(instance, input->assignee);
		break;
	}
}

static bool
changes_nothing(const struct instance *instance, enum run_action action,
	const struct run_input *input)
{
	return (action == RUN_START && instance->state == INSTANCE_STARTED)
		|| (action == RUN_ASSIGN
			&& strcmp(instance->assignee, input->assignee) == 0);
}

/* A reading that somebody telephoned in, between the steps that ask for it. */
bool
run_read(struct json **effects, struct run *run, const char *name, const char *value,
	const struct run_context *context, struct error *err)
{
	const struct variable *variable = playbook_find_variable(run->playbook, name);

	if (variable == NULL || !run_is_open(run)) {
		return error_set(err, ERR_REFUSED, _("the run has ended"));
	}
	if (!answer_check(variable, value, err)) {
		return false;
	}
	run_keep(run);
	run_set_value(run, NULL, variable->name, answer_value(value), context);
	*effects = run_effects(run);
	return true;
}

bool
run_act(struct json **effects, struct run *run, const char *id,
	enum run_action action, const struct run_input *input,
	const struct run_context *context, struct error *err)
{
	const struct instance *found = run_find(run, id);

	if (found == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("no step instance %s"), id);
	}
	if (found->ended_at != 0 && !found->is_branch) {
		return ended_already(effects, run, found, action, context, err);
	}
	if (!run_is_open(run)) {
		return error_set(err, ERR_REFUSED, _("the run has ended"));
	}
	if (!check_action(run, found, action, input, err)) {
		return false;
	}
	if (changes_nothing(found, action, input)) {
		*effects = NULL;
		return true;
	}
	run_keep(run);
	act(run, run_at(run, found->position), action, input, context);
	*effects = run_effects(run);
	return true;
}

struct json *
run_abort(struct run *run, const char *reason,
	const struct run_context *context)
{
	run_keep(run);
	for (int i = 0; i < run->count; i++) {
		if (run->instances[i].ended_at == 0) {
			if (instance_is_work(run, &run->instances[i])) {
				instance_note(&run->instances[i], reason);
			}
			instance_end(&run->instances[i], INSTANCE_ABORTED, context);
		}
	}
	(void)snprintf(run->state, sizeof run->state, "aborted");
	run->ended_at = context->now;
	return run_effects(run);
}
