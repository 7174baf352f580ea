/* player.c owns what a member does with the plans of a case: begin, act on a
 * step. */
#include "playbooks/player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/change.h"
#include "core/hold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/answer.h"
#include "playbooks/check.h"
#include "playbooks/follow_up.h"
#include "playbooks/player_private.h"
#include "playbooks/step_decision.h"

static bool
under_way(const struct session *session, const struct plan *plan,
	struct error *err)
{
	for (int i = 0; i < session->runs.count; i++) {
		const struct case_run *run = &session->runs.list[i];
		const char *id = playbook_text(run->playbook, "id");

		if (run_is_open(run->run) && (strcmp(id, plan->id) == 0
				|| (plan->code[0] != '\0'
					&& strcmp(run->code, plan->code) == 0))) {
			return error_set(err, ERR_REFUSED,
				_("%s is under way on this case already (run %d)"),
				run->code[0] != '\0' ? run->code : run->name, run->n);
		}
	}
	return true;
}

static bool
choose_plan(const struct plan **out, struct session *session,
	const char *spec, struct error *err)
{
	const char *language = desk_me(session->desk)->language;

	if (!session_library(session, err)) {
		return false;
	}
	if (spec != NULL) {
		return library_find(out, &session->library, spec, language, err);
	}
	if (!library_fitting(out, &session->library, session->desk, &session->c,
			language, err)) {
		return false;
	}
	return *out != NULL || error_set(err, ERR_NOT_FOUND,
		_("no plan fits case %s: name one, see `suco playbook list`"),
		session->c.number);
}

/* The answers cleaned as all text from outside is. */
static bool
clean_values(struct json **out, const struct json *values, struct error *err)
{
	*out = json_object();
	for (const struct json *row = json_first(values); row != NULL;
			row = json_next(row)) {
		const char *text = json_text(row, NULL);
		char *clean = NULL;

		if (text == NULL) {
			return error_set(err, ERR_BAD_INPUT,
				_("an answer is a text, written in quotes: \"5\", not 5"));
		}
		if (!text_accept(&clean, text, strlen(text), TEXT_MANY_LINES,
				limit(LIMIT_NOTE), _("answer"), err)) {
			return false;
		}
		json_set_text(*out, json_key(row), clean);
		free(clean);
	}
	return true;
}

