/* verb_outbox.c: outbox, hold, release, resend: what people are told, and what a
 * member decides about it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/message_json.h"
#include "cli/verbs_of.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/outbox_hand.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

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
