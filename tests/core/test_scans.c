/* No statement reads a whole table that grows with use: SQLite says for each how
 * it is looked up.  Those that must are named here, with the reason. */
#include "tests/fixture.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

extern const struct sql *const __start_suco_sql[];
extern const struct sql *const __stop_suco_sql[];

/* Tables that grow with every night; the others are the register and settings. */
static const char *const growing[] = {
	"event", "cases", "message", "message_attempt", "step_instance", "run", "task",
	"observable", "evidence", "evidence_blob", "tin", "phone_call", "confirmation",
	"waiting", "asking", "decision", "point", "deadline", "notice", "countdown",
	"shift_entry", "handover", "planned_work", "hold", "custody", "local_delivery",
	"local_sent", "local_attempt", "duty_past", "escalation", "call_turn",
};

static const struct {
	const char *statement, *reason;
} allowed[] = {
	{ "ALL_EVENTS", "verify reads the whole chain" },
	{ "EVENTS_ALL", "verify reads the whole chain" },
	{ "HEAD_LAST", "the last one, from the end" },
	{ "HASH_THERE", "verify --head, once, by a hash that has no index" },
	{ "REDACTIONS_BACK", "verify and undo of a redaction, from the end" },
	{ "REPLAY_EVENTS", "a replay reads them all" },
	{ "CASES_THERE", "restore counts what it replaces" },
	{ "BLOBS_ALL", "a copy takes every file" },
	{ "STORED_EVIDENCE", "verify looks for every file" },
	{ "STRAY_BLOBS", "verify looks for files that no evidence names" },
	{ "HANDOVERS", "the newest, by number, as many as are shown" },
	{ "HANDOVER_NEXT_N", "the last one, from the end" },
	{ "HOLD_NEXT_N", "the last one, from the end" },
	{ "PLANNED_NEXT_N", "the last one, from the end" },
	{ "ENTRY_NEXT_N", "the last one, from the end" },
	{ "HOLDS_EVER", "the police's holds are few, and all are shown" },
	{ "HOLDS_STANDING", "the police's holds are few" },
	{ "HOLDS_OF_CASE_EVER", "the police's holds are few" },
	{ "CAUSED", "an undo, once: what one event queued has no index" },
	{ "ROSTER_REACHED", "the newest 2000, by position" },
	{ "COVERAGE_TOLD", "the newest 5000, by position, once a day" },
	{ "TOLD_TODAY", "the newest 5000, by position" },
	{ "ROSTER_REACHED", "the newest 2000, by position" },
};

static const char *
reason_of(const char *statement)
{
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
		if (strcmp(allowed[i].statement, statement) == 0) {
			return allowed[i].reason;
		}
	}
	return NULL;
}

static bool
ends_word(char c)
{
	return !isalnum((unsigned char)c) && c != '_';
}

/* Is name, as the plan calls it, this table in the statement's text? */
static bool
is_table(const char *text, const char *table, const char *name)
{
	size_t len = strlen(table), own = strlen(name);

	if (strcmp(table, name) == 0) {
		return true;
	}
	for (const char *at = strstr(text, table); at != NULL; at = strstr(at + 1, table)) {
		const char *alias = at + len + 1;

		if (at > text && at[-1] == ' ' && at[len] == ' ' &&
		    strncmp(alias, name, own) == 0 && ends_word(alias[own])) {
			return true;
		}
	}
	return false;
}

/* A partial index holds only what is open: all of it may be read. */
static bool
of_open_ones(const struct fixture *f, const char *plan)
{
	const char *at = strstr(plan, " INDEX ");
	char sql[200], name[80];

	if (at == NULL || sscanf(at, " INDEX %79s", name) != 1) {
		return false;
	}
	(void)snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM sqlite_master"
		" WHERE name = '%s' AND sql LIKE '%% WHERE %%'", name);
	return strcmp(fixture_ask(f->path, sql), "1") == 0;
}

/* Found by a column that says nearly the same of every case: as good as a scan,
 * unless the index gives the order and the reader stops early. */
static bool
is_wide(const struct sql *sql, const char *plan)
{
	return strstr(plan, " cases_by_opened (drill=?)") != NULL &&
		strstr(sql->text, "opened_at") == NULL;
}

static bool
is_fault(const struct fixture *f, const struct sql *sql, const char *plan)
{
	char name[80];

	if (of_open_ones(f, plan) || (sscanf(plan, "SCAN %79s", name) != 1 &&
	    (!is_wide(sql, plan) || sscanf(plan, "SEARCH %79s", name) != 1))) {
		return false;
	}
	for (size_t i = 0; i < sizeof growing / sizeof *growing; i++) {
		if (is_table(sql->text, growing[i], name)) {
			return true;
		}
	}
	return false;
}

/* The plans' faults, a line each; how many statements were looked at. */
static int
look_at_all(struct fixture *f, struct buf *faults, char used[])
{
	int count = 0;

	for (const struct sql *const *p = __start_suco_sql; p < __stop_suco_sql; p++) {
		struct arg args[64];
		struct error err = ERROR_INIT;
		struct buf text = { 0 };
		struct stmt *st;
		int n = 0;

		if ((*p)->engine != NULL && strcmp((*p)->engine, "sqlite") != 0) {
			continue;
		}
		/* BEGIN and the like have no plan; a replay makes its own tables. */
		if (strchr((*p)->text, ' ') == NULL || strncmp((*p)->text, "BEGIN ", 6) == 0 ||
		    strncmp((*p)->text, "PRAGMA ", 7) == 0 || strstr((*p)->text, "temp.") != NULL) {
			continue;
		}
		for (const char *c = (*p)->types; *c != '\0' && n < 63; c++) {
			args[n++] = *c == 'i' ? I64(1) : *c == 't' ? TXT("x") : BLOB("x", 1);
		}
		args[n] = NOARGS;
		buf_addf(&text, "EXPLAIN QUERY PLAN %s", (*p)->text);
		st = db_query_args(desk_db(f->desk), db_intern(desk_db(f->desk), (*p)->types,
			buf_text(&text)), args);
		while (stmt_row(st)) {
			if (is_fault(f, *p, stmt_text(st, 3))) {
				for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
					used[i] |= strcmp(allowed[i].statement, (*p)->name) == 0;
				}
				if (reason_of((*p)->name) == NULL) {
					buf_addf(faults, "\n%s: %s", (*p)->name, stmt_text(st, 3));
				}
			}
		}
		CHECK_OK(stmt_done(st, &err), err);
		buf_free(&text);
		count++;
	}
	return count;
}

TEST(no_statement_reads_a_whole_table_that_grows_but_those_named_here)
{
	char used[sizeof allowed / sizeof *allowed] = { 0 };
	struct buf faults = { 0 };
	struct fixture f;
	int count;

	fixture_file(&f);
	count = look_at_all(&f, &faults, used);
	assert_true(count > 300);
	if (faults.len > 0) {
		fail_msg("these read a whole table:%s", buf_text(&faults));
	}
	/* What is by an index again goes from the list. */
	for (size_t i = 0; i < sizeof used; i++) {
		if (!used[i]) {
			fail_msg("%s reads no whole table any more", allowed[i].statement);
		}
	}
	buf_free(&faults);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(no_statement_reads_a_whole_table_that_grows_but_those_named_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
