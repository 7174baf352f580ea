/* The engine's modules: none stops another, none acts without the lease. */
#include "tests/test.h"

#include <stdio.h>

#include "core/change.h"
#include "core/note.h"
#include "serve/serve.h"
#include "tests/notify/scene.h"

/* What the two modules of the tests do. */
static struct {
	int good, bad;
	bool fails, asks, leaves_open, writes;
	int64_t next_in;
	char case_id[UUID_SIZE];
} play;

static bool
run_bad(struct serve *serve, int64_t *next_at, struct error *err)
{
	play.bad++;
	*next_at = desk_now(serve->desk) + 3600000;
	if (play.leaves_open) {
		CHECK(change_begin(serve->desk, err));
	}
	serve->asks = play.asks;
	return !play.fails || error_set(err, ERR_IO, "the roof is gone");
}

static bool
run_good(struct serve *serve, int64_t *next_at, struct error *err)
{
	play.good++;
	*next_at = desk_now(serve->desk) + play.next_in;
	return !play.writes || note_add(serve->desk, play.case_id,
		&(struct note_new){ .text = "máy ghi" }, err);
}

static const struct serve_module bad = { .name = "bad", .run = run_bad,
	.patience_ms = 600000 };
static const struct serve_module good = { .name = "good", .run = run_good,
	.patience_ms = 600000, .on_change = true };
static const struct serve_module *const table[] = { &module_deliver, &bad, &good, NULL };

static void
begin(struct scene *s, struct serve *serve)
{
	scene_begin(s);
	memset(&play, 0, sizeof play);
	play.next_in = 3600000;
	memcpy(play.case_id, s->case_id, UUID_SIZE);
	*serve = (struct serve){ .desk = s->f.desk, .deliver = s->deliver, .table = table };
}

static int64_t
turn(struct serve *serve, bool changed)
{
	int64_t next_at = 0;
	struct error err;

	CHECK_OK(modules_turn(serve, changed, &next_at, &err), err);
	return next_at;
}

TEST(a_module_that_fails_waits_on_the_ladder_and_the_others_work_on)
{
	static const int64_t ladder[] = { 5, 15, 45, 120, 300, 600, 600 };
	struct scene s;
	struct serve serve;

	begin(&s, &serve);
	play.fails = true;
	play.next_in = 1000;
	(void)turn(&serve, true);
	CHECK_INT(serve.modules[1].failed, 1);
	CHECK_STR(serve.modules[1].why, "the roof is gone");
	for (size_t i = 0; i < sizeof ladder / sizeof *ladder; i++) {
		int tried = play.bad;
		int worked = play.good;

		fixture_later(&s.f, ladder[i] * 1000 - 1);
		(void)turn(&serve, true);
		CHECK_INT(play.bad, tried);
		CHECK(play.good > worked);
		fixture_later(&s.f, 1);
		(void)turn(&serve, false);
		CHECK_INT(play.bad, tried + 1);
	}
	play.fails = false;
	fixture_later(&s.f, 600000);
	(void)turn(&serve, false);
	CHECK_INT(serve.modules[1].failed, 0);
	CHECK_INT(serve.modules[1].failures, 8);
	CHECK_STR(serve.modules[1].why, "");
	CHECK_INT(serve.modules[2].failures, 0);
	scene_end(&s);
}

/* To have asked again is no success: a mailbox that never answers would else be asked
 * every five seconds for ever, and called well between two failures. */
TEST(a_module_that_only_asks_again_does_not_work_again)
{
	struct scene s;
	struct serve serve;

	begin(&s, &serve);
	for (int round = 1; round <= 3; round++) {
		play.fails = true;
		play.asks = false;
		(void)turn(&serve, false);
		CHECK_INT(serve.modules[1].failed, round);
		CHECK_INT(serve.modules[1].next_at - s.f.now, round == 1 ? 5000
			: round == 2 ? 15000 : 45000);
		fixture_later(&s.f, 45000);
		play.fails = false;
		play.asks = true;
		(void)turn(&serve, false);
		CHECK_INT(serve.modules[1].failed, round);
		CHECK_STR(serve.modules[1].why, "the roof is gone");
		serve.modules[1].ready = true; /* the answer is there: it is heard at once */
	}
	play.asks = false;
	(void)turn(&serve, false);
	CHECK_INT(serve.modules[1].failed, 0);
	CHECK_STR(serve.modules[1].why, "");
	scene_end(&s);
}

TEST(a_change_that_a_module_leaves_open_is_rolled_back_before_the_next)
{
	struct scene s;
	struct serve serve;

	begin(&s, &serve);
	play.leaves_open = true;
	play.writes = true;
	(void)turn(&serve, true);
	CHECK_INT(play.good, 1);
	CHECK_INT(serve.modules[2].failures, 0);
	CHECK(!db_in_transaction(desk_db(s.f.desk)));
	scene_end(&s);
}

