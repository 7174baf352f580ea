/* engine_look.c asks what people must know of the engine: a desk on which nobody
 * is called by itself has to say so, everywhere. */
#include "core/engine_look.h"

#include <stdio.h>
#include <string.h>

#include "core/escalate_private.h"
#include "core/lease.h"

/* From the key to the engine's first look; less is no missing engine. */
#define MOMENT_MS 120000

/* A desk of an older schema has rules and none of this family; one without any was
 * made so. */
SQL(NO_RULES, "", "SELECT COUNT(*) FROM (SELECT 1 FROM rule WHERE family = 'severity'"
	" AND NOT EXISTS (SELECT 1 FROM rule e WHERE e.family = 'escalation') LIMIT 1) AS f");
SQL(CALLED_FOR, "t", "SELECT COUNT(*) FROM escalation WHERE case_id = $1"
	" AND subject = 'case' AND state = 'running'");

bool
engine_look(struct engine_look *out, struct desk *desk, struct error *err)
{
	char holder[LEASE_HOLDER_SIZE];
	struct escalate_due due = { 0 };
	int64_t none = 0;

	*out = (struct engine_look){ 0 };
	if (!lease_who(desk, LEASE_ENGINE, holder, err) ||
	    !db_one_int(desk_db(desk), &NO_RULES, &none, err, NOARGS) ||
	    !engine_audit_read(&out->audit, desk, err)) {
		return false;
	}
	out->leads = holder[0] != '\0';
	out->no_rules = none > 0;
	if (out->leads) {
		return true; /* what it leaves undone its own audit says */
	}
	if (!escalate_due(&due, desk, err)) {
		return false;
	}
	if (due.count > 0 && due.since < desk_now(desk) - MOMENT_MS) {
		out->calls = due.count;
		out->calls_since = due.since;
	}
	return true;
}

bool
engine_calls_for(enum engine_calls *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	char holder[LEASE_HOLDER_SIZE];
	struct db *db = desk_db(desk);
	int64_t running = 0, none = 0, since = 0;
	bool wants = false;
	struct ir_case c = { 0 };
	bool waits;

	*out = ENGINE_CALLS;
	if (!case_load(&c, desk, case_id, err)) {
		return false;
	}
	waits = c.is_open && strcmp(c.status, "new") == 0 && !c.drill;
	case_clear(&c);
	if (!lease_who(desk, LEASE_ENGINE, holder, err) ||
	    !db_one_int(db, &NO_RULES, &none, err, NOARGS) ||
	    !db_one_int(db, &CALLED_FOR, &running, err, TXT(case_id)) ||
	    (waits && !escalate_would_begin(desk, "case", case_id, case_id, &since, &wants,
			      err))) {
		return false;
	}
	if (waits && none > 0) {
		*out = ENGINE_NO_RULE;
	} else if (holder[0] == '\0' && (wants || running > 0)) {
		*out = ENGINE_MISSING;
	}
	return true;
}

void
engine_count(char out[ENGINE_COUNT_SIZE], int64_t calls)
{
	bool more = calls >= ESCALATE_DUE_MOST;

	(void)snprintf(out, ENGINE_COUNT_SIZE, "%lld%s",
		(long long)(more ? ESCALATE_DUE_MOST - 1 : calls), more ? "+" : "");
}
