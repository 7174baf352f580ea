/* By when a case must be back: set, said again, taken away with a reason, met by
 * recovery, running again when the check was unstable; undone and replayed. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/back_by.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/merge.h"
#include "core/status.h"
#include "core/undo.h"

static bool
set(struct fixture *f, const char *id, const char *by, const char *reason,
	struct error *err)
{
	const char *given[] = { by, reason };

	return case_set(f->desk, id, given, reason == NULL ? 1 : 2, err);
}

static const char *
ask(struct fixture *f, const char *what)
{
	char sql[200];

	(void)snprintf(sql, sizeof sql, "SELECT %s FROM deadline ORDER BY n", what);
	return fixture_ask(f->path, sql);
}

static bool
count_one(const struct back_by *one, void *arg)
{
	(void)one;
	(*(int *)arg)++;
	return true;
}

static int
running(struct fixture *f, const char *id)
{
	struct error err = ERROR_INIT;
	int count = 0;

	CHECK_OK(back_by_each(f->desk, id, count_one, &count, &err), err);
	return count;
}

TEST(a_time_with_its_reason_in_one_field_is_the_next_such_time)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00 bộ phận một cửa mở", NULL, &err), err);
	CHECK_STR(ask(&f, "title"), "bộ phận một cửa mở");
	CHECK_STR(ask(&f, "(due_at - 1795201800000) / 60000"), "290");
	CHECK_OK(set(&f, id, "must_be_back_by=21/11 08:00", "must_be_back_reason=họp", &err),
		err);
	CHECK_INT(running(&f, id), 2);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00", "must_be_back_reason=một cửa", &err),
		err);
	CHECK_STR(ask(&f, "title"), "một cửa");
	CHECK_INT(running(&f, id), 2);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_cannot_be_a_time_or_has_no_reason_changes_nothing)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_ERR(set(&f, id, "must_be_back_by=sáng mai", NULL, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, "must_be_back_by=yesterday", NULL, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, "must_be_back_by=-1h", "must_be_back_reason=họp", &err), err,
		ERR_BAD_INPUT);
	CHECK(strstr(err.message, "is past") != NULL);
	CHECK_ERR(set(&f, id, "must_be_back_by=01/01/2999", "must_be_back_reason=họp", &err),
		err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, "must_be_back_reason=họp", NULL, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, "must_be_back_by=", NULL, &err), err, ERR_REFUSED);
	CHECK_ERR(set(&f, id, "must_be_back_by=", "must_be_back_reason=hoãn", &err), err,
		ERR_NOT_FOUND);
	CHECK_STR(ask(&f, "COUNT(*)"), "0");
	fixture_end(&f);
}

TEST(recovery_meets_it_and_an_unstable_check_lets_it_run_again)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00", NULL, &err), err);
	fixture_status(&f, id, "recovered");
	CHECK_STR(ask(&f, "state"), "met");
	fixture_later(&f, 60000);
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "responding",
		.verb = "status" }, &err), err);
	CHECK_STR(ask(&f, "state"), "running");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_STR(ask(&f, "state"), "met");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_STR(ask(&f, "state"), "running");
	CHECK_STR(ask(&f, "met_at IS NULL"), "1");
	CHECK_OK(redo_last(f.desk, id, &err), err);
	CHECK_STR(ask(&f, "state"), "met");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(it_is_taken_away_with_a_reason_and_one_undo_brings_all_back)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00", NULL, &err), err);
	CHECK_OK(set(&f, id, "must_be_back_by=08:00 họp", NULL, &err), err);
	CHECK_OK(set(&f, id, "must_be_back_by=", "must_be_back_reason=hoãn họp", &err), err);
	CHECK_INT(running(&f, id), 0);
	CHECK_STR(ask(&f, "state || reason || decided_by"), "not_applicablehoãn họpquan");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_INT(running(&f, id), 2);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(one_of_several_is_taken_away_by_its_time)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00", NULL, &err), err);
	CHECK_OK(set(&f, id, "must_be_back_by=08:00 họp", NULL, &err), err);
	CHECK_OK(set(&f, id, "must_be_back_by=09:00 giao ban", NULL, &err), err);
	CHECK_ERR(set(&f, id, "must_be_back_by=none 08:30", "must_be_back_reason=nhầm", &err),
		err, ERR_NOT_FOUND);
	err.code = ERR_NONE;
	CHECK_ERR(set(&f, id, "must_be_back_by=none 08:00", NULL, &err), err, ERR_REFUSED);
	err.code = ERR_NONE;
	CHECK_INT(running(&f, id), 3);
	CHECK_OK(set(&f, id, "must_be_back_by=none 08:00", "must_be_back_reason=hoãn họp",
		&err), err);
	CHECK_INT(running(&f, id), 2);
	CHECK_STR(ask(&f, "state"), "running");
	/* Its time is over: it is that one all the same. */
	fixture_later(&f, 6 * 3600000);
	CHECK_OK(set(&f, id, "must_be_back_by=không 07:00", "must_be_back_reason=nhầm giờ",
		&err), err);
	CHECK_INT(running(&f, id), 1);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_INT(running(&f, id), 2);
	CHECK_OK(set(&f, id, "must_be_back_by=", "must_be_back_reason=thôi", &err), err);
	CHECK_INT(running(&f, id), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_was_no_incident_has_no_clock_left_and_the_undo_lets_it_run_again)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00 một cửa mở", NULL, &err), err);
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "diễn tập của nhà mạng" }, &err), err);
	CHECK_INT(running(&f, id), 0);
	CHECK_STR(ask(&f, "state"), "stopped");
	CHECK_STR(ask(&f, "reason"), "status=dismissed");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_INT(running(&f, id), 1);
	CHECK_STR(ask(&f, "reason"), "");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(recovery_of_the_case_it_was_merged_into_meets_its_clock)
{
	const struct status_change close = { .to = "closed", .verb = "close", .cause = "c",
		.result = "r", .lessons = "l" };
	char id[UUID_SIZE], into[UUID_SIZE], late[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "xã Thới Bình mất kết nối", id);
	fixture_case(&f, "13 xã mất kết nối", into);
	fixture_case(&f, "một xã nữa", late);
	CHECK_OK(set(&f, id, "must_be_back_by=07:00 một cửa mở", NULL, &err), err);
	CHECK_OK(set(&f, late, "must_be_back_by=08:00 họp", NULL, &err), err);
	CHECK_OK(case_merge(f.desk, id, into, &err), err);
	CHECK_INT(running(&f, into), 1);
	fixture_status(&f, into, "recovered");
	CHECK_INT(running(&f, into), 0);
	CHECK_STR(ask(&f, "state"), "met");
	fixture_later(&f, 60000);
	CHECK_OK(status_set(f.desk, into, &(struct status_change){ .to = "responding",
		.verb = "status" }, &err), err);
	CHECK_STR(ask(&f, "state"), "running");
	CHECK_STR(fixture_ask(f.path, "SELECT due_at = (SELECT due_at FROM deadline"
		" WHERE state = 'running' ORDER BY due_at LIMIT 1) FROM cases"
		" WHERE status = 'merged'"), "1");
	fixture_status(&f, into, "recovered");
	/* Merged in after the service was back: closing ends that clock. */
	CHECK_OK(case_merge(f.desk, late, into, &err), err);
	CHECK_INT(running(&f, into), 1);
	fixture_decided(&f, id);
	fixture_decided(&f, into);
	fixture_decided(&f, late);
	CHECK_OK(status_set(f.desk, into, &close, &err), err);
	CHECK_INT(running(&f, into), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_case_is_not_closed_while_nobody_decided_if_a_merged_one_is_reportable)
{
	const struct status_change close = { .to = "closed", .verb = "close", .cause = "c",
		.result = "r", .lessons = "l" };
	char id[UUID_SIZE], into[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "lộ hộp thư", id);
	fixture_case(&f, "13 xã mất kết nối", into);
	CHECK_OK(case_merge(f.desk, id, into, &err), err);
	fixture_decided(&f, into);
	fixture_status(&f, into, "recovered");
	CHECK_ERR(status_set(f.desk, into, &close, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "2026-0001"));
	fixture_decided(&f, id);
	CHECK_OK(status_set(f.desk, into, &close, &err), err);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_time_with_its_reason_in_one_field_is_the_next_such_time),
		RUN(what_cannot_be_a_time_or_has_no_reason_changes_nothing),
		RUN(recovery_meets_it_and_an_unstable_check_lets_it_run_again),
		RUN(it_is_taken_away_with_a_reason_and_one_undo_brings_all_back),
		RUN(one_of_several_is_taken_away_by_its_time),
		RUN(what_was_no_incident_has_no_clock_left_and_the_undo_lets_it_run_again),
		RUN(recovery_of_the_case_it_was_merged_into_meets_its_clock),
		RUN(a_case_is_not_closed_while_nobody_decided_if_a_merged_one_is_reportable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
