/* escalate_start.c finds what somebody must be called for: a case that nobody has
 * acknowledged, a step that is late, a report whose time comes near.  In a drill
 * only where the drill pages the team: then its case is called for already. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/deadline.h"
#include "core/escalate_private.h"
#include "core/mem.h"
#include "core/thing.h"

#define AT_ONCE 100 /* begun in one round; what is left comes with the next */

/* Of what is called for once and ended later (time was given, the case was merged
 * and parted again) a new one begins. */
#define NOT_CALLED(ref, since) " AND NOT EXISTS (SELECT 1 FROM escalation e" \
	" WHERE e.ref = " ref " AND e.ref <> ''" \
	" AND (e.state <> 'ended' OR (e.ended_at >= " since \
	" AND e.reason NOT IN ('" ESCALATION_MERGED "', '" ESCALATION_PARTED "'))))"
#define NO_SILENT_DRILL " AND (c.drill = 0 OR EXISTS (SELECT 1 FROM escalation d" \
	" WHERE d.case_id = c.id AND d.subject = 'case'))"
/* Work of a merged case goes on: it is called for in the case that it went into. */
#define LIVE_CASE "CASE WHEN c.is_open = 1 THEN c.id WHEN t.is_open = 1 THEN t.id" \
	" WHEN u.is_open = 1 THEN u.id END"
#define MERGED_CASES " LEFT JOIN cases t ON t.id = c.merged_into AND c.status = 'merged'" \
	" LEFT JOIN cases u ON u.id = t.merged_into AND t.status = 'merged'"
#define IS_LIVE " AND (c.is_open = 1 OR t.is_open = 1 OR u.is_open = 1)"
#define NUMBERED(name) "CASE WHEN c.is_open = 1 THEN " name " ELSE " name \
	" || ' (' || c.number || ')' END"

SQL(NEW_CASES, "i",
	"SELECT c.id, c.id, '', 0 FROM cases c WHERE c.is_open = 1 AND c.status = 'new'"
	" AND c.drill = 0 AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ref = c.id"
	" AND e.ref <> '' AND e.state <> 'ended') ORDER BY c.opened_at LIMIT $1");
SQL(LATE_STEPS, "ii",
	"SELECT s.id, " LIVE_CASE ", " NUMBERED("s.name") ", s.due_at FROM step_instance s"
	" JOIN cases c ON c.id = s.case_id JOIN run r ON r.id = s.run_id" MERGED_CASES
	" WHERE s.ended_at IS NULL AND s.due_at <= $1 AND s.type = 'action'"
	" AND r.ended_at IS NULL AND r.paused_at IS NULL" IS_LIVE
	NO_SILENT_DRILL NOT_CALLED("s.id", "s.due_at") " ORDER BY s.due_at, s.id LIMIT $2");
SQL(NEXT_STEP, "i",
	"SELECT MIN(due_at) FROM step_instance WHERE ended_at IS NULL AND due_at > $1");
SQL(NEAR_DEADLINES, "ii",
	"SELECT d.id, " LIVE_CASE ", " NUMBERED("d.title") ", d.due_at FROM deadline d"
	" JOIN cases c ON c.id = d.case_id" MERGED_CASES
	" WHERE d.state = 'running' AND d.lawful = 1 AND d.due_at <= $1" IS_LIVE NO_SILENT_DRILL
	" AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.ref = d.id AND e.ref <> ''"
	" AND e.state <> 'ended') ORDER BY d.due_at, d.id LIMIT $2");
SQL(NEXT_DEADLINE, "i",
	"SELECT MIN(due_at) FROM deadline WHERE state = 'running' AND lawful = 1"
	" AND due_at > $1 AND due_at < 9223372036854775807");
SQL(STILL_NONE, "t",
	"SELECT COUNT(*) FROM escalation WHERE ref = $1 AND ref <> '' AND state <> 'ended'");
SQL(LAST_N, "t", "SELECT COALESCE(MAX(n), 0) FROM escalation WHERE case_id = $1");

struct found {
	char ref[UUID_SIZE], case_id[UUID_SIZE];
	char *title;
	int64_t due_at;
};

