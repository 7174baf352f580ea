/* now_watch.c owns the table of what the watch is asked to do beside steps and
 * messages: promises, orders, clocks, reports of callers. */
#include "core/now_watch.h"

#include <stdio.h>
#include <string.h>

#include "core/all_clear.h"
#include "core/buf.h"
#include "core/countdown.h"
#include "core/deadline.h"
#include "core/i18n.h"
#include "core/point.h"
#include "core/when.h"

/* May the member $1 decide for all? */
#define I_COORDINATE "EXISTS (SELECT 1 FROM member m WHERE m.id = $1" \
	" AND m.role IN ('coordinator', 'admin'))"

/* The end of every row: severity, drill, as now.c reads them. */
#define OF_CASE ", COALESCE(c.severity, c.severity_suggested, 0), c.drill"

/* Whose is it: mine, of my case, or of a case that nobody has; a merged case is
 * worked by who owns the one that it went into. */
#define MINE_OR_NOBODYS(column, more) \
	" AND (" column " = $1 OR c.owner_id = $1 OR c.owner_id IS NULL OR EXISTS" \
	" (SELECT 1 FROM cases t WHERE t.id = c.merged_into AND t.owner_id = $1)" more ")"

/* CROSS JOIN: what is due leads, and the case is looked up; left to itself the
 * planner begins with all cases that are no drill. */
SQL(DECISION_OVER, "ti",
	"SELECT d.case_id, c.number, d.id, d.n, d.question, d.name, d.until_at" OF_CASE
	" FROM decision d CROSS JOIN cases c"
	" WHERE c.id = d.case_id AND d.ended_at IS NULL AND d.until_at < $2"
	" AND (c.is_open = 1 OR c.status = 'merged') AND c.drill = 0"
	MINE_OR_NOBODYS("d.asked_by", "") " ORDER BY d.until_at, d.id LIMIT 1");
/* Put on me, or of my cases: the plan stands still until somebody does it. */
SQL(DECIDED, "t",
	"SELECT * FROM (SELECT s.case_id, c.number, s.id, s.n, s.name, m.name, s.due_at"
	OF_CASE " FROM step_instance s JOIN cases c ON c.id = s.case_id"
	" JOIN member m ON m.id = s.assignee_id WHERE s.assignee_id = $1"
	" AND c.is_open = 1 AND c.drill = 0 AND " NOW_STEP_DECIDED
	" ORDER BY s.due_at, s.id LIMIT 1) AS put_on_me"
	" UNION ALL SELECT * FROM (SELECT s.case_id, c.number, s.id, s.n, s.name, m.name,"
	" s.due_at" OF_CASE " FROM cases c JOIN step_instance s ON s.case_id = c.id"
	" JOIN member m ON m.id = c.owner_id WHERE c.owner_id = $1 AND c.is_open = 1"
	" AND c.drill = 0 AND " NOW_STEP_DECIDED
	" ORDER BY s.due_at, s.id LIMIT 1) AS of_my_cases");
/* Of my cases, or where a step that I was put on stands still with it. */
#define PAUSED_RUN "SELECT r.case_id, c.number, r.id, r.n," \
	" CASE WHEN r.code <> '' THEN r.code ELSE r.name END, COALESCE(p.name, r.paused_by)," \
	" r.paused_at" OF_CASE
#define PAUSED_FOR_LONG " LEFT JOIN member p ON p.login = r.paused_by" \
	" WHERE r.paused_at < $2 AND r.ended_at IS NULL AND c.is_open = 1 AND +c.drill = 0"
SQL(RUN_PAUSED, "ti",
	"SELECT * FROM (" PAUSED_RUN " FROM cases c JOIN run r ON r.case_id = c.id"
	PAUSED_FOR_LONG " AND c.owner_id = $1 ORDER BY r.paused_at, r.id LIMIT 1) AS of_my_cases"
	" UNION ALL SELECT * FROM (" PAUSED_RUN " FROM step_instance s"
	" JOIN run r ON r.id = s.run_id JOIN cases c ON c.id = r.case_id"
	PAUSED_FOR_LONG " AND s.assignee_id = $1 AND s.ended_at IS NULL"
	" ORDER BY r.paused_at, r.id LIMIT 1) AS put_on_me");
