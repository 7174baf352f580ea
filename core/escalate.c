/* escalate.c is one round of the machine: what began to wait begins, and each
 * escalation is looked at against the facts of its case, in a transaction of its
 * own, so that one that fails stops no other. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/escalate_private.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/mem.h"

SQL(ACKNOWLEDGED_BY, "t",
	"SELECT COALESCE((SELECT m.id FROM member m WHERE m.login = e.acts_for), e.actor),"
	" e.recorded_at FROM field_version v JOIN event e ON e.seq = v.seq"
	" WHERE v.subject = $1 AND v.field IN ('acknowledged_at', 'status')"
	" ORDER BY v.field LIMIT 1");
/* What a program writes in his name about messages is no word of his; whoever works
 * the plan, the work goes on. */
SQL(LAST_WORD, "ttt",
	"SELECT recorded_at FROM event WHERE case_id = $1 AND actor <> '' AND (actor IN"
	" ($2, $3) OR kind IN " ESCALATE_WORK ")"
	" AND kind NOT IN ('message_rendered', 'message_handed_over',"
	" 'message_unknown', 'message_failed', 'message_expired', 'message_dropped')"
	" ORDER BY seq DESC LIMIT 1");
SQL(REACHED, "tti",
	"SELECT m.state, m.channel, COALESCE(l.state, 'up') FROM message m"
	" LEFT JOIN local_channel l ON l.name = m.channel"
	" WHERE m.escalation = $1 AND m.escalation <> '' AND m.to_id = $2 AND m.queued_at >= $3");

static void
keep_next(struct escalate_work *w, int64_t at)
{
	w->next_at = at < w->next_at ? at : w->next_at;
}

/* Looking alone takes no lock: what is to be done is done in a second look. */
static bool
wanted(struct escalate_work *w)
{
	w->wants = true;
	return true;
}

/* ---- it ends ---- */

static bool
end_it(struct escalate_work *w, const char *reason)
{
	struct json *body = escalate_body(&w->e, "ended");

	set_text(body, "state", w->e.state, "ended");
	escalate_move(body, "ended_at", w->e.ended_at, w->now);
	escalate_move(body, "next_at", w->e.next_at, NO_DUE);
	set_text(body, "reason", w->e.reason, reason);
	escalate_add(w, body);
	w->report->ended++;
	return true;
}

/* Why nobody needs to be called any more; NULL: somebody does. */
static const char *
why_over(const struct escalate_work *w)
{
	bool running = escalation_is(&w->e, "running");

	if (!w->c.is_open) {
		return strcmp(w->c.status, "merged") == 0 ? N_("the case was merged")
			: N_("the case is not open any more");
	}
	if (w->parted) {
		return N_("the case was parted again");
	}
	if (strcmp(w->e.subject, "case") != 0) {
		return !w->over ? NULL : strcmp(w->e.subject, "step") == 0
			? N_("the step is not late any more")
			: N_("the deadline does not run any more");
	}
	return !running && (strcmp(w->c.status, "contained") == 0 ||
		strcmp(w->c.status, "recovered") == 0) ? N_("it is contained") : NULL;
}

/* ---- somebody answered ---- */

static bool
last_word(const struct escalate_work *w, int64_t *at, struct error *err)
{
	int64_t word = 0;

	if (!db_one_int(desk_db(w->desk), &LAST_WORD, &word, err, TXT(w->c.id),
		    TXT(w->e.ack_by), TXT(w->c.owner_id))) {
		return false;
	}
	word = word > w->e.ack_at ? word : w->e.ack_at;
	*at = word > w->now ? w->now : word; /* the clock went back */
	return true;
}

/* Who has it, and since when; by "": nobody.  Of a case that was called for again
 * only a new word counts: of its owner, or of who took it. */
static bool
who_has_it(const struct escalate_work *w, char by[UUID_SIZE], int64_t *at,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), &ACKNOWLEDGED_BY, TXT(w->c.id));

	by[0] = '\0';
	*at = 0;
	if (stmt_row(st)) {
		stmt_put(by, UUID_SIZE, st, 0);
		*at = stmt_int(st, 1);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	/* What was told with the answer is up to some milliseconds before its event. */
	if (w->e.ack_at == 0 || *at > w->e.ack_at + 1000) {
		return true;
	}
	if (!last_word(w, at, err)) {
		return false;
	}
	if (*at <= w->e.last_at) {
		by[0] = '\0';
	} else if (w->c.owner_id[0] != '\0') {
		memcpy(by, w->c.owner_id, UUID_SIZE);
	}
	return true;
}

