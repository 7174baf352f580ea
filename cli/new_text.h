/* new_text.h - what a member must know when a case has just been opened, and the
 * plan that is begun with it. */
#ifndef CLI_NEW_TEXT_H
#define CLI_NEW_TEXT_H

#include "cli/cli.h"

/* Severity and its rule, the plan that fits, who is told and who is proposed,
 * what stops with the asset. */
bool say_new(struct cli *cli, const struct ir_case *c, struct error *err);

/* --begin: the plan that fits is begun; the case is opened whatever plans there
 * are. */
bool cli_begin_fitting(struct cli *cli, const char *case_id, struct error *err);

#endif
