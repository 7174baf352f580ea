/* outbox_hand.c makes and settles the messages that people tell themselves. */
#include "core/outbox_hand.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/words.h"

#define SUBJECT_MAX 120 /* of a text: what lists show of it */

SQL(UNTOLD_OF_CASE, "t", "SELECT " MESSAGE_COLUMNS " FROM message WHERE case_id = $1"
	" AND is_open = 1 AND state IN ('held', 'failed') AND to_kind = 'contact'"
	" ORDER BY position");

bool
message_owed(const char *state, const char *channel)
{
	return strcmp(state, "held") == 0 && strcmp(channel, CHANNEL_HAND) == 0;
}

const char *
message_state_label(const char *state, const char *channel)
{
	return message_owed(state, channel) ? _("TO TELL BY HAND")
		: word_label(WORDS_MESSAGE_STATE, state);
}

bool
message_may_be_told(const char *state)
{
	static const char *const from[] = { "queued", "held", "failed", "expired", "unknown",
		"handed_over" };

	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		if (strcmp(from[i], state) == 0) {
			return true;
		}
	}
	return false;
}

bool
hand_channel_check(const char *channel, struct error *err)
{
	static const char *const known[] = { "phone", "zalo", "paper", "in_person" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(known[i], channel) == 0) {
			return true;
		}
	}
	return error_set(err, ERR_BAD_INPUT,
		_("the channel \"%.40s\" is not one of: phone, zalo, paper, in_person"), channel);
}

/* The first line of it, cut at a letter's end. */
static void
put_text(struct json *body, const char *text)
{
	size_t line = strcspn(text, "\n");
	size_t len = line > SUBJECT_MAX ? text_fit(text, SUBJECT_MAX, NULL) : line;
	char *subject = xstrndup(text, len > line ? line : len);
	char hash[HASH_SIZE];

	hash_bytes(hash, text, strlen(text));
	json_set_text(body, "subject", subject);
	json_set_text(body, "text", text);
	json_set_text(body, "hash", hash);
	free(subject);
}

void
outbox_told(struct desk *desk, const struct hand_told *what, char id[UUID_SIZE])
{
	struct json *body = json_object();

	uuid_v7(id, desk_now(desk));
	json_set_text(body, "message", id);
	json_set_text(body, "to_kind", what->to_kind);
	json_set_text(body, "to", what->to_id);
	json_set_text(body, "to_name", what->to_name);
	json_set_text(body, "role", what->role);
	json_set_text(body, "channel", what->channel);
	json_set_text(body, "address", what->address);
	json_set_text(body, "language", "vi");
	json_set_text(body, "template", what->template);
	json_set(body, "vars", json_object());
	json_set_bool(body, "drill", what->drill);
	json_set_int(body, "expires_at", 0);
	json_set_text(body, "state", "by_hand");
	json_set_text(body, "reason", "");
	json_set_text(body, "reply", what->reply == NULL ? "" : what->reply);
	/* Its text is final, also where there is none: no template makes one. */
	put_text(body, what->text == NULL ? "" : what->text);
	change_add_at(desk, "message_queued", what->case_id, body,
		(struct event_time){ .at = what->at });
}

void
outbox_settle(struct desk *desk, const struct message *m, const char *channel,
	const char *reply, int64_t at)
{
	struct json *body = json_object();

	json_set_text(body, "message", m->id);
	json_set_text(body, "to_name", m->to_name);
	json_set_text(body, "channel", channel);
	json_set_text(body, "by", channel);
	json_set_text(body, "from", m->state);
	json_set_text(body, "state", "by_hand");
	json_set_text(body, "reason", "");
	json_set_text(body, "reply", reply == NULL ? "" : reply);
	change_add_at(desk, "message_by_hand", m->case_id[0] == '\0' ? NULL : m->case_id,
		body, (struct event_time){ .at = at });
}

bool
outbox_drop_untold(struct desk *desk, const char *case_id, const char *reason,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &UNTOLD_OF_CASE, TXT(case_id));
	bool ok = true;

	while (ok && stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		ok = outbox_set(desk, &m, "dropped", reason, NULL, err);
		message_clear(&m);
	}
	return stmt_done(st, err) && ok;
}
