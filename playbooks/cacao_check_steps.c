/* cacao_check_steps.c owns the properties of steps, one table a type, and
 * what the workflow must hold: rules 22 to 26, 30 to 37, 39 to 43. */
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"

static const struct property common[] = {
	{ "type", SHAPE_TEXT, 28, 0 },
	{ "name", SHAPE_TEXT, 0, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "external_references", SHAPE_LIST, 0, 0 },
	{ "delay", SHAPE_INTEGER, 0, 42 },
	{ "timeout", SHAPE_INTEGER, 0, 42 },
	{ "step_variables", SHAPE_OBJECT, 0, 0 },
	{ "owner", SHAPE_TEXT, 0, 0 },
	{ "on_completion", SHAPE_TEXT, 0, 0 },
	{ "on_success", SHAPE_TEXT, 0, 0 },
	{ "on_failure", SHAPE_TEXT, 0, 0 },
	{ "step_extensions", SHAPE_FULL, 0, 0 },
};

static const struct property action[] = {
	{ "commands", SHAPE_LIST, 34, 0 },
	{ "agent", SHAPE_TEXT, 34, 0 },
	{ "targets", SHAPE_TEXTS, 0, 0 },
	{ "in_args", SHAPE_TEXTS, 0, 0 },
	{ "out_args", SHAPE_TEXTS, 0, 0 },
};

static const struct property call[] = {
	{ "playbook_id", SHAPE_TEXT, 34, 0 },
	{ "playbook_version", SHAPE_TEXT, 0, 0 },
	{ "in_args", SHAPE_TEXTS, 0, 0 },
	{ "out_args", SHAPE_TEXTS, 0, 0 },
};

static const struct property parallel[] = {
	{ "next_steps", SHAPE_TEXTS, 36, 0 },
};

static const struct property if_[] = {
	{ "condition", SHAPE_TEXT, 39, 0 },
	{ "on_true", SHAPE_TEXT, 39, 40 },
	{ "on_false", SHAPE_TEXT, 0, 40 },
};

static const struct property while_[] = {
	{ "condition", SHAPE_TEXT, 39, 0 },
	{ "on_true", SHAPE_TEXT, 39, 40 },
};

static const struct property switch_[] = {
	{ "switch", SHAPE_TEXT, 39, 0 },
	{ "cases", SHAPE_OBJECT, 43, 0 },
};

static const struct shape shapes[] = {
	[STEP_START] = { "start", NULL, 0, SHAPE_ROWS(common) },
	[STEP_END] = { "end", NULL, 0, SHAPE_ROWS(common) },
	[STEP_ACTION] = { "action", SHAPE_ROWS(action), SHAPE_ROWS(common) },
	[STEP_CALL] = { "playbook-action", SHAPE_ROWS(call), SHAPE_ROWS(common) },
	[STEP_PARALLEL] = { "parallel", SHAPE_ROWS(parallel), SHAPE_ROWS(common) },
	[STEP_IF] = { "if-condition", SHAPE_ROWS(if_), SHAPE_ROWS(common) },
	[STEP_WHILE] = { "while-condition", SHAPE_ROWS(while_), SHAPE_ROWS(common) },
	[STEP_SWITCH] = { "switch-condition", SHAPE_ROWS(switch_),
		SHAPE_ROWS(common) },
};

static bool
has(const struct step *step, const char *key)
{
	return json_get(step->json, key) != NULL;
}

static void
check_exits(const struct step *step, const char *path,
	struct findings *findings)
{
	bool completion = has(step, "on_completion");
	bool success = has(step, "on_success");
	bool failure = has(step, "on_failure");

	if (completion && (success || failure)) {
		finding_add(findings, 30, path,
			_("on_completion together with on_success or on_failure"));
	}
	if (step->type == STEP_START && (success || failure)) {
		finding_add(findings, 31, path,
			_("a start step has on_completion only"));
	}
	if (step->type == STEP_END) {
		if (completion || success || failure) {
			finding_add(findings, 32, path,
				_("nothing comes after an end step"));
		}
	} else if (step->type == STEP_START && !completion) {
		finding_add(findings, RULE_NOT_RUN, path,
			_("a start step without on_completion cannot be run"));
	} else if (failure && !success && !completion) {
		finding_add(findings, RULE_NOT_RUN, path,
			_("on_failure alone: there is no next step when it is done"));
	} else if (!completion && !success) {
		finding_add(findings, 33, path, _("no step comes next"));
	}
}

static void
check_times(const struct step *step, const char *path,
	struct findings *findings)
{
	char at[FINDING_PATH];

	path_key(at, path, "delay");
	if (step->delay < 0) {
		finding_add(findings, 41, at, _("must be 0 or more milliseconds"));
	}
	path_key(at, path, "timeout");
	if (json_is_integer(json_get(step->json, "timeout"))
			&& step->timeout < 0) {
		finding_add(findings, 41, at, _("must be 0 or more milliseconds"));
	}
	if (step->timeout == 0) {
		finding_add(findings, RULE_NO_TIME, at,
			_("timeout 0 leaves no time at all"));
	}
}

