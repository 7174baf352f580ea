/* why.c reads what was and works out what will be: the machine's own steps, walked
 * without calling anybody. */
#include "core/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/deadline.h"
#include "core/escalation.h"
#include "core/i18n.h"
#include "core/lease.h"
#include "core/mem.h"
#include "core/page.h"
#include "core/policy.h"
#include "core/why_because.h"
#include "core/why_people.h"

#define STEPS_SHOWN 12
#define LATER_SHOWN 10

SQL(OPENED_BY, "t", "SELECT COALESCE((SELECT m.id FROM member m WHERE m.login = acts_for),"
	" actor) FROM event WHERE case_id = $1 ORDER BY seq LIMIT 1");
SQL(STEP_WHOSE, "t",
	"SELECT assignee_id, due_at FROM step_instance WHERE id = $1");
SQL(DEADLINE_DUE, "t", "SELECT NULL, due_at FROM deadline WHERE id = $1");
SQL(DEADLINE_IN_ENGLISH, "t", "SELECT title_en FROM deadline WHERE id = $1");
SQL(NAME_BY_ID, "t", "SELECT name FROM member WHERE id = $1");
SQL(MESSAGES_OF_TURN, "ttii",
	"SELECT channel, state, reason, reply FROM message WHERE escalation = $1"
	" AND escalation <> '' AND to_id = $2 AND queued_at >= $3"
	" AND queued_at < $4 AND template <> 'da_co_nguoi' ORDER BY position");
/* Its own work, and that of what was merged into it. */
#define WITH_MERGED "(SELECT $1 UNION ALL SELECT g.id FROM cases g" \
	" WHERE g.merged_into = $1 AND g.status = 'merged')"
/* What somebody would be called for if it stayed as it is. */
SQL(LATER, "ti",
	"SELECT * FROM (SELECT 'step' AS subject, s.id, s.name, s.due_at FROM step_instance s"
	" JOIN run r ON r.id = s.run_id WHERE s.case_id IN " WITH_MERGED
	" AND s.ended_at IS NULL"
	" AND s.type = 'action' AND s.due_at < 9223372036854775807"
	" AND r.ended_at IS NULL AND r.paused_at IS NULL"
	" UNION ALL SELECT 'deadline', d.id, d.title, d.due_at FROM deadline d"
	" WHERE d.case_id IN " WITH_MERGED " AND d.state = 'running' AND d.lawful = 1"
	" AND d.due_at < 9223372036854775807) AS l"
	" WHERE NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ref = l.id AND e.ref <> ''"
	" AND e.state <> 'ended') ORDER BY l.due_at, l.id LIMIT $2");

struct why {
	struct desk *desk;
	struct ir_case c;
	char opener_id[UUID_SIZE];
	int64_t now;
	struct json *calls;
	struct json *because; /* why_because() */
};

static void
put_at(struct json *object, const char *key, int64_t at)
{
	json_set(object, key, at == 0 || at == NO_DUE ? json_null() : json_int(at));
}

/* ---- the future ---- */

struct walk {
	const struct escalation *e;
	const struct policy *p;
	const char *assignee_id;
	int step;
	int64_t round, at;
};

/* false: the rounds are over. */
static bool
walk_on(struct walk *walk)
{
	if (walk->step < walk->p->count) {
		walk->step++;
		return true;
	}
	walk->step = 1;
	walk->round++;
	return walk->p->rounds == POLICY_FOR_EVER ||
		walk->round < walk->p->from_round + walk->p->rounds;
}

static bool
future_step(struct why *y, struct walk *walk, struct json *future, struct error *err)
{
	const struct policy_step *step = &walk->p->steps[walk->step - 1];
	struct page_of of = { .c = &y->c, .digest = walk->p->digest,
		.assignee_id = walk->assignee_id,
		.opener_id = walk->round == 1 && strcmp(walk->e->subject, "case") == 0
			? y->opener_id : "" };
	struct json *row = json_object();
	struct page page;
	bool ok = page_find(&page, y->desk, &of, step, walk->at, err);

	json_push(future, row);
	put_at(row, "at", walk->at);
	json_set_int(row, "step", walk->step);
	json_set_int(row, "round", walk->round);
	json_set(row, "empty", json_copy(page.empty));
	ok = ok && why_people(row, y->desk, &y->c, step, &page, err);
	if (ok && page.calls + page.know > 0) {
		walk->at += step->after_ms;
	}
	page_clear(&page);
	return ok;
}

