/* now_case.c owns what is to be done on one case, whoever's it is: inside a case
 * NOW speaks of it, unless what runs out elsewhere is mine. */
#include "core/now_case.h"

#include <string.h>

#include "core/all_clear.h"
#include "core/countdown.h"
#include "core/i18n.h"
#include "core/now_decision.h"
#include "core/now_watch.h"
#include "core/point.h"

/* Who works on a case reads the plan first: what the plan asks in its own time
 * (severity, telling) comes up by itself only when the time for it is over. */
#define PATIENCE_MS (15 * 60000LL)
#define HELD_MS (10 * 60000LL)

/* severity, drill */
#define OF_CASE ", COALESCE(c.severity, c.severity_suggested, 0), c.drill "
#define THE_CASE "SELECT c.id, c.number, '', 0, c.title, COALESCE(m.name, ''), c.due_at" \
	OF_CASE "FROM cases c LEFT JOIN member m ON m.id = c.owner_id WHERE c.id = $1 AND "
#define NO_PLAN "NOT EXISTS (SELECT 1 FROM step_instance s WHERE s.case_id = c.id)"
/* A step that somebody has to do; running control steps are none. */
#define OPEN_STEP "s.ended_at IS NULL AND s.state IN ('open', 'started', 'failed')"

/* Mine before others' when both are open. */
SQL(STEP, "tit",
	"SELECT c.id, c.number, s.id, s.n, s.name, COALESCE(m.name, o.name, ''), s.due_at"
	OF_CASE "FROM cases c JOIN step_instance s ON s.case_id = c.id"
	" LEFT JOIN member m ON m.id = s.assignee_id LEFT JOIN member o ON o.id = c.owner_id"
	" WHERE c.id = $1 AND c.is_open = 1 AND " OPEN_STEP " AND s.due_at <= $2"
	" ORDER BY CASE WHEN COALESCE(s.assignee_id, c.owner_id, '') = $3 THEN 0 ELSE 1 END,"
	" s.due_at, s.position LIMIT 1");
SQL(COUNTDOWN, "ti",
	"SELECT c.id, c.number, d.id, d.n, d.label, '', d.ends_at" OF_CASE
	"FROM cases c JOIN countdown d ON d.case_id = c.id"
	" WHERE c.id = $1 AND d.state = 'running' AND d.ends_at < $2 AND c.is_open = 1"
	" AND c.status <> 'recovered' ORDER BY d.ends_at, d.id LIMIT 1");
SQL(DECISION, "ti",
	"SELECT c.id, c.number, d.id, d.n, d.question, d.name, d.until_at" OF_CASE
	"FROM cases c JOIN decision d ON d.case_id = c.id"
	" WHERE c.id = $1 AND d.ended_at IS NULL AND d.until_at < $2 AND c.is_open = 1"
	" ORDER BY d.until_at, d.id LIMIT 1");
SQL(DECIDED, "t",
	"SELECT c.id, c.number, s.id, s.n, s.name, COALESCE(m.name, o.name, ''), s.due_at"
	OF_CASE "FROM cases c JOIN step_instance s ON s.case_id = c.id"
	" LEFT JOIN member m ON m.id = s.assignee_id LEFT JOIN member o ON o.id = c.owner_id"
	" WHERE c.id = $1 AND c.is_open = 1 AND " NOW_STEP_DECIDED
	" ORDER BY s.due_at, s.position LIMIT 1");
/* In a drill too: whoever is inside it plays it. */
SQL(CALLED, "tit",
	"SELECT c.id, c.number, e.id, e.n, c.title, '', t.at" OF_CASE
	"FROM call_turn t JOIN escalation e ON e.id = t.escalation_id"
	" JOIN cases c ON c.id = e.case_id WHERE e.case_id = $1 AND t.at > $2"
	" AND t.member_id = $3 AND t.answer = '' AND t.skipped = '' AND e.subject = 'case'"
	" AND e.state = 'running' AND t.at >= COALESCE(e.ack_at, 0) AND c.is_open = 1"
	" ORDER BY t.at, t.id LIMIT 1");
#define MESSAGE(state) \
	"SELECT c.id, c.number, g.id, 0, g.to_name, g.channel, g.state_at" OF_CASE \
	"FROM cases c JOIN message g ON g.case_id = c.id WHERE c.id = $1" \
	" AND c.is_open = 1 AND g.state = '" state "' AND g.state_at <= $2" \
	" ORDER BY g.position LIMIT 1"
SQL(FAILED, "ti", MESSAGE("failed"));
SQL(HELD, "ti", MESSAGE("held"));
SQL(NEW_CASE, "tt", THE_CASE "c.status = 'new' AND c.is_open = 1"
	" AND COALESCE(c.owner_id, '') <> $2");
