/* tables_shift.h - options and subverbs of the verbs of the shift and of paper,
 * each ended by a row whose name is NULL. */
#ifndef CLI_TABLES_SHIFT_H
#define CLI_TABLES_SHIFT_H

#include "cli/cli.h"

extern const struct cli_option log_options[], handover_options[], print_options[],
	copy_options[];
extern const struct subverb log_subverbs[], handover_subverbs[];

#endif
