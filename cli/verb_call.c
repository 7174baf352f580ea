/* verb_call.c: call, posted, confirmed: what people told by telephone, Zalo, on
 * paper or in person, and who has confirmed it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/hand_json.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/call.h"
#include "core/contact_check.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/post.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/call_names.h"

static bool
past(struct cli *cli, int64_t *out, struct error *err)
{
	const char *typed = cli_option(cli, "at");

	*out = 0;
	return typed == NULL || when_parse(out, typed, WHEN_PAST, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

/* ---- call ---- */

/* What came of it is one of three; a made call has one. */
static bool
outcome_of(struct cli *cli, const char **outcome, struct error *err)
{
	int count = cli_switch(cli, "no-answer") + cli_switch(cli, "wrong-number") +
		(cli_option(cli, "answered-by") != NULL);

	*outcome = cli_switch(cli, "no-answer") ? "no_answer"
		: cli_switch(cli, "wrong-number") ? "wrong_number" : "answered";
	return count == 1 || error_set(err, ERR_USAGE,
		_("say one of --answered-by TEXT, --no-answer, --wrong-number"));
}

static bool
say_next(struct cli *cli, const char *to, struct error *err)
{
	struct json *list = NULL;

	if (cli->json) {
		return true;
	}
	if (!case_call_list(cli->desk, cli->c.id, &list, err)) {
		return false;
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const struct json *next = json_get(row, "next");

		if ((strcmp(json_get_text(row, "to"), to) == 0 ||
			    strcmp(json_get_text(row, "key"), to) == 0) &&
		    json_is(next, JSON_OBJECT)) {
			cli_note(cli, _("next: %s  %s"), json_get_text(next, "name"),
				json_get_text(next, "number")[0] != '\0'
					? json_get_text(next, "number") : _("no number"));
			break;
		}
	}
	json_free(list);
	return true;
}

bool
verb_call(struct cli *cli, struct error *err)
{
	struct call_new what = { .case_id = cli->c.id, .to = cli_word(cli, 0),
		.answered_by = cli_option(cli, "answered-by"),
		.result = cli_option(cli, "result"), .number = cli_option(cli, "number"),
		.message = cli_option(cli, "message"),
		.verified = cli_switch(cli, "verified") };
	struct call_done done = { 0 };

	if (!outcome_of(cli, &what.outcome, err) || !past(cli, &what.at, err) ||
	    !call_add(cli->desk, &what, &done, err)) {
		return false;
	}
	if (done.also != NULL) {
		cli_warn(cli, "%s", done.also);
	}
	free(done.also);
	/* The case first: what was appended belongs to the call. */
	return cli_case_result(cli, cli->c.id, err) && (strcmp(what.outcome, "answered") == 0 ||
		say_next(cli, what.to, err));
}

static bool
right_outcome(struct cli *cli, const char **outcome, struct error *err)
{
	if (!cli_switch(cli, "not-made")) {
		return outcome_of(cli, outcome, err);
	}
	return (!cli_switch(cli, "no-answer") && !cli_switch(cli, "wrong-number")) ||
		error_set(err, ERR_USAGE,
			_("--not-made stands alone: there was no such call"));
}

bool
verb_call_fix(struct cli *cli, struct error *err)
{
	struct call_correction what = { .case_id = cli->c.id,
		.why = cli_option(cli, "reason"), .to = cli_option(cli, "to"),
		.answered_by = cli_option(cli, "answered-by"),
		.result = cli_option(cli, "result"), .number = cli_option(cli, "number"),
		.message = cli_option(cli, "message"),
		.verified = cli_switch(cli, "verified"), .outcome = "not_made" };
	struct call_done done = { 0 };
	int64_t n;

	if (!cli_number(_("call"), cli_word(cli, 0), 1, INT32_MAX, &n, err) ||
	    !cli_need(cli, "reason", err) || !right_outcome(cli, &what.outcome, err) ||
	    !past(cli, &what.at, err)) {
		return false;
	}
	what.n = (int)n;
	if (!call_correct(cli->desk, &what, &done, err)) {
		return false;
	}
	if (done.also != NULL) {
		cli_warn(cli, "%s", done.also);
	}
	free(done.also);
	return true;
}

