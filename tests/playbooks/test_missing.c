/* Steps that a plan of others names and does not have: it is taken with a finding,
 * and whoever comes to such a place is told so and decides. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <string.h>

static const char elsewhere[] = "@action99";

static void
fails_there(struct player *p)
{
	const struct instance *hole = newest(p, elsewhere);

	assert_non_null(hole);
	CHECK(instance_undecided(hole));
	CHECK(strstr(hole->note, "not in it") != NULL);
}

TEST(what_comes_next_is_not_there)
{
	struct player p;

	play(&p, PLAN("", START("@action1") "," ACTION("@action1", "@action99") ","
		END("@end1")));
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK(run_is_open(p.run));
	fails_there(&p);
	act(&p, elsewhere, RUN_SKIP, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(a_branch_that_is_not_there_is_no_branch_left_out)
{
	struct player p;

	play(&p, PLAN(VARIABLE_IS("__x__", "integer", "1"), START("@if-condition1") ","
		IF("__x__:value = 1", "@action99", "\"on_completion\":\"@action2\"") ","
		ACTION("@action2", "@end1") "," END("@end1")));
	CHECK_STR(open_steps(&p), "action99");
	fails_there(&p);
	act(&p, elsewhere, RUN_SKIP, NULL);
	CHECK_STR(open_steps(&p), "action2");
	play_end(&p);
}

TEST(the_other_branch_of_a_parallel_step_goes_on)
{
	struct player p;

	play(&p, PLAN("", START("@parallel1") ","
		PARALLEL("@action99", "@action1", "\"on_completion\":\"@action2\"") ","
		ACTION("@action1", "@end1") "," END("@end1") ","
		ACTION("@action2", "@end2") "," END("@end2")));
	CHECK_STR(open_steps(&p), "action99 action1");
	act(&p, "@action1", RUN_DONE, NULL);
	fails_there(&p);
	act(&p, elsewhere, RUN_SKIP, NULL);
	CHECK_STR(open_steps(&p), "action2");
	play_end(&p);
}

TEST(a_case_that_is_not_there_does_not_become_the_default)
{
	struct player p;

	play(&p, PLAN(VARIABLE_IS("__x__", "string", "a"), START("@switch-condition1") ","
		"\"@switch-condition1\":{\"type\":\"switch-condition\",\"switch\":"
		"\"__x__:value\",\"cases\":{\"a\":\"@action99\",\"default\":\"@action1\"},"
		"\"on_completion\":\"@end1\"}," ACTION("@action1", "@end2") ","
		END("@end1") "," END("@end2")));
	CHECK_STR(open_steps(&p), "action99");
	fails_there(&p);
	play_end(&p);
}

TEST(an_exception_that_says_how_to_go_on_is_taken)
{
	struct player p;

	play(&p, PLAN_WITH("\"workflow_exception\":\"@action2\",", "",
		START("@action1") "," ACTION("@action1", "@action99") ","
		ACTION("@action2", "@end1") "," END("@end1")));
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action2");
	CHECK_STR(instance_state_word(newest(&p, elsewhere)->state), "failed");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "failed");
	play_end(&p);
}

TEST(an_exception_that_is_not_there_leaves_the_decision_to_the_operator)
{
	struct player p;

	play(&p, PLAN_WITH("\"workflow_exception\":\"@action99\",", "",
		START("@action1") "," ACTION("@action1", "@end1") "," END("@end1")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action1");
	CHECK(instance_undecided(newest(&p, "@action1")));
	play_end(&p);
}

TEST(a_plan_that_names_no_start_step_begins_where_it_says_and_ends_without_an_end)
{
	struct player p;
	char *text = expand("{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","
		"\"id\":\"@playbook1\",\"name\":\"test\",\"created_by\":\"@identity1\","
		"\"created\":\"2026-01-05T08:00:00.000Z\","
		"\"modified\":\"2026-01-05T08:00:00.000Z\",\"workflow_start\":\"@action1\","
		"\"workflow\":{" ACTION_WITH("@action1", "\"description\":\"d\"") "}}");

	play(&p, text);
	free(text);
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_comes_next_is_not_there),
		RUN(a_branch_that_is_not_there_is_no_branch_left_out),
		RUN(the_other_branch_of_a_parallel_step_goes_on),
		RUN(a_case_that_is_not_there_does_not_become_the_default),
		RUN(an_exception_that_says_how_to_go_on_is_taken),
		RUN(an_exception_that_is_not_there_leaves_the_decision_to_the_operator),
		RUN(a_plan_that_names_no_start_step_begins_where_it_says_and_ends_without_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
