/* player_steer.c owns what a member decides about the plans of a case. */
#include "playbooks/player_steer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/player_private.h"
#include "playbooks/run_steer.h"

/* Opens the change of a decision with its reason; false: nothing is open. */
static bool
begin_decision(char **note, struct desk *desk, const char *reason, struct error *err)
{
	const char *given = reason != NULL ? reason : "";

	if (!desk_may(desk, ACT_WORK, err) || !text_accept(note, given, strlen(given),
			TEXT_MANY_LINES, limit(LIMIT_NOTE), _("reason"), err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(*note);
		return false;
	}
	return true;
}

/* Closes it, done or not; gives whether it stands. */
static bool
end_decision(struct session *session, char *note, struct desk *desk, bool ok,
	struct error *err)
{
	free(note);
	session_close(session);
	return change_end(desk, ok, err);
}

/* What a decision about one step does to its run. */
typedef bool steer_fn(struct json **effects, struct run *run, const char *instance,
	int64_t minutes, const char *reason, const struct run_context *context,
	struct error *err);

static bool
more_time(struct json **effects, struct run *run, const char *instance,
	int64_t minutes, const char *reason, const struct run_context *context,
	struct error *err)
{
	(void)reason;
	if (!run_extend(effects, run, instance, minutes, context, err)) {
		return false;
	}
	json_set_int(*effects, "minutes", minutes);
	return true;
}

static bool
once_more(struct json **effects, struct run *run, const char *instance,
	int64_t minutes, const char *reason, const struct run_context *context,
	struct error *err)
{
	(void)minutes;
	return run_back(effects, run, instance, reason, context, err);
}

static bool
steer(struct desk *desk, const char *case_id, const char *step, const char *kind,
	steer_fn *decide, int64_t minutes, const char *reason, struct error *err)
{
	struct session session = { 0 };
	struct case_run *run = NULL;
	const struct instance *instance = NULL;
	struct json *effects = NULL;
	char id[UUID_SIZE] = "";
	char *note = NULL;

	if (!begin_decision(&note, desk, reason, err)) {
		return false;
	}
	bool ok = session_open(&session, desk, case_id, err)
		&& case_runs_find(&run, &instance, &session.runs, step, err)
		&& change_guard(desk, instance->id, "state", kind,
			instance_state_word(instance->state), err)
		&& player_goes_on(desk, run, err);
	if (ok) {
		memcpy(id, instance->id, sizeof id);
		session.acting = run;
		ok = decide(&effects, run->run, id, minutes, note, &session.context, err)
			&& player_settle(&session, run->id, kind, effects, id, note, err);
	}
	return end_decision(&session, note, desk, ok, err);
}

bool
player_extend(struct desk *desk, const char *case_id, const char *step,
	int64_t minutes, const char *reason, struct error *err)
{
	return steer(desk, case_id, step, "step_extended", more_time, minutes, reason, err);
}

bool
player_back(struct desk *desk, const char *case_id, const char *step,
	const char *reason, struct error *err)
{
	return steer(desk, case_id, step, "step_reopened", once_more, 0, reason, err);
}

/* ---- a whole run ---- */

static const struct {
	const char *kind;
	bool wants_reason;
} changes[] = {
	[RUN_PAUSE] = { "run_paused", true },
	[RUN_RESUME] = { "run_resumed", false },
	[RUN_STOP] = { "run_ended", true },
};

/* The run with this number; 0: the only one that is under way. */
static struct case_run *
find_run(struct session *session, int n, struct error *err)
{
	struct case_run *found = NULL;

	for (int i = 0; i < session->runs.count; i++) {
		struct case_run *run = &session->runs.list[i];

		if (n != 0 ? run->n == n : run_is_open(run->run)) {
			if (found != NULL) {
				error_set(err, ERR_BAD_INPUT,
					_("runs %d and %d are both under way: say which"),
					found->n, run->n);
				return NULL;
			}
			found = run;
		}
	}
	if (found == NULL && n == 0) {
		error_set(err, ERR_NOT_FOUND, _("no plan is under way on this case"));
	} else if (found == NULL) {
		error_set(err, ERR_NOT_FOUND, _("there is no run %d on this case"), n);
	} else if (!run_is_open(found->run)) {
		error_set(err, ERR_REFUSED, _("run %d has ended already"), found->n);
		found = NULL;
	}
	return found;
}

/* Paused already, or not at all.  *nothing: it is so, by the same member. */
static bool
may_change(bool *nothing, struct desk *desk, const struct case_run *run,
	enum run_change change, struct error *err)
{
	bool paused = run->paused_at != 0;

	*nothing = change == RUN_PAUSE && paused
		&& strcmp(run->paused_by, desk_me(desk)->login) == 0;
	if (*nothing) {
		return true;
	}
	if (change == RUN_PAUSE && paused) {
		return player_goes_on(desk, run, err);
	}
	return change != RUN_RESUME || paused
		|| error_set(err, ERR_REFUSED, _("run %d is not paused"), run->n);
}

static struct json *
effects_of(struct session *session, struct case_run *run, enum run_change change,
	const char *reason)
{
	switch (change) {
	case RUN_PAUSE:
		return run_pause(run->run, &session->context);
	case RUN_RESUME:
		return run_resume(run->run, run->paused_at, &session->context);
	case RUN_STOP:
		break;
	}
	return run_abort(run->run, reason, &session->context);
}

static bool
change_run(struct session *session, struct case_run *run, enum run_change change,
	const char *reason, struct error *err)
{
	struct json *effects = effects_of(session, run, change, reason);

	player_keep_pause(effects, run);
	if (reason[0] != '\0') {
		player_set_why(effects, reason);
	}
	run->paused_at = change == RUN_PAUSE ? session->context.now : 0;
	free(run->paused_by);
	run->paused_by = change == RUN_PAUSE ? xstrdup(session->context.by) : NULL;
	if (reason[0] != '\0') {
		free(run->why);
		run->why = xstrdup(reason);
	}
	return player_settle(session, run->id, changes[change].kind, effects, NULL,
		reason, err);
}

bool
player_change(struct desk *desk, const char *case_id, int n,
	enum run_change change, const char *reason, struct error *err)
{
	struct session session = { 0 };
	struct case_run *run = NULL;
	bool nothing = false;
	char *note = NULL;

	if (!begin_decision(&note, desk, reason, err)) {
		return false;
	}
	bool ok = session_open(&session, desk, case_id, err)
		&& (run = find_run(&session, n, err)) != NULL;
	if (ok && changes[change].wants_reason && note[0] == '\0') {
		ok = error_set(err, ERR_REFUSED, change == RUN_STOP
			? _("a plan is stopped for a reason")
			: _("a plan is paused for a reason"));
	}
	ok = ok && may_change(&nothing, desk, run, change, err)
		&& (nothing || change_run(&session, run, change, note, err));
	return end_decision(&session, note, desk, ok, err);
}
