/* body.c resolves what an event says today: redactions of redactions too. */
#include "core/body.h"

#include <stdio.h>
#include <string.h>

SQL(MARKS_OF_EVENT, "t", "SELECT field, seq FROM field_version WHERE subject = $1");

void
mark_subject(char out[MARK_SIZE], int64_t seq)
{
	(void)snprintf(out, MARK_SIZE, "event:%lld", (long long)seq);
}

bool
marks_read(struct marks *out, struct db *db, int64_t seq, struct error *err)
{
	char subject[MARK_SIZE];
	struct stmt *st;

	*out = (struct marks){ 0 };
	mark_subject(subject, seq);
	st = db_query(db, &MARKS_OF_EVENT, TXT(subject));
	while (stmt_row(st)) {
		const char *field = stmt_text(st, 0);

		if (strcmp(field, "redacted") == 0) {
			out->redacted_by = stmt_int(st, 1);
		} else if (strcmp(field, "undone") == 0) {
			out->undone_by = stmt_int(st, 1);
		} else if (strcmp(field, "redone") == 0) {
			out->redone_by = stmt_int(st, 1);
		}
	}
	return stmt_done(st, err);
}

/* The redaction may have been redacted itself: later ones are asked until one
 * has a body.  A redaction is always later than its target, so this ends. */
static bool
replacement(struct json **out, struct db *db, int64_t by, int64_t of, struct error *err)
{
	struct event redaction = { 0 };
	struct json *body = NULL;
	bool ok;

	if (by <= of) {
		*out = json_object();
		return true;
	}
	ok = event_load(&redaction, db, by, err) &&
		body_in_force(&body, db, &redaction, err);
	event_clear(&redaction);
	if (ok) {
		*out = json_detach(body, "replacement");
		json_free(body);
		if (*out == NULL) {
			*out = json_object();
		}
	}
	return ok;
}

bool
body_in_force(struct json **out, struct db *db, const struct event *event,
	struct error *err)
{
	struct marks marks;

	if (event->has_body) {
		return json_parse(out, event->body, strlen(event->body), NULL, err);
	}
	return marks_read(&marks, db, event->seq, err) &&
		replacement(out, db, marks.redacted_by, event->seq, err);
}
