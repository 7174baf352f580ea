/* cacao_compile.c turns the JSON of a workflow into steps that know each
 * other by index.  A reference that leads nowhere is a finding (29) and becomes
 * a step of its own, STEP_MISSING, so that nobody takes the hole for an end;
 * what a step lacks is left to the checks. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/command_lines.h"
#include "playbooks/value.h"

static const char *const type_words[] = {
	[STEP_START] = "start", [STEP_END] = "end", [STEP_ACTION] = "action",
	[STEP_CALL] = "playbook-action", [STEP_PARALLEL] = "parallel",
	[STEP_IF] = "if-condition", [STEP_WHILE] = "while-condition",
	[STEP_SWITCH] = "switch-condition", [STEP_MISSING] = "missing",
};

const char *
step_type_word(enum step_type type)
{
	return type_words[type];
}

struct compiler {
	struct playbook *playbook;
	struct findings *findings;
	struct step *step;
	char path[FINDING_PATH];
	const char **missing; /* ids; they become the steps after those that are there */
	int missing_count;
};

/* The index that the step of this id will have. */
static int
missing_step(struct compiler *compiler, const char *id)
{
	int i = 0;

	while (i < compiler->missing_count && strcmp(compiler->missing[i], id) != 0) {
		i++;
	}
	if (i == compiler->missing_count) {
		compiler->missing = xrealloc(compiler->missing,
			((size_t)i + 1) * sizeof *compiler->missing);
		compiler->missing[compiler->missing_count++] = id;
	}
	return compiler->playbook->step_count + i;
}

/* value is a step's id; missing is no finding, dangling is. */
static int
refer(struct compiler *compiler, const struct json *value, const char *path)
{
	const char *id = json_text(value, NULL);

	if (id == NULL) {
		return NO_STEP;
	}
	int index = playbook_find_step(compiler->playbook, id);
	if (index == NO_STEP) {
		finding_add(compiler->findings, 29, path,
			_("there is no step %s"), id);
		return missing_step(compiler, id);
	}
	return index;
}

static int
refer_key(struct compiler *compiler, const char *key)
{
	const struct json *value = json_get(compiler->step->json, key);
	char path[FINDING_PATH];

	if (value == NULL) {
		return NO_STEP;
	}
	path_key(path, compiler->path, key);
	return refer(compiler, value, path);
}

static struct branch *
add_branch(struct step *step, int first)
{
	step->branches = xrealloc(step->branches,
		((size_t)step->branch_count + 1) * sizeof *step->branches);
	struct branch *branch = &step->branches[step->branch_count++];
	*branch = (struct branch){ .first = first };
	return branch;
}

/* The name that suco-step gives to a branch of a parallel step. */
static const char *
branch_name(const struct step *step, const char *id)
{
	const struct json *names = json_get(step->ext, "branches");

	for (const struct json *row = json_first(names); row != NULL;
			row = json_next(row)) {
		const char *first = json_get_text(row, "step");

		if (first != NULL && id != NULL && strcmp(first, id) == 0) {
			return json_get_text(row, "name");
		}
	}
	return NULL;
}

static void
compile_parallel(struct compiler *compiler)
{
	struct step *step = compiler->step;
	const struct json *list = json_get(step->json, "next_steps");
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *id = json_first(list); id != NULL;
			id = json_next(id)) {
		path_key(path, compiler->path, "next_steps");
		path_index(path, path, index++);
		int first = refer(compiler, id, path);

		if (first != NO_STEP) {
			add_branch(step, first)->name = branch_name(step,
				json_text(id, NULL));
		}
	}
}

static void
compile_switch(struct compiler *compiler)
{
	struct step *step = compiler->step;
	const struct json *cases = json_get(step->json, "cases");
	char path[FINDING_PATH];

	step->switch_on = json_get_text(step->json, "switch");
	for (const struct json *row = json_first(cases); row != NULL;
			row = json_next(row)) {
		const char *key = json_key(row);

		if (key == NULL) {
			continue;
		}
		path_key(path, compiler->path, "cases");
		path_key(path, path, key);
		int first = refer(compiler, row, path);
		if (first == NO_STEP) {
			continue;
		}
		if (strcmp(key, "default") == 0) {
			step->otherwise = step->branch_count;
		}
		add_branch(step, first)->key = key;
	}
}

