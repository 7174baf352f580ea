/* tables_hand.h - options and subverbs of what people tell themselves: calls,
 * posts, confirmations; and of the register's gaps. */
#ifndef CLI_TABLES_HAND_H
#define CLI_TABLES_HAND_H

#include "cli/cli.h"

extern const struct cli_option call_options[], posted_options[], confirmed_options[];
extern const struct subverb call_subverbs[], posted_subverbs[], confirmed_subverbs[],
	register_subverbs[];

#endif
