/* What people decide about a run: more time, back, stand still, go on. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include "playbooks/run_private.h"
#include "playbooks/run_steer.h"

#define TIMED(name, next) \
	ACTION_WITH(name, "\"timeout\":600000,\"on_completion\":\"" next "\"")
#define ONE PLAN("", START("@action1") "," TIMED("@action1", "@action2") "," \
	ACTION("@action2", "@end1") "," END("@end1"))
#define TWO_BRANCHES PLAN("", START("@parallel1") "," \
	PARALLEL("@action1", "@action3", "\"on_completion\":\"@action4\"") "," \
	ACTION("@action1", "@action2") "," ACTION("@action2", "@end1") "," END("@end1") \
	"," ACTION("@action3", "@end2") "," END("@end2") "," \
	ACTION("@action4", "@end3") "," END("@end3"))

static struct player p;

/* The run goes on as it would be loaded again. */
static void
take(struct json *effects)
{
	assert_non_null(effects);
	go_on_from_rows(&p, effects);
}

static void
extend(const char *step, int64_t minutes)
{
	struct json *effects = NULL;
	struct error err;

	CHECK_OK(run_extend(&effects, p.run, newest(&p, step)->id, minutes, &p.context,
		&err), err);
	take(effects);
}

static void
back(const char *step)
{
	struct json *effects = NULL;
	struct error err;

	CHECK_OK(run_back(&effects, p.run, newest(&p, step)->id, "wrong cable",
		&p.context, &err), err);
	take(effects);
}

static enum error_code
not_back(const char *step, const char *reason)
{
	struct json *effects = NULL;
	struct error err = ERROR_INIT;

	CHECK(!run_back(&effects, p.run, newest(&p, step)->id, reason, &p.context, &err));
	CHECK(effects == NULL);
	return err.code;
}

TEST(more_time_counts_from_the_limit_and_from_now_where_it_has_passed)
{
	play(&p, ONE);
	CHECK_INT(newest(&p, "@action1")->due_at - p.context.now, 10 * MINUTE);
	extend("@action1", 5);
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 15 * MINUTE);
	CHECK_INT(newest(&p, "@action1")->extended, 5 * MINUTE);
	p.context.now = T0 + 60 * MINUTE;
	extend("@action1", 5);
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 65 * MINUTE);
	CHECK_INT(newest(&p, "@action1")->extended, 55 * MINUTE);
	play_end(&p);
}

TEST(what_has_no_limit_and_what_has_ended_is_not_extended)
{
	struct json *effects = NULL;
	struct error err;

	play(&p, ONE);
	CHECK_ERR(run_extend(&effects, p.run, newest(&p, "@action1")->id, 0, &p.context,
		&err), err, ERR_BAD_INPUT);
	CHECK_ERR(run_extend(&effects, p.run, newest(&p, "@action1")->id,
		EXTEND_MOST_MINUTES + 1, &p.context, &err), err, ERR_BAD_INPUT);
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_ERR(run_extend(&effects, p.run, newest(&p, "@action1")->id, 5, &p.context,
		&err), err, ERR_REFUSED);
	CHECK_ERR(run_extend(&effects, p.run, newest(&p, "@action2")->id, 5, &p.context,
		&err), err, ERR_REFUSED);
	CHECK_ERR(run_extend(&effects, p.run, "none", 5, &p.context, &err), err,
		ERR_NOT_FOUND);
	play_end(&p);
}

