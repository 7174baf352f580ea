/* callee.c finds whom a call goes to: contacts, members, points and units, each
 * with the number that the desk knows. */
#include "core/callee.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "core/i18n.h"
#include "core/mem.h"

SQL(CALLEE_CONTACT, "t",
	"SELECT c.id, c.role, c.name, COALESCE(a.value, ''), '' FROM contact c"
	" LEFT JOIN address a ON a.owner = c.id AND a.channel = 'phone' WHERE c.role = $1");
SQL(CALLEE_MEMBER, "t",
	"SELECT m.id, m.login, m.name, COALESCE(a.value, ''), '' FROM member m"
	" LEFT JOIN address a ON a.owner = m.id AND a.channel = 'phone' WHERE m.login = $1");
SQL(CALLEE_POINT, "ti",
	"SELECT p.id, '', p.name, '', CASE WHEN p.ref_kind = 'unit' THEN p.ref ELSE '' END"
	" FROM point p WHERE p.case_id = $1 AND p.list = '' AND p.n = $2");
SQL(CALLEE_UNIT, "t",
	"SELECT u.code, u.code, u.name, '', u.code FROM unit u WHERE u.code = $1");
/* Who rang from there left his number. */
SQL(CALLEE_TIN_NUMBER, "tt",
	"SELECT callback FROM tin WHERE case_id = $1 AND unit = $2 AND callback <> ''"
	" ORDER BY serial DESC LIMIT 1");

void
callee_clear(struct callee *c)
{
	free(c->key);
	free(c->name);
	free(c->number);
	free(c->unit);
	*c = (struct callee){ 0 };
}

static bool
take(struct callee *out, const char *kind, struct stmt *st, bool *found,
	struct error *err)
{
	*found = stmt_row(st);
	if (*found) {
		(void)snprintf(out->kind, sizeof out->kind, "%s", kind);
		(void)snprintf(out->id, sizeof out->id, "%s", stmt_text(st, 0));
		out->key = stmt_dup(st, 1);
		out->name = stmt_dup(st, 2);
		out->number = stmt_dup(st, 3);
		out->unit = stmt_dup(st, 4);
	}
	return stmt_done(st, err);
}

static bool
number_from_tin(struct callee *c, struct desk *desk, const char *case_id,
	struct error *err)
{
	char *number = NULL;

	if (case_id == NULL || c->unit[0] == '\0' || c->number[0] != '\0') {
		return true;
	}
	if (!db_one_text(desk_db(desk), &CALLEE_TIN_NUMBER, &number, err, TXT(case_id),
		    TXT(c->unit))) {
		return false;
	}
	if (number != NULL) {
		free(c->number);
		c->number = number;
	}
	return true;
}

/* Who is called first in a layer of the roster, as it is now. */
static bool
find_on_call(struct callee *out, struct desk *desk, const char *layer, bool *found,
	struct error *err)
{
	char *login = NULL;
	char *name = NULL;
	bool ok = duty_first(desk, layer, &login, &name, err);

	*found = false;
	if (ok && login != NULL) {
		ok = take(out, "member", db_query(desk_db(desk), &CALLEE_MEMBER, TXT(login)),
			found, err);
	}
	free(login);
	free(name);
	return ok;
}

static bool
find(struct callee *out, struct desk *desk, const char *case_id, const char *spec,
	bool *found, struct error *err)
{
	struct db *db = desk_db(desk);

	if (strncmp(spec, "member:", 7) == 0) {
		return take(out, "member", db_query(db, &CALLEE_MEMBER, TXT(spec + 7)), found,
			err);
	}
	if (strncmp(spec, "duty:", 5) == 0) {
		return find_on_call(out, desk, spec + 5, found, err);
	}
	if (strncmp(spec, "unit:", 5) == 0) {
		return take(out, "unit", db_query(db, &CALLEE_UNIT, TXT(spec + 5)), found, err);
	}
	if (strncmp(spec, "point:", 6) == 0 && case_id != NULL) {
		bool ok;

		if (spec[6 + strspn(spec + 6, "0123456789")] != '\0') {
			*found = false;
			return true;
		}
		ok = take(out, "point", db_query(db, &CALLEE_POINT, TXT(case_id),
			I64(strtoll(spec + 6, NULL, 10))), found, err);

		if (ok && *found) {
			free(out->key);
			out->key = xstrdup(spec + 6);
		}
		return ok;
	}
	if (!take(out, "contact", db_query(db, &CALLEE_CONTACT, TXT(spec)), found, err)) {
		return false;
	}
	return *found || take(out, "member", db_query(db, &CALLEE_MEMBER, TXT(spec)), found,
		err);
}

bool
callee_find(struct callee *out, struct desk *desk, const char *case_id, const char *spec,
	struct error *err)
{
	bool found = false;

	*out = (struct callee){ 0 };
	if (!find(out, desk, case_id, spec, &found, err)) {
		return false;
	}
	if (!found) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is nobody to call as %.60s: a contact's role, member:LOGIN,"
			  " point:N or unit:CODE"), spec);
	}
	return number_from_tin(out, desk, case_id, err);
}
