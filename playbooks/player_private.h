/* player_private.h - one act on a case under way; for player*.c only. */
#ifndef PLAYBOOKS_PLAYER_PRIVATE_H
#define PLAYBOOKS_PLAYER_PRIVATE_H

#include "core/calendar.h"
#include "core/case.h"
#include "playbooks/library.h"
#include "playbooks/player.h"

#define MAX_CALL_DEPTH 16

struct session {
	struct desk *desk;
	struct ir_case c;
	struct case_runs runs;
	struct library library;
	struct calendar calendar; /* for limits in working days */
	bool library_read;
	int depth; /* of calls that begin, join or end one another */
	struct run_context context;
	const char *typed; /* context.at as it was typed, or NULL */
	const struct case_run *acting; /* for the assignee of what opens */
	struct error *err; /* of the callbacks, which cannot return one */
	bool failed;
};

bool session_open(struct session *session, struct desk *desk,
	const char *case_id, struct error *err);
void session_close(struct session *session);
bool session_library(struct session *session, struct error *err);

/* Adds the event of an act and does what follows from it: calls that begin,
 * runs that waited.  Takes effects.  step may be NULL (the run begins or
 * stops). */
bool player_settle(struct session *session, const char *run_id,
	const char *kind, struct json *effects, const char *instance_id,
	const char *note, struct error *err);

/* A run that is paused says by whom, since when and why: ERR_REFUSED. */
bool player_goes_on(struct desk *desk, const struct case_run *run, struct error *err);
/* The reason, into the run's head of an act that changes it. */
void player_set_why(struct json *effects, const char *why);
/* For the undo: the pause as it is now; before the run's own is changed. */
void player_keep_pause(struct json *effects, const struct case_run *run);

/* Begins a plan in the session (player_call.c uses it for calls). */
struct beginning {
	const char *run;           /* the id that it gets */
	const char *reason;        /* it is not valid, and begun all the same; or "" */
	const struct json *values; /* of its variables, or NULL */
	const struct json *typed;  /* the same as a person gave them, or NULL */
};
bool player_begin_plan(struct session *session, const struct plan *plan,
	const struct beginning *begin, struct error *err);

/* player_call.c: decides every call that r has just opened; effects' run head
 * gets what it waits for. */
struct call {
	char instance[UUID_SIZE];
	char run[UUID_SIZE]; /* the run that it waits for, or "" */
	const struct plan *plan; /* to be begun as that run, or NULL */
	bool missing;        /* no such plan */
	struct call *next;
};
bool player_calls(struct call **out, struct session *session,
	struct case_run *run, struct error *err);
void player_set_waits(struct case_run *run, const struct call *calls);
bool player_make_calls(struct session *session, const char *run_id,
	const struct call *calls, struct error *err);
void player_free_calls(struct call *calls);
/* A run has ended: those that waited for it go on. */
bool player_wake(struct session *session, const char *ended, bool good,
	struct error *err);

/* player_clock.c: the countdowns that the answers of a step set or stop, into the
 * body of its event. */
bool player_clocks(struct json *effects, struct session *session,
	const struct case_run *run, const struct step *step, const char *instance,
	const struct json *values, struct error *err);

/* player_fields.c: what the answers of a step say of the case's own fields. */
bool player_sets(struct session *session, const struct case_run *run,
	const struct step *step, const struct json *values, struct error *err);

/* player_asked.c: the questions of the step beside its answers, in the body of its
 * event. */
void player_asked(struct json *effects, const struct case_run *run,
	const struct step *step);
/* The same of what a run began with. */
void player_asked_first(struct json *effects, const struct case_run *run);

struct case_run *session_run(struct session *session, const char *id);

#endif
