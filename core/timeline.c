/* timeline.c reads events for people and scripts, with what redaction and undo
 * did to them. */
#include "core/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

SQL(CASE_EVENTS_UP, "tii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id = $1 AND seq > $2 ORDER BY seq LIMIT $3");
SQL(CASE_EVENTS_DOWN, "tii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE case_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
SQL(DESK_EVENTS_UP, "ii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE seq > $1 ORDER BY seq LIMIT $2");
SQL(DESK_EVENTS_DOWN, "ii", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE seq < $1 ORDER BY seq DESC LIMIT $2");
SQL(MARKS_OF_EVENT, "t", "SELECT field, seq FROM field_version WHERE subject = $1");
SQL(BODY_OF_EVENT, "i", "SELECT body FROM event WHERE seq = $1");

static struct stmt *
query(struct desk *desk, const struct timeline_page *page)
{
	int64_t rows = page->limit == 0 ? INT64_MAX : page->limit;
	int64_t from = page->after == 0 && page->newest_first ? INT64_MAX : page->after;
	struct db *db = desk_db(desk);

	if (page->case_id != NULL) {
		return db_query(db, page->newest_first ? &CASE_EVENTS_DOWN : &CASE_EVENTS_UP,
			TXT(page->case_id), I64(from), I64(rows));
	}
	return db_query(db, page->newest_first ? &DESK_EVENTS_DOWN : &DESK_EVENTS_UP,
		I64(from), I64(rows));
}

/* Redaction and undo mark the event they are about, under "event:SEQ". */
static bool
read_marks(struct desk *desk, struct entry *entry, struct error *err)
{
	char subject[32];
	struct stmt *st;

	(void)snprintf(subject, sizeof subject, "event:%lld", (long long)entry->event->seq);
	st = db_query(desk_db(desk), &MARKS_OF_EVENT, TXT(subject));
	while (stmt_row(st)) {
		const char *field = stmt_text(st, 0);

		if (strcmp(field, "redacted") == 0) {
			entry->redacted_by = stmt_int(st, 1);
		} else if (strcmp(field, "undone") == 0) {
			entry->undone_by = stmt_int(st, 1);
		}
	}
	return stmt_done(st, err);
}

/* The body of a redacted event is the replacement that its redaction carries. */
static bool
read_body(struct desk *desk, const struct entry *entry, struct json **body,
	struct error *err)
{
	struct json *redaction = NULL;
	char *text = NULL;
	bool ok;

	if (entry->event->has_body) {
		return json_parse(body, entry->event->body, strlen(entry->event->body), NULL,
			err);
	}
	ok = db_one_text(desk_db(desk), &BODY_OF_EVENT, &text, err,
		I64(entry->redacted_by));
	if (ok && text != NULL) {
		ok = json_parse(&redaction, text, strlen(text), NULL, err);
	}
	if (ok) {
		*body = redaction == NULL ? json_object()
			: json_copy(json_get(redaction, "replacement"));
	}
	json_free(redaction);
	free(text);
	return ok;
}

static bool
visit_one(struct desk *desk, const struct event *event, entry_visit *visit, void *arg,
	bool *go_on, struct error *err)
{
	struct entry entry = { .event = event };
	struct json *body = NULL;

	if (!read_marks(desk, &entry, err) || !read_body(desk, &entry, &body, err)) {
		return false;
	}
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
