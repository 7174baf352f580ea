/* now_decision.c finds the order that is asked of this member.  Few are open at a time,
 * and who is on call is no row: each is looked at by itself. */
#include "core/now_decision.h"

#include <stdlib.h>
#include <string.h>

#include "core/duty.h"

/* As now_read() wants it; then the role, and whom the settings name for it. */
#define ASKED(more) \
	"SELECT d.case_id, c.number, d.id, d.n, d.question, a.name, d.until_at," \
	" COALESCE(c.severity, c.severity_suggested, 0), c.drill, d.role," \
	" COALESCE(s.value, '') FROM decision d CROSS JOIN cases c" \
	" JOIN member a ON a.id = d.asked_by LEFT JOIN setting s ON s.name = 'agent.' || d.role" \
	" WHERE c.id = d.case_id AND d.ended_at IS NULL AND c.is_open = 1 AND " more \
	" ORDER BY d.until_at, d.id"
SQL(ASKED_ANYWHERE, "", ASKED("c.drill = 0"));
SQL(ASKED_HERE, "t", ASKED("d.case_id = $1"));

/* duty:LAYER is who is called first there now, as the settings say it elsewhere. */
static bool
is_me(struct desk *desk, const char *role, const char *value, bool *me,
	struct error *err)
{
	const char *login = desk_me(desk)->login;
	char *first = NULL;
	char *name = NULL;

	*me = strcmp(role, login) == 0 ||
		(strncmp(value, "member:", 7) == 0 && strcmp(value + 7, login) == 0);
	if (*me || strncmp(value, "duty:", 5) != 0) {
		return true;
	}
	if (!duty_first(desk, value + 5, &first, &name, err)) {
		return false;
	}
	*me = first != NULL && strcmp(first, login) == 0;
	free(first);
	free(name);
	return true;
}

bool
now_decision_find(struct now *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct stmt *st = case_id == NULL ? db_query(desk_db(desk), &ASKED_ANYWHERE, NOARGS)
		: db_query(desk_db(desk), &ASKED_HERE, TXT(case_id));
	bool ok = true;
	bool me = false;

	while (ok && !me && stmt_row(st)) {
		ok = is_me(desk, stmt_text(st, 9), stmt_text(st, 10), &me, err);
		if (ok && me) {
			now_read(out, NOW_DECISION_ASKED, st);
		}
	}
	return stmt_done(st, err) && ok;
}
