/* columns.h - changes of single columns, as data in an event's body.
 *
 * Most events of a case say {"set": {"status": {"from": "new", "to":
 * "acknowledged"}, ...}}.  One writer applies them, and the same list turned
 * round undoes them. */
#ifndef CORE_COLUMNS_H
#define CORE_COLUMNS_H

#include "core/apply.h"
#include "core/json.h"

/* Adds a change to body.set; NULL and 0 stand for absent. */
void set_text(struct json *body, const char *column, const char *from, const char *to);
void set_int(struct json *body, const char *column, int64_t from, int64_t to);
/* How many columns body.set changes. */
int set_count(const struct json *body);

/* The same changes turned round; the caller's. */
struct json *set_reversed(const struct json *body);

/* Applies body.set to the case of the event, and to the task body.task. */
apply_fn apply_case_set;
apply_fn apply_task_set;
/* The same for a redaction: only where the field still is that event's. */
apply_fn remask_case_set;
apply_fn remask_task_set;
/* The words of the texts that such events carry. */
search_fn search_case_set, search_status, search_reason;

/* Recomputes what the case keeps of its open work: due time, open tasks, next
 * step.  Called by every apply that changes a task or a step. */
bool apply_case_work(const struct applying *a, const char *case_id, struct error *err);

#endif
