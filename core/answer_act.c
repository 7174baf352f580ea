/* answer_act.c does what an answer means: the case is acknowledged and has an
 * owner, the calling ends, goes on at once, or waits for whom he named. */
#include "core/answer_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/change.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/status.h"
#include "core/tell.h"

/* When the case was last acknowledged or that was taken back. */
SQL(ACKNOWLEDGED_SEQ, "t",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = 'acknowledged_at'");
SQL(LOGIN_BY_ID, "t", "SELECT login FROM member WHERE id = $1");

static void
taken_by(struct deed *d, const char *login, int64_t at)
{
	(void)person_called(d->done->by, d->desk, login);
	d->done->at = at;
}

/* Acknowledged, by somebody else, after what he saw was written. */
static bool
acknowledged_since(struct deed *d, int64_t since, bool *late, struct error *err)
{
	struct event event = { 0 };
	int64_t seq = 0;
	bool ok;

	if (!db_one_int(desk_db(d->desk), &ACKNOWLEDGED_SEQ, &seq, err, TXT(d->c.id))) {
		return false;
	}
	if (seq <= d->m.position) {
		return true;
	}
	ok = event_load(&event, desk_db(d->desk), seq, err);
	if (ok && event.recorded_at >= since &&
	    strcmp(event_whose(&event), d->me_login) != 0) {
		*late = true;
		taken_by(d, event_whose(&event), event.recorded_at);
	}
	event_clear(&event);
	return ok;
}

bool
answer_late(struct deed *d, bool *late, struct error *err)
{
	char *login = NULL;
	bool ok;

	*late = false;
	if (d->m.escalation[0] == '\0' && answer_of_step(&d->m)) {
		return true; /* who has the case has not this step of it */
	}
	if (calling_runs(&d->calling)) {
		/* Nobody has it, but who took it after the last call and before the
		 * engine looked again. */
		int64_t called = d->calling.last_at + 1;

		return strcmp(d->calling.subject, "case") != 0 ||
			strcmp(d->c.status, "new") == 0 ||
			acknowledged_since(d, called > d->since ? called : d->since, late, err);
	}
	if (!calling_taken(&d->calling, d->me_id) ||
	    d->calling.ack_at < d->since) {
		return acknowledged_since(d, d->since, late, err);
	}
	*late = true;
	ok = db_one_text(desk_db(d->desk), &LOGIN_BY_ID, &login, err,
		TXT(d->calling.ack_by));
	taken_by(d, login == NULL ? "" : login, d->calling.ack_at);
	free(login);
	return ok;
}

bool
answer_find_to(struct deed *d, struct error *err)
{
	if (d->what->to == NULL || d->what->to[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("to pass it on, say to whom: a login"));
	}
	if (!member_worker(d->desk, d->what->to, d->to_id, err)) {
		return false;
	}
	if (strcmp(d->to_id, desk_me(d->desk)->id) == 0) {
		return error_set(err, ERR_BAD_INPUT, _("it cannot be passed on to yourself"));
	}
	(void)person_called(d->to_name, d->desk, d->what->to);
	return true;
}

static struct calling_answer
to_calling(const struct deed *d)
{
	return (struct calling_answer){ .what = answer_word(d->what->what),
		.channel = d->what->channel, .proof = d->proof == NULL ? "" : d->proof,
		.asked_at = d->since, .to_id = d->to_id[0] == '\0' ? NULL : d->to_id };
}

bool
answer_moves(struct deed *d, struct error *err)
{
	const struct calling_answer what = to_calling(d);

	return d->calling.id[0] == '\0' ||
		calling_answered(&d->moves, d->desk, &d->calling, &what, err);
}

bool
answer_moves_all(struct deed *d, struct error *err)
{
	const struct calling_answer what = to_calling(d);

	return answer_moves(d, err) && answer_moves_beside(d, &what, err);
}

void
answer_write_moves(struct deed *d)
{
	const struct calling_answer what = to_calling(d);

	calling_write(d->desk, &d->calling, &what, d->to_name, &d->moves);
}

/* A case that somebody acknowledged before, and whose calling runs again because
 * he went silent, is taken without acknowledging it twice. */
static bool
acknowledge(struct deed *d, struct error *err)
{
	bool again = calling_runs(&d->calling) && strcmp(d->c.status, "new") != 0;
	bool ours = d->m.id[0] != '\0' && strcmp(d->c.status, "new") != 0;

	return again || ours || status_set(d->desk, d->c.id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, err);
}

/* While somebody is called nobody has it, whoever opened it or was given it: who
 * answers the call does. */
static bool
becomes_owner(const struct deed *d)
{
	return d->c.owner_id[0] == '\0' || (calling_runs(&d->calling) &&
		strcmp(d->calling.subject, "case") == 0 &&
		strcmp(d->c.owner_id, desk_me(d->desk)->id) != 0);
}

static bool
take(struct deed *d, struct error *err)
{
	const struct actor *me = desk_me(d->desk);
	bool owns = becomes_owner(d);

	d->done->end = owns || strcmp(d->c.status, "new") == 0 ||
		calling_runs(&d->calling) ? ANSWER_TAKEN : ANSWER_NOTED;
	return desk_may(d->desk, ACT_WORK, err) &&
		(!owns || case_assign(d->desk, d->c.id, me->login, err)) &&
		acknowledge(d, err);
}

/* What was done or given to somebody else meanwhile is not his to give. */
static bool
not_his(struct deed *d, bool his)
{
	if (!his && d->m.escalation[0] == '\0') {
		d->done->end = ANSWER_NOT;
		(void)snprintf(d->done->why, sizeof d->done->why, "%s",
			_("it is not yours any more"));
	}
	return true;
}

/* Who declines gives back what he had been given. */
static bool
decline(struct deed *d, struct error *err)
{
	bool step = answer_of_step(&d->m);
	bool had = strcmp(d->c.owner_id, desk_me(d->desk)->id) == 0 && !step &&
		(d->m.escalation[0] == '\0' || strcmp(d->calling.subject, "case") == 0);
	bool his = false;

	d->done->end = ANSWER_DECLINED;
	d->done->next = d->moves.next;
	if (step) {
		return answer_step(d, &his, err) && not_his(d, his);
	}
	return !had || case_assign(d->desk, d->c.id, "", err);
}

/* Whom he named is called either way; the case becomes his where nobody else has
 * it. */
static bool
pass(struct deed *d, struct error *err)
{
	const struct work work = { .what = d->c.title, .due_at = d->c.due_at,
		.escalation = d->calling.id, .called = calling_runs(&d->calling) };
	bool others = d->c.owner_id[0] != '\0' &&
		strcmp(d->c.owner_id, desk_me(d->desk)->id) != 0;
	bool his = false;

	d->done->end = ANSWER_PASSED;
	d->done->next = true;
	memcpy(d->done->by, d->to_name, sizeof d->done->by);
	d->done->at = desk_now(d->desk);
	if (!desk_may(d->desk, ACT_ASSIGN, err)) {
		return false;
	}
	if (d->m.escalation[0] == '\0' && answer_of_step(&d->m)) {
		return answer_step(d, &his, err) && not_his(d, his);
	}
	if (others || strcmp(d->c.owner_id, d->to_id) == 0) {
		return tell_assigned(d->desk, d->c.id, d->to_id, &work, NO_CAUSE, err);
	}
	return case_give(d->desk, d->c.id, d->what->to, &work, err);
}

bool
answer_act(struct deed *d, struct error *err)
{
	static bool (*const acts[])(struct deed *, struct error *) = {
		[ANSWER_ACK] = take, [ANSWER_DECLINE] = decline, [ANSWER_PASS] = pass,
	};

	return acts[d->what->what](d, err);
}
