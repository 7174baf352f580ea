/* describe_message.c says what became of messages. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/outbox_hand.h"
#include "core/words.h"

/* "Tuấn takes it (link)", "Tuấn cannot (mail): away", "Tuấn passes it on to Lan" */
static bool
say_answer(const struct line *l)
{
	static const struct {
		const char *word, *text;
	} says[] = {
		{ "ack", N_("%s takes it on") },
		{ "decline", N_("%s cannot take it on") },
		{ "pass", N_("%s passes it on") },
	};
	const char *what = line_text(l->body, "what");
	const char *to = line_text(l->body, "pass_name");
	const char *taken = line_text(l->body, "taken_by");

	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		if (strcmp(says[i].word, what) != 0) {
			continue;
		}
		buf_addf(l->out, _(says[i].text), line_text(l->body, "to_name"));
		if (to[0] != '\0') {
			buf_addf(l->out, _(" to %s"), to);
		}
		buf_addf(l->out, " (%s)", word_label(WORDS_ANSWER_WAY, line_text(l->body, "via")));
		if (taken[0] != '\0') {
			buf_addf(l->out, _(": too late, %s had it"), taken);
		}
		return true;
	}
	return false;
}

/* "message to Tuấn (mail): queued", with the reason or the reply's words */
void
say_message(const struct line *l)
{
	const char *reason = line_text(l->body, "reason");
	const char *reply = line_text(l->body, "reply");
	const char *channel = line_text(l->body, "channel");
	const char *subject = line_text(l->body, "subject");

	if (say_answer(l)) {
		if (reason[0] != '\0') {
			buf_addf(l->out, ": %s", reason);
		}
		return;
	}
	if (message_owed(line_text(l->body, "state"), channel)) {
		buf_addf(l->out, _("%s: to be told by hand"), line_text(l->body, "to_name"));
		return;
	}
	buf_addf(l->out, _("message to %s (%s): %s"), line_text(l->body, "to_name"),
		word_label(WORDS_CHANNEL, channel),
		word_label(WORDS_MESSAGE_STATE, line_text(l->body, "state")));
	if (subject[0] != '\0') {
		buf_addf(l->out, ": %s", subject);
	}
	if (reason[0] != '\0') {
		buf_addf(l->out, ": %s", _(reason));
	}
	if (reply[0] != '\0') {
		buf_addf(l->out, " [%s]", reply);
	}
}

void
say_message_text(const struct line *l)
{
	buf_addf(l->out, _("message text: %s"), line_text(l->body, "subject"));
}

void
say_channel(const struct line *l)
{
	const char *reply = line_text(l->body, "reply");

	if (json_get(l->body, "since") != NULL) {
		buf_addf(l->out, _("channel %s works again"),
			word_label(WORDS_CHANNEL, line_text(l->body, "channel")));
		return;
	}
	buf_addf(l->out, _("channel %s is down"),
		word_label(WORDS_CHANNEL, line_text(l->body, "channel")));
	if (reply[0] != '\0') {
		buf_addf(l->out, " [%s]", reply);
	}
}
