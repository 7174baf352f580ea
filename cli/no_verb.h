/* no_verb.h - `suco` alone: the terminal UI, or the list of open cases. */
#ifndef CLI_NO_VERB_H
#define CLI_NO_VERB_H

#include "cli/cli.h"

bool cli_no_verb(struct cli *cli, struct error *err);

#endif
