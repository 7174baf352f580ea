/* answer.c records what members answer: whose message it is, what may still be
 * answered, and the event that keeps channel and proof. */
#include "core/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_private.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/note.h"
#include "core/outbox_bundle.h"
#include "core/stand_in.h"
#include "core/status.h"
#include "core/text.h"
#include "core/words.h"

/* What called him to the case itself, else his newest; one that called him for a report
 * or a step beside a case to which he was called is not what he answers. */
SQL(MESSAGE_MINE, "tt",
	"SELECT m.id FROM message m LEFT JOIN escalation e ON e.id = m.escalation"
	" WHERE m.case_id = $1 AND m.to_kind = 'member' AND m.to_id = $2"
	" AND m.state IN ('queued', 'unknown', 'handed_over', 'delivered', 'read', 'expired')"
	" AND m.channel <> 'hand' AND (COALESCE(e.subject, 'case') = 'case' OR NOT EXISTS"
	" (SELECT 1 FROM call_turn t JOIN escalation o ON o.id = t.escalation_id"
	" WHERE o.case_id = $1 AND o.subject = 'case' AND o.state <> 'ended'"
	" AND t.member_id = $2 AND t.skipped = ''))"
	" ORDER BY (CASE WHEN e.subject = 'case' THEN 0 ELSE 1 END), m.position DESC LIMIT 1");

static const char *const words[] = {
	[ANSWER_ACK] = "ack", [ANSWER_DECLINE] = "decline", [ANSWER_PASS] = "pass",
};

const char *
answer_word(enum answer_what what)
{
	return words[what];
}

bool
answer_from_word(enum answer_what *what, const char *word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i], word) == 0) {
			*what = (enum answer_what)i;
			return true;
		}
	}
	return false;
}

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
is_mine(struct desk *desk, const struct message *m, struct error *err)
{
	if (strcmp(m->to_kind, "member") == 0 && strcmp(m->to_id, desk_me(desk)->id) == 0) {
		return true;
	}
	return error_set(err, ERR_FORBIDDEN, _("the message is for %s, who answers it"),
		m->to_name);
}

/* The member sits there already, or the engine writes it down for him. */
static bool
seat(struct deed *d, bool *stands_in, struct error *err)
{
	*stands_in = false;
	if (strcmp(d->m.to_kind, "member") != 0 || !stand_in_possible(d->desk)) {
		return is_mine(d->desk, &d->m, err);
	}
	*stands_in = stand_in_begin(d->desk, d->m.to_id, err);
	return *stands_in;
}

/* One answer is one event: what it changes of the calling stands in it. */
static void
put_moves(struct json *body, const char *key, struct json **list)
{
	if (json_count(*list) > 0) {
		json_set(body, key, *list);
		*list = NULL;
	}
}

static void
record(struct deed *d, const char *state)
{
	struct json *body = json_object();

	json_set_text(body, "message", d->m.id);
	json_set_text(body, "to_name", d->m.to_name);
	json_set_text(body, "channel", d->m.channel);
	json_set_text(body, "from", d->m.state);
	json_set_text(body, "state", state);
	json_set_text(body, "reason", d->note == NULL ? "" : d->note);
	json_set_text(body, "reply", answer_word(d->what->what));
	json_set_text(body, "what", answer_word(d->what->what));
	json_set_text(body, "via", d->what->channel);
	json_set_text(body, "proof", d->proof == NULL ? "" : d->proof);
	json_set_int(body, "as_of", d->since);
	if (d->to_name[0] != '\0') {
		json_set_text(body, "pass_to", d->what->to);
		json_set_text(body, "pass_name", d->to_name);
	}
	if (d->done->end == ANSWER_LATE) {
		json_set_text(body, "taken_by", d->done->by);
		json_set_int(body, "taken_at", d->done->at);
	}
	put_moves(body, "turns", &d->moves.turns);
	put_moves(body, "calls", &d->moves.calls);
	change_add(d->desk, strcmp(state, "read") == 0 ? "message_read" : "message_answered",
		d->m.case_id[0] == '\0' ? NULL : d->m.case_id, body);
}

/* What came too late moved nothing: that he has seen it is all there is to say, and
 * is said once. */
static bool
record_seen(struct deed *d, enum answer_end end)
{
	d->done->end = end;
	if (strcmp(d->m.state, "read") != 0) {
		record(d, "read");
	}
	return true;
}

