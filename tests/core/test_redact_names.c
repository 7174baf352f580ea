/* Names, posts, numbers and addresses that the watch writes down may go as the
 * words do: from the row, from the events, from the desk's files. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/decision.h"
#include "core/json.h"
#include "core/redact.h"
#include "core/task.h"
#include "core/thing.h"
#include "core/waiting.h"

#define SECRET "Văn Mẫu XK94"

static struct error err;

static void
append(struct fixture *f, const char *kind, const char *case_id, struct json *body)
{
	CHECK_OK(change_begin(f->desk, &err), err);
	change_add(f->desk, kind, case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

static void
redact_field(struct fixture *f, const char *case_id, int64_t seq, const char *field)
{
	struct redact_result result;

	CHECK_OK(redact(f->desk, case_id, seq, &(struct redaction){ .fields = &field,
		.field_count = 1, .law = "Luật 91/2025/QH15", .reason = "người ấy yêu cầu" },
		&result, &err), err);
	CHECK(result.compacted);
	json_free(result.left);
}

/* In the desk's file or in its log? */
static bool
holds(const struct fixture *f, const char *text)
{
	char path[160];

	(void)snprintf(path, sizeof path, "%s-wal", f->path);
	return fixture_holds(f->path, text) || fixture_holds(path, text);
}

static void
check_cell(struct fixture *f, const char *table, const char *column)
{
	char sql[120];

	(void)snprintf(sql, sizeof sql, "SELECT %s FROM %s", column, table);
	CHECK_STR(fixture_ask(f->path, sql), REDACTED_TEXT);
	CHECK(!holds(f, SECRET));
}

TEST(every_name_in_a_row_of_the_watch_may_go)
{
	static const struct {
		const char *table, *kind, *column;
	} rows[] = {
		{ "asking", "asking_added", "by_name" },
		{ "custody", "custody_added", "given_post" },
		{ "custody", "custody_added", "taken_post" },
		{ "custody", "custody_added", "doc_number" },
		{ "handover", "handover_given", "withdrawn_by" },
		{ "hold", "hold_added", "placed_by" },
		{ "hold", "hold_added", "released_by" },
		{ "phone_call", "phone_call_added", "number" },
		{ "tin", "tin_added", "by_name" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char case_id[UUID_SIZE], id[UUID_SIZE];
		struct json *body, *set;
		struct fixture f;

		fixture_file(&f);
		fixture_case(&f, "mất điện", case_id);
		body = thing_new(f.desk, rows[i].table, id);
		row_text(body, rows[i].column, SECRET);
		append(&f, rows[i].kind, case_id, body);
		CHECK(holds(&f, SECRET));
		redact_field(&f, case_id, fixture_last(&f), rows[i].column);
		check_cell(&f, rows[i].table, rows[i].column);
		/* The same where it was set later. */
		set = thing_change(rows[i].table, id);
		set_text(set, rows[i].column, REDACTED_TEXT, SECRET);
		append(&f, rows[i].kind, case_id, set);
		redact_field(&f, case_id, fixture_last(&f), rows[i].column);
		check_cell(&f, rows[i].table, rows[i].column);
		fixture_whole(&f);
		fixture_end(&f);
	}
}

#define MESSAGE "0192f0c0-0000-7000-8000-00000000abcd"

static struct json *
message_body(const char *state, const char *address)
{
	struct json *body = json_object();

	json_set_text(body, "message", MESSAGE);
	json_set_text(body, "state", state);
	json_set_text(body, "address", address);
	return body;
}

TEST(the_address_of_a_message_goes_and_one_that_was_given_later_stays)
{
	char case_id[UUID_SIZE];
	struct fixture f;
	int64_t queued, released;
	struct json *body;

	fixture_file(&f);
	fixture_case(&f, "mất điện", case_id);
	body = message_body("failed", "xk94.mau@thu.example");
	json_set(body, "vars", json_object());
	json_set_text(body, "to_kind", "contact");
	append(&f, "message_queued", case_id, body);
	queued = fixture_last(&f);
	append(&f, "message_released", case_id, message_body("queued", "moi@thu.example"));
	released = fixture_last(&f);
	redact_field(&f, case_id, queued, "address");
	CHECK(!holds(&f, "xk94.mau@"));
	CHECK_STR(fixture_ask(f.path, "SELECT address FROM message"), "moi@thu.example");
	fixture_whole(&f);
	redact_field(&f, case_id, released, "address");
	CHECK(!holds(&f, "moi@thu"));
	CHECK_STR(fixture_ask(f.path, "SELECT address FROM message"), REDACTED_TEXT);
	fixture_whole(&f);
	fixture_end(&f);
}

/* The list of cases repeats the words of the work that is due first. */
TEST(the_words_of_open_work_leave_the_row_of_the_case_too)
{
	struct waiting_new waits = { .whom = "ông trực", .what = SECRET };
	struct decision_new asked = { .whom = "ông trực", .question = SECRET };
	struct task_new task = { .title = SECRET };
	static const char *const fields[] = { "title", "what", "question" };

	for (int i = 0; i < 3; i++) {
		char case_id[UUID_SIZE];
		struct fixture f;
		int n;

		fixture_file(&f);
		fixture_case(&f, "mất điện", case_id);
		CHECK_OK(i == 0 ? task_add(f.desk, case_id, &task, &n, &err)
			: i == 1 ? waiting_add(f.desk, case_id, &waits, &n, &err)
			: decision_ask(f.desk, case_id, &asked, &n, &err), err);
		CHECK_STR(fixture_ask(f.path, "SELECT next_step FROM cases"), SECRET);
		redact_field(&f, case_id, fixture_last(&f), fields[i]);
		CHECK_STR(fixture_ask(f.path, "SELECT next_step FROM cases"), REDACTED_TEXT);
		CHECK(!holds(&f, SECRET));
		fixture_whole(&f);
		fixture_end(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_name_in_a_row_of_the_watch_may_go),
		RUN(the_address_of_a_message_goes_and_one_that_was_given_later_stays),
		RUN(the_words_of_open_work_leave_the_row_of_the_case_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
