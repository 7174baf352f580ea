/* cacao_check_words.c owns how long and of which letters the texts of suco-step are:
 * what a screen of 80 columns and a printed form have room for, as
 * data/schema/suco-step.schema.json says it. */
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"

#define SMALL "abcdefghijklmnopqrstuvwxyz0123456789_"
#define CAPITAL "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
#define MOST_ROUNDS 1000

struct text_rule {
	const char *name;
	int least, most;     /* characters; most 0: as many as wanted */
	const char *letters; /* NULL: any */
	const char *shown;   /* of the letters */
};

static const struct text_rule of_step[] = {
	{ .name = "why", .least = 1, .most = 150 }, { .name = "cost", .least = 1, .most = 150 },
	{ .name = "how", .least = 1, .most = 150 }, { .name = "proof", .least = 1 },
	{ .name = "phase", .least = 1 },
};
static const struct text_rule of_branch = { .name = "name", .least = 1, .most = 34 };
static const struct text_rule of_question[] = {
	{ .name = "question", .least = 1 }, { .name = "unit", .least = 1 },
	{ .name = "unknown", .least = 1 }, { .name = "label", .least = 1, .most = 24 },
};
static const struct text_rule of_choice = { .name = "value", .least = 1, .most = 64,
	.letters = SMALL, .shown = "a-z 0-9 _" };
static const struct text_rule of_plan = { .name = "code", .least = 2, .most = 32,
	.letters = CAPITAL, .shown = "A-Z 0-9 -" };
static const struct text_rule of_role = { .least = 2, .most = 32, .letters = SMALL,
	.shown = "a-z 0-9 _" };

static int
characters(const char *text)
{
	int count = 0;

	for (; *text != '\0'; text++) {
		count += ((unsigned char)*text & 0xC0) != 0x80;
	}
	return count;
}

/* Says whether there is anything to tell: a path is made only then. */
static bool
fits(const struct json *is, const struct text_rule *rule)
{
	const char *text = json_text(is, NULL);
	bool fit = true;

	for (const struct json *row = json_is(is, JSON_ARRAY) ? json_first(is) : NULL;
			fit && row != NULL; row = json_next(row)) {
		fit = fits(row, rule);
	}
	if (text == NULL) {
		return fit;
	}
	int count = characters(text);

	return count > 0 && (rule->most == 0 || count <= rule->most)
		&& (rule->letters == NULL || (text[strspn(text, rule->letters)] == '\0'
			&& count >= rule->least));
}

/* A text, or a list of texts; what is none of them is told elsewhere. */
static void
check_text(const struct json *is, const struct text_rule *rule, const char *path,
	struct findings *findings)
{
	const char *text = json_is(is, JSON_STRING) ? json_text(is, "") : NULL;
	char at[FINDING_PATH];
	int count, index = 0;

	for (const struct json *row = json_is(is, JSON_ARRAY) ? json_first(is) : NULL;
			row != NULL; row = json_next(row)) {
		path_index(at, path, index++);
		check_text(row, rule, at, findings);
	}
	if (text == NULL) {
		return;
	}
	count = characters(text);
	if (count == 0) {
		finding_add(findings, RULE_EXTENSION, path, _("there is nothing in it"));
	} else if (rule->letters == NULL && rule->most > 0 && count > rule->most) {
		finding_add(findings, RULE_EXTENSION, path,
			_("%d characters: a screen and the printed form have room for %d"), count,
			rule->most);
	} else if (rule->letters != NULL && (text[strspn(text, rule->letters)] != '\0'
			|| count < rule->least || count > rule->most)) {
		finding_add(findings, RULE_EXTENSION, path, _("'%s': write %d to %d of %s"),
			text, rule->least, rule->most, rule->shown);
	}
}

static void
check_member(const struct json *object, const struct text_rule *rule, const char *path,
	struct findings *findings)
{
	const struct json *is = json_get(object, rule->name);
	char at[FINDING_PATH];

	if (!fits(is, rule)) {
		path_key(at, path, rule->name);
		check_text(is, rule, at, findings);
	}
}

static void
check_list(const struct json *list, const struct text_rule *rule, const char *path,
	struct findings *findings)
{
	char at[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		path_index(at, path, index++);
		check_member(row, rule, at, findings);
	}
}

static void
check_step(const struct step *step, struct findings *findings)
{
	const struct json *rounds = json_get(step->ext, "max_rounds");
	char path[FINDING_PATH], own[FINDING_PATH];

	path_key(path, "/workflow", step->id);
	path_key(own, path, "step_extensions");
	path_key(path, own, SUCO_EXTENSION);
	for (size_t i = 0; i < sizeof of_step / sizeof of_step[0]; i++) {
		check_member(step->ext, &of_step[i], path, findings);
	}
	path_key(own, path, "branches");
	check_list(json_get(step->ext, "branches"), &of_branch, own, findings);
	if (rounds != NULL && (!json_is_integer(rounds)
			|| json_get_int(step->ext, "max_rounds", 0) < 1
			|| json_get_int(step->ext, "max_rounds", 0) > MOST_ROUNDS)) {
		path_key(own, path, "max_rounds");
		finding_add(findings, RULE_EXTENSION, own,
			_("must be a whole number from 1 to %d"), MOST_ROUNDS);
	}
}

static void
check_question(const struct json *question, const char *path, struct findings *findings)
{
	char at[FINDING_PATH];

	for (size_t i = 0; i < sizeof of_question / sizeof of_question[0]; i++) {
		check_member(question, &of_question[i], path, findings);
	}
	path_key(at, path, "choices");
	check_list(json_get(question, "choices"), &of_choice, at, findings);
}

void
cacao_check_words(const struct playbook *playbook, struct findings *findings)
{
	static const char base[] = "/playbook_extensions/" SUCO_EXTENSION;
	char path[FINDING_PATH];

	for (int i = 0; i < playbook->step_count; i++) {
		if (playbook->steps[i].ext != NULL) {
			check_step(&playbook->steps[i], findings);
		}
	}
	check_member(playbook->ext, &of_plan, base, findings);
	for (const struct json *row = json_first(json_get(playbook->ext, "roles"));
			row != NULL; row = json_next(row)) {
		path_key(path, "/playbook_extensions/" SUCO_EXTENSION "/roles", json_key(row));
		check_text(row, &of_role, path, findings);
	}
	for (const struct json *row = json_first(json_get(playbook->ext, "variables"));
			row != NULL; row = json_next(row)) {
		path_key(path, "/playbook_extensions/" SUCO_EXTENSION "/variables",
			json_key(row));
		check_question(row, path, findings);
	}
}
