/* verb_playbook.c: playbook list, show, check, import, export. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/text.h"
#include "playbooks/library.h"

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

		json_set(o, "playbook", json_copy(playbook_json(playbook)));
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

	(void)playbook;
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

/* FILE: PATH: error|warning: text, never translated but for the text. */
static void
put_findings(struct cli *cli, const char *file, const struct findings *found,
	struct json *list)
{
	for (int i = 0; i < found->count; i++) {
		const struct finding *f = &found->list[i];
		struct json *o;

		if (!cli->json) {
			cli_say(cli, "%s: %s: %s: %s", file, f->path, finding_word(f->level),
				f->text);
			continue;
		}
		o = json_object();
		json_set_text(o, "file", file);
		json_set_text(o, "path", f->path);
		json_set_text(o, "level", finding_word(f->level));
		json_set_int(o, "rule", f->rule);
		json_set_text(o, "text", f->text);
		json_push(list, o);
	}
}

bool
verb_playbook_check(struct cli *cli, struct error *err)
{
	struct json *list = json_array();
	bool ok = true;

	for (int i = 0; ok && cli_word(cli, i) != NULL; i++) {
		struct findings found = {
			.mode = cli_switch(cli, "lenient") ? PLAYBOOK_LENIENT : PLAYBOOK_STRICT };
		struct playbook *playbook = NULL;
		struct error first;
		char *text = NULL;
		size_t len;

		ok = file_read(&text, &len, cli_word(cli, i), limit(LIMIT_PLAYBOOK), err);
		if (ok) {
			if (!playbook_read(&playbook, text, len, found.mode, &found, &first)) {
				cli->status = 6;
			}
			put_findings(cli, cli_word(cli, i), &found, list);
		}
		playbook_free(playbook);
		findings_finish(&found);
		free(text);
	}
	if (ok && cli->json) {
		cli_json(cli, list);
	} else {
		json_free(list);
	}
	return ok;
}

bool
verb_playbook_import(struct cli *cli, struct error *err)
{
	struct findings found = { .mode = PLAYBOOK_LENIENT };
	struct json *list = json_array();
	char hash[HASH_SIZE];
	char *text = NULL;
	size_t len;
	bool ok = file_read(&text, &len, cli_word(cli, 0), limit(LIMIT_PLAYBOOK), err) &&
		library_import(cli->desk, text, len, &found, hash, err);

	free(text);
	if (ok) {
		struct json *o = json_object();

		put_findings(cli, cli_word(cli, 0), &found, list);
		json_set_text(o, "hash", hash);
		json_set(o, "findings", list);
		if (!cli->json) {
			cli_say(cli, _("%s is in the desk: %s"), cli_word(cli, 0), hash);
		}
		cli_result(cli, o);
	} else {
		json_free(list);
	}
	findings_finish(&found);
	return ok;
}
