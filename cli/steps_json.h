/* steps_json.h - runs and steps as JSON. */
#ifndef CLI_STEPS_JSON_H
#define CLI_STEPS_JSON_H

#include "cli/cli.h"
#include "playbooks/case_runs.h"

/* Adds the runs of the case, each {n, id, code, name, state, steps_done,
 * steps_total, started_at, ended_at}. */
void runs_json(struct cli *cli, const struct case_runs *runs, struct json *into);
/* Adds the steps of all runs that were reached, as tasks of the case. */
void step_tasks_json(struct cli *cli, const struct case_runs *runs, struct json *into);
/* Adds the lines of one run in the order of its plan (steps --json). */
void steps_json(struct cli *cli, const struct case_run *run, struct json *into);

#endif
