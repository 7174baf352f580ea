/* md_build_steps.c makes the steps of a playbook from those of a model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/condition.h"
#include "playbooks/md_build.h"

#define MINUTE INT64_C(60000)
#define MOST_REMINDER (240 * MINUTE)

static const struct {
	const char *kind, *type;
} types[] = {
	{ "action", "action" }, { "if", "if-condition" }, { "while", "while-condition" },
	{ "parallel", "parallel" }, { "switch", "switch-condition" },
	{ "call", "playbook-action" },
};

static const char *
type_of(const struct json *step)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		if (strcmp(types[i].kind, json_text_of(step, "kind")) == 0) {
			return types[i].type;
		}
	}
	return "action";
}

/* What a step is known by: of a condition or a call what it means, so that it is the
 * same step in whatever words.  The caller's. */
static char *
step_words(struct md_building *b, const struct json *step)
{
	const char *title = json_text_of(step, "title");
	const char *kind = json_text_of(step, "kind");
	const struct md_names *names = b->source->names;
	struct md_faults none = { 0 }; /* they are told when the step is built */
	char *words = NULL;
	size_t len;

	if (strcmp(kind, "if") == 0 || strcmp(kind, "while") == 0) {
		words = md_condition_read(&none, 0, title, b->asks);
	} else if (strcmp(kind, "call") == 0 && names != NULL && names->id_of != NULL) {
		words = names->id_of(names->arg, title, b->language);
	} else if (strcmp(kind, "switch") == 0) {
		const struct json *ask = md_ask_find(b->asks, title, &len);

		words = xstrdup(ask != NULL ? json_key(ask) : NULL);
	}
	md_faults_finish(&none);
	return words != NULL ? words : xstrdup(title);
}

/* From the plan, the type, the words and how often they were there before: it stays
 * when other steps come and go. */
static void
step_id(struct md_building *b, char out[MD_ID], const struct json *step)
{
	const char *type = type_of(step);
	char *text = step_words(b, step);
	char *key = xasprintf("%s/%s", type, text);
	int64_t times = json_get_int(b->seen, key, 0);
	char *words = xasprintf("%s/%s/%lld", b->id, key, (long long)times);

	json_set_int(b->seen, key, times + 1);
	md_id(out, type, words);
	free(words);
	free(key);
	free(text);
}

static int
line_of(const struct json *step)
{
	return (int)json_get_int(step, "line", 0);
}

static void
set_ext(struct json *step, struct json *ext)
{
	struct json *all = json_object();

	json_set(all, SUCO_EXTENSION, ext);
	json_set(step, "step_extensions", all);
}

static void
copy_members(struct json *to, const struct json *from, const char *const keys[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (json_get(from, keys[i]) != NULL) {
			json_set(to, keys[i], json_copy(json_get(from, keys[i])));
		}
	}
}

/* The names of the variables that a step asks. */
static struct json *
asks_of(struct md_building *b, const struct json *step)
{
	struct json *list = json_array();

	for (const struct json *row = json_first(json_get(step, "asks")); row != NULL;
			row = json_next(row)) {
		char *name = md_ask_name(row);
		bool twice = false;

		for (const struct json *is = json_first(list); is != NULL; is = json_next(is)) {
			twice = twice || strcmp(json_text(is, ""), name) == 0;
		}
		if (twice) {
			md_fault(b->faults, line_of(row), _("the step asks this twice"));
		} else {
			json_push(list, json_string(name));
			json_set_bool(b->asked, name, true);
		}
		free(name);
	}
	return list;
}

static struct json *
action_ext(struct md_building *b, const struct json *step, const char *lead,
	const struct json *asks)
{
	static const char *const first[] = { "why", "cost", "how", "proof", "mandatory",
		"alters" };
	static const char *const last[] = { "status_hint" };
	const struct json *support = json_get(step, "support");
	int64_t limit = json_get_int(step, "limit", 0);
	struct json *ext = json_object();

	json_set_int(ext, "n", ++b->actions);
	copy_members(ext, step, first, sizeof first / sizeof first[0]);
	json_set_text(ext, "lead", lead);
	if (support != NULL) {
		struct json *list = json_array();

		for (const struct json *row = json_first(support); row != NULL;
				row = json_next(row)) {
			json_push(list, json_string(md_agent(b, json_text(row, ""))));
		}
		json_set(ext, "support", list);
	}
	if (limit >= 2 * MINUTE) {
		int64_t before = limit / 5 / MINUTE * MINUTE;

		json_set_int(ext, "remind_before_ms", before < MINUTE ? MINUTE
			: before > MOST_REMINDER ? MOST_REMINDER : before);
	}
	if (limit > 0) {
		json_set_text(ext, "due_from", "opened");
	}
	if (json_count(asks) > 0) {
		json_set(ext, "asks", json_copy(asks));
	}
	md_add_decision(b, ext, step);
	copy_members(ext, step, last, sizeof last / sizeof last[0]);
	return ext;
}

