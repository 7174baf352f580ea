/* plan_diff_fields.c compares the members of steps and of the plan: ids stand there
 * as the names that people know, so that a new id alone is no change. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "playbooks/plan_diff_private.h"

/* What follows from the rest. */
static const char *const derived_of_step[] = {
	"type", "on_completion", "on_true", "on_false", "next_steps", "agent", "commands",
	"out_args", "n", "remind_before_ms", "due_from", "step_extensions",
};
static const char *const derived_of_plan[] = {
	"playbook_processing_summary", "extension_definitions", "created",
	"created_by", "spec_version", "id", "playbook_activities", "workflow_start",
};
/* Said elsewhere, or of the file and not of the plan. */
static const char *const never_of_plan[] = {
	"workflow", "modified", "signatures", "agent_definitions", "playbook_variables",
	"playbook_extensions", "workflow_start",
};
static const char *const never_of_step[] = { "step_extensions" };

#define IN(list, word) in_list((list), sizeof (list) / sizeof (list)[0], (word))

static bool
in_list(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], word) == 0) {
			return true;
		}
	}
	return false;
}

/* What people call the thing that an id names; the text itself where it is none. */
static const char *
name_of(const struct side *side, const char *text)
{
	int step = strstr(text, "--") == NULL ? NO_STEP
		: playbook_find_step(side->playbook, text);

	if (step != NO_STEP) {
		const struct step *is = playbook_step(side->playbook, step);

		return is->type == STEP_END ? "end" : is->name;
	}
	return strstr(text, "--") != NULL ? playbook_agent_name(side->playbook, text) : text;
}

/* A copy with names for ids, in keys too. */
static struct json *
with_names(const struct side *side, const struct json *value)
{
	struct json *out;

	switch (json_type(value)) {
	case JSON_STRING:
		return json_string(name_of(side, json_text(value, "")));
	case JSON_ARRAY:
		out = json_array();
		for (const struct json *row = json_first(value); row != NULL;
				row = json_next(row)) {
			json_push(out, with_names(side, row));
		}
		return out;
	case JSON_OBJECT:
		out = json_object();
		for (const struct json *row = json_first(value); row != NULL;
				row = json_next(row)) {
			json_set(out, name_of(side, json_key(row)), with_names(side, row));
		}
		return out;
	default:
		return json_copy(value);
	}
}

/* For people and for comparing: a text as it is, else one canonical line. */
static char *
text_of(const struct side *side, const struct json *value)
{
	struct json *named;
	char *text;

	if (value == NULL) {
		return NULL;
	}
	named = with_names(side, value);
	text = json_is(named, JSON_STRING) ? xstrdup(json_text(named, ""))
		: json_canonical(named);
	json_free(named);
	return text;
}

struct pair {
	struct plan_diff *out;
	const struct side *a, *b;
	const struct step *step; /* NULL: the plan */
};

static void
compare(const struct pair *pair, const char *prefix, const char *field,
	const struct json *before, const struct json *after)
{
	char *was = text_of(pair->a, before);
	char *is = text_of(pair->b, after);
	bool same = was == NULL || is == NULL ? was == is : strcmp(was, is) == 0;

	if (same) {
		free(was);
		free(is);
		return;
	}
	plan_diff_add(pair->out, (struct plan_change){
		.kind = PLAN_CHANGED, .before = was, .after = is,
		.step = pair->step != NULL ? xstrdup(pair->step->id) : NULL,
		.name = xstrdup(pair->step != NULL ? pair->step->name : ""),
		.n = pair->step != NULL ? pair->step->n : 0,
		.field = xasprintf("%s%s", prefix, field),
	});
}

typedef bool skip_fn(const char *key, bool exact);

/* Members of the one, then those that only the other has. */
static void
compare_members(const struct pair *pair, const char *prefix, const struct json *before,
	const struct json *after, skip_fn *skip, bool exact)
{
	for (const struct json *row = json_first(before); row != NULL; row = json_next(row)) {
		if (skip == NULL || !skip(json_key(row), exact)) {
			compare(pair, prefix, json_key(row), row,
				json_get(after, json_key(row)));
		}
	}
	for (const struct json *row = json_first(after); row != NULL; row = json_next(row)) {
		if (json_get(before, json_key(row)) == NULL
				&& (skip == NULL || !skip(json_key(row), exact))) {
			compare(pair, prefix, json_key(row), NULL, row);
		}
	}
}