static bool
allows(const struct message *m, enum answer_what what, struct error *err)
{
	const char *found = strstr(m->acts, answer_word(what));

	if (message_carries(m) && m->acts[0] == '\0') {
		return error_set(err, ERR_REFUSED,
			_("the message speaks of several cases: answer each by itself"));
	}
	return m->acts[0] == '\0' || found != NULL || error_set(err, ERR_REFUSED,
		_("the message does not ask for this answer"));
}

static bool
load(struct deed *d, const char *case_id, struct error *err)
{
	d->me_id = desk_me(d->desk)->id;
	d->me_login = desk_me(d->desk)->login;
	(void)snprintf(d->done->case_id, sizeof d->done->case_id, "%s", case_id);
	if (case_id[0] == '\0') {
		return true;
	}
	if (!case_load(&d->c, d->desk, case_id, err)) {
		return false;
	}
	memcpy(d->done->number, d->c.number, sizeof d->done->number);
	/* Who gives back one step of a case says nothing of the call for the case. */
	if (d->what->what != ANSWER_ACK && d->m.escalation[0] == '\0' &&
	    answer_of_step(&d->m)) {
		return true;
	}
	return calling_find(&d->calling, d->desk,
		d->m.escalation[0] == '\0' ? "" : d->m.escalation, case_id, err);
}

static bool
decide(struct deed *d, struct error *err)
{
	bool late = false;

	if (!load(d, d->m.case_id, err) || !allows(&d->m, d->what->what, err) ||
	    (d->what->what == ANSWER_PASS && !answer_find_to(d, err))) {
		return false;
	}
	if (d->record_only) {
		d->done->end = ANSWER_NOT;
		record(d, "answered");
		return true;
	}
	if (d->c.id[0] == '\0') {
		d->done->end = ANSWER_NOTED;
		record(d, "answered");
		return true;
	}
	if (!d->c.is_open) {
		return answer_over(d->done, d->desk, &d->c, err) &&
			record_seen(d, ANSWER_OVER);
	}
	if (!answer_late(d, &late, err)) {
		return false;
	}
	if (late) {
		return record_seen(d, ANSWER_LATE);
	}
	if (!answer_moves(d, err)) {
		return false;
	}
	record(d, "answered");
	d->acted = true;
	return answer_act(d, err);
}

bool
answer_may_come(const char *state, const char *channel)
{
	static const char *const open[] = { "queued", "unknown", "handed_over", "delivered",
		"read", "expired", NULL };
	static const char *const arrived[] = { "failed", "dropped", NULL };
	static const char *const outside[] = { "link", "mail", "telegram", NULL };

	return one_of(state, open) || (one_of(channel, outside) && one_of(state, arrived));
}

SQL(OVER_INTO, "t", "SELECT number FROM cases WHERE id = $1");

bool
answer_over(struct answer_done *done, struct desk *desk, const struct ir_case *c,
	struct error *err)
{
	char *into = NULL;

	done->end = ANSWER_OVER;
	done->at = c->last_at;
	if (c->merged_into[0] != '\0' &&
	    !db_one_text(desk_db(desk), &OVER_INTO, &into, err, TXT(c->merged_into))) {
		return false;
	}
	(void)snprintf(done->by, sizeof done->by, "%s", into == NULL ? "" : into);
	free(into);
	return true;
}

static bool
answer_it(struct deed *d, struct error *err)
{
	d->since = d->what->as_of > d->m.queued_at ? d->what->as_of : d->m.queued_at;
	if (strcmp(d->m.state, "answered") == 0) {
		d->done->end = ANSWER_BEFORE;
		d->done->at = d->m.state_at;
		return load(d, d->m.case_id, err);
	}
	if (!answer_may_come(d->m.state, d->what->channel)) {
		return error_set(err, ERR_REFUSED, _("the message is %s: it asks nothing any more"),
			word_label(WORDS_MESSAGE_STATE, d->m.state));
	}
	return decide(d, err);
}

static bool
attempt_message(struct deed *d, struct error *err)
{
	bool stands_in = false;
	bool ok;

	ok = message_find(&d->m, d->desk, d->what->message_id, err) &&
		seat(d, &stands_in, err) && answer_it(d, err);
	return stands_in ? stand_in_end(d->desk, ok, err) : ok;
}

static bool
called(struct deed *d, bool *was, struct error *err)
{
	char *id = NULL;

	*was = false;
	if (!db_one_text(desk_db(d->desk), &MESSAGE_MINE, &id, err, TXT(d->c.id),
		    TXT(desk_me(d->desk)->id))) {
		return false;
	}
	if (id != NULL) {
		*was = message_find(&d->m, d->desk, id, err);
	}
	free(id);
	return d->m.id[0] == '\0' || *was;
}

