/* verb_options.h - the options of each verb, each ended by a row whose name is
 * NULL. */
#ifndef CLI_VERB_OPTIONS_H
#define CLI_VERB_OPTIONS_H

#include "cli/cli.h"

extern const struct cli_option close_options[],
	answer_note_option[], escalate_options[],
	asset_options[],
	begin_options[],
	contact_options[],
	countdown_options[],
	deliver_options[],
	evidence_options[],
	group_options[],
	member_options[],
	rule_options[],
	follow_option[],
	init_options[],
	limit_option[],
	list_options[],
	new_options[],
	note_options[],
	observable_options[],
	reason_option[],
	obligation_options[],
	outbox_options[],
	over_options[],
	planned_options[],
	playbook_options[],
	point_options[],
	quick_options[],
	redact_options[],
	run_options[],
	scene_options[],
	set_options[],
	step_options[],
	task_options[],
	tin_options[],
	undo_options[],
	unit_options[],
	verify_options[];

#endif
