/* player_asked.c owns what was asked, beside each answer in a step's event: the
 * timeline reads as question and answer without the plan. */
#include "core/secret.h"
#include "core/words.h"
#include "playbooks/command_text.h"
#include "playbooks/player_private.h"

/* The words of the choices, by value: what is masked later has none. */
static struct json *
choices_of(const struct variable *variable)
{
	const struct json *choices = json_get(variable->ext, "choices");
	struct json *out = choices == NULL ? NULL : json_object();

	for (const struct json *row = json_first(choices); row != NULL;
			row = json_next(row)) {
		const char *value = json_get_text(row, "value");
		const char *label = json_get_text(row, "label");

		if (value != NULL && label != NULL) {
			json_set_text(out, value, label);
		}
	}
	return out;
}

/* Whether the answer is a secret is said where its name would make one think so, or
 * where only the plan knows. */
static struct json *
asked_of(const struct case_run *run, const char *name)
{
	const struct variable *variable = playbook_find_variable(run->playbook, name);
	const char *question = variable == NULL ? NULL
		: json_get_text(variable->ext, "question");
	bool secret = variable_is_secret(run->playbook, name);
	struct json *one = json_object();
	struct json *choices = variable == NULL ? NULL : choices_of(variable);

	if (question != NULL) {
		json_set_text(one, "question", question);
	}
	if (choices != NULL) {
		json_set(one, "choices", choices);
	}
	if (secret || secret_name(bare_name(name).text)) {
		json_set_bool(one, "secret", secret);
	}
	return one;
}

static void
add_asked(struct json *asked, const struct case_run *run, const char *name)
{
	struct json *one = asked_of(run, name);

	if (json_first(one) != NULL) {
		json_set(asked, name, one);
	} else {
		json_free(one);
	}
}

static void
put_asked(struct json *effects, struct json *asked)
{
	if (json_first(asked) == NULL) {
		json_free(asked);
	} else {
		json_set(effects, "asked", asked);
	}
}

void
player_asked(struct json *effects, const struct case_run *run, const struct step *step)
{
	struct json *asked = json_object();

	for (int i = 0; i < step->ask_count; i++) {
		add_asked(asked, run, step->asks[i]);
	}
	put_asked(effects, asked);
}

void
player_asked_first(struct json *effects, const struct case_run *run)
{
	struct json *asked = json_object();

	for (const struct json *row = json_first(json_get(effects, "variables")); row != NULL;
			row = json_next(row)) {
		add_asked(asked, run, json_text_of(row, "name"));
	}
	put_asked(effects, asked);
}