static void
say_line(struct cli *cli, const struct json *row)
{
	const struct json *checked = json_get(row, "checked");
	const struct json *message = json_get(row, "message");
	const struct json *calling = json_get(row, "calling");
	const char *state = json_get_text(row, "state");
	const char *number = json_get_text(row, "number");
	char *name = text_column(json_get_text(row, "name"), 34, true, false);
	char *phone = text_column(number[0] != '\0' ? number : _("no number"), 16, true, false);
	char clock[WHEN_SHORT_SIZE];

	when_clock(clock, json_get_int(row, "at", 0), desk_zone(cli->desk));
	cli_say(cli, "%3lld  %s %s %s%s%s", (long long)json_get_int(row, "n", 0), name, phone,
		strcmp(state, "not_called") == 0 ? _("not called")
			: strcmp(state, "answered") == 0 ? Q_("call|answered")
			: strcmp(state, "wrong_number") == 0 ? _("WRONG NUMBER")
			: _("no answer"),
		strcmp(state, "not_called") == 0 ? "" : " ",
		strcmp(state, "not_called") == 0 ? "" : clock);
	cli_say(cli, "     %s%s%s%s%s", json_get_text(row, "because"),
		checked != NULL && json_is(checked, JSON_OBJECT) ? " · " : "",
		json_is(checked, JSON_OBJECT)
			? contact_check_label(json_get_text(checked, "state")) : "",
		json_is(message, JSON_OBJECT) ? " · " : "",
		json_is(message, JSON_OBJECT) ? message_state_label(
			json_get_text(message, "state"), json_get_text(message, "channel")) : "");
	if (json_get_text(row, "answered_by")[0] != '\0') {
		cli_say(cli, "     %s: %s (%s)", json_get_text(row, "answered_by"),
			json_get_text(row, "result"), json_get_text(row, "by"));
	}
	if (json_get_text(row, "corrected")[0] != '\0') {
		cli_say(cli, _("     correction: %s"), json_get_text(row, "corrected"));
	}
	if (json_is(calling, JSON_OBJECT)) {
		cli_say(cli, _("     %s is calling them now"), json_get_text(calling, "by"));
	}
	free(name);
	free(phone);
}

/* A list of core as the verb prints it. */
static void
put_list(struct cli *cli, struct json *found,
	struct json *(*as)(struct cli *cli, const struct json *row))
{
	struct json *list = json_array();

	for (const struct json *row = json_first(found); row != NULL; row = json_next(row)) {
		json_push(list, as(cli, row));
	}
	json_free(found);
	cli_list(cli, list);
}

bool
verb_call_list(struct cli *cli, struct error *err)
{
	struct json *found = NULL;

	if (!case_call_list(cli->desk, cli->c.id, &found, err)) {
		return false;
	}
	for (const struct json *row = json_first(found);
	     row != NULL && !cli->json && !cli->csv; row = json_next(row)) {
		say_line(cli, row);
	}
	if (json_count(found) == 0) {
		cli_note(cli, _("nobody is to be called: no rule and no step names anybody"));
	}
	put_list(cli, found, call_line_json);
	return true;
}

/* ---- posted ---- */

static bool
show_text(struct cli *cli, struct error *err)
{
	const char *next = cli_option(cli, "next");
	int64_t next_at = 0;
	char *text = NULL;

	if ((next != NULL && !when_parse(&next_at, next, WHEN_DUE, desk_now(cli->desk),
		    desk_zone(cli->desk), err)) ||
	    !post_text(cli->desk, cli->c.id, cli_option(cli, "workaround"), next_at, &text,
		    err)) {
		return false;
	}
	if (cli->json) {
		struct json *o = json_object();

		json_set_text(o, "text", text);
		cli_json(cli, o);
	} else {
		cli_say(cli, "%s", text);
	}
	free(text);
	return true;
}

bool
verb_posted(struct cli *cli, struct error *err)
{
	struct post_new what = { .case_id = cli->c.id, .channel = cli_word(cli, 0),
		.to = cli_option(cli, "to"), .red = cli_switch(cli, "red") };
	char id[UUID_SIZE];
	char *text = NULL;
	int asked = 0;
	bool ok;

	if (cli_switch(cli, "show")) {
		return hand_channel_check(what.channel, err) && show_text(cli, err);
	}
	if (cli_word(cli, 1) == NULL) {
		return cli_usage(cli, err);
	}
	ok = cli_text(cli_word(cli, 1), &text, err) && past(cli, &what.at, err);
	what.text = text;
	ok = ok && post_add(cli->desk, &what, id, &asked, err) &&
		cli_case_result(cli, cli->c.id, err);
	free(text);
	if (ok && asked > 0) {
		cli_note(cli, _("posted; %d are asked to confirm: suco confirmed %s last UNIT..."),
			asked, cli->c.number);
	}
	return ok;
}

