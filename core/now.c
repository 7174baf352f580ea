/* now.c owns the NOW line: what waits for this member, most urgent first.  The
 * order is the table now_order[]; each kind is one query by an index. */
#include "core/now.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty_gaps.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/now_decision.h"
#include "core/now_engine.h"
#include "core/now_watch.h"
#include "core/when.h"

/* What runs out, and who waits for a word of mine; then what nobody has; then what
 * the law and others were promised; then work in the order in which it was due.
 * A message that a rule proposed is late for nobody: it stands before what has time. */
const enum now_kind now_order[] = {
	NOW_COUNTDOWN,          /* minutes that nobody gives back */
	NOW_CALLED,             /* one key, and nobody else is woken */
	NOW_MY_LATE_URGENT,     /* late, mine, and serious */
	NOW_DECISION_ASKED,     /* others wait for a word of mine */
	NOW_DECISION_OVER,      /* an order did not come: the plan stands still */
	NOW_DECIDED,            /* it came, or was taken by authority: the plan goes on */
	NOW_MESSAGE_FAILED,     /* somebody believes to be told and is not */
	NOW_TIN_WAITING,        /* a caller sits at the telephone */
	NOW_UNHANDLED,          /* nobody looks at it, and nobody is called any more */
	NOW_UNACKNOWLEDGED,     /* nobody looks at it */
	NOW_NO_OWNER,           /* nobody will do it */
	NOW_SEVERITY,           /* order and alerts go by it */
	NOW_BEGIN_PLAN,         /* there is no step that could be late */
	NOW_DEADLINE_LATE,      /* the law's own clock */
	NOW_REPORTABLE_ASK,     /* decides whether the law's clock runs */
	NOW_PROMISE_RAISE,      /* a promise broken for long: one level up */
	NOW_PROMISE_OVER,       /* who promised does not ring by himself */
	NOW_MY_LATE,            /* late and mine */
	NOW_POINTS_UNCONFIRMED, /* told, and perhaps not read */
	NOW_OTHERS_LATE,        /* late and somebody else's */
	NOW_CALLED_FOR,         /* somebody else's, and he does not answer */
	NOW_HANDOVER_SIGN,      /* until then the giver cannot go */
	NOW_DUTY_GAP,           /* tonight nobody would be called */
	NOW_NO_ENGINE,          /* what was released does not leave */
	NOW_ENGINE_ILL,         /* the next call or message may not leave */
	NOW_NO_RULES,           /* no case calls anybody */
	NOW_NO_BACKUP,          /* the desk itself is in danger */
	NOW_ALL_CLEAR_LEFT,     /* over, and some do not know it */
	NOW_QUICK_DUE,          /* was announced for this time */
	NOW_TIN_NEW,            /* reported, and nobody has looked at it */
	NOW_MY_SOON,            /* mine, and soon late */
	NOW_NO_CHANNEL,         /* it does not leave, and not from here */
	NOW_MESSAGE_HELD,       /* proposed: a word of mine, and it goes or is dropped */
	NOW_RUN_PAUSED,         /* its steps have no time to be late by: easily forgotten */
	NOW_OTHERS_PAUSED,      /* and so have those who forgot it */
	NOW_HOLIDAYS,           /* housekeeping of the year: by day */
	NOW_OBLIGATION,         /* duties of weeks and months: by day */
	NOW_MY_NEXT,            /* mine, and has time */
	NOW_CALLED_IN_DRILL,    /* when nothing real waits */
	NOW_NOTHING,
};

/* case, number, item, n, what, who, due, severity, drill */
#define CASE_PART ", COALESCE(c.severity, c.severity_suggested, 0), c.drill, c.rank "

/* A step that somebody has to do; running control steps are none. */
#define OPEN_WORK \
	" AND s.ended_at IS NULL AND s.state IN ('open', 'started', 'failed')"

/* What is put on me, what nobody was put on in my cases, my tasks: due by $2, of
 * rank up to $3. */
