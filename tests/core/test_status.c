/* The life of a case: every pair of the transition table for every role, what
 * each way needs, and who is told that another was first. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/status.h"
#include "core/task.h"
#include "core/timeline.h"
#include "core/words.h"

/* The way to each status by the shortest legal steps. */
static const struct {
	const char *status;
	const char *way[6];
} ways[] = {
	{ "new", { NULL } },
	{ "acknowledged", { "acknowledged" } },
	{ "responding", { "acknowledged", "responding" } },
	{ "contained", { "acknowledged", "responding", "contained" } },
	{ "recovered", { "acknowledged", "responding", "contained", "recovered" } },
	{ "closed", { "acknowledged", "responding", "contained", "recovered", "closed" } },
	{ "dismissed", { "dismissed" } },
};
#define WAYS (sizeof ways / sizeof *ways)

static const struct transition *
row_of(const char *from, const char *to)
{
	for (const struct transition *row = transitions; row->from != NULL; row++) {
		if (strcmp(row->from, from) == 0 && strcmp(row->to, to) == 0) {
			return row;
		}
	}
	return NULL;
}

static void
case_in(struct fixture *f, size_t way, char id[UUID_SIZE])
{
	fixture_as(f, "quan");
	fixture_case(f, ways[way].status, id);
	for (int i = 0; i < 6 && ways[way].way[i] != NULL; i++) {
		fixture_status(f, id, ways[way].way[i]);
	}
}

static void
check_status(struct fixture *f, const char *id, const char *status)
{
	struct ir_case c = fixture_load(f, id);

	CHECK_STR(c.status, status);
	case_clear(&c);
}

/* One try of one pair by one member, all that could be needed given. */
static void
try_pair(struct fixture *f, size_t from, const char *to, const char *login,
	enum role role)
{
	const struct transition *row = row_of(ways[from].status, to);
	const struct status_change what = {
		.to = to, .verb = row == NULL || row->verb == NULL ? "status" : row->verb,
		.reason = "lý do", .cause = "nguyên nhân", .result = "kết quả",
		.lessons = "bài học",
	};
	struct error err;
	char id[UUID_SIZE];
	bool same = strcmp(ways[from].status, to) == 0;
	bool ok;

	case_in(f, from, id);
	fixture_decided(f, id);
	fixture_as(f, login);
	ok = status_set(f->desk, id, &what, &err);
	if (row != NULL && role >= row->least) {
		if (!ok) {
			fail_msg("%s -> %s by %s: %s", ways[from].status, to, login, err.message);
		}
		check_status(f, id, to);
		return;
	}
	/* Quan brought it there, so for the others it is a conflict. */
	if (ok || (row != NULL && err.code != ERR_FORBIDDEN) ||
	    (row == NULL && err.code != (same && strcmp(to, "new") != 0 ? ERR_CONFLICT
		: ERR_REFUSED))) {
		if (!(same && ok && strcmp(to, "new") == 0)) {
			fail_msg("%s -> %s by %s gave %d %s", ways[from].status, to, login,
				ok ? 0 : (int)err.code, ok ? "" : err.message);
		}
	}
	check_status(f, id, ways[from].status);
}

TEST(every_pair_of_statuses_is_what_the_table_says_for_every_role)
{
	static const struct {
		const char *login;
		enum role role;
	} members[] = {
		{ "xem", ROLE_VIEWER }, { "lan", ROLE_RESPONDER }, { "minh", ROLE_COORDINATOR },
	};
	struct fixture f;

	fixture_memory(&f);
	for (size_t from = 0; from < WAYS; from++) {
		for (size_t to = 0; to < WAYS; to++) {
			for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
				try_pair(&f, from, ways[to].status, members[m].login,
					members[m].role);
			}
		}
	}
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_table_has_the_ways_of_the_design_and_no_other)
{
	int rows = 0;

	for (const struct transition *row = transitions; row->from != NULL; row++) {
		CHECK(word_known(WORDS_STATUS, row->from) && word_known(WORDS_STATUS, row->to));
		CHECK(row_of(row->from, row->to) == row);
		rows++;
	}
	CHECK_INT(rows, 16);
	{
		const struct transition *reopen = row_of("closed", "responding");
		const struct transition *close = row_of("recovered", "closed");

		CHECK(reopen != NULL && close != NULL);
		if (reopen != NULL && close != NULL) {
			CHECK((reopen->needs & NEEDS_REASON) != 0);
			CHECK((close->needs & NEEDS_REVIEW) != 0);
			CHECK_INT(close->least, ROLE_COORDINATOR);
		}
	}
	CHECK(row_of("dismissed", "new") == NULL);
	CHECK(row_of("new", "closed") == NULL);
}