TEST(it_wakes_for_what_is_due_next_and_for_each_at_least_once_a_minute)
{
	struct scene s;
	struct serve serve;

	begin(&s, &serve);
	play.next_in = 7000;
	CHECK_INT(turn(&serve, false), s.f.now + 7000);
	CHECK_INT(play.good, 1);
	fixture_later(&s.f, 6999);
	(void)turn(&serve, false);
	CHECK_INT(play.good, 1);
	(void)turn(&serve, true);
	CHECK_INT(play.good, 2);
	CHECK_INT(play.bad, 1);
	fixture_later(&s.f, 53001);
	(void)turn(&serve, false);
	CHECK_INT(play.bad, 2);
	scene_end(&s);
}

TEST(a_clock_set_back_or_forward_keeps_no_module_asleep)
{
	struct scene s;
	struct serve serve;

	begin(&s, &serve);
	(void)turn(&serve, false);
	fixture_later(&s.f, -3600000);
	(void)turn(&serve, false);
	CHECK_INT(play.good, 2);
	CHECK(serve.report.leads);
	CHECK(turn(&serve, false) <= s.f.now + 60000);
	CHECK_INT(play.good, 2);
	fixture_later(&s.f, 86400000);
	(void)turn(&serve, false);
	CHECK_INT(play.good, 3);
	CHECK(serve.report.leads);
	scene_end(&s);
}

TEST(who_stands_by_runs_nothing_but_the_question_for_the_lease)
{
	struct scene s;
	struct serve first;
	struct serve second;
	struct fake *fake = fake_new();
	struct desk *other;

	begin(&s, &first);
	(void)turn(&first, true);
	other = fixture_open(&s.f, NULL);
	second = (struct serve){ .desk = other, .table = table,
		.deliver = scene_delivery(other, fake) };
	CHECK_INT(turn(&second, true), s.f.now + 2000);
	CHECK(!second.report.leads);
	CHECK_INT(play.good, 1);
	fixture_later(&s.f, 60001); /* the first sleeps past its lease */
	(void)turn(&second, true);
	CHECK(second.report.leads);
	CHECK_INT(play.good, 2);
	deliver_free(second.deliver);
	fake_free(fake);
	desk_close(other);
	scene_end(&s);
}

TEST(a_clock_put_back_an_hour_gives_a_dead_engine_no_hour_more)
{
	struct scene s;
	struct serve first;
	struct serve second;
	struct fake *fake = fake_new();
	struct desk *other;

	begin(&s, &first);
	(void)turn(&first, true); /* and is never heard of again */
	other = fixture_open(&s.f, NULL);
	second = (struct serve){ .desk = other, .table = table,
		.deliver = scene_delivery(other, fake) };
	(void)turn(&second, true);
	CHECK(!second.report.leads);
	fixture_later(&s.f, -3540000);
	(void)turn(&second, true);
	CHECK(!second.report.leads); /* within what a lease may be */
	fixture_later(&s.f, -2000);
	(void)turn(&second, true);
	CHECK(second.report.leads);
	deliver_free(second.deliver);
	fake_free(fake);
	desk_close(other);
	scene_end(&s);
}

/* As by SIGSTOP between the question for the lease and the module's turn. */
static struct {
	struct scene *scene;
	struct serve *second;
} sleeps;

static bool
run_sleeper(struct serve *serve, int64_t *next_at, struct error *err)
{
	if (sleeps.second != NULL) {
		struct serve *second = sleeps.second;

		sleeps.second = NULL;
		fixture_later(&sleeps.scene->f, 60001);
		(void)turn(second, true);
		CHECK(second->report.leads);
	}
	return run_good(serve, next_at, err);
}

TEST(an_engine_stopped_past_its_lease_writes_nothing_where_it_stood)
{
	static const struct serve_module sleeper = { .name = "sleeper", .run = run_sleeper,
		.patience_ms = 600000, .on_change = true };
	static const struct serve_module *const sleepers[] = { &module_deliver, &sleeper, NULL };
	struct scene s;
	struct serve first;
	struct serve second;
	struct fake *fake = fake_new();
	struct desk *other;

	begin(&s, &first);
	play.writes = true;
	other = fixture_open(&s.f, NULL);
	second = (struct serve){ .desk = other, .table = table,
		.deliver = scene_delivery(other, fake) };
	first.table = sleepers;
	sleeps.scene = &s;
	sleeps.second = &second;
	(void)turn(&first, true);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM event WHERE kind = 'note_added'"),
		"1"); /* the second's */
	CHECK_INT(first.modules[1].failed, 1);
	CHECK_STR(first.modules[1].why, "another engine leads by now");
	fixture_later(&s.f, 3000);
	(void)turn(&first, true);
	CHECK(!first.report.leads);
	deliver_free(second.deliver);
	fake_free(fake);
	desk_close(other);
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_module_that_fails_waits_on_the_ladder_and_the_others_work_on),
		RUN(a_module_that_only_asks_again_does_not_work_again),
		RUN(a_change_that_a_module_leaves_open_is_rolled_back_before_the_next),
		RUN(it_wakes_for_what_is_due_next_and_for_each_at_least_once_a_minute),
		RUN(a_clock_set_back_or_forward_keeps_no_module_asleep),
		RUN(who_stands_by_runs_nothing_but_the_question_for_the_lease),
		RUN(a_clock_put_back_an_hour_gives_a_dead_engine_no_hour_more),
		RUN(an_engine_stopped_past_its_lease_writes_nothing_where_it_stood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
