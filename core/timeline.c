/* timeline.c reads events for people and scripts, with what redaction and undo
 * did to them. */
#include "core/timeline.h"

#include "core/body.h"
#include "core/i18n.h"

SQL(CASE_EVENTS_UP, "tii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id = $1 AND seq > $2 ORDER BY seq LIMIT $3");
SQL(CASE_EVENTS_DOWN, "tii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
SQL(OWN_EVENTS_UP, "ii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id IS NULL AND seq > $1 ORDER BY seq LIMIT $2");
SQL(OWN_EVENTS_DOWN, "ii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id IS NULL AND seq < $1 ORDER BY seq DESC LIMIT $2");
SQL(DESK_EVENTS_UP, "ii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE seq > $1 ORDER BY seq LIMIT $2");
SQL(DESK_EVENTS_DOWN, "ii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE seq < $1 ORDER BY seq DESC LIMIT $2");

static struct stmt *
query(struct desk *desk, const struct timeline_page *page)
{
	int64_t rows = page->limit == 0 ? INT64_MAX : page->limit;
	int64_t from = page->after == 0 && page->newest_first ? INT64_MAX : page->after;
	struct db *db = desk_db(desk);

	if (page->case_id != NULL && page->case_id[0] == '\0') {
		return db_query(db, page->newest_first ? &OWN_EVENTS_DOWN : &OWN_EVENTS_UP,
			I64(from), I64(rows));
	}
	if (page->case_id != NULL) {
		return db_query(db, page->newest_first ? &CASE_EVENTS_DOWN : &CASE_EVENTS_UP,
			TXT(page->case_id), I64(from), I64(rows));
	}
	return db_query(db, page->newest_first ? &DESK_EVENTS_DOWN : &DESK_EVENTS_UP,
		I64(from), I64(rows));
}

static bool
visit_one(struct desk *desk, const struct event *event, entry_visit *visit, void *arg,
	bool *go_on, struct error *err)
{
	struct entry entry = { .event = event };
	struct json *body = NULL;
	struct marks marks;

	if (!marks_read(&marks, desk_db(desk), event->seq, err) ||
	    !body_in_force(&body, desk_db(desk), event, err)) {
		return false;
	}
	entry.redacted_by = marks.redacted_by;
	entry.undone_by = marks.undone_by;
	entry.body = body;
	*go_on = visit(&entry, arg);
	json_free(body);
	return true;
}

bool
timeline_each(struct desk *desk, const struct timeline_page *page,
	entry_visit *visit, void *arg, struct error *err)
{
	struct stmt *st = query(desk, page);
	bool go_on = true;
	bool ok = true;

	while (ok && go_on && stmt_row(st)) {
		struct event event = { 0 };

		if (!event_from_row(&event, st)) {
			ok = error_set(err, ERR_IO, _("event %lld is damaged; run `suco verify`"),
				(long long)event.seq);
		} else {
			ok = visit_one(desk, &event, visit, arg, &go_on, err);
		}
		event_clear(&event);
	}
	if (!ok) {
		struct error ignored;

		(void)stmt_done(st, &ignored);
		return false;
	}
	return stmt_done(st, err);
}