/* Of all open cases, by their own index: asked last of all, where little is open. */
SQL(OTHERS_PAUSED, "i",
	PAUSED_RUN " FROM cases c CROSS JOIN run r LEFT JOIN member p ON p.login = r.paused_by"
	" WHERE c.is_open = 1 AND c.drill = 0 AND r.case_id = c.id AND r.paused_at < $1"
	" AND r.ended_at IS NULL ORDER BY r.paused_at, r.id LIMIT 1");
/* Who works on the case: an open step or task of it is put on him. */
#define WORKED_BY_ME \
	"EXISTS (SELECT 1 FROM step_instance s WHERE s.case_id = c.id" \
	" AND s.assignee_id = $1 AND s.ended_at IS NULL) OR EXISTS (SELECT 1 FROM task t" \
	" WHERE t.case_id = c.id AND t.assignee_id = $1 AND t.state = 'open')"
/* What waits outside and must be asked or raised by now, of all who work on the
 * case; it may have been merged, its promises stay. */
#define WAITING_NOW(whom, more) \
	"SELECT w.case_id, c.number, w.id, w.n, w.what, " whom ", w.next_ask_at" OF_CASE \
	" FROM waiting w CROSS JOIN cases c" \
	" WHERE c.id = w.case_id AND w.ended_at IS NULL AND w.next_ask_at < $2" \
	" AND (c.is_open = 1 OR c.status = 'merged') AND c.drill = 0" \
	MINE_OR_NOBODYS("w.owner_id", " OR " WORKED_BY_ME) more \
	" ORDER BY w.next_ask_at, w.id LIMIT 1"
SQL(PROMISE_RAISE, "ti", WAITING_NOW("w.name", " AND w.raise_at <= $2"));
SQL(PROMISE_OVER, "ti", WAITING_NOW(
	"CASE WHEN w.raised_to <> '' THEN w.raised_to ELSE w.name END", ""));

SQL(HANDOVER_SIGN, "t",
	"SELECT '', '', h.id, h.n, h.giver, h.giver, h.given_at, 0, 0 FROM handover h"
	" WHERE h.state = 'given' AND h.taker_id = $1 LIMIT 1");
/* What runs out is everybody's who works on the case. */
SQL(COUNTDOWN, "ti",
	"SELECT d.case_id, c.number, d.id, d.n, d.label, '', d.ends_at" OF_CASE
	" FROM countdown d CROSS JOIN cases c"
	" LEFT JOIN cases t ON t.id = c.merged_into"
	" WHERE c.id = d.case_id AND d.state = 'running' AND d.ends_at < $2"
	" AND COALESCE(t.is_open, c.is_open) = 1"
	" AND COALESCE(t.status, c.status) <> 'recovered' AND c.drill = 0"
	" AND (c.owner_id = $1 OR c.owner_id IS NULL OR t.owner_id = $1 OR EXISTS (SELECT 1"
	" FROM step_instance s WHERE s.case_id = c.id AND s.assignee_id = $1"
	" AND s.ended_at IS NULL)) ORDER BY d.ends_at, d.id LIMIT 1");
SQL(QUICK_DUE, "ti",
	"SELECT q.case_id, c.number, q.id, q.n + 1, c.title, '', q.next_at" OF_CASE
	" FROM notice q CROSS JOIN cases c"
	" WHERE c.id = q.case_id AND q.form = 'quick' AND q.next_at < $2"
	" AND c.is_open = 1 AND c.drill = 0"
	" AND (c.owner_id = $1 OR c.owner_id IS NULL)"
	" ORDER BY q.next_at, q.id LIMIT 1");
SQL(OBLIGATION, "it",
	"SELECT '', '', o.id, 0,"
	" CASE WHEN $2 = 'en' AND o.title_en <> '' THEN o.title_en ELSE o.title END,"
	" '', o.due_at, 0, 0 FROM obligation o"
	" WHERE o.result <> 'done' AND o.remind_at < $1 ORDER BY o.due_at, o.id LIMIT 1");

/* Nobody took it up, or I did and did not call back. */
SQL(TIN_WAITING, "ti",
	"SELECT COALESCE(t.case_id, ''), t.number, t.id, 0, t.what,"
	" CASE WHEN t.unit_name <> '' THEN t.unit_name ELSE t.caller END, t.reply_by, 0, 0"
	" FROM tin t WHERE t.ended_at IS NULL AND t.reply_by < $2 AND +t.drill = 0"
	" AND (t.state = 'new' OR t.handler_id = $1) ORDER BY t.reply_by, t.id LIMIT 1");