/* To the end of this round, and the first of the next. */
static bool
put_future(struct why *y, struct walk *walk, struct json *call, struct error *err)
{
	struct json *future = json_array();
	int64_t first = walk->round;
	bool ok = true;

	for (int i = 0; ok && i < STEPS_SHOWN && walk_on(walk); i++) {
		ok = future_step(y, walk, future, err);
		if (walk->round > first + (walk->e->at_step > 0 &&
			    walk->e->at_step == walk->p->count)) {
			break;
		}
	}
	json_set(call, "future", future);
	return ok;
}

/* ---- the past ---- */

static bool
put_messages(struct why *y, const struct escalation *e, const struct call_turn *t,
	int64_t until, struct json *row, struct error *err)
{
	/* It may have been queued just before the turn was written. */
	struct stmt *st = db_query(desk_db(y->desk), &MESSAGES_OF_TURN, TXT(e->id),
		TXT(t->member_id), I64(t->at - 1000),
		I64(until == INT64_MAX ? until : until - 1000));
	struct json *list = json_array();

	while (stmt_row(st)) {
		struct json *one = json_object();
		bool answered = strcmp(stmt_text(st, 1), "answered") == 0;
		const char *reply = answered ? "" : stmt_text(st, 3); /* the turn has it */

		json_set_text(one, "channel", stmt_text(st, 0));
		json_set_text(one, "state", stmt_text(st, 1));
		json_set_text(one, "reason", reply[0] != '\0' ? reply : stmt_text(st, 2));
		json_push(list, one);
	}
	json_set(row, "messages", list);
	return stmt_done(st, err);
}

/* What leaves from then on belongs to a later call of his. */
static int64_t
called_again(const struct call_turns *turns, int i)
{
	for (int later = i + 1; later < turns->count; later++) {
		if (strcmp(turns->all[later].member_id, turns->all[i].member_id) == 0 &&
		    turns->all[later].at > turns->all[i].at) {
			return turns->all[later].at;
		}
	}
	return INT64_MAX;
}

static bool
put_past(struct why *y, const struct escalation *e, struct json *call, struct error *err)
{
	struct call_turns turns;
	struct json *past = json_array();
	bool ok = call_turns(&turns, y->desk, e->id, err);

	for (int i = 0; ok && i < turns.count; i++) {
		const struct call_turn *t = &turns.all[i];
		struct json *row = json_object();

		json_push(past, row);
		put_at(row, "at", t->at);
		json_set_int(row, "step", t->at_step);
		json_set_int(row, "round", t->round);
		json_set_text(row, "name", t->name);
		json_set_text(row, "login", t->login);
		json_set_text(row, "who", t->why);
		json_set_text(row, "answer", t->answer[0] == '\0' ? NULL : t->answer);
		put_at(row, "answered_at", t->answered_at);
		json_set_text(row, "via", t->channel[0] == '\0' ? NULL : t->channel);
		json_set_text(row, "skipped", t->skipped[0] == '\0' ? NULL : t->skipped);
		why_put(row, y->because, t->id);
		ok = put_messages(y, e, t, called_again(&turns, i), row, err);
	}
	call_turns_clear(&turns);
	json_set(call, "past", past);
	return ok;
}

/* ---- one call ---- */

static bool
whose(struct why *y, const struct escalation *e, char assignee[UUID_SIZE], int64_t *due,
	struct error *err)
{
	struct stmt *st;

	assignee[0] = '\0';
	*due = NO_DUE;
	if (strcmp(e->subject, "case") == 0) {
		return true;
	}
	st = db_query(desk_db(y->desk),
		strcmp(e->subject, "step") == 0 ? &STEP_WHOSE : &DEADLINE_DUE, TXT(e->ref));
	if (stmt_row(st)) {
		stmt_put(assignee, UUID_SIZE, st, 0);
		*due = stmt_int(st, 1);
	}
	return stmt_done(st, err);
}

static bool
put_head(struct why *y, const struct escalation *e, const struct policy *p,
	struct json *call, struct error *err)
{
	char *by = NULL, *english = NULL;

