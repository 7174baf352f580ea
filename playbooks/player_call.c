/* player_call.c owns calls from one plan to another on a case (rule 18 and
 * plans.md 9.1): a plan that runs already is joined, one that waits for the
 * caller is only linked, and what waited goes on when the other ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/player_private.h"

void
player_free_calls(struct call *calls)
{
	struct call *next;

	for (; calls != NULL; calls = next) {
		next = calls->next;
		free(calls);
	}
}

/* The run behind "INSTANCE:RUN" in a list; NULL where the instance waits for
 * nothing.  The text after the colon is not cut. */
static const char *
waits_for(const struct case_run *run, const char *instance)
{
	const char *found = strstr(run->waits_on, instance);
	size_t len = strlen(instance);

	return found != NULL && found[len] == ':' ? found + len + 1 : NULL;
}

/* An open run of the plan that is called: the same id, or another edition of
 * the same code. */
static const struct case_run *
running(const struct session *session, const char *id, const char *code)
{
	for (int i = 0; i < session->runs.count; i++) {
		const struct case_run *run = &session->runs.list[i];

		if (run->run != NULL && run_is_open(run->run)
				&& (strcmp(playbook_text(run->playbook, "id"), id) == 0
					|| (code[0] != '\0' && strcmp(run->code, code) == 0))) {
			return run;
		}
	}
	return NULL;
}

/* Does from wait for the run, directly or through others? */
static bool
waits_on_run(const struct session *session, const struct case_run *from,
	const char *run_id, int depth)
{
	if (strcmp(from->id, run_id) == 0) {
		return true;
	}
	for (int i = 0; depth < MAX_CALL_DEPTH && i < session->runs.count; i++) {
		const struct case_run *other = &session->runs.list[i];

		if (strstr(from->waits_on, other->id) != NULL
				&& waits_on_run(session, other, run_id, depth + 1)) {
			return true;
		}
	}
	return false;
}

static bool
decide_call(struct call *call, struct session *session,
	const struct case_run *run, const struct step *step, struct error *err)
{
	const struct plan *plan;

	if (!session_library(session, err)) {
		return false;
	}
	plan = library_by_id(&session->library, step->call, step->call_version);
	const struct case_run *other = running(session, step->call,
		plan != NULL ? plan->code : "");

	if (other != NULL) {
		/* A run that waits for the caller is linked, not waited for. */
		if (!waits_on_run(session, other, run->id, 0)) {
			memcpy(call->run, other->id, sizeof call->run);
		}
	} else if (plan == NULL) {
		call->missing = true;
	} else {
		call->plan = plan;
		uuid_v7(call->run, session->context.now);
	}
	return true;
}

/* Does the call wait for a run that is there?  The begin of the called plan may
 * have been undone: then it is called again. */
static bool
waits_well(struct session *session, const struct case_run *run,
	const char *instance)
{
	const char *other = waits_for(run, instance);
	char id[UUID_SIZE];

	if (other == NULL) {
		return false;
	}
	(void)snprintf(id, sizeof id, "%s", other);
	return session_run(session, id) != NULL;
}

bool
player_calls(struct call **out, struct session *session, struct case_run *run,
	struct error *err)
{
	struct call **last = out;

	*out = NULL;
	for (int i = 1; i <= run_instance_count(run->run); i++) {
		const struct instance *instance = run_instance(run->run, i);
		const struct step *step = playbook_step(run->playbook,
			instance->step);

		if (instance->is_branch || step->type != STEP_CALL
				|| instance->state != INSTANCE_RUNNING
				|| waits_well(session, run, instance->id)) {
			continue;
		}
		struct call *call = xcalloc(1, sizeof *call);
		memcpy(call->instance, instance->id, sizeof call->instance);
		*last = call;
		last = &call->next;
		if (!decide_call(call, session, run, step, err)) {
			player_free_calls(*out);
			*out = NULL;
			return false;
		}
	}
	return true;
}

static bool
decided_again(const struct call *calls, const char *instance)
{
	for (; calls != NULL; calls = calls->next) {
		if (strcmp(calls->instance, instance) == 0) {
			return true;
		}
	}
	return false;
}

void
player_set_waits(struct case_run *run, const struct call *calls)
{
	struct buf waits = { 0 };

	for (int i = 1; i <= run_instance_count(run->run); i++) {
		const struct instance *instance = run_instance(run->run, i);
		const char *old = waits_for(run, instance->id);

		if (old != NULL && !decided_again(calls, instance->id)
				&& instance->state == INSTANCE_RUNNING) {
			buf_addf(&waits, "%s%s:%.36s", waits.len > 0 ? " " : "",
				instance->id, old);
		}
	}
	for (; calls != NULL; calls = calls->next) {
		if (calls->run[0] != '\0') {
			buf_addf(&waits, "%s%s:%s", waits.len > 0 ? " " : "",
				calls->instance, calls->run);
		}
	}
	free(run->waits_on);
	run->waits_on = buf_take(&waits);
}

