/* tables_clock.h - options and subverbs of the verbs of lawful clocks. */
#ifndef CLI_TABLES_CLOCK_H
#define CLI_TABLES_CLOCK_H

#include "cli/verb.h"

extern const struct cli_option deadline_options[], deadlines_options[], holiday_options[],
	notice_options[];
extern const struct subverb deadline_subverbs[], holiday_subverbs[], notice_subverbs[];

#endif
