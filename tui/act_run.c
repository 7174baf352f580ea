/* act_run.c owns the acts themselves: on the desk's thread, the values of a form
 * become one verb of core. */
#include "tui/act_run.h"

#include <stdlib.h>
#include <string.h>

#include "core/answer.h"
#include "core/case_set.h"
#include "core/escalate_now.h"
#include "core/evidence.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/status.h"
#include "core/task.h"
#include "core/undo.h"
#include "core/when.h"
#include "playbooks/player.h"
#include "tui/number.h"

static const char *
value(const struct json *values, const char *name)
{
	const char *text = json_get_text(values, name);

	return text != NULL ? text : "";
}

bool
act_do_note(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *typed = value(values, "when");
	struct note_new note = { .text = value(values, "text") };

	if (typed[0] != '\0') {
		if (!when_parse(&note.at, typed, WHEN_PAST, desk_now(desk), desk_zone(desk),
				err)) {
			return false;
		}
		note.typed = typed;
	}
	return note_add(desk, ref->id, &note, err);
}

bool
act_do_assign(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return case_assign(desk, ref->id, value(values, "login"), err);
}

static bool
answer(struct desk *desk, const struct case_ref *ref, enum answer_what what,
	const struct json *values, struct error *err)
{
	struct answer_done done;

	return answer_case(desk, ref->id, &(struct answer){ .what = what, .channel = "tui",
		.to = value(values, "login"), .note = value(values, "note") }, &done, err);
}

bool
act_do_ack(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return answer(desk, ref, ANSWER_ACK, values, err);
}

bool
act_do_decline(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return answer(desk, ref, ANSWER_DECLINE, values, err);
}

bool
act_do_pass(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return answer(desk, ref, ANSWER_PASS, values, err);
}

bool
act_do_call_next(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err)
{
	struct json *called = NULL;
	bool ok = escalate_now(desk, ref->id, &(struct call_now){
		.reason = value(values, "note") }, &called, err);

	json_free(called);
	return ok;
}

bool
act_do_severity(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err)
{
	return severity_decide(desk, ref->id, number_of(value(values, "severity")),
		value(values, "reason"), err);
}

bool
act_do_status(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return status_set(desk, ref->id, &(struct status_change){
		.to = value(values, "to"), .verb = value(values, "verb"),
		.reason = value(values, "reason"), .cause = value(values, "cause"),
		.result = value(values, "result"), .lessons = value(values, "lessons") },
		err);
}

bool
act_do_task(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *typed = value(values, "due");
	const char *login = value(values, "login");
	struct task_new task = { .title = value(values, "title"),
		.assignee = login[0] != '\0' ? login : NULL };
	int n;

	if (typed[0] != '\0') {
		if (!when_parse(&task.due_at, typed, WHEN_DUE, desk_now(desk),
				desk_zone(desk), err)) {
			return false;
		}
		task.typed = typed;
	}
	return task_add(desk, ref->id, &task, &n, err);
}

bool
act_do_evidence(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err)
{
	bool stored;
	int n;

	return evidence_add(desk, ref->id, value(values, "path"), value(values, "note"),
		&n, &stored, err);
}

bool
act_do_observable(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err)
{
	int n;

	return observable_add(desk, ref->id, value(values, "type"),
		value(values, "value"), NULL, value(values, "note"), &n, err);
}

bool
act_do_set(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	char *assignment = xasprintf("%s=%s", value(values, "field"),
		value(values, "value"));
	const char *one[] = { assignment };
	bool ok = case_set(desk, ref->id, one, 1, err);

	free(assignment);
	return ok;
}

bool
act_do_merge(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return case_merge(desk, ref->id, value(values, "case"), err);
}

bool
act_do_unmerge(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return case_unmerge(desk, ref->id, err);
}

bool
act_do_link(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return case_link(desk, ref->id, value(values, "case"), err);
}

/* What the form asked beside the plan are its external variables. */
bool
act_do_begin(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *plan = value(values, "plan");
	struct json *given = json_copy(values);
	struct begin_act act = { .spec = plan[0] != '\0' ? plan : NULL, .values = given,
		.reason = value(values, "reason") };
	bool ok;
	int n;

	for (const struct json *row = json_first(given); row != NULL;) {
		const struct json *next = json_next(row);

		if (strncmp(json_key(row), "__", 2) != 0 || json_text(row, "")[0] == '\0') {
			json_remove(given, json_key(row));
		}
		row = next;
	}
	ok = player_begin_with(desk, ref->id, &act, &n, err);
	json_free(given);
	return ok;
}

bool
act_do_redo(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return redo_last(desk, ref->id, err);
}
