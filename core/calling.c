/* calling.c reads the calls that run, and writes into them what was answered. */
#include "core/calling.h"

#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/policy.h"
#include "core/thing.h"

#define PASS_LEAST_MS (60 * 1000LL)
#define PASS_MOST_MS (30 * 60 * 1000LL)

#define CALLING_COLUMNS "id, case_id, subject, state, ack_by, ack_at, last_at," \
	" next_at, ack_until, at_step, round, plan, reason"
SQL(CALLING_BY_ID, "t", "SELECT " CALLING_COLUMNS " FROM escalation WHERE id = $1");
SQL(CALLING_OF_CASE, "t",
	"SELECT " CALLING_COLUMNS " FROM escalation WHERE case_id = $1"
	" AND subject = 'case' ORDER BY n DESC LIMIT 1");
SQL(TURN_LAST, "tt",
	"SELECT id, answer FROM call_turn WHERE escalation_id = $1 AND member_id = $2"
	" AND skipped = '' ORDER BY at DESC, id DESC LIMIT 1");

bool
calling_find(struct calling *out, struct desk *desk, const char *id,
	const char *case_id, struct error *err)
{
	struct stmt *st = id[0] != '\0' ? db_query(desk_db(desk), &CALLING_BY_ID, TXT(id))
		: db_query(desk_db(desk), &CALLING_OF_CASE, TXT(case_id));

	*out = (struct calling){ .next_at = NO_DUE, .ack_until = NO_DUE };
	if (stmt_row(st)) {
		stmt_put(out->id, sizeof out->id, st, 0);
		stmt_put(out->case_id, sizeof out->case_id, st, 1);
		stmt_put(out->subject, sizeof out->subject, st, 2);
		stmt_put(out->state, sizeof out->state, st, 3);
		stmt_put(out->ack_by, sizeof out->ack_by, st, 4);
		out->ack_at = stmt_int(st, 5);
		out->last_at = stmt_int(st, 6);
		out->next_at = stmt_int(st, 7);
		out->ack_until = stmt_int(st, 8);
		out->at_step = stmt_int(st, 9);
		out->round = stmt_int(st, 10);
		out->ack_lasts = policy_ack_lasts(stmt_text(st, 11));
		stmt_put(out->reason, sizeof out->reason, st, 12);
	}
	return stmt_done(st, err);
}

bool
calling_runs(const struct calling *calling)
{
	return strcmp(calling->state, "running") == 0;
}

bool
calling_taken(const struct calling *calling, const char *member_id)
{
	return strcmp(calling->state, "answered") == 0 &&
		strcmp(calling->ack_by, member_id) != 0;
}

bool
calling_has_turn(struct desk *desk, const struct calling *calling,
	const char *member_id, bool *has, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TURN_LAST, TXT(calling->id),
		TXT(member_id));

	*has = stmt_row(st);
	return stmt_done(st, err);
}

/* His newest turn, as a child of the event's list. */
static bool
answer_turn(struct desk *desk, const struct calling *calling,
	const struct calling_answer *what, struct json *list, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TURN_LAST, TXT(calling->id),
		TXT(desk_me(desk)->id));

	if (stmt_row(st) && strcmp(stmt_text(st, 1), what->what) != 0) {
		struct json *turn = thing_change("call_turn", stmt_text(st, 0));

		set_text(turn, "answer", stmt_text(st, 1), what->what);
		set_int(turn, "answered_at", 0, desk_now(desk));
		set_text(turn, "channel", "", what->channel);
		set_text(turn, "proof", "", what->proof);
		json_push(list, turn);
		(void)stmt_row(st);
	}
	return stmt_done(st, err);
}

static void
take(struct desk *desk, const struct calling *calling, struct json *body)
{
	set_text(body, "state", calling->state, "answered");
	set_text(body, "ack_by", calling->ack_by[0] == '\0' ? NULL : calling->ack_by,
		desk_me(desk)->id);
	set_int(body, "ack_at", calling->ack_at, desk_now(desk));
	set_int(body, "next_at", calling->next_at, NO_DUE);
	set_int(body, "ack_until", calling->ack_until, calling->ack_lasts == 0 ? NO_DUE
		: desk_now(desk) + calling->ack_lasts);
	set_text(body, "reason", calling->reason, "");
}