/* Read whole first: each begins in a transaction of its own. */
static int
read_found(struct found *list, struct stmt *st, bool *ok, struct error *err)
{
	int count = 0;

	while (count < AT_ONCE && stmt_row(st)) {
		stmt_put(list[count].ref, UUID_SIZE, st, 0);
		stmt_put(list[count].case_id, UUID_SIZE, st, 1);
		list[count].title = stmt_own(st, 2);
		list[count++].due_at = stmt_int(st, 3);
	}
	*ok = stmt_done(st, err);
	return count;
}

static bool
add_row(struct escalate_work *w, struct error *err)
{
	struct json *body = thing_new(w->desk, "escalation", w->e.id);
	char *plan = json_line(w->policy.plan);
	int64_t n = 0;

	if (!db_one_int(desk_db(w->desk), &LAST_N, &n, err, TXT(w->e.case_id))) {
		json_free(body);
		free(plan);
		return false;
	}
	w->e.n = (int)n + 1;
	w->e.policy = xstrdup(w->policy.code);
	w->e.round = 1;
	w->e.next_at = w->now;
	w->e.ack_until = NO_DUE;
	row_int(body, "n", w->e.n);
	row_text(body, "subject", w->e.subject);
	row_text(body, "ref", w->e.ref);
	row_text(body, "title", w->e.title);
	row_text(body, "policy", w->e.policy);
	row_text(body, "plan", plan);
	row_int(body, "severity", w->policy.severity);
	row_text(body, "state", "running");
	row_int(body, "round", 1);
	row_int(body, "next_at", w->now);
	row_int(body, "started_at", w->now);
	if (w->due_at != NO_DUE) {
		json_set_int(body, "due", w->due_at);
	}
	change_add(w->desk, "escalation_added", w->e.case_id, body);
	w->report->started++;
	free(plan);
	return true;
}

/* Inside the change: looked at once more, then begun and called. */
static bool
begin(struct escalate_work *w, struct error *err)
{
	int64_t there = 0;

	if (!db_one_int(desk_db(w->desk), &STILL_NONE, &there, err, TXT(w->e.ref))) {
		return false;
	}
	if (there > 0) {
		return true;
	}
	if (!escalate_load(w, err) ||
	    !policy_choose(&w->policy, w->desk, &w->c, w->e.subject, err)) {
		return false;
	}
	if (w->policy.count == 0 || w->over || !w->c.is_open ||
	    (strcmp(w->e.subject, "case") == 0 && strcmp(w->c.status, "new") != 0)) {
		return true;
	}
	if (w->due_at != NO_DUE && w->due_at - w->policy.before_ms > w->now &&
	    strcmp(w->e.subject, "deadline") == 0) {
		w->next_at = w->due_at - w->policy.before_ms;
		return true;
	}
	if (w->dry) {
		w->wants = true;
		return true;
	}
	return add_row(w, err) &&
		escalate_next(w, escalate_body(&w->e, "called"), NULL, err);
}

static void
name_it(struct escalate_work *w, const char *subject, const struct found *found)
{
	memcpy(w->e.case_id, found->case_id, UUID_SIZE);
	memcpy(w->e.ref, found->ref, UUID_SIZE);
	(void)snprintf(w->e.subject, sizeof w->e.subject, "%s", subject);
	w->e.title = xstrdup(found->title);
}

void
escalate_name(struct escalate_work *w, const char *subject, const char *ref,
	const char *case_id)
{
	char none[] = "";
	struct found found = { .title = none };

	(void)snprintf(found.ref, UUID_SIZE, "%s", ref);
	(void)snprintf(found.case_id, UUID_SIZE, "%s", case_id);
	name_it(w, subject, &found);
}

static bool
begin_one(struct desk *desk, const char *subject, const struct found *found,
	struct escalate_report *report, int64_t *next_at, struct error *err)
{
	struct escalate_report counts = *report;
	struct escalate_work w = { .desk = desk, .report = &counts, .now = desk_now(desk),
		.next_at = INT64_MAX, .dry = true };
	bool ok;

