/* plan.h - small playbooks for tests, an operator's hands, and a fixed clock.
 *
 * "@action3" in a text becomes action--00000000-0000-4000-8000-000000000003. */
#ifndef TESTS_PLAYBOOKS_PLAN_H
#define TESTS_PLAYBOOKS_PLAN_H

#include "playbooks/run.h"
#include "playbooks/steps.h"

#define MINUTE INT64_C(60000)
#define T0 INT64_C(1795000000000) /* when the runs of tests begin */

/* One action with a person, then next. */
#define ACTION(name, next) \
	"\"" name "\":{\"type\":\"action\",\"name\":\"" name "\"," \
	"\"agent\":\"@group1\",\"commands\":[{\"type\":\"manual\"," \
	"\"command\":\"x\"}],\"on_completion\":\"" next "\"}"
/* The same with more members before the exits. */
#define ACTION_WITH(name, more) \
	"\"" name "\":{\"type\":\"action\",\"name\":\"" name "\"," \
	"\"agent\":\"@group1\",\"commands\":[{\"type\":\"manual\"," \
	"\"command\":\"x\"}]," more "}"
#define END(name) "\"" name "\":{\"type\":\"end\"}"
#define START(next) \
	"\"@start1\":{\"type\":\"start\",\"on_completion\":\"" next "\"}"
#define PARALLEL(first, second, more) \
	"\"@parallel1\":{\"type\":\"parallel\",\"next_steps\":[\"" first \
	"\",\"" second "\"]," more "}"
#define IF(condition, yes, more) \
	"\"@if-condition1\":{\"type\":\"if-condition\",\"condition\":\"" \
	condition "\",\"on_true\":\"" yes "\"," more "}"
/* A variable and a workflow. */
#define PLAN(variables, workflow) PLAN_WITH("", variables, workflow)
#define PLAN_WITH(more, variables, workflow) \
	"{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\"," \
	"\"id\":\"@playbook1\",\"name\":\"test\"," \
	"\"created_by\":\"@identity1\"," \
	"\"created\":\"2026-01-05T08:00:00.000Z\"," \
	"\"modified\":\"2026-01-05T08:00:00.000Z\"," more \
	"\"playbook_variables\":{" variables "}," \
	"\"agent_definitions\":{\"@group1\":{\"type\":\"group\"," \
	"\"name\":\"Watch\"}},\"workflow_start\":\"@start1\"," \
	"\"workflow\":{" workflow "}}"
#define VARIABLE(name, type) "\"" name "\":{\"type\":\"" type "\"}"
#define VARIABLE_IS(name, type, value) \
	"\"" name "\":{\"type\":\"" type "\",\"value\":\"" value "\"}"

struct player {
	struct playbook *playbook;
	struct run *run;
	struct run_context context;
	int ids;
};

/* The playbook of a file, which has to be readable; found may be NULL. */
struct playbook *plan_file(const char *path, enum playbook_mode mode,
	struct findings *found);

/* Reads the text (leniently) and begins. */
void play(struct player *player, const char *text);
/* As play(), of a playbook that was read already; takes it. */
void play_playbook(struct player *player, struct playbook *playbook);
/* The same with what the caller supplies. */
void play_with(struct player *player, struct playbook *playbook,
	const struct json *values);
void play_end(struct player *player);

/* Acts on the newest instance of a step: "@action1" or its name.  values is a
 * JSON object or NULL.  Fails the test when the act is refused. */
void act(struct player *player, const char *step, enum run_action action,
	const char *values);
/* Goes on with a run made anew of all rows so far and these; takes effects. */
void go_on_from_rows(struct player *player, struct json *effects);
/* The error of a refused act. */
const char *refused(struct player *player, const char *step,
	enum run_action action, const char *values);

/* The ids of what people can work on, in order, "action1 action2". */
const char *open_steps(const struct player *player);
const struct instance *newest(const struct player *player, const char *step);
/* How many executions of the step there are. */
int executions(const struct player *player, const char *step);
/* Ids written out; the caller frees. */
char *expand(const char *text);

#endif
