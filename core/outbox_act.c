/* outbox_act.c changes messages: queueing them with an address, and the acts of
 * members and of the engine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox_bundle.h"
#include "core/outbox_hand.h"
#include "core/text.h"
#include "core/wish.h"
#include "core/words.h"

#define DAY_MS (24 * 3600 * 1000LL)
#define DESKTOP_MS 60000 /* no session took it by then: it is not shown at all */

SQL(MEMBER_TO, "t",
	"SELECT m.name, m.language, m.active, a.value, m.login, d.value FROM member m"
	" LEFT JOIN address a ON a.owner = m.id AND a.channel = 'mail'"
	" LEFT JOIN address d ON d.owner = m.id AND d.channel = 'desktop' WHERE m.id = $1");
SQL(ADDRESS_BY, "tt", "SELECT value FROM address WHERE owner = $1 AND channel = $2");
SQL(CONTACT_TO, "t",
	"SELECT c.name, c.role, c.class, a.value FROM contact c"
	" LEFT JOIN address a ON a.owner = c.id AND a.channel = 'mail' WHERE c.id = $1");
/* What is sent again is tried at once, not on the old rung of the ladder. */
SQL(AGAIN, "t",
	"INSERT INTO local_delivery (message_id, channel, address, rank, fair, position,"
	" tries, next_at, why) SELECT id, channel, address, rank, COALESCE(case_id, '-'),"
	" position, 0, 0, '' FROM message WHERE id = $1"
	" ON CONFLICT (message_id) DO UPDATE SET tries = 0, next_at = 0, why = ''");
SQL(CAUSED, "i", "SELECT " MESSAGE_COLUMNS " FROM message WHERE queued_by = $1");

struct target {
	char *name, *role, *address;
	char *desktop; /* the login whose session also shows it, or NULL */
	char language[4];
	const char *refused; /* why nothing can be sent, or NULL */
};

static void
target_clear(struct target *t)
{
	free(t->name);
	free(t->role);
	free(t->address);
	free(t->desktop);
}

/* A channel that was asked for by name, and no other.  A desktop is known by its
 * login. */
static bool
aim(struct desk *desk, const struct message_new *what, struct target *t,
	struct error *err)
{
	bool desktop = strcmp(what->channel, "desktop") == 0;

	free(t->address);
	t->address = desktop ? t->desktop : NULL;
	if (!desktop) {
		free(t->desktop);
	}
	t->desktop = NULL;
	return desktop || db_one_text(desk_db(desk), &ADDRESS_BY, &t->address, err,
		TXT(what->to_id), TXT(address_kind(what->channel)));
}

static bool
find_target(struct desk *desk, const struct message_new *what, struct target *t,
	struct error *err)
{
	bool member = strcmp(what->to_kind, "member") == 0;
	struct stmt *st = db_query(desk_db(desk), member ? &MEMBER_TO : &CONTACT_TO,
		TXT(what->to_id));

	*t = (struct target){ .language = "vi", .refused = N_("there is nobody like that") };
	if (stmt_row(st)) {
		t->refused = NULL;
		t->name = stmt_dup(st, 0);
		t->role = member ? xstrdup("") : stmt_dup(st, 1);
		t->address = stmt_dup(st, 3);
		if (member) {
			(void)snprintf(t->language, sizeof t->language, "%s", stmt_text(st, 1));
			if (stmt_int(st, 2) == 0) {
				t->refused = N_("the member is not active");
			} else if (!stmt_null(st, 5) && strcmp(stmt_text(st, 5), "yes") == 0) {
				t->desktop = stmt_dup(st, 4);
			}
		}
	}
	if (!stmt_done(st, err) || (what->channel != NULL && t->name != NULL &&
	    !aim(desk, what, t, err))) {
		return false;
	}
	if (what->address != NULL && t->name != NULL) {
		free(t->address);
		t->address = xstrdup(what->address);
	}
	if (t->refused == NULL && (t->address == NULL || t->address[0] == '\0')) {
		t->refused = what->channel == NULL
			? N_("no mail address in the register: telephone")
			: N_("no address of this channel in the register");
	}
	return true;
}