SQL(NO_OWNER, "t", THE_CASE "c.owner_id IS NULL AND c.is_open = 1");
SQL(BEGIN, "t", THE_CASE "c.is_open = 1 AND c.status <> 'recovered' AND " NO_PLAN);
SQL(SEVERITY, "ti", THE_CASE "c.is_open = 1 AND c.severity IS NULL"
	" AND (c.opened_at < $2 OR NOT EXISTS (SELECT 1 FROM step_instance s"
	" WHERE s.case_id = c.id AND " OPEN_STEP "))");
SQL(DEADLINE, "tit",
	"SELECT c.id, c.number, d.id, d.n,"
	" CASE WHEN $3 = 'en' AND d.title_en <> '' THEN d.title_en ELSE d.title END,"
	" COALESCE(r.name, d.recipient), d.due_at" OF_CASE
	"FROM cases c JOIN deadline d ON d.case_id = c.id"
	" LEFT JOIN contact r ON r.role = d.recipient"
	" WHERE c.id = $1 AND d.state = 'running' AND d.due_at < $2 AND d.lawful = 1"
	" AND " NOW_NOT_BEHIND_ASK
	" ORDER BY d.due_at, d.id LIMIT 1");
SQL(REPORTABLE, "ti",
	"SELECT c.id, c.number, '', 0, c.title, '', c.reportable_asked_at" OF_CASE
	"FROM cases c WHERE c.id = $1 AND c.is_open = 1 AND c.reportable = 'unknown'"
	" AND c.reportable_asked_at < $2");
#define WAITING(whom, more) \
	"SELECT c.id, c.number, w.id, w.n, w.what, " whom ", w.next_ask_at" OF_CASE \
	"FROM cases c JOIN waiting w ON w.case_id = c.id" \
	" WHERE c.id = $1 AND w.ended_at IS NULL AND w.next_ask_at < $2" more \
	" ORDER BY w.next_ask_at, w.id LIMIT 1"
SQL(RAISE, "ti", WAITING("w.name", " AND w.raise_at <= $2"));
SQL(PROMISE, "ti",
	WAITING("CASE WHEN w.raised_to <> '' THEN w.raised_to ELSE w.name END", ""));
SQL(POINTS, "ti",
	"SELECT c.id, c.number, '', COUNT(*), c.title, '', MIN(p.told_at)" OF_CASE
	"FROM cases c JOIN point p ON p.case_id = c.id"
	" WHERE c.id = $1 AND p.told_at <= $2 AND p.confirmed_at IS NULL AND p.list = ''"
	" AND c.is_open = 1 AND c.status <> 'recovered'"
	" GROUP BY c.id, c.number, c.title, c.severity, c.severity_suggested, c.drill");
SQL(ALL_CLEAR, "t",
	"SELECT c.id, c.number, '', 0, c.title, '', COALESCE(c.recovered_at, c.opened_at)"
	OF_CASE "FROM cases c WHERE c.id = $1 AND c.is_open = 1 AND c.status = 'recovered'"
	" AND " ALL_CLEAR_LEFT_OF_C);
SQL(PAUSED, "t",
	"SELECT c.id, c.number, r.id, r.n, CASE WHEN r.code <> '' THEN r.code ELSE r.name END,"
	" COALESCE(p.name, r.paused_by), r.paused_at" OF_CASE
	"FROM cases c JOIN run r ON r.case_id = c.id LEFT JOIN member p"
	" ON p.login = r.paused_by WHERE c.id = $1 AND r.paused_at IS NOT NULL"
	" AND r.ended_at IS NULL AND c.is_open = 1 ORDER BY r.n LIMIT 1");
SQL(QUICK, "ti",
	"SELECT c.id, c.number, q.id, q.n + 1, c.title, '', q.next_at" OF_CASE
	"FROM cases c JOIN notice q ON q.case_id = c.id"
	" WHERE c.id = $1 AND q.form = 'quick' AND q.next_at < $2 AND c.is_open = 1"
	" ORDER BY q.next_at, q.id LIMIT 1");

/* The order inside a case.  args: n now, a now - ago, x any time, m me, l the
 * language; the case is always the first. */
