/* One transaction for all that a verb does: nested, rolled back as a whole,
 * refused under another schema, its event ids chosen before. */
#include "tests/fixture.h"

#include <stdio.h>
#include <string.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/countdown.h"
#include "core/event.h"
#include "core/note.h"
#include "core/task.h"
#include "core/tin.h"

static int64_t
count(struct fixture *f, const char *sql)
{
	struct error err;
	int64_t n = -1;

	CHECK_OK(db_one_int(desk_db(f->desk), db_intern(desk_db(f->desk), "", sql), &n, &err,
		NOARGS), err);
	return n;
}

TEST(an_inner_failure_takes_all_of_the_outer_change_back)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t before;
	int rows;
	int n;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	before = count(&f, "SELECT max(seq) FROM event");
	CHECK_OK(change_begin(f.desk, &err), err);
	CHECK_OK(note_add(f.desk, id, &(struct note_new){ .text = "một" }, &err), err);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "việc" }, &n, &err), err);
	/* The inner acts are seen before the end. */
	CHECK_INT(count(&f, "SELECT count(*) FROM task"), 1);
	CHECK_ERR(task_done(f.desk, id, 99, NULL, &err), err, ERR_NOT_FOUND);
	/* Nor can anything be added to what has failed. */
	CHECK_ERR(note_add(f.desk, id, &(struct note_new){ .text = "sau" }, &err), err,
		ERR_REFUSED);
	err = (struct error){ .code = ERR_NOT_FOUND };
	CHECK(!change_end(f.desk, true, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	CHECK_INT(count(&f, "SELECT max(seq) FROM event"), before);
	CHECK_INT(count(&f, "SELECT count(*) FROM task"), 0);
	(void)change_appended(f.desk, &rows);
	CHECK_INT(rows, 0);
	/* The handle works on. */
	CHECK_INT(fixture_note(&f, id, "hai"), before + 1);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_outer_end_that_is_not_ok_takes_the_inner_acts_back)
{
	struct fixture f;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	char other[UUID_SIZE];
	int64_t before;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	before = count(&f, "SELECT max(seq) FROM event");
	CHECK_OK(change_begin(f.desk, &err), err);
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "hai" },
		other, &err), err);
	CHECK(!change_end(f.desk, false, &err));
	CHECK_INT(count(&f, "SELECT max(seq) FROM event"), before);
	CHECK_INT(count(&f, "SELECT value FROM kept_count WHERE name = 'cases.open'"), 1);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(several_acts_in_one_change_are_one_chain_and_one_time)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	const struct appended *rows;
	int n;

	fixture_memory(&f);
	CHECK_OK(change_begin(f.desk, &err), err);
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "một" }, id,
		&err), err);
	CHECK_OK(note_add(f.desk, id, &(struct note_new){ .text = "a" }, &err), err);
	CHECK_OK(change_flush(f.desk, &err), err);
	fixture_later(&f, 40);
	CHECK_OK(note_add(f.desk, id, &(struct note_new){ .text = "b" }, &err), err);
	CHECK_OK(change_end(f.desk, true, &err), err);
	rows = change_appended(f.desk, &n);
	CHECK_INT(count(&f, "SELECT count(DISTINCT recorded_at) FROM event"
		" WHERE kind IN ('case_opened', 'note_added')"), 1);
	CHECK_INT(n, 3);
	CHECK_STR(rows[0].kind, "case_opened");
	CHECK_STR(rows[2].kind, "note_added");
	CHECK_INT(rows[2].seq, rows[0].seq + 2);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_event_id_chosen_by_a_draft_is_used_once)
{
	static const char *const draft = "0193c4d2-7a10-7abc-8def-0123456789ab";
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	const struct appended *rows;
	int n;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	desk_set_event_id(f.desk, draft);
	(void)fixture_note(&f, id, "từ bản nháp");
	rows = change_appended(f.desk, &n);
	CHECK_STR(rows[0].id, draft);
	(void)fixture_note(&f, id, "khác");
	rows = change_appended(f.desk, &n);
	CHECK(strcmp(rows[0].id, draft) != 0);
	/* The same draft again is refused, not kept twice. */
	desk_set_event_id(f.desk, draft);
	CHECK(!note_add(f.desk, id, &(struct note_new){ .text = "lần hai" }, &err));
	CHECK_INT(count(&f, "SELECT count(*) FROM event WHERE kind = 'note_added'"), 2);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_field_set_by_two_is_refused_to_the_second_with_both_values)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t seen;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	seen = fixture_last(&f);
	fixture_as(&f, "lan");
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=của Lan" }, 1, &err), err);
	fixture_as(&f, "nam");
	desk_set_guard(f.desk, seen);
	CHECK_ERR(case_set(f.desk, id, (const char *const[]){ "title=của Nam" }, 1, &err), err,
		ERR_CONFLICT);
	assert_non_null(strstr(err.detail, "\"yours\":\"của Nam\""));
	assert_non_null(strstr(err.detail, "\"theirs\":\"của Lan\""));
	assert_non_null(strstr(err.detail, "\"before\":\"một\""));
	/* Another field is free. */
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "tlp=red" }, 1, &err), err);
	/* To what is there already: nothing to do, no conflict. */
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=của Lan" }, 1, &err), err);
	desk_set_guard(f.desk, 0);
	fixture_whole(&f);
	fixture_end(&f);
}

