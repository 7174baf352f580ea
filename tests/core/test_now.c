/* The one thing to do: each kind is found, and comes before those that follow it in
 * now_order[] (test_now_order.c). */
#include "tests/fixture.h"

#include <stdlib.h>

#include <stdio.h>
#include <string.h>

#include "core/case_set.h"
#include "core/countdown.h"
#include "core/change.h"
#include "core/member.h"
#include "core/now.h"
#include "core/now_case.h"
#include "core/profile.h"
#include "core/outbox.h"
#include "core/task.h"
#include "core/thing.h"
#include "core/tin.h"

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
	fixture_decided(f, id);
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
	desk_set_no_channel(f.desk, true);
	CHECK_INT(look(&f).kind, NOW_NO_BACKUP);
	fixture_as(&f, "nam");
	CHECK_INT(look(&f).kind, NOW_NO_CHANNEL);
	fixture_as(&f, "minh");
	desk_set_no_channel(f.desk, false);
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

/* A row of the watch on a case: waiting or decision, due then. */
static void
add_thing(struct fixture *f, const char *thing, const char *case_id,
	const char *column, int64_t due)
{
	char id[UUID_SIZE], kind[40];
	struct json *body = thing_new(f->desk, thing, id);

	row_int(body, "n", 1);
	row_int(body, column, due);
	row_text(body, "what", strcmp(thing, "waiting") == 0 ? "nối lại tuyến" : NULL);
	row_text(body, "question", strcmp(thing, "decision") == 0 ? "Tắt?" : NULL);
	row_text(body, "name", "Doanh nghiệp viễn thông");
	(void)snprintf(kind, sizeof kind, "%s_added", thing);
	CHECK_OK(change_begin(f->desk, &err), err);
	change_add(f->desk, kind, case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

TEST(a_promise_overdue_comes_before_late_work_and_an_order_before_it)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct now now;
	char *text;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	make_case(&f, "mất kết nối", "lan", 2, id);
	add_task(&f, id, "lan", f.now - MINUTE);
	add_thing(&f, "waiting", id, "next_ask_at", f.now + MINUTE);
	CHECK_INT(look(&f).kind, NOW_MY_LATE);
	fixture_later(&f, 2 * MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_PROMISE_OVER);
	CHECK_STR(now.what, "nối lại tuyến");
	text = now_text(&now, f.now);
	CHECK(strstr(text, "Doanh nghiệp viễn thông") != NULL);
	free(text);
	/* What is on somebody else's case is not mine, unless I work on it. */
	fixture_as(&f, "nam");
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	add_task(&f, id, "nam", f.now + 90 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_PROMISE_OVER);
	fixture_as(&f, "lan");
	add_thing(&f, "decision", id, "until_at", f.now - MINUTE);
	CHECK_INT(look(&f).kind, NOW_DECISION_OVER);
	fixture_end(&f);
}

TEST(who_was_told_and_has_not_confirmed_for_30_minutes_is_called)
{
	struct fixture f;
	struct now now;
	char id[UUID_SIZE];
	char *text;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	make_case(&f, "13 xã mất kết nối", "lan", 2, id);
	add_thing(&f, "point", id, "told_at", f.now);
	fixture_later(&f, 29 * MINUTE);
	CHECK(look(&f).kind != NOW_POINTS_UNCONFIRMED);
	fixture_later(&f, MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_POINTS_UNCONFIRMED);
	CHECK_STR(now.case_id, id);
	CHECK_INT(now.n, 1);
	text = now_text(&now, f.now);
	CHECK(strstr(text, "1 points") != NULL);
	free(text);
	fixture_as(&f, "nam");
	CHECK(look(&f).kind != NOW_POINTS_UNCONFIRMED);
	fixture_end(&f);
}

static bool
hold_one(const struct message *message, void *arg)
{
	struct fixture *f = arg;

	CHECK_OK(outbox_hold(f->desk, message->id, "chờ", &err), err);
	return false;
}

TEST(minutes_that_run_out_come_first_for_who_works_on_the_case_and_end_with_it)
{
	struct fixture f;
	char id[UUID_SIZE];
	int n = 0;

	fixture_memory(&f);
	make_case(&f, "mất điện", "lan", 4, id);
	add_task(&f, id, "lan", f.now - 3600000);
	fixture_as(&f, "lan");
	CHECK_OK(countdown_read(f.desk, id, &(struct reading){ .label = "Còn điện",
		.minutes = 20 }, &n, &err), err);
	CHECK_INT(look(&f).kind, NOW_MY_LATE_URGENT);
	fixture_later(&f, 6 * 60000);
	CHECK_INT(look(&f).kind, NOW_COUNTDOWN);
	CHECK_STR(look(&f).what, "Còn điện");
	fixture_later(&f, 3600000);
	CHECK_INT(look(&f).kind, NOW_COUNTDOWN);
	fixture_as(&f, "nam");
	CHECK(look(&f).kind != NOW_COUNTDOWN);
	fixture_as(&f, "lan");
	CHECK_OK(countdown_stop(f.desk, id, n, "điện về", &err), err);
	CHECK_INT(look(&f).kind, NOW_MY_LATE_URGENT);
	fixture_end(&f);
}

TEST(a_held_message_waits_behind_promises_and_my_steps_and_not_behind_the_next)
{
	struct fixture f;
	char id[UUID_SIZE];

	fixture_memory(&f);
	CHECK_OK(member_add(f.desk, &(struct member_new){ .login = "thu",
		.name = "Đỗ Minh Thu", .role = ROLE_RESPONDER, .mail = "thu@doi.example" },
		&err), err);
	fixture_as(&f, "lan");
	make_case(&f, "của lan", "lan", 2, id);
	add_task(&f, id, "thu", 0);
	CHECK_OK(outbox_each(f.desk, &(struct outbox_filter){ .case_id = id,
		.state = "queued" }, hold_one, &f, &err), err);
	add_task(&f, id, "lan", f.now + 120 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_MESSAGE_HELD);
	add_task(&f, id, "lan", f.now + 10 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_MY_SOON);
	fixture_later(&f, 11 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_MY_LATE);
	add_thing(&f, "waiting", id, "next_ask_at", f.now - MINUTE);
	CHECK_INT(look(&f).kind, NOW_PROMISE_OVER);
	fixture_end(&f);
}

TEST(a_held_message_waits_behind_a_case_that_nobody_took_on)
{
	struct fixture f;
	char id[UUID_SIZE], fresh[UUID_SIZE];

	fixture_memory(&f);
	CHECK_OK(member_add(f.desk, &(struct member_new){ .login = "thu",
		.name = "Đỗ Minh Thu", .role = ROLE_RESPONDER, .mail = "thu@doi.example" },
		&err), err);
	fixture_as(&f, "minh");
	make_case(&f, "của minh", "minh", 2, id);
	add_task(&f, id, "thu", 0);
	CHECK_OK(outbox_each(f.desk, &(struct outbox_filter){ .case_id = id,
		.state = "queued" }, hold_one, &f, &err), err);
	fixture_case(&f, "chưa ai nhận", fresh);
	CHECK_OK(severity_decide(f.desk, fresh, 2, "thử", &err), err);
	CHECK_INT(look(&f).kind, NOW_MESSAGE_HELD);
	fixture_later(&f, NOW_ACK_LIMIT_MS + 1);
	CHECK_INT(look(&f).kind, NOW_UNACKNOWLEDGED);
	fixture_end(&f);
}

TEST(a_lawful_clock_comes_up_in_its_last_hour_and_who_is_reportable_every_hour)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct json *report = NULL;
	struct now now;
	char *text;

	fixture_memory(&f);
	CHECK_OK(profile_load_rules(f.desk, "vn-2026", &report, &err), err);
	json_free(report);
	/* The table of holidays is missing: a coordinator's business. */
	fixture_as(&f, "minh");
	now = look(&f);
	CHECK_INT(now.kind, NOW_HOLIDAYS);
	CHECK_STR(now.what, "2027");
	fixture_as(&f, "lan");
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	fixture_case(&f, "mất điện", id);
	fixture_status(&f, id, "acknowledged");
	CHECK_OK(severity_decide(f.desk, id, 3, "thử", &err), err);
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	fixture_later(&f, 61 * MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_REPORTABLE_ASK);
	CHECK_STR(now.case_id, id);
	fixture_as(&f, "minh");
	CHECK(look(&f).kind != NOW_REPORTABLE_ASK);
	fixture_later(&f, 60 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_REPORTABLE_ASK);
	fixture_as(&f, "lan");
	CHECK_OK(reportable_decide(f.desk, id, "unknown", "chờ", &err), err);
	CHECK(look(&f).kind != NOW_REPORTABLE_ASK);
	fixture_later(&f, (24 * 60 - 121 - 59) * MINUTE);
	now = look(&f);
	CHECK_INT(now.kind, NOW_DEADLINE_LATE);
	CHECK_STR(now.who, "bca");
	text = now_text(&now, f.now);
	assert_non_null(strstr(text, "bca"));
	free(text);
	/* Not of somebody else's case, but of all for a coordinator. */
	fixture_as(&f, "nam");
	CHECK(look(&f).kind != NOW_DEADLINE_LATE);
	fixture_as(&f, "minh");
	CHECK_INT(look(&f).kind, NOW_DEADLINE_LATE);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_clock_at_once_does_not_hide_the_question_whether_it_is_reportable)
{
	struct json *report = NULL;
	struct fixture f;
	char id[UUID_SIZE];

	fixture_memory(&f);
	CHECK_OK(profile_load_rules(f.desk, "vn-2026", &report, &err), err);
	json_free(report);
	fixture_as(&f, "lan");
	fixture_case(&f, "mất điện", id);
	fixture_status(&f, id, "acknowledged");
	CHECK_OK(severity_decide(f.desk, id, 4, "thử", &err), err);
	CHECK_INT(look(&f).kind, NOW_DEADLINE_LATE);
	fixture_later(&f, 61 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_REPORTABLE_ASK);
	CHECK_OK(reportable_decide(f.desk, id, "unknown", "chờ", &err), err);
	CHECK_INT(look(&f).kind, NOW_DEADLINE_LATE);
	fixture_later(&f, 61 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_REPORTABLE_ASK);
	fixture_as(&f, "minh");
	CHECK_OK(reportable_decide(f.desk, id, "yes", "rộng", &err), err);
	fixture_later(&f, 61 * MINUTE);
	fixture_as(&f, "lan");
	CHECK_INT(look(&f).kind, NOW_DEADLINE_LATE);
	fixture_whole(&f);
	fixture_end(&f);
}

