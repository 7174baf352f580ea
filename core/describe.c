/* describe.c says in one line what an event was: one row a kind, in the language
 * in force. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/timeline.h"
#include "core/when.h"

const char *
line_text(const struct json *object, const char *key)
{
	const char *text = json_get_text(object, key);

	return text == NULL ? "" : text;
}

static void redacted(const struct line *l);
static void redone(const struct line *l);
static void undone(const struct line *l);

/* Sorted by kind; a kind without a row is shown by its name. */
static const struct {
	const char *kind;
	line_fn *line;
} lines[] = {
	{ "absence_added", say_duty_absence },
	{ "absence_set", say_watch },
	{ "asking_added", say_watch },
	{ "asking_set", say_watch },
	{ "asset_added", say_asset },
	{ "asset_set", say_asset },
	{ "back_by_added", say_back_by },
	{ "back_by_set", say_back_by },
	{ "backup_made", say_backup_made },
	{ "call_turn_added", say_watch },
	{ "call_turn_set", say_watch },
	{ "case_copied", say_case_copied },
	{ "case_linked", say_linked },
	{ "case_opened", say_opened },
	{ "case_set", say_fields },
	{ "case_unlinked", say_unlinked },
	{ "channel_down", say_channel },
	{ "channel_up", say_channel },
	{ "checklist_added", say_checklist },
	{ "checklist_set", say_ticks },
	{ "confirmation_added", say_confirmation },
	{ "confirmation_set", say_confirmation },
	{ "contact_added", say_contact },
	{ "contact_set", say_contact },
	{ "contact_verified", say_contact_verified },
	{ "countdown_added", say_countdown },
	{ "countdown_set", say_countdown },
	{ "custody_added", say_custody_added },
	{ "custody_set", say_watch },
	{ "deadline_added", say_deadline },
	{ "deadline_decided", say_deadline },
	{ "deadline_met", say_deadline },
	{ "deadline_set", say_deadline },
	{ "decision_added", say_decision_asked },
	{ "decision_answered", say_decision_answered },
	{ "decision_documented", say_decision_documented },
	{ "decision_fallback", say_decision_fallback },
	{ "decision_set", say_watch },
	{ "decision_tried", say_decision_tried },
	{ "decision_withdrawn", say_decision_withdrawn },
	{ "desk_made", say_desk_made },
	{ "duty_layer_added", say_watch },
	{ "duty_layer_set", say_watch },
	{ "duty_override_added", say_duty_override },
	{ "duty_override_set", say_watch },
	{ "duty_past_added", say_watch },
	{ "duty_past_set", say_duty_past },
	{ "duty_rota_added", say_watch },
	{ "duty_rota_set", say_watch },
	{ "duty_spell_added", say_duty_spell },
	{ "duty_spell_set", say_watch },
	{ "duty_swap_added", say_duty_swap },
	{ "duty_swap_set", say_duty_swap },
	{ "escalation_added", say_escalation_added },
	{ "escalation_set", say_escalation },
	{ "evidence_added", say_evidence_added },
	{ "evidence_taken", say_evidence_taken },
	{ "group_added", say_group },
	{ "group_set", say_group },
	{ "handover_given", say_handover },
	{ "handover_taken", say_handover_taken },
	{ "handover_withdrawn", say_handover_withdrawn },
	{ "hold_added", say_hold_added },
	{ "hold_set", say_hold_set },
	{ "holiday_added", say_holiday },
	{ "holiday_set", say_holiday },
	{ "member_added", say_member },
	{ "member_set", say_member },
	{ "member_wish_added", say_watch },
	{ "member_wish_set", say_watch },
	{ "merged", say_merged },
	{ "merged_in", say_merged_in },
	{ "message_answered", say_message },
	{ "message_by_hand", say_message },
	{ "message_delivered", say_message },
	{ "message_dropped", say_message },
	{ "message_expired", say_message },
	{ "message_failed", say_message },
	{ "message_handed_over", say_message },
	{ "message_held", say_message },
	{ "message_queued", say_message },
	{ "message_read", say_message },
	{ "message_released", say_message },
	{ "message_rendered", say_message_text },
	{ "message_unknown", say_message },
	{ "note_added", say_noted },
	{ "notice_added", say_notice },
	{ "notice_set", say_notice },
	{ "obligation_added", say_obligation },
	{ "obligation_set", say_obligation },
	{ "observable_added", say_observable },
	{ "over_told", say_over_told },
	{ "over_tried", say_over_tried },
	{ "owner_assigned", say_assigned },
	{ "phone_call_added", say_call },
	{ "phone_call_corrected", say_call_corrected },
	{ "phone_call_set", say_watch },
	{ "planned_work_added", say_planned_added },
	{ "planned_work_set", say_planned_set },
	{ "playbook_stored", say_playbook_stored },
	{ "point_added", say_points },
	{ "point_removed", say_points_removed },
	{ "point_set", say_points_set },
	{ "profile_imported", say_profile_imported },
	{ "quick_made", say_quick_made },
	{ "quick_sent", say_quick_sent },
	{ "raised_watch_added", say_duty_raised },
	{ "raised_watch_set", say_watch },
	{ "reading_added", say_reading },
	{ "redacted", redacted },
	{ "redone", redone },
	{ "reportable_decided", say_reportable },
	{ "restored", say_restored },
	{ "rule_added", say_rule },
	{ "rule_set", say_rule },
	{ "run_ended", say_run_ended },
	{ "run_paused", say_run_paused },
	{ "run_resumed", say_run_resumed },
	{ "run_started", say_run_started },
	{ "setting_set", say_setting },
	{ "severity_decided", say_severity },
	{ "shift_entry_added", say_shift_entry },
	{ "status_changed", say_status },
	{ "step_assigned", say_step_assigned },
	{ "step_done", say_step },
	{ "step_extended", say_step_extended },
	{ "step_failed", say_step },
	{ "step_reopened", say_step_reopened },
	{ "step_skipped", say_step },
	{ "step_started", say_step },
	{ "task_added", say_task_added },
	{ "task_set", say_task_set },
	{ "tin_added", say_tin_added },
	{ "tin_closed", say_tin_closed },
	{ "tin_done", say_tin_done },
	{ "tin_help", say_tin_help },
	{ "tin_joined", say_tin_joined },
	{ "tin_left", say_tin_left },
	{ "tin_replied", say_tin_replied },
	{ "tin_set", say_tin_set },
	{ "tin_taken", say_tin_taken },
	{ "undone", undone },
	{ "unit_added", say_unit },
	{ "unit_set", say_unit },
	{ "unmerged", say_unmerged },
	{ "unmerged_out", say_unmerged_out },
	{ "waiting_added", say_waiting_added },
	{ "waiting_asked", say_waiting_asked },
	{ "waiting_done", say_waiting_done },
	{ "waiting_raised", say_waiting_raised },
	{ "waiting_set", say_waiting_set },
};

