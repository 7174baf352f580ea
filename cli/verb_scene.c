/* verb_scene.c: scenes that the police asked to keep, evidence handed over, work
 * announced on systems. */
#include <stdlib.h>
#include <string.h>

#include "cli/case_json.h"
#include "cli/clean.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "cli/watch_json.h"
#include "core/alive.h"
#include "core/asset.h"
#include "core/document.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "core/words.h"

/* ---- scene ---- */

/* A system of the register, else a case. */
static bool
scene_of(struct cli *cli, const char *spec, struct hold_new *what,
	struct ir_case *c, struct error *err)
{
	struct json *asset = NULL;
	struct error none = ERROR_INIT;

	if (asset_show(cli->desk, spec, &asset, &none)) {
		json_free(asset);
		what->asset = spec;
		return true;
	}
	if (!case_find(c, cli->desk, spec, err)) {
		if (err->code == ERR_NOT_FOUND) {
			(void)error_set(err, ERR_NOT_FOUND,
				_("no case and no system is named %.60s"), spec);
		}
		return false;
	}
	what->case_id = c->id;
	return true;
}

static bool
number(struct cli *cli, const char *what, int *n, struct error *err)
{
	int64_t value;

	if (!cli_number(what, cli_word(cli, 0), 1, INT32_MAX, &value, err)) {
		return false;
	}
	*n = (int)value;
	return true;
}

static void
result(struct cli *cli, int n)
{
	struct json *o = json_object();

	json_set_int(o, "n", n);
	cli_result(cli, o);
}

bool
verb_scene_hold(struct cli *cli, struct error *err)
{
	struct hold_new what = {
		.body = cli_option(cli, "body"), .document = cli_option(cli, "document"),
		.date = cli_option(cli, "date"), .what = cli_option(cli, "what"),
	};
	struct ir_case c = { 0 };
	bool fresh = false;
	int n = 0;
	bool ok = cli_need(cli, "body", err) &&
		scene_of(cli, cli_word(cli, 0), &what, &c, err) &&
		hold_place(cli->desk, &what, &n, &fresh, err);

	case_clear(&c);
	if (ok && !cli->json) {
		cli_say(cli, fresh ? _("scene %d is to be kept: steps that rebuild or restore"
			" wait until it is released")
			: _("scene %d is kept already"), n);
	}
	if (ok) {
		result(cli, n);
	}
	return ok;
}

bool
verb_scene_release(struct cli *cli, struct error *err)
{
	int n;
	bool ok = cli_need(cli, "by", err) && cli_need(cli, "document", err) &&
		number(cli, _("scene"), &n, err) &&
		hold_release(cli->desk, n, cli_option(cli, "by"),
			cli_option(cli, "document"), err);

	if (ok && !cli->json) {
		cli_say(cli, _("scene %d is released"), n);
	}
	if (ok) {
		result(cli, n);
	}
	return ok;
}

struct printing {
	struct cli *cli;
	struct json *list;
};

static bool
print_hold(const struct hold *hold, void *arg)
{
	struct printing *p = arg;
	char *words = hold_words(hold);

	json_push(p->list, hold_json(p->cli, hold));
	if (!p->cli->json && !p->cli->csv) {
		cli_say(p->cli, "%3d  %-12s %-12s %s%s%s", hold->n,
			hold->number[0] != '\0' ? hold->number : hold->asset,
			word_label(WORDS_SCENE, hold->state), words,
			hold->what[0] != '\0' ? ": " : "", hold->what);
		if (hold->released_at != 0) {
			cli_say(p->cli, _("     released by %s, %s"), hold->released_by,
				hold->release_doc);
		}
	}
	free(words);
	return true;
}

bool
verb_scene_list(struct cli *cli, struct error *err)
{
	struct printing p = { cli, json_array() };
	bool ok = hold_each(cli->desk, NULL, !cli_switch(cli, "all"), print_hold, &p, err);

	return cli_listed(cli, p.list, ok, _("no scene has to be kept"));
}

/* ---- planned work ---- */