static struct now
inside(struct fixture *f, const char *id)
{
	struct now now;

	CHECK_OK(now_find_case(&now, f->desk, id, &err), err);
	return now;
}

static void
is_named(struct fixture *f, const char *id, const char *named)
{
	struct now anywhere = look(f), here = inside(f, id);

	CHECK_STR(now_in_case(&here, &anywhere)->case_id, named);
}

TEST(inside_a_case_now_speaks_of_it_and_begins_with_who_has_it_and_a_plan)
{
	struct fixture f;
	char id[UUID_SIZE], other[UUID_SIZE];

	fixture_memory(&f);
	fixture_as(&f, "minh");
	fixture_case(&f, "nơi khác", other);
	fixture_case(&f, "mất điện", id);
	fixture_later(&f, 40 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_UNACKNOWLEDGED); /* somebody else's */
	CHECK_STR(look(&f).case_id, other);
	fixture_decided(&f, id);
	fixture_status(&f, id, "acknowledged");
	CHECK_OK(case_assign(f.desk, id, "minh", &err), err);
	CHECK_INT(inside(&f, id).kind, NOW_BEGIN_PLAN);
	is_named(&f, id, id);
	fixture_end(&f);
}

TEST(inside_a_case_what_runs_out_elsewhere_and_is_mine_comes_first)
{
	struct fixture f;
	char id[UUID_SIZE], other[UUID_SIZE];
	struct now here = { .kind = NOW_NOTHING };
	struct now anywhere;
	int n = 0;

	fixture_memory(&f);
	fixture_as(&f, "minh");
	make_case(&f, "đường truyền", "minh", 3, id);
	make_case(&f, "mất điện", "minh", 4, other);
	CHECK_OK(countdown_read(f.desk, other, &(struct reading){ .label = "Còn điện",
		.minutes = 10 }, &n, &err), err);
	CHECK_INT(look(&f).kind, NOW_COUNTDOWN);
	is_named(&f, id, other);
	is_named(&f, other, other);
	/* Where nothing is left here, the desk's own line stands. */
	anywhere = look(&f);
	CHECK_STR(now_in_case(&here, &anywhere)->case_id, other);
	fixture_end(&f);
}

