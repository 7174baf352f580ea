/* verbs_of.h - the functions of the verbs, for the tables. */
#ifndef CLI_VERBS_OF_H
#define CLI_VERBS_OF_H

#include "cli/cli.h"

verb_fn verb_ack, verb_assign, verb_close, verb_decline, verb_escalate, verb_note,
	verb_pass, verb_reopen, verb_set, verb_severity, verb_status;
verb_fn verb_list, verb_new, verb_search, verb_show, verb_timeline;
verb_fn verb_evidence_item, verb_evidence_add, verb_evidence_get, verb_evidence_list;
verb_fn verb_evidence_custody, verb_evidence_handover, verb_evidence_record;
verb_fn verb_call, verb_call_fix, verb_call_list, verb_confirmed, verb_confirmed_list, verb_posted,
	verb_posted_list;
verb_fn verb_contact_sheet, verb_contact_unverified, verb_contact_verify,
	verb_register_gaps;
verb_fn verb_observable;
verb_fn verb_asset_alive;
verb_fn verb_planned_add, verb_planned_list, verb_planned_set;
verb_fn verb_point_add, verb_point_import, verb_point_list, verb_point_remove, verb_point_set,
	verb_point_tick;
verb_fn verb_scene_hold, verb_scene_list, verb_scene_release;
verb_fn verb_task_add, verb_task_assign, verb_task_done, verb_task_due, verb_task_list;
verb_fn verb_answer, verb_ask, verb_ask_list, verb_decisions;
verb_fn verb_wait, verb_wait_asked, verb_wait_done, verb_wait_list, verb_wait_raise,
	verb_wait_set, verb_waits;
verb_fn verb_begin, verb_step, verb_steps;
verb_fn verb_run_export, verb_run_list, verb_run_pause, verb_run_playbook, verb_run_resume;
verb_fn verb_run_stop, verb_run_vars;
verb_fn verb_playbook_convert, verb_playbook_draw, verb_playbook_try;
verb_fn verb_playbook_diff, verb_playbook_edit, verb_playbook_new;
verb_fn verb_playbook_check, verb_playbook_export, verb_playbook_import, verb_playbook_list,
	verb_playbook_show, verb_playbook_key, verb_playbook_sign, verb_playbook_verify;
verb_fn verb_register_add, verb_register_import, verb_register_list, verb_register_set,
	verb_register_show, verb_rule_test, verb_setting_set;
verb_fn verb_link, verb_merge, verb_unlink, verb_unmerge;
verb_fn verb_outbox, verb_hold, verb_release, verb_resend;
verb_fn verb_deliver, verb_notify_list, verb_notify_probe, verb_notify_test, verb_serve, verb_watch;
verb_fn verb_backup, verb_redact, verb_restore, verb_upgrade;
verb_fn verb_config, verb_keys;
verb_fn verb_deadline, verb_deadline_add, verb_deadline_na, verb_deadlines;
verb_fn verb_holiday_add, verb_holiday_confirm, verb_holiday_import, verb_holiday_list,
	verb_holiday_remove;
verb_fn verb_notice_confirm, verb_notice_list, verb_notice_sent, verb_notice_void;
verb_fn verb_reportable;
verb_fn verb_countdown_add, verb_countdown_list, verb_countdown_stop;
verb_fn verb_obligation_csv, verb_obligation_done, verb_obligation_list, verb_obligation_set;
verb_fn verb_tin, verb_tin_case, verb_tin_close, verb_tin_done, verb_tin_help, verb_tin_join,
	verb_tin_list, verb_tin_reply, verb_tin_set, verb_tin_show, verb_tin_take;
verb_fn verb_over_list, verb_over_told;
verb_fn verb_help, verb_init, verb_undo, verb_verify;

verb_fn verb_copy, verb_paper, verb_playbook_print, verb_print;
verb_fn verb_why, verb_wish_list, verb_wish_set;
verb_fn verb_log, verb_log_list, verb_handover_back, verb_handover_give,
	verb_handover_list, verb_handover_show, verb_handover_take;

verb_fn verb_quick, verb_quick_confirm, verb_quick_list, verb_quick_sent, verb_quick_show;

#endif
