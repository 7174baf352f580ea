/* columns.c owns the list of columns that events may set one by one, and the
 * counts that follow from them. */
#include "core/columns.h"

#include <string.h>

#include "core/i18n.h"

struct column {
	const char *name;
	char type; /* i or t */
	const struct sql *update;
};

#define CASE_COLUMN(column, type) \
	SQL(CASE_SET_##column, type "t", "UPDATE cases SET " #column " = $1 WHERE id = $2")
#define TASK_COLUMN(column, type) \
	SQL(TASK_SET_##column, type "t", "UPDATE task SET " #column " = $1 WHERE id = $2")

CASE_COLUMN(acknowledged_at, "i");
CASE_COLUMN(asset_id, "t");
CASE_COLUMN(beyond_capacity_at, "i");
CASE_COLUMN(category, "t");
CASE_COLUMN(cause, "t");
CASE_COLUMN(closed_at, "i");
CASE_COLUMN(contained_at, "i");
CASE_COLUMN(detected_at, "i");
CASE_COLUMN(is_open, "i");
CASE_COLUMN(kind, "t");
CASE_COLUMN(lessons, "t");
CASE_COLUMN(merged_into, "t");
CASE_COLUMN(occurred_at, "i");
CASE_COLUMN(owner_id, "t");
CASE_COLUMN(pap, "t");
CASE_COLUMN(personal_data, "t");
CASE_COLUMN(personal_data_at, "i");
CASE_COLUMN(recovered_at, "i");
CASE_COLUMN(reportable, "t");
CASE_COLUMN(reportable_asked_at, "i");
CASE_COLUMN(reporter, "t");
CASE_COLUMN(result, "t");
CASE_COLUMN(severity, "i");
CASE_COLUMN(severity_rule, "t");
CASE_COLUMN(severity_suggested, "i");
CASE_COLUMN(status, "t");
CASE_COLUMN(title, "t");
CASE_COLUMN(tlp, "t");
TASK_COLUMN(assignee_id, "t");
TASK_COLUMN(due_at, "i");
TASK_COLUMN(ended_at, "i");
TASK_COLUMN(note, "t");
TASK_COLUMN(state, "t");
TASK_COLUMN(title, "t");

#define CASE_ROW(column, type) { #column, type, &CASE_SET_##column }
#define TASK_ROW(column, type) { #column, type, &TASK_SET_##column }

static const struct column case_columns[] = {
	CASE_ROW(acknowledged_at, 'i'),
	CASE_ROW(asset_id, 't'),
	CASE_ROW(beyond_capacity_at, 'i'),
	CASE_ROW(category, 't'),
	CASE_ROW(cause, 't'),
	CASE_ROW(closed_at, 'i'),
	CASE_ROW(contained_at, 'i'),
	CASE_ROW(detected_at, 'i'),
	CASE_ROW(is_open, 'i'),
	CASE_ROW(kind, 't'),
	CASE_ROW(lessons, 't'),
	CASE_ROW(merged_into, 't'),
	CASE_ROW(occurred_at, 'i'),
	CASE_ROW(owner_id, 't'),
	CASE_ROW(pap, 't'),
	CASE_ROW(personal_data, 't'),
	CASE_ROW(personal_data_at, 'i'),
	CASE_ROW(recovered_at, 'i'),
	CASE_ROW(reportable, 't'),
	CASE_ROW(reportable_asked_at, 'i'),
	CASE_ROW(reporter, 't'),
	CASE_ROW(result, 't'),
	CASE_ROW(severity, 'i'),
	CASE_ROW(severity_rule, 't'),
	CASE_ROW(severity_suggested, 'i'),
	CASE_ROW(status, 't'),
	CASE_ROW(title, 't'),
	CASE_ROW(tlp, 't'),
	{ 0 },
};

static const struct column task_columns[] = {
	TASK_ROW(assignee_id, 't'),
	TASK_ROW(due_at, 'i'),
	TASK_ROW(ended_at, 'i'),
	TASK_ROW(note, 't'),
	TASK_ROW(state, 't'),
	TASK_ROW(title, 't'),
	{ 0 },
};

static struct json *
changes_of(struct json *body)
{
	struct json *set = json_detach(body, "set");

	if (set == NULL) {
		set = json_object();
	}
	return set;
}

static void
put_change(struct json *body, const char *column, struct json *from, struct json *to)
{
	struct json *set = changes_of(body);
	struct json *change = json_object();

	json_set(change, "from", from);
	json_set(change, "to", to);
	json_set(set, column, change);
	json_set(body, "set", set);
}

void
set_text(struct json *body, const char *column, const char *from, const char *to)
{
	put_change(body, column, json_string(from), json_string(to));
}

static struct json *
absent_or(int64_t value)
{
	/* The largest integer stands for "no due time" and is no JSON number. */
	if (value == INT64_MAX) {
		return json_string("none");
	}
	return value == 0 ? json_null() : json_int(value);
}

void
set_int(struct json *body, const char *column, int64_t from, int64_t to)
{
	put_change(body, column, absent_or(from), absent_or(to));
}

int
set_count(const struct json *body)
{
	return json_count(json_get(body, "set"));
}

struct json *
set_reversed(const struct json *body)
{
	struct json *reversed = json_object();
	const struct json *set = json_get(body, "set");

	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		struct json *turned = json_object();

		json_set(turned, "from", json_copy(json_get(change, "to")));
		json_set(turned, "to", json_copy(json_get(change, "from")));
		json_set(reversed, json_key(change), turned);
	}
	return reversed;
}

static const struct column *
find(const struct column *columns, const char *name)
{
	for (; columns->name != NULL; columns++) {
		if (strcmp(columns->name, name) == 0) {
			return columns;
		}
	}
	return NULL;
}

static struct arg
value_of(const struct column *column, const struct json *to)
{
	if (column->type == 't') {
		return TXT(json_is(to, JSON_STRING) ? json_text(to, NULL) : NULL);
	}
	if (json_is(to, JSON_STRING)) {
		return I64(INT64_MAX);
	}
	/* A flag that is 0 is a value, an absent time is NULL. */
	if (!json_is(to, JSON_NUMBER)) {
		return strcmp(column->name, "is_open") == 0 ? I64(0) : I64_NULL;
	}
	return I64(json_integer(to, 0));
}

static bool
apply_set(const struct applying *a, const struct column *columns, const char *id,
	struct error *err)
{
	const struct json *set = json_get(a->body, "set");

	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		const struct column *column = find(columns, json_key(change));

		if (column == NULL) {
			return error_set(err, ERR_IO, _("event %lld sets an unknown column %s"),
				(long long)a->event->seq, json_key(change));
		}
		if (!db_run(a->db, column->update, err,
			    value_of(column, json_get(change, "to")), TXT(id)) ||
		    !apply_version(a, id, column->name, err)) {
			return false;
		}
	}
	return true;
}

