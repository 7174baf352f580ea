/* new_text.c says after `new` what the screen shows beside the new case, and
 * begins the plan that fits it. */
#include "cli/new_text.h"

#include <stdlib.h>
#include <string.h>

#include "cli/message_json.h"
#include "cli/register_text.h"
#include "cli/steps_text.h"
#include "core/asset.h"
#include "core/burning.h"
#include "core/hold.h"
#include "core/i18n.h"
#include "core/outbox_hand.h"
#include "core/page.h"
#include "core/planned.h"
#include "core/rule.h"

static void
say_severity(struct cli *cli, const struct ir_case *c)
{
	if (c->severity != 0) {
		return;
	}
	if (c->severity_suggested != 0) {
		cli_say(cli, _("  severity: %s%d? by the rule %s; you decide:"
				" suco severity %s N --reason \"...\""), _("S"),
			c->severity_suggested, c->severity_rule, c->number);
		return;
	}
	cli_say(cli, _("  severity: no rule fits; you decide:"
			" suco severity %s N --reason \"...\""), c->number);
}

static bool
say_plan(struct cli *cli, const struct ir_case *c, struct error *err)
{
	struct library library;
	const struct plan *plan = NULL;
	bool ok;

	if (c->steps_total > 0) {
		return true;
	}
	if (!library_load(&library, cli->desk, err)) {
		return false;
	}
	ok = library_fitting(&plan, &library, cli->desk, c, i18n_language(), err);
	if (ok && plan != NULL) {
		cli_say(cli, _("  plan: %s %s fits; begin it: suco begin %s"), plan->code,
			plan->name, c->number);
	} else if (ok) {
		cli_say(cli, _("  plan: none fits; `suco playbook list` shows what there is"));
	}
	library_finish(&library);
	return ok;
}

/* One line: the label, then the names. */
/* "role:coordinator" as people say it; a code of the register stays what it is. */
static const char *
in_words(const char *word)
{
	bool people = strncmp(word, "role:", 5) == 0 || strncmp(word, "duty:", 5) == 0;

	return people ? _(page_word(word)) : word;
}

static void
say_people(struct cli *cli, const char *label, const struct json *list, const char *key)
{
	struct buf names = { 0 };

	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		const char *name = json_get_text(one, "name");

		buf_addf(&names, "%s%s%s%s%s", names.len == 0 ? "" : ", ",
			in_words(json_text(json_get(one, key), "?")), name == NULL ? "" : " (",
			name == NULL ? "" : name, name == NULL ? "" : ")");
	}
	if (names.len > 0) {
		cli_say(cli, "  %s: %s", label, buf_text(&names));
	}
	buf_free(&names);
}

/* The messages that the case caused, by what becomes of them. */
static bool
say_messages(struct cli *cli, const struct ir_case *c, struct error *err)
{
	static const struct {
		const char *state, *label;
	} parts[] = {
		{ "queued", N_("goes out to") },
		{ "held", N_("proposed, held until you release it") },
		{ "failed", N_("NOT reached") },
	};
	struct json *list = json_array();

	if (!messages_json(cli, &(struct outbox_filter){ .case_id = c->id }, list, err)) {
		json_free(list);
		return false;
	}
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct buf line = { 0 };

		for (const struct json *m = json_first(list); m != NULL; m = json_next(m)) {
			const char *reason = json_get_text(m, "reason");

			/* Whom a person tells stands in a line of its own. */
			if (strcmp(json_get_text(m, "state"), parts[i].state) != 0 ||
			    message_owed(parts[i].state, json_text(json_get(m, "channel"), ""))) {
				continue;
			}
			buf_addf(&line, "%s%lld %s%s%s%s", line.len == 0 ? "" : ", ",
				(long long)json_get_int(m, "n", 0), json_get_text(m, "to"),
				i == 2 && reason != NULL ? " (" : "",
				i == 2 && reason != NULL ? _(reason) : "",
				i == 2 && reason != NULL ? ")" : "");
		}
		if (line.len > 0) {
			cli_say(cli, "  %s: %s", _(parts[i].label), buf_text(&line));
		}
		buf_free(&line);
	}
	json_free(list);
	return true;
}

