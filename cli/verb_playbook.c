/* verb_playbook.c: playbook list, show, export. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/plan_open.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/text.h"
#include "playbooks/library.h"
#include "playbooks/plan_masked.h"

static struct json *
plan_json(const struct plan *plan)
{
	struct json *o = json_object();

	json_set_text(o, "id", plan->id);
	json_set_text(o, "code", plan->code[0] == '\0' ? NULL : plan->code);
	json_set_text(o, "name", plan->name);
	json_set_text(o, "language", plan->language[0] == '\0' ? NULL : plan->language);
	json_set_text(o, "kind", plan->kind[0] == '\0' ? NULL : plan->kind);
	json_set_text(o, "status", plan->status[0] == '\0' ? NULL : plan->status);
	json_set_text(o, "modified", plan->modified);
	json_set_text(o, "origin", plan->origin);
	json_set_text(o, "hash", plan->hash);
	return o;
}

static void
say_plan(struct cli *cli, const struct plan *plan)
{
	char *code = text_column(plan->code, 12, true, false);
	char *kind = text_column(plan->kind, 9, true, false);

	cli_say(cli, "%s %-3s %s %s%s%s%s", code, plan->language, kind, plan->name,
		plan->status[0] == '\0' ? "" : " [", plan->status,
		plan->status[0] == '\0' ? "" : "]");
	free(code);
	free(kind);
}

bool
verb_playbook_list(struct cli *cli, struct error *err)
{
	struct library library;
	struct json *list;

	if (!library_load(&library, cli->desk, err)) {
		return false;
	}
	list = json_array();
	for (int i = 0; i < library.count; i++) {
		if (cli->json || cli->csv) {
			json_push(list, plan_json(&library.plans[i]));
		} else {
			say_plan(cli, &library.plans[i]);
		}
	}
	library_finish(&library);
	cli_list(cli, list);
	return true;
}

typedef bool plan_fn(struct cli *cli, const struct plan *plan, const struct playbook *playbook,
	const char *text, size_t len, struct error *err);

/* Finds the plan that the first word names, reads it, acts. */
static bool
with_plan(struct cli *cli, plan_fn *act, struct error *err)
{
	struct library library;
	const struct plan *plan;
	struct playbook *playbook = NULL;
	char *text = NULL;
	size_t len;
	bool ok;

	if (!library_load(&library, cli->desk, err)) {
		return false;
	}
	ok = library_find(&plan, &library, cli_word(cli, 0), i18n_language(), err) &&
		library_read(&playbook, &text, &len, cli->desk, plan, err) &&
		act(cli, plan, playbook, text, len, err);
	playbook_free(playbook);
	free(text);
	library_finish(&library);
	return ok;
}

static bool
show_plan(struct cli *cli, const struct plan *plan, const struct playbook *playbook,
	const char *text, size_t len, struct error *err)
{
	(void)text;
	(void)len;
	(void)err;
	if (cli->json) {
		struct json *o = plan_json(plan);

		json_set(o, "playbook", playbook_masked(playbook));
		cli_json(cli, o);
		return true;
	}
	say_plan(cli, plan);
	if (playbook_text(playbook, "description") != NULL) {
		cli_say(cli, "%s", playbook_text(playbook, "description"));
	}
	for (int place = 0; place < playbook_step_count(playbook); place++) {
		const struct step *step = playbook_step(playbook,
			playbook_ordered(playbook, place));

		if (step->n != 0) {
			cli_say(cli, "%4d%s %s", step->n, step->mandatory ? "!" : " ", step->name);
		}
	}
	return true;
}

bool
verb_playbook_show(struct cli *cli, struct error *err)
{
	return with_plan(cli, show_plan, err);
}

static bool
export_plan(struct cli *cli, const struct plan *plan, const struct playbook *playbook,
	const char *text, size_t len, struct error *err)
{
	const char *to = cli_option(cli, "output");
	enum plan_form form;

	if (!plan_form(&form, cli, err)) {
		return false;
	}
	if (form == PLAN_MD) {
		return plan_md_export(cli, plan_json(plan), playbook, err);
	}
	if (to == NULL) {
		buf_add(&cli->out, text, len);
		return true;
	}
	if (!file_write(to, text, len, 0644, err)) {
		return false;
	}
	if (cli->json) {
		struct json *o = plan_json(plan);

		json_set_text(o, "file", to);
		cli_json(cli, o);
	}
	return true;
}

bool
verb_playbook_export(struct cli *cli, struct error *err)
{
	return with_plan(cli, export_plan, err);
}