bool
player_begin_with(struct desk *desk, const char *case_id, const struct begin_act *act,
	int *n, struct error *err)
{
	const char *given = act->reason != NULL ? act->reason : "";
	struct session session = { 0 };
	const struct plan *plan = NULL;
	struct json *values = NULL;
	char *reason = NULL;
	char id[UUID_SIZE];

	if (!desk_may(desk, ACT_WORK, err) || !text_accept(&reason, given,
			strlen(given), TEXT_MANY_LINES, limit(LIMIT_NOTE), _("reason"), err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(reason);
		return false;
	}
	bool ok = session_open(&session, desk, case_id, err)
		&& choose_plan(&plan, &session, act->spec, err)
		&& under_way(&session, plan, err)
		&& clean_values(&values, act->values, err);
	if (ok) {
		uuid_v7(id, session.context.now);
		ok = player_begin_plan(&session, plan, &(struct beginning){ .run = id,
			.reason = reason, .typed = values }, err);
	}
	if (ok) {
		*n = session_run(&session, id)->n;
	}
	json_free(values);
	free(reason);
	session_close(&session);
	return change_end(desk, ok, err);
}

bool
player_begin(struct desk *desk, const char *case_id, const char *spec, int *n,
	struct error *err)
{
	return player_begin_with(desk, case_id, &(struct begin_act){ .spec = spec }, n,
		err);
}

static const char *const act_kinds[] = {
	[RUN_START] = "step_started", [RUN_DONE] = "step_done",
	[RUN_FAILED] = "step_failed", [RUN_SKIP] = "step_skipped",
	[RUN_ASSIGN] = "step_assigned", [RUN_CALL_ENDED] = "step_done",
	[RUN_CALL_FAILED] = "step_failed",
};

/* The reason of a decision that a step asked for: its note, else its name. */
static char *
decision_reason(const struct case_run *run, const struct step *step,
	const char *note)
{
	if (note != NULL && note[0] != '\0') {
		return xstrdup(note);
	}
	return xasprintf(_("step %d of %s: %s"), step->n,
		run->code[0] != '\0' ? run->code : run->name, step->name);
}

static bool
missing(const char *field, const char *question, struct error *err)
{
	error_set(err, ERR_REFUSED,
		_("an answer is missing: %s (? where it is not known)"), question);
	(void)snprintf(err->detail, sizeof err->detail, "{\"missing\":[\"%s\"]}",
		field);
	return error_how(err, "--set %s=...", field);
}

static bool
decide_severity(struct session *session, const char *text,
	const char *reason, struct error *err)
{
	if (text == NULL) {
		return session->c.severity != 0 || missing("severity", _("severity"), err);
	}
	if (answer_value(text) == NULL) {
		return true; /* the suggestion goes on to count */
	}
	if (text[0] < '1' || text[0] > '4' || text[1] != '\0') {
		return error_set(err, ERR_BAD_INPUT,
			_("severity is 1 to 4, or ?: not %.40s"), text);
	}
	return severity_decide(session->desk, session->c.id, text[0] - '0', reason,
		err);
}

static bool
decide_reportable(struct session *session, const char *text,
	const char *reason, struct error *err)
{
	if (text == NULL) {
		return strcmp(session->c.reportable, "unknown") != 0
			|| missing("reportable", _("is it reportable?"), err);
	}
	if (answer_value(text) == NULL || strcmp(text, session->c.reportable) == 0) {
		return true;
	}
	return reportable_decide(session->desk, session->c.id, text, reason, err);
}

static bool
decide_case_fields(struct session *session, const struct case_run *run,
	const struct step *step, const struct json *values, const char *note,
	struct error *err)
{
	char *reason = decision_reason(run, step, note);
	bool ok = (!step_asks_case_field(step, "severity")
			|| decide_severity(session, json_get_text(values, "severity"),
				reason, err))
		&& (!step_asks_case_field(step, "reportable")
			|| decide_reportable(session,
				json_get_text(values, "reportable"), reason, err))
		&& player_sets(session, run, step, values, err);

	free(reason);
	return ok;
}

/* What rebuilds, restores or replaces waits while the police want the scene as
 * it is; that it cannot be done, or is not needed, may always be said. */
static bool
scene_allows(const struct session *session, const struct step *step,
	enum run_action action, struct error *err)
{
	char *what;
	bool ok;

	if ((action != RUN_START && action != RUN_DONE) || !step->alters) {
		return true;
	}
	what = xasprintf(_("step %d \"%s\""), step->n, step->name);
	ok = hold_allows(session->desk, session->c.id, what, err);
	free(what);
	return ok;
}

/* How many events this change holds so far. */
static int
events_so_far(const struct desk *desk)
{
	int count;

	(void)change_appended(desk, &count);
	return count + change_mark(desk);
}

/* What the answers decide of the case and put on the watch's lists, before the
 * event of the step itself, which counts them: one undo takes all of it back. */
static bool
carry_out(struct json *effects, struct session *session, const struct case_run *run,
	const struct step *step, const struct run_input *input, struct error *err)
{
	int before = events_so_far(session->desk), made;
	bool ok = decide_case_fields(session, run, step, input->values, input->note, err)
		&& follow_up(&(struct follow_up){ .desk = session->desk, .c = &session->c,
			.playbook = run->playbook, .step = step, .values = input->values,
			.note = input->note, .said_at = session->typed }, err);

	made = ok ? events_so_far(session->desk) - before : 0;
	if (made > 0) {
		json_set_int(effects, "made_before", made);
	}
	return ok;
}

static bool
act_on(struct session *session, struct case_run *run,
	const struct instance *instance, enum run_action action,
	const struct run_input *input, const char *login, struct error *err)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	const struct check_step list = check_step_of(session->c.id, run, instance);
	struct json *effects = NULL;
	char id[UUID_SIZE];
	char run_id[UUID_SIZE];
	int ticked = 0;
	int total = 0;

	memcpy(id, instance->id, sizeof id);
	memcpy(run_id, run->id, sizeof run_id);
	session->acting = run;
	if (!scene_allows(session, step, action, err)
			|| (action == RUN_DONE && list.open && !check_before_done(&ticked,
				&total, session->desk, &list, input->note, err))) {
		return false;
	}
	if (!run_act(&effects, run->run, id, action, input, &session->context,
			err)) {
		return false;
	}
	if (effects == NULL) {
		return true; /* it is so already */
	}
	if (action == RUN_DONE && (!carry_out(effects, session, run, step, input, err)
			|| !player_clocks(effects, session, run, step, id, input->values, err))) {
		json_free(effects);
		return false;
	}
	if (action == RUN_ASSIGN) {
		json_set_text(effects, "to", login);
	}
	if (action == RUN_DONE) {
		player_asked(effects, run, step);
	}
	if (total > 0) {
		json_set_int(effects, "ticked", ticked);
		json_set_int(effects, "total", total);
	}
	return player_settle(session, run_id, act_kinds[action], effects, id,
		input->note, err);
}

