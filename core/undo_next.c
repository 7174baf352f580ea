/* undo_next.c looks back over the caller's own acts on a case: which is the last,
 * can it be undone, and if not, which before it could. */
#include "core/undo_next.h"

#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/body.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/text.h"
#include "core/timeline.h"
#include "core/undo_group.h"
#include "core/when.h"

SQL(EVENTS_BACK, "t", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" ORDER BY seq DESC");

#define TEXT_CELLS 56 /* two of them stand in one line of an error */

void
undo_next_clear(struct undo_next *next)
{
	free(next->text);
	free(next->passed_text);
	*next = (struct undo_next){ 0 };
}

bool
undo_own(const struct desk *desk, const struct event *event)
{
	return strcmp(event_whose(event), desk_me(desk)->login) == 0;
}

/* What an event is on the way back. */
enum look {
	LOOK_PAST,    /* another's; undone already; an undo */
	LOOK_UNDO,    /* it can be undone */
	LOOK_NEVER,   /* it never can */
};

/* Clocks that moved because a fact did: nobody's act, however slowly or late they
 * were written.  One that somebody added stands alone, not in a list. */
static bool
followed(const struct event *event)
{
	struct error ignored;
	struct json *body = NULL;
	bool each;

	if (strncmp(event->kind, "deadline_", 9) != 0 || !event->has_body ||
	    !json_parse(&body, event->body, strlen(event->body), NULL, &ignored)) {
		return false;
	}
	each = json_get(body, "each") != NULL;
	json_free(body);
	return each;
}

static bool
look_at(struct desk *desk, const struct event *event, enum look *out, struct error *err)
{
	const struct event_kind *kind = event_kind(event->kind);
	struct marks marks;

	*out = LOOK_PAST;
	if (!undo_own(desk, event) || strcmp(event->kind, "undone") == 0 ||
	    strcmp(event->kind, "redone") == 0) {
		return true;
	}
	if (kind == NULL || kind->unapply == NULL) {
		*out = kind == NULL || followed(event) ? LOOK_PAST : LOOK_NEVER;
		return true;
	}
	if (!marks_read(&marks, desk_db(desk), event->seq, err)) {
		return false;
	}
	*out = marks.undone_by == 0 && event->has_body ? LOOK_UNDO : LOOK_PAST;
	return true;
}

/* A call is named by the call, not by the message that it told. */
static bool
names_act(const char *kind)
{
	return strncmp(kind, "message_", 8) != 0 && strncmp(kind, "deadline_", 9) != 0;
}

/* The walk: what it passed over so far. */
struct walk {
	struct desk *desk;
	int64_t found;
	int64_t passed;
	int64_t passed_at; /* recorded_at of it */
	int64_t undone_at; /* of the last undo; what it drops stands before it */
};

/* One act appends many events (a status its clocks, a call its message).  What came
 * with an act that can be undone, or with an undo, is no act of its own. */
static bool
step(struct walk *w, const struct event *event, struct error *err)
{
	bool same = w->passed != 0 &&
		w->passed_at - event->recorded_at <= ONE_ACT_MS;
	enum look look;

	if (!look_at(w->desk, event, &look, err)) {
		return false;
	}
	if (look == LOOK_PAST && undo_own(w->desk, event) &&
	    (strcmp(event->kind, "undone") == 0 || strcmp(event->kind, "redone") == 0)) {
		w->undone_at = event->recorded_at;
	}
	if (look == LOOK_NEVER && !names_act(event->kind) && w->undone_at != 0 &&
	    w->undone_at - event->recorded_at <= ONE_ACT_MS) {
		return true;
	}
	if (look == LOOK_NEVER && (w->passed == 0 || (same && names_act(event->kind)))) {
		w->passed = event->seq;
		w->passed_at = event->recorded_at;
	} else if (look != LOOK_NEVER && same && undo_own(w->desk, event)) {
		w->passed = 0;
	}
	if (look == LOOK_UNDO) {
		w->found = event->seq;
	}
	return true;
}

static bool
walk_back(struct walk *w, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), &EVENTS_BACK, TXT(case_id));
	struct error ignored;
	bool ok = true;

	while (ok && w->found == 0 && stmt_row(st)) {
		struct event event = { 0 };

		ok = event_from_row(&event, st) || error_set(err, ERR_IO,
			_("event %lld is damaged; run `suco verify`"), (long long)event.seq);
		ok = ok && step(w, &event, err);
		event_clear(&event);
	}
	ok = stmt_done(st, ok ? err : &ignored) && ok;
	return ok && (w->found == 0 ||
		undo_group_root(desk_db(w->desk), case_id, &w->found, err));
}

struct naming {
	struct desk *desk;
	char *text;
	const char *never;
};

static bool
name_entry(const struct entry *entry, void *arg)
{
	struct naming *n = arg;
	const struct event_kind *kind = event_kind(entry->event->kind);
	char *text = timeline_text(entry, desk_zone(n->desk));
	struct buf out = { 0 };
	char at[WHEN_SHORT_SIZE];
	size_t fits = text_fit(text, TEXT_CELLS, NULL);

	when_near(at, entry->event->occurred_at, desk_now(n->desk), desk_zone(n->desk));
	buf_addf(&out, "%s %.*s%s", at, (int)fits, text, text[fits] == '\0' ? "" : "…");
	free(text);
	n->text = buf_take(&out);
	n->never = kind != NULL && kind->never != NULL ? _(kind->never) : "";
	return false;
}

static bool
name(struct desk *desk, const char *case_id, int64_t seq, struct naming *n,
	struct error *err)
{
	const struct timeline_page page = { .case_id = case_id, .after = seq - 1,
		.limit = 1 };

	*n = (struct naming){ .desk = desk };
	return seq == 0 || timeline_each(desk, &page, name_entry, n, err);
}

bool
undo_next(struct desk *desk, const char *case_id, struct undo_next *out,
	struct error *err)
{
	struct walk w = { .desk = desk };
	struct naming it = { 0 };
	struct naming passed = { 0 };

	if (!walk_back(&w, case_id, err) || !name(desk, case_id, w.found, &it, err) ||
	    !name(desk, case_id, w.passed, &passed, err)) {
		free(it.text);
		return false;
	}
	*out = (struct undo_next){ .seq = w.found, .text = it.text, .passed = w.passed,
		.passed_text = passed.text, .never = passed.never };
	return true;
}