static void
say(const struct line *l, const char *kind)
{
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		if (strcmp(lines[i].kind, kind) == 0) {
			lines[i].line(l);
			return;
		}
	}
	buf_adds(l->out, kind);
}

static void
undone(const struct line *l)
{
	int64_t told = json_get_int(l->body, "told", 0);

	buf_addf(l->out, _("undo of event %lld: "), (long long)json_get_int(l->body, "seq", 0));
	say(l, line_text(l->body, "of"));
	if (told > 0) {
		buf_addf(l->out, _(" (%lld messages had left already: send a correction)"),
			(long long)told);
	}
}

static void
redone(const struct line *l)
{
	buf_addf(l->out, _("event %lld holds again: "),
		(long long)json_get_int(l->body, "seq", 0));
	say(l, line_text(l->body, "of"));
}

static void
redacted(const struct line *l)
{
	const struct json *fields_gone = json_get(l->body, "fields");

	buf_addf(l->out, _("event %lld redacted"), (long long)json_get_int(l->body, "seq", 0));
	for (const struct json *field = json_first(fields_gone); field != NULL;
	     field = json_next(field)) {
		buf_addf(l->out, "%s %s", field == json_first(fields_gone) ? ":" : ",",
			json_text(field, ""));
	}
	buf_addf(l->out, " (%s: %s)", line_text(l->body, "law"), line_text(l->body, "reason"));
}

bool
timeline_says(const char *kind)
{
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		if (strcmp(lines[i].kind, kind) == 0) {
			return true;
		}
	}
	return false;
}

#define LATER_MS 60000 /* a minute between doing and writing is no news */

/* The time beside a line is when it happened; what was written down later, from
 * paper, says so. */
static void
say_entered(const struct line *l, const struct event *event)
{
	char entered[WHEN_SHORT_SIZE];

	if (event->recorded_at - event->occurred_at >= LATER_MS) {
		when_near(entered, event->recorded_at, event->occurred_at, l->zone);
		buf_addf(l->out, _("[entered %s] "), entered);
	}
}

char *
timeline_text(const struct entry *entry, const struct zone *zone)
{
	struct buf out = { 0 };
	const struct line l = { .out = &out, .body = entry->body, .zone = zone };

	say_entered(&l, entry->event);
	say(&l, entry->event->kind);
	if (entry->event->acts_for[0] != '\0') {
		buf_addf(&out, _(" [for %s]"), entry->event->acts_for);
	}
	if (entry->redacted_by != 0) {
		buf_addf(&out, _(" [redacted by event %lld]"), (long long)entry->redacted_by);
	}
	if (entry->undone_by != 0) {
		buf_addf(&out, _(" [undone by event %lld]"), (long long)entry->undone_by);
	}
	/* Notes have many lines; this is one. */
	for (size_t i = 0; i < out.len; i++) {
		if (out.data[i] == '\n' || out.data[i] == '\t') {
			out.data[i] = ' ';
		}
	}
	return buf_take(&out);
}
