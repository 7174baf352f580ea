/* help.c prints the verbs from their table, and the tables of rules: limits,
 * roles, statuses. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/help_json.h"
#include "cli/manual.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/role.h"
#include "core/status.h"
#include "core/text.h"
#include "core/words.h"

#define WIDTH 80

/* Bytes of the words that fit into so many columns; at least one word. */
static size_t
line_fit(const char *text, int cells)
{
	size_t fit = text_fit(text, cells, NULL);
	size_t end = fit;

	if (text[fit] == '\0') {
		return fit;
	}
	while (end > 0 && text[end] != ' ') {
		end--;
	}
	return end > 0 ? end : fit + strcspn(text + fit, " ");
}

static void
say_columns(struct cli *cli, const char *left, int cells, const char *right)
{
	char *padded;

	/* A long left side stands on a line of its own. */
	if (text_width(left) > cells) {
		cli_say(cli, "  %s", left);
		left = "";
	}
	do {
		size_t len = line_fit(right, WIDTH - 4 - cells);

		padded = text_column(left, cells, true, false);
		cli_say(cli, "  %s  %.*s", padded, (int)len, right);
		free(padded);
		left = "";
		right += len;
		right += strspn(right, " ");
	} while (*right != '\0');
}

static void
one_option(struct cli *cli, const struct cli_option *option)
{
	char *words = option->value == NULL ? xasprintf("--%s", option->name)
		: xasprintf("--%s %s", option->name, option->value);

	say_columns(cli, words, 22, _(option->help));
	free(words);
}

/* A list of eighty verbs is read by what somebody wants to do. */
static const struct { const char *title, *verbs; } groups[] = {
	{ N_("Reports and cases"), "tin new list show search timeline note task ack decline "
	  "pass assign severity status set close reopen undo" },
	{ N_("The plan, step by step"), "begin steps step run playbook" },
	{ N_("Who must hear it"), "call why escalate wish outbox release hold resend notify quick "
	  "posted confirmed over" },
	{ N_("Promises, orders, clocks"), "wait waits ask answer decisions countdown deadline "
	  "deadlines reportable notice" },
	{ N_("What is hit, and proof of it"), "point observable evidence scene link unlink "
	  "merge unmerge" },
	{ N_("The shift, and paper"), "duty log handover planned obligation print paper copy" },
	{ N_("Register and rules"), "register asset unit contact group member rule setting "
	  "holiday" },
	{ N_("The desk itself"), "init serve deliver watch backup restore verify redact upgrade "
	  "config keys help" },
};

static bool
names_verb(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = list; (at = strstr(at, name)) != NULL; at += len) {
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
			return true;
		}
	}
	return false;
}

static bool
grouped(const char *name)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (names_verb(groups[i].verbs, name)) {
			return true;
		}
	}
	return false;
}

static void
verbs_by_group(struct cli *cli)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		char *list = xstrdup(groups[i].verbs);
		char *rest = NULL;

		cli_say(cli, "%s%s", i > 0 ? "\n" : "", _(groups[i].title));
		for (char *name = strtok_r(list, " ", &rest); name != NULL;
			name = strtok_r(NULL, " ", &rest)) {
			say_columns(cli, name, 11, _(verb_find(name)->help));
		}
		free(list);
	}
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		if (!grouped(verb->name)) {
			say_columns(cli, verb->name, 11, _(verb->help));
		}
	}
}

static void
all_verbs(struct cli *cli)
{
	cli_say(cli, _("usage: suco [--desk URL] [--lang vi|en] [--as LOGIN]"
			" VERB [WORDS] [OPTIONS]"));
	cli_say(cli, _("Without a verb suco opens the desk's screens.\n"));
	verbs_by_group(cli);
	cli_say(cli, _("\nOptions of the screens:"));
	for (int i = 0; verb_option(NULL, i) != NULL; i++) {
		one_option(cli, verb_option(NULL, i));
	}
	cli_say(cli, _("\n`suco help VERB` shows its options;"
			" also: help limits, roles, statuses."));
	cli_say(cli, _("`suco --version -v` says which parts are there."));
	cli_say(cli, _("Never type state secrets into suco."));
}

