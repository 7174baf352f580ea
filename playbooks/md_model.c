/* md_model.c makes the model of a plan in Markdown from a playbook.  What the form
 * has no place for is left out here and named by md_losses(). */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "playbooks/md_private.h"

struct modelling {
	const struct playbook *playbook;
	const struct md_names *names;
	const char *language;
	char *seen;          /* steps that stand in the model already */
	struct json *asks;   /* name -> ask */
};

static void
copy_text(struct json *to, const char *key, const struct json *from, const char *name)
{
	const char *text = json_get_text(from, name);

	if (text != NULL && text[0] != '\0') {
		json_set_text(to, key, text);
	}
}

static void
copy_member(struct json *to, const char *key, const struct json *from, const char *name,
	enum json_type type)
{
	const struct json *is = json_get(from, name);

	if (json_is(is, type)) {
		json_set(to, key, json_copy(is));
	}
}

/* ---- questions ---- */

static struct json *
choices_of(const struct variable *variable)
{
	const struct json *from = json_get(variable->ext, "choices");
	struct json *list = json_array();

	for (const struct json *row = json_first(from); row != NULL; row = json_next(row)) {
		struct json *choice = json_object();
		const char *value = json_text_of(row, "value");
		const char *label = json_text_of(row, "label");

		json_set_text(choice, "value", value);
		json_set_text(choice, "label", label[0] != '\0' ? label : value);
		json_push(list, choice);
	}
	return list;
}

static struct json *
ask_of(const struct variable *variable)
{
	const char *question = json_get_text(variable->ext, "question");
	const char *about = json_get_text(variable->json, "description");
	struct json *ask = json_object();
	struct json *choices = choices_of(variable);
	char *bare = xstrndup(variable->name + 2, strlen(variable->name) - 4);
	const char *label = question != NULL ? question : about != NULL ? about : bare;
	char *slug = md_slug(label);

	json_set_text(ask, "label", label);
	json_set_text(ask, "type", variable->type);
	if (strcmp(slug, bare) != 0) {
		json_set_text(ask, "name", bare);
	}
	if (json_count(choices) > 0) {
		json_set(ask, "choices", choices);
	} else {
		json_free(choices);
	}
	copy_text(ask, "unit", variable->ext, "unit");
	copy_member(ask, "min", variable->ext, "min", JSON_NUMBER);
	copy_member(ask, "max", variable->ext, "max", JSON_NUMBER);
	copy_text(ask, "unknown", variable->ext, "unknown");
	copy_text(ask, "value", variable->json, "value");
	free(slug);
	free(bare);
	return ask;
}

static bool
is_name(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && strncmp(name, "__", 2) == 0 && strcmp(name + len - 2, "__") == 0;
}

static void
read_asks(struct modelling *m, struct json *model)
{
	struct json *external = json_array();

	for (int i = 0; i < playbook_variable_count(m->playbook); i++) {
		const struct variable *variable = playbook_variable(m->playbook, i);

		if (is_name(variable->name)) {
			json_set(m->asks, variable->name, ask_of(variable));
		}
		if (is_name(variable->name) && variable->external) {
			json_push(external, ask_of(variable));
		}
	}
	if (json_count(external) > 0) {
		json_set(model, "asks", external);
	} else {
		json_free(external);
	}
}

/* ---- steps ---- */

static struct json *sequence_of(struct modelling *m, int first);

static void
set_names(struct modelling *m, struct json *out, const char *key, const struct json *ids)
{
	struct json *list = json_array();

	for (const struct json *row = json_first(ids); row != NULL; row = json_next(row)) {
		json_push(list, json_string(playbook_agent_name(m->playbook,
			json_text(row, ""))));
	}
	if (json_count(list) > 0) {
		json_set(out, key, list);
	} else {
		json_free(list);
	}
}

/* What to do, of a plan that does not have suco-step: its description, its commands. */
static void
set_how(struct json *out, const struct step *step)
{
	struct json *list = json_array();

	if (json_count(json_get(step->ext, "how")) > 0) {
		json_free(list);
		json_set(out, "how", json_copy(json_get(step->ext, "how")));
		return;
	}
	if (step->ext == NULL && step->text != NULL) {
		json_push(list, json_string(step->text));
	}
	for (const struct json *row = step->ext != NULL ? NULL
			: json_first(json_get(step->json, "commands"));
			row != NULL; row = json_next(row)) {
		if (json_get_text(row, "command") != NULL) {
			json_push(list, json_string(json_get_text(row, "command")));
		}
	}
	if (json_count(list) > 0) {
		json_set(out, "how", list);
	} else {
		json_free(list);
	}
}