static void
build_action(struct md_building *b, struct json *out, const struct json *step)
{
	const char *name = json_get_text(step, "lead");
	struct json *commands = json_array();
	struct json *command = json_object();
	struct json *asks;
	const char *lead;
	char *text;

	name = name != NULL ? name : json_get_text(b->model, "lead");
	if (name == NULL) {
		md_fault(b->faults, line_of(step),
			_("nobody leads this step: add Lead: NAME, or one above all steps"));
	}
	lead = md_agent(b, name != NULL ? name : "?");
	asks = asks_of(b, step);
	if (json_get(step, "delay") != NULL) {
		json_set(out, "delay", json_copy(json_get(step, "delay")));
	}
	if (json_get(step, "limit") != NULL) {
		json_set(out, "timeout", json_copy(json_get(step, "limit")));
	}
	set_ext(out, action_ext(b, step, lead, asks));
	text = md_command(b, step);
	json_set_text(command, "type", "manual");
	json_set_text(command, "command", text);
	json_set_text(command, "playbook_activity", b->activity);
	json_push(commands, command);
	json_set(out, "commands", commands);
	json_set_text(out, "agent", lead);
	if (json_count(asks) > 0) {
		json_set(out, "out_args", asks);
	} else {
		json_free(asks);
	}
	b->times |= json_get(step, "delay") != NULL || json_get(step, "limit") != NULL;
	free(text);
}

/* What a branch hangs on must be known by then: asked before, or with a value at
 * first. */
static void
check_known(struct md_building *b, const char *name, int line)
{
	const struct json *ask = json_get(b->asks, name);

	if (ask != NULL && json_get(b->asked, name) == NULL
			&& json_get(ask, "value") == NULL) {
		md_fault(b->faults, line,
			_("'%s' is asked only later: ask it before, or say what holds at first: "
			"; at first: ..."), json_text_of(ask, "label"));
	}
}

static void
build_condition(struct md_building *b, struct json *out, const struct json *step)
{
	struct condition *tree = NULL;
	struct error err = ERROR_INIT;
	char *text = md_condition_read(b->faults, line_of(step), json_text_of(step, "title"),
		b->asks);

	if (text == NULL) {
		return;
	}
	json_set_text(out, "condition", text);
	if (!condition_parse(&tree, text, &err)) {
		md_fault(b->faults, line_of(step), "%s", err.message);
	}
	for (int i = 0; tree != NULL && i < condition_name_count(tree); i++) {
		check_known(b, condition_name(tree, i), line_of(step));
	}
	condition_free(tree);
	free(text);
}

static void
branch_into(struct md_building *b, char first[MD_ID], const struct json *branch,
	const char *id, int index)
{
	char *place = xasprintf("%s/%d", id, index);

	md_sequence(b, first, json_get(branch, "steps"), place);
	free(place);
}

static void
build_if(struct md_building *b, struct json *out, const struct json *step, const char *id)
{
	const struct json *branches = json_get(step, "branches");
	char first[MD_ID];

	b->ifs = true;
	build_condition(b, out, step);
	branch_into(b, first, json_at(branches, 0), id, 0);
	json_set_text(out, "on_true", first);
	if (json_count(branches) > 1) {
		branch_into(b, first, json_at(branches, 1), id, 1);
		json_set_text(out, "on_false", first);
	}
}

static void
build_while(struct md_building *b, struct json *out, const struct json *step,
	const char *id)
{
	const struct json *rounds = json_get(step, "max_rounds");
	char first[MD_ID];

	b->whiles = true;
	build_condition(b, out, step);
	branch_into(b, first, json_at(json_get(step, "branches"), 0), id, 0);
	json_set_text(out, "on_true", first);
	if (rounds != NULL) {
		struct json *ext = json_object();

		json_set(ext, "max_rounds", json_copy(rounds));
		set_ext(out, ext);
	}
}

static void
build_parallel(struct md_building *b, struct json *out, const struct json *step,
	const char *id)
{
	struct json *next = json_array();
	struct json *names = json_array();
	int index = 0;

	b->parallels = true;
	for (const struct json *row = json_first(json_get(step, "branches")); row != NULL;
			row = json_next(row)) {
		char first[MD_ID];

		branch_into(b, first, row, id, index++);
		json_push(next, json_string(first));
		if (json_get(row, "name") != NULL) {
			struct json *name = json_object();

			json_set_text(name, "step", first);
			json_set_text(name, "name", json_text_of(row, "name"));
			json_push(names, name);
		}
	}
	json_set(out, "next_steps", next);
	if (json_count(names) > 0) {
		struct json *ext = json_object();

		json_set(ext, "branches", names);
		set_ext(out, ext);
	} else {
		json_free(names);
	}
}

static bool
same_words(const char *a, const char *b)
{
	char *is = fold_text(a);
	bool same = md_one_of(is, b);

	free(is);
	return same;
}

