/* describe_line.h - the writers of timeline lines, one a kind, for describe*.c. */
#ifndef CORE_DESCRIBE_LINE_H
#define CORE_DESCRIBE_LINE_H

#include "core/buf.h"
#include "core/json.h"
#include "core/zone.h"

struct line {
	struct buf *out;
	const struct json *body;
	const struct zone *zone;
};

typedef void line_fn(const struct line *l);

/* "" where there is no such text. */
const char *line_text(const struct json *object, const char *key);

/* describe_case.c */
line_fn say_opened, say_noted, say_status, say_severity, say_reportable,
	say_assigned, say_fields, say_task_added, say_task_set, say_observable,
	say_evidence_added, say_evidence_taken, say_linked, say_unlinked,
	say_merged, say_merged_in, say_unmerged, say_unmerged_out, say_desk_made;
/* describe_register.c */
line_fn say_asset, say_contact, say_group, say_member, say_rule, say_setting,
	say_profile_imported, say_restored, say_unit;
/* describe_run.c */
line_fn say_playbook_stored, say_run_started, say_run_ended, say_run_paused,
	say_run_resumed, say_step, say_step_assigned, say_step_extended,
	say_step_reopened;
/* describe_count.c; say_clocks: those of a step, behind its line */
line_fn say_countdown, say_clocks, say_reading,
	say_back_by, say_back_by_met, say_obligation,
	say_quick_made, say_quick_sent;
/* describe_message.c */
line_fn say_message, say_message_text, say_channel;
/* describe_shift.c */
line_fn say_shift_entry, say_backup_made, say_handover, say_handover_taken,
	say_handover_withdrawn, say_case_copied;
/* describe_hold.c */
line_fn say_custody_added, say_hold_added, say_hold_set, say_planned_added,
	say_planned_set;
/* describe_hand.c */
line_fn say_call, say_call_corrected, say_confirmation, say_contact_verified;
/* describe_wait.c */
line_fn say_waiting_added, say_waiting_asked, say_waiting_raised, say_waiting_done,
	say_waiting_set, say_decision_asked, say_decision_tried, say_decision_answered,
	say_decision_fallback, say_decision_documented, say_decision_withdrawn;
/* describe_tin.c */
line_fn say_tin_added, say_tin_closed, say_tin_done, say_tin_help, say_tin_joined,
	say_tin_left, say_tin_replied, say_tin_set, say_tin_taken, say_over_told,
	say_over_tried;
/* describe_clock.c */
line_fn say_deadline, say_holiday, say_notice;
/* describe_point.c */
line_fn say_points, say_points_set, say_points_removed, say_checklist, say_ticks;
/* describe_escalate.c */
line_fn say_escalation, say_escalation_added;
/* describe_duty.c */
line_fn say_duty_absence, say_duty_override, say_duty_past, say_duty_raised,
	say_duty_spell, say_duty_swap;
/* describe_watch.c */
line_fn say_watch;

#endif
