/* player_session.c owns one act on a case under way: what is loaded for it,
 * the events that it appends, and what follows when a plan begins or ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/setting.h"
#include "core/tell.h"
#include "core/when.h"
#include "playbooks/answer.h"
#include "playbooks/player_private.h"
#include "playbooks/trust.h"
#include "playbooks/validity.h"

SQL(ACTIVE_MEMBER, "t",
	"SELECT id FROM member WHERE login = $1 AND active = 1 AND role <> 'viewer'");
SQL(NEXT_RUN, "t",
	"SELECT n + 1 FROM run WHERE case_id = $1 ORDER BY n DESC LIMIT 1");

bool
player_lead(char id[UUID_SIZE], bool *mapped, struct desk *desk,
	const struct playbook *playbook, const struct step *step,
	const char *owner_id, struct error *err)
{
	const char *role = step->lead == NULL ? NULL
		: playbook_agent_role(playbook, step->lead);
	char *value = NULL;
	char *member = NULL;
	bool ok = role == NULL || setting_agent(desk, role, &value, err);

	if (ok && value != NULL && strncmp(value, "member:", 7) == 0) {
		ok = db_one_text(desk_db(desk), &ACTIVE_MEMBER, &member, err,
			TXT(value + 7));
	}
	if (mapped != NULL) {
		*mapped = member != NULL || (value != NULL
			&& strncmp(value, "contact:", 8) == 0);
	}
	(void)snprintf(id, UUID_SIZE, "%s", member != NULL ? member : owner_id);
	free(member);
	free(value);
	return ok;
}

static void
new_id(char out[UUID_SIZE], void *arg)
{
	struct session *session = arg;

	uuid_v7(out, session->context.now);
}

static void
choose_assignee(char out[UUID_SIZE], const struct step *step, void *arg)
{
	struct session *session = arg;
	struct error err = ERROR_INIT;

	if (step->type == STEP_ACTION && session->acting != NULL
			&& !player_lead(out, NULL, session->desk,
				session->acting->playbook, step, session->c.owner_id, &err)) {
		session->failed = true;
	}
}

SQL(MERGED_LIVES, "t",
	"SELECT COUNT(*) FROM cases c JOIN cases t ON t.id = c.merged_into"
	" LEFT JOIN cases u ON u.id = t.merged_into AND t.status = 'merged'"
	" WHERE c.id = $1 AND (t.is_open = 1 OR u.is_open = 1)");

static const char *
called(char *out, const char *login, void *arg)
{
	return person_called(out, ((struct session *)arg)->desk, login);
}

/* Merging moves nothing: the steps of a merged case are worked where they are, as long
 * as the case that it went into is open. */
static bool
stands_still(const struct session *session, bool *still, struct error *err)
{
	int64_t live = 0;

	*still = !session->c.is_open;
	if (!*still || strcmp(session->c.status, "merged") != 0) {
		return true;
	}
	if (!db_one_int(desk_db(session->desk), &MERGED_LIVES, &live, err,
		    TXT(session->c.id))) {
		return false;
	}
	*still = live == 0;
	return true;
}

bool
session_open(struct session *session, struct desk *desk, const char *case_id,
	struct error *err)
{
	bool still;

	*session = (struct session){ .desk = desk };
	session->context = (struct run_context){
		.now = desk_now(desk), .by = desk_me(desk)->login,
		.zone = desk_zone(desk), .calendar = &session->calendar, .new_id = new_id,
		.assignee = choose_assignee, .called = called, .arg = session,
	};
	if (!holiday_calendar(desk, &session->calendar, err)
			|| !case_load(&session->c, desk, case_id, err)
			|| !case_runs_load(&session->runs, desk, session->c.id, err)) {
		return false;
	}
	session->context.detected_at = session->c.detected_at;
	return stands_still(session, &still, err) && (!still || error_set(err, ERR_REFUSED,
		_("case %s is not open: its plans stand still"), session->c.number));
}

void
session_close(struct session *session)
{
	calendar_clear(&session->calendar);
	case_clear(&session->c);
	case_runs_finish(&session->runs);
	library_finish(&session->library);
}

bool
session_library(struct session *session, struct error *err)
{
	if (!session->library_read) {
		session->library_read = library_load(&session->library, session->desk,
			err);
	}
	return session->library_read;
}

struct case_run *
session_run(struct session *session, const char *id)
{
	for (int i = 0; i < session->runs.count; i++) {
		if (strcmp(session->runs.list[i].id, id) == 0) {
			return &session->runs.list[i];
		}
	}
	return NULL;
}