TEST(a_skip_or_a_dismissal_needs_a_reason_and_leaves_the_times_passed_over_empty)
{
	struct fixture f;
	struct ir_case c;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_ERR(status_set(f.desk, id, &(struct status_change){ .to = "contained",
		.verb = "status" }, &err), err, ERR_REFUSED);
	CHECK_ERR(status_set(f.desk, id, &(struct status_change){ .to = "contained",
		.verb = "status", .reason = " \n" }, &err), err, ERR_REFUSED);
	CHECK_ERR(status_set(f.desk, id, &(struct status_change){ .to = "dismissed",
		.verb = "status" }, &err), err, ERR_REFUSED);
	fixture_status(&f, id, "contained");
	c = fixture_load(&f, id);
	CHECK_INT(c.acknowledged_at, 0);
	CHECK_INT(c.contained_at, FIXTURE_START);
	case_clear(&c);
	/* Back to responding: what counts in the end is when it held. */
	fixture_later(&f, 1000);
	fixture_status(&f, id, "responding");
	c = fixture_load(&f, id);
	CHECK_INT(c.contained_at, 0);
	case_clear(&c);
	fixture_end(&f);
}

TEST(closing_asks_for_cause_result_and_lessons_and_the_verb_close)
{
	const struct status_change bare = { .to = "closed", .verb = "close",
		.cause = "c", .result = "r", .lessons = " " };
	const struct status_change wrong = { .to = "closed", .verb = "status",
		.cause = "c", .result = "r", .lessons = "l" };
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];

	fixture_memory(&f);
	case_in(&f, 4, id);
	fixture_decided(&f, id);
	CHECK_ERR(status_set(f.desk, id, &bare, &err), err, ERR_REFUSED);
	CHECK_ERR(status_set(f.desk, id, &wrong, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "suco close"));
	CHECK_ERR(status_set(f.desk, id, &(struct status_change){ .to = "merged",
		.verb = "status" }, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "suco merge"));
	CHECK_ERR(status_set(f.desk, id, &(struct status_change){ .to = "xong",
		.verb = "status" }, &err), err, ERR_BAD_INPUT);
	fixture_status(&f, id, "closed");
	c = fixture_load(&f, id);
	CHECK(!c.is_open);
	CHECK_INT(c.closed_at, FIXTURE_START);
	CHECK_STR(c.lessons, "bài học");
	case_clear(&c);
	/* Reopened: the time of closing is empty again. */
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "responding",
		.verb = "reopen", .reason = "lại mất điện" }, &err), err);
	c = fixture_load(&f, id);
	CHECK(c.is_open);
	CHECK_INT(c.closed_at, 0);
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_case_is_not_closed_while_it_is_unknown_whether_it_is_reportable)
{
	const struct status_change close = { .to = "closed", .verb = "close", .cause = "c",
		.result = "r", .lessons = "l" };
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	case_in(&f, 4, id);
	CHECK_ERR(status_set(f.desk, id, &close, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.how, "suco reportable"));
	fixture_decided(&f, id);
	CHECK_OK(status_set(f.desk, id, &close, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(who_acknowledges_second_is_told_who_was_first)
{
	const struct status_change ack = { .to = "acknowledged", .verb = "ack" };
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int count;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	fixture_as(&f, "lan");
	CHECK_OK(status_set(f.desk, id, &ack, &err), err);
	/* By the same member again: nothing is appended. */
	CHECK_OK(status_set(f.desk, id, &ack, &err), err);
	(void)change_appended(f.desk, &count);
	CHECK_INT(count, 0);
	fixture_as(&f, "nam");
	CHECK_ERR(status_set(f.desk, id, &ack, &err), err, ERR_CONFLICT);
	CHECK_INT(error_exit_status(err.code), 4);
	assert_non_null(strstr(err.message, "Thị Lan"));
	assert_non_null(strstr(err.detail, "\"by\":\"lan\""));
	/* Also when the case went on meanwhile. */
	fixture_as(&f, "lan");
	fixture_status(&f, id, "responding");
	CHECK_OK(status_set(f.desk, id, &ack, &err), err);
	fixture_as(&f, "nam");
	CHECK_ERR(status_set(f.desk, id, &ack, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "Thị Lan"));
	fixture_end(&f);
}

TEST(if_version_tells_both_values_of_a_field_that_changed)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t seen;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	fixture_status(&f, id, "acknowledged");
	seen = fixture_last(&f);
	fixture_as(&f, "lan");
	fixture_status(&f, id, "responding");
	fixture_as(&f, "nam");
	desk_set_guard(f.desk, seen);
	CHECK_ERR(status_set(f.desk, id, &(struct status_change){ .to = "contained",
		.verb = "status", .reason = "x" }, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.detail, "\"field\":\"status\""));
	assert_non_null(strstr(err.detail, "\"yours\":\"contained\""));
	assert_non_null(strstr(err.detail, "\"theirs\":\"responding\""));
	assert_non_null(strstr(err.detail, "\"by\":\"lan\""));
	assert_non_null(strstr(err.detail, "\"at\":\"2026-11-21T02:10:00.000+07:00\""));
	desk_set_guard(f.desk, seen + 1);
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "contained",
		.verb = "status", .reason = "x" }, &err), err);
	desk_set_guard(f.desk, 0);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_pair_of_statuses_is_what_the_table_says_for_every_role),
		RUN(the_table_has_the_ways_of_the_design_and_no_other),
		RUN(a_skip_or_a_dismissal_needs_a_reason_and_leaves_the_times_passed_over_empty),
		RUN(closing_asks_for_cause_result_and_lessons_and_the_verb_close),
		RUN(a_case_is_not_closed_while_it_is_unknown_whether_it_is_reportable),
		RUN(who_acknowledges_second_is_told_who_was_first),
		RUN(if_version_tells_both_values_of_a_field_that_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
