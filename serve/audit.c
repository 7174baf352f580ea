/* audit.c: the engine watches itself.  What it finds is a word for scripts and a
 * line for people; the external heartbeat is pinged only after an audit that found
 * nothing. */
#include "serve/audit.h"

#include <stdlib.h>
#include <string.h>

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
SQL(FACT_GET, "t", "SELECT value FROM local_fact WHERE name = $1");

static const struct check {
	const char *word;  /* for scripts */
	const char *key;   /* what the text column names */
	const struct sql *sql;
	int64_t patience_ms; /* 0: the parameter is NO_DUE itself */
	const char *says;
} checks[] = {
	{ "nobody_called", "case", &UNCALLED, UNCALLED_MS,
	  N_("case %s is new and nobody is called for it") },
	{ "call_stuck", "case", &STUCK, STUCK_MS,
	  N_("the next call for case %s was due and was not made") },
	{ "nobody_answers", "case", &GIVEN_UP, 0,
	  N_("nobody answered for case %s, and nobody is left to call") },
	{ "message_late", "channel", &LATE, LATE_MS,
	  N_("messages by %s wait longer than they should") },
	{ "channel_down", "channel", &CUT_OFF, LATE_MS,
	  N_("channel %s is down and messages wait for it") },
	{ "module_failing", "module", NULL, 0, N_("module %s fails again and again") },
	{ "calls_failed", "module", NULL, 0, N_("module %s cannot make some calls") },
};

static void
add(const struct serve *serve, struct json *problems, const struct check *check,
	const char *what, int64_t since)
{
	struct json *row = json_object();
	char at[WHEN_RFC3339_SIZE];

	json_set_text(row, "problem", check->word);
	json_set_text(row, check->key, what);
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
		add(serve, problems, check, stmt_text(st, 0), stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

/* Of the words above. */
static const struct check *
check_of(const char *word)
{
	size_t i = 0;

	while (i + 1 < sizeof checks / sizeof *checks && strcmp(checks[i].word, word) != 0) {
		i++;
	}
	return &checks[i];
}

bool
audit_look(struct serve *serve, struct json **out, struct error *err)
{
	struct json *problems = json_array();

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		if (checks[i].sql != NULL && !ask(serve, &checks[i], problems, err)) {
			json_free(problems);
			return false;
		}
	}
	for (int i = 0; serve->table[i] != NULL; i++) {
		if (serve->modules[i].failed >= FAILING) {
			add(serve, problems, check_of("module_failing"), serve->table[i]->name,
				serve->modules[i].ok_at);
		}
	}
	if (serve->calls_failed > 0) {
		add(serve, problems, check_of("calls_failed"), "escalate", 0);
	}
	*out = problems;
	return true;
}

static void
say(const struct json *problems)
{
	for (const struct json *row = json_first(problems); row != NULL; row = json_next(row)) {
		const struct check *check = check_of(json_text_of(row, "problem"));

		serve_log(_(check->says), json_text_of(row, check->key));
	}
	if (json_count(problems) == 0) {
		serve_log(_("no case waits unhandled any more"));
	}
}

/* Written only where it changed: an idle engine writes nothing. */
static bool
keep(struct serve *serve, const char *value, bool *changed, struct error *err)
{
	struct db *db = desk_db(serve->desk);
	char *was = NULL;
	bool ok = db_one_text(db, &FACT_GET, &was, err, TXT(AUDIT_FACT));

	*changed = ok && strcmp(was == NULL ? "" : was, value) != 0;
	if (*changed) {
		ok = db_run(db, &FACT_PUT, err, TXT(AUDIT_FACT), TXT(value),
			I64(desk_now(serve->desk)));
	}
	free(was);
	return ok;
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
