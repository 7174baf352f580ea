/* escalate_work.c reads what an escalation is about, and writes what it does:
 * one event, of which `act` says in a word what it was. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/escalate_private.h"
#include "core/event.h"
#include "core/mem.h"
#include "core/thing.h"

SQL(STEP_OF, "t",
	"SELECT s.n, s.name, s.due_at, s.ended_at IS NOT NULL, s.case_id, s.assignee_id"
	" FROM step_instance s WHERE s.id = $1");
SQL(DEADLINE_OF, "t",
	"SELECT n, title, due_at, state <> 'running', case_id FROM deadline WHERE id = $1");
SQL(MERGED_INTO, "t",
	"SELECT c.number, COALESCE(c.merged_into, ''), COALESCE(t.merged_into, '') FROM cases c"
	" LEFT JOIN cases t ON t.id = c.merged_into WHERE c.id = $1");
SQL(OPENER, "t",
	"SELECT COALESCE((SELECT m.id FROM member m WHERE m.login = acts_for),"
	" actor) FROM event WHERE case_id = $1 ORDER BY seq LIMIT 1");

void
escalate_unload(struct escalate_work *w)
{
	escalation_clear(&w->e);
	policy_clear(&w->policy);
	case_clear(&w->c);
	free(w->what);
	w->what = NULL;
}

/* Work of another case: that was merged into this one, and is named. */
static bool
load_merged(struct escalate_work *w, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), &MERGED_INTO, TXT(case_id));

	w->parted = true;
	if (stmt_row(st)) {
		char *named = xasprintf("%s (%s)", w->what, stmt_text(st, 0));

		w->parted = strcmp(stmt_text(st, 1), w->e.case_id) != 0 &&
			strcmp(stmt_text(st, 2), w->e.case_id) != 0;
		free(w->what);
		w->what = named;
	}
	return stmt_done(st, err);
}

/* A step or a clock.  Work that is gone (undone) is over. */
static bool
load_piece(struct escalate_work *w, const struct sql *query, struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), query, TXT(w->e.ref));
	char of[UUID_SIZE] = "";

	w->over = true;
	w->parted = false;
	if (stmt_row(st)) {
		w->n = (int)stmt_int(st, 0);
		free(w->what);
		w->what = stmt_own(st, 1);
		w->due_at = stmt_int(st, 2);
		w->over = stmt_int(st, 3) != 0;
		stmt_put(of, sizeof of, st, 4);
		if (query == &STEP_OF) {
			stmt_put(w->assignee_id, sizeof w->assignee_id, st, 5);
			w->over = w->over || w->due_at > w->now + CLOCK_SLACK_MS;
		}
	}
	return stmt_done(st, err) && (of[0] == '\0' || strcmp(of, w->e.case_id) == 0 ||
		load_merged(w, of, err));
}

static bool
load_opener(struct escalate_work *w, struct error *err)
{
	char *id = NULL;
	bool ok = db_one_text(desk_db(w->desk), &OPENER, &id, err, TXT(w->e.case_id));

	if (ok && id != NULL && strlen(id) < sizeof w->opener_id) {
		memcpy(w->opener_id, id, strlen(id) + 1);
	}
	free(id);
	return ok;
}

bool
escalate_load(struct escalate_work *w, struct error *err)
{
	w->due_at = NO_DUE;
	w->what = w->what == NULL ? xstrdup("") : w->what;
	if (!case_load(&w->c, w->desk, w->e.case_id, err)) {
		return false;
	}
	if (strcmp(w->e.subject, "case") == 0) {
		return load_opener(w, err);
	}
	return load_piece(w, strcmp(w->e.subject, "step") == 0 ? &STEP_OF : &DEADLINE_OF, err);
}

struct json *
escalate_body(const struct escalation *e, const char *act)
{
	struct json *body = thing_change("escalation", e->id);

	json_set_text(body, "act", act);
	json_set_text(body, "about", e->subject);
	if (e->title[0] != '\0') {
		json_set_text(body, "title", e->title);
	}
	return body;
}

void
escalate_add(struct escalate_work *w, struct json *body)
{
	change_add(w->desk, "escalation_set", w->e.case_id, body);
}

/* What is said of the act stands beside "each", not in it. */
void
escalate_add_each(struct escalate_work *w, struct json *body, struct json *turns)
{
	static const char *const inside[] = { "escalation", "set", "row" };
	struct json *child = json_object();
	struct json *each = json_array();
	struct json *turn;
	const struct json *first;

	for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
		struct json *part = json_detach(body, inside[i]);

		if (part != NULL) {
			json_set(child, inside[i], part);
		}
	}
	json_push(each, child);
	for (first = json_first(turns); first != NULL; first = json_next(first)) {
		turn = json_copy(first);
		json_push(each, turn);
	}
	json_free(turns);
	json_set(body, "each", each);
	escalate_add(w, body);
}

void
escalate_move(struct json *body, const char *column, int64_t from, int64_t to)
{
	if (from != to) {
		set_int(body, column, from, to);
	}
}

void
escalate_put_plan(struct escalate_work *w, struct json *body)
{
	char *plan = json_line(w->policy.plan);

	set_text(body, "plan", w->e.plan, plan);
	free(w->e.plan);
	w->e.plan = plan;
}

void
escalate_put_first(struct escalate_work *w, struct json *body)
{
	policy_begin_at(&w->policy, w->e.round + 1);
	escalate_put_plan(w, body);
	escalate_move(body, "at_step", w->e.at_step, 0);
	set_int(body, "round", w->e.round, w->e.round + 1);
	w->e.at_step = 0;
	w->e.round++;
}