static void
usage_lines(struct cli *cli, const struct verb *verb)
{
	const char *subject = verb_subject(verb);

	if (verb->run != NULL) {
		cli_say(cli, _("usage: suco %s%s%s%s"), verb->name, subject,
			verb->usage[0] == '\0' ? "" : " ", verb->usage);
	}
	for (const struct subverb *s = verb->subverbs; s != NULL && s->name != NULL; s++) {
		char *words = xasprintf("suco %s%s %s %s", verb->name, subject, s->name, s->usage);

		say_columns(cli, words, 38, _(s->help));
		free(words);
	}
}

static void
one_verb(struct cli *cli, const struct verb *verb)
{
	usage_lines(cli, verb);
	cli_say(cli, "\n%s\n", _(verb->help));
	for (int i = 0; verb_option(verb, i) != NULL; i++) {
		one_option(cli, verb_option(verb, i));
	}
	if (verb->examples != NULL) {
		cli_say(cli, "\n%s", verb->examples);
	}
}

static bool
limits(struct cli *cli, struct error *err)
{
	(void)err;
	for (enum limit i = 0; i < LIMIT_COUNT; i++) {
		cli_say(cli, "  %-20s %10zu %-8s %s", limit_rows[i].name, limit_rows[i].value,
			limit_rows[i].unit, _(limit_rows[i].label));
	}
	return true;
}

static bool
roles(struct cli *cli, struct error *err)
{
	(void)err;
	for (enum act act = 0; act < ACT_COUNT; act++) {
		say_columns(cli, role_label(act_rows[act].least), 16, _(act_rows[act].label));
	}
	return true;
}

static bool
statuses(struct cli *cli, struct error *err)
{
	static const struct {
		unsigned need;
		const char *label;
	} needs[] = {
		{ NEEDS_REASON, N_("a reason") },
		{ NEEDS_NO_WORK, N_("no open mandatory step, here or merged in") },
		{ NEEDS_NO_WAIT, N_("nobody waited for, no answer open, nothing counting down") },
		{ NEEDS_REVIEW, N_("cause, result, lessons") },
		{ NEEDS_REPORTS, N_("reportable decided, every lawful clock met") },
	};

	(void)err;
	for (const struct transition *t = transitions; t->from != NULL; t++) {
		struct buf right = { 0 };
		char *left = xasprintf("%s -> %s", t->from, t->to);

		buf_addf(&right, "%s  suco %s", role_label(t->least),
			t->verb == NULL ? "status" : t->verb);
		for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
			if ((t->needs & needs[i].need) != 0) {
				buf_addf(&right, " · %s", _(needs[i].label));
			}
		}
		say_columns(cli, left, 30, buf_text(&right));
		buf_free(&right);
		free(left);
	}
	return true;
}

bool
verb_help(struct cli *cli, struct error *err)
{
	/* The last two make the files that are installed; nobody else needs them. */
	static const struct {
		const char *topic;
		verb_fn *print;
		struct json *(*json)(void);
	} topics[] = {
		{ "limits", limits, help_limits_json }, { "roles", roles, help_roles_json },
		{ "statuses", statuses, help_statuses_json },
		{ "man-page", manual_page, NULL },
		{ "bash-completion", manual_completion, NULL },
	};
	const char *topic = cli_word(cli, 0);
	const struct verb *verb;

	if (topic == NULL && cli->json) {
		cli_json(cli, help_verbs_json());
		return true;
	}
	if (topic == NULL) {
		all_verbs(cli);
		return true;
	}
	for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
		if (strcmp(topics[i].topic, topic) == 0 && cli->json &&
		    topics[i].json != NULL) {
			cli_json(cli, topics[i].json());
			return true;
		}
		if (strcmp(topics[i].topic, topic) == 0) {
			return topics[i].print(cli, err);
		}
	}
	verb = verb_find(topic);
	if (verb == NULL) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no verb \"%.40s\"; see `suco help`"), topic);
	}
	if (cli->json) {
		cli_json(cli, help_verb_json(verb));
	} else {
		one_verb(cli, verb);
	}
	return true;
}
