/* outbox_bundle.c lets messages go with another one, and follow its state. */
#include "core/outbox_bundle.h"

#include <string.h>

#include "core/i18n.h"

SQL(CARRIED, "t", "SELECT " MESSAGE_COLUMNS " FROM message WHERE bundle = $1"
	" AND bundle <> ''"
	" ORDER BY position");

bool
message_carries(const struct message *m)
{
	return strcmp(m->template, BUNDLE_TEMPLATE) == 0 ||
		strcmp(m->template, DIGEST_TEMPLATE) == 0;
}

static struct json *
body_of(const struct message *m, const char *state, const char *reason,
	const char *reply)
{
	struct json *body = json_object();

	json_set_text(body, "message", m->id);
	json_set_text(body, "to_name", m->to_name);
	json_set_text(body, "channel", m->channel);
	json_set_text(body, "from", m->state);
	json_set_text(body, "state", state);
	json_set_text(body, "reason", reason);
	json_set_text(body, "reply", reply);
	return body;
}

static void
append(struct desk *desk, const struct message *m, const char *kind, struct json *body)
{
	change_add(desk, kind, m->case_id[0] == '\0' ? NULL : m->case_id, body);
}

void
outbox_bundle(struct desk *desk, const struct message *m, const char *carrier)
{
	struct json *body = body_of(m, "queued",
		N_("goes with others in one message"), "");

	json_set_text(body, "bundle", carrier);
	append(desk, m, "message_released", body);
}

/* What became of it by itself is further than what the carrier can say: it was
 * answered, told, or dropped while they waited. */
static bool
follows(const struct message *m, const char *state)
{
	static const char *const own[] = { "answered", "by_hand", "dropped", "held" };

	if (strcmp(m->state, state) == 0) {
		return false;
	}
	/* What was accepted with the carrier left the desk, whatever came meanwhile. */
	if (strcmp(state, "handed_over") == 0) {
		return strcmp(m->state, "answered") != 0 && strcmp(m->state, "read") != 0;
	}
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		if (strcmp(own[i], m->state) == 0) {
			return false;
		}
	}
	return true;
}

bool
outbox_follow(struct desk *desk, const struct message *carrier, const char *kind,
	const struct json *body, struct error *err)
{
	const char *state = json_get_text(body, "state");
	const char *reason = json_get_text(body, "reason");
	const char *reply = json_get_text(body, "reply");
	struct stmt *st;

	if (!message_carries(carrier)) {
		return true;
	}
	st = db_query(desk_db(desk), &CARRIED, TXT(carrier->id));
	while (stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		if (follows(&m, state)) {
			append(desk, &m, kind, body_of(&m, state,
				reason != NULL && reason[0] != '\0' ? reason
					: N_("with others in one message"),
				reply == NULL ? "" : reply));
		}
		message_clear(&m);
	}
	return stmt_done(st, err);
}
