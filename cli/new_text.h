/* new_text.h - what a member must know when a case has just been opened, and the
 * plan that is begun with it. */
#ifndef CLI_NEW_TEXT_H
#define CLI_NEW_TEXT_H

#include "cli/cli.h"

/* What must be known before anybody touches anything: a scene to keep, what was
 * changed on the system or what it depends on. */
bool say_changes(struct cli *cli, const struct ir_case *c, struct error *err);

/* The same, severity and its rule, the plan that fits, who is told and who is proposed,
 * what stops with the asset, the steps that are open. */
bool say_new_case(struct cli *cli, const char *case_id, struct error *err);

/* --begin: the plan that fits is begun; the case is opened whatever plans there
 * are. */
bool cli_begin_fitting(struct cli *cli, const char *case_id, struct error *err);

#endif