/* Was taken by the one who gives it back.  When he took it stays: what he did then
 * is no answer to what is called from now on. */
static void
run_on(struct desk *desk, const struct calling *calling, struct json *body)
{
	set_text(body, "state", calling->state, "running");
	set_text(body, "ack_by", calling->ack_by, NULL);
	set_int(body, "ack_until", calling->ack_until, NO_DUE);
	set_int(body, "next_at", calling->next_at, desk_now(desk));
}

/* As long as one step of the calling lasts. */
static int64_t
time_of_one(const struct calling *calling)
{
	int64_t span = calling->next_at == NO_DUE ? 0 : calling->next_at - calling->last_at;

	return span < PASS_LEAST_MS ? PASS_LEAST_MS : span > PASS_MOST_MS ? PASS_MOST_MS
		: span;
}

static void
hand_on(struct desk *desk, const struct calling *calling,
	const struct calling_answer *what, struct json *body, struct json *list)
{
	char id[UUID_SIZE];
	struct json *turn = thing_new(desk, "call_turn", id);

	row_text(turn, "escalation_id", calling->id);
	row_int(turn, "at_step", calling->at_step);
	row_int(turn, "round", calling->round);
	row_text(turn, "member_id", what->to_id);
	row_text(turn, "why", "passed");
	row_int(turn, "at", desk_now(desk));
	json_push(list, turn);
	if (calling_runs(calling)) {
		set_int(body, "next_at", calling->next_at,
			desk_now(desk) + time_of_one(calling));
		set_int(body, "last_at", calling->last_at, desk_now(desk));
	}
}

void
calling_moves_clear(struct calling_moves *moves)
{
	json_free(moves->turns);
	json_free(moves->calls);
	*moves = (struct calling_moves){ 0 };
}

static void
push_all(struct json *out, const struct json *list)
{
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		json_push(out, json_copy(one));
	}
}

void
calling_write(struct desk *desk, const struct calling *calling,
	const struct calling_answer *what, const char *to_name,
	struct calling_moves *moves)
{
	struct json *list = json_array();
	struct json *body;

	push_all(list, moves->turns);
	push_all(list, moves->calls);
	if (json_count(list) == 0) {
		json_free(list);
		return;
	}
	body = json_object();
	/* What the timeline says of it. */
	json_set_text(body, "act", what->what);
	json_set_text(body, "name", desk_me(desk)->name);
	json_set_text(body, "by", what->channel);
	if (to_name[0] != '\0') {
		json_set_text(body, "to_name", to_name);
	}
	json_set(body, "each", list);
	change_add(desk, "escalation_set",
		calling->case_id[0] == '\0' ? NULL : calling->case_id, body);
}

bool
calling_answered(struct calling_moves *moves, struct desk *desk,
	const struct calling *calling, const struct calling_answer *what,
	struct error *err)
{
	struct json *set = thing_change("escalation", calling->id);
	bool mine = strcmp(calling->ack_by, desk_me(desk)->id) == 0;
	bool decline = strcmp(what->what, "decline") == 0;

	*moves = (struct calling_moves){ .turns = json_array(), .calls = json_array(),
		.next = decline && calling_runs(calling) };
	if (strcmp(what->what, "ack") == 0 && calling_runs(calling)) {
		take(desk, calling, set);
	} else if (decline && mine && strcmp(calling->state, "answered") == 0) {
		run_on(desk, calling, set);
		moves->next = true;
	} else if (moves->next && calling->last_at <= what->asked_at &&
	    calling->next_at > desk_now(desk)) {
		set_int(set, "next_at", calling->next_at, desk_now(desk));
	}
	if (!answer_turn(desk, calling, what, moves->turns, err)) {
		json_free(set);
		return false;
	}
	if (what->to_id != NULL) {
		hand_on(desk, calling, what, set, moves->turns);
	}
	if (set_count(set) > 0) {
		json_push(moves->calls, set);
	} else {
		json_free(set);
	}
	return true;
}