static bool
skip_of_step(const char *key, bool exact)
{
	return IN(never_of_step, key) || (!exact && IN(derived_of_step, key));
}

static bool
skip_of_plan(const char *key, bool exact)
{
	return IN(never_of_plan, key) || (!exact && IN(derived_of_plan, key));
}

/* The variables of the plan are compared one by one. */
static bool
skip_of_ext(const char *key, bool exact)
{
	return strcmp(key, "variables") == 0 || (!exact && strcmp(key, "roles") == 0);
}

static bool
skip_suco(const char *key, bool exact)
{
	(void)exact;
	return strcmp(key, SUCO_EXTENSION) == 0;
}

/* The names of branches and cases without where they lead. */
static struct json *
heads_of(const struct step *step)
{
	struct json *list = json_array();

	for (int i = 0; i < step->branch_count; i++) {
		const struct branch *branch = &step->branches[i];

		if (step->type == STEP_SWITCH || branch->name != NULL) {
			json_push(list, json_string(step->type == STEP_SWITCH ? branch->key
				: branch->name));
		}
	}
	return list;
}

static void
compare_heads(const struct pair *pair, const struct step *before, const struct step *after)
{
	struct json *was = heads_of(before);
	struct json *is = heads_of(after);

	compare(pair, "", before->type == STEP_SWITCH ? "cases" : "branches", was, is);
	json_free(was);
	json_free(is);
}

static bool
skip_step_inexact(const char *key, bool exact)
{
	return skip_of_step(key, exact) || strcmp(key, "cases") == 0
		|| strcmp(key, "branches") == 0;
}

void
plan_diff_step(struct plan_diff *out, const struct side *a, const struct side *b, int k,
	bool exact)
{
	const struct step *after = playbook_step(b->playbook, k);
	const struct step *before = playbook_step(a->playbook, b->partner[k]);
	const struct pair pair = { out, a, b, after };
	skip_fn *skip = exact ? skip_of_step : skip_step_inexact;
	struct json *lead_was = json_string(before->ext == NULL ? before->lead : NULL);
	struct json *lead_is = json_string(after->ext == NULL ? after->lead : NULL);

	if (exact && strcmp(before->id, after->id) != 0) {
		struct json *was = json_string(strstr(before->id, "--") + 2);
		struct json *is = json_string(strstr(after->id, "--") + 2);

		compare(&pair, "", "id", was, is);
		json_free(was);
		json_free(is);
	}
	compare_members(&pair, "", before->json, after->json, skip, exact);
	compare_members(&pair, "", before->ext, after->ext, skip, exact);
	compare(&pair, "", "lead", lead_was, lead_is);
	json_free(lead_was);
	json_free(lead_is);
	compare_members(&pair, "", json_get(before->json, "step_extensions"),
		json_get(after->json, "step_extensions"), skip_suco, exact);
	if (!exact) {
		compare_heads(&pair, before, after);
	}
}

/* Agents by their names: {name: what is said of it}. */
static struct json *
agents_of(const struct side *side)
{
	const struct json *all = json_get(playbook_json(side->playbook), "agent_definitions");
	struct json *out = json_object();

	for (const struct json *row = json_first(all); row != NULL; row = json_next(row)) {
		json_set(out, json_text_of(row, "name"), json_copy(row));
	}
	return out;
}

void
plan_diff_plan(struct plan_diff *out, const struct side *a, const struct side *b,
	bool exact)
{
	const struct pair pair = { out, a, b, NULL };
	const struct json *before = playbook_json(a->playbook);
	const struct json *after = playbook_json(b->playbook);
	const struct json *was = playbook_ext(a->playbook);
	const struct json *is = playbook_ext(b->playbook);
	struct json *agents_were = agents_of(a);
	struct json *agents_are = agents_of(b);

	compare_members(&pair, "", before, after, skip_of_plan, exact);
	compare_members(&pair, "", was, is, skip_of_ext, exact);
	compare_members(&pair, "", json_get(before, "playbook_extensions"),
		json_get(after, "playbook_extensions"), skip_suco, exact);
	compare_members(&pair, "variable ", json_get(before, "playbook_variables"),
		json_get(after, "playbook_variables"), NULL, exact);
	compare_members(&pair, "question ", json_get(was, "variables"),
		json_get(is, "variables"), NULL, exact);
	compare_members(&pair, "agent ", agents_were, agents_are, NULL, exact);
	json_free(agents_were);
	json_free(agents_are);
}