/* By the index of open ones: there are few. */
SQL(TIN_NEW, "",
	"SELECT COALESCE(t.case_id, ''), t.number, t.id, 0, t.what,"
	" CASE WHEN t.unit_name <> '' THEN t.unit_name ELSE t.caller END, t.reply_by, 0, 0"
	" FROM tin t WHERE t.ended_at IS NULL AND t.state = 'new' AND +t.drill = 0"
	" ORDER BY t.reply_by, t.id LIMIT 1");
SQL(ALL_CLEAR_LEFT, "t",
	"SELECT c.id, c.number, '', 0, c.title, '', COALESCE(c.recovered_at, c.opened_at)"
	OF_CASE " FROM cases c WHERE c.owner_id = $1 AND c.is_open = 1"
	" AND c.status = 'recovered' AND c.drill = 0 AND " ALL_CLEAR_LEFT_OF_C
	" ORDER BY c.due_at, c.rank, c.id LIMIT 1");

/* Whom an escalation called and who has not answered; after a day he was called again
 * or nobody is.  What he answered to before is over, whatever he left unanswered then. */
#define CALLED(subject, drill) \
	"SELECT e.case_id, c.number, e.id, e.n, CASE WHEN e.subject = 'case' THEN c.title" \
	" WHEN $3 = 'en' AND COALESCE(d.title_en, '') <> '' THEN d.title_en" \
	" ELSE e.title END, '', t.at" OF_CASE " FROM call_turn t" \
	" JOIN escalation e ON e.id = t.escalation_id JOIN cases c ON c.id = e.case_id" \
	" LEFT JOIN deadline d ON d.id = e.ref" \
	" WHERE t.member_id = $1 AND t.answer = '' AND t.at > $2 AND t.skipped = ''" \
	" AND e.state = 'running' AND t.at >= COALESCE(e.ack_at, 0) AND " subject \
	" AND c.is_open = 1 AND +c.drill = " drill " ORDER BY c.rank, t.at, t.id LIMIT 1"
SQL(CALLED, "tit", CALLED("e.subject = 'case'", "0"));
SQL(CALLED_FOR, "tit", CALLED("e.subject <> 'case'", "0"));
SQL(CALLED_IN_DRILL, "tit", CALLED("e.subject = 'case'", "1"));
#define CALLED_LAST_MS (24 * 3600000LL)

/* n: how many; by index, of those who were told. */
SQL(POINTS_UNCONFIRMED, "ti",
	"SELECT p.case_id, c.number, '', COUNT(*), c.title, '', MIN(p.told_at)" OF_CASE
	" FROM point p JOIN cases c ON c.id = p.case_id"
	" WHERE p.told_at IS NOT NULL AND p.confirmed_at IS NULL AND p.told_at <= $2"
	" AND p.list = '' AND c.is_open = 1 AND c.status <> 'recovered' AND c.drill = 0"
	" AND (c.owner_id = $1 OR c.owner_id IS NULL)"
	" GROUP BY p.case_id, c.number, c.title, c.severity, c.severity_suggested, c.drill"
	" ORDER BY MIN(p.told_at), p.case_id LIMIT 1");

/* The nearest lawful clock of my cases, of nobody's, and for a coordinator of all;
 * a merged case's runs on.  By the index of running clocks: no more than the late
 * ones are looked at. */
SQL(DEADLINE_LATE, "tit",
	"SELECT d.case_id, c.number, d.id, d.n,"
	" CASE WHEN $3 = 'en' AND d.title_en <> '' THEN d.title_en ELSE d.title END,"
	" COALESCE(r.name, d.recipient), d.due_at" OF_CASE
	" FROM deadline d CROSS JOIN cases c"
	" LEFT JOIN contact r ON r.role = d.recipient"
	" WHERE c.id = d.case_id AND d.state = 'running' AND d.due_at < $2"
	" AND d.lawful = 1 AND c.drill = 0 AND " NOW_NOT_BEHIND_ASK
	" AND (c.owner_id = $1 OR c.owner_id IS NULL OR " I_COORDINATE ")"
	" ORDER BY d.due_at, d.id LIMIT 1");
