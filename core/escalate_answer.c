/* escalate_answer.c records what somebody says who was called, and what follows. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/escalate_private.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"

SQL(WORKER, "t", "SELECT name FROM member WHERE id = $1 AND active = 1"
	" AND role <> 'viewer'");
SQL(NAME_OF, "t", "SELECT name FROM member WHERE id = $1");

/* The call that he answers: the last one before the message that he has. */
static const struct call_turn *
turn_of(const struct call_turns *turns, const struct escalate_answer *what)
{
	const struct call_turn *found = NULL;

	for (int i = 0; i < turns->count; i++) {
		const struct call_turn *t = &turns->all[i];

		if (strcmp(t->member_id, what->member_id) == 0 && t->skipped[0] == '\0' &&
		    (what->as_of == 0 || t->at <= what->as_of)) {
			found = t;
		}
	}
	return found;
}

static struct json *
turn_change(const struct call_turn *t, const struct escalate_answer *what, int64_t now)
{
	struct json *turn = thing_change("call_turn", t->id);

	set_text(turn, "answer", t->answer, what->answer);
	set_int(turn, "answered_at", t->answered_at, now);
	set_text(turn, "channel", t->channel, what->channel == NULL ? "" : what->channel);
	set_text(turn, "proof", t->proof, what->proof == NULL ? "" : what->proof);
	return turn;
}

static bool
put_name(struct escalate_work *w, struct json *body, const char *key, const char *id,
	const struct sql *query, struct error *err)
{
	char *name = NULL;
	bool ok = db_one_text(desk_db(w->desk), query, &name, err, TXT(id));

	if (ok && name == NULL) {
		ok = error_set(err, ERR_REFUSED,
			_("it cannot be passed on to him: not active, or a viewer"));
	}
	json_set_text(body, key, name);
	free(name);
	return ok;
}

/* Of a new case the acknowledge itself says it; of a step or deadline, or of a case
 * that was called for again, there is nothing else. */
static void
take(struct escalate_work *w, const struct escalate_answer *what, struct json *body)
{
	if (strcmp(w->e.subject, "case") == 0 && (strcmp(w->c.status, "new") == 0 ||
		    w->e.ack_at == 0)) {
		return;
	}
	set_text(body, "state", w->e.state, "answered");
	set_text(body, "reason", w->e.reason, "");
	set_text(body, "ack_by", w->e.ack_by[0] == '\0' ? NULL : w->e.ack_by,
		what->member_id);
	set_int(body, "ack_at", w->e.ack_at, w->now);
	set_int(body, "ack_until", w->e.ack_until, w->policy.ack_lasts_ms == 0 ? NO_DUE
		: w->now + w->policy.ack_lasts_ms);
	set_int(body, "next_at", w->e.next_at, NO_DUE);
}

static bool
pass(struct escalate_work *w, const struct escalate_answer *what, struct json *body,
	struct json *turns, struct error *err)
{
	int step = w->e.at_step > 0 ? w->e.at_step : 1;

	if (what->to_id == NULL || strcmp(what->to_id, what->member_id) == 0) {
		json_free(body);
		json_free(turns);
		return error_set(err, ERR_BAD_INPUT, _("to whom is it passed on?"));
	}
	if (!put_name(w, body, "to_name", what->to_id, &WORKER, err)) {
		json_free(body);
		json_free(turns);
		return false;
	}
	set_int(body, "next_at", w->e.next_at,
		w->now + w->policy.steps[(step - 1) % w->policy.count].after_ms);
	set_int(body, "last_at", w->e.last_at, w->now);
	return escalate_one(w, body, turns, what->to_id, "passed", NULL, err);
}

/* ack: whoever comes first; else only of the step that was called last. */
static bool
has_effect(const struct escalate_work *w, const struct escalate_answer *what,
	const struct call_turn *t)
{
	if (strcmp(what->answer, "ack") == 0) {
		return escalation_is(&w->e, "running") ||
			(escalation_is(&w->e, "answered") &&
				strcmp(w->e.ack_by, what->member_id) == 0);
	}
	return escalation_is(&w->e, "running") && t != NULL && call_turn_is_current(t, &w->e);
}

static bool
record(struct escalate_work *w, const struct escalate_answer *what,
	const struct call_turn *t, enum escalate_end *end, struct error *err)
{
	struct json *body = escalate_body(&w->e, what->answer);
	struct json *turns = json_array();
	bool effect = has_effect(w, what, t);

	*end = effect ? ESCALATE_DONE : ESCALATE_LATE;
	if (!put_name(w, body, "name", what->member_id, &NAME_OF, err)) {
		json_free(body);
		json_free(turns);
		return false;
	}
	json_set_text(body, "by", what->channel);
	json_set_bool(body, "late", !effect);
	if (t != NULL) {
		json_push(turns, turn_change(t, what, w->now));
	}
	if (effect && strcmp(what->answer, "pass") == 0) {
		return pass(w, what, body, turns, err);
	}
	if (effect && strcmp(what->answer, "ack") == 0) {
		take(w, what, body);
	}
	escalate_add_each(w, body, turns);
	return true;
}

bool
escalate_answer(struct desk *desk, const struct escalate_answer *what,
	enum escalate_end *end, struct error *err)
{
	struct escalate_report report = { 0 };
	struct escalate_work w = { .desk = desk, .report = &report, .now = desk_now(desk) };
	struct call_turns turns = { 0 };
	const struct call_turn *t;
	bool ok = change_flush(desk, err) &&
		escalation_load(&w.e, desk, what->escalation_id, err) &&
		escalate_load(&w, err) && policy_read(&w.policy, w.e.plan, err) &&
		call_turns(&turns, desk, w.e.id, err);

	if (ok) {
		t = turn_of(&turns, what);
		if (t != NULL && strcmp(t->answer, what->answer) == 0) {
			*end = ESCALATE_BEFORE;
		} else {
			ok = record(&w, what, t, end, err);
		}
	}
	call_turns_clear(&turns);
	escalate_unload(&w);
	return ok;
}
