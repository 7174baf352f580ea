/* answer_beside.c: who answers for a case by its number answers all that it calls him
 * for, a report or a step beside the case itself: he said nothing of one of them. */
#include "core/answer_private.h"

#include "core/change.h"
#include "core/json.h"

#define AT_ONCE 16

SQL(CALLED_BESIDE, "ttt",
	"SELECT e.id FROM escalation e WHERE e.case_id = $1 AND e.id <> $2"
	" AND e.state = 'running' AND EXISTS (SELECT 1 FROM call_turn t"
	" WHERE t.escalation_id = e.id AND t.member_id = $3 AND t.answer = ''"
	" AND t.skipped = '') ORDER BY e.n");

static void
move_all(struct json *to, const struct json *from)
{
	for (const struct json *one = json_first(from); one != NULL; one = json_next(one)) {
		json_push(to, json_copy(one));
	}
}

static bool
beside(struct deed *d, const char *id, const struct calling_answer *what, struct error *err)
{
	struct calling_moves moves = { 0 };
	struct calling calling;
	bool ok = calling_find(&calling, d->desk, id, d->c.id, err) &&
		calling_answered(&moves, d->desk, &calling, what, err);

	if (ok) {
		move_all(d->moves.turns, moves.turns);
		move_all(d->moves.calls, moves.calls);
		d->moves.next = d->moves.next || moves.next;
	}
	calling_moves_clear(&moves);
	return ok;
}

bool
answer_moves_beside(struct deed *d, const struct calling_answer *what, struct error *err)
{
	char ids[AT_ONCE][UUID_SIZE];
	struct stmt *st;
	int count = 0;
	bool ok;

	/* Without a call to the case there is no list to add to. */
	if (d->calling.id[0] == '\0') {
		return true;
	}
	st = db_query(desk_db(d->desk), &CALLED_BESIDE, TXT(d->c.id), TXT(d->calling.id),
		TXT(desk_me(d->desk)->id));
	while (count < AT_ONCE && stmt_row(st)) {
		stmt_put(ids[count++], UUID_SIZE, st, 0);
	}
	ok = stmt_done(st, err);
	for (int i = 0; ok && i < count; i++) {
		ok = beside(d, ids[i], what, err);
	}
	return ok;
}