SQL(FIELD_IS_OF, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");

static bool
remask_set(const struct applying *a, const struct column *columns, const char *id,
	struct error *err)
{
	const struct json *set = json_get(a->body, "set");

	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		const struct column *column = find(columns, json_key(change));
		int64_t seq = 0;

		if (column == NULL || column->type != 't') {
			continue;
		}
		if (!db_one_int(a->db, &FIELD_IS_OF, &seq, err, TXT(id), TXT(column->name))) {
			return false;
		}
		if (seq == a->event->seq && !db_run(a->db, column->update, err,
			    value_of(column, json_get(change, "to")), TXT(id))) {
			return false;
		}
	}
	return true;
}

bool
remask_case_set(const struct applying *a, struct error *err)
{
	return remask_set(a, case_columns, a->event->case_id, err);
}

bool
remask_task_set(const struct applying *a, struct error *err)
{
	const char *task = json_get_text(a->body, "task");

	return remask_set(a, task_columns, task == NULL ? "" : task, err);
}

SQL(CASE_RANK, "t",
	"UPDATE cases SET rank = 10 - COALESCE(severity, severity_suggested, 0)"
	" WHERE id = $1");
SQL(CASE_DRILL, "t", "SELECT drill FROM cases WHERE id = $1");

static bool
count_open(const struct applying *a, const struct json *change, struct error *err)
{
	int64_t drill = 0;
	int64_t delta;

	if (change == NULL) {
		return true;
	}
	delta = json_integer(json_get(change, "to"), 0) -
		json_integer(json_get(change, "from"), 0);
	return db_one_int(a->db, &CASE_DRILL, &drill, err, TXT(a->event->case_id)) &&
		apply_count(a, drill != 0 ? "cases.open.drill" : "cases.open", delta, err);
}

