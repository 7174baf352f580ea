/* outbox_answer.c records what members answer, and acknowledges by it the case
 * that the message is about. */
#include "core/outbox_answer.h"

#include <string.h>

#include "core/case.h"
#include "core/i18n.h"
#include "core/outbox.h"
#include "core/status.h"
#include "core/words.h"

/* When the case was last acknowledged or that was taken back. */
SQL(ACKNOWLEDGED_SEQ, "t",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = 'acknowledged_at'");

static bool
one_of(const char *state, const char *const *states)
{
	for (; *states != NULL; states++) {
		if (strcmp(*states, state) == 0) {
			return true;
		}
	}
	return false;
}

static bool
mine(struct desk *desk, const struct message *m, struct error *err)
{
	if (strcmp(m->to_kind, "member") == 0 && strcmp(m->to_id, desk_me(desk)->id) == 0) {
		return true;
	}
	return error_set(err, ERR_FORBIDDEN, _("the message is for %s, who answers it"),
		m->to_name);
}

/* Is there anything to acknowledge, or somebody who did it first? */
static bool
asks_for_ack(struct desk *desk, const struct message *m, bool *asks, struct error *err)
{
	struct ir_case c = { 0 };
	int64_t seq = 0;
	bool ok = true;

	*asks = false;
	if (m->case_id[0] != '\0') {
		ok = case_load(&c, desk, m->case_id, err) &&
			db_one_int(desk_db(desk), &ACKNOWLEDGED_SEQ, &seq, err, TXT(m->case_id));
		*asks = ok && (strcmp(c.status, "new") == 0 || seq > m->position);
		case_clear(&c);
	}
	return ok;
}

static bool
acknowledge(struct desk *desk, const struct message *m, struct error *err)
{
	int64_t guard = desk_guard(desk);
	bool ok;

	desk_set_guard(desk, m->position);
	ok = status_set(desk, m->case_id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, err);
	desk_set_guard(desk, guard);
	return ok;
}

static bool
record(struct desk *desk, const char *id, const char *words, bool *asks,
	enum answer_end *end, struct error *err)
{
	static const char *const open[] = { "queued", "unknown", "handed_over", "delivered",
		"read", "expired", NULL };
	struct message m = { 0 };
	bool ok = message_find(&m, desk, id, err) && mine(desk, &m, err);

	if (ok && strcmp(m.state, "answered") == 0) {
		*end = ANSWER_BEFORE;
		*asks = false;
	} else if (ok && !one_of(m.state, open)) {
		ok = error_set(err, ERR_REFUSED, _("the message is %s: it asks nothing any more"),
			word_label(WORDS_MESSAGE_STATE, m.state));
	} else if (ok) {
		bool wanted = false;

		ok = asks_for_ack(desk, &m, &wanted, err) &&
			outbox_set(desk, &m, "answered", NULL, words, err);
		*asks = *asks && wanted;
		*end = *asks ? ANSWER_ACKNOWLEDGED : ANSWER_NOTED;
		ok = ok && (!*asks || acknowledge(desk, &m, err));
	}
	message_clear(&m);
	return ok;
}

static bool
answer(struct desk *desk, const char *id, const char *words, bool *asks,
	enum answer_end *end, struct error *err)
{
	if (!change_begin(desk, err)) {
		return false;
	}
	return change_end(desk, record(desk, id, words, asks, end, err), err);
}

/* The case said no: the answer itself is true all the same. */
static bool
said_no(const struct error *err)
{
	return err->code == ERR_CONFLICT || err->code == ERR_REFUSED ||
		err->code == ERR_FORBIDDEN;
}

bool
outbox_answer(struct desk *desk, const char *id, const char *words,
	enum answer_end *end, struct error *err)
{
	struct error why = ERROR_INIT;
	bool asks = true;

	if (answer(desk, id, words, &asks, end, err)) {
		return true;
	}
	if (!asks || !said_no(err)) {
		return false;
	}
	why = *err;
	asks = false;
	if (!answer(desk, id, words, &asks, end, err)) {
		return false;
	}
	*err = why;
	*end = ANSWER_LATE;
	return true;
}

bool
outbox_read(struct desk *desk, const char *id, struct error *err)
{
	static const char *const before[] = { "queued", "unknown", "handed_over", "delivered",
		NULL };
	struct message m = { 0 };
	bool ok;

	if (!change_begin(desk, err)) {
		return false;
	}
	ok = message_find(&m, desk, id, err) && mine(desk, &m, err) &&
		(!one_of(m.state, before) || outbox_set(desk, &m, "read", NULL, NULL, err));
	message_clear(&m);
	return change_end(desk, ok, err);
}
