/* run_export_desk.c reads from the desk what an export of a run wants beside its
 * rows: when steps failed, and what people are called. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/person.h"
#include "core/timeline.h"
#include "playbooks/run_export.h"

static const char *
called(char *out, const char *login, void *arg)
{
	return person_called(out, arg, login);
}

struct failures {
	struct run_failure *list;
	int count;
};

static bool
add_failure(const struct entry *entry, void *arg)
{
	const char *instance = json_get_text(json_get(entry->body, "step"), "instance");
	struct failures *failures = arg;
	struct run_failure one = { .at = entry->event->occurred_at };

	if (strcmp(entry->event->kind, "step_failed") == 0 && entry->undone_by == 0
			&& instance != NULL) {
		(void)snprintf(one.instance, sizeof one.instance, "%s", instance);
		(void)snprintf(one.by, sizeof one.by, "%s", event_whose(entry->event));
		failures->list = xrealloc(failures->list,
			((size_t)failures->count + 1) * sizeof one);
		failures->list[failures->count++] = one;
	}
	return true;
}

bool
run_export_desk(struct json **out, struct desk *desk, const struct ir_case *c,
	const struct case_run *run, struct error *err)
{
	struct failures failures = { 0 };
	bool ok = timeline_each(desk, &(struct timeline_page){ .case_id = c->id },
		add_failure, &failures, err);

	if (ok) {
		*out = run_export(&(struct run_export){
			.run = run, .case_number = c->number,
			.failures = failures.list, .failure_count = failures.count,
			.called = called, .arg = desk,
		});
	}
	free(failures.list);
	return ok;
}
