/* cacao_check_variables.c owns variables and whatever names one: rules 39 and
 * 54 to 59, and the warnings about scope. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"
#include "playbooks/value.h"

static const struct property properties[] = {
	{ "type", SHAPE_TEXT, 55, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "value", SHAPE_VALUE, 0, 56 },
	{ "constant", SHAPE_BOOL, 0, 0 },
	{ "external", SHAPE_BOOL, 0, 0 },
};

static const struct shape variable_shape = {
	.what = "variable", SHAPE_ROWS(properties),
};

static void
check_value(const struct json *json, const char *path,
	struct findings *findings)
{
	const char *type = json_get_text(json, "type");
	const char *value = json_get_text(json, "value");
	char at[FINDING_PATH];

	path_key(at, path, "value");
	if (json_is(json_get(json, "value"), JSON_OBJECT)) {
		bool fits = type != NULL && strcmp(type, "dictionary") == 0;

		finding_add(findings, fits ? RULE_OBJECT_VALUE : 56, at,
			_("a value that is an object is not read"));
	}
	if (type != NULL && !value_type_known(type)) {
		path_key(at, path, "type");
		finding_add(findings, 55, at, _("there is no type %s"), type);
	} else if (type != NULL && value != NULL && value[0] != '\0'
			&& !value_fits(type, value)) {
		finding_add(findings, 57, at, _("'%s' is not of the type %s"), value,
			type);
	}
}

/* Does one of the step's branches lead to that other step? */
static bool
encloses(const struct playbook *playbook, const struct step *step,
	const struct step *other)
{
	char *seen = xcalloc((size_t)playbook->step_count + 1, 1);
	int *queue = xcalloc((size_t)playbook->step_count + 1, sizeof *queue);
	bool found = false;
	int tail = 0;

	for (int i = 0; i < step->branch_count; i++) {
		int first = step->branches[i].first;

		if (first != NO_STEP && !seen[first]) {
			seen[first] = 1;
			queue[tail++] = first;
		}
	}
	while (tail > 0 && !found) {
		const struct step *at = &playbook->steps[queue[--tail]];

		found = at == other;
		for (int i = 0; i < step_edge_count(at); i++) {
			int next = step_edge(at, i);

			if (next != NO_STEP && !seen[next]) {
				seen[next] = 1;
				queue[tail++] = next;
			}
		}
	}
	free(seen);
	free(queue);
	return found;
}

/* An enclosing step's variable of that name is not reached from within. */
static bool
hides_another(const struct playbook *playbook, const struct step *step,
	const char *name)
{
	struct variable variable;

	for (int i = 0; i < playbook->step_count; i++) {
		const struct step *other = &playbook->steps[i];

		if (other != step && other->branch_count > 0
				&& step_variable(&variable, other, name)
				&& encloses(playbook, other, step)) {
			return true;
		}
	}
	return false;
}

static void
check_dictionary(const struct playbook *playbook, const struct json *all,
	const char *base, const struct step *of_step, struct findings *findings)
{
	char path[FINDING_PATH];

	for (const struct json *row = json_is(all, JSON_OBJECT)
			? json_first(all) : NULL;
			row != NULL; row = json_next(row)) {
		const char *name = json_key(row);

		path_key(path, base, name);
		if (!cacao_name_form(name)) {
			finding_add(findings, 54, path,
				_("a variable is named like __name__"));
		}
		if (!json_is(row, JSON_OBJECT)) {
			finding_add(findings, 13, path, _("must be an object"));
			continue;
		}
		shape_check(findings, row, path, &variable_shape);
		check_value(row, path, findings);
		if (of_step != NULL && json_get_bool(row, "external")) {
			finding_add(findings, RULE_STEP_EXTERNAL, path,
				_("only variables of the playbook are external"));
		}
		if (of_step != NULL && playbook_find_variable(playbook, name) != NULL) {
			finding_add(findings, RULE_SHADOWING, path,
				_("hides the playbook's variable of that name"));
		} else if (of_step != NULL && hides_another(playbook, of_step, name)) {
			finding_add(findings, RULE_SHADOWING, path,
				_("hides the variable of that name of a step around it"));
		}
	}
}