/* Asked of who owns the case; where he has not answered for another hour, of a
 * coordinator too.  The plus and COALESCE keep the index of all undecided cases
 * for the last: of mine and nobody's there are few. */
#define FEW "+c.drill = 0 AND COALESCE(c.reportable, '')"
#define ALL "c.drill = 0 AND c.reportable"
#define NOT_ASKED(of, unknown, until, alias) \
	"SELECT * FROM (SELECT c.id, c.number, '', 0, c.title, '', c.reportable_asked_at" \
	OF_CASE ", c.reportable_asked_at AS asked FROM cases c WHERE c.is_open = 1" \
	" AND " unknown " = 'unknown' AND c.reportable_asked_at < " until \
	" AND " of " ORDER BY c.reportable_asked_at, c.id LIMIT 1) AS " alias
SQL(REPORTABLE_ASK, "ti",
	"SELECT * FROM (" NOT_ASKED("c.owner_id = $1", FEW, "$2", "mine")
	" UNION ALL " NOT_ASKED("c.owner_id IS NULL", FEW, "$2", "nobodys")
	" UNION ALL " NOT_ASKED(I_COORDINATE, ALL, "$2 - 3600000", "of_all")
	") AS w ORDER BY w.asked LIMIT 1");
/* $1 is the year that must be there: from 1 October on the next one. */
SQL(HOLIDAYS, "tt",
	"SELECT '', '', '', 0, SUBSTR($1, 1, 4), '', 0, 0, 0 WHERE EXISTS (SELECT 1 FROM rule"
	" WHERE family = 'deadline') AND NOT EXISTS (SELECT 1 FROM holiday"
	" WHERE day >= $1 AND day < $2 AND kind IN ('holiday', 'suggested'))");

#define WHY_CALLED N_("You were called and have not answered: take it on, or say that" \
	" you cannot or who can (among whom the case calls, or `suco decline`, `suco" \
	" pass`), and the next one is called at once.")