bool
verb_posted_list(struct cli *cli, struct error *err)
{
	struct json *found = NULL;

	if (!post_list(cli->desk, cli->c.id, &found, err)) {
		return false;
	}
	for (const struct json *row = json_first(found);
	     row != NULL && !cli->json && !cli->csv; row = json_next(row)) {
		char clock[WHEN_SHORT_SIZE];

		when_near(clock, json_get_int(row, "at", 0), desk_now(cli->desk),
			desk_zone(cli->desk));
		cli_say(cli, _("%lld  posted %s  %s  %s  confirmed %lld of %lld"),
			(long long)json_get_int(row, "n", 0), clock,
			word_label(WORDS_CHANNEL, json_get_text(row, "channel")),
			json_get_text(row, "to"), (long long)json_get_int(row, "confirmed", 0),
			(long long)json_get_int(row, "asked", 0));
		cli_say(cli, "   %s", json_text(json_get(row, "text"), ""));
	}
	if (json_count(found) == 0) {
		cli_note(cli, _("nothing was posted on this case"));
	}
	put_list(cli, found, post_json);
	return true;
}

/* ---- confirmed ---- */

/* The words, or the lines of standard input for "-"; text keeps the lines. */
static bool
read_units(struct cli *cli, const char ***units, int *count, char **text,
	struct error *err)
{
	char *rest = NULL;

	*count = cli_word_count(cli) - 1;
	*text = NULL;
	if (*count == 1 && strcmp(cli_word(cli, 1), "-") == 0) {
		if (!cli_text("-", text, err)) {
			return false;
		}
		*units = xcalloc(strlen(*text) / 2 + 1, sizeof **units);
		*count = 0;
		for (char *line = strtok_r(*text, "\r\n\t", &rest); line != NULL;
		     line = strtok_r(NULL, "\r\n\t", &rest)) {
			if (line[strspn(line, " ")] != '\0') {
				(*units)[(*count)++] = line + strspn(line, " ");
			}
		}
		return *count > 0 ||
			error_set(err, ERR_BAD_INPUT, _("the list has no name in it"));
	}
	*units = xcalloc((size_t)*count + 1, sizeof **units);
	for (int i = 0; i < *count; i++) {
		(*units)[i] = cli_word(cli, i + 1);
	}
	return true;
}

bool
verb_confirmed(struct cli *cli, struct error *err)
{
	struct confirm_new what = { .case_id = cli->c.id, .message = cli_word(cli, 0),
		.by_name = cli_option(cli, "by") };
	const char **units = NULL;
	char *text = NULL;
	int done = 0;
	bool ok = read_units(cli, &units, &what.count, &text, err);

	what.units = units;
	ok = ok && past(cli, &what.at, err) && post_confirm(cli->desk, &what, &done, err) &&
		cli_case_result(cli, cli->c.id, err);
	free(units);
	free(text);
	if (ok && done > 0) {
		cli_note(cli, _("%d confirmed"), done);
	}
	return ok;
}

/* MESSAGE as for confirming; none: all of the case. */
static bool
rows_of(struct cli *cli, struct json **found, struct error *err)
{
	const char *spec = cli_word(cli, 0);
	struct json *posts = NULL;
	struct message m = { 0 };
	const char *id = NULL;
	bool ok = true;

	if (spec != NULL && strcmp(spec, "last") == 0) {
		ok = post_list(cli->desk, cli->c.id, &posts, err);
		id = json_text(json_get(json_at(posts, 0), "id"), "");
	} else if (spec != NULL) {
		ok = message_find(&m, cli->desk, spec, err);
		id = m.id;
	}
	ok = ok && confirmation_list(cli->desk, cli->c.id, id, found, err);
	json_free(posts);
	message_clear(&m);
	return ok;
}

bool
verb_confirmed_list(struct cli *cli, struct error *err)
{
	struct json *found = NULL;
	struct json *wanted = json_array();

	if (!rows_of(cli, &found, err)) {
		json_free(wanted);
		return false;
	}
	for (const struct json *row = json_first(found); row != NULL; row = json_next(row)) {
		bool confirmed = strcmp(json_get_text(row, "state"), "confirmed") == 0;
		char clock[WHEN_SHORT_SIZE];
		char *name;

		if (confirmed && cli_switch(cli, "left")) {
			continue;
		}
		json_push(wanted, json_copy(row));
		when_clock(clock, json_get_int(row, "at", 0), desk_zone(cli->desk));
		name = text_column(json_get_text(row, "name"), 36, true, false);
		cli_note(cli, "%s %s %s %s", name, confirmed ? _("confirmed") : _("NOT YET"),
			confirmed ? clock : "", json_get_text(row, "by_name"));
		free(name);
	}
	json_free(found);
	if (json_count(wanted) == 0) {
		cli_note(cli, "%s", cli_switch(cli, "left") ? _("nobody is left to confirm")
			: _("nobody was asked to confirm"));
	}
	put_list(cli, wanted, confirmation_json);
	return true;
}
