/* Engines that sleep, die and share a desk; channels that are down for long. */
#include "tests/test.h"

#include "tests/notify/scene.h"

TEST(while_a_channel_is_down_one_probe_is_tried_and_no_message)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_UNREACHABLE;
	s.fake->reply = "connection refused";
	s.fake->room = 1;
	for (int i = 0; i < 40; i++) {
		scene_queue(&s);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	scene_check(&s, "queued");
	CHECK_STR(fixture_ask(s.f.path, "SELECT state FROM local_channel"), "down");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "0");
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	CHECK_INT(s.report.next_at, s.f.now + 15000);
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 15000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 42);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'handed_over'"), "40");
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT group_concat(kind, ' ') FROM event WHERE kind LIKE 'channel%'"),
		"channel_down channel_up");
	scene_end(&s);
}

TEST(a_second_engine_waits_and_says_who_leads)
{
	struct scene s;
	struct desk *other;
	struct fake *fake = fake_new();
	struct deliver *d;
	struct deliver_report report = { 0 };
	struct error err;

	scene_begin(&s);
	scene_rounds(&s);
	other = fixture_open(&s.f, NULL);
	d = scene_delivery(other, fake);
	scene_queue(&s);
	CHECK_OK(deliver_round(d, &report, &err), err);
	CHECK(!report.leads);
	CHECK(strstr(report.other, "test on ") == report.other);
	CHECK_INT(fake->started, 0);
	CHECK_OK(deliver_stop(s.deliver, &s.report, &err), err);
	CHECK_OK(deliver_round(d, &report, &err), err);
	CHECK(report.leads);
	CHECK_INT(fake->started, 1);
	CHECK_OK(deliver_stop(d, &report, &err), err);
	deliver_free(d);
	fake_free(fake);
	desk_close(other);
	scene_end(&s);
}

TEST(an_engine_that_slept_past_its_lease_loses_nothing_and_doubles_only_by_id)
{
	struct scene s;
	struct desk *other;
	struct fake *fake = fake_new();
	struct deliver *d;
	struct deliver_report report = { 0 };
	struct error err;

	scene_begin(&s);
	s.fake->silent = true;
	s.fake->room = 1;
	scene_queue(&s);
	scene_queue(&s);
	scene_rounds(&s); /* one begun without an answer, one claimed and waiting */
	CHECK_INT(s.fake->started, 1);
	fixture_later(&s.f, 61000);
	other = fixture_open(&s.f, NULL);
	d = scene_delivery(other, fake);
	for (int i = 0; i < 20; i++) {
		CHECK_OK(deliver_round(d, &report, &err), err);
	}
	CHECK_INT(fake->started, 2);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'handed_over'"), "2");
	/* The sleeper wakes: its answer comes, its waiting claim is not begun. */
	s.fake->room = 8;
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	scene_rounds(&s);
	CHECK(!s.report.leads);
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(s.fake->sent[0].message_id, fake->sent[0].message_id);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind = 'message_handed_over'"), "2");
	CHECK_OK(deliver_stop(d, &report, &err), err);
	deliver_free(d);
	fake_free(fake);
	desk_close(other);
	scene_end(&s);
}

/* A machine that slept, a clock put on: nobody else led meanwhile. */
TEST(an_engine_alone_that_slept_past_its_lease_goes_on_with_what_it_had_claimed)
{
	struct scene s;

	scene_begin(&s);
	s.fake->silent = true;
	s.fake->room = 2;
	for (int i = 0; i < 30; i++) {
		scene_queue_quick(&s, i == 29);
	}
	scene_rounds(&s); /* two begun without an answer, the others claimed and waiting */
	CHECK_INT(s.fake->started, 2);
	fixture_later(&s.f, 3600000);
	scene_round(&s);
	CHECK(s.report.leads);
	CHECK_INT(s.fake->started, 2);
	s.fake->silent = false;
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	scene_rounds(&s);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "0");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message"
		" WHERE state <> 'handed_over'"), "0");
	/* What was not begun was not sent: nobody has to doubt it. */
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind = 'message_unknown'"), "0");
	CHECK_INT(s.fake->started, 30);
	scene_end(&s);
}