static const struct now_watch rows[] = {
	{ .kind = NOW_CALLED, .query = &CALLED, .args = "mal", .ago = CALLED_LAST_MS,
	  .least = ROLE_RESPONDER,
	  .text = N_("You are called to {number}, {span} ago: {what}"),
	  .here = N_("You are called, {span} ago: take it on, or say that you cannot"),
	  .why = WHY_CALLED },
	{ .kind = NOW_CALLED_FOR, .query = &CALLED_FOR, .args = "mal", .ago = CALLED_LAST_MS,
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: you are called for \"{what}\", {span} ago"),
	  .here = N_("You are called for \"{what}\", {span} ago"),
	  .why = WHY_CALLED },
	{ .kind = NOW_CALLED_IN_DRILL, .query = &CALLED_IN_DRILL, .args = "mal",
	  .ago = CALLED_LAST_MS, .least = ROLE_RESPONDER,
	  .text = N_("A drill calls you, {span} ago: {number} {what}"),
	  .here = N_("You are called, {span} ago: take it on, or say that you cannot"),
	  .why = WHY_CALLED },
	{ .kind = NOW_POINTS_UNCONFIRMED, .query = &POINTS_UNCONFIRMED, .args = "ma",
	  .ago = POINT_CONFIRM_MS, .least = ROLE_RESPONDER,
	  .text = N_("{number}: {n} points have not confirmed, {due}: call them: {what}"),
	  .here = N_("{n} points have not confirmed, {due}: call them"),
	  .why = N_("Who was told 30 minutes ago and has not confirmed may not have read it:"
		" call one after the other, and record who answered.") },
	{ .kind = NOW_DEADLINE_LATE, .query = &DEADLINE_LATE, .args = "mal",
	  .ago = -NOW_DEADLINE_MS, .least = ROLE_RESPONDER,
	  .text = N_("{number}: \"{what}\" to {who}, {due}"),
	  .here = N_("\"{what}\" to {who}, {due}"),
	  .why = N_("A report that the law asks for is late or due within the hour. suco"
		" sends none: a person sends it, then Enter records number, channel and"
		" time; that it does not apply is a coordinator's decision.") },
	{ .kind = NOW_REPORTABLE_ASK, .query = &REPORTABLE_ASK, .args = "ma",
	  .ago = NOW_ASK_MS, .least = ROLE_RESPONDER,
	  .text = N_("{number}: reportable by law or not? Not decided for {span}: {what}"),
	  .here = N_("Reportable by law or not? Not decided for {span}"),
	  .why = N_("Until it is decided the clocks run as if it were. \"Unknown\" with a"
		" reason asks again in an hour; the case cannot be closed before.") },
	{ .kind = NOW_HOLIDAYS, .query = &HOLIDAYS, .args = "yz", .least = ROLE_COORDINATOR,
	  .text = N_("The holiday table has no day of {what}: bring in the yearly decision"),
	  .why = N_("Spans in days end on working days: without that year's holidays they"
		" would be counted wrong.  The Prime Minister decides them every year.") },
	{ .kind = NOW_COUNTDOWN, .query = &COUNTDOWN, .args = "ma",
	  .ago = -COUNTDOWN_LOW_MS, .least = ROLE_RESPONDER,
	  .text = N_("{number} {what}: read the minutes again, or act by the plan"),
	  .here = N_("{what}: read the minutes again, or act by the plan"),
	  .why = N_("What was read runs out within 15 minutes: read it again (a new reading"
		" moves what is due), shut down in order, or stop the clock.") },
	{ .kind = NOW_QUICK_DUE, .query = &QUICK_DUE, .args = "ma",
	  .ago = -NOW_QUICK_MS, .least = ROLE_RESPONDER,
	  .text = N_("{number}: quick report {n}, {due}"),
	  .here = N_("Quick report {n}, {due}"),
	  .why = N_("The last quick report said when the next one comes.") },
	{ .kind = NOW_OBLIGATION, .query = &OBLIGATION, .args = "nl",
	  .least = ROLE_COORDINATOR,
	  .text = N_("Duty with a period, {due}: {what}"),
	  .why = N_("A duty of this period is not completed: do it, then give its result"
		" and the day on which it was really done.") },
	{ .kind = NOW_ALL_CLEAR_LEFT, .query = &ALL_CLEAR_LEFT, .args = "m",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number} works again: not everybody who was told knows it: {what}"),
	  .here = N_("Works again: not everybody who was told knows it"),
	  .why = N_("Whoever called or was told that it is down waits to hear that it is up"
		" again; the list says who, how to reach them, and what to say.") },
	{ .kind = NOW_TIN_WAITING, .query = &TIN_WAITING, .args = "mn",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: call {who} back, {due}: {what}"),
	  .why = N_("The caller was promised an answer by this time: call back, open a case"
		" of it, add it to one, or close it with a reason.") },
	{ .kind = NOW_DECISION_ASKED, .least = ROLE_RESPONDER,
	  .text = N_("{number}: {who} asks for your order, {due}: \"{what}\""),
	  .here = N_("{who} asks for your order, {due}: \"{what}\""),
	  .why = N_("You decide this by the plan: Enter there records your answer, and who"
		" asked sees it at once; without it the plan's fall-back is taken.") },
	{ .kind = NOW_TIN_NEW, .query = &TIN_NEW, .args = "",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: a new report, nobody has taken it up: {what}"),
	  .why = N_("A report is written down and nobody deals with it: open a case of it,"
		" add it to one, take it up, or close it with a reason.") },
	{ .kind = NOW_DECISION_OVER, .query = &DECISION_OVER, .args = "mn",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: no answer, {due}: \"{what}\" ({who})"),
	  .here = N_("No answer, {due}: \"{what}\" ({who})"),
	  .why = N_("The time for an answer is out: record the answer, call once more, or"
		" take what the approved plan allows, by name.") },
	{ .kind = NOW_DECIDED, .query = &DECIDED, .args = "m",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: decided: now do step {n} \"{what}\""),
	  .here = N_("Decided: now do step {n} \"{what}\""),
	  .why = N_("The answer that this step waited for is there, or what the plan allows"
		" without one was taken by name: finish the step, and the plan goes on.") },
	{ .kind = NOW_RUN_PAUSED, .query = &RUN_PAUSED, .args = "ma",
	  .ago = NOW_PAUSED_MS, .least = ROLE_RESPONDER,
	  .text = N_("{number}: plan {what} paused by {who} for {span}: go on, or stop it"),
	  .here = N_("Plan {what} paused by {who} for {span}: go on, or stop it"),
	  .why = N_("While a plan is paused its steps have no limits, so none of them is"
		" ever late: go on with it, or stop it with a reason.") },
	{ .kind = NOW_OTHERS_PAUSED, .query = &OTHERS_PAUSED, .args = "a",
	  .ago = NOW_OTHERS_PAUSED_MS, .least = ROLE_COORDINATOR,
	  .text = N_("{number}: plan {what} paused by {who} for {span}: ask why"),
	  .here = N_("Plan {what} paused by {who} for {span}: ask why"),
	  .why = N_("Who works there has not gone on with the plan for an hour, and while it"
		" is paused nothing of it is ever late: ask who paused it, or go on with it.") },
	{ .kind = NOW_HANDOVER_SIGN, .query = &HANDOVER_SIGN, .args = "m",
	  .least = ROLE_RESPONDER,
	  .text = N_("{who} hands the shift over to you since {span}: read the page and sign"),
	  .why = N_("The shift is yours only when you have signed: until then it is the"
		" giver's.") },
	{ .kind = NOW_PROMISE_RAISE, .query = &PROMISE_RAISE, .args = "mn",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: {who} {due}: call the one above: {what}"),
	  .here = N_("{who} {due}: call the one above: {what}"),
	  .why = N_("A promise is overdue for so long that it goes one level up: call, then"
		" record whom you reached.") },
	{ .kind = NOW_PROMISE_OVER, .query = &PROMISE_OVER, .args = "mn",
	  .least = ROLE_RESPONDER,
	  .text = N_("{number}: call {who}, {due}: {what}"),
	  .here = N_("Call {who}, {due}: {what}"),
	  .why = N_("What somebody outside promised is overdue, or it is time to ask for a"
		" promise.") },
};

