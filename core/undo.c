/* undo.c owns the events that reverse other events.  The body of an undo is the
 * original's with its changes turned round, so that the same writer applies
 * both. */
#include "core/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/body.h"
#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/conflict.h"
#include "core/deadline_follow.h"
#include "core/i18n.h"
#include "core/left.h"
#include "core/outbox.h"
#include "core/person.h"
#include "core/search_index.h"
#include "core/thing.h"
#include "core/undo_group.h"
#include "core/undo_next.h"
#include "core/when.h"

SQL(EVENTS_BACK, "t", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" ORDER BY seq DESC");
SQL(MARK_CLEAR, "tt", "DELETE FROM field_version WHERE subject = $1 AND field = $2");

static const struct event_kind *
original_kind(const struct applying *a, struct error *err)
{
	const char *of = json_get_text(a->body, "of");
	const struct event_kind *kind = of == NULL ? NULL : event_kind(of);

	if (kind == NULL || kind->unapply == NULL ||
	    json_get_int(a->body, "of_v", 1) > kind->body_v) {
		(void)error_set(err, ERR_UNAVAILABLE,
			_("event %lld undoes a kind that this program does not know: %s"),
			(long long)a->event->seq, of == NULL ? "" : of);
		return NULL;
	}
	return kind;
}

static bool
mark(const struct applying *a, const char *key, const char *field, struct error *err)
{
	char subject[MARK_SIZE];

	mark_subject(subject, json_get_int(a->body, key, 0));
	return apply_version(a, subject, field, err);
}

/* What was undone is no longer found by its words. */
bool
apply_undone(const struct applying *a, struct error *err)
{
	const struct event_kind *kind = original_kind(a, err);

	return kind != NULL && kind->unapply(a, err) && mark(a, "seq", "undone", err) &&
		search_index_remove(a->db, json_get_int(a->body, "seq", 0), err);
}

static bool
index_again(const struct applying *a, const struct event_kind *kind,
	struct error *err)
{
	struct buf text = { 0 };
	bool ok;

	if (kind->search == NULL) {
		return true;
	}
	kind->search(&text, a->body);
	ok = search_index_add(a->db, json_get_int(a->body, "seq", 0), a->event->case_id,
		kind->name, buf_text(&text), err);
	buf_free(&text);
	return ok;
}

/* The original once more, with the times that it had. */
bool
apply_redone(const struct applying *a, struct error *err)
{
	const struct event_kind *kind = original_kind(a, err);
	struct event as = *a->event;
	const struct applying again = { .db = a->db, .event = &as, .body = a->body };
	char subject[MARK_SIZE];

	if (kind == NULL) {
		return false;
	}
	as.recorded_at = json_get_int(a->body, "was_recorded_at", as.recorded_at);
	as.occurred_at = json_get_int(a->body, "was_occurred_at", as.occurred_at);
	mark_subject(subject, json_get_int(a->body, "seq", 0));
	return kind->apply(&again, err) && mark(a, "undo", "redone", err) &&
		db_run(a->db, &MARK_CLEAR, err, TXT(subject), TXT("undone")) &&
		index_again(a, kind, err);
}

/* The way from an event to the event that reverses it. */
struct reversal {
	const char *kind;                   /* of the new event */
	const struct event_kind *of;        /* of the act */
	struct json *body;                  /* of the new event; handed to it */
	const struct event *target;         /* what is reversed */
};

static bool
conflict(struct desk *desk, int64_t later, struct error *err)
{
	struct event event = { 0 };
	char at[WHEN_RFC3339_SIZE];
	struct json *detail;
	char *line;

	if (!event_load(&event, desk_db(desk), later, err)) {
		return false;
	}
	when_rfc3339(at, event.recorded_at, desk_zone(desk));
	detail = json_object();
	json_set_int(detail, "seq", later);
	json_set_text(detail, "kind", event.kind);
	json_set_text(detail, "by", event.actor_login);
	json_set_text(detail, "by_name", PERSON(desk, event_whose(&event)));
	json_set_text(detail, "at", at);
	line = json_line(detail);
	(void)error_set(err, ERR_CONFLICT,
		_("event %lld (%s, by %s) was built on it: undo that one first"),
		(long long)later, event.kind, PERSON(desk, event_whose(&event)));
	(void)snprintf(err->detail, sizeof err->detail, "%s", line);
	free(line);
	json_free(detail);
	event_clear(&event);
	return false;
}