SQL(MINE, "tiii",
	"SELECT * FROM (SELECT s.case_id, c.number, s.id, s.n, s.name, m.name, s.due_at"
	CASE_PART "FROM step_instance s JOIN cases c ON c.id = s.case_id"
	" JOIN member m ON m.id = s.assignee_id"
	" WHERE s.assignee_id = $1" OPEN_WORK
	" AND s.due_at <= $2 AND c.rank <= $3 AND c.drill = $4"
	" ORDER BY s.due_at, s.id LIMIT 20) AS put_on_me"
	" UNION ALL SELECT * FROM (SELECT s.case_id, c.number, s.id, s.n, s.name, m.name,"
	" s.due_at" CASE_PART "FROM cases c JOIN step_instance s ON s.case_id = c.id"
	" JOIN member m ON m.id = c.owner_id"
	" WHERE c.owner_id = $1 AND c.is_open = 1 AND c.due_at <= $2"
	" AND s.assignee_id IS NULL" OPEN_WORK
	" AND s.due_at <= $2 AND c.rank <= $3 AND c.drill = $4"
	" ORDER BY c.due_at, c.rank, c.id LIMIT 20) AS of_my_cases"
	" UNION ALL SELECT * FROM (SELECT t.case_id, c.number, t.id, 0, t.title, m.name,"
	" t.due_at" CASE_PART "FROM task t JOIN cases c ON c.id = t.case_id"
	" JOIN member m ON m.id = t.assignee_id"
	" WHERE t.assignee_id = $1 AND t.state = 'open' AND t.due_at <= $2"
	" AND c.rank <= $3 AND c.drill = $4 ORDER BY t.due_at, t.id LIMIT 20) AS my_tasks");

SQL(MESSAGE_STUCK, "tt",
	"SELECT c.id, c.number, g.id, 0, g.to_name, g.channel, g.state_at" CASE_PART
	"FROM cases c JOIN message g ON g.case_id = c.id"
	" WHERE c.owner_id = $1 AND c.is_open = 1 AND g.state = $2"
	" ORDER BY c.rank, g.position LIMIT 1");

#define OF_CASE \
	"SELECT c.id, c.number, '', c.next_n, c.title, COALESCE(m.name, ''), c.due_at" \
	CASE_PART "FROM cases c LEFT JOIN member m ON m.id = c.owner_id WHERE "

SQL(UNACKNOWLEDGED, "i",
	OF_CASE "c.status = 'new' AND c.is_open = 1 AND c.drill = 0 AND c.opened_at < $1"
	" ORDER BY c.opened_at LIMIT 1");
SQL(NO_OWNER, "",
	OF_CASE "c.is_open = 1 AND c.owner_id IS NULL AND c.drill = 0"
	" ORDER BY c.due_at, c.rank, c.id LIMIT 1");
SQL(UNDECIDED_MINE, "t",
	OF_CASE "c.is_open = 1 AND c.owner_id = $1 AND c.severity IS NULL AND c.drill = 0"
	" ORDER BY c.due_at, c.rank, c.id LIMIT 1");
SQL(OTHERS_LATE, "it",
	"SELECT c.id, c.number, '', c.next_n, c.next_step, COALESCE(m.name, ''), c.due_at"
	CASE_PART "FROM cases c LEFT JOIN member m ON m.id = c.owner_id"
	" WHERE c.is_open = 1 AND c.due_at < $1 AND c.drill = 0"
	" AND COALESCE(c.owner_id, '') <> $2 ORDER BY c.due_at, c.rank, c.id LIMIT 1");
SQL(OLD_BACKUP, "i",
	"SELECT '', '', '', 0, '', '', COALESCE((SELECT f.at FROM local_fact f"
	" WHERE f.name = 'backup'), e.recorded_at), 0, 0, 0 FROM event e"
	" WHERE e.seq = 1 AND COALESCE((SELECT f.at FROM local_fact f"
	" WHERE f.name = 'backup'), e.recorded_at) < $1");
static void
copy(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text != NULL ? text : "");
}

void
now_short_number(char *out, size_t size, const char *number)
{
	const char *digits = number != NULL ? strrchr(number, '-') : NULL;

	if (digits == NULL) {
		copy(out, size, number);
		return;
	}
	digits++;
	snprintf(out, size, "%.*s%s", (int)(digits - number), number,
		digits + (strspn(digits, "0") < strlen(digits) ? strspn(digits, "0") : 0));
}