/* Another led meanwhile, and died before it came to these. */
TEST(claims_of_ones_own_from_before_another_led_are_sent_again)
{
	struct scene s;
	struct desk *other;
	struct lease lease = { .name = LEASE_ENGINE, .holder = "another" };
	struct error err;
	char leader[LEASE_HOLDER_SIZE];
	bool leads = false;

	scene_begin(&s);
	s.fake->silent = true;
	s.fake->room = 1;
	scene_queue(&s);
	scene_queue(&s);
	scene_rounds(&s);
	fixture_later(&s.f, 61000);
	other = fixture_open(&s.f, NULL);
	CHECK_OK(lease_take(other, &lease, 60000, &leads, leader, &err), err);
	CHECK(leads);
	scene_round(&s);
	CHECK(!s.report.leads);
	s.fake->silent = false;
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	fixture_later(&s.f, 61000);
	scene_rounds(&s);
	scene_rounds(&s);
	CHECK(s.report.leads);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "0");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message"
		" WHERE state <> 'handed_over'"), "0");
	CHECK_INT(s.fake->started, 2);
	desk_close(other);
	scene_end(&s);
}

TEST(claims_of_an_engine_that_died_become_unknown_and_are_sent_again)
{
	struct scene s;

	scene_begin(&s);
	s.fake->silent = true;
	scene_queue(&s);
	scene_rounds(&s);
	deliver_free(s.deliver); /* as by kill -9: nothing is given back */
	s.fake->silent = false;
	s.fake->sent[0].ended = true;
	s.deliver = scene_delivery(s.f.desk, s.fake);
	scene_rounds(&s);
	CHECK(!s.report.leads);
	scene_check(&s, "queued");
	fixture_later(&s.f, 60001);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK_INT(s.fake->started, 2);
	CHECK_STR(s.fake->sent[0].message_id, s.fake->sent[1].message_id);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT group_concat(kind, ' ') FROM event WHERE kind LIKE 'message%'"),
		"message_queued message_rendered message_unknown message_handed_over");
	scene_end(&s);
}

TEST(a_channel_that_cannot_be_opened_is_shown_as_down_when_something_waits)
{
	struct scene s;
	struct deliver *d;

	scene_begin(&s);
	d = s.deliver;
	s.deliver = deliver_new(s.f.desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test", .random = scene_random });
	deliver_free(d);
	deliver_add(s.deliver, "mail", NULL, "no mail server is set");
	scene_rounds(&s);
	CHECK(!s.report.unopened);
	scene_queue(&s);
	scene_rounds(&s);
	CHECK(s.report.unopened);
	scene_check(&s, "queued");
	CHECK_STR(fixture_ask(s.f.path, "SELECT reply FROM local_channel"),
		"no mail server is set");
	scene_end(&s);
}

/* TARGETS E4: an hour's outage with 10,000 waiting. */
TEST(after_an_hours_outage_ten_thousand_messages_go_each_once)
{
	struct scene s;
	int probes;

	scene_begin(&s);
	s.fake->verdict = SEND_UNREACHABLE;
	s.fake->reply = "no route to host";
	for (int i = 0; i < 10000; i++) {
		scene_queue_quick(&s, i % 100 == 99 || i == 0);
	}
	for (int second = 0; second < 3600; second += 5) {
		struct error err = ERROR_INIT;

		CHECK_OK(deliver_round(s.deliver, &s.report, &err), err);
		fixture_later(&s.f, 5000);
	}
	probes = s.fake->started;
	CHECK(probes >= 8 && probes <= 14); /* 5 s, 15, 45, 2 min, 5 min, 10 min ... */
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'queued'"), "10000");
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 600000);
	for (int i = 0; i < 20; i++) {
		scene_rounds(&s);
	}
	CHECK_INT(s.fake->started, probes + 10000);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'handed_over'"), "10000");
	CHECK_STR(fixture_ask(s.f.path, "SELECT group_concat(kind, ' ') FROM event"
		" WHERE kind LIKE 'channel%'"), "channel_down channel_up");
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(while_a_channel_is_down_one_probe_is_tried_and_no_message),
		RUN(a_second_engine_waits_and_says_who_leads),
		RUN(an_engine_that_slept_past_its_lease_loses_nothing_and_doubles_only_by_id),
		RUN(an_engine_alone_that_slept_past_its_lease_goes_on_with_what_it_had_claimed),
		RUN(claims_of_ones_own_from_before_another_led_are_sent_again),
		RUN(claims_of_an_engine_that_died_become_unknown_and_are_sent_again),
		RUN(a_channel_that_cannot_be_opened_is_shown_as_down_when_something_waits),
		RUN(after_an_hours_outage_ten_thousand_messages_go_each_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