/* Without a message to answer the case itself is: acknowledged, or given back by
 * the one who has it. */
static bool
answer_without(struct deed *d, bool turn, struct error *err)
{
	bool ok;

	if (d->what->what == ANSWER_DECLINE && !turn &&
	    strcmp(d->c.owner_id, desk_me(d->desk)->id) != 0) {
		return error_set(err, ERR_REFUSED,
			_("nobody called you to case %s: there is nothing to decline"),
			d->c.number);
	}
	ok = answer_act(d, err);
	if (ok) {
		answer_write_moves(d);
	}
	if (ok && d->note != NULL && d->note[0] != '\0') {
		ok = note_add(d->desk, d->c.id, &(struct note_new){ .text = d->note }, err);
	}
	return ok;
}

static bool
attempt_case(struct deed *d, const char *case_id, struct error *err)
{
	bool message = false;
	bool turn = false;

	if (!case_load(&d->c, d->desk, case_id, err) || !called(d, &message, err)) {
		return false;
	}
	case_clear(&d->c);
	if (!load(d, case_id, err) || !case_must_be_open(&d->c, err) ||
	    (d->what->what == ANSWER_PASS && !answer_find_to(d, err)) ||
	    !calling_has_turn(d->desk, &d->calling, desk_me(d->desk)->id, &turn, err)) {
		return false;
	}
	d->since = desk_now(d->desk);
	if (!answer_moves_all(d, err)) {
		return false;
	}
	if (message) {
		record(d, "answered");
		return answer_act(d, err);
	}
	return answer_without(d, turn, err);
}

static void
deed_clear(struct deed *d)
{
	message_clear(&d->m);
	case_clear(&d->c);
	calling_moves_clear(&d->moves);
	free(d->note);
	free(d->proof);
	d->note = d->proof = NULL;
}

static bool
clean(struct deed *d, struct error *err)
{
	const char *note = d->what->note == NULL ? "" : d->what->note;
	const char *proof = d->what->proof == NULL ? "" : d->what->proof;

	*d->done = (struct answer_done){ .what = d->what->what };
	return text_accept(&d->note, note, strlen(note), TEXT_MANY_LINES, limit(LIMIT_NOTE),
			_("note"), err) &&
		text_accept(&d->proof, proof, strlen(proof), TEXT_ONE_LINE,
			limit(LIMIT_TITLE), _("proof"), err);
}

static bool
attempt(struct deed *d, const char *case_id, struct error *err)
{
	bool ok = clean(d, err);

	if (ok && !change_begin(d->desk, err)) {
		ok = false;
	} else if (ok) {
		ok = change_end(d->desk, case_id == NULL ? attempt_message(d, err)
			: attempt_case(d, case_id, err), err);
	}
	deed_clear(d);
	return ok;
}

/* The case said no: the answer itself is true all the same. */
static bool
said_no(const struct error *err)
{
	return err->code == ERR_CONFLICT || err->code == ERR_REFUSED ||
		err->code == ERR_FORBIDDEN;
}

bool
answer_message(struct desk *desk, const struct answer *what, struct answer_done *done,
	struct error *err)
{
	struct deed d = { .desk = desk, .what = what, .done = done };
	struct error why = ERROR_INIT;

	if (attempt(&d, NULL, err)) {
		return true;
	}
	if (!d.acted || !said_no(err)) {
		return false;
	}
	why = *err;
	d = (struct deed){ .desk = desk, .what = what, .done = done, .record_only = true };
	if (!attempt(&d, NULL, err)) {
		return false;
	}
	(void)snprintf(done->why, sizeof done->why, "%s", why.message);
	return true;
}

bool
answer_case(struct desk *desk, const char *case_id, const struct answer *what,
	struct answer_done *done, struct error *err)
{
	struct deed d = { .desk = desk, .what = what, .done = done };

	return attempt(&d, case_id, err);
}

bool
answer_seen(struct desk *desk, const char *message_id, struct error *err)
{
	static const char *const before[] = { "queued", "unknown", "handed_over", "delivered",
		NULL };
	struct deed d = { .desk = desk };
	bool stands_in = false;
	bool ok;

	if (!change_begin(desk, err)) {
		return false;
	}
	ok = message_find(&d.m, desk, message_id, err) && seat(&d, &stands_in, err) &&
		(!one_of(d.m.state, before) ||
			outbox_set(desk, &d.m, "read", NULL, NULL, err));
	if (stands_in) {
		ok = stand_in_end(desk, ok, err);
	}
	message_clear(&d.m);
	return change_end(desk, ok, err);
}