/* What people read of the step that the event is about. */
static struct json *
step_json(const struct case_run *run, const struct instance *instance)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	struct json *json = json_object();

	json_set_text(json, "instance", instance->id);
	json_set_text(json, "id", step->id);
	json_set_int(json, "n", step->n);
	json_set_text(json, "name", step->name);
	json_set_int(json, "round", instance->round);
	json_set_text(json, "state", instance_state_word(instance->state));
	return json;
}

static void
set_pause(struct json *head, const struct case_run *run)
{
	if (run->paused_at != 0) {
		json_set_int(head, "paused_at", run->paused_at);
		json_set_text(head, "paused_by", run->paused_by);
	}
}

void
player_set_why(struct json *effects, const char *why)
{
	struct json *head = json_detach(effects, "run");

	json_set_text(head, "why", why);
	json_set(effects, "run", head);
}

/* The run's head is written whole: what it waits for hangs on the calls, and which
 * steps are on its way on what was answered. */
static void
set_head(struct json *effects, struct case_run *run)
{
	struct json *head = json_detach(effects, "run");
	int done;

	steps_count(run->run, &done, &run->steps);
	json_set_int(head, "steps", run->steps);
	json_set_text(head, "waits_on", run->waits_on);
	set_pause(head, run);
	json_set(effects, "run", head);
	json_set_text(effects, "run_id", run->id);
	json_set_text(effects, "code", run->code[0] != '\0' ? run->code : run->name);
	json_set_int(effects, "run_n", run->n);
}

/* For the undo: what the run waited for, and its steps, until now. */
static void
set_waits_before(struct json *effects, const struct case_run *run)
{
	struct json *before = json_detach(effects, "before");

	if (before != NULL) {
		json_set_text(before, "waits_on", run->waits_on);
		json_set_int(before, "steps", run->steps);
		if (json_get(before, "why") == NULL) { /* player_keep_pause() did not */
			set_pause(before, run);
		}
		json_set(effects, "before", before);
	}
}

void
player_keep_pause(struct json *effects, const struct case_run *run)
{
	struct json *before = json_detach(effects, "before");

	set_pause(before, run);
	json_set_text(before, "why", run->why);
	json_set(effects, "before", before);
}

bool
player_goes_on(struct desk *desk, const struct case_run *run, struct error *err)
{
	char at[WHEN_SHORT_SIZE];
	if (run->paused_at == 0) {
		return true;
	}
	when_near(at, run->paused_at, desk_now(desk), desk_zone(desk));
	error_set(err, ERR_REFUSED, _("%s has been paused since %s by %s: %s"),
		run->code[0] != '\0' ? run->code : run->name, at,
		PERSON(desk, run->paused_by), run->why);
	return error_how(err, "suco run CASE resume %d", run->n);
}

/* A new run's head says once what the run is. */
static void
set_birth(struct json *effects, const struct case_run *run)
{
	static const char *const keys[] = { "id", "modified" };
	static const char *const names[] = { "playbook_id", "modified" };
	struct json *head = json_detach(effects, "run");

	for (int i = 0; i < 2; i++) {
		const char *text = playbook_text(run->playbook, keys[i]);

		json_set_text(head, names[i], text != NULL ? text : "");
	}
	json_set_int(head, "n", run->n);
	json_set_text(head, "hash", playbook_hash(run->playbook));
	json_set_text(head, "code", run->code);
	json_set_text(head, "name", run->name);
	json_set_text(head, "signed_by", run->signed_by);
	json_set(effects, "run", head);
}

/* Who leads a step that opened now, or was just given one, is told in the same
 * transaction; the rows of branches have nobody. */
static bool
tell_leads(struct session *session, const struct json *effects, bool assigned,
	struct error *err)
{
	const struct json *rows = json_get(effects, "instances");
	int cause = change_mark(session->desk);
	bool ok = true;

	for (const struct json *row = json_first(rows); ok && row != NULL;
			row = json_next(row)) {
		const char *state = json_get_text(row, "state");
		const char *to = json_get_text(row, "assignee");
		bool now = json_get_int(row, "opened_at", 0) == session->context.now;
		bool open = state != NULL && (strcmp(state, "open") == 0
			|| strcmp(state, "started") == 0);

		if (to != NULL && to[0] != '\0' && open && (now || assigned)) {
			ok = tell_assigned(session->desk, session->c.id, to,
				&(struct work){ .what = json_get_text(row, "name"),
					.n = (int)json_get_int(row, "n", 0),
					.due_at = json_get_int(row, "due_at", NO_DUE) },
				cause, err);
		}
	}
	return ok;
}

