/* apply.c owns what every event does beside its kind's own rows: the case's
 * counters, the field versions, the kept counts, the search index. */
#include "core/apply.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/search_index.h"

SQL(CASE_TOUCH, "iit",
	"UPDATE cases SET version = $1, last_at = $2, events = events + 1 WHERE id = $3");
SQL(VERSION_SET, "tti",
	"INSERT INTO field_version (subject, field, seq) VALUES ($1, $2, $3)"
	" ON CONFLICT (subject, field) DO UPDATE SET seq = excluded.seq");
SQL(COUNT_ADD, "ti",
	"INSERT INTO kept_count (name, value) VALUES ($1, $2)"
	" ON CONFLICT (name) DO UPDATE SET value = kept_count.value + excluded.value");

bool
apply_version(const struct applying *a, const char *subject, const char *field,
	struct error *err)
{
	return db_run(a->db, &VERSION_SET, err, TXT(subject), TXT(field),
		I64(a->event->seq));
}

bool
apply_count(const struct applying *a, const char *name, int64_t delta,
	struct error *err)
{
	return delta == 0 || db_run(a->db, &COUNT_ADD, err, TXT(name), I64(delta));
}

bool
unapply_nothing(const struct applying *a, struct error *err)
{
	(void)a;
	(void)err;
	return true;
}

/* The event's words go into the index of its case. */
static bool
index_event(const struct applying *a, const struct event_kind *kind,
	struct error *err)
{
	struct buf text = { 0 };
	bool ok;

	if (kind->search == NULL || a->event->case_id[0] == '\0') {
		return true;
	}
	kind->search(&text, a->body);
	ok = search_index_add(a->db, a->event->seq, a->event->case_id,
		a->event->kind, buf_text(&text), err);
	buf_free(&text);
	return ok;
}

bool
apply_event(struct db *db, const struct event *event, const struct json *body,
	struct error *err)
{
	const struct applying a = { .db = db, .event = event, .body = body };
	const struct event_kind *kind = event_kind(event->kind);

	if (kind == NULL || event->body_v > kind->body_v) {
		return error_set(err, ERR_UNAVAILABLE,
			_("event %lld is of a kind that this program does not know: %s %lld"),
			(long long)event->seq, event->kind, (long long)event->body_v);
	}
	if (!kind->apply(&a, err)) {
		return false;
	}
	if (event->case_id[0] != '\0' &&
	    !db_run(db, &CASE_TOUCH, err, I64(event->seq), I64(event->recorded_at),
		    TXT(event->case_id))) {
		return false;
	}
	return index_event(&a, kind, err);
}
