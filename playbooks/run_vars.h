/* run_vars.h - the variables of a run as people see them: what each is now, who set
 * it when, in which step, and every value that it had. */
#ifndef PLAYBOOKS_RUN_VARS_H
#define PLAYBOOKS_RUN_VARS_H

#include "playbooks/run.h"

struct run_reading {
	const char *value; /* NULL: not known; a mask where it is a secret */
	bool unknown;      /* answered "not known" */
	const char *set_by; /* login */
	int64_t set_at;
	const struct instance *instance; /* the step that asked; NULL: none did */
};

struct run_var {
	const char *name; /* "__x__" */
	const char *type;
	const char *question; /* or NULL */
	const char *label;    /* of the choice that it is, or NULL */
	const char *value;    /* what it is now; NULL: none */
	bool unknown, constant, external, secret;
	const struct instance *of; /* a step's own variable: its execution; or NULL */
	struct run_reading *readings; /* oldest first; none: value is the plan's */
	int count;
};

struct run_vars {
	struct run_var *list; /* in the order of the plan, then those of steps */
	int count;
};

/* Borrows from the run. */
void run_vars_of(struct run_vars *out, const struct run *run);
void run_vars_finish(struct run_vars *vars);

/* The last that was given; NULL: none. */
const struct run_reading *run_var_last(const struct run_var *var);

/* [{name, type, value, unknown, set_by, set_at, step, readings: [{value, unknown,
 * set_by, set_at, step}], ...}]; the caller frees. */
struct json *run_vars_json(const struct run *run, const struct zone *zone);

#endif