/* Changes of columns go back, of one row or of each of many. */
static void
turn_round(struct json *body)
{
	struct json *each = json_detach(body, "each");

	if (json_get(body, "set") != NULL) {
		json_set(body, "set", set_reversed(body));
	}
	if (each != NULL) {
		struct json *turned = json_array();

		for (const struct json *child = json_first(each); child != NULL;
		     child = json_next(child)) {
			struct json *copy = json_copy(child);

			turn_round(copy);
			json_push(turned, copy);
		}
		json_set(body, "each", turned);
		json_free(each);
	}
}

/* --if-version holds for each field that goes back. */
static bool
guard_row(struct desk *desk, const struct reversal *r, const struct json *body,
	struct error *err)
{
	const struct json *set = json_get(body, "set");
	const char *subject = r->of->subject == NULL ? r->target->case_id
		: thing_id_in(r->of->subject, body);

	bool ok = true;

	for (const struct json *change = json_first(set); ok && change != NULL;
	     change = json_next(change)) {
		char *yours = conflict_value(desk, json_key(change), json_get(change, "to"));
		char *theirs = conflict_value(desk, json_key(change), json_get(change, "from"));

		ok = change_guard(desk, subject, json_key(change), yours, theirs, err);
		free(yours);
		free(theirs);
	}
	return ok;
}

static bool
guard_fields(struct desk *desk, const struct reversal *r, struct error *err)
{
	bool ok = true;

	for (const struct json *child = thing_first(r->body); ok && child != NULL;
	     child = thing_next(r->body, child)) {
		ok = guard_row(desk, r, child, err);
	}
	return ok;
}

static bool
reverse(struct desk *desk, struct reversal *r, struct error *err)
{
	int64_t later = 0;

	if (!undo_built_on(desk_db(desk), r->target, r->of, r->body, r->target->seq,
		    &later, err)) {
		return false;
	}
	if (later != 0) {
		return conflict(desk, later, err);
	}
	if (!guard_fields(desk, r, err)) {
		return false;
	}
	change_add(desk, r->kind, r->target->case_id, r->body);
	r->body = NULL;
	return true;
}

static bool
undo_one(struct desk *desk, const struct event *event, const struct event_kind *kind,
	struct error *err)
{
	struct reversal r = { .kind = "undone", .of = kind, .target = event };
	int left = 0;
	bool ok;

	if (!body_in_force(&r.body, desk_db(desk), event, err)) {
		return false;
	}
	turn_round(r.body);
	json_set_int(r.body, "seq", event->seq);
	json_set_text(r.body, "of", event->kind);
	json_set_int(r.body, "of_v", event->body_v);
	/* What it told and has not left yet does not leave; for what has, the
	 * timeline says that a correction is due. */
	ok = outbox_drop_caused(desk, event->seq, N_("what it told was undone"), &left, err);
	if (ok && left > 0) {
		json_set_int(r.body, "told", left);
	}
	ok = ok && reverse(desk, &r, err) && deadline_follow(desk, event->case_id, err);
	json_free(r.body);
	return ok;
}

static bool
can_go(const struct event *event)
{
	const struct event_kind *kind = event_kind(event->kind);

	return kind != NULL && kind->unapply != NULL && event->has_body;
}

