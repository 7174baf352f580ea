/* stand_in.c seats a member at the engine's handle for the length of one act. */
#include "core/stand_in.h"

#include <stdio.h>

#include "core/change.h"
#include "core/desk_private.h"
#include "core/i18n.h"

SQL(STANDS_FOR, "t",
	"SELECT id, login, name, role, language, active FROM member WHERE id = $1");

bool
stand_in_possible(const struct desk *desk)
{
	return desk->actor.id[0] == '\0';
}

static bool
find(struct desk *desk, const char *member_id, struct actor *out, struct error *err)
{
	struct stmt *st = db_query(desk->db, &STANDS_FOR, TXT(member_id));
	bool active = false;

	if (stmt_row(st)) {
		stmt_put(out->id, sizeof out->id, st, 0);
		stmt_put(out->login, sizeof out->login, st, 1);
		stmt_put(out->name, sizeof out->name, st, 2);
		out->role = role_from(stmt_text(st, 3));
		stmt_put(out->language, sizeof out->language, st, 4);
		active = stmt_int(st, 5) != 0;
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	return active || error_set(err, ERR_FORBIDDEN,
		_("who answers is no active member of the desk"));
}

bool
stand_in_begin(struct desk *desk, const char *member_id, struct error *err)
{
	struct actor member = { 0 };

	if (!stand_in_possible(desk)) {
		return error_set(err, ERR_FORBIDDEN,
			_("only the engine writes down what others answered"));
	}
	/* What was added before is the engine's own. */
	if (!change_flush(desk, err) || !find(desk, member_id, &member, err)) {
		return false;
	}
	desk->me = desk->actor = member;
	return true;
}

bool
stand_in_end(struct desk *desk, bool ok, struct error *err)
{
	struct error ignored;

	ok = ok && change_flush(desk, err);
	(void)desk_seat(desk, NULL, NULL, &ignored);
	return ok;
}