	if (!db_one_text(desk_db(y->desk), &NAME_BY_ID, &by, err, TXT(e->ack_by)) ||
	    (strcmp(i18n_language(), "en") == 0 && !db_one_text(desk_db(y->desk),
			&DEADLINE_IN_ENGLISH, &english, err, TXT(e->ref)))) {
		free(by);
		return false;
	}
	json_set_text(call, "id", e->id[0] == '\0' ? NULL : e->id);
	json_set_int(call, "n", e->n);
	json_set_text(call, "subject", e->subject);
	json_set_text(call, "title", english != NULL && english[0] != '\0' ? english
		: e->title);
	free(english);
	json_set_text(call, "policy", e->policy);
	json_set_text(call, "state", e->state);
	json_set_int(call, "severity", e->severity);
	json_set_int(call, "step", e->at_step);
	json_set_int(call, "steps", p->count);
	json_set_int(call, "round", e->round);
	json_set(call, "rounds", p->rounds == POLICY_FOR_EVER ? json_null()
		: json_int(p->rounds));
	put_at(call, "next_at", e->next_at);
	json_set_text(call, "ack_by", by);
	put_at(call, "ack_at", e->ack_at);
	put_at(call, "ack_until", e->ack_until);
	json_set_bool(call, "asked", strcmp(e->reason, ESCALATION_ASKED) == 0);
	json_set_text(call, "reason", e->reason[0] == '\0' ? NULL : e->reason);
	free(by);
	return true;
}

/* An answer that nothing follows brings the calling back from its first step. */
static int64_t
begins_at(const struct why *y, const struct escalation *e, const struct policy *p)
{
	int64_t at = e->next_at;

	if (escalation_is(e, "answered")) {
		at = e->ack_until == NO_DUE ? NO_DUE
			: strcmp(e->reason, ESCALATION_ASKED) == 0 ? e->ack_until
			: e->ack_until + p->ask_again_ms;
	}
	return at != NO_DUE && at < y->now ? y->now : at;
}

static bool
add_call(struct why *y, const struct escalation *e, const struct policy *p, bool begins,
	struct error *err)
{
	struct json *call = json_object();
	char assignee[UUID_SIZE];
	struct walk walk = { .e = e, .p = p, .assignee_id = assignee, .step = e->at_step,
		.round = e->round, .at = begins_at(y, e, p) };
	int64_t due;
	bool ok = whose(y, e, assignee, &due, err) && put_head(y, e, p, call, err);

	json_push(y->calls, call);
	json_set_bool(call, "begins", begins);
	put_at(call, "due_at", due);
	if (escalation_is(e, "answered")) {
		walk.step = 0;
		walk.round++;
	}
	ok = ok && put_past(y, e, call, err);
	if (escalation_is(e, "ended") || walk.at == NO_DUE) {
		json_set(call, "future", json_array());
		return ok;
	}
	return ok && put_future(y, &walk, call, err);
}

static bool
add_there(struct why *y, const struct escalation *e, struct error *err)
{
	struct escalation now = *e; /* its texts are e's */
	struct policy policy;
	char *back = NULL;
	bool ok;

	if (escalation_taken_back(e, y->c.status)) {
		/* As the engine's next look makes it. */
		(void)snprintf(now.state, sizeof now.state, "running");
		now.next_at = escalation_again_at(e, y->now);
		now.at_step = 0;
		now.round++;
		now.reason = back = xstrdup(ESCALATION_BACK);
	}
	ok = policy_read(&policy, e->plan, err) && add_call(y, &now, &policy, false, err);
	policy_clear(&policy);
	free(back);
	return ok;
}

/* What the engine would begin: now, or when its time has come. */
static bool
add_coming(struct why *y, const char *subject, const char *ref, const char *title,
	int64_t due, struct error *err)
{
	struct escalation e = { .round = 1, .severity = case_severity(&y->c),
		.ack_until = NO_DUE };
	struct policy policy;
	bool ok = policy_choose(&policy, y->desk, &y->c, subject, err);

	if (ok && policy.count > 0) {
		(void)snprintf(e.subject, sizeof e.subject, "%s", subject);
		(void)snprintf(e.ref, sizeof e.ref, "%s", ref);
		e.title = xstrdup(title);
		e.policy = xstrdup(policy.code);
		e.reason = xstrdup("");
		e.next_at = due == NO_DUE ? y->now
			: strcmp(subject, "deadline") == 0 ? due - policy.before_ms : due;
		e.next_at = e.next_at < y->now ? y->now : e.next_at;
		(void)snprintf(e.state, sizeof e.state, "waiting");
		ok = add_call(y, &e, &policy, true, err);
		escalation_clear(&e);
	}
	policy_clear(&policy);
	return ok;
}

