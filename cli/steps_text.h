/* steps_text.h - steps as lines for people. */
#ifndef CLI_STEPS_TEXT_H
#define CLI_STEPS_TEXT_H

#include "cli/cli.h"
#include "playbooks/case_runs.h"

/* The whole plan of a run, and what each open step asks. */
void say_steps(struct cli *cli, const struct case_run *run);
/* What is open now in all runs of the case. */
bool say_open_steps(struct cli *cli, const char *case_id, struct error *err);

#endif
