/* cacao_convert_steps.c owns the conversion of steps: their types and ids, lists
 * of one, targets, and who does what people do by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/ids.h"
#include "core/mem.h"
#include "playbooks/cacao_convert_private.h"
#include "playbooks/cacao_graph.h"

static const char *const types[][2] = {
	{ "single", "action" }, { "playbook", "playbook-action" },
};

static const char *
new_type(const char *old)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		if (strcmp(types[i][0], old) == 0) {
			return types[i][1];
		}
	}
	return old;
}

const char *
new_step_id(const struct converter *c, const char *old)
{
	for (int i = 0; i < c->step_count; i++) {
		if (strcmp(c->steps[i].old_id, old) == 0) {
			return c->steps[i].id;
		}
	}
	return old;
}

/* The UUID behind "step--" where it may stay: of version 4. */
static const char *
kept_uuid(const char *id)
{
	const char *dashes = strstr(id, "--");

	return dashes != NULL && cacao_identifier(id) && dashes[2 + 14] == '4'
		? dashes + 2 : NULL;
}

static bool
is_step_type(const char *type)
{
	for (int i = STEP_START; i <= STEP_SWITCH; i++) {
		if (strcmp(step_type_word((enum step_type)i), type) == 0) {
			return true;
		}
	}
	return false;
}

/* Two steps must not become one. */
static bool
is_taken(const struct converter *c, const char *id)
{
	bool taken = json_get(json_get(c->doc, "workflow"), id) != NULL;

	for (int i = 0; i < c->step_count && !taken; i++) {
		taken = strcmp(c->steps[i].id, id) == 0;
	}
	return taken;
}

/* Ids are names within the file: a new one changes nothing but the name. */
static void
name_step(struct converter *c, const struct json *step)
{
	struct made_step *made = &c->steps[c->step_count];
	const char *old = json_key(step);
	const char *type = json_get_text(step, "type");
	char path[FINDING_PATH];

	char id[MADE_ID_SIZE] = "";

	*made = (struct made_step){ .old_id = xstrdup(old) };
	if (type != NULL && is_step_type(new_type(type))) {
		const char *uuid = kept_uuid(old);

		type = new_type(type);
		if (uuid == NULL) {
			made_id(id, c, type, old);
		} else if (!cacao_has_prefix(old, type)) {
			(void)snprintf(id, sizeof id, "%.30s--%.36s", type, uuid);
		}
	}
	made->id = xstrdup(id[0] == '\0' || is_taken(c, id) ? old : id);
	if (strcmp(made->id, old) != 0) {
		path_key(path, "/workflow", old);
		note_change(c, path, _("the step is now called %s"), made->id);
	}
	c->step_count++;
}

static struct json *
renamed(const struct converter *c, const struct json *value)
{
	return json_is(value, JSON_STRING)
		? json_string(new_step_id(c, json_text(value, ""))) : json_copy(value);
}

/* A step's id; version 1 had lists, of which one that holds one is certain. */
static struct json *
convert_reference(struct converter *c, const struct json *value, const char *path)
{
	if (json_is(value, JSON_ARRAY) && json_count(value) == 1
			&& json_is(json_at(value, 0), JSON_STRING)) {
		note_change(c, path, _("the list of one step is now that step"));
		return renamed(c, json_at(value, 0));
	}
	return renamed(c, value);
}

static struct json *
convert_each_reference(struct converter *c, const struct json *value, const char *path)
{
	bool object = json_is(value, JSON_OBJECT);
	struct json *made;
	char at[FINDING_PATH];

	if (!object && !json_is(value, JSON_ARRAY)) {
		return json_copy(value);
	}
	made = object ? json_object() : json_array();
	for (const struct json *row = json_first(value); row != NULL;
			row = json_next(row)) {
		if (object) {
			path_key(at, path, json_key(row));
			json_set(made, json_key(row), convert_reference(c, row, at));
		} else {
			json_push(made, renamed(c, row));
		}
	}
	return made;
}

static struct json *
convert_type(struct converter *c, const struct json *value, const char *path)
{
	const char *old = json_text(value, NULL);
	const char *now = old == NULL ? NULL : new_type(old);

	if (now == NULL) {
		return json_copy(value);
	}
	if (strcmp(old, now) != 0) {
		note_change(c, path, _("%s is now called %s"), old, now);
	}
	return json_string(now);
}

static const struct {
	const char *name;
	struct json *(*convert)(struct converter *, const struct json *, const char *);
} members[] = {
	{ "type", convert_type },
	{ "on_completion", convert_reference },
	{ "on_success", convert_reference },
	{ "on_failure", convert_reference },
	{ "on_true", convert_reference },
	{ "on_false", convert_reference },
	{ "next_steps", convert_each_reference },
	{ "cases", convert_each_reference },
	{ "condition", convert_condition },
	{ "in_args", convert_names },
	{ "out_args", convert_names },
	{ "step_variables", convert_variables },
};

