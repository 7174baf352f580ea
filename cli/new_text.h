/* new_text.h - what a member must know when a case has just been opened, and the
 * plan that is begun with it. */
#ifndef CLI_NEW_TEXT_H
#define CLI_NEW_TEXT_H

#include "cli/cli.h"
#include "playbooks/first_plan.h"

/* What must be known before anybody touches anything: a scene to keep, what was
 * changed on the system or what it depends on. */
bool say_changes(struct cli *cli, const struct ir_case *c, struct error *err);

/* --begin, inside the change that opens the case: the plan that fits is begun. */
bool cli_begin_fitting(struct cli *cli, struct first_plan *first, const char *case_id,
	struct error *err);

/* The case as it is, and for a person what the screen shows beside it; that its plan
 * was not begun on stderr. */
bool cli_opened(struct cli *cli, const struct first_plan *first, const char *case_id,
	struct error *err);

#endif