struct later {
	char subject[12], id[UUID_SIZE];
	char *title;
	int64_t due;
};

static bool
add_later(struct why *y, struct error *err)
{
	struct stmt *st = db_query(desk_db(y->desk), &LATER, TXT(y->c.id),
		I64(LATER_SHOWN));
	struct later list[LATER_SHOWN];
	int count = 0;
	bool ok;

	while (count < LATER_SHOWN && stmt_row(st)) {
		stmt_put(list[count].subject, sizeof list[count].subject, st, 0);
		stmt_put(list[count].id, UUID_SIZE, st, 1);
		list[count].title = stmt_own(st, 2);
		list[count++].due = stmt_int(st, 3);
	}
	ok = stmt_done(st, err);
	for (int i = 0; i < count; i++) {
		ok = ok && add_coming(y, list[i].subject, list[i].id, list[i].title,
			list[i].due, err);
		free(list[i].title);
	}
	return ok;
}

/* ---- the whole ---- */

static bool
put_engine(struct why *y, struct json *o, struct error *err)
{
	char holder[LEASE_HOLDER_SIZE];
	struct json *engine = json_object();

	json_set(o, "engine", engine);
	if (!lease_who(y->desk, LEASE_ENGINE, holder, err)) {
		return false;
	}
	json_set_bool(engine, "leads", holder[0] != '\0');
	json_set_text(engine, "holder", holder[0] == '\0' ? NULL : holder);
	return true;
}

static const char *
why_nobody(const struct why *y, bool called)
{
	if (!y->c.is_open) {
		return strcmp(y->c.status, "merged") != 0 ? N_("the case is not open")
			: N_("it was merged: its work is called for in the case that it went into");
	}
	if (called || json_count(y->calls) > 0) {
		return NULL;
	}
	if (y->c.drill) {
		return N_("a drill that does not page the team");
	}
	return strcmp(y->c.status, "new") != 0 ? N_("the case is acknowledged")
		: N_("no rule of the family escalation fits; those that are shipped come by:"
			" suco rule import escalation");
}

static bool
add_all(struct why *y, bool *called, struct error *err)
{
	struct escalation_list list;
	bool ok = escalation_list(&list, y->desk, y->c.id, err);
	bool of_case = false;

	*called = list.count > 0;
	for (int i = 0; ok && i < list.count; i++) {
		of_case = of_case || (strcmp(list.all[i].subject, "case") == 0 &&
			!escalation_is(&list.all[i], "ended"));
		ok = add_there(y, &list.all[i], err);
	}
	escalation_list_clear(&list);
	if (!ok || !y->c.is_open || (y->c.drill && !of_case)) {
		return ok;
	}
	return (of_case || strcmp(y->c.status, "new") != 0 ||
			add_coming(y, "case", y->c.id, "", NO_DUE, err)) &&
		add_later(y, err);
}

bool
why_read(struct desk *desk, const char *case_id, struct json **out, struct error *err)
{
	struct why y = { .desk = desk, .now = desk_now(desk), .calls = json_array() };
	struct json *o = json_object();
	char *opener = NULL;
	const char *nobody;
	bool called = false;
	bool ok = case_load(&y.c, desk, case_id, err) &&
		db_one_text(desk_db(desk), &OPENED_BY, &opener, err, TXT(case_id));

	if (ok) {
		(void)snprintf(y.opener_id, sizeof y.opener_id, "%s",
			opener == NULL ? "" : opener);
		json_set_text(o, "case", y.c.number);
		json_set_text(o, "title", y.c.title);
		ok = put_engine(&y, o, err) && why_because(desk, case_id, &y.because, err) &&
			add_all(&y, &called, err);
	}
	if (ok) {
		nobody = why_nobody(&y, called);
		json_set_text(o, "nobody", nobody);
	}
	json_set(o, "calls", y.calls);
	json_free(y.because);
	free(opener);
	case_clear(&y.c);
	if (!ok) {
		json_free(o);
		return false;
	}
	*out = o;
	return true;
}
