/* engine_audit.c reads the engine's own audit as it still holds: what somebody took
 * on since the engine last looked is no problem any more. */
#include "core/engine_audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/words.h"

SQL(AUDIT_FACT, "t", "SELECT value, at FROM local_fact WHERE name = $1");
SQL(CASE_WAITS, "t",
	"SELECT c.id FROM cases c WHERE c.number = $1 AND c.is_open = 1 AND (c.status = 'new'"
	" OR EXISTS (SELECT 1 FROM escalation e WHERE e.case_id = c.id"
	" AND e.state = 'running'))");
SQL(CHANNEL_DOWN, "t",
	"SELECT name FROM local_channel WHERE name = $1 AND state = 'down'");

static const struct engine_problem problems[] = {
	{ "nobody_called", "case", N_("case %s is new and nobody is called for it"),
	  N_("%s: NOBODY IS CALLED"),
	  N_("Take %s on, or telephone: nobody is called for it") },
	{ "call_stuck", "case", N_("the next call for case %s was due and was not made"),
	  N_("%s: A CALL WAS NOT MADE"),
	  N_("Telephone for %s: its next call was due and was not made") },
	{ "nobody_answers", "case",
	  N_("nobody answered for case %s, and nobody is left to call"),
	  N_("%s: NOBODY ANSWERS"),
	  N_("Telephone for %s: nobody answered, and nobody is left to call") },
	{ "module_failing", "module", N_("module %s fails again and again"),
	  N_("ENGINE: %s FAILS"),
	  N_("See journalctl -u suco-serve: the engine's module %s fails") },
	{ "calls_failed", "module", N_("module %s cannot make some calls"),
	  N_("ENGINE: %s FAILS"),
	  N_("See journalctl -u suco-serve: module %s cannot make some calls") },
	{ "channel_down", "channel", N_("channel %s is down and messages wait for it"),
	  N_("CHANNEL %s DOWN"),
	  N_("Telephone: channel %s is down and messages wait for it") },
	{ "message_late", "channel", N_("messages by %s wait longer than they should"),
	  N_("MESSAGES BY %s LATE"),
	  N_("Look at the outbox: messages by %s wait too long") },
};

const struct engine_problem *
engine_problem_of(const char *word)
{
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
		if (strcmp(problems[i].word, word) == 0) {
			return &problems[i];
		}
	}
	return NULL;
}

/* Is it still so?  id: of the case, or "". */
static bool
still(struct desk *desk, const struct engine_problem *p, const char *what,
	char id[UUID_SIZE], bool *so, struct error *err)
{
	const struct sql *query = strcmp(p->key, "case") == 0 ? &CASE_WAITS
		: strcmp(p->word, "channel_down") == 0 ? &CHANNEL_DOWN : NULL;
	struct stmt *st;

	id[0] = '\0';
	*so = query == NULL;
	if (query == NULL) {
		return true;
	}
	st = db_query(desk_db(desk), query, TXT(what));
	if (stmt_row(st)) {
		*so = true;
		if (query == &CASE_WAITS) {
			stmt_put(id, UUID_SIZE, st, 0);
		}
	}
	return stmt_done(st, err);
}

static bool
add_problem(struct engine_audit *out, struct desk *desk, const struct json *row,
	struct error *err)
{
	const struct engine_problem *p = engine_problem_of(json_text_of(row, "problem"));
	const char *what;
	char id[UUID_SIZE];
	bool so;

	/* Another version's; or of an engine that does not run any more. */
	if (p == NULL || (out->old && strcmp(p->key, "module") == 0)) {
		return true;
	}
	what = json_text_of(row, p->key);
	if (!still(desk, p, what, id, &so, err)) {
		return false;
	}
	out->count += so;
	if (so && (out->worst == NULL || p < out->worst)) {
		out->worst = p;
		memcpy(out->case_id, id, UUID_SIZE);
		(void)snprintf(out->what, sizeof out->what, "%s", strcmp(p->key, "channel") == 0
			? word_label(WORDS_CHANNEL, what) : what);
	}
	return true;
}

bool
engine_audit_read(struct engine_audit *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &AUDIT_FACT, TXT(ENGINE_AUDIT_FACT));
	struct error ignored = ERROR_INIT;
	struct json *list = NULL;
	char *value = NULL;
	bool ok;

	*out = (struct engine_audit){ 0 };
	if (stmt_row(st)) {
		value = stmt_own(st, 0);
		out->at = stmt_int(st, 1);
	}
	ok = stmt_done(st, err);
	out->old = out->at != 0 && out->at < desk_now(desk) - ENGINE_AUDIT_OLD_MS;
	if (ok && value != NULL && value[0] != '\0' &&
	    json_parse(&list, value, strlen(value), NULL, &ignored)) {
		for (const struct json *row = json_first(list); ok && row != NULL;
		     row = json_next(row)) {
			ok = add_problem(out, desk, row, err);
		}
	}
	json_free(list);
	free(value);
	return ok;
}
