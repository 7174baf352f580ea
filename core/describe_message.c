/* describe_message.c says what became of messages. */
#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/outbox_hand.h"
#include "core/words.h"

/* "message to Tuấn (mail): queued", with the reason or the reply's words */
void
say_message(const struct line *l)
{
	const char *reason = line_text(l->body, "reason");
	const char *reply = line_text(l->body, "reply");
	const char *channel = line_text(l->body, "channel");
	const char *subject = line_text(l->body, "subject");

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