/* What a caller gives (in_args) or gets (out_args): each name that both plans
 * have, from one run to the other; the caller frees. */
static struct json *
arguments(const struct run *from, const struct json *names)
{
	struct json *values = json_object();

	for (const struct json *row = json_first(names); row != NULL;
			row = json_next(row)) {
		const char *name = json_text(row, "");
		struct run_value is = { 0 };

		if (run_variable(&is, from, NULL, name) && (is.value != NULL || is.unknown)) {
			json_set_text(values, name, is.unknown ? "?" : is.value);
		}
	}
	return values;
}

/* The call has its answer: the caller goes on.  values may be NULL. */
static bool
return_to(struct session *session, const char *run_id, const char *instance,
	bool good, const char *note, const struct json *values, struct error *err)
{
	struct case_run *run = session_run(session, run_id);
	struct run_input input = { .note = note, .values = values };
	struct json *effects = NULL;

	session->acting = run;
	return run_act(&effects, run->run, instance, good ? RUN_CALL_ENDED
			: RUN_CALL_FAILED, &input, &session->context, err)
		&& player_settle(session, run_id, good ? "step_done" : "step_failed",
			effects, instance, note, err);
}

static const struct step *
step_of_call(const struct case_run *run, const char *instance)
{
	return playbook_step(run->playbook, run_find(run->run, instance)->step);
}

/* Begins the plan that is called with what goes in; one that may not be begun
 * is a call that failed, and the operator decides. */
static bool
begin_called(struct session *session, const char *run_id, const struct call *call,
	struct error *err)
{
	const struct case_run *run = session_run(session, run_id);
	struct json *values = arguments(run->run,
		json_get(step_of_call(run, call->instance)->json, "in_args"));
	bool ok = player_begin_plan(session, call->plan, &(struct beginning){
		.run = call->run, .reason = "", .values = values }, err);

	json_free(values);
	if (!ok && err->code != ERR_IO && session_run(session, call->run) == NULL) {
		struct error why = *err;

		return return_to(session, run_id, call->instance, false, why.message, NULL,
			err);
	}
	return ok;
}

bool
player_make_calls(struct session *session, const char *run_id,
	const struct call *calls, struct error *err)
{
	for (; calls != NULL; calls = calls->next) {
		bool ok = true;

		if (calls->missing) {
			ok = return_to(session, run_id, calls->instance, false,
				_("the plan that is called is not in the library"), NULL,
				err);
		} else if (calls->plan != NULL) {
			ok = begin_called(session, run_id, calls, err);
		} else if (calls->run[0] == '\0') {
			ok = return_to(session, run_id, calls->instance, true,
				_("that plan is under way and waits for this one"), NULL,
				err);
		}
		if (!ok) {
			return false;
		}
	}
	return true;
}

/* The first instance of a run that waits for the one that ended. */
static bool
find_waiting(char instance[UUID_SIZE], const struct case_run *run,
	const char *ended)
{
	for (int i = 1; i <= run_instance_count(run->run); i++) {
		const struct instance *row = run_instance(run->run, i);
		const char *other = waits_for(run, row->id);

		if (row->state == INSTANCE_RUNNING && other != NULL
				&& strncmp(other, ended, UUID_SIZE - 1) == 0) {
			memcpy(instance, row->id, UUID_SIZE);
			return true;
		}
	}
	return false;
}

bool
player_wake(struct session *session, const char *ended, bool good,
	struct error *err)
{
	const struct run *done_run = session_run(session, ended)->run;
	const struct case_run *done = session_run(session, ended);
	char *note = xasprintf(good ? _("%s has ended") : _("%s was not completed"),
		done->code[0] != '\0' ? done->code : done->name);
	char instance[UUID_SIZE];
	bool ok = true;

	for (int i = 0; ok && i < session->runs.count; i++) {
		while (ok && run_is_open(session->runs.list[i].run)
				&& find_waiting(instance, &session->runs.list[i], ended)) {
			struct case_run *caller = &session->runs.list[i];
			struct json *values = arguments(done_run, json_get(
				step_of_call(caller, instance)->json, "out_args"));
			char id[UUID_SIZE];

			memcpy(id, caller->id, sizeof id);
			ok = return_to(session, id, instance, good, note, values, err);
			json_free(values);
		}
	}
	free(note);
	return ok;
}