/* The detail of the conflict names both values of a time or number. */
static void
names_both(bool ok, struct error *err, const char *yours, const char *theirs)
{
	char want[80];

	CHECK_ERR(ok, *err, ERR_CONFLICT);
	(void)snprintf(want, sizeof want, "\"yours\":\"%s\"", yours);
	assert_non_null(strstr(err->detail, want));
	(void)snprintf(want, sizeof want, "\"theirs\":\"%s\"", theirs);
	assert_non_null(strstr(err->detail, want));
}

TEST(times_set_by_two_are_refused_to_the_second_with_both_times)
{
	struct reading reading = { .label = "UPS tầng 2", .minutes = 40 };
	struct tin_said said;
	struct fixture f;
	struct error err;
	char id[UUID_SIZE], tin[UUID_SIZE];
	int64_t seen;
	int n;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_OK(countdown_read(f.desk, id, &reading, &n, &err), err);
	CHECK_OK(tin_add(f.desk, &(struct tin_new){ .what = "mất điện", .unit = "Thới Bình" },
		tin, &said, &err), err);
	seen = fixture_last(&f);
	fixture_as(&f, "lan");
	fixture_later(&f, 60000); /* 02:11 */
	reading.minutes = 30;
	CHECK_OK(countdown_read(f.desk, id, &reading, &n, &err), err);
	CHECK_OK(tin_reply(f.desk, tin, "điện thoại: đang xử lý", 0, &err), err);
	fixture_as(&f, "nam");
	fixture_later(&f, 60000); /* 02:12 */
	desk_set_guard(f.desk, seen);
	reading.minutes = 50;
	names_both(countdown_read(f.desk, id, &reading, &n, &err), &err, "21/11/2026 03:02",
		"21/11/2026 02:41");
	names_both(tin_reply(f.desk, tin, "Zalo: đang xử lý", 0, &err), &err,
		"21/11/2026 02:12", "21/11/2026 02:11");
	fixture_end(&f);
}

TEST(two_handles_number_their_events_without_a_gap)
{
	struct fixture f;
	struct error err;
	struct desk *other;
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "một", id);
	other = fixture_open(&f, "lan");
	for (int i = 0; i < 50; i++) {
		CHECK_OK(note_add(i % 2 == 0 ? f.desk : other, id,
			&(struct note_new){ .text = "ghi" }, &err), err);
	}
	desk_close(other);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(as_another_member_both_are_named)
{
	struct fixture f;
	struct error err;
	struct desk *desk = NULL;
	struct event event;
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = f.path, .login = "quan",
		.as = "lan", .clock = fixture_clock(&f) }, &err), err);
	CHECK_OK(note_add(desk, id, &(struct note_new){ .text = "thay Lan" }, &err), err);
	CHECK_OK(event_load(&event, desk_db(desk), count(&f, "SELECT max(seq) FROM event"),
		&err), err);
	CHECK_STR(event.actor_login, "quan");
	CHECK_STR(event.acts_for, "lan");
	event_clear(&event);
	desk_close(desk);
	desk = NULL;
	CHECK_ERR(desk_open(&desk, &(struct desk_options){ .url = f.path, .login = "minh",
		.as = "lan", .clock = fixture_clock(&f) }, &err), err, ERR_FORBIDDEN);
	CHECK_ERR(desk_open(&desk, &(struct desk_options){ .url = f.path, .login = "la",
		.clock = fixture_clock(&f) }, &err), err, ERR_FORBIDDEN);
	assert_non_null(strstr(err.how, "suco member add la"));
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_inner_failure_takes_all_of_the_outer_change_back),
		RUN(an_outer_end_that_is_not_ok_takes_the_inner_acts_back),
		RUN(several_acts_in_one_change_are_one_chain_and_one_time),
		RUN(an_event_id_chosen_by_a_draft_is_used_once),
		RUN(a_field_set_by_two_is_refused_to_the_second_with_both_values),
		RUN(times_set_by_two_are_refused_to_the_second_with_both_times),
		RUN(two_handles_number_their_events_without_a_gap),
		RUN(as_another_member_both_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
