/* case_text.h - a case as lines for people. */
#ifndef CLI_CASE_TEXT_H
#define CLI_CASE_TEXT_H

#include "cli/cli.h"

/* The row of `list`. */
void print_case_row(struct cli *cli, const struct ir_case *c);

#endif
