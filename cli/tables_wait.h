/* tables_wait.h - options and subverbs of promises and decisions. */
#ifndef CLI_TABLES_WAIT_H
#define CLI_TABLES_WAIT_H

#include "cli/cli.h"

extern const struct cli_option wait_options[], ask_options[], answer_options[],
	decisions_options[];
extern const struct subverb wait_subverbs[], ask_subverbs[];

#endif
