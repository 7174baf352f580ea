/* verify.c walks the chain of events and says where it first breaks. */
#include "core/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/last_hash.h"
#include "core/replacement.h"

SQL(ALL_EVENTS, "", "SELECT " EVENT_COLUMNS " FROM event ORDER BY seq");
SQL(EVENTS_OF_CASE, "t", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" ORDER BY seq");
SQL(HEAD_ROW, "", "SELECT seq, hash, recorded_at FROM head WHERE one = 1");
SQL(HASH_THERE, "t", "SELECT seq FROM event WHERE hash = $1");

struct walk {
	struct desk *desk;
	struct verify_result *out;
	struct replacements *redactions;
	struct last_hash *cases; /* the last hash seen of each case */
	struct buf scratch;
	char prev[HASH_SIZE];
	char case_prev[HASH_SIZE];
	int64_t recorded_at;
	int64_t seq;   /* of the event before */
	bool one_case;
};

static void
fault(struct verify_result *out, int64_t seq, const char *field, const char *text)
{
	out->chain_ok = false;
	out->faults++;
	if (out->faults > 1) {
		return;
	}
	out->first.seq = seq;
	(void)snprintf(out->first.field, sizeof out->first.field, "%s", field);
	(void)snprintf(out->first.text, sizeof out->first.text, "%s", text);
}

/* A body may be missing only where a redaction says so; then its salt is too. */
static void
check_body(struct walk *w, const struct event *event)
{
	char hash[HASH_SIZE];

	if (event->has_body) {
		hash_salted(hash, event->salt, event->body, strlen(event->body));
		if (strcmp(hash, event->body_hash) != 0) {
			fault(w->out, event->seq, "body", _("the body is not what was hashed"));
		}
	} else if (replacement_of(w->redactions, event->seq) == NULL) {
		fault(w->out, event->seq, "body",
			_("the body is missing and no redaction says why"));
	}
}

static void
check_links(struct walk *w, const struct event *event)
{
	const char *case_prev = w->one_case ? w->case_prev
		: event->case_id[0] == '\0' ? "" : last_hash_of(w->cases, event->case_id);

	if (!w->one_case && event->seq != w->seq + 1) {
		fault(w->out, event->seq, "seq", _("events are missing before this one"));
	}
	if (!w->one_case && strcmp(event->prev, w->prev) != 0) {
		fault(w->out, event->seq, "prev", _("it does not follow the event before it"));
	}
	if (strcmp(event->case_prev, case_prev) != 0) {
		fault(w->out, event->seq, "case_prev",
			_("it does not follow the case's event before it"));
	}
}

static void
check_event(struct walk *w, struct stmt *st)
{
	struct event event = { 0 };
	char hash[HASH_SIZE];

	if (!event_from_row(&event, st)) {
		fault(w->out, event.seq, "row", _("the row is no event"));
	} else {
		event_hash(hash, &event, desk_id(w->desk), &w->scratch);
		if (strcmp(hash, event.hash) != 0) {
			fault(w->out, event.seq, "hash", _("the header is not what was hashed"));
		}
		check_links(w, &event);
		check_body(w, &event);
	}
	if (event.recorded_at < w->recorded_at) {
		w->out->clock_back_first = w->out->clock_back++ == 0 ? event.seq
			: w->out->clock_back_first;
	}
	w->recorded_at = event.recorded_at;
	w->seq = event.seq;
	memcpy(w->prev, event.hash, HASH_SIZE);
	memcpy(w->case_prev, event.hash, HASH_SIZE);
	if (event.case_id[0] != '\0' && !w->one_case) {
		last_hash_set(w->cases, event.case_id, event.hash);
	}
	w->out->events++;
	event_clear(&event);
}

/* The head row must be the last event: else the end was cut off. */
static bool
check_end(struct walk *w, struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), &HEAD_ROW, NOARGS);
	bool same = false;

	if (stmt_row(st)) {
		const char *hash = stmt_text(st, 1);

		same = stmt_int(st, 0) == w->seq &&
			strcmp(hash == NULL ? "" : hash, w->prev) == 0 &&
			stmt_int(st, 2) == w->recorded_at;
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (!same) {
		fault(w->out, w->seq + 1, "head", _("the chain's end is not what the head says"));
	}
	return true;
}

bool
verify_chain(struct desk *desk, const char *case_id, struct verify_result *out,
	struct error *err)
{
	struct progress_part part;
	struct walk w = { .desk = desk, .out = out, .one_case = case_id != NULL };
	struct stmt *st;
	bool ok;

	out->chain_ok = true;
	/* Others may append meanwhile: the end must be of the same moment. */
	if (!db_read_begin(desk_db(desk), err)) {
		return false;
	}
	if (!replacements_read(&w.redactions, desk_db(desk), err)) {
		db_read_end(desk_db(desk));
		return false;
	}
	w.cases = last_hash_new();
	st = case_id == NULL ? db_query(desk_db(desk), &ALL_EVENTS, NOARGS)
		: db_query(desk_db(desk), &EVENTS_OF_CASE, TXT(case_id));
	part = progress_begin(desk_progress(desk), N_("checking the chain"), desk_db(desk));
	while (stmt_row(st)) {
		check_event(&w, st);
		progress_one(&part);
	}
	ok = stmt_done(st, err) && (w.one_case || check_end(&w, err));
	db_read_end(desk_db(desk));
	memcpy(out->head, w.prev, HASH_SIZE);
	last_hash_free(w.cases);
	replacements_free(w.redactions);
	buf_free(&w.scratch);
	return ok;
}

bool
verify_head(struct desk *desk, const char *hash, struct verify_result *out,
	struct error *err)
{
	int64_t seq = 0;

	if (!db_one_int(desk_db(desk), &HASH_THERE, &seq, err, TXT(hash))) {
		return false;
	}
	out->head_found = seq != 0;
	if (!out->head_found) {
		fault(out, 0, "head", _("today's chain does not contain this head"));
	}
	return true;
}