static void
set_asks(struct modelling *m, struct json *out, const struct step *step)
{
	struct json *list = json_array();

	for (int i = 0; i < step->ask_count; i++) {
		const struct json *ask = json_get(m->asks, step->asks[i]);

		if (ask != NULL) {
			json_push(list, json_copy(ask));
		}
	}
	if (json_count(list) > 0) {
		json_set(out, "asks", list);
	} else {
		json_free(list);
	}
}

static void
model_action(struct modelling *m, struct json *out, const struct step *step)
{
	json_set_text(out, "title", step->name);
	if (step->lead != NULL) {
		json_set_text(out, "lead", playbook_agent_name(m->playbook, step->lead));
	}
	set_names(m, out, "support", json_get(step->ext, "support"));
	if (step->timeout > 0) {
		json_set_int(out, "limit", step->timeout);
	}
	if (step->delay > 0) {
		json_set_int(out, "delay", step->delay);
	}
	copy_member(out, "mandatory", step->ext, "mandatory", JSON_BOOL);
	copy_member(out, "alters", step->ext, "alters", JSON_BOOL);
	copy_text(out, "why", step->ext, "why");
	copy_text(out, "cost", step->ext, "cost");
	set_how(out, step);
	set_asks(m, out, step);
	md_model_decision(out, m->playbook, step, m->language);
	copy_text(out, "proof", step->ext, "proof");
	copy_text(out, "status_hint", step->ext, "status_hint");
}

static void
push_branch(struct modelling *m, struct json *branches, int first, const char *name,
	bool otherwise)
{
	struct json *branch = json_object();

	if (name != NULL) {
		json_set_text(branch, "name", name);
	}
	if (otherwise) {
		json_set_bool(branch, "otherwise", true);
	}
	json_set(branch, "steps", sequence_of(m, first));
	json_push(branches, branch);
}

/* The words of a case: the label of its value. */
static const char *
case_words(const struct json *ask, const char *value)
{
	for (const struct json *row = json_first(json_get(ask, "choices")); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text_of(row, "value"), value) == 0) {
			return json_text_of(row, "label");
		}
	}
	return value;
}

static void
model_switch(struct modelling *m, struct json *out, struct json *branches,
	const struct step *step)
{
	char *name = xstrndup(step->switch_on != NULL ? step->switch_on : "",
		strcspn(step->switch_on != NULL ? step->switch_on : "", ":"));
	const struct json *ask = json_get(m->asks, name);
	char *call = ask != NULL ? md_ask_call(ask, name) : xstrdup(name);

	json_set_text(out, "title", call);
	for (int i = 0; i < step->branch_count; i++) {
		bool otherwise = i == step->otherwise;

		push_branch(m, branches, step->branches[i].first, otherwise ? NULL
			: case_words(ask, step->branches[i].key), otherwise);
	}
	free(call);
	free(name);
}

/* In the words in which it was written, where its name keeps them: "power is back",
 * not "power is back = yes". */
static char *
condition_words(const struct modelling *m, const struct step *step)
{
	const char *is = json_text_of(step->json, "condition");
	const char *bare = md_bare_name(step);
	struct md_faults none = { 0 };
	char *read = bare != step->name ? md_condition_read(&none, 0, bare, m->asks) : NULL;
	bool same = read != NULL && strcmp(read, is) == 0;

	md_faults_finish(&none);
	free(read);
	return same ? xstrdup(bare) : md_condition_print(is, m->asks, m->language);
}

static void
model_branches(struct modelling *m, struct json *out, const struct step *step)
{
	struct json *branches = json_array();

	if (step->type == STEP_SWITCH) {
		model_switch(m, out, branches, step);
	} else if (step->type == STEP_PARALLEL) {
		json_set_text(out, "title", "");
		for (int i = 0; i < step->branch_count; i++) {
			push_branch(m, branches, step->branches[i].first,
				step->branches[i].name, false);
		}
	} else {
		char *title = condition_words(m, step);

		json_set_text(out, "title", title);
		free(title);
		for (int i = 0; i < step->branch_count; i++) {
			if (step->branches[i].first != NO_STEP) {
				push_branch(m, branches, step->branches[i].first, NULL, false);
			}
		}
		copy_member(out, "max_rounds", step->ext, "max_rounds", JSON_NUMBER);
	}
	json_set(out, "branches", branches);
}

