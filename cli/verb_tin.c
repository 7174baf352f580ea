/* verb_tin.c: tin: what callers told the watch, and what became of it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/new_text.h"
#include "cli/tin_json.h"
#include "cli/verbs_of.h"
#include "core/alike.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/text.h"
#include "core/tin_words.h"
#include "core/when.h"

static bool
option_time(struct cli *cli, const char *name, enum when_sense sense, int64_t *out,
	struct error *err)
{
	const char *typed = cli_option(cli, name);

	*out = 0;
	if (typed != NULL && sense == WHEN_DUE && strcmp(typed, "none") == 0) {
		*out = NO_DUE;
		return true;
	}
	return typed == NULL || when_parse(out, typed, sense, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

static bool
what_was_told(struct cli *cli, struct tin_new *what, struct error *err)
{
	*what = (struct tin_new){
		.what = cli_option(cli, "what"), .unit = cli_option(cli, "unit"),
		.caller = cli_option(cli, "from"), .post = cli_option(cli, "post"),
		.callback = cli_option(cli, "callback"),
		.channel = cli_option(cli, "channel"), .broken = cli_option(cli, "down"),
		.done = cli_option(cli, "did"), .secret = cli_option(cli, "secret"),
		.kind = cli_option(cli, "kind"), .asset = cli_option(cli, "asset"),
		.note = cli_option(cli, "note"), .verified = cli_switch(cli, "verified"),
		.drill = cli_switch(cli, "drill"),
	};
	return option_time(cli, "at", WHEN_PAST, &what->reported_at, err) &&
		option_time(cli, "detected", WHEN_PAST, &what->detected_at, err) &&
		option_time(cli, "reply-by", WHEN_DUE, &what->reply_by, err);
}

/* The tin as it is now, as JSON or one line. */
static bool
print_tin(struct cli *cli, const char *id, struct error *err)
{
	struct tin tin = { 0 };
	bool ok = tin_find(&tin, cli->desk, id, err);
	int count = 0;

	if (ok && cli->json) {
		cli_result(cli, tin_json(cli, &tin));
	} else if (ok) {
		(void)change_appended(cli->desk, &count);
		if (count == 0) {
			cli_say(cli, _("%s: nothing to change, it is so already"), tin.number);
		} else {
			cli_say(cli, "%s: %s", tin.number, tin_label(tin_states, tin.state));
		}
	}
	tin_clear(&tin);
	return ok;
}

static bool
say_receipt(struct cli *cli, const struct tin *tin, struct error *err)
{
	char *receipt = NULL;
	char *advice = NULL;
	bool ok = tin_receipt(&receipt, cli->desk, tin, err) &&
		tin_advice(&advice, tin->kind, i18n_language(), err);

	if (ok) {
		cli_say(cli, _("  to the caller: %s"), receipt);
		cli_say(cli, _("  advise him: %s"), advice);
		if (strcmp(tin->secret, "yes") == 0) {
			cli_say(cli, "  %s", _("STATE SECRETS: write none of the content here;"
				" speak in person, call the cipher body."));
		}
	}
	free(receipt);
	free(advice);
	return ok;
}

struct same {
	struct cli *cli;
	const struct tin *tin;
	struct json *list;
};

static bool
keep_same(const struct ir_case *c, void *arg)
{
	struct same *same = arg;
	struct json *one = json_object();

	json_set_text(one, "number", c->number);
	json_set_text(one, "title", c->title);
	json_push(same->list, one);
	if (!same->cli->json) {
		cli_say(same->cli, _("  may be the same: %s %s: suco tin join %s %s"),
			c->number, c->title, same->tin->number, c->number);
	}
	return true;
}

/* Offered, never decided; a drill is no other's case. */
static bool
say_same(struct cli *cli, const struct tin *tin, struct json **list, struct error *err)
{
	struct same same = { cli, tin, json_array() };
	const struct alike_ask ask = { .title = tin->what, .kind = tin->kind,
		.asset = tin->asset, .at = tin->detected_at };

	if (!tin->drill && !alike_each(cli->desk, &ask, keep_same, &same, err)) {
		json_free(same.list);
		return false;
	}
	*list = same.list;
	return true;
}

