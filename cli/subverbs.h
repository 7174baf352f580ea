/* subverbs.h - what the verbs with several sides can do, each table ended by a
 * row whose name is NULL. */
#ifndef CLI_SUBVERBS_H
#define CLI_SUBVERBS_H

#include "cli/cli.h"

extern const struct subverb asset_subverbs[],
	contact_subverbs[],
	countdown_subverbs[],
	evidence_subverbs[],
	group_subverbs[],
	member_subverbs[],
	notify_subverbs[],
	obligation_subverbs[],
	over_subverbs[],
	planned_subverbs[],
	playbook_subverbs[],
	point_subverbs[],
	quick_subverbs[],
	rule_subverbs[],
	run_subverbs[],
	scene_subverbs[],
	setting_subverbs[], wish_subverbs[],
	task_subverbs[],
	tin_subverbs[],
	unit_subverbs[];

#endif
