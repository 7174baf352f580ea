/* undo_built_on.c finds the event that stands in the way of an undo: one that
 * changed the same field, or used the row that would go. */
#include <stdlib.h>
#include <string.h>

#include "core/body.h"
#include "core/i18n.h"
#include "core/thing.h"
#include "core/undo.h"

SQL(FIELD_SEQ, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");
SQL(EVENTS_AFTER, "ti", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id = $1 AND seq > $2 ORDER BY seq");

/* What an event changed: fields of a row, or the row itself. */
struct about {
	const char *kind;
	const char *subject;
	const struct json *set; /* NULL: the row was made */
	int64_t n;              /* the number it took on the case, or 0 */
};

/* The act in question, and from where on events count. */
struct span {
	int64_t target;
	int64_t after;
};

/* A run's number stands with what the run is. */
static int64_t
number_of(const struct json *body)
{
	const struct json *run = json_get(body, "run");

	return json_get_int(run != NULL ? run : body, "n", 0);
}

static struct about
about_of(const struct event_kind *kind, const struct event *event,
	const struct json *body)
{
	/* A row of the watch says its number among its values. */
	const struct json *row = json_get(body, "row");
	const struct about about = {
		.kind = kind->name,
		.subject = kind->subject == NULL ? event->case_id
			: thing_id_in(kind->subject, body),
		.set = json_get(body, "set"),
		.n = kind->subject == NULL ? 0 : number_of(row != NULL ? row : body),
	};

	return about;
}

/* Rows that acts of other kinds make or set beside their own: a countdown by a
 * step's reading, a clock by a status. */
static const struct {
	const char *list, *table;
} beside[] = {
	{ "clocks", "countdown" }, { "deadlines", "deadline" },
};

static struct about
about_clock(const struct json *clock, const char *table)
{
	const struct about about = {
		.kind = table, .subject = json_get_text(clock, table),
		.set = json_get(clock, "set"),
		.n = json_get_int(json_get(clock, "row"), "n", 0),
	};

	return about;
}

/* Did nobody touch these fields since?  Saves the walk in the usual case. */
static bool
untouched(struct db *db, const struct about *about, int64_t after, bool *out,
	struct error *err)
{
	*out = about->set != NULL;
	for (const struct json *change = json_first(about->set); *out && change != NULL;
	     change = json_next(change)) {
		int64_t seq = 0;

		if (!db_one_int(db, &FIELD_SEQ, &seq, err, TXT(about->subject),
			    TXT(json_key(change)))) {
			return false;
		}
		*out = seq <= after;
	}
	return true;
}

static bool
touches(const struct about *one, const struct about *later)
{
	bool same = later->subject != NULL && strcmp(one->subject, later->subject) == 0;

	if (one->set == NULL) {
		/* A row that was made: whatever is about it, or took its number. */
		return same || (one->n != 0 && later->set == NULL && one->n == later->n &&
			strcmp(one->kind, later->kind) == 0);
	}
	for (const struct json *change = json_first(one->set); same && change != NULL;
	     change = json_next(change)) {
		if (json_get(later->set, json_key(change)) != NULL) {
			return true;
		}
	}
	return false;
}

static bool
touches_beside(const struct about *one, const struct json *body)
{
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		const struct json *list = json_get(body, beside[i].list);

		for (const struct json *row = json_first(list); row != NULL;
		     row = json_next(row)) {
			const struct about later = about_clock(row, beside[i].table);

			if (touches(one, &later)) {
				return true;
			}
		}
	}
	return false;
}

/* An undone event and its undo cancel each other out, as do an undo and its
 * redo.  A redo of what was undone earlier counts by what it brought back, unless
 * that is the act in question. */
static bool
counts(struct db *db, const struct event *event, const struct json *body,
	const struct about *one, const struct span *span, bool *out, struct error *err)
{
	const char *of = json_get_text(body, "of");
	bool redone = strcmp(event->kind, "redone") == 0;
	const struct event_kind *kind = event_kind(redone && of != NULL ? of : event->kind);
	int64_t seq = redone ? json_get_int(body, "seq", 0) : event->seq;
	struct marks marks;
	bool touched = false;

	*out = false;
	if (kind == NULL || strcmp(event->kind, "undone") == 0 || seq == span->target ||
	    (redone && json_get_int(body, "undo", 0) > span->after)) {
		return true;
	}
	for (const struct json *child = thing_first(body); !touched && child != NULL;
	     child = thing_next(body, child)) {
		const struct about later = about_of(kind, event, child);

		touched = touches(one, &later);
	}
	touched = touched || touches_beside(one, body);
	if (!touched) {
		return true;
	}
	if (!marks_read(&marks, db, seq, err)) {
		return false;
	}
	*out = marks.undone_by == 0;
	return true;
}

static bool
walk(struct db *db, const struct event *event, const struct about *one,
	const struct span *span, int64_t *later, struct error *err)
{
	struct stmt *st = db_query(db, &EVENTS_AFTER, TXT(event->case_id),
		I64(span->after));
	struct error ignored;
	bool found = false;
	bool ok = true;

	while (ok && !found && stmt_row(st)) {
		struct event row = { 0 };
		struct json *body = NULL;

		ok = event_from_row(&row, st) || error_set(err, ERR_IO,
			_("event %lld is damaged; run `suco verify`"), (long long)row.seq);
		ok = ok && body_in_force(&body, db, &row, err) &&
			counts(db, &row, body, one, span, &found, err);
		if (found) {
			*later = row.seq;
		}
		json_free(body);
		event_clear(&row);
	}
	return stmt_done(st, ok ? err : &ignored) && ok;
}

/* For one row that the act made or changed. */
static bool
row_built_on(struct db *db, const struct event *event, const struct about *one,
	const struct span *span, int64_t *later, struct error *err)
{
	bool free_to_go = false;

	if (!untouched(db, one, span->after, &free_to_go, err)) {
		return false;
	}
	return free_to_go || walk(db, event, one, span, later, err);
}

static bool
beside_built_on(struct db *db, const struct event *event, const struct json *body,
	const struct span *span, int64_t *later, struct error *err)
{
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		const struct json *list = json_get(body, beside[i].list);

		for (const struct json *row = json_first(list); row != NULL && *later == 0;
		     row = json_next(row)) {
			const struct about one = about_clock(row, beside[i].table);

			if (one.subject != NULL &&
			    !row_built_on(db, event, &one, span, later, err)) {
				return false;
			}
		}
	}
	return true;
}

bool
undo_built_on(struct db *db, const struct event *event,
	const struct event_kind *kind, const struct json *body, int64_t after,
	int64_t *later, struct error *err)
{
	const struct span span = {
		.target = json_get_int(body, "seq", event->seq), .after = after,
	};

	if (kind->later != NULL) {
		return kind->later(db, event, body, after, later, err);
	}
	for (const struct json *child = thing_first(body); child != NULL && *later == 0;
	     child = thing_next(body, child)) {
		const struct about one = about_of(kind, event, child);

		if (one.subject == NULL || (one.set == NULL && kind->subject == NULL)) {
			continue;
		}
		if (!row_built_on(db, event, &one, &span, later, err)) {
			return false;
		}
	}
	return beside_built_on(db, event, body, &span, later, err);
}
