/* member_names.c finds the login that belongs to a member's id. */
#include "cli/member_names.h"

#include <stddef.h>

#include "core/db.h"

SQL(CLI_MEMBER_LOGIN, "t", "SELECT login FROM member WHERE id = $1");

char *
member_login_of(struct desk *desk, const char *id)
{
	struct error ignored;
	struct stmt *st;
	char *login = NULL;

	if (id == NULL || id[0] == '\0') {
		return NULL;
	}
	st = db_query(desk_db(desk), &CLI_MEMBER_LOGIN, TXT(id));
	if (stmt_row(st)) {
		login = stmt_dup(st, 0);
	}
	/* A failure shows as nobody; the next statement reports it. */
	(void)stmt_done(st, &ignored);
	return login;
}