/* The tin that was just made, and which open cases it may be. */
static bool
print_new(struct cli *cli, const struct tin *tin, struct error *err)
{
	struct json *same = NULL;
	struct json *o;

	if (!cli->json) {
		cli_say(cli, "%s", tin->number);
	}
	if (!say_same(cli, tin, &same, err)) {
		return false;
	}
	if (!cli->json) {
		json_free(same);
		return say_receipt(cli, tin, err);
	}
	o = tin_json(cli, tin);
	json_set(o, "maybe_same", same);
	cli_result(cli, o);
	return true;
}

bool
verb_tin(struct cli *cli, struct error *err)
{
	struct tin_new what;
	struct tin_said said;
	struct tin tin = { 0 };
	char id[UUID_SIZE];
	bool ok;

	if (!cli_need(cli, "what", err) || !what_was_told(cli, &what, err) ||
	    !tin_add(cli->desk, &what, id, &said, err)) {
		return false;
	}
	if (said.unit[0] != '\0') {
		cli_warn(cli, "%s", said.unit);
	}
	ok = tin_find(&tin, cli->desk, id, err) && print_new(cli, &tin, err);
	tin_clear(&tin);
	return ok;
}

bool
verb_tin_set(struct cli *cli, struct error *err)
{
	struct tin_new what;
	struct tin_said said;

	if (!what_was_told(cli, &what, err) ||
	    !tin_set(cli->desk, cli_word(cli, 0), &what, &said, err)) {
		return false;
	}
	if (said.unit[0] != '\0') {
		cli_warn(cli, "%s", said.unit);
	}
	return print_tin(cli, cli_word(cli, 0), err);
}

/* ---- reading ---- */

struct printing {
	struct cli *cli;
	struct json *list;
};

static bool
print_row(const struct tin *tin, void *arg)
{
	struct printing *p = arg;
	char due[32];
	char *state, *unit;

	if (p->cli->json || p->cli->csv) {
		json_push(p->list, tin_json(p->cli, tin));
		return true;
	}
	when_due(due, tin->reply_by, desk_now(p->cli->desk), i18n_language());
	state = text_column(tin_label(tin_states, tin->state), 14, true, false);
	unit = text_column(tin->unit_name[0] != '\0' ? tin->unit_name : tin->caller, 24, true,
		false);
	cli_say(p->cli, "%-14s %s %-11s %s %s%s%s", tin->number, state, due, unit, tin->what,
		tin->case_number[0] != '\0' ? " -> " : "", tin->case_number);
	free(state);
	free(unit);
	return true;
}

bool
verb_tin_list(struct cli *cli, struct error *err)
{
	const char *limit_text = cli_option(cli, "limit");
	const char *number = cli_option(cli, "case");
	struct printing p = { cli, json_array() };
	struct ir_case c = { 0 };
	int64_t rows = 200;
	bool ok = (limit_text == NULL ||
		cli_number("--limit", limit_text, 1, 100000, &rows, err)) &&
		(number == NULL || case_find(&c, cli->desk, number, err));

	ok = ok && tin_each(cli->desk, &(struct tin_filter){
		.case_id = number == NULL ? NULL : c.id,
		.open = cli_switch(cli, "open"), .promised = cli_switch(cli, "promised"),
		.drill = cli_switch(cli, "drill"), .limit = (int)rows }, print_row, &p, err);
	case_clear(&c);
	if (!ok) {
		json_free(p.list);
		return false;
	}
	cli_list(cli, p.list);
	return true;
}

static void
say_fact(struct cli *cli, const char *label, const char *text)
{
	if (text[0] != '\0') {
		cli_say(cli, "  %s: %s", label, text);
	}
}

static void
say_time(struct cli *cli, const char *label, int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	if (at != 0 && at != NO_DUE) {
		when_near(text, at, desk_now(cli->desk), desk_zone(cli->desk));
		say_fact(cli, label, text);
	}
}

