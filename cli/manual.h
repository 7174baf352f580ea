/* manual.h - the man page and the completions, from the table of verbs. */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/cli.h"

verb_fn manual_page;       /* suco.1, in man's own macros */
verb_fn manual_completion; /* for bash */

#endif