static void
check_defined(const struct playbook *playbook, const char *id,
	const char *dictionary, const char *path, struct findings *findings)
{
	if (id != NULL
			&& json_get(json_get(playbook->doc, dictionary), id) == NULL) {
		finding_add(findings, 35, path, _("%s is not in %s"), id,
			dictionary);
	}
}

static void
check_action(const struct playbook *playbook, const struct step *step,
	const char *path, struct findings *findings)
{
	char at[FINDING_PATH];

	int index = 0;

	path_key(at, path, "agent");
	check_defined(playbook, json_get_text(step->json, "agent"),
		"agent_definitions", at, findings);
	for (const struct json *row = json_first(json_get(step->json, "targets"));
			row != NULL; row = json_next(row)) {
		path_key(at, path, "targets");
		path_index(at, at, index++);
		check_defined(playbook, json_text(row, NULL), "target_definitions",
			at, findings);
	}
}

static void
check_parallel(const struct step *step, const char *path,
	struct findings *findings)
{
	char at[FINDING_PATH];

	path_key(at, path, "next_steps");
	if (json_count(json_get(step->json, "next_steps")) == 1) {
		finding_add(findings, 36, at, _("a parallel step has two branches"));
	}
	for (int i = 0; i < step->branch_count; i++) {
		for (int k = 0; k < i; k++) {
			if (step->branches[i].first == step->branches[k].first) {
				path_index(at, at, i);
				finding_add(findings, 37, at, _("this branch is there twice"));
				return;
			}
		}
	}
}

static void
check_switch(const struct step *step, const char *path,
	struct findings *findings)
{
	const struct json *cases = json_get(step->json, "cases");

	char base[FINDING_PATH];
	char at[FINDING_PATH];

	path_key(base, path, "cases");
	if (json_is(cases, JSON_OBJECT) && json_count(cases) == 0) {
		finding_add(findings, 43, base, _("a switch without cases"));
	}
	for (const struct json *row = json_is(cases, JSON_OBJECT)
			? json_first(cases) : NULL;
			row != NULL; row = json_next(row)) {
		if (!json_is(row, JSON_STRING)) {
			path_key(at, base, json_key(row));
			finding_add(findings, 40, at, _("must be %s"), _("text"));
		}
	}
}

static void
check_step(const struct playbook *playbook, const struct step *step,
	struct findings *findings)
{
	char path[FINDING_PATH];

	path_key(path, "/workflow", step->id);
	shape_check(findings, step->json, path, &shapes[step->type]);
	check_exits(step, path, findings);
	check_times(step, path, findings);
	switch (step->type) {
	case STEP_ACTION:
		check_action(playbook, step, path, findings);
		break;
	case STEP_PARALLEL:
		check_parallel(step, path, findings);
		break;
	case STEP_SWITCH:
		check_switch(step, path, findings);
		break;
	default:
		break;
	}
}

static void
check_start(const struct playbook *playbook, struct findings *findings)
{
	const char *start = json_get_text(playbook->doc, "workflow_start");
	const char *exception = json_get_text(playbook->doc,
		"workflow_exception");

	if (start != NULL && (playbook->start == NO_STEP
			|| playbook->steps[playbook->start].type != STEP_START)) {
		finding_add(findings, 23, "/workflow_start",
			_("must name a start step of the workflow"));
	}
	if (start != NULL && playbook->start == NO_STEP) {
		finding_add(findings, RULE_NOT_RUN, "/workflow_start",
			_("there is no step to begin with"));
	}
	if (exception != NULL && playbook->exception == NO_STEP) {
		finding_add(findings, 24, "/workflow_exception",
			_("must name a step of the workflow"));
	}
}

void
cacao_check_steps(const struct playbook *playbook, struct findings *findings)
{
	int counts[STEP_MISSING + 1] = { 0 };

	for (int i = 0; i < playbook->step_count; i++) {
		counts[playbook->steps[i].type]++;
		if (playbook->steps[i].type != STEP_MISSING) {
			check_step(playbook, &playbook->steps[i], findings);
		}
	}
	if (!json_is(playbook->workflow, JSON_OBJECT)) {
		return;
	}
	check_start(playbook, findings);
	if (counts[STEP_START] == 0) {
		finding_add(findings, 22, "/workflow", _("there is no start step"));
	}
	if (counts[STEP_ACTION] + counts[STEP_CALL] == 0) {
		finding_add(findings, 25, "/workflow",
			_("there is no action, so nothing would be done"));
	}
	if (counts[STEP_END] == 0) {
		finding_add(findings, 26, "/workflow", _("there is no end step"));
	}
}