static void
rename_member(struct converter *c, struct json *o, const char *old, const char *now,
	const char *base)
{
	char path[FINDING_PATH];

	if (json_get(o, old) == NULL || json_get(o, now) != NULL) {
		return;
	}
	path_key(path, base, old);
	note_change(c, path, _("%s is now called %s"), old, now);
	json_set(o, now, json_detach(o, old));
}

static bool
is_empty_list(const struct json *value)
{
	return json_is(value, JSON_ARRAY) && json_count(value) == 0;
}

/* What is false in a version 1 condition: no branch; after a while, what follows. */
static void
convert_false(struct converter *c, struct json *o, const char *path)
{
	char at[FINDING_PATH];

	path_key(at, path, "on_false");
	if (is_empty_list(json_get(o, "on_false"))) {
		json_remove(o, "on_false");
		note_change(c, at, _("the empty list is taken out"));
	}
	if (strcmp(json_text_of(o, "type"), "while-condition") == 0
			&& json_is(json_get(o, "on_false"), JSON_STRING)
			&& json_get(o, "on_success") == NULL) {
		rename_member(c, o, "on_false", "on_completion", path);
	}
}

/* A target that stood within the step is defined for the playbook. */
static void
convert_target(struct converter *c, struct json *o, const char *step,
	const char *path)
{
	const struct json *target = json_get(o, "target");
	const char *type = json_get_text(target, "type");
	struct json *list;
	char id[MADE_ID_SIZE];
	char at[FINDING_PATH];

	rename_member(c, o, "target_ids", "targets", path);
	if (type == NULL || json_get(o, "targets") != NULL) {
		return;
	}
	made_id(id, c, type, step);
	list = json_array();
	json_push(list, json_string(id));
	json_set(o, "targets", list);
	json_set(c->targets, id, json_detach(o, "target"));
	path_key(at, path, "target");
	note_change(c, at, _("stands now in target_definitions as %s"), id);
}

static bool
is_people(const char *type)
{
	static const char *const people[] = {
		"individual", "group", "organization", "location", "sector",
	};

	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		if (strcmp(people[i], type) == 0) {
			return true;
		}
	}
	return false;
}

static bool
all_manual(const struct json *commands)
{
	bool manual = json_count(commands) > 0;

	for (const struct json *row = json_first(commands); row != NULL;
			row = json_next(row)) {
		manual = manual && strcmp(json_text_of(row, "type"), "manual") == 0;
	}
	return manual;
}

static const struct json *
definition_of(const struct converter *c, const char *id)
{
	static const char *const dictionaries[] = {
		"target_definitions", "targets", "agent_definitions",
	};
	const struct json *found = json_get(c->targets, id);

	for (int i = 0; i < 3 && found == NULL; i++) {
		found = json_get(json_get(c->doc, dictionaries[i]), id);
	}
	return found;
}

/* Version 1 had no agents.  What is done by hand is done by the people that the
 * step names, where it names one; anything else stays open. */
static void
convert_agent(struct converter *c, struct json *o, const char *path)
{
	const struct json *targets = json_get(o, "targets");
	const char *only = json_count(targets) == 1 ? json_text(json_at(targets, 0), NULL)
		: NULL;
	const struct json *who = only == NULL ? NULL : definition_of(c, only);

	if (strcmp(json_text_of(o, "type"), "action") != 0 || json_get(o, "agent") != NULL
			|| who == NULL || !is_people(json_text_of(who, "type"))
			|| !all_manual(json_get(o, "commands"))) {
		return;
	}
	json_set(c->agents, only, json_copy(who));
	note_change(c, path, _("%s does this step: it is the agent, not a target"),
		json_get_text(who, "name") != NULL ? json_text_of(who, "name") : only);
	json_set_text(o, "agent", only);
	json_remove(o, "targets");
}

static struct json *
convert_step(struct converter *c, const struct json *step)
{
	struct json *o = json_object();
	char base[FINDING_PATH];
	char path[FINDING_PATH];

	path_key(base, "/workflow", json_key(step));
	for (const struct json *row = json_first(step); row != NULL;
			row = json_next(row)) {
		struct json *made = NULL;

		path_key(path, base, json_key(row));
		for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
			if (strcmp(members[i].name, json_key(row)) == 0) {
				made = members[i].convert(c, row, path);
			}
		}
		json_set(o, json_key(row), made != NULL ? made : convert_value(c, row, path));
	}
	convert_false(c, o, base);
	convert_target(c, o, json_key(step), base);
	convert_agent(c, o, base);
	return o;
}

void
convert_steps(struct converter *c, const struct json *workflow)
{
	int index = 0;

	c->steps = xcalloc((size_t)json_count(workflow) + 1, sizeof *c->steps);
	for (const struct json *row = json_first(workflow); row != NULL;
			row = json_next(row)) {
		name_step(c, row);
	}
	for (const struct json *row = json_first(workflow); row != NULL;
			row = json_next(row)) {
		c->steps[index++].o = json_is(row, JSON_OBJECT) ? convert_step(c, row)
			: json_copy(row);
	}
}
