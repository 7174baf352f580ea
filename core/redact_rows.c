/* redact_rows.c owns the table of free texts by kind of event, and the writers
 * that carry a redaction into the rows.  Live and in replay the end is the same:
 * replay applies the replacement at once, and these find nothing to change. */
#include "core/redact_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/body.h"
#include "core/columns.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/redact_words.h"
#include "core/search_index.h"
#include "core/thing.h"

SQL(CASE_MASK, "tttt",
	"UPDATE cases SET title = $1, category = $2, reporter = $3 WHERE id = $4");
SQL(FIELD_SEQ, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");
SQL(CASE_TEXTS, "t", "SELECT title, category, reporter FROM cases WHERE id = $1");
SQL(TASK_MASK, "tt", "UPDATE task SET title = $1 WHERE id = $2");
SQL(OBSERVABLE_MASK, "ttt",
	"UPDATE observable SET value = $1, note = $2 WHERE id = $3");
SQL(EVIDENCE_MASK, "tttt",
	"UPDATE evidence SET name = $1, note = $2, place = $3 WHERE id = $4");
SQL(EVIDENCE_DROP, "t", "UPDATE evidence SET dropped = 1 WHERE id = $1");
/* Bytes that another case took in too stay: they are that case's. */
SQL(BLOB_DROP, "t",
	"DELETE FROM evidence_blob WHERE hash = $1 AND NOT EXISTS (SELECT 1 FROM evidence e"
	" WHERE e.hash = $1 AND e.kept = 'desk' AND e.dropped = 0)");
SQL(NOTE_MASK, "tti",
	"UPDATE step_instance SET note = $1 WHERE id = $2 AND EXISTS (SELECT 1"
	" FROM field_version v WHERE v.subject = $2 AND v.field = 'state' AND v.seq = $3)");
SQL(WHY_MASK, "tti",
	"UPDATE run SET why = $1 WHERE id = $2 AND EXISTS (SELECT 1 FROM field_version v"
	" WHERE v.subject = $2 AND v.field = 'why' AND v.seq = $3)");
SQL(VALUE_MASK, "ttti",
	"UPDATE run_variable SET value = $1 WHERE run_id = $2 AND name = $3"
	" AND position = $4");
SQL(MESSAGE_VARS_MASK, "ttt",
	"UPDATE message SET vars = $1, to_name = $2 WHERE id = $3");
SQL(MESSAGE_TEXT_MASK, "tttt",
	"UPDATE message SET subject = $1, text = $2, text_hash = $3 WHERE id = $4");
SQL(MESSAGE_STATE_MASK, "ttti",
	"UPDATE message SET reason = $1, reply = $2 WHERE id = $3 AND EXISTS (SELECT 1"
	" FROM field_version v WHERE v.subject = $3 AND v.field = 'state' AND v.seq = $4)");
SQL(MESSAGE_ADDRESS_MASK, "tt", "UPDATE message SET address = $1 WHERE id = $2");
SQL(EVENT_THERE, "i", "SELECT COUNT(*) FROM event WHERE seq = $1");
SQL(RELEASED_AFTER, "i", "SELECT " EVENT_COLUMNS " FROM event WHERE seq > $1"
	" AND kind = 'message_released' ORDER BY seq LIMIT 1");
SQL(DOC_THERE, "i", "SELECT COUNT(*) FROM search_doc WHERE seq = $1");

/* The text of the replacement, unless a later event set the column. */
static bool
column_text(const struct applying *a, const char *column, const char *now, char **out,
	struct error *err)
{
	int64_t seq = 0;

	if (!db_one_int(a->db, &FIELD_SEQ, &seq, err, TXT(a->event->case_id), TXT(column))) {
		return false;
	}
	*out = xstrdup(seq == 0 ? json_text_of(a->body, column) : now);
	return true;
}

static bool
remask_case_opened(const struct applying *a, struct error *err)
{
	static const char *const columns[] = { "title", "category", "reporter" };
	struct stmt *st = db_query(a->db, &CASE_TEXTS, TXT(a->event->case_id));
	char *texts[3] = { NULL };
	bool ok = true;

	if (stmt_row(st)) {
		for (int i = 0; ok && i < 3; i++) {
			ok = column_text(a, columns[i], stmt_text(st, i), &texts[i], err);
		}
	}
	ok = stmt_done(st, err) && ok;
	ok = ok && (texts[0] == NULL || db_run(a->db, &CASE_MASK, err, TXT(texts[0]),
		TXT(texts[1]), TXT(texts[2]), TXT(a->event->case_id)));
	for (int i = 0; i < 3; i++) {
		free(texts[i]);
	}
	return ok;
}

static bool
remask_task_added(const struct applying *a, struct error *err)
{
	const char *task = json_text_of(a->body, "task");
	int64_t seq = 0;

	return db_one_int(a->db, &FIELD_SEQ, &seq, err, TXT(task), TXT("title")) &&
		(seq != 0 || db_run(a->db, &TASK_MASK, err, TXT(json_text_of(a->body, "title")),
			TXT(task)));
}

static bool
remask_observable_added(const struct applying *a, struct error *err)
{
	return db_run(a->db, &OBSERVABLE_MASK, err, TXT(json_text_of(a->body, "value")),
		TXT(json_text_of(a->body, "note")), TXT(json_text_of(a->body, "observable")));
}

static bool
remask_evidence_added(const struct applying *a, struct error *err)
{
	const char *id = json_text_of(a->body, "evidence");

	return db_run(a->db, &EVIDENCE_MASK, err, TXT(json_text_of(a->body, "name")),
		TXT(json_text_of(a->body, "note")), TXT(json_text_of(a->body, "place")), TXT(id)) &&
		(!json_get_bool(a->body, "dropped") ||
			(db_run(a->db, &EVIDENCE_DROP, err, TXT(id)) &&
				db_run(a->db, &BLOB_DROP, err, TXT(json_text_of(a->body,
				"hash")))));
}

/* A step's row belongs to the event that wrote it last. */
static bool
remask_notes(const struct applying *a, const struct json *instances, struct error *err)
{
	for (const struct json *row = json_first(instances); row != NULL;
	     row = json_next(row)) {
		if (!db_run(a->db, &NOTE_MASK, err, TXT(json_text_of(row, "note")),
			    TXT(json_text_of(row, "id")), I64(a->event->seq))) {
			return false;
		}
	}
	return true;
}

/* A value belongs to the act that gave it, unless that is undone: then its place
 * may be another's. */
static bool
remask_run_rows(const struct applying *a, struct error *err)
{
	const char *run = json_text_of(json_get(a->body, "run"), "id");
	const struct json *variables = json_get(a->body, "variables");
	const char *why = json_get_text(json_get(a->body, "run"), "why");
	struct marks marks;

	if (!remask_notes(a, json_get(a->body, "instances"), err) ||
	    (why != NULL && !db_run(a->db, &WHY_MASK, err, TXT(why), TXT(run),
		    I64(a->event->seq))) ||
	    !marks_read(&marks, a->db, json_get_int(a->body, "seq", a->event->seq), err)) {
		return false;
	}
	for (const struct json *row = json_first(variables);
	     marks.undone_by == 0 && row != NULL; row = json_next(row)) {
		if (!db_run(a->db, &VALUE_MASK, err, TXT(json_get_text(row, "value")), TXT(run),
			    TXT(json_text_of(row, "name")), I64(json_get_int(row, "position",
			0)))) {
			return false;
		}
	}
	return true;
}

/* The next event that lets the message out again; *seq moves on to it.  *sets: it
 * gave another address. */
static bool
next_release(const struct applying *a, int64_t *seq, bool *sets, struct error *err)
{
	struct stmt *st = db_query(a->db, &RELEASED_AFTER, I64(*seq));
	struct event event = { 0 };
	struct json *body = NULL;
	bool ok = !stmt_row(st) || event_from_row(&event, st) ||
		error_set(err, ERR_IO, _("event %lld is damaged; run `suco verify`"),
			(long long)event.seq);

	*seq = event.seq;
	*sets = false;
	ok = stmt_done(st, err) && ok;
	if (ok && event.seq != 0) {
		ok = body_in_force(&body, a->db, &event, err);
		*sets = ok && json_get_text(body, "address") != NULL &&
			strcmp(json_text_of(body, "message"),
				json_text_of(a->body, "message")) == 0;
	}
	json_free(body);
	event_clear(&event);
	return ok;
}

/* An address is that of the last event that gave one.  Replay has no event rows and
 * has written it already. */
static bool
remask_address(const struct applying *a, struct error *err)
{
	int64_t seq = a->event->seq;
	int64_t there = 0;
	bool sets = false;

	if (json_get_text(a->body, "address") == NULL) {
		return true;
	}
	if (!db_one_int(a->db, &EVENT_THERE, &there, err, I64(seq))) {
		return false;
	}
	while (there != 0 && seq != 0 && !sets) {
		if (!next_release(a, &seq, &sets, err)) {
			return false;
		}
	}
	return there == 0 || sets || db_run(a->db, &MESSAGE_ADDRESS_MASK, err,
		TXT(json_text_of(a->body, "address")), TXT(json_text_of(a->body, "message")));
}

static bool
remask_message_rendered(const struct applying *a, struct error *err)
{
	return db_run(a->db, &MESSAGE_TEXT_MASK, err, TXT(json_text_of(a->body, "subject")),
		TXT(json_text_of(a->body, "text")), TXT(json_text_of(a->body, "hash")),
		TXT(json_text_of(a->body, "message")));
}

/* Reason and reply are those of the message's last change of state. */
static bool
remask_message_state(const struct applying *a, struct error *err)
{
	return db_run(a->db, &MESSAGE_STATE_MASK, err, TXT(json_text_of(a->body, "reason")),
		TXT(json_text_of(a->body, "reply")), TXT(json_text_of(a->body, "message")),
		I64(a->event->seq)) && remask_address(a, err) &&
		remask_rows(a, "call_turn", json_get(a->body, "turns"), err);
}

static bool
remask_message_queued(const struct applying *a, struct error *err)
{
	char *vars = json_canonical(json_get(a->body, "vars"));
	bool ok = db_run(a->db, &MESSAGE_VARS_MASK, err, TXT(vars),
		TXT(json_text_of(a->body, "to_name")), TXT(json_text_of(a->body, "message")));

	free(vars);
	/* What was told by hand has its words in the same event. */
	return ok && (json_get(a->body, "text") == NULL || remask_message_rendered(a, err)) &&
		remask_message_state(a, err);
}

/* The rows and the words of one event, from what stands in its body's place. */
static bool
remask(struct db *db, const struct event *event, const char *of,
	const struct json *body, struct error *err)
{
	const struct redact_kind *row = redact_kind(of);
	const struct applying as = { .db = db, .event = event, .body = body };

	return row == NULL || row->remask == NULL || row->remask(&as, err);
}

/* An undo or redo wrote the rows of the kind that it reversed; the undo of a
 * step's act those that it carries as they were before. */
static bool
remask_reversal(const struct applying *a, struct error *err)
{
	const struct json *before = json_get(a->body, "before");

	if (strcmp(a->event->kind, "undone") == 0 && before != NULL) {
		return remask_notes(a, json_get(before, "instances"), err);
	}
	return remask(a->db, a->event, json_text_of(a->body, "of"), a->body, err);
}

static bool
reindex(const struct applying *a, int64_t seq, const char *of, const struct json *body,
	struct error *err)
{
	const struct event_kind *kind = event_kind(of);
	struct buf text = { 0 };
	int64_t there = 0;
	bool ok;

	if (kind == NULL || kind->search == NULL ||
	    !db_one_int(a->db, &DOC_THERE, &there, err, I64(seq))) {
		return kind == NULL || kind->search == NULL;
	}
	if (there == 0) {
		return true;
	}
	kind->search(&text, body);
	ok = search_index_remove(a->db, seq, err) &&
		search_index_add(a->db, seq, a->event->case_id, of, buf_text(&text), err);
	buf_free(&text);
	return ok;
}

/* Also for a redaction that was redacted: it carries its target's body. */
bool
remask_redacted(const struct applying *a, struct error *err)
{
	const struct json *body = json_get(a->body, "replacement");
	const char *of = json_text_of(a->body, "of");
	struct event as = *a->event;

	as.seq = json_get_int(a->body, "seq", 0);
	(void)snprintf(as.kind, sizeof as.kind, "%s", of);
	/* The case's row repeats the words of its next work. */
	return remask(a->db, &as, of, body, err) && reindex(a, as.seq, of, body, err) &&
		(a->event->case_id[0] == '\0' || apply_case_work(a, a->event->case_id, err));
}

#define TEXTS(...) (const char *const[]){ __VA_ARGS__, NULL }
#define POINT_TEXTS TEXTS("name", "person", "confirmed_by", "reserve", "cells", "note", \
	"said", "reason", "told_how", "over_told_how")