static bool
time_option(struct cli *cli, const char *name, int64_t *at, struct error *err)
{
	const char *typed = cli_option(cli, name);

	return typed == NULL || planned_time(at, typed, cli->desk, err);
}

static bool
planned_options(struct cli *cli, struct planned_new *what, struct error *err)
{
	what->by = cli_option(cli, "by");
	what->note = cli_option(cli, "note");
	what->state = cli_option(cli, "state");
	what->what = cli_option(cli, "what");
	return time_option(cli, "from", &what->from_at, err) &&
		time_option(cli, "until", &what->to_at, err);
}

bool
verb_planned_add(struct cli *cli, struct error *err)
{
	struct planned_new what = { .asset = cli_word(cli, 0) };
	int n;
	bool ok = cli_need(cli, "what", err) && cli_need(cli, "from", err) &&
		planned_options(cli, &what, err) &&
		planned_add(cli->desk, &what, &n, err);

	if (ok) {
		cli_note(cli, _("planned work %d on %s"), n, what.asset);
		result(cli, n);
	}
	return ok;
}

bool
verb_planned_set(struct cli *cli, struct error *err)
{
	struct planned_new what = { 0 };
	bool changed = false;
	int n;
	bool ok = number(cli, _("planned work"), &n, err) &&
		planned_options(cli, &what, err) &&
		planned_set(cli->desk, n, &what, &changed, err);

	if (ok) {
		cli_note(cli, changed ? _("planned work %d changed")
			: _("planned work %d is so already"), n);
		result(cli, n);
	}
	return ok;
}

static bool
print_planned(const struct planned *work, void *arg)
{
	struct printing *p = arg;

	json_push(p->list, planned_json(p->cli, work));
	if (!p->cli->json && !p->cli->csv) {
		char *words = planned_words(work, desk_now(p->cli->desk),
			desk_zone(p->cli->desk));

		cli_say(p->cli, "%3d  %-12s %s", work->n,
			word_label(WORDS_PLANNED, work->state), words);
		free(words);
	}
	return true;
}

bool
verb_planned_list(struct cli *cli, struct error *err)
{
	struct printing p = { cli, json_array() };
	int64_t since = cli_switch(cli, "all") ? 0
		: desk_now(cli->desk) - PLANNED_BEFORE_MS;
	bool ok = planned_each(cli->desk, since, print_planned, &p, err);

	return cli_listed(cli, p.list, ok,
		_("no work is announced, and none ended in the last 24 hours"));
}

/* ---- evidence handed over ---- */

/* To the file that was named, else to the output; as JSON {n, file|text}, and
 * nothing where the caller prints a case instead. */
static bool
put_paper(struct cli *cli, int n, bool print, struct error *err)
{
	const char *to = cli_option(cli, "output");
	struct buf stored = { 0 };
	struct buf paper = { 0 };
	bool ok = custody_paper(&stored, cli->desk, cli->c.id, n, err);

	clean_page(&paper, buf_text(&stored));
	buf_free(&stored);
	ok = ok && (to == NULL || file_write(to, buf_text(&paper), paper.len, 0600, err));

	if (ok && print && cli->json) {
		struct json *o = json_object();

		json_set_int(o, "n", n);
		json_set_text(o, to != NULL ? "file" : "text", to != NULL ? to : buf_text(&paper));
		cli_json(cli, o);
	} else if (ok && print && to == NULL) {
		buf_addf(&cli->out, "%s", buf_text(&paper));
	} else if (ok && print) {
		cli_say(cli, _("written to %s: print it twice, both sign"), to);
	}
	buf_free(&paper);
	return ok;
}

