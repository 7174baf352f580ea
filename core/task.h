/* task.h - work added by hand: one assignee, perhaps a due time. */
#ifndef CORE_TASK_H
#define CORE_TASK_H

#include "core/apply.h"
#include "core/desk.h"

struct task {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	int n; /* its number on the case */
	char *title;
	char state[12]; /* open, done, dropped */
	char *assignee; /* login or "" */
	int64_t due_at; /* NO_DUE */
	int64_t created_at, ended_at;
	char *note;
};

void task_clear(struct task *task);

typedef bool task_visit(const struct task *task, void *arg); /* false stops */
/* The tasks of a case in their order. */
bool task_each(struct desk *desk, const char *case_id, task_visit *visit, void *arg,
	struct error *err);

struct task_new {
	const char *title;
	const char *assignee; /* login or NULL */
	int64_t due_at;       /* 0 or NO_DUE: none */
	const char *typed;
};

/* *n gets its number. */
bool task_add(struct desk *desk, const char *case_id, const struct task_new *what,
	int *n, struct error *err);
/* Done already by the same member: true, nothing appended; by another:
 * ERR_CONFLICT. */
bool task_done(struct desk *desk, const char *case_id, int n, const char *note,
	struct error *err);
bool task_assign(struct desk *desk, const char *case_id, int n, const char *login,
	struct error *err);
bool task_due(struct desk *desk, const char *case_id, int n, int64_t due_at,
	const char *typed, struct error *err);

apply_fn apply_task_added, unapply_task_added;
search_fn search_task_added;

#endif
