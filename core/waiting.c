/* waiting.c reads what a case or the desk waits for outside, with each time that
 * somebody was asked. */
#include "core/waiting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"

#define COLUMNS "w.id, w.case_id, c.number," \
	" COALESCE(c.severity, c.severity_suggested, 0), w.n, w.role, w.name, w.what," \
	" w.ticket, w.promised_at, w.asked, COALESCE(w.asked_at, 0), w.next_ask_at," \
	" w.raised, w.raise_at, w.raised_to, w.raise_after, w.state, w.result," \
	" w.instance, COALESCE(m.login, ''), COALESCE(w.created_at, 0)," \
	" COALESCE(w.ended_at, 0), COALESCE(t.number, '')," \
	" COALESCE(m.name, '')"
#define FROM " FROM waiting w JOIN cases c ON c.id = w.case_id" \
	" LEFT JOIN cases t ON t.id = c.merged_into" \
	" LEFT JOIN member m ON m.id = w.owner_id "

/* Its own, then what those wait for that were merged into it. */
SQL(WAITING_OF_CASE, "t", "SELECT " COLUMNS FROM "WHERE w.case_id IN"
	" (SELECT z.id FROM cases z WHERE z.id = $1 OR z.merged_into = $1)"
	" AND (w.case_id = $1 OR w.ended_at IS NULL)"
	" ORDER BY COALESCE(c.merged_into, ''), c.number, w.n");
SQL(WAITING_OPEN, "", "SELECT " COLUMNS FROM
	"WHERE w.ended_at IS NULL ORDER BY w.next_ask_at, w.id");
SQL(WAITING_BY_N, "ti", "SELECT " COLUMNS FROM "WHERE w.case_id = $1 AND w.n = $2");
/* +c.drill: by no index, so that the open ones lead and not all cases. */
SQL(COUNT_OPEN, "", "SELECT COUNT(*) FROM waiting w JOIN cases c ON c.id = w.case_id"
	" WHERE w.ended_at IS NULL AND +c.drill = 0");
SQL(COUNT_OVER, "i", "SELECT COUNT(*) FROM waiting w JOIN cases c ON c.id = w.case_id"
	" WHERE w.ended_at IS NULL AND w.next_ask_at < $1 AND +c.drill = 0");
SQL(ASKINGS, "t",
	"SELECT COALESCE(at, 0), by_name, whom, channel, text, promised_at, raised"
	" FROM asking WHERE waiting_id = $1 ORDER BY at, id");
SQL(FIRST_LEFT, "t",
	"SELECT w.n, w.what, w.name, c.number FROM waiting w JOIN cases c ON c.id = w.case_id"
	" WHERE w.case_id IN (SELECT z.id FROM cases z WHERE z.id = $1 OR z.merged_into = $1)"
	" AND w.ended_at IS NULL ORDER BY c.number, w.n LIMIT 1");

void
waiting_clear(struct waiting *waiting)
{
	free(waiting->role);
	free(waiting->name);
	free(waiting->what);
	free(waiting->ticket);
	free(waiting->raised_to);
	free(waiting->raise_after);
	free(waiting->result);
	free(waiting->owner);
	free(waiting->owner_name);
	*waiting = (struct waiting){ 0 };
}