/* Who goes first, who waits, whose call it is. */
static void
queue_beside(struct json *body, const struct message_new *what)
{
	if (what->rank != RANK_UNSET) {
		json_set_int(body, "rank", what->rank);
	}
	if (what->not_before != 0) {
		json_set_int(body, "not_before", what->not_before);
	}
	if (what->escalation != NULL) {
		json_set_text(body, "escalation", what->escalation);
	}
	if (what->acts != NULL) {
		json_set_text(body, "acts", what->acts);
	}
}

static struct json *
queue_body(struct desk *desk, const struct message_new *what, const struct target *t,
	const char *channel)
{
	struct json *body = json_object();
	char id[UUID_SIZE];

	uuid_v7(id, desk_now(desk));
	if (what->id != NULL) {
		memcpy(what->id, id, sizeof id);
	}
	json_set_text(body, "message", id);
	json_set_text(body, "to_kind", what->to_kind);
	json_set_text(body, "to", what->to_id);
	json_set_text(body, "to_name", t->name == NULL ? "" : t->name);
	json_set_text(body, "role", t->role == NULL ? "" : t->role);
	json_set_text(body, "channel", channel);
	json_set_text(body, "address", t->address == NULL ? "" : t->address);
	json_set_text(body, "language", t->language);
	json_set_text(body, "template", what->template);
	json_set(body, "vars", json_copy(what->vars));
	json_set_bool(body, "drill", what->drill);
	json_set_int(body, "expires_at",
		desk_now(desk) + (what->lasts_ms == 0 ? DAY_MS : what->lasts_ms));
	queue_beside(body, what);
	if (t->refused != NULL) {
		json_set_text(body, "state", "failed");
		json_set_text(body, "reason", t->refused);
	} else if (what->hold != NULL) {
		json_set_text(body, "state", "held");
		json_set_text(body, "reason", what->hold);
	} else {
		json_set_text(body, "state", "queued");
		json_set_text(body, "reason", "");
	}
	if (what->cause != NO_CAUSE) {
		/* This event's own number is one more than what was added so far. */
		json_set_int(body, "after", change_mark(desk) + 1 - what->cause);
	}
	return body;
}

/* The same in the member's own session, beside the mail.  What is held waits for
 * a person: it is no news any more when it is released. */
static void
queue_desktop(struct desk *desk, const struct message_new *what, const struct target *t)
{
	struct message_new shown = *what;
	struct target session = *t;

	if (t->desktop == NULL || what->hold != NULL || desk_is_demo(desk)) {
		return;
	}
	shown.lasts_ms = DESKTOP_MS;
	shown.id = NULL;
	session.address = t->desktop;
	session.refused = NULL;
	change_add(desk, "message_queued", what->case_id,
		queue_body(desk, &shown, &session, "desktop"));
}

/* What can wait comes when his quiet hours end: calls and work given cannot. */
static bool
queue_quiet(struct desk *desk, const struct message_new *what, int64_t *not_before,
	struct error *err)
{
	int64_t severity = json_get_int(what->vars, "severity", 0);
	int64_t until = 0;

	severity = severity != 0 ? severity : json_get_int(what->vars, "suggested", 0);
	if (*not_before == 0 && strcmp(what->to_kind, "member") == 0 &&
	    (what->rank == RANK_UNSET || what->rank == RANK_PLAIN ||
	     what->rank == RANK_STATUS) &&
	    !wish_quiet(desk, what->to_id, (int)severity, desk_now(desk), &until, err)) {
		return false;
	}
	*not_before = until > *not_before ? until : *not_before;
	return true;
}

bool
outbox_queue(struct desk *desk, const struct message_new *what, struct error *err)
{
	struct message_new waits = *what;
	struct target t;

	if (what->drill && strcmp(what->to_kind, "contact") == 0) {
		return true;
	}
	if (!find_target(desk, what, &t, err)) {
		target_clear(&t);
		return false;
	}
	if (what->by_person && t.name != NULL) {
		t.refused = NULL; /* it needs no address */
	}
	if (!queue_quiet(desk, what, &waits.not_before, err)) {
		target_clear(&t);
		return false;
	}
	/* A demo delivers to a local folder and nowhere else. */
	change_add(desk, "message_queued", what->case_id,
		queue_body(desk, &waits, &t, what->by_person ? CHANNEL_HAND
			: desk_is_demo(desk) ? "file"
			: what->channel != NULL ? what->channel : "mail"));
	/* A desktop that is open at night is watched by somebody. */
	queue_desktop(desk, what, &t);
	target_clear(&t);
	return true;
}