#define STATE_TEXTS \
	TEXTS("reason", "reply", "to_name", "address", "proof", "pass_name", "taken_by")
#define QUEUED_TEXTS TEXTS("title", "work", "owner", "request_vi", "request_en", "subject", \
	"text", "reason", "reply", "to_name", "address", "said", "impact", "done", "doing", \
	"waiting", "wanted", "points", "affected", "asker", "workaround", "asset_name", "body")
#define TIN_TEXTS TEXTS("what", "caller", "post", "callback", "unit_name", "reason", \
	"result", "replied_how", "over_told_how", "note", "by_name")
#define CUSTODY_TEXTS TEXTS("given_by", "given_post", "taken_by", "taken_post", \
	"taken_body", "place", "reason", "doc_number", "note")
#define HANDOVER_TEXTS TEXTS("giver", "taker", "words", "sheet", "reason", "withdrawn_by")
#define HOLD_TEXTS TEXTS("body", "doc_number", "what", "release_doc", "placed_by", \
	"released_by")
#define DECISION_TEXTS TEXTS("question", "name", "answer", "reason", "answered_by", \
	"fallback", "fallback_by", "doc_number", "options", "label", "whom", "text", "by_name")
#define WAITING_TEXTS TEXTS("name", "what", "ticket", "result", "raised_to", "said", "by_name", \
	"whom", "text")