static void
from_row(struct waiting *w, struct stmt *st)
{
	*w = (struct waiting){
		.severity = (int)stmt_int(st, 3), .n = (int)stmt_int(st, 4),
		.role = stmt_dup(st, 5), .name = stmt_dup(st, 6), .what = stmt_dup(st, 7),
		.ticket = stmt_dup(st, 8), .promised_at = stmt_int(st, 9),
		.asked = (int)stmt_int(st, 10), .asked_at = stmt_int(st, 11),
		.next_ask_at = stmt_int(st, 12), .raised = (int)stmt_int(st, 13),
		.raise_at = stmt_int(st, 14), .raised_to = stmt_dup(st, 15),
		.raise_after = stmt_dup(st, 16), .result = stmt_dup(st, 18),
		.owner = stmt_dup(st, 20), .owner_name = stmt_dup(st, 24),
		.created_at = stmt_int(st, 21), .ended_at = stmt_int(st, 22),
	};
	(void)snprintf(w->id, sizeof w->id, "%s", stmt_text(st, 0));
	(void)snprintf(w->case_id, sizeof w->case_id, "%s", stmt_text(st, 1));
	(void)snprintf(w->number, sizeof w->number, "%s", stmt_text(st, 2));
	(void)snprintf(w->into, sizeof w->into, "%s", stmt_text(st, 23));
	(void)snprintf(w->state, sizeof w->state, "%s", stmt_text(st, 17));
	(void)snprintf(w->instance, sizeof w->instance, "%s", stmt_text(st, 19));
}

bool
waiting_each(struct desk *desk, const char *case_id, waiting_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = case_id == NULL ? db_query(desk_db(desk), &WAITING_OPEN, NOARGS)
		: db_query(desk_db(desk), &WAITING_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct waiting one;

		from_row(&one, st);
		go_on = visit(&one, arg);
		waiting_clear(&one);
	}
	return stmt_done(st, err);
}

bool
waiting_load(struct waiting *out, struct desk *desk, const char *case_id, int n,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &WAITING_BY_N, TXT(case_id), I64(n));
	bool found = stmt_row(st);

	*out = (struct waiting){ 0 };
	if (found) {
		from_row(out, st);
	}
	if (!stmt_done(st, err)) {
		waiting_clear(out);
		return false;
	}
	return found || error_set(err, ERR_NOT_FOUND,
		_("this case does not wait for %d: see `suco wait CASE list`"), n);
}

bool
waiting_count(struct desk *desk, int64_t *open, int64_t *over, struct error *err)
{
	return db_one_int(desk_db(desk), &COUNT_OPEN, open, err, NOARGS) &&
		db_one_int(desk_db(desk), &COUNT_OVER, over, err, I64(desk_now(desk)));
}

enum waiting_next
waiting_next(const struct waiting *w, int64_t now)
{
	if (w->ended_at != 0 || w->next_ask_at > now) {
		return WAITING_NOT_YET;
	}
	return w->raise_at <= now ? WAITING_RAISE : WAITING_ASK;
}

bool
waiting_left(struct desk *desk, const char *case_id, char **what, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &FIRST_LEFT, TXT(case_id));

	*what = NULL;
	if (stmt_row(st)) {
		*what = xasprintf(_("waiting %lld of %s on %s: %s"),
			(long long)stmt_int(st, 0), stmt_text(st, 3), stmt_text(st, 2),
			stmt_text(st, 1));
	}
	return stmt_done(st, err);
}

bool
asking_each(struct desk *desk, const char *about, asking_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ASKINGS, TXT(about));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		const struct asking one = {
			.at = stmt_int(st, 0), .by = stmt_text(st, 1), .whom = stmt_text(st, 2),
			.channel = stmt_text(st, 3), .text = stmt_text(st, 4),
			.promised_at = stmt_int(st, 5), .raised = (int)stmt_int(st, 6),
		};

		go_on = visit(&one, arg);
	}
	return stmt_done(st, err);
}

struct json *
asking_row(struct desk *desk, const char *about, const struct asking *asking)
{
	char id[UUID_SIZE];
	struct json *row = thing_new(desk, "asking", id);

	row_text(row, "waiting_id", about);
	row_int(row, "at", asking->at);
	row_text(row, "by_name", asking->by);
	row_text(row, "whom", asking->whom);
	row_text(row, "channel", asking->channel);
	row_text(row, "text", asking->text);
	row_int(row, "promised_at", asking->promised_at);
	if (asking->raised > 0) {
		row_int(row, "raised", asking->raised);
	}
	return row;
}