static const struct {
	const char *state;
	const char *kind;
} kinds[] = {
	{ "queued", "message_released" },
	{ "held", "message_held" },
	{ "handed_over", "message_handed_over" },
	{ "delivered", "message_delivered" },
	{ "read", "message_read" },
	{ "answered", "message_answered" },
	{ "unknown", "message_unknown" },
	{ "failed", "message_failed" },
	{ "expired", "message_expired" },
	{ "dropped", "message_dropped" },
	{ "by_hand", "message_by_hand" },
};

static struct json *
state_body(const struct message *m, const char *state, const char *reason,
	const char *reply)
{
	struct json *body = json_object();

	json_set_text(body, "message", m->id);
	json_set_text(body, "to_name", m->to_name);
	json_set_text(body, "channel", m->channel);
	json_set_text(body, "from", m->state);
	json_set_text(body, "state", state);
	json_set_text(body, "reason", reason == NULL ? "" : reason);
	json_set_text(body, "reply", reply == NULL ? "" : reply);
	return body;
}

/* Appends the event of a state, with its body. */
static bool
put_state(struct desk *desk, const struct message *m, const char *state,
	struct json *body, struct error *err)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].state, state) == 0) {
			bool ok = outbox_follow(desk, m, kinds[i].kind, body, err);

			change_add(desk, kinds[i].kind, m->case_id[0] == '\0' ? NULL : m->case_id,
				body);
			return ok;
		}
	}
	json_free(body);
	return error_set(err, ERR_BAD_INPUT, _("a message cannot become \"%s\""), state);
}

bool
outbox_set(struct desk *desk, const struct message *m, const char *state,
	const char *reason, const char *reply, struct error *err)
{
	return put_state(desk, m, state, state_body(m, state, reason, reply), err);
}

bool
outbox_handed_over(struct desk *desk, const struct message *m, const char *reply,
	const char *provider, struct error *err)
{
	struct json *body = state_body(m, "handed_over", NULL, reply);

	if (provider[0] != '\0') {
		json_set_text(body, "provider", provider);
	}
	return put_state(desk, m, "handed_over", body, err);
}

void
outbox_rendered(struct desk *desk, const struct message *m, const char *subject,
	const char *text)
{
	struct json *body = json_object();
	char hash[HASH_SIZE];

	hash_bytes(hash, text, strlen(text));
	json_set_text(body, "message", m->id);
	json_set_text(body, "subject", subject);
	json_set_text(body, "text", text);
	json_set_text(body, "hash", hash);
	change_add(desk, "message_rendered", m->case_id[0] == '\0' ? NULL : m->case_id, body);
}

/* From which states a member may act; states are given as a list. */
static bool
allowed(const struct message *m, const char *const *from, const char *what,
	struct error *err)
{
	for (; *from != NULL; from++) {
		if (strcmp(*from, m->state) == 0) {
			return true;
		}
	}
	return error_set(err, ERR_REFUSED, _("the message to %s is %s: it cannot be %s"),
		m->to_name, word_label(WORDS_MESSAGE_STATE, m->state), what);
}

static int64_t
lasts(const struct message *m)
{
	return strcmp(m->channel, "desktop") == 0 ? DESKTOP_MS : DAY_MS;
}

struct move {
	const char *const *from;
	const char *to;
	const char *what;    /* translated word for the refusal */
	const char *reason;
	bool fresh;          /* a new day to live */
};

/* What goes out again goes where the register says today: a wrong address that
 * failed was mended there. */
static bool
freshen(struct desk *desk, const struct message *m, struct json *body,
	struct error *err)
{
	char *now = NULL;
	bool ok = true;

