/* A channel that is down is asked without a message, on its ladder: no message has to
 * fail for it, and what waited leaves as soon as it is there again. */
#include "tests/test.h"

#include <stdio.h>

#include "tests/notify/scene.h"

#define MINUTE 60000

static const char *
asked(struct scene *s, const char *sql)
{
	return fixture_ask(s->f.path, sql);
}

static const char *
health(struct scene *s)
{
	return asked(s, "SELECT state FROM local_channel WHERE name = 'mail'");
}

static const char *
attempts(struct scene *s)
{
	return asked(s, "SELECT count(*) FROM local_attempt");
}

/* The mail server is gone, as one message found out. */
static void
begin(struct scene *s)
{
	scene_begin(s);
	fake_can_probe(s->fake);
	s->fake->there = SEND_UNREACHABLE;
	s->fake->verdict = SEND_UNREACHABLE;
	s->fake->reply = "no route";
	scene_queue(s);
	scene_rounds(s);
	CHECK_STR(health(s), "down");
	CHECK_INT(s->fake->started, 1);
	CHECK_STR(attempts(s), "1");
}

TEST(a_probe_that_fails_is_no_try_of_a_message_and_comes_on_the_ladder)
{
	static const int64_t ladder[] = { 5, 15, 45, 120, 300, 600, 600 };
	struct scene s;

	begin(&s);
	/* This process had not asked yet: at once, for it may have been mended. */
	CHECK_INT(s.fake->probes, 0);
	for (size_t i = 0; i < sizeof ladder / sizeof *ladder; i++) {
		CHECK_INT(s.report.next_at, s.f.now + ladder[i] * 1000);
		fixture_later(&s.f, ladder[i] * 1000 - 1);
		scene_rounds(&s);
		CHECK_INT(s.fake->probes, i);
		fixture_later(&s.f, 1);
		scene_rounds(&s);
		CHECK_INT(s.fake->probes, i + 1);
	}
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(attempts(&s), "1");
	scene_check(&s, "queued");
	CHECK_STR(health(&s), "down");
	scene_end(&s);
}

TEST(what_waited_leaves_at_once_when_the_other_side_is_there_again)
{
	struct scene s;

	begin(&s);
	scene_queue(&s);
	scene_queue(&s);
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	s.fake->there = s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 15000);
	scene_rounds(&s);
	CHECK_INT(s.fake->probes, 2);
	CHECK_STR(health(&s), "up");
	CHECK_STR(asked(&s, "SELECT count(*) FROM message WHERE state = 'queued'"
		" AND channel = 'mail'"), "0");
	CHECK_STR(asked(&s, "SELECT count(*) FROM event WHERE kind = 'channel_up'"), "1");
	scene_end(&s);
}

TEST(that_it_works_again_is_seen_while_nothing_waits)
{
	struct scene s;

	begin(&s);
	CHECK_STR(asked(&s, "SELECT coalesce(last_ok_at, 0) FROM local_channel"), "0");
	fixture_sql(s.f.path, "DELETE FROM local_delivery");
	fixture_sql(s.f.path, "CREATE TABLE kept AS SELECT * FROM message;"
		"UPDATE message SET is_open = 0");
	s.fake->there = SEND_HANDED_OVER;
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	CHECK_STR(health(&s), "up");
	CHECK_INT(s.fake->started, 1);
	/* Nobody took a message: the age of the last success is not made younger. */
	CHECK_STR(asked(&s, "SELECT coalesce(last_ok_at, 0) FROM local_channel"), "0");
	fixture_sql(s.f.path, "UPDATE message SET is_open = 1 WHERE id IN"
		" (SELECT id FROM kept WHERE is_open = 1); DROP TABLE kept");
	scene_end(&s);
}

/* A server that greets and takes nothing: its state does not flap. */
TEST(a_probe_that_is_answered_calls_no_channel_up_that_takes_no_message)
{
	struct scene s;

	begin(&s);
	s.fake->there = SEND_HANDED_OVER;
	for (int i = 0; i < 6; i++) {
		fixture_later(&s.f, 10 * MINUTE);
		scene_rounds(&s);
		CHECK_STR(health(&s), "down");
	}
	CHECK(s.fake->started >= 6 && s.fake->started <= 8);
	CHECK_STR(asked(&s, "SELECT count(*) FROM event WHERE kind = 'channel_up'"), "0");
	CHECK_STR(asked(&s, "SELECT count(*) FROM event WHERE kind = 'channel_down'"), "1");
	scene_check(&s, "queued");
	scene_end(&s);
}

TEST(who_begins_anew_asks_a_channel_that_was_down_at_once_though_nothing_waits)
{
	struct scene s;

	begin(&s);
	deliver_free(s.deliver);
	fixture_later(&s.f, 2 * MINUTE); /* its lease is over */
	s.deliver = scene_delivery(s.f.desk, s.fake);
	s.fake->there = s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	CHECK_INT(s.fake->probes, 1);
	CHECK_STR(health(&s), "up");
	scene_check(&s, "handed_over");
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_probe_that_fails_is_no_try_of_a_message_and_comes_on_the_ladder),
		RUN(what_waited_leaves_at_once_when_the_other_side_is_there_again),
		RUN(that_it_works_again_is_seen_while_nothing_waits),
		RUN(a_probe_that_is_answered_calls_no_channel_up_that_takes_no_message),
		RUN(who_begins_anew_asks_a_channel_that_was_down_at_once_though_nothing_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
