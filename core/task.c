/* task.c owns the tasks that people add to a case. */
#include "core/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/person.h"
#include "core/tell.h"
#include "core/text.h"

#define TASK_COLUMNS "t.id, t.case_id, t.n, t.title, t.state, m.login, t.due_at," \
	" t.created_at, t.ended_at, t.note"
#define TASK_FROM " FROM task t LEFT JOIN member m ON m.id = t.assignee_id "

SQL(TASKS_OF_CASE, "t", "SELECT " TASK_COLUMNS TASK_FROM
	"WHERE t.case_id = $1 ORDER BY t.n");
SQL(TASK_BY_N, "ti", "SELECT " TASK_COLUMNS TASK_FROM
	"WHERE t.case_id = $1 AND t.n = $2");
SQL(TASK_NEXT_N, "t",
	"SELECT n + 1 FROM task WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(TASK_INSERT, "ttittii",
	"INSERT INTO task (id, case_id, n, title, state, assignee_id, due_at, created_at,"
	" ended_at, note) VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, NULL, '')");
SQL(TASK_DELETE, "t", "DELETE FROM task WHERE id = $1");

void
task_clear(struct task *task)
{
	free(task->title);
	free(task->assignee);
	free(task->note);
	*task = (struct task){ 0 };
}

static void
from_row(struct task *task, struct stmt *st)
{
	*task = (struct task){ 0 };
	(void)snprintf(task->id, sizeof task->id, "%s", stmt_text(st, 0));
	(void)snprintf(task->case_id, sizeof task->case_id, "%s", stmt_text(st, 1));
	task->n = (int)stmt_int(st, 2);
	task->title = stmt_own(st, 3);
	(void)snprintf(task->state, sizeof task->state, "%s", stmt_text(st, 4));
	task->assignee = stmt_own(st, 5);
	task->due_at = stmt_int(st, 6);
	task->created_at = stmt_int(st, 7);
	task->ended_at = stmt_int(st, 8);
	task->note = stmt_own(st, 9);
}

bool
task_each(struct desk *desk, const char *case_id, task_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TASKS_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct task task;

		from_row(&task, st);
		go_on = visit(&task, arg);
		task_clear(&task);
	}
	return stmt_done(st, err);
}

bool
apply_task_added(const struct applying *a, struct error *err)
{
	return db_run(a->db, &TASK_INSERT, err, TXT(json_text_of(a->body, "task")),
		TXT(a->event->case_id), I64(json_get_int(a->body, "n", 0)),
		TXT(json_text_of(a->body, "title")), TXT(json_get_text(a->body, "assignee")),
		I64(json_get_int(a->body, "due_at", NO_DUE)), I64(a->event->recorded_at)) &&
		apply_case_work(a, a->event->case_id, err);
}

bool
unapply_task_added(const struct applying *a, struct error *err)
{
	return db_run(a->db, &TASK_DELETE, err, TXT(json_text_of(a->body, "task"))) &&
		apply_case_work(a, a->event->case_id, err);
}

void
search_task_added(struct buf *out, const struct json *body)
{
	buf_adds(out, json_text_of(body, "title"));
}

static bool
task_body(struct desk *desk, const char *case_id, const struct task_new *what,
	struct json *body, struct error *err)
{
	char id[UUID_SIZE];
	char *title = NULL;
	int64_t n = 1;

	if (!text_accept(&title, what->title, strlen(what->title), TEXT_ONE_LINE,
		    limit(LIMIT_TITLE), _("task"), err)) {
		return false;
	}
	json_set_text(body, "title", title);
	free(title);
	if (json_get_text(body, "title")[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("a task needs a title"));
	}
	uuid_v7(id, desk_now(desk));
	json_set_text(body, "task", id);
	if (what->due_at != 0 && what->due_at != NO_DUE) {
		json_set_int(body, "due_at", what->due_at);
		json_set_text(body, "typed", what->typed);
	}
	if (what->assignee != NULL && what->assignee[0] != '\0') {
		char member[UUID_SIZE];

		if (!member_worker(desk, what->assignee, member, err)) {
			return false;
		}
		json_set_text(body, "assignee", member);
		json_set_text(body, "assignee_login", what->assignee);
	}
	if (!db_one_int(desk_db(desk), &TASK_NEXT_N, &n, err, TXT(case_id))) {
		return false;
	}
	json_set_int(body, "n", n);
	return true;
}

/* body stays the change's until the flush. */
static bool
tell_task(struct desk *desk, const char *case_id, const struct json *body,
	struct error *err)
{
	const char *assignee = json_get_text(body, "assignee");

	return assignee == NULL || tell_assigned(desk, case_id, assignee,
		&(struct work){ .what = json_text_of(body, "title"),
			.n = (int)json_get_int(body, "n", 0),
			.due_at = json_get_int(body, "due_at", NO_DUE) },
		change_mark(desk), err);
}

bool
task_add(struct desk *desk, const char *case_id, const struct task_new *what,
	int *n, struct error *err)
{
	struct json *body;
	struct ir_case c = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	ok = case_load(&c, desk, case_id, err) &&
		task_body(desk, case_id, what, body, err);
	case_clear(&c);
	if (!ok) {
		json_free(body);
		return change_end(desk, false, err);
	}
	*n = (int)json_get_int(body, "n", 0);
	change_add(desk, "task_added", case_id, body);
	return change_end(desk, tell_task(desk, case_id, body, err), err);
}

