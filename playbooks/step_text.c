/* step_text.c owns the words of a step: what the plan says to do, and those
 * parts of suco-step that are shown as text. */
#include "playbooks/step_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/command_text.h"

static void
add_line(struct buf *out, const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const char *text)
{
	char *full = plan_text(playbook, run, instance, text);

	buf_addf(out, "%s\n", full);
	free(full);
}

/* Is it the paragraph that suco-step repeats for players that do not know it, "NAME.
 * Lead: WHO. ..."?  All of it stands in fields of its own. */
static bool
repeats_step(const struct playbook *playbook, const struct step *step, const char *text)
{
	static const char *const leads[] = { " Chủ trì: ", " Lead: " };
	const char *who = step->lead != NULL ? playbook_agent_name(playbook, step->lead)
		: NULL;
	size_t len = strlen(step->name);

	if (step->ext == NULL || who == NULL || strncmp(text, step->name, len) != 0) {
		return false;
	}
	text += len + strspn(text + len, ".?!");
	for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
		len = strlen(leads[i]);
		if (strncmp(text, leads[i], len) == 0
				&& strncmp(text + len, who, strlen(who)) == 0) {
			return true;
		}
	}
	return false;
}

/* What a person is told to do. */
static void
add_manual(struct buf *out, const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step, const struct json *command)
{
	const char *type = json_get_text(command, "type");
	const char *text = json_get_text(command, "command");
	const char *b64 = json_get_text(command, "command_b64");
	size_t len = 0;
	char *decoded = text == NULL && b64 != NULL ? plan_base64(b64, &len) : NULL;
	const char *body = text != NULL ? text : decoded;

	if ((type == NULL || strcmp(type, "manual") == 0) && body != NULL
			&& body[0] != '\0' && !repeats_step(playbook, step, body)) {
		add_line(out, playbook, run, instance, body);
	}
	free(decoded);
}

/* "[ssh: web-01] uptime"; what has many lines stands under its head. */
static void
add_machine(struct buf *out, const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step)
{
	struct step_commands commands;

	step_commands_of(&commands, playbook, run, instance, step);
	for (int i = 0; i < commands.count; i++) {
		const struct step_command *one = &commands.list[i];
		char *type = text_printable(one->type, strlen(one->type));
		const char *text = one->text;
		bool many = strchr(text, '\n') != NULL;

		buf_addf(out, "[%s%s%s]", type, one->target[0] != '\0' ? ": " : "",
			one->target);
		for (bool first = true; first || *text != '\0'; first = false) {
			size_t len = strcspn(text, "\n");

			buf_addf(out, "%s%.*s", many ? "\n  " : " ", (int)len, text);
			text += len + (text[len] == '\n');
		}
		buf_addc(out, '\n');
		free(type);
	}
	step_commands_finish(&commands);
}

char *
step_how(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step)
{
	const struct json *how = json_get(step->ext, "how");
	struct buf out = { 0 };
	int n = 0;

	for (const struct json *row = json_first(how); row != NULL;
			row = json_next(row)) {
		char *line = xasprintf("%d. %s", ++n, json_text(row, ""));

		add_line(&out, playbook, run, instance, line);
		free(line);
	}
	if (n == 0 && step->text != NULL) {
		add_line(&out, playbook, run, instance, step->text);
	}
	for (const struct json *row = n > 0 ? NULL
			: json_first(json_get(step->json, "commands"));
			row != NULL; row = json_next(row)) {
		add_manual(&out, playbook, run, instance, step, row);
	}
	add_machine(&out, playbook, run, instance, step);
	return buf_take(&out);
}

static void
add_decision(struct buf *out, const struct playbook *playbook,
	const struct step *step)
{
	const struct json *decision = json_get(step->ext, "decision");
	const char *by = json_get_text(decision, "by");
	const char *fallback = json_get_text(decision, "fallback");
	int64_t after = json_get_int(decision, "fallback_after_ms", 0);
	char span[WHEN_SHORT_SIZE];

	if (by == NULL) {
		return;
	}
	buf_addf(out, _("Decides: %s\n"), playbook_agent_name(playbook, by));
	if (fallback != NULL) {
		when_span(span, after, i18n_language());
		buf_addf(out, _("Not reached after %s: %s\n"), span, fallback);
	}
}

static void
add_list(struct buf *out, const struct json *list)
{
	bool first = true;

	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row)) {
		buf_addf(out, "%s%s", first ? "" : ", ", json_text(row, ""));
		first = false;
	}
	if (json_is_integer(list)) {
		buf_addf(out, "%lld", (long long)json_integer(list, 0));
	} else if (json_is(list, JSON_STRING)) {
		buf_adds(out, json_text(list, ""));
	}
}

static const struct {
	const char *source;
	const char *label;
} sources[] = {
	{ "dependants", N_("what depends on") },
	{ "group", N_("the group") },
	{ "points", N_("the affected points") },
	{ "start_order", N_("the start order of") },
	{ "stop_order", N_("the stop order of") },
	{ "told_at_step", N_("all who were told at step") },
	{ "typed", N_("a list that you type") },
};

/* Steps by their names: nobody knows the ids. */
static void
add_steps(struct buf *out, const struct playbook *playbook, const struct json *of)
{
	const struct json *row = json_is(of, JSON_STRING) ? of : json_first(of);

	for (bool first = true; row != NULL; row = json_next(row), first = false) {
		int i = playbook_find_step(playbook, json_text(row, ""));

		buf_addf(out, "%s\"%s\"", first ? "" : ", ",
			i < 0 ? json_text(row, "") : playbook_step(playbook, i)->name);
	}
}

static void
add_checklist(struct buf *out, const struct playbook *playbook, const struct step *step)
{
	const struct json *list = json_get(step->ext, "checklist");
	const char *source = json_get_text(list, "source");
	const char *label = source;

	if (source == NULL) {
		return;
	}
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		if (strcmp(sources[i].source, source) == 0) {
			label = _(sources[i].label);
		}
	}
	buf_addf(out, _("Tick line by line: %s "), label);
	if (strcmp(source, "told_at_step") == 0) {
		add_steps(out, playbook, json_get(list, "of"));
	} else {
		add_list(out, json_get(list, "of"));
	}
	if (json_get_text(list, "group") != NULL &&
	    strcmp(json_get_text(list, "group"), "all") != 0) {
		buf_adds(out, _(", only what the register says is not essential"));
	}
	if (json_count(json_get(list, "columns")) > 0) {
		buf_adds(out, " (");
		add_list(out, json_get(list, "columns"));
		buf_adds(out, ")");
	}
	buf_addc(out, '\n');
}

static const char *
question_of(const struct playbook *playbook, const char *name)
{
	const struct variable *variable = playbook_find_variable(playbook, name);
	const char *question = variable == NULL ? NULL
		: json_get_text(variable->ext, "question");

	return question != NULL ? question : name;
}

static void
add_countdown(struct buf *out, const struct playbook *playbook,
	const struct step *step)
{
	const char *name = json_get_text(step->ext, "countdown");

	if (name != NULL) {
		buf_addf(out, _("Due when this runs out: %s\n"),
			question_of(playbook, name));
	}
}

char *
step_beside(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step)
{
	struct buf out = { 0 };

	(void)run;
	(void)instance;
	add_decision(&out, playbook, step);
	add_checklist(&out, playbook, step);
	add_countdown(&out, playbook, step);
	return buf_take(&out);
}