static void
compile_condition(struct compiler *compiler)
{
	struct step *step = compiler->step;
	const char *text = json_get_text(step->json, "condition");
	char path[FINDING_PATH];
	struct error err = ERROR_INIT;

	if (text != NULL && !condition_parse(&step->condition, text, &err)) {
		path_key(path, compiler->path, "condition");
		finding_add(compiler->findings, 39, path, "%s", err.message);
	}
	add_branch(step, refer_key(compiler, "on_true"));
	if (step->type == STEP_IF) {
		add_branch(step, refer_key(compiler, "on_false"));
	}
}

static void
compile_asks(struct step *step)
{
	static const char *const lists[] = { "out_args", "asks" };
	const struct json *sources[] = {
		json_get(step->json, lists[0]), json_get(step->ext, lists[1]),
	};

	for (int i = 0; i < 2; i++) {
		for (const struct json *row = json_first(sources[i]); row != NULL;
				row = json_next(row)) {
			const char *name = json_text(row, NULL);
			bool known = name == NULL;

			for (int k = 0; !known && k < step->ask_count; k++) {
				known = strcmp(step->asks[k], name) == 0;
			}
			if (!known) {
				step->asks = xrealloc(step->asks,
					((size_t)step->ask_count + 1) * sizeof *step->asks);
				step->asks[step->ask_count++] = name;
			}
		}
	}
}

static bool
is_people(const char *id)
{
	static const char *const types[] = {
		"individual--", "group--", "organization--", "location--", "sector--",
	};

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		if (strncmp(id, types[i], strlen(types[i])) == 0) {
			return true;
		}
	}
	return false;
}

/* The lead of suco-step, else the agent where it is people, else the first
 * target that is, else the agent (SOARCA names its engine there). */
static const char *
find_lead(const struct step *step)
{
	const char *lead = json_get_text(step->ext, "lead");
	const char *agent = json_get_text(step->json, "agent");
	const struct json *targets = json_get(step->json, "targets");

	if (lead != NULL || agent == NULL || is_people(agent)) {
		return lead != NULL ? lead : agent;
	}
	for (const struct json *row = json_first(targets); row != NULL;
			row = json_next(row)) {
		const char *target = json_text(row, NULL);

		if (target != NULL && is_people(target)) {
			return target;
		}
	}
	return agent;
}

/* The lines that the plan wants ticked, else its commands one by one. */
static void
compile_list(struct step *step)
{
	step->checklist = json_get(step->ext, "checklist");
	if (step->checklist == NULL) {
		step->commands = command_lines(json_get(step->json, "commands"));
		step->checklist = step->commands;
	}
}

static void
compile_step(struct compiler *compiler)
{
	struct step *step = compiler->step;
	int64_t rounds = json_get_int(step->ext, "max_rounds", MAX_ROUNDS);

	step->on_completion = refer_key(compiler, "on_completion");
	step->on_success = refer_key(compiler, "on_success");
	step->on_failure = refer_key(compiler, "on_failure");
	step->delay = json_get_int(step->json, "delay", 0);
	step->timeout = json_get_int(step->json, "timeout", -1);
	step->n = (int)json_get_int(step->ext, "n", 0);
	step->mandatory = json_get_bool(step->ext, "mandatory");
	step->alters = json_get_bool(step->ext, "alters");
	step->max_rounds = rounds < 1 || rounds > MAX_ROUNDS ? MAX_ROUNDS
		: (int)rounds;
	switch (step->type) {
	case STEP_PARALLEL:
		compile_parallel(compiler);
		break;
	case STEP_SWITCH:
		compile_switch(compiler);
		break;
	case STEP_IF: case STEP_WHILE:
		compile_condition(compiler);
		break;
	case STEP_CALL:
		step->call = json_get_text(step->json, "playbook_id");
		step->call_version = json_get_text(step->json, "playbook_version");
		break;
	case STEP_ACTION:
		compile_asks(step);
		compile_list(step);
		break;
	case STEP_START: case STEP_END: case STEP_MISSING:
		break;
	}
	step->lead = find_lead(step);
}

/* False for a type that CACAO 2.0 has not (28). */
static bool
find_type(enum step_type *out, const char *word)
{
	for (size_t i = 0; i < STEP_MISSING; i++) {
		if (strcmp(type_words[i], word) == 0) {
			*out = (enum step_type)i;
			return true;
		}
	}
	return false;
}