const struct now_watch *
now_watch_of(enum now_kind kind)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].kind == kind) {
			return &rows[i];
		}
	}
	return NULL;
}

#define MOST_ARGS 4

struct stmt *
now_watch_query(const struct now_watch *row, struct desk *desk)
{
	struct civil today = zone_civil(desk_zone(desk), desk_now(desk));
	int need = today.month >= 10 ? today.year + 1 : today.year;
	struct arg args[MOST_ARGS + 1] = { NOARGS };
	char year[32], next[32];
	int count = 0;

	(void)snprintf(year, sizeof year, "%04d-01-01", need);
	(void)snprintf(next, sizeof next, "%04d-01-01", need + 1);
	for (const char *c = row->args; *c != '\0' && count < MOST_ARGS; c++) {
		args[count++] = *c == 'm' ? TXT(desk_me(desk)->id)
			: *c == 'l' ? TXT(i18n_language())
			: *c == 'y' ? TXT(year) : *c == 'z' ? TXT(next)
			: *c == 'n' ? I64(desk_now(desk)) : I64(desk_now(desk) - row->ago);
		args[count] = NOARGS;
	}
	return db_query_args(desk_db(desk), row->query, args);
}

/* {what} and so on; a brace that opens no such word stands for itself. */
char *
now_watch_text(const struct now_watch *row, const struct now *now, int64_t now_ms)
{
	char due[32], span[WHEN_SHORT_SIZE], n[16];
	const struct {
		const char *word, *text;
	} words[] = {
		{ "{number}", now->number }, { "{n}", n }, { "{what}", now->what },
		{ "{who}", deadline_role(now->who) }, { "{due}", due }, { "{span}", span },
	};
	struct buf out = { 0 };

	(void)snprintf(n, sizeof n, "%d", now->n);
	when_due(due, now->due, now_ms, i18n_language());
	when_span(span, now->due < now_ms ? now_ms - now->due : 0, i18n_language());
	for (const char *at = _(now->number[0] == '\0' && row->here != NULL ? row->here
			: row->text); *at != '\0'; ) {
		size_t i = 0;

		while (i < sizeof words / sizeof *words &&
		    strncmp(at, words[i].word, strlen(words[i].word)) != 0) {
			i++;
		}
		if (i < sizeof words / sizeof *words) {
			buf_adds(&out, words[i].text);
			at += strlen(words[i].word);
		} else {
			buf_addc(&out, *at++);
		}
	}
	return buf_take(&out);
}