/* What came with the act goes first, the latest before. */
static bool
undo_led(struct desk *desk, const struct event *root, struct error *err)
{
	struct undo_group group;
	bool ok = undo_group_load(&group, desk_db(desk), root, err);

	for (int i = group.count - 1; ok && i >= 0; i--) {
		struct event event = { 0 };
		struct marks marks = { 0 };

		ok = event_load(&event, desk_db(desk), group.seqs[i], err) &&
			marks_read(&marks, desk_db(desk), event.seq, err);
		/* A clock that followed goes with what it follows. */
		if (ok && marks.undone_by == 0 && can_go(&event)) {
			ok = undo_one(desk, &event, event_kind(event.kind), err);
		}
		event_clear(&event);
	}
	return ok;
}

static bool
undo_act(struct desk *desk, const struct event *event, struct error *err)
{
	return undo_led(desk, event, err) &&
		undo_one(desk, event, event_kind(event->kind), err);
}

/* The original's body again: the undo's with its changes turned back. */
static bool
redo_one(struct desk *desk, const struct event *undo, struct error *err)
{
	struct reversal r = { .kind = "redone", .target = undo };
	struct event original = { 0 };
	bool ok;

	if (!body_in_force(&r.body, desk_db(desk), undo, err) ||
	    !event_load(&original, desk_db(desk), json_get_int(r.body, "seq", 0), err)) {
		json_free(r.body);
		return false;
	}
	r.of = event_kind(original.kind);
	turn_round(r.body);
	json_set_int(r.body, "undo", undo->seq);
	json_set_int(r.body, "was_recorded_at", original.recorded_at);
	json_set_int(r.body, "was_occurred_at", original.occurred_at);
	event_clear(&original);
	ok = r.of != NULL ? left_none_again(desk, undo->case_id, r.body, err) &&
		reverse(desk, &r, err) && deadline_follow(desk, undo->case_id, err)
		: error_set(err, ERR_UNAVAILABLE, _("what was undone is of an unknown kind"));
	json_free(r.body);
	return ok;
}

/* What one undo took back comes back with it. */
static bool
redo_led(struct desk *desk, const struct event *undo, struct error *err)
{
	struct json *body = NULL;
	struct event event = { 0 };
	struct undo_group group = { .count = 0 };
	bool ok = change_flush(desk, err) && body_in_force(&body, desk_db(desk), undo, err) &&
		event_load(&event, desk_db(desk), json_get_int(body, "seq", 0), err) &&
		undo_group_load(&group, desk_db(desk), &event, err);

	for (int i = 0; ok && i < group.count; i++) {
		struct marks marks = { 0 };

		event_clear(&event);
		ok = marks_read(&marks, desk_db(desk), group.seqs[i], err) &&
			(marks.undone_by == 0 ||
			event_load(&event, desk_db(desk), marks.undone_by, err));
		if (ok && marks.undone_by != 0 &&
		    undo->recorded_at - event.recorded_at <= ONE_ACT_MS) {
			ok = redo_one(desk, &event, err) && change_flush(desk, err);
		}
	}
	event_clear(&event);
	json_free(body);
	return ok;
}

static bool
can_redo(struct desk *desk, const struct event *event, bool *wanted, struct error *err)
{
	struct marks marks;

	*wanted = false;
	if (!undo_own(desk, event) || strcmp(event->kind, "undone") != 0 || !event->has_body) {
		return true;
	}
	if (!marks_read(&marks, desk_db(desk), event->seq, err)) {
		return false;
	}
	*wanted = marks.redone_by == 0;
	return true;
}

/* The latest undo of the caller's on the case that nobody took back; seq 0: none. */
static bool
find_redo(struct desk *desk, const char *case_id, struct event *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &EVENTS_BACK, TXT(case_id));
	bool found = false;
	bool ok = true;
	struct error ignored;

	*out = (struct event){ 0 };
	while (ok && !found && stmt_row(st)) {
		event_clear(out);
		if (!event_from_row(out, st)) {
			ok = error_set(err, ERR_IO, _("event %lld is damaged; run `suco verify`"),
				(long long)out->seq);
		} else {
			ok = can_redo(desk, out, &found, err);
		}
	}
	ok = stmt_done(st, ok ? err : &ignored) && ok;
	if (!ok || !found) {
		event_clear(out);
	}
	return ok;
}