struct scope {
	const struct playbook *playbook;
	const struct step *step;
	struct findings *findings;
	const char *path; /* of what names a variable */
};

/* The step's own, then the playbook's, then those of steps that enclose it; last
 * of any other step, which is told. */
static bool
find_variable(struct variable *out, const struct scope *scope,
	const char *name)
{
	const struct playbook *playbook = scope->playbook;
	const struct variable *global = playbook_find_variable(playbook, name);
	bool borrowed = false;

	if (scope->step != NULL && step_variable(out, scope->step, name)) {
		return true;
	}
	if (global != NULL) {
		*out = *global;
		return true;
	}
	for (int i = 0; i < playbook->step_count; i++) {
		const struct step *step = &playbook->steps[i];
		struct variable variable;

		if (!step_variable(&variable, step, name)) {
			continue;
		}
		*out = variable;
		if (scope->step == NULL || encloses(playbook, step, scope->step)) {
			return true;
		}
		borrowed = true;
	}
	if (borrowed) {
		finding_add(scope->findings, RULE_BORROWED, scope->path,
			_("only another step declares %s"), name);
	}
	return borrowed;
}

static bool
look_up(struct condition_value *out, const char *name, void *arg)
{
	const struct scope *scope = arg;
	struct variable variable;

	if (!find_variable(&variable, scope, name)) {
		return false;
	}
	out->type = variable.type;
	out->value = variable.value;
	return true;
}

static void
check_args(struct scope *scope, const char *key, const char *base,
	struct findings *findings)
{
	const struct json *list = json_get(scope->step->json, key);
	bool out = strcmp(key, "out_args") == 0;
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row)) {
		const char *name = json_text(row, "");
		struct variable variable;

		path_key(path, base, key);
		path_index(path, path, index++);
		scope->path = path;
		if (!find_variable(&variable, scope, name)) {
			finding_add(findings, 59, path, _("%s is not declared"), name);
		} else if (out && variable.constant) {
			finding_add(findings, 58, path, _("%s is constant"), name);
		}
	}
}

/* The name at p ("__x__:value"), or 0. */
static size_t
token_length(const char *p)
{
	size_t len = 0;

	while (isalnum((unsigned char)p[len]) || (p[len] != '\0'
			&& strchr("_-.", p[len]) != NULL)) {
		len++;
	}
	return len > 4 && strncmp(p, "__", 2) == 0
		&& strncmp(p + len - 2, "__", 2) == 0
		&& strncmp(p + len, ":value", 6) == 0 ? len : 0;
}

/* "$$x$$", as version 1 wrote a variable. */
static bool
is_old_name(const char *p)
{
	size_t len = 0;

	if (strncmp(p, "$$", 2) != 0) {
		return false;
	}
	while (isalnum((unsigned char)p[2 + len]) || (p[2 + len] != '\0'
			&& strchr("_-", p[2 + len]) != NULL)) {
		len++;
	}
	return len > 0 && strncmp(p + 2 + len, "$$", 2) == 0;
}

static void
check_text(struct scope *scope, const char *text, const char *path,
	struct findings *findings)
{
	const char *p = text != NULL ? text : "";

	while (*(p += strcspn(p, "_$")) != '\0') {
		size_t len = strncmp(p, "__", 2) == 0 ? token_length(p) : 0;

		if (len == 0 && is_old_name(p)) {
			finding_add(findings, 54, path,
				_("a variable is used like __name__:value, not $$name$$"));
			return;
		}
		if (len == 0) {
			p++;
			continue;
		}
		char *name = xstrndup(p, len);
		struct variable variable;

		scope->path = path;
		if (!find_variable(&variable, scope, name)) {
			finding_add(findings, 59, path, _("%s is not declared"), name);
		}
		free(name);
		p += len;
	}
}

