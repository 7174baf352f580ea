/* help_json.c gives scripts what help prints: the verbs with their options, and
 * the tables of limits, roles and statuses. */
#include "cli/help_json.h"

#include "cli/option_forms.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/role.h"
#include "core/status.h"

static void
push_usage(struct json *list, const struct verb *verb, const char *sub, const char *words)
{
	char *line = xasprintf("suco %s%s%s%s%s%s", verb->name,
		verb_subject(verb), sub == NULL ? "" : " ",
		sub == NULL ? "" : sub, words[0] == '\0' ? "" : " ", words);

	json_push(list, json_string(line));
	free(line);
}

/* The forms that take it; null: all of them. */
static struct json *
forms_of(const struct verb *verb, const char *option)
{
	struct json *list = option_form(verb, option, 0) == NULL ? json_null() : json_array();

	for (int i = 0; option_form(verb, option, i) != NULL; i++) {
		json_push(list, json_string(option_form(verb, option, i)));
	}
	return list;
}

struct json *
help_verb_json(const struct verb *verb)
{
	struct json *o = json_object();
	struct json *usage = json_array();
	struct json *options = json_array();

	if (verb->run != NULL) {
		push_usage(usage, verb, NULL, verb->usage);
	}
	for (const struct subverb *s = verb->subverbs; s != NULL && s->name != NULL; s++) {
		push_usage(usage, verb, s->name, s->usage);
	}
	for (int i = 0; verb_option(verb, i) != NULL; i++) {
		const struct cli_option *option = verb_option(verb, i);
		struct json *row = json_object();

		json_set_text(row, "name", option->name);
		json_set_text(row, "value", option->value);
		json_set_text(row, "text", _(option->help));
		json_set(row, "of", forms_of(verb, option->name));
		json_push(options, row);
	}
	json_set_text(o, "verb", verb->name);
	json_set_text(o, "text", _(verb->help));
	json_set(o, "usage", usage);
	json_set(o, "options", options);
	return o;
}

struct json *
help_verbs_json(void)
{
	struct json *list = json_array();

	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		json_push(list, help_verb_json(verb));
	}
	return list;
}

struct json *
help_limits_json(void)
{
	struct json *list = json_array();

	for (enum limit i = 0; i < LIMIT_COUNT; i++) {
		struct json *row = json_object();

		json_set_text(row, "name", limit_rows[i].name);
		json_set_int(row, "value", (int64_t)limit_rows[i].value);
		json_set_text(row, "unit", limit_rows[i].unit);
		json_set_text(row, "text", _(limit_rows[i].label));
		json_push(list, row);
	}
	return list;
}

struct json *
help_roles_json(void)
{
	struct json *list = json_array();

	for (enum act act = 0; act < ACT_COUNT; act++) {
		struct json *row = json_object();

		json_set_text(row, "role", role_word(act_rows[act].least));
		json_set_text(row, "text", _(act_rows[act].label));
		json_push(list, row);
	}
	return list;
}

struct json *
help_statuses_json(void)
{
	struct json *list = json_array();

	for (const struct transition *t = transitions; t->from != NULL; t++) {
		struct json *row = json_object();

		json_set_text(row, "from", t->from);
		json_set_text(row, "to", t->to);
		json_set_text(row, "role", role_word(t->least));
		json_set_text(row, "verb", t->verb == NULL ? "status" : t->verb);
		json_set_bool(row, "reason", (t->needs & NEEDS_REASON) != 0);
		json_push(list, row);
	}
	return list;
}