static bool
may_undo(struct desk *desk, const char *case_id, const struct event *event,
	const struct event_kind *kind, struct error *err)
{
	struct marks marks;

	if (strcmp(event->case_id, case_id) != 0) {
		return error_set(err, ERR_NOT_FOUND, _("there is no event %lld on this case"),
			(long long)event->seq);
	}
	if (kind == NULL || kind->unapply == NULL) {
		return error_set(err, ERR_REFUSED, _("event %lld (%s) cannot be undone: %s"),
			(long long)event->seq, event->kind,
			kind == NULL ? _("this program does not know it") : _(kind->never));
	}
	if (!undo_own(desk, event) && desk_me(desk)->role < ROLE_COORDINATOR) {
		return error_set(err, ERR_FORBIDDEN,
			_("event %lld is %s's: undoing it needs the role %s, yours is %s"),
			(long long)event->seq, PERSON(desk, event_whose(event)),
			role_label(ROLE_COORDINATOR), role_label(desk_me(desk)->role));
	}
	if (!event->has_body) {
		return error_set(err, ERR_REFUSED,
			_("event %lld was redacted: it cannot be undone"), (long long)event->seq);
	}
	if (!marks_read(&marks, desk_db(desk), event->seq, err)) {
		return false;
	}
	return marks.undone_by == 0 || error_set(err, ERR_REFUSED,
		_("event %lld is undone already, by event %lld"), (long long)event->seq,
		(long long)marks.undone_by);
}

bool
undo_event(struct desk *desk, const char *case_id, int64_t seq, struct error *err)
{
	const struct event_kind *kind;
	struct event event = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = event_load(&event, desk_db(desk), seq, err);
	kind = ok ? event_kind(event.kind) : NULL;
	ok = ok && may_undo(desk, case_id, &event, kind, err) &&
		undo_act(desk, &event, err);
	event_clear(&event);
	return change_end(desk, ok, err);
}

/* Nobody takes back an older act believing that it was the last one. */
static bool
passes_over(const struct undo_next *next, struct error *err)
{
	if (next->seq == 0) {
		return error_set(err, ERR_REFUSED, _("your last act here is never undone (%s):"
			" %s; before it there is nothing that can be"), next->never,
			next->passed_text);
	}
	(void)error_set(err, ERR_REFUSED, _("your last act here is never undone (%s): %s;"
		" the one before it can be: %s"), next->never, next->passed_text, next->text);
	return error_how(err, "--event %lld", (long long)next->seq);
}

/* The case's own first event is no act that anybody would want to take back. */
static bool
last_act(struct desk *desk, const char *case_id, struct event *event, struct error *err)
{
	struct undo_next next;
	struct event passed = { 0 };
	bool ok;

	if (!undo_next(desk, case_id, &next, err)) {
		return false;
	}
	ok = next.passed == 0 || event_load(&passed, desk_db(desk), next.passed, err);
	if (ok && next.passed != 0 && strcmp(passed.kind, "case_opened") != 0) {
		ok = passes_over(&next, err);
	} else if (ok && next.seq == 0) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("there is nothing of yours on this case that can be undone"));
	}
	ok = ok && event_load(event, desk_db(desk), next.seq, err);
	event_clear(&passed);
	undo_next_clear(&next);
	return ok;
}

bool
undo_last(struct desk *desk, const char *case_id, struct error *err)
{
	struct event event = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = last_act(desk, case_id, &event, err) && undo_act(desk, &event, err);
	event_clear(&event);
	return change_end(desk, ok, err);
}

bool
redo_last(struct desk *desk, const char *case_id, struct error *err)
{
	struct event event;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = find_redo(desk, case_id, &event, err);
	if (ok && event.seq == 0) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("there is no undo of yours on this case to take back"));
	}
	ok = ok && redo_one(desk, &event, err) && redo_led(desk, &event, err);
	event_clear(&event);
	return change_end(desk, ok, err);
}