/* Sorted by kind. */
static const struct redact_kind rows[] = {
	{ "absence_added", TEXTS("reason", "by_name", "name"), remask_thing },
	{ "absence_set", TEXTS("reason", "by_name", "name"), remask_thing },
	{ "asking_added", TEXTS("whom", "text", "by_name"), remask_thing },
	{ "asking_set", TEXTS("whom", "text", "by_name"), remask_thing },
	{ "asset_added", NULL, remask_register },
	{ "asset_set", NULL, remask_register },
	{ "back_by_added", TEXTS("title", "title_en", "reason"), remask_thing },
	{ "back_by_set", TEXTS("title", "title_en", "reason"), remask_thing },
	{ "backup_made", TEXTS("text", "by_name"), remask_thing },
	{ "call_turn_added", TEXTS("proof", "skipped", "name"), remask_thing },
	{ "call_turn_set", TEXTS("proof", "skipped", "name"), remask_thing },
	{ "case_copied", NULL, NULL },
	{ "case_linked", NULL, NULL },
	{ "case_opened", TEXTS("title", "category", "reporter", "asset_name"),
	  remask_case_opened },
	{ "case_set", TEXTS("title", "category", "reporter"), remask_case_set },
	{ "case_unlinked", NULL, NULL },
	{ "channel_down", TEXTS("reply"), NULL },
	{ "channel_up", NULL, NULL },
	{ "checklist_added", POINT_TEXTS, remask_thing },
	{ "checklist_set", POINT_TEXTS, remask_thing },
	{ "confirmation_added", TEXTS("name", "by_name", "note"), remask_thing },
	{ "confirmation_set", TEXTS("name", "by_name", "note"), remask_thing },
	{ "contact_added", NULL, remask_register },
	{ "contact_set", NULL, remask_register },
	{ "contact_verified", TEXTS("name", "note"), NULL },
	{ "countdown_added", TEXTS("label", "reason"), remask_thing },
	{ "countdown_set", TEXTS("label", "reason"), remask_thing },
	{ "custody_added", CUSTODY_TEXTS, remask_thing },
	{ "custody_set", CUSTODY_TEXTS, remask_thing },
	{ "deadline_added", TEXTS("title", "title_en", "reason"), remask_thing },
	{ "deadline_decided", TEXTS("title", "title_en", "reason"), remask_thing },
	{ "deadline_met", TEXTS("title", "title_en", "reason"), remask_thing },
	{ "deadline_set", TEXTS("title", "title_en", "reason"), remask_thing },
	{ "decision_added", DECISION_TEXTS, remask_thing },
	{ "decision_answered", DECISION_TEXTS, remask_thing },
	{ "decision_documented", DECISION_TEXTS, remask_thing },
	{ "decision_fallback", DECISION_TEXTS, remask_thing },
	{ "decision_set", DECISION_TEXTS, remask_thing },
	{ "decision_tried", DECISION_TEXTS, remask_thing },
	{ "decision_withdrawn", DECISION_TEXTS, remask_thing },
	{ "desk_made", NULL, NULL },
	{ "duty_layer_added", TEXTS("name", "by_name"), remask_thing },
	{ "duty_layer_set", TEXTS("name", "by_name"), remask_thing },
	{ "duty_override_added", TEXTS("reason", "by_name", "name", "other"), remask_thing },
	{ "duty_override_set", TEXTS("reason", "by_name", "name", "other"), remask_thing },
	{ "duty_past_added", TEXTS("name"), remask_thing },
	{ "duty_past_set", TEXTS("name"), remask_thing },
	{ "duty_rota_added", TEXTS("name", "reason", "by_name"), remask_thing },
	{ "duty_rota_set", TEXTS("name", "reason", "by_name"), remask_thing },
	{ "duty_spell_added", TEXTS("name", "source", "by_name"), remask_thing },
	{ "duty_spell_set", TEXTS("name", "reason", "source", "by_name"), remask_thing },
	{ "duty_swap_added", TEXTS("reason", "by_name", "name", "other"), remask_thing },
	{ "duty_swap_set", TEXTS("reason", "by_name", "name", "other"), remask_thing },
	{ "escalation_added", TEXTS("title", "reason"), remask_thing },
	{ "escalation_set", TEXTS("title", "reason", "proof", "name", "to_name"), remask_thing },
	{ "evidence_added", TEXTS("name", "note", "place"), remask_evidence_added },
	{ "evidence_taken", TEXTS("name"), NULL },
	{ "group_added", NULL, remask_register },
	{ "group_set", NULL, remask_register },
	{ "handover_given", HANDOVER_TEXTS, remask_thing },
	{ "handover_taken", HANDOVER_TEXTS, remask_thing },
	{ "handover_withdrawn", HANDOVER_TEXTS, remask_thing },
	{ "hold_added", HOLD_TEXTS, remask_thing },
	{ "hold_set", HOLD_TEXTS, remask_thing },
	{ "holiday_added", TEXTS("name"), remask_thing },
	{ "holiday_set", TEXTS("name"), remask_thing },
	{ "member_added", NULL, remask_register },
	{ "member_set", NULL, remask_register },
	{ "member_wish_added", TEXTS("by_name"), remask_thing },
	{ "member_wish_set", TEXTS("by_name"), remask_thing },
	{ "merged", NULL, NULL },
	{ "merged_in", NULL, NULL },
	{ "message_answered", STATE_TEXTS, remask_message_state },
	{ "message_by_hand", STATE_TEXTS, remask_message_state },
	{ "message_delivered", STATE_TEXTS, remask_message_state },
	{ "message_dropped", STATE_TEXTS, remask_message_state },
	{ "message_expired", STATE_TEXTS, remask_message_state },
	{ "message_failed", STATE_TEXTS, remask_message_state },
	{ "message_handed_over", STATE_TEXTS, remask_message_state },
	{ "message_held", STATE_TEXTS, remask_message_state },
	{ "message_queued", QUEUED_TEXTS, remask_message_queued },
	{ "message_read", STATE_TEXTS, remask_message_state },
	{ "message_released", STATE_TEXTS, remask_message_state },
	{ "message_rendered", TEXTS("subject", "text"), remask_message_rendered },
	{ "message_unknown", STATE_TEXTS, remask_message_state },
	{ "note_added", TEXTS("text"), NULL },
	{ "notice_added", TEXTS("number", "to_name", "text", "confirmed_by",
		"approved_by"), remask_thing },
	{ "notice_set", TEXTS("number", "to_name", "text", "confirmed_by",
		"approved_by", "reason"), remask_thing },
	{ "obligation_added", TEXTS("title", "description"), remask_thing },
	{ "obligation_set", TEXTS("title", "description"), remask_thing },
	{ "observable_added", TEXTS("value", "note"), remask_observable_added },
	{ "over_told", TEXTS("names", "name", "how", "note", "over_told_how"), remask_thing },
	{ "over_tried", TEXTS("names", "name", "how", "note"), remask_thing },
	{ "owner_assigned", NULL, NULL },
	{ "phone_call_added", TEXTS("to_name", "number", "answered_by", "result"),
	  remask_thing },
	{ "phone_call_corrected", TEXTS("to_name", "number", "answered_by", "result",
		"why"), remask_thing },
	{ "phone_call_set", TEXTS("to_name", "number", "answered_by", "result"), remask_thing },
	{ "planned_work_added", TEXTS("what", "by_name", "note"), remask_thing },
	{ "planned_work_set", TEXTS("what", "by_name", "note"), remask_thing },
	{ "playbook_stored", NULL, NULL },
	{ "point_added", POINT_TEXTS, remask_thing },
	{ "point_removed", POINT_TEXTS, remask_thing },
	{ "point_set", POINT_TEXTS, remask_thing },
	{ "profile_imported", NULL, remask_register },
	{ "quick_made", TEXTS("text"), remask_thing },
	{ "quick_sent", TEXTS("to_name", "confirmed_by", "approved_by"), remask_thing },
	{ "raised_watch_added", TEXTS("name", "source", "by_name"), remask_thing },
	{ "raised_watch_set", TEXTS("name", "reason", "source", "by_name"), remask_thing },
	{ "reading_added", TEXTS("value"), remask_run_rows },
	{ "redacted", TEXTS("law", "reason"), remask_redacted },
	{ "redone", NULL, remask_reversal },
	{ "reportable_decided", TEXTS("reason"), NULL },
	{ "restored", NULL, NULL },
	{ "rule_added", NULL, NULL },
	{ "rule_set", NULL, NULL },
	{ "run_ended", TEXTS("note", "reason", "value", "why"), remask_run_rows },
	{ "run_paused", TEXTS("note", "why"), remask_run_rows },
	{ "run_resumed", TEXTS("note", "why"), remask_run_rows },
	{ "run_started", TEXTS("note", "value"), remask_run_rows },
	{ "setting_set", NULL, NULL },
	{ "severity_decided", TEXTS("reason"), NULL },
	{ "shift_entry_added", TEXTS("text", "by_name"), remask_thing },
	{ "status_changed", TEXTS("reason", "cause", "result", "lessons", "title"),
	  remask_case_set },
	{ "step_assigned", TEXTS("note", "value"), remask_run_rows },
	{ "step_done", TEXTS("note", "value"), remask_run_rows },
	{ "step_extended", TEXTS("note"), remask_run_rows },
	{ "step_failed", TEXTS("note", "value"), remask_run_rows },
	{ "step_reopened", TEXTS("note", "value"), remask_run_rows },
	{ "step_skipped", TEXTS("note", "value"), remask_run_rows },
	{ "step_started", TEXTS("note", "value"), remask_run_rows },
	{ "task_added", TEXTS("title"), remask_task_added },
	{ "task_set", TEXTS("title", "note"), remask_task_set },
	{ "tin_added", TIN_TEXTS, remask_thing },
	{ "tin_closed", TIN_TEXTS, remask_thing },
	{ "tin_done", TIN_TEXTS, remask_thing },
	{ "tin_help", TIN_TEXTS, remask_thing },
	{ "tin_joined", TIN_TEXTS, remask_thing },
	{ "tin_left", TIN_TEXTS, NULL },
	{ "tin_replied", TIN_TEXTS, remask_thing },
	{ "tin_set", TIN_TEXTS, remask_thing },
	{ "tin_taken", TIN_TEXTS, remask_thing },
	{ "undone", NULL, remask_reversal },
	{ "unit_added", NULL, remask_register },
	{ "unit_set", NULL, remask_register },
	{ "unmerged", NULL, NULL },
	{ "unmerged_out", NULL, NULL },
	{ "waiting_added", WAITING_TEXTS, remask_thing },
	{ "waiting_asked", WAITING_TEXTS, remask_thing },
	{ "waiting_done", WAITING_TEXTS, remask_thing },
	{ "waiting_raised", WAITING_TEXTS, remask_thing },
	{ "waiting_set", WAITING_TEXTS, remask_thing },
};

static int
by_kind(const void *key, const void *row)
{
	return strcmp(key, ((const struct redact_kind *)row)->kind);
}

const struct redact_kind *
redact_kind(const char *kind)
{
	return bsearch(kind, rows, sizeof rows / sizeof *rows, sizeof *rows, by_kind);
}