static void
model_call(struct modelling *m, struct json *out, const struct step *step)
{
	const char *id = step->call != NULL ? step->call : "";
	char *name = m->names != NULL && m->names->name_of != NULL
		? m->names->name_of(m->names->arg, id) : NULL;

	json_set_text(out, "title", name != NULL ? name : id);
	free(name);
}

static struct json *
model_step(struct modelling *m, const struct step *step)
{
	static const char *const kinds[] = {
		[STEP_START] = "", [STEP_END] = "", [STEP_ACTION] = "action",
		[STEP_CALL] = "call", [STEP_PARALLEL] = "parallel", [STEP_IF] = "if",
		[STEP_WHILE] = "while", [STEP_SWITCH] = "switch",
	};
	struct json *out = json_object();

	json_set_text(out, "kind", kinds[step->type]);
	if (step->type == STEP_ACTION) {
		model_action(m, out, step);
	} else if (step->type == STEP_CALL) {
		model_call(m, out, step);
	} else {
		model_branches(m, out, step);
	}
	if (step->type != STEP_ACTION) {
		char *own = md_own_name(out, m->language);

		if (json_get_text(step->json, "name") != NULL
				&& strcmp(own, step->name) != 0) {
			json_set_text(out, "name", step->name);
		}
		free(own);
	}
	copy_text(out, "phase", step->ext, "phase");
	return out;
}

static struct json *
sequence_of(struct modelling *m, int first)
{
	struct json *steps = json_array();

	for (int at = first; at != NO_STEP && !m->seen[at];) {
		const struct step *step = playbook_step(m->playbook, at);

		m->seen[at] = 1;
		if (step->type != STEP_START && step->type != STEP_END) {
			json_push(steps, model_step(m, step));
		}
		at = step->on_completion != NO_STEP ? step->on_completion : step->on_success;
	}
	return steps;
}

/* ---- the whole plan ---- */

static void
read_roles(struct modelling *m, struct json *model)
{
	const struct json *agents = json_get(playbook_json(m->playbook), "agent_definitions");
	struct json *list = json_array();

	for (const struct json *row = json_first(agents); row != NULL; row = json_next(row)) {
		const char *role = playbook_agent_role(m->playbook, json_key(row));
		const char *type = json_text_of(row, "type");
		struct json *out;

		if ((role == NULL && strcmp(type, "group") == 0)
				|| md_enum_word("agent", type) == NULL) {
			continue;
		}
		out = json_object();
		json_set_text(out, "name", json_text_of(row, "name"));
		json_set_text(out, "type", type);
		if (role != NULL) {
			json_set_text(out, "role", role);
		}
		json_push(list, out);
	}
	if (json_count(list) > 0) {
		json_set(model, "roles", list);
	} else {
		json_free(list);
	}
}

struct json *
md_model(const struct playbook *playbook, const struct md_names *names)
{
	const struct json *ext = playbook_ext(playbook);
	const char *language = json_get_text(ext, "language");
	struct modelling m = {
		.playbook = playbook, .names = names, .asks = json_object(),
		.language = language != NULL && strcmp(language, "en") == 0 ? "en"
			: language == NULL ? "en" : "vi",
		.seen = xcalloc((size_t)playbook_step_count(playbook) + 1, 1),
	};
	struct json *model = json_object();
	const char *name = playbook_text(playbook, "name");

	json_set_text(model, "title", name != NULL ? name : "");
	json_set_text(model, "language", m.language);
	copy_text(model, "description", playbook_json(playbook), "description");
	copy_text(model, "code", ext, "code");
	copy_text(model, "kind", ext, "kind");
	copy_text(model, "starts_when", ext, "starts_when");
	copy_text(model, "status", ext, "status");
	copy_member(model, "assets", ext, "assets", JSON_ARRAY);
	read_asks(&m, model);
	read_roles(&m, model);
	json_set(model, "steps", sequence_of(&m, playbook_start(playbook)));
	if (playbook_exception(playbook) != NO_STEP) {
		json_set(model, "exception", sequence_of(&m, playbook_exception(playbook)));
	}
	json_free(m.asks);
	free(m.seen);
	return model;
}
