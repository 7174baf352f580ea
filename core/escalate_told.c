/* escalate_told.c tells those who were called in vain that somebody has it: who was
 * woken at night may sleep again.  Never him who took it. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/escalate_private.h"
#include "core/outbox_new.h"
#include "core/tell.h"

#define TAKEN "da_co_nguoi"
#define STATUS_MS (60 * INT64_C(60000))

/* Whom a call reached, and who neither took it nor was told since. */
SQL(REACHED_BY_CALL, "tti",
	"SELECT DISTINCT m.to_id FROM message m WHERE m.escalation = $1"
	" AND m.escalation <> '' AND m.to_kind = 'member' AND m.to_id <> $2"
	" AND m.template <> '" TAKEN "' AND m.state IN"
	" ('handed_over', 'delivered', 'read', 'answered', 'unknown') AND m.queued_at <= $3"
	" AND NOT EXISTS (SELECT 1 FROM message t WHERE t.escalation = m.escalation"
	" AND t.escalation <> '' AND t.to_id = m.to_id AND t.template = '" TAKEN "'"
	" AND t.queued_at >= $3) ORDER BY m.to_id");
SQL(TAKER, "t", "SELECT name FROM member WHERE id = $1");

static struct json *
whom(const struct escalate_work *w, struct error *err)
{
	struct stmt *st = db_query(desk_db(w->desk), &REACHED_BY_CALL, TXT(w->e.id),
		TXT(w->e.ack_by), I64(w->e.ack_at));
	struct json *ids = json_array();

	while (stmt_row(st)) {
		json_push(ids, json_string(stmt_text(st, 0)));
	}
	if (!stmt_done(st, err)) {
		json_free(ids);
		return NULL;
	}
	return ids;
}

static bool
tell(struct escalate_work *w, const struct json *ids, struct error *err)
{
	struct json *vars = tell_vars(&w->c);
	char *taker = NULL;
	bool ok = db_one_text(desk_db(w->desk), &TAKER, &taker, err, TXT(w->e.ack_by));

	json_set_text(vars, "owner", taker);
	for (const struct json *id = json_first(ids); ok && id != NULL; id = json_next(id)) {
		ok = outbox_queue(w->desk, &(struct message_new){ .case_id = w->c.id,
			.to_kind = "member", .to_id = json_text(id, ""), .template = TAKEN,
			.vars = vars, .drill = w->c.drill, .cause = NO_CAUSE,
			.rank = RANK_STATUS, .escalation = w->e.id, .lasts_ms = STATUS_MS }, err);
	}
	free(taker);
	json_free(vars);
	return ok;
}

bool
escalate_tell_taken(struct escalate_work *w, bool *told, struct error *err)
{
	struct json *ids;
	bool ok = true;

	*told = false;
	if (w->e.ack_by[0] == '\0' || w->e.ack_at == 0) {
		return true;
	}
	ids = whom(w, err);
	if (ids == NULL) {
		return false;
	}
	*told = json_count(ids) > 0;
	if (*told && w->dry) {
		w->wants = true;
	} else if (*told) {
		ok = tell(w, ids, err);
	}
	json_free(ids);
	return ok;
}
