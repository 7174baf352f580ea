/* kinds.c owns the table of event kinds: sorted by name, one row a kind, with
 * what applies it, finds it and undoes it. */
#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/asset.h"
#include "core/backup.h"
#include "core/case_open.h"
#include "core/columns.h"
#include "core/contact.h"
#include "core/desk_apply.h"
#include "core/evidence.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/outbox.h"
#include "core/profile.h"
#include "core/redact.h"
#include "core/rule.h"
#include "core/run_rows.h"
#include "core/setting.h"
#include "core/task.h"
#include "core/undo.h"

/* Sorted: looked up with bsearch (a test asserts the order). */
static const struct event_kind kinds[] = {
	{ .name = "asset_added", .body_v = 1, .apply = apply_asset_change,
	  .never = N_("an asset in the register stays; change it instead") },
	{ .name = "asset_set", .body_v = 1, .apply = apply_asset_change,
	  .never = N_("set it back by hand instead") },
	{ .name = "case_linked", .body_v = 1, .apply = apply_case_linked,
	  .never = N_("unlink the cases instead") },
	{ .name = "case_opened", .body_v = 1, .apply = apply_case_opened,
	  .search = search_case_opened,
	  .never = N_("a case is dismissed with a reason, never un-opened") },
	{ .name = "case_set", .body_v = 1, .apply = apply_case_set,
	  .search = search_case_set, .unapply = apply_case_set },
	{ .name = "case_unlinked", .body_v = 1, .apply = apply_case_unlinked,
	  .never = N_("link the cases again instead") },
	{ .name = "channel_down", .body_v = 1, .apply = apply_nothing,
	  .never = N_("an act of the engine") },
	{ .name = "channel_up", .body_v = 1, .apply = apply_nothing,
	  .never = N_("an act of the engine") },
	{ .name = "contact_added", .body_v = 1, .apply = apply_contact_change,
	  .never = N_("a contact stays; give it an end of validity instead") },
	{ .name = "contact_set", .body_v = 1, .apply = apply_contact_change,
	  .never = N_("set it back by hand instead") },
	{ .name = "desk_made", .body_v = 1, .apply = apply_desk_made,
	  .never = N_("it is the desk's first event") },
	{ .name = "evidence_added", .body_v = 1, .apply = apply_evidence_added,
	  .search = search_evidence_added,
	  .never = N_("evidence once taken in stays; a note may say why it does not count") },
	{ .name = "evidence_taken", .body_v = 1, .apply = apply_evidence_taken,
	  .never = N_("custody is a fact") },
	{ .name = "group_added", .body_v = 1, .apply = apply_group_change,
	  .never = N_("a group stays; change it instead") },
	{ .name = "group_set", .body_v = 1, .apply = apply_group_change,
	  .never = N_("set it back by hand instead") },
	{ .name = "member_added", .body_v = 1, .apply = apply_member_change,
	  .never = N_("a member is made inactive instead") },
	{ .name = "member_set", .body_v = 1, .apply = apply_member_change,
	  .never = N_("set it back by hand instead") },
	{ .name = "merged", .body_v = 1, .apply = apply_case_set,
	  .never = N_("unmerge the case instead") },
	{ .name = "merged_in", .body_v = 1, .apply = apply_nothing,
	  .never = N_("unmerge the case instead") },
	{ .name = "message_answered", .body_v = 1, .apply = apply_message_state,
	  .never = N_("what was told cannot be untold") },
	{ .name = "message_by_hand", .body_v = 1, .apply = apply_message_state,
	  .never = N_("what was told cannot be untold") },
	{ .name = "message_delivered", .body_v = 1, .apply = apply_message_state,
	  .never = N_("what was told cannot be untold") },
	{ .name = "message_dropped", .body_v = 1, .apply = apply_message_state,
	  .never = N_("send it again instead") },
	{ .name = "message_expired", .body_v = 1, .apply = apply_message_state,
	  .never = N_("an act of the clock; send it again instead") },
	{ .name = "message_failed", .body_v = 1, .apply = apply_message_state,
	  .never = N_("an act of the engine; send it again instead") },
	{ .name = "message_handed_over", .body_v = 1, .apply = apply_message_state,
	  .never = N_("what was told cannot be untold") },
	{ .name = "message_held", .body_v = 1, .apply = apply_message_state,
	  .never = N_("release the message instead") },
	{ .name = "message_queued", .body_v = 1, .apply = apply_message_queued,
	  .never = N_("hold the message instead") },
	{ .name = "message_read", .body_v = 1, .apply = apply_message_state,
	  .never = N_("what was told cannot be untold") },
	{ .name = "message_released", .body_v = 1, .apply = apply_message_state,
	  .never = N_("hold the message instead") },
	{ .name = "message_rendered", .body_v = 1, .apply = apply_message_rendered,
	  .never = N_("an act of the engine") },
	{ .name = "message_unknown", .body_v = 1, .apply = apply_message_state,
	  .never = N_("an act of the engine") },
	{ .name = "note_added", .body_v = 1, .apply = apply_note_added,
	  .search = search_note_added, .unapply = unapply_nothing },
	{ .name = "observable_added", .body_v = 1, .apply = apply_observable_added,
	  .search = search_observable_added, .subject = "observable",
	  .unapply = unapply_observable_added },
	{ .name = "owner_assigned", .body_v = 1, .apply = apply_case_set,
	  .unapply = apply_case_set },
	{ .name = "playbook_stored", .body_v = 1, .apply = apply_playbook_stored,
	  .never = N_("runs pin it; import a newer version instead") },
	{ .name = "profile_imported", .body_v = 1, .apply = apply_profile_imported,
	  .never = N_("change single things by hand instead") },
	{ .name = "redacted", .body_v = 1, .apply = apply_redacted,
	  .never = N_("what was redacted is gone") },
	{ .name = "redone", .body_v = 1, .apply = apply_redone,
	  .never = N_("undo the act itself") },
	{ .name = "reportable_decided", .body_v = 1, .apply = apply_case_set,
	  .search = search_reason, .unapply = apply_case_set },
	{ .name = "restored", .body_v = 1, .apply = apply_restored,
	  .never = N_("restore the desk that was saved beside it instead") },
	{ .name = "rule_added", .body_v = 1, .apply = apply_rule_change,
	  .never = N_("a rule stays; give it an end of validity instead") },
	{ .name = "rule_set", .body_v = 1, .apply = apply_rule_change,
	  .never = N_("set it back by hand instead") },
	{ .name = "run_ended", .body_v = 1, .apply = apply_run_rows, .subject = "run_id",
	  .search = search_step, .unapply = unapply_run_rows },
	{ .name = "run_started", .body_v = 1, .apply = apply_run_started,
	  .subject = "run_id", .search = search_run_started,
	  .unapply = unapply_run_started },
	{ .name = "setting_set", .body_v = 1, .apply = apply_setting_change,
	  .never = N_("set it back by hand instead") },
	{ .name = "severity_decided", .body_v = 1, .apply = apply_case_set,
	  .search = search_reason, .unapply = apply_case_set },
	{ .name = "status_changed", .body_v = 1, .apply = apply_case_set,
	  .search = search_status, .unapply = apply_case_set },
	{ .name = "step_assigned", .body_v = 1, .apply = apply_run_rows, .subject = "run_id",
	  .unapply = unapply_run_rows },
	{ .name = "step_done", .body_v = 1, .apply = apply_run_rows, .subject = "run_id",
	  .search = search_step, .unapply = unapply_run_rows },
	{ .name = "step_failed", .body_v = 1, .apply = apply_run_rows, .subject = "run_id",
	  .search = search_step, .unapply = unapply_run_rows },
	{ .name = "step_skipped", .body_v = 1, .apply = apply_run_rows, .subject = "run_id",
	  .search = search_step, .unapply = unapply_run_rows },
	{ .name = "step_started", .body_v = 1, .apply = apply_run_rows, .subject = "run_id",
	  .unapply = unapply_run_rows },
	{ .name = "task_added", .body_v = 1, .apply = apply_task_added,
	  .search = search_task_added, .subject = "task",
	  .unapply = unapply_task_added },
	{ .name = "task_set", .body_v = 1, .apply = apply_task_set,
	  .subject = "task", .unapply = apply_task_set },
	{ .name = "undone", .body_v = 1, .apply = apply_undone,
	  .never = N_("redo it instead") },
	{ .name = "unmerged", .body_v = 1, .apply = apply_case_set,
	  .never = N_("merge the case again instead") },
	{ .name = "unmerged_out", .body_v = 1, .apply = apply_nothing,
	  .never = N_("merge the case again instead") },
};

static int
by_name(const void *key, const void *row)
{
	return strcmp(key, ((const struct event_kind *)row)->name);
}

const struct event_kind *
event_kind(const char *name)
{
	return bsearch(name, kinds, sizeof kinds / sizeof *kinds, sizeof *kinds, by_name);
}

const struct event_kind *
event_kinds(int *count)
{
	*count = (int)(sizeof kinds / sizeof *kinds);
	return kinds;
}
