/* left.c finds what would be left behind under a case that is over: whom it waits
 * for, what it asked, what counts down. */
#include "core/left.h"

#include <stdlib.h>
#include <string.h>

#include "core/decision.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/waiting.h"

SQL(COUNTDOWN_LEFT, "t",
	"SELECT d.n, d.label, c.number FROM countdown d JOIN cases c ON c.id = d.case_id"
	" WHERE d.case_id IN (SELECT z.id FROM cases z WHERE z.id = $1 OR z.merged_into = $1)"
	" AND d.state = 'running' ORDER BY c.number, d.n LIMIT 1");

typedef bool left_fn(struct desk *desk, const char *case_id, char **what,
	struct error *err);

static bool
countdown_left(struct desk *desk, const char *case_id, char **what, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &COUNTDOWN_LEFT, TXT(case_id));

	*what = NULL;
	if (stmt_row(st)) {
		*what = xasprintf(_("countdown %lld of %s: %s"), (long long)stmt_int(st, 0),
			stmt_text(st, 2), stmt_text(st, 1));
	}
	return stmt_done(st, err);
}

/* text is how the refusal is said: the case, and what is left. */
static bool
none(struct desk *desk, const struct ir_case *c, left_fn *const *look,
	const char *text, struct error *err)
{
	char *what = NULL;
	bool ok = true;

	for (; ok && what == NULL && *look != NULL; look++) {
		ok = (*look)(desk, c->id, &what, err);
	}
	if (ok && what != NULL) {
		ok = error_set(err, ERR_REFUSED, text, c->number, what);
	}
	free(what);
	return ok;
}

bool
left_none_closing(struct desk *desk, const struct ir_case *c, struct error *err)
{
	static left_fn *const look[] = { waiting_left, decision_left, NULL };

	return none(desk, c, look, _("case %s cannot be closed: %s: say how it ended"), err);
}

bool
left_none_dismissing(struct desk *desk, const struct ir_case *c, struct error *err)
{
	static left_fn *const look[] = { waiting_left, decision_left, countdown_left, NULL };

	return none(desk, c, look, _("case %s cannot be dismissed: %s: say how it ended"),
		err);
}

bool
left_none_again(struct desk *desk, const char *case_id, const struct json *body,
	struct error *err)
{
	const char *to = json_get_text(json_get(json_get(body, "set"), "status"), "to");
	bool dismissed = to != NULL && strcmp(to, "dismissed") == 0;
	struct ir_case c = { 0 };
	bool ok;

	if (!dismissed && (to == NULL || strcmp(to, "closed") != 0)) {
		return true;
	}
	ok = case_load(&c, desk, case_id, err) &&
		(dismissed ? left_none_dismissing(desk, &c, err)
			: left_none_closing(desk, &c, err));
	case_clear(&c);
	return ok;
}
