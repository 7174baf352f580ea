/* A tampered desk (TARGETS E10): whatever byte of an event, a row or their order
 * is changed is found and named. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/buf.h"
#include "core/case_set.h"
#include "core/evidence.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/profile.h"
#include "core/redact.h"
#include "core/status.h"
#include "core/task.h"
#include "core/undo.h"
#include "playbooks/player.h"

static void
load_register(struct fixture *f)
{
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct error err;

	CHECK_OK(profile_read(&profile, "quangngai", &err), err);
	CHECK_OK(profile_load(f->desk, profile, &report, &err), err);
	json_free(report);
	profile_free(profile);
}

static void
take_evidence(struct fixture *f, const char *id)
{
	char path[256];
	struct error err;
	bool stored;
	int n;

	(void)snprintf(path, sizeof path, "%s", fixture_path(f, "nhật ký"));
	fixture_write(path, "dòng một\n", strlen("dòng một\n"));
	CHECK_OK(evidence_add(f->desk, id, path, "nhật ký", &n, &stored, &err), err);
}

static void
play(struct fixture *f, const char *id)
{
	struct error err;
	int n;

	CHECK_OK(player_begin(f->desk, id, "PA-MD", &n, &err), err);
	CHECK_OK(player_step(f->desk, id, "1", &(struct step_act){ .action = RUN_START,
		.note = "bắt đầu" }, &err), err);
}

/* Rows in every table that a day's work writes. */
static void
tell_story(struct fixture *f, char id[UUID_SIZE])
{
	const char *field = "text";
	struct redact_result gone;
	struct error err;
	char other[UUID_SIZE];
	int64_t note;
	int n;

	load_register(f);
	fixture_case(f, "Mất điện trạm chính TTDL", id);
	fixture_case(f, "Mất mạng theo", other);
	fixture_status(f, id, "acknowledged");
	CHECK_OK(severity_decide(f->desk, id, 4, "máy phát không nhận tải", &err), err);
	note = fixture_note(f, id, "số máy riêng của nhân viên");
	CHECK_OK(task_add(f->desk, id, &(struct task_new){ .title = "gọi bên điện",
		.assignee = "lan", .due_at = f->now + 900000 }, &n, &err), err);
	CHECK_OK(task_done(f->desk, id, n, "hẹn 03:30", &err), err);
	CHECK_OK(observable_add(f->desk, id, "ip", "203.0.113.7", NULL, "lạ", &n, &err), err);
	take_evidence(f, id);
	CHECK_OK(case_link(f->desk, id, other, &err), err);
	CHECK_OK(case_merge(f->desk, other, id, &err), err);
	play(f, id);
	CHECK_OK(undo_last(f->desk, id, &err), err);
	CHECK_OK(redact(f->desk, id, note, &(struct redaction){ .fields = &field,
		.field_count = 1, .law = "Luật 91/2025/QH15", .reason = "riêng tư" }, &gone,
		&err), err);
	json_free(gone.left);
	(void)fixture_note(f, id, "sau cùng");
	fixture_whole(f);
}

static int64_t
number(struct fixture *f, const char *sql)
{
	return strtoll(fixture_ask(f->path, sql), NULL, 10);
}

/* Changes, looks, and takes the change back.  What verify found. */
static struct verify_result
after(struct fixture *f, const char *sql, bool replay)
{
	struct verify_result result = { 0 };
	struct error err;

	CHECK_OK(db_begin(desk_db(f->desk), &err), err);
	if (!db_script(desk_db(f->desk), sql, &err)) {
		fail_msg("%s: %s", sql, err.cause);
	}
	CHECK_OK(verify_chain(f->desk, NULL, &result, &err), err);
	if (replay) {
		CHECK_OK(verify_replay(f->desk, &result, &err), err);
	}
	db_rollback(desk_db(f->desk));
	return result;
}

/* How a stranger changes a value of each type; {} is the column. */
static const char *const tampers[] = {
	"CASE typeof({}) WHEN 'integer' THEN {} / 2 - 7919 WHEN 'text' THEN {} || 'x'"
	" WHEN 'blob' THEN CAST({} || x'00' AS BLOB)"
	" ELSE NULL END",
	/* behind a NUL, where a careless program does not look */
	"CASE typeof({}) WHEN 'integer' THEN {} - 100000 WHEN 'text' THEN {} || char(0) || 'x'"
	" WHEN 'blob' THEN CAST(CASE WHEN substr({}, 1, 1) = x'ff' THEN x'00' ELSE x'ff' END"
	" || substr({}, 2) AS BLOB) ELSE NULL END",
};