static bool
say_told(struct cli *cli, const struct ir_case *c, struct error *err)
{
	struct json *facts = NULL;
	struct json *who = NULL;
	bool ok = say_messages(cli, c, err) && rule_facts_of(cli->desk, c, &facts, err) &&
		rule_contacts(cli->desk, facts,
			c->owner_login[0] == '\0' ? NULL : c->owner_login, &who, err);

	if (ok) {
		say_people(cli, _("by hand, by you"), json_get(who, "by_hand"), "role");
		say_people(cli, _("nobody behind"), json_get(who, "unmet"), "word");
	}
	json_free(facts);
	json_free(who);
	return ok;
}

static bool
say_asset(struct cli *cli, const struct ir_case *c, struct error *err)
{
	struct json *asset = NULL;
	const char *standby;

	if (c->asset_code[0] == '\0') {
		return true;
	}
	if (!asset_show(cli->desk, c->asset_code, &asset, err)) {
		return false;
	}
	standby = json_get_text(asset, "standby_text");
	standby = standby != NULL ? standby : json_get_text(asset, "standby");
	cli_say(cli, _("  asset: %s %s; standby: %s"), c->asset_code, c->asset_name,
		standby == NULL ? _("not known") : standby);
	json_free(asset);
	return say_dependants(cli, c->asset_code, err);
}

static bool
print_hold(const struct hold *hold, void *arg)
{
	char *words = hold_words(hold);

	cli_say(arg, "  %s: %s", _("KEEP THE SCENE"), words);
	free(words);
	return true;
}

static bool
print_change(const struct planned *work, void *arg)
{
	struct cli *cli = arg;
	char *words = planned_words(work, desk_now(cli->desk), desk_zone(cli->desk));

	cli_say(cli, "  %s: %s", _("changed in the last 24 hours"), words);
	free(words);
	return true;
}

bool
say_changes(struct cli *cli, const struct ir_case *c, struct error *err)
{
	int64_t at = c->detected_at != 0 ? c->detected_at : c->opened_at;
	struct burning burning;

	if (!burning_look(&burning, cli->desk, c->id, err)) {
		return false;
	}
	if (burning_text(&burning) != NULL) {
		cli_say(cli, "  !! %s", burning_text(&burning));
	}
	return hold_each(cli->desk, c->id, true, print_hold, cli, err) &&
		planned_near(cli->desk, c->asset_id, at, print_change, cli, err);
}

static bool
say_facts(struct cli *cli, const struct ir_case *c, struct error *err)
{
	if (!say_changes(cli, c, err)) {
		return false;
	}
	say_severity(cli, c);
	return say_plan(cli, c, err) && say_told(cli, c, err) && say_asset(cli, c, err);
}

/* Severity and its rule, the plan that fits, who is told and who is proposed, what
 * stops with the asset, the steps that are open. */
static bool
say_new(struct cli *cli, const char *id, struct error *err)
{
	/* The verb named no case; its steps are those of this one. */
	case_clear(&cli->c);
	return case_load(&cli->c, cli->desk, id, err) && say_facts(cli, &cli->c, err) &&
		say_open_steps(cli, id, err);
}

bool
cli_begin_fitting(struct cli *cli, struct first_plan *first, const char *id,
	struct error *err)
{
	return !cli_switch(cli, "begin") ||
		first_plan_begin(first, cli->desk, NULL, id, NULL, err);
}

/* What became of its plan stands on stderr: the case is there. */
static void
warn_not_begun(struct cli *cli, const struct first_plan *first, const char *number)
{
	char *how;

	if (first->none_fits) {
		cli_warn(cli, _("no plan fits this case: none was begun"));
	}
	if (!first->without) {
		return;
	}
	how = first_plan_how(first, number);
	if (first->plan[0] != '\0') {
		cli_warn(cli, _("case %s is open; its plan %s was not begun: %s (%s)"), number,
			first->plan, first->why.message, how);
	} else {
		cli_warn(cli, _("case %s is open; no plan was begun: %s"), number,
			first->why.message);
	}
	free(how);
}

bool
cli_opened(struct cli *cli, const struct first_plan *first, const char *id,
	struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_load(&c, cli->desk, id, err);

	if (ok) {
		warn_not_begun(cli, first, c.number);
	}
	case_clear(&c);
	return ok && cli_warn_not_called(cli, id, err) && cli_case_result(cli, id, err) &&
		(cli->json || say_new(cli, id, err));
}