static bool
acknowledged(struct escalate_work *w, const char *by, int64_t at)
{
	struct json *body = escalate_body(&w->e, "answered");

	set_text(body, "state", w->e.state, "answered");
	set_text(body, "ack_by", w->e.ack_by[0] == '\0' ? NULL : w->e.ack_by, by);
	escalate_move(body, "ack_at", w->e.ack_at, at);
	escalate_move(body, "ack_until", w->e.ack_until, w->policy.ack_lasts_ms == 0 ? NO_DUE
		: at + w->policy.ack_lasts_ms);
	escalate_move(body, "next_at", w->e.next_at, NO_DUE);
	if (w->e.reason[0] != '\0') {
		set_text(body, "reason", w->e.reason, "");
	}
	escalate_add(w, body);
	w->report->answered++;
	return true;
}

static bool
again(struct escalate_work *w, const char *reason, struct error *err)
{
	struct json *body = escalate_body(&w->e, "again");
	int64_t at = escalation_again_at(&w->e, w->now);

	set_text(body, "state", w->e.state, "running");
	set_text(body, "reason", w->e.reason, reason);
	escalate_move(body, "ack_until", w->e.ack_until, NO_DUE);
	escalate_put_first(w, body);
	w->report->again++;
	if (at > w->now) {
		/* Who was called a moment ago reads that first. */
		json_set_text(body, "because", reason);
		escalate_move(body, "next_at", w->e.next_at, at);
		escalate_add(w, body);
		keep_next(w, at);
		return true;
	}
	escalate_add(w, body);
	return escalate_next(w, escalate_body(&w->e, "called"), reason, err);
}

static bool
ask(struct escalate_work *w, struct error *err)
{
	const char *whom = w->c.owner_id[0] != '\0' ? w->c.owner_id : w->e.ack_by;
	struct json *body = escalate_body(&w->e, "asked");
	int64_t until = w->now + w->policy.ask_again_ms;

	set_text(body, "reason", w->e.reason, ESCALATION_ASKED);
	escalate_move(body, "ack_until", w->e.ack_until, until);
	w->report->asked++;
	keep_next(w, until);
	return escalate_one(w, body, json_array(), whom, "asked", "hoi_lai", err);
}

/* He who was asked again has written something: all is well. */
static bool
spoke(struct escalate_work *w, int64_t until)
{
	struct json *body = escalate_body(&w->e, "spoke");

	set_text(body, "reason", w->e.reason, "");
	escalate_move(body, "ack_until", w->e.ack_until, until);
	escalate_add(w, body);
	keep_next(w, until);
	return true;
}

static bool
watch_answer(struct escalate_work *w, struct error *err)
{
	bool asked = strcmp(w->e.reason, ESCALATION_ASKED) == 0;
	int64_t lasts = w->policy.ack_lasts_ms;
	int64_t asked_at = w->e.ack_until - w->policy.ask_again_ms;
	int64_t word = 0;

	if (escalation_taken_back(&w->e, w->c.status)) {
		return w->dry ? wanted(w) : again(w, ESCALATION_BACK, err);
	}
	if (lasts == 0) {
		return true;
	}
	if (!last_word(w, &word, err)) {
		return false;
	}
	if (asked && word >= asked_at) {
		return w->dry ? wanted(w) : spoke(w, word + lasts);
	}
	keep_next(w, asked ? w->e.ack_until : word + lasts);
	if (w->now < (asked ? w->e.ack_until : word + lasts) &&
	    (!asked || asked_at <= w->now + CLOCK_SLACK_MS)) {
		return true;
	}
	if (w->dry) {
		return wanted(w);
	}
	return asked ? again(w, N_("nothing followed from who took it"), err) : ask(w, err);
}

/* ---- somebody is still to be found ---- */

/* Did this message reach its channel's other side, or may it yet? */
static bool
hopeless(const char *state, const char *channel_state)
{
	if (strcmp(state, "queued") == 0) {
		return strcmp(channel_state, "down") == 0;
	}
	return strcmp(state, "failed") == 0 || strcmp(state, "expired") == 0 ||
		strcmp(state, "held") == 0;
}

static bool
turn_undelivered(struct escalate_work *w, const struct call_turn *t, bool *undelivered,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), &REACHED, TXT(w->e.id),
		TXT(t->member_id), I64(t->at));

	int messages = 0;
	int lost = 0;

	while (stmt_row(st)) {
		messages++;
		lost += hopeless(stmt_text(st, 0), stmt_text(st, 2));
	}
	/* Without any message somebody else told him. */
	*undelivered = messages > 0 && lost == messages;
	return stmt_done(st, err);
}

/* What became of the step that was called last. */
struct standing {
	int called, declined, undelivered;
};