static bool
check_act(struct desk *desk, const struct instance *instance,
	const struct step_act *act, struct error *err)
{
	if (act->action > RUN_ASSIGN) {
		return error_set(err, ERR_BAD_INPUT, _("no such act on a step"));
	}
	return desk_may(desk, act->action == RUN_ASSIGN ? ACT_ASSIGN : ACT_WORK,
			err)
		&& change_guard(desk, instance->id, "state", act_kinds[act->action],
			instance_state_word(instance->state), err);
}

/* The act with all its texts cleaned and its member found. */
static bool
clean_act(struct run_input *input, struct json **values, char **note,
	char member[UUID_SIZE], struct desk *desk, const struct step_act *act,
	struct error *err)
{
	const char *given = act->note != NULL ? act->note : "";

	member[0] = '\0';
	if (!clean_values(values, act->values, err)
			|| !text_accept(note, given, strlen(given), TEXT_MANY_LINES,
				limit(LIMIT_NOTE), _("note"), err)) {
		return false;
	}
	if (act->action == RUN_ASSIGN && act->assignee != NULL
			&& act->assignee[0] != '\0'
			&& !member_worker(desk, act->assignee, member, err)) {
		return false;
	}
	*input = (struct run_input){
		.note = *note, .values = *values, .assignee = member,
	};
	return true;
}

#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)

/* A time given afterwards: not in the future, not long before the incident (a
 * reading may be older than the call that opened the case), not before the step
 * was begun; to the minute, as people write it. */
static bool
honest_time(const struct session *session, const struct instance *instance,
	const struct step_act *act, struct error *err)
{
	const struct ir_case *c = &session->c;
	const struct zone *zone = desk_zone(session->desk);
	int64_t begin = c->detected_at < c->opened_at ? c->detected_at : c->opened_at;
	char at[WHEN_SHORT_SIZE];
	char limit_at[WHEN_SHORT_SIZE];

	if (act->at == 0) {
		return true;
	}
	when_near(at, act->at, session->context.now, zone);
	if (act->action == RUN_ASSIGN) {
		return error_set(err, ERR_BAD_INPUT,
			_("a step is put on somebody now, not at %s"), at);
	}
	if (act->at > session->context.now) {
		return error_set(err, ERR_BAD_INPUT, _("%s is in the future"), at);
	}
	begin = c->occurred_at != 0 && c->occurred_at < begin ? c->occurred_at : begin;
	when_near(limit_at, begin, session->context.now, zone);
	if (act->at < begin - HOUR_MS) {
		return error_set(err, ERR_BAD_INPUT, _("%s is long before the incident was"
			" detected (%s): correct that first"), at, limit_at);
	}
	when_near(limit_at, instance->started_at, session->context.now, zone);
	return act->action == RUN_START || instance->started_at == 0
		|| act->at >= instance->started_at - instance->started_at % MINUTE_MS
		|| error_set(err, ERR_BAD_INPUT,
			_("the step was begun at %s: it cannot have ended at %s"),
			limit_at, at);
}

bool
player_step(struct desk *desk, const char *case_id, const char *step,
	const struct step_act *act, struct error *err)
{
	struct session session = { 0 };
	struct case_run *run = NULL;
	const struct instance *instance = NULL;
	struct run_input input = { 0 };
	struct json *values = NULL;
	char member[UUID_SIZE];
	char *note = NULL;

	if (!change_begin(desk, err)) {
		return false;
	}
	bool ok = session_open(&session, desk, case_id, err);
	session.context.at = act->at;
	session.typed = act->typed;
	ok = ok && case_runs_find(&run, &instance, &session.runs, step, err)
		&& check_act(desk, instance, act, err)
		&& (act->action == RUN_ASSIGN || player_goes_on(desk, run, err))
		&& honest_time(&session, instance, act, err)
		&& clean_act(&input, &values, &note, member, desk, act, err);
	if (ok) {
		answers_tidy(run->run, instance, values);
	}
	ok = ok
		&& (act->action != RUN_DONE
			|| step_decision_settle(desk, run, instance, values, note, err))
		&& act_on(&session, run, instance, act->action, &input,
			act->assignee != NULL ? act->assignee : "", err);
	json_free(values);
	free(note);
	session_close(&session);
	return change_end(desk, ok, err);
}