static void
say_all(struct cli *cli, const struct tin *tin)
{
	char *down = tin_labels(tin_broken, tin->broken);
	char *done = tin_labels(tin_done_words, tin->done);

	cli_say(cli, "%s  %s  %s", tin->number, tin_label(tin_states, tin->state), tin->what);
	say_fact(cli, _("unit"), tin->unit_name);
	say_fact(cli, _("caller"), tin->caller);
	say_fact(cli, _("post"), tin->post);
	say_fact(cli, _("call-back number"), tin->callback);
	say_fact(cli, _("channel"), tin_label(tin_channels, tin->channel));
	say_time(cli, _("called back by the directory"), tin->verified_at);
	say_time(cli, _("reported at"), tin->reported_at);
	say_time(cli, _("detected at"), tin->detected_at);
	say_fact(cli, _("what is down"), down);
	say_fact(cli, _("what was done"), done);
	say_fact(cli, _("secrets"), tin_label(tin_secrets, tin->secret));
	say_fact(cli, _("note"), tin->note);
	say_fact(cli, _("case"), tin->case_number);
	say_fact(cli, _("handled by"), tin->handler_name);
	say_time(cli, _("answer by"), tin->reply_by);
	say_time(cli, _("answered at"), tin->replied_at);
	say_fact(cli, _("answered how"), tin->replied_how);
	say_fact(cli, _("result"), tin->result);
	say_fact(cli, _("reason"), tin->reason);
	say_time(cli, _("told that it is over at"), tin->over_told_at);
	free(down);
	free(done);
}

bool
verb_tin_show(struct cli *cli, struct error *err)
{
	struct tin tin = { 0 };
	bool ok = tin_find(&tin, cli->desk, cli_word(cli, 0), err);

	if (ok && cli->json) {
		cli_json(cli, tin_json(cli, &tin));
	} else if (ok) {
		say_all(cli, &tin);
		ok = say_receipt(cli, &tin, err);
	}
	tin_clear(&tin);
	return ok;
}

/* ---- acts ---- */

bool
verb_tin_take(struct cli *cli, struct error *err)
{
	return tin_take(cli->desk, cli_word(cli, 0), err) &&
		print_tin(cli, cli_word(cli, 0), err);
}

bool
verb_tin_reply(struct cli *cli, struct error *err)
{
	int64_t next;

	return cli_need(cli, "how", err) &&
		option_time(cli, "next", WHEN_DUE, &next, err) &&
		tin_reply(cli->desk, cli_word(cli, 0), cli_option(cli, "how"), next, err) &&
		print_tin(cli, cli_word(cli, 0), err);
}

bool
verb_tin_join(struct cli *cli, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_find(&c, cli->desk, cli_word(cli, 1), err) &&
		tin_join(cli->desk, cli_word(cli, 0), c.id, cli_option(cli, "reason"), err);

	/* A report from paper may come late; one that says "again" must not get lost. */
	if (ok && !c.is_open && c.merged_into[0] == '\0') {
		cli_warn(cli, _("%s is over: if it is broken again, reopen it or open a new"
			" case"), c.number);
	}
	case_clear(&c);
	return ok && print_tin(cli, cli_word(cli, 0), err);
}

bool
verb_tin_case(struct cli *cli, struct error *err)
{
	struct first_plan first = { 0 };
	char case_id[UUID_SIZE];
	bool ok;

	do {
		ok = change_begin(cli->desk, err) && change_end(cli->desk,
			tin_open_case(cli->desk, cli_word(cli, 0), case_id, err) &&
			cli_begin_fitting(cli, &first, case_id, err), err);
	} while (first_plan_again(&first, ok));
	return ok && cli_opened(cli, &first, case_id, err);
}

bool
verb_tin_help(struct cli *cli, struct error *err)
{
	char *how = NULL;
	bool ok = tin_help(cli->desk, cli_word(cli, 0), cli_option(cli, "to"), &how, err);

	if (ok) {
		ok = print_tin(cli, cli_word(cli, 0), err);
		cli_note(cli, "  %s", how);
	}
	free(how);
	return ok;
}

bool
verb_tin_done(struct cli *cli, struct error *err)
{
	return cli_need(cli, "result", err) &&
		tin_done(cli->desk, cli_word(cli, 0), cli_option(cli, "result"), err) &&
		print_tin(cli, cli_word(cli, 0), err);
}

bool
verb_tin_close(struct cli *cli, struct error *err)
{
	return cli_need(cli, "reason", err) &&
		tin_close(cli->desk, cli_word(cli, 0), cli_option(cli, "reason"), err) &&
		print_tin(cli, cli_word(cli, 0), err);
}