static bool
add_event(struct session *session, struct case_run *run,
	const char *kind, struct json *effects, const char *instance_id,
	const char *note, struct error *err)
{
	const struct instance *instance = instance_id == NULL ? NULL
		: run_find(run->run, instance_id);

	set_head(effects, run);
	if (strcmp(kind, "run_started") == 0) {
		set_birth(effects, run);
		player_asked_first(effects, run);
	}
	if (instance != NULL) {
		json_set(effects, "step", step_json(run, instance));
	}
	if (note != NULL && note[0] != '\0') {
		json_set_text(effects, "note", note);
	}
	if (session->typed != NULL) {
		json_set_text(effects, "typed", session->typed);
	}
	change_add_at(session->desk, kind, session->c.id, effects,
		(struct event_time){ .at = session->context.at });
	return tell_leads(session, effects, strcmp(kind, "step_assigned") == 0, err);
}

bool
player_settle(struct session *session, const char *run_id, const char *kind,
	struct json *effects, const char *instance_id, const char *note,
	struct error *err)
{
	struct case_run *run = session_run(session, run_id);
	struct call *calls = NULL;

	if (++session->depth > MAX_CALL_DEPTH) {
		json_free(effects);
		return error_set(err, ERR_REFUSED,
			_("plans call one another too deeply"));
	}
	if (!player_calls(&calls, session, run, err)) {
		json_free(effects);
		return false;
	}
	set_waits_before(effects, run);
	player_set_waits(run, calls);
	/* Later calls may move the list of runs: ask for the run again. */
	bool ok = add_event(session, run, kind, effects, instance_id, note, err)
		&& player_make_calls(session, run_id, calls, err);
	player_free_calls(calls);
	run = session_run(session, run_id);
	if (ok && !run_is_open(run->run)) {
		ok = player_wake(session, run_id,
			strcmp(run_state(run->run), "done") == 0, err);
	}
	session->depth--;
	return ok && (!session->failed || error_set(err, ERR_IO,
		_("the leads of the steps cannot be read")));
}

/* Its text is read and stored; not begun when its dates forbid it and nobody
 * gave a reason.  *why: that it was not valid, and the reason, or the reason. */
static bool
take_plan(struct case_run *new, char **why, struct session *session,
	const struct plan *plan, const char *reason, struct error *err)
{
	char *text = NULL;
	char *invalid;
	size_t len = 0;
	int64_t n = 1;
	bool ok = library_read(&new->playbook, &text, &len, session->desk, plan, err);

	if (ok) {
		free(new->signed_by);
		new->signed_by = NULL;
		ok = trust_signer(&new->signed_by, session->desk,
				playbook_json(new->playbook), err)
			&& trust_allows(session->desk, new->signed_by,
				plan->code[0] != '\0' ? plan->code : plan->name, err);
	}
	invalid = ok ? playbook_not_valid(new->playbook, session->context.now) : NULL;
	if (invalid != NULL && (reason == NULL || reason[0] == '\0')) {
		ok = error_set(err, ERR_REFUSED, _("%s: it is begun for a reason only"),
			invalid);
		(void)error_how(err, "--reason \"...\"");
	}
	ok = ok && library_store(session->desk, new->playbook, text, len, "run", err)
		&& change_flush(session->desk, err)
		&& db_one_int(desk_db(session->desk), &NEXT_RUN, &n, err,
			TXT(session->c.id));
	new->n = (int)n;
	*why = invalid != NULL && ok ? xasprintf("%s; %s", invalid, reason)
		: xstrdup(ok && reason != NULL ? reason : "");
	free(invalid);
	free(text);
	return ok;
}

bool
player_begin_plan(struct session *session, const struct plan *plan,
	const struct beginning *begin, struct error *err)
{
	struct case_run new = { .code = xstrdup(plan->code),
		.name = xstrdup(plan->name), .waits_on = xstrdup(""),
		.signed_by = xstrdup(""), .started_at = session->context.now };
	struct json *effects = NULL;
	struct json *given = NULL;
	if (!take_plan(&new, &new.why, session, plan, begin->reason, err)) {
		case_run_finish(&new);
		return false;
	}
	(void)snprintf(new.id, sizeof new.id, "%s", begin->run);
	new.run = run_new(new.playbook, begin->run);
	session->acting = &new;
	bool ok = (begin->typed == NULL
			|| answers_begin(&given, new.playbook, begin->typed, err))
		&& run_start(&effects, new.run, given != NULL ? given : begin->values,
			&session->context, err);
	json_free(given);
	if (!ok) {
		session->acting = NULL;
		case_run_finish(&new);
		return false;
	}
	/* In the list from here on, which then owns its parts. */
	session->acting = case_runs_add(&session->runs, new);
	if (new.why[0] != '\0') {
		player_set_why(effects, new.why);
	}
	return player_settle(session, begin->run, "run_started", effects, NULL,
		new.why, err) && change_flush(session->desk, err);
}
