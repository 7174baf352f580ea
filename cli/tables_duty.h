/* tables_duty.h - the options and subverbs of the verb duty. */
#ifndef CLI_TABLES_DUTY_H
#define CLI_TABLES_DUTY_H

#include "cli/verb.h"

extern const struct cli_option duty_options[];
extern const struct subverb duty_subverbs[];

verb_fn verb_duty, verb_duty_away, verb_duty_gaps, verb_duty_ics, verb_duty_import;
verb_fn verb_duty_layers, verb_duty_override, verb_duty_raise, verb_duty_set, verb_duty_spell,
	verb_duty_swap, verb_duty_withdraw;

#endif
