/* escalation.c reads the rows of escalations and of whom they called. */
#include "core/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"

#define APART_MS INT64_C(60000)
#define COLUMNS "id, case_id, n, subject, ref, title, policy, plan, severity, state," \
	" at_step, round, next_at, last_at, started_at, ended_at, ack_by, ack_at," \
	" ack_until, reason"

SQL(ESCALATION_BY_ID, "t", "SELECT " COLUMNS " FROM escalation WHERE id = $1");
SQL(ESCALATIONS_OF_CASE, "t",
	"SELECT " COLUMNS " FROM escalation WHERE case_id = $1 ORDER BY n");
/* Two partial indexes: one state at a time. */
SQL(ESCALATIONS_RUNNING, "",
	"SELECT " COLUMNS " FROM escalation WHERE state = 'running' ORDER BY next_at, id");
SQL(ESCALATIONS_ANSWERED, "",
	"SELECT " COLUMNS " FROM escalation WHERE state = 'answered' ORDER BY ack_until, id");
SQL(TURNS, "t",
	"SELECT t.id, t.at_step, t.round, t.member_id, m.login, m.name, t.why, t.at,"
	" t.answer, t.answered_at, t.channel, t.proof, t.skipped FROM call_turn t"
	" LEFT JOIN member m ON m.id = t.member_id WHERE t.escalation_id = $1"
	" ORDER BY t.at, t.id");

void
escalation_clear(struct escalation *e)
{
	free(e->title);
	free(e->policy);
	free(e->plan);
	free(e->reason);
	*e = (struct escalation){ 0 };
}

bool
escalation_is(const struct escalation *e, const char *state)
{
	return strcmp(e->state, state) == 0;
}

bool
escalation_taken_back(const struct escalation *e, const char *status)
{
	return strcmp(e->subject, "case") == 0 && escalation_is(e, "answered") &&
		strcmp(status, "new") == 0;
}

int64_t
escalation_again_at(const struct escalation *e, int64_t now)
{
	int64_t rest = e->last_at + APART_MS - now;

	return rest > 0 && rest <= APART_MS ? now + rest : now;
}

static void
from_row(struct escalation *e, struct stmt *st)
{
	*e = (struct escalation){ .n = (int)stmt_int(st, 2), .title = stmt_own(st, 5),
		.policy = stmt_own(st, 6), .plan = stmt_own(st, 7),
		.severity = (int)stmt_int(st, 8), .at_step = (int)stmt_int(st, 10),
		.round = stmt_int(st, 11), .next_at = stmt_int(st, 12),
		.last_at = stmt_int(st, 13), .started_at = stmt_int(st, 14),
		.ended_at = stmt_int(st, 15), .ack_at = stmt_int(st, 17),
		.ack_until = stmt_int(st, 18), .reason = stmt_own(st, 19) };
	stmt_put(e->id, sizeof e->id, st, 0);
	stmt_put(e->case_id, sizeof e->case_id, st, 1);
	stmt_put(e->subject, sizeof e->subject, st, 3);
	stmt_put(e->ref, sizeof e->ref, st, 4);
	stmt_put(e->state, sizeof e->state, st, 9);
	stmt_put(e->ack_by, sizeof e->ack_by, st, 16);
}

bool
escalation_load(struct escalation *out, struct desk *desk, const char *id,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ESCALATION_BY_ID, TXT(id));
	bool found = stmt_row(st);

	*out = (struct escalation){ 0 };
	if (found) {
		from_row(out, st);
	}
	return stmt_done(st, err) && (found || error_set(err, ERR_NOT_FOUND,
		_("there is no escalation %.60s"), id));
}

void
escalation_list_clear(struct escalation_list *list)
{
	for (int i = 0; i < list->count; i++) {
		escalation_clear(&list->all[i]);
	}
	free(list->all);
	*list = (struct escalation_list){ 0 };
}

static bool
add_all(struct escalation_list *out, struct stmt *st, struct error *err)
{
	while (stmt_row(st)) {
		out->all = xrealloc(out->all, sizeof *out->all * (size_t)(out->count + 1));
		from_row(&out->all[out->count++], st);
	}
	return stmt_done(st, err);
}

bool
escalation_list(struct escalation_list *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct db *db = desk_db(desk);

	*out = (struct escalation_list){ 0 };
	if (case_id != NULL) {
		return add_all(out, db_query(db, &ESCALATIONS_OF_CASE, TXT(case_id)), err);
	}
	return add_all(out, db_query(db, &ESCALATIONS_RUNNING, NOARGS), err) &&
		add_all(out, db_query(db, &ESCALATIONS_ANSWERED, NOARGS), err);
}

void
call_turns_clear(struct call_turns *turns)
{
	for (int i = 0; i < turns->count; i++) {
		struct call_turn *t = &turns->all[i];

		free(t->login);
		free(t->name);
		free(t->why);
		free(t->channel);
		free(t->proof);
		free(t->skipped);
	}
	free(turns->all);
	*turns = (struct call_turns){ 0 };
}

bool
call_turns(struct call_turns *out, struct desk *desk, const char *escalation_id,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TURNS, TXT(escalation_id));

	*out = (struct call_turns){ 0 };
	while (stmt_row(st)) {
		struct call_turn *t;

		out->all = xrealloc(out->all, sizeof *out->all * (size_t)(out->count + 1));
		t = &out->all[out->count++];
		*t = (struct call_turn){ .at_step = (int)stmt_int(st, 1),
			.round = stmt_int(st, 2), .login = stmt_own(st, 4),
			.name = stmt_own(st, 5), .why = stmt_own(st, 6), .at = stmt_int(st, 7),
			.answered_at = stmt_int(st, 9), .channel = stmt_own(st, 10),
			.proof = stmt_own(st, 11), .skipped = stmt_own(st, 12) };
		stmt_put(t->id, sizeof t->id, st, 0);
		stmt_put(t->member_id, sizeof t->member_id, st, 3);
		stmt_put(t->answer, sizeof t->answer, st, 8);
	}
	return stmt_done(st, err);
}

bool
call_turn_is_current(const struct call_turn *t, const struct escalation *e)
{
	return t->at_step == e->at_step && t->round == e->round;
}
