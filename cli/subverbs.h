/* subverbs.h - what the verbs with several sides can do, each table ended by a
 * row whose name is NULL. */
#ifndef CLI_SUBVERBS_H
#define CLI_SUBVERBS_H

#include "cli/cli.h"

extern const struct subverb evidence_subverbs[],
	playbook_subverbs[],
	task_subverbs[];

#endif
