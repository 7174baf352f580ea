/* audit.c: the engine watches itself.  What it finds is a word for scripts and a
 * line for people; the external heartbeat is pinged only after an audit that found
 * nothing. */
#include "serve/audit.h"

#include <stdlib.h>
#include <string.h>

#include "core/engine_audit.h"
#include "core/i18n.h"
#include "core/when.h"
#include "serve/heartbeat.h"
#include "serve/module.h"
#include "serve/serve.h"

#define EACH_MS 60000
#define UNCALLED_MS 300000 /* a new case for which nobody is called */
#define STUCK_MS 120000    /* a call that was due */
#define LATE_MS 900000     /* beyond the longest rung of the ladder */
#define FAILING 3          /* turns of a module in a row */

SQL(UNCALLED, "i",
	"SELECT c.number, c.opened_at FROM cases c WHERE c.status = 'new' AND c.is_open = 1"
	" AND c.opened_at < $1 AND c.drill = 0"
	" AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.case_id = c.id)"
	" ORDER BY c.opened_at LIMIT 20");
SQL(STUCK, "i",
	"SELECT COALESCE(c.number, ''), e.next_at FROM escalation e"
	" LEFT JOIN cases c ON c.id = e.case_id"
	" WHERE e.state = 'running' AND e.next_at < $1 ORDER BY e.next_at LIMIT 20");
SQL(GIVEN_UP, "i",
	"SELECT COALESCE(c.number, ''), COALESCE(e.last_at, e.started_at) FROM escalation e"
	" JOIN cases c ON c.id = e.case_id WHERE e.state = 'running' AND e.next_at = $1"
	" AND c.is_open = 1 AND c.drill = 0 ORDER BY e.started_at LIMIT 20");
SQL(LATE, "i",
	"SELECT m.channel, m.queued_at FROM message m"
	" LEFT JOIN local_delivery d ON d.message_id = m.id"
	" WHERE m.is_open = 1 AND m.state IN ('queued', 'unknown') AND m.queued_at < $1"
	" AND m.not_before < $1 AND m.bundle = '' AND COALESCE(d.next_at, 0) < $1"
	" AND NOT EXISTS (SELECT 1 FROM local_claim l WHERE l.message_id = m.id)"
	" AND NOT EXISTS (SELECT 1 FROM local_channel h WHERE h.name = m.channel"
	" AND h.state = 'down') LIMIT 1");
SQL(CUT_OFF, "i",
	"SELECT h.name, h.since FROM local_channel h WHERE h.state = 'down' AND h.since < $1"
	" AND EXISTS (SELECT 1 FROM message m WHERE m.is_open = 1"
	" AND m.state IN ('queued', 'unknown') AND m.channel = h.name) ORDER BY h.name LIMIT 20");
SQL(FACT_PUT, "tti",
	"INSERT INTO local_fact (name, value, at) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at");
SQL(FACT_GET, "t", "SELECT value, at FROM local_fact WHERE name = $1");

/* Their words and lines: core/engine_audit.c. */
static const struct check {
	const char *word;
	const struct sql *sql; /* what it names, since when */
	int64_t patience_ms;   /* 0: the parameter is NO_DUE itself */
} checks[] = {
	{ "nobody_called", &UNCALLED, UNCALLED_MS },
	{ "call_stuck", &STUCK, STUCK_MS },
	{ "nobody_answers", &GIVEN_UP, 0 },
	{ "message_late", &LATE, LATE_MS },
	{ "channel_down", &CUT_OFF, LATE_MS },
};

static void
add(const struct serve *serve, struct json *problems, const char *word,
	const char *what, int64_t since)
{
	struct json *row = json_object();
	char at[WHEN_RFC3339_SIZE];

	json_set_text(row, "problem", word);
	json_set_text(row, engine_problem_of(word)->key, what);
	if (since > 0) {
		when_rfc3339(at, since, desk_zone(serve->desk));
		json_set_text(row, "since", at);
	}
	json_push(problems, row);
}

static bool
ask(struct serve *serve, const struct check *check, struct json *problems,
	struct error *err)
{
	int64_t limit = check->patience_ms == 0 ? INT64_MAX
		: desk_now(serve->desk) - check->patience_ms;
	struct stmt *st = db_query(desk_db(serve->desk), check->sql, I64(limit));

	while (stmt_row(st)) {
		add(serve, problems, check->word, stmt_text(st, 0), stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

bool
audit_look(struct serve *serve, struct json **out, struct error *err)
{
	struct json *problems = json_array();

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		if (!ask(serve, &checks[i], problems, err)) {
			json_free(problems);
			return false;
		}
	}
	for (int i = 0; serve->table[i] != NULL; i++) {
		if (serve->modules[i].failed >= FAILING) {
			add(serve, problems, "module_failing", serve->table[i]->name,
				serve->modules[i].ok_at);
		}
	}
	if (serve->calls_failed > 0) {
		add(serve, problems, "calls_failed", "escalate", 0);
	}
	*out = problems;
	return true;
}

static void
say(const struct json *problems)
{
	for (const struct json *row = json_first(problems); row != NULL; row = json_next(row)) {
		const struct engine_problem *p = engine_problem_of(json_text_of(row, "problem"));

		serve_log(_(p->says), json_text_of(row, p->key));
	}
	if (json_count(problems) == 0) {
		serve_log(_("no case waits unhandled any more"));
	}
}

/* Written where it changed, and now and then: that somebody looks is to be seen. */
static bool
keep(struct serve *serve, const char *value, bool *changed, struct error *err)
{
	struct db *db = desk_db(serve->desk);
	int64_t now = desk_now(serve->desk);
	struct stmt *st = db_query(db, &FACT_GET, TXT(ENGINE_AUDIT_FACT));
	int64_t at = 0;

	*changed = value[0] != '\0';
	if (stmt_row(st)) {
		*changed = strcmp(stmt_text(st, 0), value) != 0;
		at = stmt_int(st, 1);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	return (!*changed && at <= now && now - at < ENGINE_AUDIT_KEPT_MS) ||
		db_run(db, &FACT_PUT, err, TXT(ENGINE_AUDIT_FACT), TXT(value), I64(now));
}

static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	struct json *problems = NULL;
	bool changed = false;
	char *value;
	bool ok;

	*next_at = desk_now(serve->desk) + EACH_MS;
	if (!audit_look(serve, &problems, err)) {
		serve->audit_failed = true;
		return false;
	}
	value = json_count(problems) == 0 ? NULL : json_line(problems);
	ok = keep(serve, value == NULL ? "" : value, &changed, err);
	if (changed) {
		say(problems);
	}
	serve->audit_failed = !ok || json_count(problems) > 0;
	serve->audited_at = desk_now(serve->desk);
	if (!serve->audit_failed) {
		heartbeat_ping(serve);
	}
	free(value);
	json_free(problems);
	return ok;
}

const struct serve_module module_audit = {
	.name = "audit", .run = run, .stop = heartbeat_stop, .patience_ms = EACH_MS,
};