bool
apply_case_set(const struct applying *a, struct error *err)
{
	const struct json *set = json_get(a->body, "set");

	return apply_set(a, case_columns, a->event->case_id, err) &&
		count_open(a, json_get(set, "is_open"), err) &&
		db_run(a->db, &CASE_RANK, err, TXT(a->event->case_id));
}

bool
apply_task_set(const struct applying *a, struct error *err)
{
	const char *task = json_get_text(a->body, "task");

	return apply_set(a, task_columns, task == NULL ? "" : task, err) &&
		apply_case_work(a, a->event->case_id, err);
}

/* What is due first: a step; a task added by hand, what is waited for outside, an
 * answer asked for (their n is 0). */
#define NEXT_WORK \
	" (SELECT s.name, s.n, s.due_at, s.position FROM step_instance s" \
	" WHERE s.case_id = $2 AND s.ended_at IS NULL" STEP_IS_WORK \
	" UNION ALL SELECT t.title, 0, t.due_at, t.n FROM task t" \
	" WHERE t.case_id = $2 AND t.state = 'open'" \
	" UNION ALL SELECT o.what, 0, o.next_ask_at, o.n FROM waiting o" \
	" WHERE o.case_id = $2 AND o.ended_at IS NULL" \
	" UNION ALL SELECT d.question, 0, d.until_at, d.n FROM decision d" \
	" WHERE d.case_id = $2 AND d.ended_at IS NULL) w" \
	" ORDER BY w.due_at, w.n, w.position LIMIT 1"

/* The next step is the open one that is due first; one that failed and waits
 * for the operator's word is open, whatever its type. */
#define STEP_IS_WORK " AND (s.type = 'action' OR s.state = 'failed')"
SQL(CASE_WORK, "it",
	"UPDATE cases SET"
	" due_at = COALESCE((SELECT MIN(w.due_at) FROM"
	"   (SELECT s.due_at FROM step_instance s WHERE s.case_id = $2"
	"      AND s.ended_at IS NULL" STEP_IS_WORK
	"    UNION ALL SELECT t.due_at FROM task t WHERE t.case_id = $2"
	"      AND t.state = 'open'"
	"    UNION ALL SELECT o.next_ask_at FROM waiting o WHERE o.case_id = $2"
	"      AND o.ended_at IS NULL"
	"    UNION ALL SELECT d.until_at FROM decision d WHERE d.case_id = $2"
	"      AND d.ended_at IS NULL"
	"    UNION ALL SELECT d.due_at FROM deadline d WHERE d.case_id = $2"
	"      AND d.state = 'running') w), $1),"
	" open_tasks = (SELECT COUNT(*) FROM task t WHERE t.case_id = $2"
	"      AND t.state = 'open')"
	"   + (SELECT COUNT(*) FROM step_instance s WHERE s.case_id = $2"
	"      AND s.ended_at IS NULL" STEP_IS_WORK ")"
	"   + (SELECT COUNT(*) FROM waiting o WHERE o.case_id = $2"
	"      AND o.ended_at IS NULL),"
	" next_step = COALESCE((SELECT w.name FROM" NEXT_WORK "), ''),"
	" next_n = COALESCE((SELECT w.n FROM" NEXT_WORK "), 0)"
	" WHERE id = $2");

bool
apply_case_work(const struct applying *a, const char *case_id, struct error *err)
{
	return db_run(a->db, &CASE_WORK, err, I64(INT64_MAX), TXT(case_id));
}

static void
add_words(struct buf *out, const struct json *body, const char *const *columns)
{
	const struct json *set = json_get(body, "set");
	const char *reason = json_get_text(body, "reason");

	for (; *columns != NULL; columns++) {
		const char *to = json_get_text(json_get(set, *columns), "to");

		buf_addf(out, "%s ", to == NULL ? "" : to);
	}
	buf_adds(out, reason == NULL ? "" : reason);
}

void
search_case_set(struct buf *out, const struct json *body)
{
	static const char *const columns[] = { "title", "category", "reporter", NULL };
	const char *code = json_get_text(body, "asset_code");

	add_words(out, body, columns);
	buf_addf(out, " %s", code == NULL ? "" : code);
}

void
search_status(struct buf *out, const struct json *body)
{
	static const char *const columns[] = { "cause", "result", "lessons", NULL };

	add_words(out, body, columns);
}

void
search_reason(struct buf *out, const struct json *body)
{
	static const char *const columns[] = { NULL };

	add_words(out, body, columns);
}