static void
put_tamper(struct buf *out, const char *pattern, const char *column)
{
	for (; *pattern != '\0'; pattern++) {
		if (pattern[0] == '{') {
			buf_adds(out, column);
			pattern++;
		} else {
			buf_addc(out, *pattern);
		}
	}
}

TEST(every_column_of_every_event_is_under_the_hash)
{
	static const char *const columns[] = {
		"id", "case_id", "prev", "case_prev", "recorded_at", "occurred_at", "precise",
		"zone", "actor", "actor_login", "acts_for", "kind", "body_v", "body_hash",
		"hash", "salt", "body",
	};
	struct fixture f;
	char id[UUID_SIZE];
	int64_t redaction;
	int64_t bare;
	int64_t last;

	fixture_file(&f);
	tell_story(&f, id);
	last = number(&f, "SELECT max(seq) FROM event");
	redaction = number(&f, "SELECT max(seq) FROM event WHERE kind = 'redacted'");
	bare = number(&f, "SELECT seq FROM event WHERE body IS NULL");
	CHECK(redaction < last && bare > 0);
	for (int64_t seq = 1; seq <= last; seq++) {
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
			for (int t = 0; t < 2; t++) {
				struct buf sql = { 0 };
				struct verify_result result;

				buf_addf(&sql, "UPDATE event SET %s = COALESCE(", columns[c]);
				put_tamper(&sql, tampers[t], columns[c]);
				/* What is absent is made an empty text, or bytes. */
				buf_addf(&sql, ", %s) WHERE seq = %lld",
					strcmp(columns[c], "salt") == 0 ? "x'00'" : "''",
					(long long)seq);
				result = after(&f, buf_text(&sql), false);
				if (result.chain_ok || (result.first.seq != seq &&
					    /* A redaction that is none leaves its target bare. */
					    (seq != redaction || result.first.seq != bare))) {
					fail_msg("not found at %lld: %s", (long long)seq,
						buf_text(&sql));
				}
				buf_free(&sql);
			}
		}
	}
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(events_cannot_change_places_go_or_come)
{
	static const struct {
		const char *sql;
		int64_t seq;
	} rows[] = {
		{ "UPDATE event SET seq = -1 WHERE seq = 10; UPDATE event SET seq = 10"
		  " WHERE seq = 11; UPDATE event SET seq = 11 WHERE seq = -1", 10 },
		{ "DELETE FROM event WHERE seq = 12", 13 },
		{ "DELETE FROM event WHERE seq = 1", 2 },
		{ "UPDATE event SET seq = seq + 1000 WHERE seq = 9", 10 },
		{ "INSERT INTO event SELECT 100000, 'x' || substr(id, 2), case_id, prev,"
		  " case_prev, recorded_at, occurred_at, precise, zone, actor, actor_login,"
		  " acts_for, kind, body_v, body_hash, hash, salt, body FROM event"
		  " WHERE seq = 8", 100000 },
	};
	struct fixture f;
	struct verify_result result;
	char id[UUID_SIZE];
	char sql[120];
	int64_t last;

	fixture_file(&f);
	tell_story(&f, id);
	last = number(&f, "SELECT max(seq) FROM event");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		result = after(&f, rows[i].sql, false);
		CHECK(!result.chain_ok);
		CHECK_INT(result.first.seq, rows[i].seq);
	}
	/* The end cut off. */
	(void)snprintf(sql, sizeof sql, "DELETE FROM event WHERE seq = %lld", (long long)last);
	result = after(&f, sql, false);
	CHECK(!result.chain_ok);
	CHECK_STR(result.first.field, "head");
	result = after(&f, "UPDATE head SET seq = seq - 1", false);
	CHECK(!result.chain_ok);
	result = after(&f, "UPDATE head SET hash = 'x'", false);
	CHECK(!result.chain_ok);
	result = after(&f, "UPDATE head SET recorded_at = recorded_at + 1", false);
	CHECK(!result.chain_ok);
	result = after(&f, "DELETE FROM head", false);
	CHECK(!result.chain_ok);
	fixture_end(&f);
}

