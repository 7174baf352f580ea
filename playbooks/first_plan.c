/* first_plan.c owns that no case is refused because of its plan. */
#include "playbooks/first_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/player.h"

static bool
begin(struct first_plan *first, struct desk *desk, const struct library *library,
	const char *case_id, const char *spec, struct error *err)
{
	const char *language = desk_me(desk)->language;
	const struct plan *plan = NULL;
	struct ir_case c = { 0 };

	(void)snprintf(first->plan, sizeof first->plan, "%s", spec != NULL ? spec : "");
	bool ok = case_load(&c, desk, case_id, err) && (spec != NULL
		? library_find(&plan, library, spec, language, err)
		: library_fitting(&plan, library, desk, &c, language, err));
	int n;

	case_clear(&c);
	first->none_fits = ok && plan == NULL;
	if (!ok || plan == NULL) {
		return ok;
	}
	(void)snprintf(first->plan, sizeof first->plan, "%s",
		plan->code[0] != '\0' ? plan->code : plan->name);
	return player_begin(desk, case_id, plan->id, &n, err);
}

bool
first_plan_begin(struct first_plan *first, struct desk *desk,
	const struct library *library, const char *case_id, const char *spec,
	struct error *err)
{
	struct library own = { 0 };
	bool ok;

	if (first->without) {
		return true;
	}
	if (!change_flush(desk, err)) { /* the case itself */
		return false;
	}
	ok = (library != NULL || library_load(&own, desk, err))
		&& begin(first, desk, library != NULL ? library : &own, case_id, spec, err);
	library_finish(&own);
	first->begun = ok && !first->none_fits;
	if (!ok) {
		first->why = *err;
	}
	return ok;
}

/* A desk that is held by somebody is no fault of the plan. */
bool
first_plan_again(struct first_plan *first, bool ok)
{
	if (ok || first->without || first->why.code == ERR_NONE
			|| first->why.code == ERR_LOCKED) {
		return false;
	}
	first->without = true;
	return true;
}

char *
first_plan_how(const struct first_plan *first, const char *number)
{
	const char *how = first->why.how;
	const char *quote = strchr(first->plan, ' ') != NULL ? "\"" : "";

	if (how[0] == '-') { /* an option that it lacked */
		return xasprintf("suco begin %s %s%s%s %s", number, quote, first->plan, quote,
			how);
	}
	return xasprintf("%s%ssuco begin %s %s%s%s", how, how[0] != '\0' ? "; " : "", number,
		quote, first->plan, quote);
}