void
now_read(struct now *out, enum now_kind kind, struct stmt *st)
{
	*out = (struct now){ .kind = kind };
	copy(out->case_id, sizeof(out->case_id), stmt_text(st, 0));
	now_short_number(out->number, sizeof(out->number), stmt_text(st, 1));
	copy(out->item, sizeof(out->item), stmt_text(st, 2));
	out->n = (int)stmt_int(st, 3);
	copy(out->what, sizeof(out->what), stmt_text(st, 4));
	copy(out->who, sizeof(out->who), stmt_text(st, 5));
	out->due = stmt_int(st, 6);
	out->severity = (int)stmt_int(st, 7);
	out->drill = stmt_int(st, 8) != 0;
}

/* The first row, if there is one, is the thing. */
static bool
take(struct now *out, enum now_kind kind, struct stmt *st, struct error *err)
{
	if (stmt_row(st)) {
		now_read(out, kind, st);
	}
	return stmt_done(st, err);
}

/* Late work: the most serious first, then the latest; else the next due. */
static bool
comes_before(const struct now *a, const struct now *b)
{
	bool late = a->kind == NOW_MY_LATE_URGENT || a->kind == NOW_MY_LATE;

	if (b->kind == NOW_NOTHING) {
		return true;
	}
	if (late && a->severity != b->severity) {
		return a->severity > b->severity;
	}
	return a->due != b->due ? a->due < b->due : strcmp(a->item, b->item) < 0;
}

static bool
mine(struct now *out, struct desk *desk, enum now_kind kind, bool drill,
	struct error *err)
{
	int64_t by = kind == NOW_MY_NEXT ? INT64_MAX
		: kind == NOW_MY_SOON ? desk_now(desk) + NOW_SOON_MS : desk_now(desk) - 1;
	int64_t rank = kind == NOW_MY_LATE_URGENT ? 10 - 3 : 10;
	struct stmt *st = db_query(desk_db(desk), &MINE, TXT(desk_me(desk)->id), I64(by),
		I64(rank), I64(drill));

	while (stmt_row(st)) {
		struct now one;

		now_read(&one, kind, st);
		if (comes_before(&one, out)) {
			*out = one;
		}
	}
	return stmt_done(st, err);
}

/* A desk that keeps no roster is not asked for one. */
static bool
find_gap(struct now *out, struct desk *desk, struct error *err)
{
	int64_t now = desk_now(desk);
	struct duty_gap gap;

	if (!duty_next_gap(desk, now, now + NOW_DUTY_MS, &gap, err)) {
		return false;
	}
	if (gap.text != NULL) {
		*out = (struct now){ .kind = NOW_DUTY_GAP, .due = gap.from, .count = 1 };
		(void)snprintf(out->what, sizeof out->what, "%s", gap.text);
		free(gap.text);
	}
	return true;
}

static bool
find_kind(struct now *out, struct desk *desk, enum now_kind kind, struct error *err)
{
	struct db *db = desk_db(desk);
	const struct actor *me = desk_me(desk);
	const struct now_watch *row = now_watch_of(kind);
	int64_t now = desk_now(desk);

	if (kind == NOW_DECISION_ASKED) {
		return now_decision_find(out, desk, NULL, err);
	}
	if (row != NULL) {
		return me->role < row->least || take(out, kind, now_watch_query(row, desk), err);
	}
	switch (kind) {
	case NOW_MY_LATE_URGENT:
	case NOW_MY_LATE:
	case NOW_MY_SOON:
	case NOW_MY_NEXT:
		return mine(out, desk, kind, false, err);
	case NOW_MESSAGE_FAILED:
		return take(out, kind, db_query(db, &MESSAGE_STUCK, TXT(me->id),
			TXT("failed")), err);
	case NOW_MESSAGE_HELD:
		return take(out, kind, db_query(db, &MESSAGE_STUCK, TXT(me->id),
			TXT("held")), err);
	case NOW_UNACKNOWLEDGED:
		return take(out, kind, db_query(db, &UNACKNOWLEDGED,
			I64(now - NOW_ACK_LIMIT_MS)), err);
	case NOW_NO_OWNER:
		return take(out, kind, db_query(db, &NO_OWNER, NOARGS), err);
	case NOW_SEVERITY:
		return take(out, kind, db_query(db, &UNDECIDED_MINE, TXT(me->id)), err);
	case NOW_OTHERS_LATE:
		return me->role < ROLE_COORDINATOR || take(out, kind,
			db_query(db, &OTHERS_LATE, I64(now), TXT(me->id)), err);
	case NOW_DUTY_GAP:
		return me->role < ROLE_COORDINATOR || find_gap(out, desk, err);
	case NOW_NO_BACKUP:
		return me->role < ROLE_COORDINATOR || take(out, kind,
			db_query(db, &OLD_BACKUP, I64(now - NOW_BACKUP_MS)), err);
	default: /* of the engine; or only inside a case */
		break;
	}
	return now_engine_find(out, desk, kind, err);
}