static bool
look_at_step(struct escalate_work *w, struct standing *s, struct error *err)
{
	struct call_turns turns;
	bool ok = call_turns(&turns, w->desk, w->e.id, err);

	*s = (struct standing){ 0 };
	for (int i = 0; ok && i < turns.count; i++) {
		const struct call_turn *t = &turns.all[i];
		bool undelivered = false;

		if (t->skipped[0] != '\0' || !call_turn_is_current(t, &w->e)) {
			continue;
		}
		s->called++;
		if (strcmp(t->answer, "decline") == 0 || strcmp(t->answer, "pass") == 0) {
			s->declined++;
		} else {
			ok = turn_undelivered(w, t, &undelivered, err);
			s->undelivered += undelivered;
		}
	}
	call_turns_clear(&turns);
	return ok;
}

static bool
on_now(struct escalate_work *w, const char *reason, struct error *err)
{
	return w->dry ? wanted(w)
		: escalate_next(w, escalate_body(&w->e, "called"), reason, err);
}

static bool
go_on(struct escalate_work *w, struct error *err)
{
	struct standing s;
	bool another = false;

	if (!look_at_step(w, &s, err)) {
		return false;
	}
	if (w->now >= w->e.next_at) {
		return on_now(w, w->e.at_step == 0 ? NULL : s.declined > 0 ? N_("declined")
			: N_("without an answer"), err);
	}
	if (w->e.last_at > w->now + CLOCK_SLACK_MS) {
		return on_now(w, N_("the clock went back"), err);
	}
	keep_next(w, w->e.next_at);
	if (w->e.at_step == 0 || w->e.next_at == NO_DUE) {
		return true;
	}
	if (s.called > 0 && s.declined == s.called) {
		return on_now(w, N_("declined"), err);
	}
	/* Only as far as the round goes: a dead line is no reason to call without end. */
	if (s.called == 0 || s.declined + s.undelivered < s.called) {
		return true;
	}
	return escalate_another(&another, w, err) &&
		(!another || on_now(w, N_("not delivered"), err));
}

static bool
look(struct escalate_work *w, struct error *err)
{
	char by[UUID_SIZE];
	const char *over;
	bool told = false;
	int64_t at = 0;
	int severity;

	if (escalation_is(&w->e, "ended")) {
		return true;
	}
	if (!escalate_load(w, err) || !policy_read(&w->policy, w->e.plan, err)) {
		return false;
	}
	over = why_over(w);
	severity = case_severity(&w->c);
	if (over != NULL) {
		return w->dry ? wanted(w) : end_it(w, over);
	}
	if (strcmp(w->e.subject, "case") == 0 && escalation_is(&w->e, "running") &&
	    strcmp(w->c.status, "new") != 0) {
		if (!who_has_it(w, by, &at, err)) {
			return false;
		}
		if (by[0] != '\0') {
			return w->dry ? wanted(w) : acknowledged(w, by, at);
		}
	}
	if (severity != w->e.severity) {
		return w->dry ? wanted(w) : escalate_severity(w, severity, err);
	}
	if (escalation_is(&w->e, "running")) {
		return go_on(w, err);
	}
	return escalate_tell_taken(w, &told, err) && (told || watch_answer(w, err));
}

static bool
look_at(struct desk *desk, const char *id, struct escalate_report *report,
	int64_t *next_at, struct error *err)
{
	struct escalate_report counts = *report;
	struct escalate_work w = { .desk = desk, .report = &counts, .now = desk_now(desk),
		.next_at = INT64_MAX, .dry = true };
	bool ok = escalation_load(&w.e, desk, id, err) && look(&w, err);

	if (ok && w.wants) {
		escalate_unload(&w);
		w.dry = false;
		w.next_at = INT64_MAX;
		ok = change_begin(desk, err) && change_end(desk,
			escalation_load(&w.e, desk, id, err) && look(&w, err), err);
		/* What one step led to may ask for another now. */
		w.next_at = w.now;
	}
	if (ok) {
		*report = counts;
		*next_at = w.next_at < *next_at ? w.next_at : *next_at;
	}
	escalate_unload(&w);
	return ok;
}

static bool
desk_fails(const struct error *err)
{
	return err->code == ERR_LOCKED || err->code == ERR_UNAVAILABLE;
}

bool
escalate_round(struct desk *desk, struct escalate_report *report, int64_t *next_at,
	struct error *err)
{
	struct escalation_list list;
	bool ok;

	*next_at = INT64_MAX;
	if (!escalate_start(desk, report, next_at, err)) {
		return false;
	}
	ok = escalation_list(&list, desk, NULL, err);
	for (int i = 0; ok && i < list.count; i++) {
		struct error fault = ERROR_INIT;

		if (!look_at(desk, list.all[i].id, report, next_at, &fault)) {
			if (report->failed++ == 0) {
				report->fault = fault;
			}
			if (desk_fails(&fault)) {
				*err = fault;
				ok = false;
			}
		}
	}
	escalation_list_clear(&list);
	return ok;
}
