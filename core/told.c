/* told.c settles messages from the outbox: told by telephone, Zalo, paper or in
 * person. */
#include "core/told.h"

#include <stdlib.h>
#include <string.h>

#include "core/call.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/text.h"

SQL(TOLD_LOGIN, "t", "SELECT login FROM member WHERE id = $1");

/* Whom the message is to, as callee_find() wants it; NULL: nobody to call. */
static bool
callee_of(struct desk *desk, const struct message *m, char **to, struct error *err)
{
	char *login = NULL;

	*to = NULL;
	if (strcmp(m->to_kind, "contact") == 0 && m->role[0] != '\0') {
		*to = xstrdup(m->role);
	} else if (strcmp(m->to_kind, "member") == 0) {
		if (!db_one_text(desk_db(desk), &TOLD_LOGIN, &login, err, TXT(m->to_id))) {
			return false;
		}
		*to = login == NULL ? NULL : xasprintf("member:%s", login);
		free(login);
	}
	return true;
}

static bool
called(struct desk *desk, const struct message *m, const char *to,
	const struct told_how *how, struct error *err)
{
	struct call_done done = { 0 };
	bool ok = call_add(desk, &(struct call_new){ .case_id = m->case_id, .to = to,
		.outcome = "answered", .answered_by = how->who, .result = how->said,
		.message = m->id, .at = how->at }, &done, err);

	free(done.also);
	return ok;
}

static bool
settled(struct desk *desk, const struct message *m, const struct told_how *how,
	struct error *err)
{
	char *all = how->said == NULL || how->said[0] == '\0' ? xstrdup(how->who)
		: xasprintf("%s: %s", how->who, how->said);
	char *reply = NULL;
	bool ok = text_accept(&reply, all, strlen(all), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		_("what was said"), err);

	if (ok && reply[0] == '\0') {
		ok = error_set(err, ERR_BAD_INPUT, _("who was told?"));
	} else if (ok) {
		outbox_settle(desk, m, how->channel, reply, how->at);
	}
	free(reply);
	free(all);
	return ok;
}

static bool
waits(const struct message *m, struct error *err)
{
	return message_may_be_told(m->state) ||
		error_set(err, ERR_REFUSED, _("the message to %s is %s: it cannot be %s"),
		m->to_name, word_label(WORDS_MESSAGE_STATE, m->state), _("told by hand"));
}

bool
message_told(struct desk *desk, const char *id, const struct told_how *how,
	struct error *err)
{
	struct message m = { 0 };
	char *to = NULL;
	bool ok;

	if (!desk_may(desk, ACT_MESSAGE, err) || !hand_channel_check(how->channel, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	ok = message_find(&m, desk, id, err) && waits(&m, err) &&
		callee_of(desk, &m, &to, err);
	if (ok) {
		ok = to != NULL && m.case_id[0] != '\0' && strcmp(how->channel, "phone") == 0
			? called(desk, &m, to, how, err) : settled(desk, &m, how, err);
	}
	free(to);
	message_clear(&m);
	return change_end(desk, ok, err);
}