/* The words after ORDER BY of a table's query. */
static const char *
key_of(const struct sql *table)
{
	return strstr(table->text, "ORDER BY ") + strlen("ORDER BY ");
}

/* Each column of one row of one table, and the row itself. */
static void
tamper_row(struct fixture *f, const struct sql *table, int64_t row, const char *columns)
{
	const char *key = key_of(table);
	struct verify_result result;
	struct buf where = { 0 };
	struct buf sql = { 0 };
	char column[48];
	int used;

	buf_addf(&where, " WHERE (%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %lld)",
		key, key, table->name, key, (long long)row);
	while (sscanf(columns, "%47s%n", column, &used) == 1) {
		columns += used;
		for (int t = 0; t < 2; t++) {
			buf_clear(&sql);
			buf_addf(&sql, "UPDATE OR IGNORE %s SET %s = COALESCE(", table->name,
				column);
			put_tamper(&sql, tampers[t], column);
			buf_addf(&sql, ", CASE WHEN (SELECT type FROM pragma_table_info('%s')"
				" WHERE name = '%s') = 'INTEGER' THEN 7 ELSE '' END)%s",
				table->name, column, buf_text(&where));
			result = after(f, buf_text(&sql), true);
			if (result.replay_ok || strcmp(result.first.table, table->name) != 0) {
				fail_msg("%s, found: %s %s", buf_text(&sql),
					result.first.table, result.first.field);
			}
		}
	}
	buf_clear(&sql);
	buf_addf(&sql, "DELETE FROM %s%s", table->name, buf_text(&where));
	result = after(f, buf_text(&sql), true);
	if (result.replay_ok || strcmp(result.first.table, table->name) != 0) {
		fail_msg("%s", buf_text(&sql));
	}
	buf_free(&sql);
	buf_free(&where);
}

TEST(every_column_of_the_first_and_last_row_of_every_table_is_compared)
{
	struct fixture f;
	char id[UUID_SIZE];
	char columns[1000];
	char sql[200];
	int full = 0;

	fixture_file(&f);
	tell_story(&f, id);
	for (const struct sql *table = replay_tables; table->name != NULL; table++) {
		int64_t rows;

		(void)snprintf(sql, sizeof sql, "SELECT group_concat(name, ' ')"
			" FROM pragma_table_info('%s')", table->name);
		(void)snprintf(columns, sizeof columns, "%s", fixture_ask(f.path, sql));
		(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table->name);
		rows = number(&f, sql);
		full += rows > 0;
		if (rows > 0) {
			tamper_row(&f, table, 0, columns);
		}
		if (rows > 1) {
			tamper_row(&f, table, rows - 1, columns);
		}
	}
	/* The story fills all but a few of them. */
	CHECK(full >= 22);
	fixture_end(&f);
}

TEST(rows_that_no_event_wrote_are_found)
{
	static const struct {
		const char *sql;
		const char *table;
	} rows[] = {
		{ "INSERT INTO setting VALUES ('watch', 'lan', 'hand')", "setting" },
		{ "INSERT INTO case_link VALUES ('a', 'b')", "case_link" },
		{ "INSERT INTO field_version VALUES ('event:3', 'undone', 4)", "field_version" },
		{ "INSERT INTO kept_count VALUES ('cases.nowhere', 0)", "kept_count" },
		{ "INSERT INTO evidence_blob VALUES ('abc', 0, x'00')", "evidence_blob" },
		{ "UPDATE evidence_blob SET bytes = x'00'", "evidence_blob" },
		{ "DELETE FROM evidence_blob", "evidence_blob" },
		{ "INSERT INTO search_marked (search_marked) VALUES ('delete-all')",
		  "search_marked" },
		{ "INSERT INTO search_folded (rowid, folded) VALUES (999, 'la')",
		  "search_marked" },
	};
	struct fixture f;
	char id[UUID_SIZE];

	fixture_file(&f);
	tell_story(&f, id);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct verify_result result = after(&f, rows[i].sql, true);

		if (result.replay_ok || strcmp(result.first.table, rows[i].table) != 0) {
			fail_msg("%s, found: %s", rows[i].sql, result.first.table);
		}
	}
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_column_of_every_event_is_under_the_hash),
		RUN(events_cannot_change_places_go_or_come),
		RUN(every_column_of_the_first_and_last_row_of_every_table_is_compared),
		RUN(rows_that_no_event_wrote_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