static void
check_texts(struct scope *scope, const struct json *value,
	const char *path, struct findings *findings)
{
	char at[FINDING_PATH];
	int index = 0;

	check_text(scope, json_text(value, NULL), path, findings);
	for (const struct json *child = json_first(value); child != NULL;
			child = json_next(child)) {
		const char *key = json_key(child);

		const char *text = json_text(child, NULL);

		/* Conditions are checked as such; most texts name nothing. */
		if (key != NULL && (text_same(key, "condition")
				|| text_same(key, "switch"))) {
			continue;
		}
		if (text != NULL && strpbrk(text, "_$") == NULL) {
			index += key == NULL;
			continue;
		}
		if (key != NULL) {
			path_key(at, path, key);
		} else {
			path_index(at, path, index++);
		}
		check_texts(scope, child, at, findings);
	}
}

static const struct {
	int style;
	const char *said;
} liberal[] = {
	{ CONDITION_DOUBLE_EQUALS, N_("= is written as ==") },
	{ CONDITION_BARE_TEXT, N_("texts in a condition stand in single quotes") },
	{ CONDITION_NO_VALUE, N_("a variable is read as __name__:value") },
	{ CONDITION_BARE_NAME, N_("a variable alone asks nothing: = 'true'") },
	{ CONDITION_SIGNS, N_("AND, OR, NOT and != are written so, not as && || ! <>") },
	{ CONDITION_SQUARE, N_("a condition stands without [ ]") },
	{ CONDITION_BACKSLASH, N_("a backslash in a text is written \\\\") },
};

static void
check_condition(struct scope *scope, const char *base,
	struct findings *findings)
{
	const struct condition *condition = scope->step->condition;
	struct error err = ERROR_INIT;
	char path[FINDING_PATH];

	path_key(path, base, "condition");
	if (condition == NULL) {
		return;
	}
	scope->path = path;
	if (!condition_check(condition, look_up, scope, &err)) {
		finding_add(findings, 39, path, "%s", err.message);
	}
	for (size_t i = 0; i < sizeof liberal / sizeof liberal[0]; i++) {
		if ((condition_style(condition) & liberal[i].style) != 0) {
			finding_add(findings, RULE_STYLE, path, "%s", _(liberal[i].said));
		}
	}
}

static void
check_switch(struct scope *scope, const char *base,
	struct findings *findings)
{
	const char *text = scope->step->switch_on;
	struct variable variable;
	char path[FINDING_PATH];

	if (text == NULL) {
		return;
	}
	size_t len = strcspn(text, ":");
	char *name = xstrndup(text, len);

	path_key(path, base, "switch");
	scope->path = path;
	if (text[len] != '\0' && strcmp(text + len, ":value") != 0) {
		finding_add(findings, 39, path,
			_("a switch names a variable: __name__:value"));
	} else if (!find_variable(&variable, scope, name)) {
		finding_add(findings, 39, path, _("%s is not declared"), name);
	}
	free(name);
}

void
cacao_check_variables(const struct playbook *playbook,
	struct findings *findings)
{
	static const char *const dictionaries[] = {
		"agent_definitions", "target_definitions",
	};
	struct scope scope = { .playbook = playbook, .findings = findings };
	char path[FINDING_PATH];

	check_dictionary(playbook, json_get(playbook->doc, "playbook_variables"),
		"/playbook_variables", NULL, findings);
	for (int i = 0; i < playbook->step_count; i++) {
		scope.step = &playbook->steps[i];
		path_key(path, "/workflow", scope.step->id);
		check_texts(&scope, scope.step->json, path, findings);
		check_args(&scope, "in_args", path, findings);
		check_args(&scope, "out_args", path, findings);
		check_condition(&scope, path, findings);
		check_switch(&scope, path, findings);
		path_key(path, path, "step_variables");
		check_dictionary(playbook, json_get(scope.step->json,
			"step_variables"), path, scope.step, findings);
	}
	scope.step = NULL;
	for (int i = 0; i < 2; i++) {
		path_key(path, "", dictionaries[i]);
		check_texts(&scope, json_get(playbook->doc, dictionaries[i]), path,
			findings);
	}
}