	json_set_int(body, "expires_at", desk_now(desk) + lasts(m));
	if (strcmp(m->channel, "desktop") != 0) {
		ok = db_one_text(desk_db(desk), &ADDRESS_BY, &now, err, TXT(m->to_id),
			TXT(address_kind(m->channel)));
	}
	if (ok && now != NULL && strcmp(now, m->address) != 0) {
		json_set_text(body, "address", now);
	} else if (ok && m->address[0] == '\0') {
		ok = error_set(err, ERR_REFUSED,
			_("%s has no address: add one, or record a call"), m->to_name);
	}
	free(now);
	return ok && db_run(desk_db(desk), &AGAIN, err, TXT(m->id));
}

static bool
move_to(struct desk *desk, const struct message *m, const struct move *step,
	const char *reason, struct error *err)
{
	struct json *body;

	if (!allowed(m, step->from, step->what, err)) {
		return false;
	}
	if (strcmp(step->to, "queued") == 0 && strcmp(m->channel, CHANNEL_HAND) == 0) {
		return error_set(err, ERR_REFUSED,
			_("%s is told by a person only: call or write, then record it"),
			m->to_name);
	}
	body = state_body(m, step->to, reason, NULL);
	if (strcmp(m->state, "by_hand") == 0) {
		/* Taken back: the way that it had, while it has an address. */
		json_set_text(body, "by", strchr(m->address, '@') == NULL ? CHANNEL_HAND
			: desk_is_demo(desk) ? "file" : "mail");
	}
	if (step->fresh && !freshen(desk, m, body, err)) {
		json_free(body);
		return false;
	}
	return put_state(desk, m, step->to, body, err);
}

static bool
move(struct desk *desk, const char *spec, const struct move *step, struct error *err)
{
	struct message m = { 0 };
	char *reason = NULL;
	bool ok;

	if (!desk_may(desk, ACT_MESSAGE, err) ||
	    !text_accept(&reason, step->reason == NULL ? "" : step->reason,
		    step->reason == NULL ? 0 : strlen(step->reason), TEXT_MANY_LINES,
		    limit(LIMIT_NOTE), _("reason"), err) ||
	    !change_begin(desk, err)) {
		free(reason);
		return false;
	}
	ok = message_find(&m, desk, spec, err);
	if (ok && strcmp(m.state, step->to) != 0) {
		ok = move_to(desk, &m, step, reason, err);
	}
	message_clear(&m);
	free(reason);
	return change_end(desk, ok, err);
}

bool
outbox_hold(struct desk *desk, const char *id, const char *reason, struct error *err)
{
	/* What was recorded as told, or dropped, by mistake waits again. */
	static const char *const from[] = { "queued", "unknown", "by_hand", "dropped", NULL };

	return move(desk, id, &(struct move){ from, "held", _("held"), reason, false }, err);
}

bool
outbox_release(struct desk *desk, const char *id, const char *reason,
	struct error *err)
{
	static const char *const from[] = { "held", NULL };

	return move(desk, id, &(struct move){ from, "queued", _("released"), reason, true },
		err);
}

bool
outbox_resend(struct desk *desk, const char *id, struct error *err)
{
	static const char *const from[] = { "failed", "expired", "unknown", "handed_over",
		"dropped", NULL };

	return move(desk, id, &(struct move){ from, "queued", _("sent again"), NULL, true },
		err);
}

bool
outbox_by_hand(struct desk *desk, const char *id, const char *how, struct error *err)
{
	static const char *const from[] = { "queued", "held", "failed", "expired", "unknown",
		"handed_over", NULL };

	return move(desk, id,
		&(struct move){ from, "by_hand", _("told by hand"), how, false }, err);
}

bool
outbox_drop_caused(struct desk *desk, int64_t seq, const char *reason,
	int *handed_over, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CAUSED, I64(seq));
	bool ok = true;

	*handed_over = 0;
	while (ok && stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		if (strcmp(m.state, "queued") == 0 || strcmp(m.state, "held") == 0 ||
		    strcmp(m.state, "failed") == 0) {
			ok = outbox_set(desk, &m, "dropped", reason, NULL, err);
		} else if (strcmp(m.state, "dropped") != 0 && strcmp(m.state, "expired") != 0) {
			(*handed_over)++;
		}
		message_clear(&m);
	}
	return stmt_done(st, err) && ok;
}
