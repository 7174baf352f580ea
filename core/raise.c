/* raise.c owns the way from a level above a promise to a person and a number: the
 * body's own shift answers the number of the contact, its leader may be a contact of
 * his own, the third is the leader of our team. */
#include "core/raise.h"

#include <stdlib.h>
#include <string.h>

#include "core/callee.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/promise.h"
#include "core/setting.h"

#define OUR_LEADER "lanh_dao_doi" /* the role of the shipped plans */

/* Another contact at the body of this one, with a telephone. */
SQL(AT_BODY, "t",
	"SELECT n.role FROM contact c JOIN contact n ON n.body = c.body AND n.id <> c.id"
	" JOIN address a ON a.owner = n.id AND a.channel = 'phone' AND a.value <> ''"
	" WHERE c.role = $1 AND c.body <> '' ORDER BY n.role LIMIT 1");

void
raise_call_clear(struct raise_call *call)
{
	free(call->name);
	free(call->number);
	*call = (struct raise_call){ 0 };
}

/* The register's contact, member ("member:LOGIN") for this level; NULL: none. */
static bool
spec_of(char **out, struct desk *desk, const struct waiting *w, int level,
	struct error *err)
{
	*out = NULL;
	if (level >= 3) {
		return setting_agent(desk, OUR_LEADER, out, err);
	}
	if (level == 2 && w->role[0] != '\0' &&
	    !db_one_text(desk_db(desk), &AT_BODY, out, err, TXT(w->role))) {
		return false;
	}
	if (*out == NULL && w->role[0] != '\0') {
		*out = xstrdup(w->role);
	}
	return true;
}

/* "contact:ROLE" as settings write it is a role here. */
static const char *
bare(const char *spec)
{
	return strncmp(spec, "contact:", 8) == 0 ? spec + 8 : spec;
}

bool
raise_call(struct raise_call *out, struct desk *desk, const struct waiting *w, int level,
	struct error *err)
{
	struct callee callee = { 0 };
	struct error none = ERROR_INIT;
	char *spec = NULL;
	bool found;

	*out = (struct raise_call){ 0 };
	if (!spec_of(&spec, desk, w, level, err)) {
		return false;
	}
	/* What the register does not know is called by its name alone. */
	found = spec != NULL && callee_find(&callee, desk, w->case_id, bare(spec), &none);
	out->name = level <= 0 ? xstrdup(w->name) : raise_whom(level, w->name);
	if (found && strcmp(callee.name, w->name) != 0) {
		char *level_name = out->name;

		out->name = xasprintf("%s (%s)", level_name, callee.name);
		free(level_name);
	}
	out->number = xstrdup(found ? callee.number : "");
	callee_clear(&callee);
	free(spec);
	return true;
}

char *
raise_call_text(const struct raise_call *call)
{
	return call->number[0] != '\0' ? xasprintf(_("%s, tel. %s"), call->name, call->number)
		: xasprintf(_("%s, no number in the register"), call->name);
}
