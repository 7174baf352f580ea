/* escalate_due.c counts the calls that are due while no engine makes them: what
 * waits in a running escalation, and what should have begun.  By indexes, and no
 * further than a screen can say: every screen asks at each refresh. */
#include <string.h>

#include "core/columns.h"
#include "core/escalate_private.h"

#define MOST ESCALATE_DUE_MOST
#define EXAMINED 20 /* of each kind; what follows them is like them */

/* One whose case was taken on meanwhile only waits to be ended. */
SQL(DUE_RUNNING, "ii",
	"SELECT e.next_at FROM escalation e JOIN cases c ON c.id = e.case_id"
	" WHERE e.state = 'running' AND e.next_at <= $1 AND c.is_open = 1"
	" AND (e.subject <> 'case' OR c.status = 'new' OR e.ack_at IS NOT NULL)"
	" AND (e.subject <> 'step' OR EXISTS (SELECT 1 FROM step_instance s"
	" WHERE s.id = e.ref AND s.ended_at IS NULL))"
	" AND (e.subject <> 'deadline' OR EXISTS (SELECT 1 FROM deadline d"
	" WHERE d.id = e.ref AND d.state = 'running'))"
	" ORDER BY e.next_at LIMIT $2");
/* Who took it has written nothing for as long as his answer lasts. */
SQL(DUE_SILENT, "ii",
	"SELECT e.ack_until FROM escalation e JOIN cases c ON c.id = e.case_id"
	" WHERE e.state = 'answered' AND e.ack_until <= $1 AND c.is_open = 1"
	" AND c.status NOT IN ('contained', 'recovered') AND NOT EXISTS (SELECT 1 FROM event v"
	" WHERE v.case_id = e.case_id AND (v.actor IN (e.ack_by, COALESCE(c.owner_id, ''))"
	" OR v.kind IN " ESCALATE_WORK ") AND v.recorded_at > $1 - (e.ack_until - e.ack_at))"
	" ORDER BY e.ack_until LIMIT $2");
#define NONE(ref) " AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ref = " ref \
	" AND e.ref <> '' AND e.state <> 'ended')"
SQL(DUE_CASES, "ii",
	"SELECT c.id, c.id, c.opened_at FROM cases c WHERE c.is_open = 1 AND c.status = 'new'"
	" AND c.drill = 0 AND c.opened_at <= $1" NONE("c.id")
	" ORDER BY c.opened_at LIMIT $2");
/* cases.due_at is that of its earliest work. */
SQL(DUE_STEPS, "ii",
	"SELECT s.id, c.id, s.due_at FROM cases c CROSS JOIN step_instance s"
	" JOIN run r ON r.id = s.run_id WHERE s.case_id = c.id AND c.is_open = 1"
	" AND c.drill = 0 AND c.due_at <= $1 AND s.ended_at IS NULL AND s.due_at <= $1"
	" AND s.type = 'action' AND r.ended_at IS NULL AND r.paused_at IS NULL"
	" AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ref = s.id AND e.ref <> ''"
	" AND (e.state <> 'ended' OR e.ended_at >= s.due_at))"
	" ORDER BY c.due_at, s.due_at LIMIT $2");
SQL(DUE_CLOCKS, "ii",
	"SELECT d.id, c.id, d.due_at FROM deadline d CROSS JOIN cases c"
	" WHERE c.id = d.case_id AND d.state = 'running' AND d.lawful = 1 AND d.due_at <= $1"
	" AND c.is_open = 1 AND c.drill = 0" NONE("d.id") " ORDER BY d.due_at, d.id LIMIT $2");

static void
note(struct escalate_due *out, int64_t count, int64_t since)
{
	out->count += count;
	if (count > 0 && (out->since == 0 || since < out->since)) {
		out->since = since;
	}
}

static bool
add_there(struct escalate_due *out, struct desk *desk, const struct sql *query,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), query, I64(desk_now(desk)), I64(MOST));

	while (stmt_row(st)) {
		note(out, 1, stmt_int(st, 0));
	}
	return stmt_done(st, err);
}

struct candidate {
	char ref[UUID_SIZE], case_id[UUID_SIZE];
};

/* What would begin, if somebody asked now: by the rules in force. */
static bool
add_new(struct escalate_due *out, struct desk *desk, const char *subject,
	const struct sql *query, int64_t before, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), query, I64(desk_now(desk) + before),
		I64(MOST));
	struct candidate first[EXAMINED];
	int count = 0;
	int found = 0;
	bool ok;

	while (stmt_row(st)) {
		if (count < EXAMINED) {
			stmt_put(first[count].ref, UUID_SIZE, st, 0);
			stmt_put(first[count].case_id, UUID_SIZE, st, 1);
		}
		count++;
	}
	ok = stmt_done(st, err);
	for (int i = 0; ok && i < count && i < EXAMINED; i++) {
		int64_t since = 0;
		bool wants = false;

		ok = escalate_would_begin(desk, subject, first[i].ref, first[i].case_id, &since,
			&wants, err);
		note(out, wants, since);
		found += wants;
	}
	out->count += found > 0 && count > EXAMINED ? count - EXAMINED : 0;
	return ok;
}

bool
escalate_due(struct escalate_due *out, struct desk *desk, struct error *err)
{
	int64_t before = 0;
	bool ok;

	*out = (struct escalate_due){ 0 };
	ok = add_there(out, desk, &DUE_RUNNING, err) &&
		add_there(out, desk, &DUE_SILENT, err) &&
		add_new(out, desk, "case", &DUE_CASES, 0, err) &&
		add_new(out, desk, "step", &DUE_STEPS, 0, err) &&
		policy_longest_before(desk, &before, err) &&
		add_new(out, desk, "deadline", &DUE_CLOCKS, before, err);
	out->count = out->count > MOST ? MOST : out->count;
	return ok;
}
