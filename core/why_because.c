/* why_because.c reads in the events of calling why somebody was called. */
#include "core/why_because.h"

#include "core/body.h"
#include "core/event.h"

SQL(CALLS_OF_CASE, "t", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" AND kind = 'escalation_set' ORDER BY seq");

static void
copy(struct json *to, const char *name, const struct json *body, const char *key)
{
	if (json_get_text(body, key) != NULL) {
		json_set_text(to, name, json_get_text(body, key));
	}
}

static void
take(struct json *out, const struct json *body)
{
	for (const struct json *child = json_first(json_get(body, "each")); child != NULL;
	     child = json_next(child)) {
		const char *turn = json_get_text(child, "call_turn");
		struct json *said;

		if (turn == NULL || json_get(child, "row") == NULL ||
		    json_get_text(body, "because") == NULL) {
			continue;
		}
		said = json_object();
		copy(said, "because", body, "because");
		copy(said, "by", body, "name");
		copy(said, "reason", body, "reason");
		json_set(out, turn, said);
	}
}

bool
why_because(struct desk *desk, const char *case_id, struct json **out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CALLS_OF_CASE, TXT(case_id));
	bool ok = true;

	*out = json_object();
	while (ok && stmt_row(st)) {
		struct event event = { 0 };
		struct json *body = NULL;

		/* A damaged one is `verify`'s to name. */
		if (event_from_row(&event, st)) {
			ok = body_in_force(&body, desk_db(desk), &event, err);
			if (ok) {
				take(*out, body);
			}
			json_free(body);
		}
		event_clear(&event);
	}
	if (!ok) {
		struct error ignored;

		(void)stmt_done(st, &ignored);
	}
	ok = ok && stmt_done(st, err);
	if (!ok) {
		json_free(*out);
		*out = NULL;
	}
	return ok;
}

void
why_put(struct json *row, const struct json *because, const char *turn_id)
{
	const struct json *said = json_get(because, turn_id);

	json_set(row, "called_for", said == NULL ? json_null() : json_copy(said));
}