TEST(a_report_that_nobody_took_up_is_named_before_it_is_late)
{
	struct fixture f;
	struct tin_said said;
	char tin[UUID_SIZE];
	struct now now;

	fixture_memory(&f);
	fixture_as(&f, "minh");
	CHECK_INT(look(&f).kind, NOW_NOTHING);
	CHECK_OK(tin_add(f.desk, &(struct tin_new){ .what = "mất mạng", .unit = "Thới Bình" },
		tin, &said, &err), err);
	now = look(&f);
	CHECK_INT(now.kind, NOW_TIN_NEW);
	CHECK_STR(now.item, tin);
	fixture_later(&f, 31 * MINUTE);
	CHECK_INT(look(&f).kind, NOW_TIN_WAITING);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_lawful_clock_comes_up_in_its_last_hour_and_who_is_reportable_every_hour),
		RUN(a_clock_at_once_does_not_hide_the_question_whether_it_is_reportable),
		RUN(a_report_that_nobody_took_up_is_named_before_it_is_late),
		RUN(each_kind_wins_over_all_that_follow_it),
		RUN(of_late_work_the_most_serious_comes_first_then_the_latest),
		RUN(work_due_within_half_an_hour_is_soon_and_later_is_next),
		RUN(a_promise_overdue_comes_before_late_work_and_an_order_before_it),
		RUN(who_was_told_and_has_not_confirmed_for_30_minutes_is_called),
		RUN(minutes_that_run_out_come_first_for_who_works_on_the_case_and_end_with_it),
		RUN(a_held_message_waits_behind_promises_and_my_steps_and_not_behind_the_next),
		RUN(a_held_message_waits_behind_a_case_that_nobody_took_on),
		RUN(inside_a_case_now_speaks_of_it_and_begins_with_who_has_it_and_a_plan),
		RUN(inside_a_case_what_runs_out_elsewhere_and_is_mine_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