bool
verb_evidence_handover(struct cli *cli, struct error *err)
{
	struct custody_new what = {
		.taken_by = cli_option(cli, "to"), .taken_post = cli_option(cli, "post"),
		.taken_body = cli_option(cli, "body"), .given_by = cli_option(cli, "from"),
		.place = cli_option(cli, "place"), .reason = cli_option(cli, "reason"),
		.document = cli_option(cli, "document"), .note = cli_option(cli, "note"),
	};
	const char *at = cli_option(cli, "at");
	int count = cli_word_count(cli);
	const char **specs = xcalloc((size_t)count + 1, sizeof(*specs));
	int n;
	bool ok = cli_need(cli, "to", err) && (at == NULL || when_parse(&what.at, at,
		WHEN_PAST, desk_now(cli->desk), desk_zone(cli->desk), err));

	for (int i = 0; i < count; i++) {
		specs[i] = cli_word(cli, i);
	}
	ok = ok && custody_hand_over(cli->desk, cli->c.id, specs, count, &what, &n, err);
	free(specs);
	if (!ok) {
		return false;
	}
	return put_paper(cli, n, !cli->json, err) &&
		(!cli->json || cli_case_result(cli, cli->c.id, err));
}

static bool
print_custody(const struct custody *u, void *arg)
{
	struct cli *cli = arg;
	char when[WHEN_SHORT_SIZE];

	when_full(when, u->at, desk_zone(cli->desk));
	cli_say(cli, _("%3d  %s  evidence %d %s: %s to %s%s%s"), u->n, when, u->evidence_n,
		u->name, u->given_by, u->taken_by, u->taken_body[0] != '\0' ? ", " : "",
		u->taken_body);
	return true;
}

bool
verb_evidence_custody(struct cli *cli, struct error *err)
{
	if (cli->json) {
		return case_list_json(cli, cli->c.id, "custody", err);
	}
	return custody_each(cli->desk, cli->c.id, print_custody, cli, err);
}

bool
verb_evidence_record(struct cli *cli, struct error *err)
{
	int n;

	return number(cli, _("hand-over"), &n, err) && put_paper(cli, n, true, err);
}

/* ---- what is not well ---- */

static struct json *
system_json(struct cli *cli, const struct alive_system *system)
{
	struct json *o = json_object();

	json_set_text(o, "code", system->code);
	json_set_or_null(o, "state", system->state);
	json_set_time(cli, o, "since", system->since);
	json_set_or_null(o, "counts_down", system->label);
	json_set_time(cli, o, "ends_at", system->ends_at);
	json_set_int(o, "points_down", system->lost);
	json_set(o, "points", system->of > 0 ? json_int(system->of) : json_null());
	return o;
}

static struct json *
alive_json(struct cli *cli, const struct alive *alive)
{
	struct json *o = json_object();
	struct json *systems = json_array();

	for (int i = 0; i < alive->count; i++) {
		json_push(systems, system_json(cli, &alive->systems[i]));
	}
	json_set(o, "systems", systems);
	json_set_int(o, "state_unknown", alive->unknown);
	json_set_int(o, "waiting", alive->waiting);
	json_set_int(o, "waiting_over", alive->waiting_over);
	json_set_time(cli, o, "next_deadline", alive->deadline_at);
	json_set_or_null(o, "next_deadline_case", alive->deadline_case);
	json_set_or_null(o, "next_deadline_title", alive->deadline_title);
	json_set_int(o, "tins", alive->tins);
	json_set_int(o, "scenes_to_keep", alive->scenes);
	return o;
}

static void
say_alive(struct cli *cli, const struct alive *alive)
{
	int64_t now = desk_now(cli->desk);
	char *rest = alive_rest_words(alive);
	bool late;

	for (int i = 0; i < alive->count; i++) {
		char *words = alive_system_words(&alive->systems[i], now, desk_zone(cli->desk));

		cli_say(cli, "%s", words);
		free(words);
	}
	cli_say(cli, "%s", rest);
	free(rest);
	for (int n = 0;; n++) {
		char *words = alive_outside_words(alive, n, 0, now, &late);

		if (words == NULL) {
			break;
		}
		cli_say(cli, "%s", words);
		free(words);
	}
}

bool
verb_asset_alive(struct cli *cli, struct error *err)
{
	struct alive alive;

	if (!alive_load(&alive, cli->desk, err)) {
		return false;
	}
	if (cli->json) {
		cli_json(cli, alive_json(cli, &alive));
	} else {
		say_alive(cli, &alive);
	}
	return true;
}