static const struct {
	enum now_kind kind;
	const struct sql *query;
	const char *args;
	int64_t ago;
} kinds[] = {
	{ NOW_CALLED, &CALLED, "am", 24 * 3600000LL },
	{ NOW_DECISION_ASKED, NULL, "", 0 }, /* now_decision.c */
	{ NOW_COUNTDOWN, &COUNTDOWN, "a", -COUNTDOWN_LOW_MS },
	{ NOW_DECISION_OVER, &DECISION, "n", 0 },
	{ NOW_DECIDED, &DECIDED, "", 0 },
	{ NOW_MESSAGE_FAILED, &FAILED, "x", 0 },
	{ NOW_UNACKNOWLEDGED, &NEW_CASE, "m", 0 },
	{ NOW_NO_OWNER, &NO_OWNER, "", 0 },
	{ NOW_BEGIN_PLAN, &BEGIN, "", 0 },
	{ NOW_DEADLINE_LATE, &DEADLINE, "al", -NOW_DEADLINE_MS },
	{ NOW_PROMISE_RAISE, &RAISE, "n", 0 },
	{ NOW_PROMISE_OVER, &PROMISE, "n", 0 },
	{ NOW_SEVERITY, &SEVERITY, "a", PATIENCE_MS },
	{ NOW_MY_LATE, &STEP, "am", 1 },
	{ NOW_REPORTABLE_ASK, &REPORTABLE, "a", NOW_ASK_MS },
	{ NOW_MY_SOON, &STEP, "am", -HELD_MS }, /* before a proposal that waits */
	{ NOW_MESSAGE_HELD, &HELD, "a", HELD_MS },
	{ NOW_POINTS_UNCONFIRMED, &POINTS, "a", POINT_CONFIRM_MS },
	{ NOW_QUICK_DUE, &QUICK, "a", -NOW_QUICK_MS },
	{ NOW_ALL_CLEAR_LEFT, &ALL_CLEAR, "", 0 },
	{ NOW_MY_SOON, &STEP, "am", -NOW_SOON_MS },
	{ NOW_RUN_PAUSED, &PAUSED, "", 0 },
	{ NOW_MESSAGE_HELD, &HELD, "x", 0 },
	{ NOW_MY_NEXT, &STEP, "xm", 0 },
};

static struct stmt *
query(size_t i, struct desk *desk, const char *case_id)
{
	struct arg args[4] = { TXT(case_id), NOARGS };
	int count = 1;

	for (const char *c = kinds[i].args; *c != '\0' && count < 3; c++) {
		args[count++] = *c == 'm' ? TXT(desk_me(desk)->id)
			: *c == 'l' ? TXT(i18n_language())
			: I64(*c == 'x' ? INT64_MAX : desk_now(desk) - kinds[i].ago);
		args[count] = NOARGS;
	}
	return db_query_args(desk_db(desk), kinds[i].query, args);
}

static bool
look(struct now *out, size_t i, struct desk *desk, const char *case_id, struct error *err)
{
	struct stmt *st;

	if (kinds[i].query == NULL) {
		return now_decision_find(out, desk, case_id, err);
	}
	st = query(i, desk, case_id);
	if (stmt_row(st)) {
		now_read(out, kinds[i].kind, st);
	}
	return stmt_done(st, err);
}

bool
now_find_case(struct now *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	*out = (struct now){ .due = NO_DUE };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && out->kind == NOW_NOTHING; i++) {
		if (!look(out, i, desk, case_id, err)) {
			return false;
		}
	}
	if (out->kind == NOW_MY_LATE && out->severity >= 3) {
		out->kind = NOW_MY_LATE_URGENT;
	}
	return true;
}

static int
place_of(enum now_kind kind)
{
	int i = 0;

	while (now_order[i] != NOW_NOTHING && now_order[i] != kind) {
		i++;
	}
	return i;
}

static bool
is_step(const struct now *now)
{
	return now->kind == NOW_MY_LATE_URGENT || now->kind == NOW_MY_LATE ||
		now->kind == NOW_MY_SOON || now->kind == NOW_MY_NEXT;
}

/* What of mine may interrupt where I am: it is late, and nobody else will do it. */
static bool
interrupts(const struct now *elsewhere)
{
	return elsewhere->kind == NOW_COUNTDOWN || elsewhere->kind == NOW_CALLED ||
		elsewhere->kind == NOW_DECISION_ASKED ||
		elsewhere->kind == NOW_DECISION_OVER ||
		elsewhere->kind == NOW_MY_LATE_URGENT || elsewhere->kind == NOW_MY_LATE;
}

const struct now *
now_in_case(const struct now *here, const struct now *anywhere)
{
	if (here->kind == NOW_NOTHING) {
		return anywhere;
	}
	if (strcmp(here->case_id, anywhere->case_id) == 0) {
		/* Of two steps the one that is put on me; and who was put on one works on
		 * the case, taken on or not. */
		return is_step(anywhere) && (is_step(here) || here->kind == NOW_UNACKNOWLEDGED)
			? anywhere : here;
	}
	return interrupts(anywhere) && place_of(anywhere->kind) < place_of(here->kind)
		? anywhere : here;
}
