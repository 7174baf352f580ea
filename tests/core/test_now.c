/* The one thing to do: each kind comes before those that follow it in
 * now_order[]. */
#include "tests/fixture.h"

#include "core/case_set.h"
#include "core/member.h"
#include "core/now.h"
#include "core/task.h"

#define MINUTE 60000LL

static struct error err;

static struct now
look(struct fixture *f)
{
	struct now now;

	CHECK_OK(now_find(&now, f->desk, &err), err);
	return now;
}

/* A case of this owner ("" nobody) that somebody took on, severity decided
 * unless 0. */
static void
make_case(struct fixture *f, const char *title, const char *owner, int severity,
	char id[UUID_SIZE])
{
	fixture_case(f, title, id);
	fixture_status(f, id, "acknowledged");
	CHECK_OK(case_assign(f->desk, id, owner, &err), err);
	if (severity > 0) {
		CHECK_OK(severity_decide(f->desk, id, severity, "thử", &err), err);
	}
}

static void
add_task(struct fixture *f, const char *id, const char *who, int64_t due)
{
	int n;

	CHECK_OK(task_add(f->desk, id, &(struct task_new){ .title = "việc",
		.assignee = who, .due_at = due }, &n, &err), err);
}

TEST(the_order_is_data_and_names_every_kind_once)
{
	int seen[NOW_KINDS] = { 0 };
	int count = 0;

	for (; now_order[count] != NOW_NOTHING; count++) {
		seen[now_order[count]]++;
	}
	CHECK_INT(count, NOW_KINDS - 1);
	for (int kind = 1; kind < NOW_KINDS; kind++) {
		CHECK_INT(seen[kind], 1);
	}
	CHECK_INT(now_order[0], NOW_MY_LATE_URGENT);
}

TEST(who_has_nothing_open_has_nothing_to_do)
{
	struct fixture f;

	fixture_memory(&f);
	fixture_as(&f, "minh");
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	fixture_as(&f, "xem");
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	fixture_end(&f);
}

TEST(each_kind_wins_over_all_that_follow_it)
{
	struct fixture f;
	char mine[UUID_SIZE], serious[UUID_SIZE], other[UUID_SIZE], id[UUID_SIZE];
	struct now now;

	fixture_memory(&f);
	CHECK_OK(member_add(f.desk, &(struct member_new){ .login = "thu",
		.name = "Đỗ Minh Thu", .role = ROLE_RESPONDER, .mail = "thu@doi.example" },
		&err), err);
	fixture_as(&f, "minh");
	make_case(&f, "của tôi", "minh", 1, mine);
	make_case(&f, "nặng, của tôi", "minh", 4, serious);
	make_case(&f, "của lan", "lan", 2, other);
	/* The messages of the assignments above failed: not of minh's cases. */

	add_task(&f, mine, "minh", 0);
	CHECK_INT(look(&f).kind, NOW_MY_NEXT);
	fixture_later(&f, 49 * 60 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_NO_BACKUP);
	add_task(&f, mine, "minh", f.now + 20 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_NO_BACKUP);
	/* A responder is not asked for backups. */
	fixture_as(&f, "thu");
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	fixture_as(&f, "minh");

	add_task(&f, mine, "thu", 0);
	CHECK_INT(look(&f).kind, NOW_NO_BACKUP);
	fixture_later(&f, 3 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_NO_ENGINE);
	add_task(&f, other, "lan", f.now - 30 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_OTHERS_LATE);
	add_task(&f, mine, "minh", f.now - MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_MY_LATE);
	CHECK_STR(now.case_id, mine);
	make_case(&f, "chưa có mức", "minh", 0, id);
	now = look(&f);
	CHECK_INT(now.kind, NOW_SEVERITY);
	CHECK_STR(now.case_id, id);
	make_case(&f, "chưa giao", "", 2, id);
	CHECK_INT(look(&f).kind, NOW_NO_OWNER);
	fixture_case(&f, "chưa ai nhận", id);
	CHECK_INT(look(&f).kind, NOW_NO_OWNER);
	fixture_later(&f, NOW_ACK_LIMIT_MS + 1);
	now = look(&f);
	CHECK_INT(now.kind, NOW_UNACKNOWLEDGED);
	CHECK_STR(now.case_id, id);
	add_task(&f, mine, "nam", 0); /* nam has no address: it failed */
	CHECK_INT(look(&f).kind, NOW_MESSAGE_FAILED);
	add_task(&f, serious, "minh", f.now - MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_MY_LATE_URGENT);
	CHECK_STR(now.case_id, serious);
	CHECK_INT(now.severity, 4);
	fixture_end(&f);
}

TEST(of_late_work_the_most_serious_comes_first_then_the_latest)
{
	struct fixture f;
	char three[UUID_SIZE], four[UUID_SIZE];

	fixture_memory(&f);
	fixture_as(&f, "lan");
	make_case(&f, "ba", "lan", 3, three);
	make_case(&f, "bốn", "lan", 4, four);
	add_task(&f, three, "lan", f.now - 60 * MINUTE);
	add_task(&f, four, "lan", f.now - MINUTE);
	CHECK_STR(look(&f).case_id, four);
	fixture_end(&f);
}

TEST(work_due_within_half_an_hour_is_soon_and_later_is_next)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct now now;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	make_case(&f, "một", "lan", 1, id);
	add_task(&f, id, "lan", f.now + 31 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_MY_NEXT);
	fixture_later(&f, 2 * MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_MY_SOON);
	fixture_later(&f, 30 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_MY_LATE);
	fixture_end(&f);
}

TEST(every_kind_has_its_line_and_its_reason)
{
	for (int kind = 0; kind < NOW_KINDS; kind++) {
		struct now now = { .kind = (enum now_kind)kind, .number = "2026-42",
			.what = "Đọc ắc quy", .who = "Hà", .n = 12, .due = 1000 };
		char *text = now_text(&now, 4 * MINUTE);
		char *why = now_why(&now);

		CHECK(strlen(text) > 10);
		CHECK(strlen(why) > 10);
		free(text);
		free(why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_order_is_data_and_names_every_kind_once),
		RUN(who_has_nothing_open_has_nothing_to_do),
		RUN(each_kind_wins_over_all_that_follow_it),
		RUN(of_late_work_the_most_serious_comes_first_then_the_latest),
		RUN(work_due_within_half_an_hour_is_soon_and_later_is_next),
		RUN(every_kind_has_its_line_and_its_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