/* The key of a case: the value whose label it is. */
static char *
case_key(struct md_building *b, const struct json *ask, const struct json *branch)
{
	const char *said = json_text_of(branch, "name");

	for (const struct json *row = json_first(json_get(ask, "choices")); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text_of(row, "value"), said) == 0
				|| same_words(said, json_text_of(row, "label"))) {
			return xstrdup(json_text_of(row, "value"));
		}
	}
	if (json_get(ask, "choices") != NULL) {
		md_fault(b->faults, line_of(branch),
			_("'%s' is none of the answers to this question"), said);
	}
	return xstrdup(said);
}

static void
build_switch(struct md_building *b, struct json *out, const struct json *step,
	const char *id)
{
	size_t len;
	const char *title = json_text_of(step, "title");
	const struct json *ask = md_ask_find(b->asks, title, &len);
	struct json *cases = json_object();
	char first[MD_ID];
	int index = 0;

	b->switches = true;
	if (ask == NULL || title[len + strspn(title + len, " ?")] != '\0') {
		md_fault(b->faults, line_of(step), _("'%s' is asked in no step"), title);
	} else {
		char *on = xasprintf("%s:value", json_key(ask));

		json_set_text(out, "switch", on);
		check_known(b, json_key(ask), line_of(step));
		free(on);
	}
	for (const struct json *row = json_first(json_get(step, "branches")); row != NULL;
			row = json_next(row)) {
		char *key = json_get_bool(row, "otherwise") ? xstrdup("default")
			: case_key(b, ask, row);

		branch_into(b, first, row, id, index++);
		if (json_get(cases, key) != NULL) {
			md_fault(b->faults, line_of(row), _("this case is there twice"));
		}
		json_set_text(cases, key, first);
		free(key);
	}
	json_set(out, "cases", cases);
}

static void
build_call(struct md_building *b, struct json *out, const struct json *step)
{
	const struct md_names *names = b->source->names;
	const char *said = json_text_of(step, "title");
	char *id = NULL;

	b->calls = true;
	if (strncmp(said, "playbook--", 10) == 0) {
		id = xstrdup(said);
	} else if (names != NULL && names->id_of != NULL) {
		id = names->id_of(names->arg, said, b->language);
	}
	if (id == NULL) {
		md_fault(b->faults, line_of(step), _("there is no plan %s"), said);
	}
	json_set_text(out, "playbook_id", id != NULL ? id : said);
	free(id);
}

char *
md_own_name(const struct json *step, const char *language)
{
	const char *title = json_text_of(step, "title");
	const char *kind = json_text_of(step, "kind");
	const struct md_word *row = md_row_of(kind);

	return strcmp(kind, "action") == 0 ? xstrdup(title)
		: xasprintf("%s%s%s", md_say(row, language), title[0] != '\0' ? " " : "",
			title);
}

/* The heading under which the step stands, beside what its extension has. */
static void
add_phase(struct json *out, const char *phase)
{
	struct json *all = json_detach(out, "step_extensions");
	struct json *ext = all != NULL ? json_detach(all, SUCO_EXTENSION) : json_object();

	json_set_text(ext, "phase", phase);
	json_free(all);
	set_ext(out, ext);
}

static void
build_step(struct md_building *b, const struct json *step, const char *id,
	const char *next)
{
	const char *type = type_of(step);
	const char *given = json_get_text(step, "name");
	char *name = given != NULL ? xstrdup(given) : md_own_name(step, b->language);
	struct json *out = json_object();

	json_set_text(out, "type", type);
	json_set_text(out, "name", name);
	free(name);
	if (strcmp(type, "action") == 0) {
		build_action(b, out, step);
	} else if (strcmp(type, "if-condition") == 0) {
		build_if(b, out, step, id);
	} else if (strcmp(type, "while-condition") == 0) {
		build_while(b, out, step, id);
	} else if (strcmp(type, "parallel") == 0) {
		build_parallel(b, out, step, id);
	} else if (strcmp(type, "switch-condition") == 0) {
		build_switch(b, out, step, id);
	} else {
		build_call(b, out, step);
	}
	if (json_get(step, "phase") != NULL) {
		add_phase(out, json_text_of(step, "phase"));
	}
	json_set_text(out, "on_completion", next);
	json_set(b->workflow, id, out);
	md_where_step(b->lines, id, step);
}

void
md_sequence(struct md_building *b, char out[MD_ID], const struct json *steps,
	const char *place)
{
	char *words = xasprintf("%s/end/%s", b->id, place);
	struct json *end = json_object();
	char next[MD_ID] = "", id[MD_ID] = "", last[MD_ID];

	md_id(last, "end", words);
	free(words);
	(void)snprintf(out, MD_ID, "%s", last);
	for (const struct json *step = json_first(steps); step != NULL;
			step = json_next(step)) {
		const struct json *after = json_next(step);

		if (step == json_first(steps)) {
			step_id(b, id, step);
			(void)snprintf(out, MD_ID, "%s", id);
		}
		if (after != NULL) {
			step_id(b, next, after);
		}
		build_step(b, step, id, after != NULL ? next : last);
		(void)snprintf(id, MD_ID, "%s", next);
	}
	json_set_text(end, "type", "end");
	json_set(b->workflow, last, end);
}