	name_it(&w, subject, found);
	ok = begin(&w, err);
	if (ok && w.wants) {
		escalate_unload(&w);
		w.dry = false;
		name_it(&w, subject, found);
		ok = change_begin(desk, err) && change_end(desk, begin(&w, err), err);
	}
	if (ok) {
		*report = counts;
		*next_at = w.next_at < *next_at ? w.next_at : *next_at;
	}
	escalate_unload(&w);
	return ok;
}

bool
escalate_would_begin(struct desk *desk, const char *subject, const char *ref,
	const char *case_id, int64_t *since, bool *wants, struct error *err)
{
	struct escalate_report ignored = { 0 };
	struct escalate_work w = { .desk = desk, .report = &ignored, .now = desk_now(desk),
		.next_at = INT64_MAX, .dry = true };
	bool ok;

	escalate_name(&w, subject, ref, case_id);
	ok = begin(&w, err);
	*wants = w.wants;
	*since = w.due_at == NO_DUE ? w.c.opened_at
		: strcmp(subject, "deadline") == 0 ? w.due_at - w.policy.before_ms : w.due_at;
	/* What is due at once was not late before there was a case. */
	*since = *since < w.c.opened_at ? w.c.opened_at : *since;
	escalate_unload(&w);
	return ok;
}

static bool
desk_fails(const struct error *err)
{
	return err->code == ERR_LOCKED || err->code == ERR_IO || err->code == ERR_UNAVAILABLE;
}

static bool
begin_found(struct desk *desk, const char *subject, struct stmt *st,
	struct escalate_report *report, int64_t *next_at, struct error *err)
{
	struct found *list = xcalloc(AT_ONCE, sizeof *list);
	int before = report->started;
	bool ok;
	int count = read_found(list, st, &ok, err);

	for (int i = 0; i < count; i++) {
		struct error fault = ERROR_INIT;

		if (ok && !begin_one(desk, subject, &list[i], report, next_at, &fault)) {
			if (report->failed++ == 0) {
				report->fault = fault;
			}
			if (desk_fails(&fault)) {
				*err = fault;
				ok = false;
			}
		}
		free(list[i].title);
	}
	if (count == AT_ONCE && report->started > before) {
		*next_at = desk_now(desk); /* there may be more */
	}
	free(list);
	return ok;
}

static bool
look_ahead(struct desk *desk, const struct sql *query, int64_t after, int64_t earlier,
	int64_t *next_at, struct error *err)
{
	int64_t at = 0;

	if (!db_one_int(desk_db(desk), query, &at, err, I64(after))) {
		return false;
	}
	if (at != 0 && at != INT64_MAX && at - earlier < *next_at) {
		*next_at = at - earlier;
	}
	return true;
}

bool
escalate_start(struct desk *desk, struct escalate_report *report, int64_t *next_at,
	struct error *err)
{
	struct db *db = desk_db(desk);
	int64_t now = desk_now(desk);
	int64_t before = 0;

	return begin_found(desk, "case", db_query(db, &NEW_CASES, I64(AT_ONCE)), report,
			next_at, err) &&
		begin_found(desk, "step", db_query(db, &LATE_STEPS, I64(now), I64(AT_ONCE)),
			report, next_at, err) &&
		policy_longest_before(desk, &before, err) &&
		begin_found(desk, "deadline", db_query(db, &NEAR_DEADLINES, I64(now + before),
			I64(AT_ONCE)), report, next_at, err) &&
		look_ahead(desk, &NEXT_STEP, now, 0, next_at, err) &&
		look_ahead(desk, &NEXT_DEADLINE, now + before, before, next_at, err);
}

bool
escalate_case(struct desk *desk, const char *case_id, struct error *err)
{
	struct escalate_report report = { 0 };
	struct escalate_work w = { .desk = desk, .report = &report, .now = desk_now(desk) };
	struct ir_case c = { 0 };
	bool ok;

	ok = change_flush(desk, err) && case_load(&c, desk, case_id, err);
	if (ok) {
		escalate_name(&w, "case", c.id, c.id);
		ok = begin(&w, err);
	}
	case_clear(&c);
	escalate_unload(&w);
	return ok;
}
