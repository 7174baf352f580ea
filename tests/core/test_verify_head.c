/* A chain computed anew is found by any head that left the desk before; a case
 * proves itself; replay leaves no table out; a clock that jumps is told. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/buf.h"
#include "core/event.h"
#include "core/mem.h"
#include "paths.h"

static int64_t
number(struct fixture *f, const char *sql)
{
	return strtoll(fixture_ask(f->path, sql), NULL, 10);
}

/* A skilled stranger: changes a body and computes every hash from there on. */
static void
recompute(struct fixture *f, int64_t from, const char *body)
{
	struct db *db = desk_db(f->desk);
	struct buf scratch = { 0 };
	struct error err;
	char last[HASH_SIZE] = "";
	char sql[400];
	int64_t end = number(f, "SELECT max(seq) FROM event");

	for (int64_t seq = from; seq <= end; seq++) {
		struct event event;

		CHECK_OK(event_load(&event, db, seq, &err), err);
		if (seq == from) {
			free(event.body);
			event.body = xstrdup(body);
			hash_salted(event.body_hash, event.salt, body, strlen(body));
		} else {
			memcpy(event.prev, last, HASH_SIZE);
			(void)snprintf(sql, sizeof sql,
				"SELECT hash FROM event WHERE seq < %lld AND"
				" case_id = (SELECT case_id FROM event WHERE seq = %lld)"
				" ORDER BY seq DESC LIMIT 1", (long long)seq, (long long)seq);
			(void)snprintf(event.case_prev, HASH_SIZE, "%s",
				fixture_ask(f->path, sql));
		}
		event_hash(event.hash, &event, desk_id(f->desk), &scratch);
		memcpy(last, event.hash, HASH_SIZE);
		(void)snprintf(sql, sizeof sql, "DELETE FROM event WHERE seq = %lld",
			(long long)seq);
		fixture_sql(f->path, sql);
		CHECK_OK(event_insert(db, &event, &err), err);
		event_clear(&event);
	}
	(void)snprintf(sql, sizeof sql, "UPDATE head SET hash = '%s'", last);
	fixture_sql(f->path, sql);
	buf_free(&scratch);
}

TEST(a_chain_computed_anew_is_found_by_a_head_that_left_the_desk)
{
	struct fixture f;
	struct verify_result result = { 0 };
	struct error err;
	char id[UUID_SIZE];
	char before[HASH_SIZE];
	char outside[HASH_SIZE];
	int64_t note;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_OK(verify_chain(f.desk, NULL, &result, &err), err);
	memcpy(before, result.head, HASH_SIZE);
	note = fixture_note(&f, id, "đã báo lúc 02:10");
	(void)fixture_note(&f, id, "ghi thêm");
	CHECK_OK(verify_chain(f.desk, NULL, &result, &err), err);
	memcpy(outside, result.head, HASH_SIZE);
	recompute(&f, note, "{\"text\":\"đã báo lúc 01:10\"}");
	fixture_sql(f.path, "UPDATE search_doc SET marked = replace(marked, '02', '01')");
	result = (struct verify_result){ 0 };
	CHECK_OK(verify_chain(f.desk, NULL, &result, &err), err);
	CHECK(result.chain_ok);
	CHECK_OK(verify_head(f.desk, outside, &result, &err), err);
	CHECK(!result.head_found);
	CHECK_INT(result.faults, 1);
	CHECK_OK(verify_head(f.desk, before, &result, &err), err);
	CHECK(result.head_found);
	fixture_end(&f);
}

TEST(a_case_proves_itself_without_the_others)
{
	struct fixture f;
	struct verify_result result = { 0 };
	struct error err;
	char one[UUID_SIZE];
	char two[UUID_SIZE];
	int64_t foreign;

	fixture_file(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	(void)fixture_note(&f, one, "a");
	foreign = fixture_note(&f, two, "b");
	(void)fixture_note(&f, one, "c");
	{
		char sql[100];

		(void)snprintf(sql, sizeof sql, "UPDATE event SET body = '{}' WHERE seq = %lld",
			(long long)foreign);
		fixture_sql(f.path, sql);
	}
	CHECK_OK(verify_chain(f.desk, one, &result, &err), err);
	CHECK(result.chain_ok);
	CHECK_INT(result.events, 3);
	result = (struct verify_result){ 0 };
	CHECK_OK(verify_chain(f.desk, two, &result, &err), err);
	CHECK(!result.chain_ok);
	CHECK_INT(result.first.seq, foreign);
	fixture_end(&f);
}

/* Names of the tables after "-- list: WORD" in the schema. */
static void
tables_of(struct buf *out, const char *list)
{
	size_t size;
	char *schema = fixture_read(SUCO_SOURCE_DIR "/data/schema/sqlite.sql", &size);
	const char *p = schema;
	bool on = false;
	char line[200];
	char name[64];

	while (*p != '\0') {
		size_t len = strcspn(p, "\n");

		(void)snprintf(line, sizeof line, "%.*s", (int)(len < 199 ? len : 199), p);
		if (strncmp(line, "-- list: ", 9) == 0) {
			on = strcmp(line + 9, list) == 0;
		} else if (sscanf(line, "CREATE TABLE %63[a-z_]", name) == 1) {
			if (on) {
				buf_addf(out, "%s ", name);
			}
			on = false;
		}
		p += len + (p[len] == '\n');
	}
	free(schema);
}

TEST(replay_compares_every_shadow_and_index_table_of_the_schema)
{
	struct buf listed = { 0 };
	struct buf schema = { 0 };

	for (const struct sql *table = replay_tables; table->name != NULL; table++) {
		buf_addf(&listed, " %s ", table->name);
	}
	tables_of(&schema, "shadow");
	tables_of(&schema, "index");
	{
		char name[64];
		const char *p = buf_text(&schema);
		int used;
		int count = 0;

		while (sscanf(p, "%63s%n", name, &used) == 1) {
			char padded[80];

			p += used;
			/* The chain checks head, hashes the bytes of evidence. */
			if (strcmp(name, "head") == 0 || strcmp(name, "evidence_blob") == 0) {
				continue;
			}
			count++;
			(void)snprintf(padded, sizeof padded, " %s ", name);
			if (strstr(buf_text(&listed), padded) == NULL) {
				fail_msg("replay does not compare %s", name);
			}
		}
		for (const struct sql *table = replay_tables; table->name != NULL; table++) {
			count--;
		}
		CHECK_INT(count, 0);
	}
	buf_free(&schema);
	buf_free(&listed);
}

TEST(a_clock_that_jumps_leaves_the_order_and_is_told)
{
	struct fixture f;
	struct verify_result result;
	char id[UUID_SIZE];
	int64_t back;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	fixture_later(&f, -3600000);
	back = fixture_note(&f, id, "đồng hồ lùi một giờ");
	fixture_later(&f, 86400000);
	CHECK(fixture_note(&f, id, "đồng hồ tới một ngày") == back + 1);
	fixture_later(&f, -86400000);
	(void)fixture_note(&f, id, "lùi về");
	fixture_whole(&f);
	result = fixture_verify(f.desk);
	CHECK_INT(result.clock_back, 2);
	CHECK_INT(result.clock_back_first, back);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_chain_computed_anew_is_found_by_a_head_that_left_the_desk),
		RUN(a_case_proves_itself_without_the_others),
		RUN(replay_compares_every_shadow_and_index_table_of_the_schema),
		RUN(a_clock_that_jumps_leaves_the_order_and_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
