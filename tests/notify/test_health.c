/* What a desk says of its channels: up, down and last worked are what the other side
 * said, and one bad address is not the channel. */
#include "tests/test.h"

#include <stdio.h>

#include "core/setting.h"
#include "tests/notify/scene.h"

static const char *
asked(struct scene *s, const char *column)
{
	char sql[120];

	(void)snprintf(sql, sizeof sql, "SELECT COALESCE(%s, 'never') FROM local_channel", column);
	return fixture_ask(s->f.path, sql);
}

TEST(what_never_asked_anybody_says_nothing_of_the_channel)
{
	struct scene s;

	scene_begin(&s);
	s.fake->room = 1;
	s.fake->verdict = SEND_UNREACHABLE;
	s.fake->reply = "connection refused";
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_STR(asked(&s, "state"), "down");
	/* The next that is tried has an address that nothing can be sent to. */
	s.fake->verdict = SEND_PERMANENT;
	s.fake->reply = "not an address";
	s.fake->alone = true;
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	scene_check(&s, "failed");
	CHECK_STR(asked(&s, "state"), "down");
	CHECK_STR(asked(&s, "last_ok_at"), "never");
	CHECK_STR(asked(&s, "reply"), "connection refused");
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT group_concat(kind, ' ') FROM event WHERE kind LIKE 'channel%'"),
		"channel_down");
	scene_end(&s);
}

TEST(a_no_is_an_answer_but_no_success)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	s.fake->reply = "500: try later";
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_STR(asked(&s, "state"), "up");
	CHECK_STR(asked(&s, "last_ok_at"), "never");
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK(strcmp(asked(&s, "last_ok_at"), "never") != 0);
	scene_end(&s);
}

TEST(a_place_that_hangs_among_many_stops_no_other)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_UNKNOWN;
	s.fake->reply = "timed out";
	s.fake->alone = true;
	scene_queue(&s);
	scene_rounds(&s);
	scene_check(&s, "unknown");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_channel"
		" WHERE state = 'down'"), "0");
	s.fake->verdict = SEND_HANDED_OVER;
	s.fake->alone = false;
	scene_queue(&s);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

/* One that alone is refused must not be the only one that is ever tried. */
TEST(each_probe_is_another_message)
{
	struct scene s;
	char first[UUID_SIZE];

	scene_begin(&s);
	s.fake->room = 1;
	s.fake->verdict = SEND_CHANNEL_FAULT;
	s.fake->reply = "301: points elsewhere";
	scene_queue(&s);
	memcpy(first, s.message, sizeof first);
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(s.fake->sent[0].id, first);
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	CHECK_STR(s.fake->sent[1].id, s.message);
	fixture_later(&s.f, 15000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 3);
	CHECK_STR(s.fake->sent[2].id, first);
	scene_end(&s);
}

#define HOUR 3600000

/* Old machines come up with yesterday's time, or the next year's, and are put right:
 * what was planned by the wrong clock must not wait for it. */
TEST(a_clock_put_back_keeps_no_message_waiting)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	fixture_later(&s.f, -5 * HOUR);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

TEST(an_engine_that_starts_after_the_clock_was_put_right_waits_for_no_wrong_time)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	deliver_free(s.deliver);
	fixture_later(&s.f, -5 * HOUR);
	s.deliver = scene_delivery(s.f.desk, s.fake);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

TEST(a_clock_put_back_keeps_no_channel_waiting)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_UNREACHABLE;
	scene_queue(&s);
	scene_rounds(&s);
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, -5 * HOUR);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

TEST(a_clock_put_back_keeps_no_limit_longer)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	CHECK_OK(setting_set(s.f.desk, "limit.mail.all", "1/1m", &err), err);
	CHECK_OK(setting_set(s.f.desk, "bundle_after", "0", &err), err);
	scene_queue(&s);
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	fixture_later(&s.f, -5 * HOUR);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_never_asked_anybody_says_nothing_of_the_channel),
		RUN(a_no_is_an_answer_but_no_success),
		RUN(a_place_that_hangs_among_many_stops_no_other),
		RUN(each_probe_is_another_message),
		RUN(a_clock_put_back_keeps_no_message_waiting),
		RUN(an_engine_that_starts_after_the_clock_was_put_right_waits_for_no_wrong_time),
		RUN(a_clock_put_back_keeps_no_channel_waiting),
		RUN(a_clock_put_back_keeps_no_limit_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