bool
now_find(struct now *out, struct desk *desk, struct error *err)
{
	*out = (struct now){ .due = NO_DUE };
	/* A viewer is told nothing to do. */
	if (desk_me(desk)->role < ROLE_RESPONDER) {
		return true;
	}
	for (int i = 0; now_order[i] != NOW_NOTHING && out->kind == NOW_NOTHING; i++) {
		if (!find_kind(out, desk, now_order[i], err)) {
			return false;
		}
	}
	/* A drill's work is shown only when nothing real waits. */
	return out->kind != NOW_NOTHING || mine(out, desk, NOW_MY_NEXT, true, err);
}

/* "12" of a step, nothing where there is no number. */
static char *
step_text(const struct now *now, int64_t now_ms)
{
	char due[32];
	const char *mark = now->drill ? _("[drill] ") : "";

	when_due(due, now->due, now_ms, i18n_language());
	if (now->number[0] == '\0' && now->n != 0) { /* on the case's own screen */
		return xasprintf(_("%sstep %d \"%s\" %s"), mark, now->n, now->what,
			now->due == NO_DUE ? "" : due);
	}
	if (now->due == NO_DUE && now->n != 0) {
		return xasprintf("%s%s %d \"%s\"", mark, now->number, now->n, now->what);
	}
	if (now->n == 0) { /* a task, added by hand */
		return xasprintf("%s%s%s\"%s\" %s", mark, now->number,
			now->number[0] == '\0' ? "" : " ", now->what, due);
	}
	return xasprintf(_("%s%s step %d \"%s\" %s"), mark, now->number, now->n,
		now->what, due);
}

char *
now_text(const struct now *now, int64_t now_ms)
{
	const struct now_watch *row = now_watch_of(now->kind);
	char span[WHEN_SHORT_SIZE];

	if (row != NULL) {
		return now_watch_text(row, now, now_ms);
	}
	when_span(span, now->due < now_ms ? now_ms - now->due : 0, i18n_language());
	switch (now->kind) {
	case NOW_MY_LATE_URGENT:
	case NOW_MY_LATE:
	case NOW_MY_SOON:
	case NOW_MY_NEXT:
		return step_text(now, now_ms);
	case NOW_OTHERS_LATE: {
		char *step = step_text(now, now_ms);
		char *text = xasprintf("%s (%s)", step,
			now->who[0] != '\0' ? now->who : _("NOBODY"));

		free(step);
		return text;
	}
	case NOW_MESSAGE_FAILED:
		return xasprintf(_("%s: the message to %s FAILED: try another way"),
			now->number, now->what);
	case NOW_MESSAGE_HELD:
		/* No program may send it: a person calls or writes. */
		return xasprintf(strcmp(now->who, "hand") == 0
			? _("%s: %s is still to be told by hand: call, then record it")
			: _("%s: release the message to %s, or record it as told"),
			now->number, now->what);
	case NOW_UNACKNOWLEDGED:
		return xasprintf(_("Take %s on: nobody has yet. %s"), now->number, now->what);
	case NOW_NO_OWNER:
		return xasprintf(_("Give %s an owner: %s"), now->number, now->what);
	case NOW_SEVERITY:
		return xasprintf(_("Decide the severity of %s: %s"), now->number, now->what);
	case NOW_BEGIN_PLAN:
		return xasprintf(_("%s has no plan yet: begin one: %s"), now->number, now->what);
	case NOW_DUTY_GAP: {
		char due[32];

		when_due(due, now->due, now_ms, i18n_language());
		return now->due <= now_ms ? xasprintf(_("Duty roster, now: %s"), now->what)
			: xasprintf(_("Duty roster, %s: %s"), due, now->what);
	}
	case NOW_NO_BACKUP:
		return xasprintf(_("No backup for %s: run suco backup"), span);
	default:
		break;
	}
	return now_engine_text(now, now_ms);
}

