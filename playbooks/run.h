/* run.h - one playbook under way, in memory: which steps are open, what was
 * answered, what comes next (cacao.md 2).
 *
 * Pure: no database, no clock.  A run is made of rows: instances (one
 * execution of one step, or one opened branch) and the values of variables.
 * An act changes the run and gives its effects as one JSON object, the body of
 * an event:
 *	{"run": {...}, "instances": [whole rows], "variables": [rows],
 *	 "before": {"instances": [as they were], "made": [ids]}}
 * run_apply() takes such an object; rows from tables have the same form, so what
 * is loaded and what was just done cannot differ. */
#ifndef PLAYBOOKS_RUN_H
#define PLAYBOOKS_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/ids.h"
#include "core/zone.h"
#include "playbooks/cacao.h"

enum instance_state {
	INSTANCE_RUNNING, /* a control step, branch or call under way */
	INSTANCE_OPEN, INSTANCE_STARTED,
	INSTANCE_DONE, INSTANCE_FAILED, INSTANCE_SKIPPED, INSTANCE_ABORTED,
};

struct instance {
	char id[UUID_SIZE];
	int position; /* 1.. in the order of opening; its place in the run */
	int step;     /* of a branch: the step that opened it */
	bool is_branch;
	int slot;     /* of a branch: which one; EXCEPTION_SLOT */
	int parent;   /* position of the branch it stands in; 0: none */
	int round;    /* 1.. : which execution of this step */
	enum instance_state state;
	char assignee[UUID_SIZE]; /* member id, or "" */
	int64_t opened_at, starts_at, started_at, due_at, ended_at; /* 0: none */
	int64_t extended; /* ms by which people moved the limit, in all */
	char ended_by[208];
	char *note;
	bool touched; /* changed by the act under way */
};

#define EXCEPTION_SLOT (-1)
#define RUN_NO_DUE INT64_MAX /* no due time: sorts last */
struct run;

struct run_context {
	int64_t now, at;        /* at: when it was really done or read; 0: now */
	const char *by;         /* login of who acts */
	/* A login's name, in out (256 bytes); may be NULL. */
	const char *(*called)(char *out, const char *login, void *arg);
	int64_t detected_at;    /* of the case, for due_from */
	const struct zone *zone; /* for working days; NULL: +07:00 */
	const struct calendar *calendar; /* holidays; NULL: Monday to Friday */
	void (*new_id)(char out[UUID_SIZE], void *arg);
	/* The member for a step that opens ("" for none); may be NULL. */
	void (*assignee)(char out[UUID_SIZE], const struct step *step, void *arg);
	void *arg;
};

enum run_action {
	RUN_START, RUN_DONE, RUN_FAILED, RUN_SKIP, RUN_ASSIGN,
	RUN_CALL_ENDED, RUN_CALL_FAILED, /* by the layer that runs the called */
};

struct run_input {
	const char *note;
	const struct json *values; /* name -> text; "?" is not known */
	const char *assignee;      /* RUN_ASSIGN */
};

struct run *run_new(const struct playbook *playbook, const char *id);
void run_free(struct run *run); /* NULL is allowed */
/* Rows from a body or from tables; ERR_FAULTS where they do not fit. */
bool run_apply(struct run *run, const struct json *rows, struct error *err);

/* Begins; values: what the caller supplies: external variables, in_args.  *effects
 * is the caller's. */
bool run_start(struct json **effects, struct run *run, const struct json *values,
	const struct run_context *context, struct error *err);
/* ERR_REFUSED with {"missing": [...]} where answers lack; ERR_CONFLICT where
 * somebody else ended it.  *effects is NULL where nothing changes. */
bool run_act(struct json **effects, struct run *run, const char *instance,
	enum run_action action, const struct run_input *input,
	const struct run_context *context, struct error *err);
/* Sets a variable of the playbook outside of any step. */
bool run_read(struct json **effects, struct run *run, const char *name,
	const char *value, const struct run_context *context, struct error *err);
struct json *run_abort(struct run *run, const char *reason, /* closes all that is open */
	const struct run_context *context);

const char *run_id(const struct run *run);
const char *run_state(const struct run *run); /* running done failed aborted */
bool run_is_open(const struct run *run);
const struct playbook *run_playbook(const struct run *run);
int run_instance_count(const struct run *run);
const struct instance *run_instance(const struct run *run, int position);
const struct instance *run_find(const struct run *run, const char *id);
const char *instance_state_word(enum instance_state state);
/* Undecided: failed, and the operator must say: again, or go on.  Work: open,
 * started or undecided. */
bool instance_undecided(const struct instance *instance);
bool instance_is_work(const struct run *run, const struct instance *instance);

/* A variable as seen from an instance (NULL: from the playbook): false if there is
 * none of that name.  The last reading's time may be 0. */
struct run_value {
	const char *value; /* NULL: none */
	bool unknown;      /* answered "not known" */
	int64_t set_at;
	const char *set_by;
};
bool run_variable(struct run_value *out, const struct run *run,
	const struct instance *instance, const char *name);
/* text with __name__:value replaced once; the caller frees. */
char *run_text(const struct run *run, const struct instance *instance, const char *text);

#endif
