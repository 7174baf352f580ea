/* What holds a message back: limits of addresses and providers, and what the other
 * side asks for. */
#include "tests/test.h"

#include <stdio.h>

#include "core/rate.h"
#include "core/setting.h"
#include "tests/notify/scene.h"

static void
set(struct scene *s, const char *name, const char *value)
{
	struct error err;

	CHECK_OK(setting_set(s->f.desk, name, value, &err), err);
}

static const char *
why(struct scene *s)
{
	return fixture_ask(s->f.path,
		"SELECT why || ' ' || count(*) FROM local_delivery WHERE next_at > 0 GROUP BY why");
}

TEST(a_limit_says_what_it_should_be_and_none_is_none)
{
	static const char *const bad[] = { "5", "5/", "0/1m", "5/0m", "5/1x", "5/1m,", "-1/1m",
		"5/31d", "1/1s 1/1s 1/1s 1/1s 1/1s 1/1s 1/1s", "5 /1m" };
	struct rate rate;
	struct error err;

	CHECK_OK(rate_parse(&rate, "1/1m  5/15m 30/1h", "x", &err), err);
	CHECK_INT(rate.count, 3);
	CHECK_INT(rate.windows[1].many, 5);
	CHECK_INT(rate.windows[1].span_ms, 900000);
	CHECK_INT(rate_longest(&rate), 3600000);
	CHECK_OK(rate_parse(&rate, "none", "x", &err), err);
	CHECK_INT(rate.count, 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(!rate_parse(&rate, bad[i], "limit.sms.all", &err));
		CHECK_INT(err.code, ERR_BAD_INPUT);
		CHECK(strstr(err.message, "limit.sms.all") == err.message);
	}
}

TEST(what_is_over_the_limit_of_an_address_waits_and_says_why)
{
	struct scene s;

	scene_begin(&s);
	set(&s, "limit.mail.address", "2/1m 3/1h");
	for (int i = 0; i < 5; i++) {
		scene_put(&s, &(struct message_new){ .case_id = s.case_id }, true);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	CHECK_STR(why(&s), "limit 3");
	CHECK_INT(s.report.next_at, s.f.now + 60000);
	fixture_later(&s.f, 59999);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	fixture_later(&s.f, 1);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 3);
	CHECK_INT(s.report.next_at, s.f.now + 3540000);
	fixture_later(&s.f, 3540000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 5);
	/* What is older than the longest limit is not kept. */
	fixture_later(&s.f, 7200000);
	scene_put(&s, &(struct message_new){ .case_id = s.case_id }, true);
	scene_rounds(&s);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_sent"), "1");
	scene_end(&s);
}

static struct json *
very_serious(void)
{
	struct json *vars = json_object();

	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", "Mất điện");
	json_set_text(vars, "work", "Đọc ắc quy");
	json_set_int(vars, "n", 1);
	json_set_int(vars, "suggested", 4);
	return vars;
}

TEST(the_page_of_a_very_serious_case_waits_for_no_limit_of_ours)
{
	struct scene s;
	struct json *vars = very_serious();

	scene_begin(&s);
	set(&s, "limit.mail.address", "1/1h");
	for (int i = 0; i < 3; i++) {
		scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = RANK_PAGE,
			.vars = vars }, true);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 3);
	/* Its status may wait. */
	scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = RANK_STATUS,
		.vars = vars }, true);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 3);
	json_free(vars);
	scene_end(&s);
}

TEST(the_providers_limit_holds_everything_back)
{
	struct scene s;
	struct json *vars = very_serious();

	scene_begin(&s);
	set(&s, "limit.mail.all", "2/10s");
	for (int i = 0; i < 5; i++) {
		scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = RANK_PAGE,
			.vars = vars }, true);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	CHECK_STR(why(&s), "limit_all 1");
	CHECK_INT(s.report.next_at, s.f.now + 10000);
	fixture_later(&s.f, 10000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 4);
	fixture_later(&s.f, 10000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 5);
	json_free(vars);
	scene_end(&s);
}

TEST(what_never_left_does_not_count)
{
	struct scene s;

	scene_begin(&s);
	set(&s, "limit.mail.address", "1/1h");
	s.fake->verdict = SEND_UNREACHABLE;
	scene_queue(&s);
	scene_rounds(&s);
	fixture_later(&s.f, 5000);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

TEST(the_time_that_the_other_side_asks_for_is_given_to_all_that_goes_to_it)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	s.fake->reply = "429 slow down";
	s.fake->retry_after_ms = 90000;
	s.fake->room = 1;
	scene_queue(&s);
	scene_rounds(&s);
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(why(&s), "asked 1");
	CHECK_INT(s.report.next_at, s.f.now + 90000);
	fixture_later(&s.f, 89999);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	fixture_later(&s.f, 1);
	s.fake->retry_after_ms = 1000; /* sooner than the ladder: the ladder counts */
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	s.fake->retry_after_ms = INT64_C(86400000) * 300; /* not for a year */
	fixture_later(&s.f, 1000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 3);
	CHECK(s.report.next_at <= s.f.now + 3600000);
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 3600000);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_limit_says_what_it_should_be_and_none_is_none),
		RUN(what_is_over_the_limit_of_an_address_waits_and_says_why),
		RUN(the_page_of_a_very_serious_case_waits_for_no_limit_of_ours),
		RUN(the_providers_limit_holds_everything_back),
		RUN(what_never_left_does_not_count),
		RUN(the_time_that_the_other_side_asks_for_is_given_to_all_that_goes_to_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