/* The case's number and title stand on the same screen: what to do, no more. */
char *
now_text_here(const struct now *now, int64_t now_ms)
{
	const struct now_watch *row = now_watch_of(now->kind);
	struct now bare = *now;

	bare.number[0] = '\0';
	if (row != NULL) {
		return now_watch_text(row, row->here != NULL ? &bare : now, now_ms);
	}
	switch (now->kind) {
	case NOW_MY_LATE_URGENT:
	case NOW_MY_LATE:
	case NOW_MY_SOON:
	case NOW_MY_NEXT:
		return step_text(&bare, now_ms);
	case NOW_MESSAGE_FAILED:
		return xasprintf(_("The message to %s FAILED: try another way"), now->what);
	case NOW_MESSAGE_HELD:
		return xasprintf(strcmp(now->who, "hand") == 0
			? _("%s is still to be told by hand: call, then record it")
			: _("Release the message to %s, or record it as told"), now->what);
	case NOW_UNACKNOWLEDGED:
		return xstrdup(_("Take it on: nobody has yet"));
	case NOW_NO_OWNER:
		return xstrdup(_("Give it an owner"));
	case NOW_SEVERITY:
		return xstrdup(_("Decide the severity"));
	case NOW_BEGIN_PLAN:
		return xstrdup(_("No plan yet: begin one"));
	default:
		break;
	}
	return now_text(now, now_ms);
}

static const char *const reasons[NOW_KINDS] = {
	[NOW_NOTHING] = N_("No open work is yours and nothing is late."),
	[NOW_MY_LATE_URGENT] = N_("Late work of yours on a serious case comes before"
		" all other work."),
	[NOW_MESSAGE_FAILED] = N_("Somebody of your case was not told: send it again, or"
		" tell him by telephone and record it."),
	[NOW_MESSAGE_HELD] = N_("A message that a rule proposed leaves only when a person"
		" releases it."),
	[NOW_UNACKNOWLEDGED] = N_("A new case should be taken on within 30 minutes."),
	[NOW_NO_OWNER] = N_("Without an owner nobody is asked and nobody acts."),
	[NOW_SEVERITY] = N_("Until somebody decides, order and alerts go by the"
		" suggestion of the rules."),
	[NOW_BEGIN_PLAN] = N_("Without a plan nobody has a step: take one that fits, or"
		" add a task."),
	[NOW_MY_LATE] = N_("Work of yours is past its due time."),
	[NOW_OTHERS_LATE] = N_("A coordinator sees the late work of others: ask, help, or"
		" hand it to somebody else."),
	[NOW_DUTY_GAP] = N_("Within a day somebody who is on the roster is away, or nobody"
		" is on it: put somebody there while there is time (`suco duty gaps`)."),
	[NOW_NO_BACKUP] = N_("The desk should be copied every night."),
	[NOW_MY_SOON] = N_("Work of yours is due within 30 minutes."),
	[NOW_MY_NEXT] = N_("This is your next open work."),
};

char *
now_why(const struct now *now)
{
	const struct now_watch *row = now_watch_of(now->kind);
	const char *why = row != NULL ? row->why
		: reasons[now->kind] != NULL ? reasons[now->kind] : now_engine_why(now->kind);

	return xstrdup(_(why != NULL ? why : reasons[NOW_NOTHING]));
}