static bool
load(struct desk *desk, const char *case_id, int n, struct task *out,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TASK_BY_N, TXT(case_id), I64(n));
	bool found = false;

	*out = (struct task){ 0 };
	if (stmt_row(st)) {
		found = true;
		from_row(out, st);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	return found || error_set(err, ERR_NOT_FOUND, _("there is no task %d on this case"), n);
}

/* Decides one change of a task; false with *err, or NULL body for none. */
typedef bool decide_fn(struct desk *desk, const struct task *task, const void *arg,
	struct json *body, struct error *err);

static bool
change_task(struct desk *desk, const char *case_id, int n, decide_fn *decide,
	const void *arg, struct error *err)
{
	struct json *body;
	struct task task;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	ok = load(desk, case_id, n, &task, err);
	if (ok) {
		json_set_text(body, "task", task.id);
		json_set_int(body, "n", n);
		json_set_text(body, "title", task.title);
		ok = decide(desk, &task, arg, body, err);
	}
	if (ok && set_count(body) > 0) {
		const char *to = json_get_text(json_get(json_get(body, "set"), "assignee_id"),
			"to");

		change_add(desk, "task_set", case_id, body);
		ok = to == NULL || tell_assigned(desk, case_id, to,
			&(struct work){ .what = task.title, .n = n, .due_at = task.due_at },
			change_mark(desk), err);
	} else {
		json_free(body);
	}
	task_clear(&task);
	return change_end(desk, ok, err);
}

SQL(TASK_DONE_BY, "t",
	"SELECT COALESCE(e.acts_for, e.actor_login) FROM field_version v"
	" JOIN event e ON e.seq = v.seq"
	" WHERE v.subject = $1 AND v.field = 'state'");

static bool
done_already(struct desk *desk, const struct task *task, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TASK_DONE_BY, TXT(task->id));
	bool mine = true;

	if (stmt_row(st)) {
		const char *whose = stmt_text(st, 0);

		mine = strcmp(whose, desk_me(desk)->login) == 0;
		if (!mine) {
			(void)error_set(err, ERR_CONFLICT, _("task %d is done already, by %s"),
				task->n, PERSON(desk, whose));
		}
	}
	return stmt_done(st, err) && mine;
}

static bool
decide_done(struct desk *desk, const struct task *task, const void *arg,
	struct json *body, struct error *err)
{
	const char *note = arg;
	char *clean = NULL;

	if (strcmp(task->state, "open") != 0) {
		return done_already(desk, task, err);
	}
	if (!change_guard(desk, task->id, "state", "done", task->state, err)) {
		return false;
	}
	set_text(body, "state", task->state, "done");
	set_int(body, "ended_at", task->ended_at, desk_now(desk));
	if (note != NULL && note[0] != '\0') {
		if (!text_accept(&clean, note, strlen(note), TEXT_MANY_LINES,
			    limit(LIMIT_NOTE), _("note"), err)) {
			return false;
		}
		set_text(body, "note", task->note, clean);
		free(clean);
	}
	return true;
}

static bool
decide_assign(struct desk *desk, const struct task *task, const void *arg,
	struct json *body, struct error *err)
{
	const char *login = arg;
	char was[UUID_SIZE] = "";
	char id[UUID_SIZE] = "";

	if (strcmp(login, task->assignee) == 0) {
		return true;
	}
	if ((login[0] != '\0' && !member_worker(desk, login, id, err)) ||
	    (task->assignee[0] != '\0' && !member_id(desk, task->assignee, was, err)) ||
	    !change_guard(desk, task->id, "assignee_id", login, task->assignee, err)) {
		return false;
	}
	set_text(body, "assignee_id", was[0] == '\0' ? NULL : was,
		id[0] == '\0' ? NULL : id);
	json_set_text(body, "to", login);
	return true;
}

struct due {
	int64_t at;
	const char *typed;
};

static bool
decide_due(struct desk *desk, const struct task *task, const void *arg,
	struct json *body, struct error *err)
{
	const struct due *due = arg;

	if (due->at == task->due_at) {
		return true;
	}
	if (!change_guard(desk, task->id, "due_at", due->typed, "", err)) {
		return false;
	}
	set_int(body, "due_at", task->due_at, due->at);
	json_set_text(body, "typed", due->typed);
	return true;
}

bool
task_done(struct desk *desk, const char *case_id, int n, const char *note,
	struct error *err)
{
	return change_task(desk, case_id, n, decide_done, note, err);
}

bool
task_assign(struct desk *desk, const char *case_id, int n, const char *login,
	struct error *err)
{
	return change_task(desk, case_id, n, decide_assign, login, err);
}

bool
task_due(struct desk *desk, const char *case_id, int n, int64_t due_at,
	const char *typed, struct error *err)
{
	const struct due due = { .at = due_at, .typed = typed };

	return change_task(desk, case_id, n, decide_due, &due, err);
}
