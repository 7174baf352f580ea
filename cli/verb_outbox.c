/* verb_outbox.c: outbox, hold, release, resend: what people are told, and what a
 * member decides about it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/message_json.h"
#include "cli/verbs_of.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/lease.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

/* Why it goes no sooner, as the screen says it. */
static const struct {
	const char *why, *text;
} waits[] = {
	{ "quiet", N_("waits for the end of quiet hours, %s") },
	{ "limit", N_("too many to this address: waits until %s") },
	{ "limit_all", N_("as many as the channel may: waits until %s") },
	{ "asked", N_("the other side asked for time, until %s") },
	{ "retry", N_("next automatic try %s") },
};

static const char *
near(char out[WHEN_SHORT_SIZE], struct cli *cli, const struct json *at)
{
	struct error ignored;
	int64_t ms = 0;

	out[0] = '\0';
	if (when_from_rfc3339(&ms, json_text(at, ""), &ignored)) {
		when_near(out, ms, desk_now(cli->desk), desk_zone(cli->desk));
	}
	return out;
}

static void
say_waits(struct cli *cli, const struct json *o)
{
	const char *state = json_text_of(o, "state"), *why = json_text_of(o, "waits_for");
	char next[WHEN_SHORT_SIZE], last[WHEN_SHORT_SIZE];

	if (strcmp(state, "queued") != 0 && strcmp(state, "unknown") != 0) {
		return;
	}
	(void)near(next, cli, json_get(o, "next_at"));
	(void)near(last, cli, json_get(o, "expires_at"));
	if (strcmp(why, "bundle") == 0) {
		cli_say(cli, _("      goes with others in message %lld"),
			(long long)json_get_int(o, "bundle_n", 0));
	} else if (strcmp(why, "down") == 0) {
		cli_say(cli, _("      the channel is down: goes out when it is back, until %s"),
			last);
	} else if (why[0] == '\0' && strcmp(state, "queued") == 0) {
		cli_say(cli, _("      goes out next, until %s"), last);
	}
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		if (strcmp(waits[i].why, why) == 0) {
			char *text = xasprintf(_(waits[i].text), next);

			cli_say(cli, "      %s", text);
			free(text);
		}
	}
}

static void
say_message(struct cli *cli, const struct json *o)
{
	const char *by = json_text(json_get(o, "channel"), "-");
	char *state = text_column(message_state_label(json_get_text(o, "state"), by), 16,
		true, false);
	char *to = text_column(json_get_text(o, "to"), 24, true, false);
	char *channel = text_column(word_label(WORDS_CHANNEL, by), 11, true, false);
	const char *reason = json_get_text(o, "reason");
	const char *reply = json_get_text(o, "reply");
	const char *subject = json_get_text(o, "subject");

	cli_say(cli, "%4lld  %s  %s %s %s  %s", (long long)json_get_int(o, "n", 0), state,
		channel, to, json_text(json_get(o, "case"), "-"),
		subject != NULL ? subject
			: word_label(WORDS_TEMPLATE, json_text(json_get(o, "template"), "-")));
	if (reason != NULL || reply != NULL) {
		cli_say(cli, "      %s%s%s", reason == NULL ? "" : _(reason),
			reason != NULL && reply != NULL ? " · " : "", reply == NULL ? "" : reply);
	}
	say_waits(cli, o);
	free(channel);
	free(to);
	free(state);
}

/* Those that a person has yet to tell. */
static struct json *
only_owed(struct json *list)
{
	struct json *owed = json_array();

	for (const struct json *o = json_first(list); o != NULL; o = json_next(o)) {
		const char *channel = json_text(json_get(o, "channel"), "");

		if (message_owed(json_get_text(o, "state"), channel)) {
			json_push(owed, json_copy(o));
		}
	}
	json_free(list);
	return owed;
}

/* What waits for nothing but somebody who sends. */
static bool
say_engine(struct cli *cli, struct error *err)
{
	struct engine_state engine;
	char since[WHEN_SHORT_SIZE];

	if (cli->json || cli->csv) {
		return true;
	}
	if (!engine_state(cli->desk, &engine, err)) {
		return false;
	}
	if (!engine.leads && engine.waiting > 0) {
		when_near(since, engine.since, desk_now(cli->desk), desk_zone(cli->desk));
		cli_note(cli, _("NO ENGINE: %lld messages wait since %s; `suco deliver --once`"
				" sends them"), (long long)engine.waiting, since);
	}
	return true;
}

bool
verb_outbox(struct cli *cli, struct error *err)
{
	const char *limit_text = cli_option(cli, "limit");
	struct outbox_filter filter = { .state = cli_option(cli, "state"),
		.open_only = cli_switch(cli, "open") };
	struct json *list;
	int64_t rows = 200;

	if (filter.state != NULL &&
	    !word_check(WORDS_MESSAGE_STATE, _("state"), filter.state, err)) {
		return false;
	}
	if (limit_text != NULL && !cli_number("--limit", limit_text, 1, 100000, &rows, err)) {
		return false;
	}
	filter.limit = (int)rows;
	list = json_array();
	if (!messages_json(cli, &filter, list, err)) {
		json_free(list);
		return false;
	}
	if (cli_switch(cli, "hand")) {
		list = only_owed(list);
	}
	for (const struct json *o = json_first(list); o != NULL && !cli->json && !cli->csv;
	     o = json_next(o)) {
		say_message(cli, o);
	}
	if (!say_engine(cli, err)) {
		json_free(list);
		return false;
	}
	return cli_listed(cli, list, true, _("no messages"));
}

typedef bool message_act(struct cli *cli, const char *id, struct error *err);

/* Finds the message, acts, prints it as it is now. */
static bool
on_message(struct cli *cli, message_act *act, struct error *err)
{
	struct message m = { 0 };
	struct message now = { 0 };
	struct json *o = NULL;
	int count = 0;
	bool ok = message_find(&m, cli->desk, cli_word(cli, 0), err) && act(cli, m.id, err) &&
		message_find(&now, cli->desk, m.id, err) &&
		(o = message_json(cli, &now, err)) != NULL;

	(void)change_appended(cli->desk, &count);
	message_clear(&m);
	message_clear(&now);
	if (!ok) {
		return false;
	}
	if (!cli->json) {
		if (count == 0) {
			cli_note(cli, _("%s: nothing to change, it is so already"),
				cli_word(cli, 0));
		}
		say_message(cli, o);
	}
	cli_result(cli, o);
	return true;
}

static bool
hold(struct cli *cli, const char *id, struct error *err)
{
	return outbox_hold(cli->desk, id, cli_option(cli, "reason"), err);
}

static bool
release(struct cli *cli, const char *id, struct error *err)
{
	return outbox_release(cli->desk, id, cli_option(cli, "reason"), err);
}

static bool
resend(struct cli *cli, const char *id, struct error *err)
{
	return outbox_resend(cli->desk, id, err);
}

bool
verb_hold(struct cli *cli, struct error *err)
{
	return on_message(cli, hold, err);
}

bool
verb_release(struct cli *cli, struct error *err)
{
	return on_message(cli, release, err);
}

bool
verb_resend(struct cli *cli, struct error *err)
{
	return on_message(cli, resend, err);
}