TEST(going_back_opens_a_new_instance_and_aborts_what_was_open)
{
	play(&p, ONE);
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action2");
	back("@action1");
	CHECK_STR(open_steps(&p), "action1");
	CHECK_INT(executions(&p, "@action1"), 2);
	CHECK_INT(newest(&p, "@action1")->round, 2);
	CHECK_INT(newest(&p, "@action2")->state, INSTANCE_ABORTED);
	CHECK_STR(newest(&p, "@action2")->note, "wrong cable");
	act(&p, "@action1", RUN_DONE, NULL);
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(going_back_in_one_branch_leaves_the_other_alone)
{
	play(&p, TWO_BRANCHES);
	act(&p, "@action1", RUN_DONE, NULL);
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action3");
	/* Its branch had ended: it is open again, the join waits for both. */
	back("@action2");
	CHECK_STR(open_steps(&p), "action3 action2");
	act(&p, "@action3", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action2");
	back("@action1");
	CHECK_STR(open_steps(&p), "action1");
	act(&p, "@action1", RUN_DONE, NULL);
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action4");
	play_end(&p);
}

TEST(going_back_into_what_was_joined_opens_it_again)
{
	play(&p, TWO_BRANCHES);
	act(&p, "@action1", RUN_DONE, NULL);
	act(&p, "@action2", RUN_DONE, NULL);
	act(&p, "@action3", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action4");
	back("@action3");
	CHECK_STR(open_steps(&p), "action3");
	CHECK_INT(newest(&p, "@action4")->state, INSTANCE_ABORTED);
	act(&p, "@action3", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action4");
	CHECK_INT(executions(&p, "@action4"), 2);
	act(&p, "@action4", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(a_run_goes_back_for_a_reason_to_a_step_that_has_ended)
{
	play(&p, ONE);
	CHECK_INT(not_back("@action1", "x"), ERR_REFUSED); /* open already */
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_INT(not_back("@action1", ""), ERR_REFUSED);
	CHECK_INT(not_back("@action1", NULL), ERR_REFUSED);
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_INT(not_back("@action1", "x"), ERR_REFUSED); /* the run has ended */
	play_end(&p);
	play(&p, TWO_BRANCHES);
	CHECK_INT(not_back("@parallel1", "x"), ERR_BAD_INPUT);
	play_end(&p);
}

TEST(a_pause_stops_the_limits_and_going_on_moves_them)
{
	play(&p, ONE);
	p.context.now = T0 + 4 * MINUTE;
	take(run_pause(p.run, &p.context));
	CHECK(newest(&p, "@action1")->due_at == RUN_NO_DUE);
	p.context.now = T0 + 64 * MINUTE;
	take(run_resume(p.run, T0 + 4 * MINUTE, &p.context));
	/* Six of its ten minutes were left. */
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 70 * MINUTE);
	CHECK_INT(newest(&p, "@action1")->extended, 60 * MINUTE);
	extend("@action1", 5);
	take(run_pause(p.run, &p.context));
	p.context.now += 10 * MINUTE;
	take(run_resume(p.run, p.context.now - 10 * MINUTE, &p.context));
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 85 * MINUTE);
	play_end(&p);
}

TEST(a_battery_does_not_wait_for_a_pause)
{
	struct json *effects = NULL;
	struct error err;

	play(&p, PLAN(VARIABLE("__left__", "integer"), START("@action1") ","
		ACTION_WITH("@action1", "\"timeout\":60000,\"on_completion\":\"@end1\","
			"\"step_extensions\":{\"" SUCO_EXTENSION "\":{\"n\":1,"
			"\"countdown\":\"__left__\"}}") "," END("@end1")));
	CHECK_OK(run_read(&effects, p.run, "__left__", "45", &p.context, &err), err);
	take(effects);
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 44 * MINUTE);
	CHECK_ERR(run_extend(&effects, p.run, newest(&p, "@action1")->id, 5, &p.context,
		&err), err, ERR_REFUSED);
	take(run_pause(p.run, &p.context));
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 44 * MINUTE);
	p.context.now += 10 * MINUTE;
	take(run_resume(p.run, T0, &p.context));
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 44 * MINUTE);
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(more_time_counts_from_the_limit_and_from_now_where_it_has_passed),
		RUN(what_has_no_limit_and_what_has_ended_is_not_extended),
		RUN(going_back_opens_a_new_instance_and_aborts_what_was_open),
		RUN(going_back_in_one_branch_leaves_the_other_alone),
		RUN(going_back_into_what_was_joined_opens_it_again),
		RUN(a_run_goes_back_for_a_reason_to_a_step_that_has_ended),
		RUN(a_pause_stops_the_limits_and_going_on_moves_them),
		RUN(a_battery_does_not_wait_for_a_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