static void
collect_step(struct compiler *compiler, const struct json *json)
{
	struct playbook *playbook = compiler->playbook;
	const char *type = json_get_text(json, "type");
	char path[FINDING_PATH];
	struct step step = {
		.id = json_key(json), .json = json, .otherwise = -1,
		.on_completion = NO_STEP, .on_success = NO_STEP,
		.on_failure = NO_STEP,
		.ext = json_get(json_get(json, "step_extensions"), SUCO_EXTENSION),
	};

	path_key(path, "/workflow", step.id);
	if (!json_is(json, JSON_OBJECT) || type == NULL) {
		finding_add(compiler->findings, 28, path,
			_("a step is an object with a type"));
		return;
	}
	if (!find_type(&step.type, type)) {
		finding_add(compiler->findings, 28, path,
			_("there is no step type %s"), type);
		return;
	}
	step.name = json_get_text(json, "name");
	step.text = json_get_text(json, "description");
	if (step.name == NULL || step.name[0] == '\0') {
		step.name = step.id;
	}
	playbook->steps = xrealloc(playbook->steps,
		((size_t)playbook->step_count + 1) * sizeof step);
	playbook->steps[playbook->step_count++] = step;
}

static int
compare_names(const void *left, const void *right)
{
	const struct step_name *a = left;
	const struct step_name *b = right;

	return strcmp(a->id, b->id);
}

static void
sort_names(struct playbook *playbook)
{
	size_t count = (size_t)playbook->step_count;

	playbook->by_id = xrealloc(playbook->by_id, (count + 1) * sizeof *playbook->by_id);
	for (size_t i = 0; i < count; i++) {
		playbook->by_id[i] = (struct step_name){
			.id = playbook->steps[i].id, .index = (int)i,
		};
	}
	qsort(playbook->by_id, count, sizeof *playbook->by_id, compare_names);
}

static void
add_missing(struct compiler *compiler)
{
	struct playbook *playbook = compiler->playbook;
	size_t count = (size_t)playbook->step_count + (size_t)compiler->missing_count;

	if (compiler->missing_count == 0) {
		return;
	}
	playbook->steps = xrealloc(playbook->steps, count * sizeof *playbook->steps);
	for (int i = 0; i < compiler->missing_count; i++) {
		playbook->steps[playbook->step_count++] = (struct step){
			.id = compiler->missing[i], .name = _("a step that is not in the plan"),
			.type = STEP_MISSING, .otherwise = -1, .timeout = -1,
			.on_completion = NO_STEP, .on_success = NO_STEP,
			.on_failure = NO_STEP,
		};
	}
	free(compiler->missing);
	sort_names(playbook);
}

void
cacao_compile(struct playbook *playbook, struct findings *findings)
{
	struct compiler compiler = { .playbook = playbook, .findings = findings };
	const struct json *workflow = playbook->workflow;

	if (!json_is(workflow, JSON_OBJECT)) {
		return;
	}
	for (const struct json *json = json_first(workflow); json != NULL;
			json = json_next(json)) {
		collect_step(&compiler, json);
	}
	sort_names(playbook);
	for (int i = 0; i < playbook->step_count; i++) {
		compiler.step = &playbook->steps[i];
		path_key(compiler.path, "/workflow", compiler.step->id);
		compile_step(&compiler);
	}
	add_missing(&compiler);
}

void
cacao_variable(struct variable *out, const struct json *json,
	const struct json *questions)
{
	const char *name = json_key(json);
	const struct json *ext = json_get(questions, name);

	*out = (struct variable){
		.name = name, .json = json, .ext = ext,
		.type = json_get_text(json, "type"),
		.value = json_get_text(json, "value"),
		.unknown = json_get_text(ext, "unknown"),
		.constant = json_get_bool(json, "constant"),
		.external = json_get_bool(json, "external"),
		.countdown = json_get_bool(ext, "countdown"),
		.series = json_get_bool(ext, "series"),
	};
	if (out->type == NULL) {
		out->type = "string";
	}
	/* "" is a known empty value for text, and nothing for a number. */
	if (out->value != NULL && !value_fits(out->type, out->value)) {
		out->value = NULL;
	}
}

bool
step_variable(struct variable *out, const struct step *step, const char *name)
{
	const struct json *json = json_get(json_get(step->json,
		"step_variables"), name);

	if (!json_is(json, JSON_OBJECT)) {
		return false;
	}
	cacao_variable(out, json, NULL);
	return true;
}
