/* The rules of cacao.md 2, one test a rule. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <stdio.h>

#include "playbooks/run_private.h"

static struct player p;

TEST(rule_1_and_2_a_run_begins_at_its_start_and_goes_on)
{
	play(&p, PLAN("", START("@action1") "," ACTION("@action1", "@action2") ","
		ACTION("@action2", "@end1") "," END("@end1")));
	CHECK_STR(open_steps(&p), "action1");
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action2");
	CHECK(run_is_open(p.run));
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(rule_4_a_step_is_done_failed_or_not_applicable_for_a_reason)
{
	struct json *effects = NULL;
	struct run_input bare = { .note = "" };
	struct error err = ERROR_INIT;

	play(&p, PLAN("", START("@action1") "," ACTION("@action1", "@action2") ","
		ACTION("@action2", "@end1") "," END("@end1")));
	CHECK_ERR(run_act(&effects, p.run, newest(&p, "@action1")->id, RUN_SKIP,
		&bare, &p.context, &err), err, ERR_REFUSED);
	act(&p, "@action1", RUN_SKIP, NULL);
	CHECK_INT(newest(&p, "@action1")->state, INSTANCE_SKIPPED);
	CHECK_STR(open_steps(&p), "action2");
	act(&p, "@action2", RUN_START, NULL);
	CHECK_INT(newest(&p, "@action2")->state, INSTANCE_STARTED);
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(a_step_that_somebody_else_ended_is_a_conflict_and_ones_own_is_nothing)
{
	play(&p, PLAN("", START("@action1") "," ACTION("@action1", "@action2") ","
		ACTION("@action2", "@end1") "," END("@end1")));
	act(&p, "@action1", RUN_DONE, NULL);
	int before = run_instance_count(p.run);
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_INT(run_instance_count(p.run), before);
	p.context.by = "binh";
	CHECK(strstr(refused(&p, "@action1", RUN_DONE, NULL), "an") != NULL);
	play_end(&p);
}

TEST(rule_5_on_failure_is_taken)
{
	play(&p, PLAN("", START("@action1") "," ACTION_WITH("@action1",
		"\"on_success\":\"@end1\",\"on_failure\":\"@action2\"") ","
		ACTION("@action2", "@end2") "," END("@end1") "," END("@end2")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action2");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(rule_5_without_a_word_on_failure_the_operator_decides)
{
	play(&p, PLAN("", START("@action1") "," ACTION("@action1", "@action2") ","
		ACTION("@action2", "@end1") "," END("@end1")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action1");
	CHECK(instance_undecided(newest(&p, "@action1")));
	CHECK(strstr(refused(&p, "@action1", RUN_DONE, NULL), "skip") != NULL);
	act(&p, "@action1", RUN_START, NULL);
	CHECK_INT(executions(&p, "@action1"), 2);
	CHECK_INT(newest(&p, "@action1")->round, 2);
	act(&p, "@action1", RUN_FAILED, NULL);
	act(&p, "@action1", RUN_SKIP, NULL);
	CHECK_INT(newest(&p, "@action1")->state, INSTANCE_FAILED);
	CHECK_STR(open_steps(&p), "action2");
	play_end(&p);
}

TEST(rule_5_on_success_alone_stops_the_run_as_failed)
{
	play(&p, PLAN("", START("@action1") "," ACTION_WITH("@action1",
		"\"on_success\":\"@end1\"") "," END("@end1")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(run_state(p.run), "failed");
	play_end(&p);
}

TEST(rule_5_a_failed_branch_is_caught_by_the_step_that_opened_it)
{
	play(&p, PLAN(VARIABLE_IS("__a__", "bool", "true"), START("@if-condition1")
		",\"@if-condition1\":{\"type\":\"if-condition\",\"condition\":"
		"\"__a__:value = 'true'\",\"on_true\":\"@action1\","
		"\"on_success\":\"@end9\",\"on_failure\":\"@action2\"},"
		ACTION("@action1", "@end1") "," END("@end1") ","
		ACTION("@action2", "@end9") "," END("@end9")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action2");
	play_end(&p);
}

#define LIMITED "\"timeout\":600000,\"on_completion\":\"@end1\""

TEST(rule_6_a_limit_is_an_alarm_and_closes_nothing)
{
	int count = 0;

	play(&p, PLAN("", START("@action1") "," ACTION_WITH("@action1", LIMITED)
		"," END("@end1")));
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 10 * MINUTE);
	struct step_line *lines = steps_of(p.playbook, p.run, T0 + 11 * MINUTE,
		&count);
	CHECK_INT(count, 1);
	CHECK(lines[0].late);
	CHECK_STR(lines[0].state, "open");
	free(lines);
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(rule_7_a_delay_in_milliseconds_comes_before_the_limit)
{
	int count = 0;

	play(&p, PLAN("", START("@action1") "," ACTION_WITH("@action1",
		"\"delay\":600000," LIMITED) "," END("@end1")));
	const struct instance *instance = newest(&p, "@action1");
	CHECK_INT(instance->starts_at, T0 + 10 * MINUTE);
	CHECK_INT(instance->due_at, T0 + 20 * MINUTE);
	struct step_line *lines = steps_of(p.playbook, p.run, T0, &count);
	CHECK_STR(lines[0].state, "waiting");
	free(lines);
	lines = steps_of(p.playbook, p.run, T0 + 10 * MINUTE, &count);
	CHECK_STR(lines[0].state, "open");
	free(lines);
	act(&p, "@action1", RUN_DONE, NULL); /* a person may be early */
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(rule_8_and_9_a_parallel_step_waits_for_every_branch)
{
	play(&p, PLAN("", START("@parallel1") "," PARALLEL("@action1", "@action2",
		"\"on_completion\":\"@action3\"") "," ACTION("@action1", "@end1") ","
		END("@end1") "," ACTION("@action2", "@end2") "," END("@end2") ","
		ACTION("@action3", "@end3") "," END("@end3")));
	CHECK_STR(open_steps(&p), "action1 action2");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action1");
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action3");
	act(&p, "@action3", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(rule_9_a_failed_branch_fails_the_join_after_the_others_end)
{
	play(&p, PLAN("", START("@parallel1") "," PARALLEL("@action1", "@action2",
		"\"on_success\":\"@end3\",\"on_failure\":\"@action4\"") ","
		ACTION("@action1", "@end1") "," END("@end1") ","
		ACTION("@action2", "@end2") "," END("@end2") "," END("@end3") ","
		ACTION("@action4", "@end3")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action2");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action4");
	play_end(&p);
}

#define ASK(name, variable, next) ACTION_WITH(name, \
	"\"out_args\":[\"" variable "\"],\"on_completion\":\"" next "\"")
/* Both branches write one variable: the last by time counts, both are kept. */
TEST(rule_10_of_two_writers_the_last_counts_and_both_are_logged)
{
	struct run_value is;

	play(&p, PLAN(VARIABLE("__x__", "string"), START("@parallel1") ","
		PARALLEL("@action1", "@action2", "\"on_completion\":\"@end3\"") ","
		ACTION_WITH("@action1", "\"out_args\":[\"__x__\"],\"on_completion\":\"@end1\"") ","
		END("@end1") ","
		ACTION_WITH("@action2", "\"out_args\":[\"__x__\"],\"on_completion\":\"@end2\"") ","
		END("@end2") "," END("@end3")));
	act(&p, "@action2", RUN_DONE, "{\"__x__\":\"second\"}");
	p.context.now += MINUTE;
	act(&p, "@action1", RUN_DONE, "{\"__x__\":\"first\"}");
	CHECK(run_variable(&is, p.run, NULL, "__x__"));
	CHECK_STR(is.value, "first");
	CHECK_INT(is.set_at, T0 + MINUTE);
	CHECK_INT(p.run->value_count, 2);
	play_end(&p);
}

TEST(rule_11_a_condition_takes_its_branch_and_comes_back)
{
	static const char plan[] = PLAN(VARIABLE("__m__", "integer"),
		START("@action1") "," ASK("@action1", "__m__", "@if-condition1") ","
		IF("__m__:value <= 30", "@action2", "\"on_completion\":\"@action3\"")
		"," ACTION("@action2", "@end2") "," END("@end2") ","
		ACTION("@action3", "@end3") "," END("@end3"));

	play(&p, plan);
	act(&p, "@action1", RUN_DONE, "{\"__m__\":\"9\"}");
	CHECK_STR(open_steps(&p), "action2");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action3");
	play_end(&p);
	play(&p, plan);
	act(&p, "@action1", RUN_DONE, "{\"m\":\"100\"}");
	CHECK_STR(open_steps(&p), "action3");
	play_end(&p);
}

#define WHILE_PLAN PLAN(VARIABLE_IS("__up__", "string", "no"), \
	START("@while-condition1") ",\"@while-condition1\":{\"type\":" \
	"\"while-condition\",\"condition\":\"__up__:value = 'no'\"," \
	"\"on_true\":\"@action1\",\"on_completion\":\"@action2\"," \
	"\"step_extensions\":{\"" SUCO_EXTENSION "\":{\"max_rounds\":3}}}," \
	ASK("@action1", "__up__", "@end1") "," END("@end1") "," \
	ACTION("@action2", "@end2") "," END("@end2"))

TEST(rule_12_each_round_is_a_new_instance)
{
	play(&p, WHILE_PLAN);
	act(&p, "@action1", RUN_DONE, "{\"up\":\"no\"}");
	CHECK_INT(executions(&p, "@action1"), 2);
	CHECK_INT(newest(&p, "@action1")->round, 2);
	CHECK_STR(open_steps(&p), "action1");
	act(&p, "@action1", RUN_DONE, "{\"up\":\"yes\"}");
	CHECK_STR(open_steps(&p), "action2");
	CHECK_INT(executions(&p, "@action1"), 2);
	play_end(&p);
}

TEST(rule_12_rounds_are_capped_and_then_the_operator_decides)
{
	play(&p, WHILE_PLAN);
	for (int i = 0; i < 3; i++) {
		act(&p, "@action1", RUN_DONE, "{\"up\":\"no\"}");
	}
	CHECK_STR(open_steps(&p), "while-condition1");
	CHECK_INT(executions(&p, "@action1"), 3);
	act(&p, "@while-condition1", RUN_SKIP, NULL);
	CHECK_STR(open_steps(&p), "action2");
	play_end(&p);
}

TEST(rule_12_a_loop_without_work_for_people_stops)
{
	play(&p, PLAN(VARIABLE_IS("__up__", "string", "no"),
		START("@while-condition1") ",\"@while-condition1\":{\"type\":"
		"\"while-condition\",\"condition\":\"__up__:value = 'no'\","
		"\"on_true\":\"@end1\",\"on_completion\":\"@end2\"},"
		END("@end1") "," ACTION("@action2", "@end2") "," END("@end2")));
	CHECK_STR(open_steps(&p), "while-condition1");
	play_end(&p);
}

#define SWITCH_PLAN(more) PLAN(VARIABLE("__what__", "string"), \
	START("@action1") "," ASK("@action1", "__what__", "@switch-condition1") \
	",\"@switch-condition1\":{\"type\":\"switch-condition\",\"switch\":" \
	"\"__what__:value\",\"cases\":{\"a b\":\"@action2\"" more "}," \
	"\"on_completion\":\"@action4\"}," ACTION("@action2", "@end2") "," \
	END("@end2") "," ACTION("@action3", "@end3") "," END("@end3") "," \
	ACTION("@action4", "@end4") "," END("@end4"))

TEST(rule_13_a_switch_takes_its_case_else_the_default)
{
	play(&p, SWITCH_PLAN(",\"default\":\"@action3\""));
	act(&p, "@action1", RUN_DONE, "{\"what\":\"a b\"}");
	CHECK_STR(open_steps(&p), "action2");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action4");
	play_end(&p);
	play(&p, SWITCH_PLAN(",\"default\":\"@action3\""));
	act(&p, "@action1", RUN_DONE, "{\"what\":\"default\"}");
	CHECK_STR(open_steps(&p), "action3");
	play_end(&p);
}

TEST(rule_13_a_switch_that_fits_nowhere_fails)
{
	play(&p, SWITCH_PLAN(""));
	act(&p, "@action1", RUN_DONE, "{\"what\":\"z\"}");
	CHECK_STR(open_steps(&p), "switch-condition1");
	CHECK(instance_undecided(newest(&p, "@switch-condition1")));
	play_end(&p);
}

TEST(rule_14_a_step_variable_is_seen_inside_and_each_round_has_its_own)
{
	struct run_value is;

	play(&p, PLAN(VARIABLE_IS("__x__", "string", "global"), START("@action1")
		"," ACTION_WITH("@action1", "\"step_variables\":{\"__x__\":{\"type\":"
		"\"string\",\"value\":\"own\"}},\"out_args\":[\"__x__\"],"
		"\"on_completion\":\"@action2\"") "," ACTION("@action2", "@end1") ","
		END("@end1")));
	CHECK(run_variable(&is, p.run, newest(&p, "@action1"), "__x__"));
	CHECK_STR(is.value, "own");
	act(&p, "@action1", RUN_DONE, "{\"x\":\"set\"}");
	CHECK(run_variable(&is, p.run, newest(&p, "@action1"), "__x__"));
	CHECK_STR(is.value, "set");
	CHECK(run_variable(&is, p.run, newest(&p, "@action2"), "__x__"));
	CHECK_STR(is.value, "global");
	play_end(&p);
}

TEST(rule_15_a_condition_on_null_is_an_error_and_empty_is_a_value)
{
	play(&p, PLAN(VARIABLE("__a__", "string"), START("@if-condition1") ","
		IF("__a__:value = 'x'", "@action1", "\"on_completion\":\"@end9\"")
		"," ACTION("@action1", "@end1") "," END("@end1") "," END("@end9")));
	CHECK_STR(open_steps(&p), "if-condition1");
	CHECK(strstr(newest(&p, "@if-condition1")->note, "__a__") != NULL);
	play_end(&p);
	play(&p, PLAN(VARIABLE_IS("__a__", "string", ""), START("@if-condition1")
		"," IF("__a__:value = ''", "@action1", "\"on_completion\":\"@end9\"")
		"," ACTION("@action1", "@end1") "," END("@end1") "," END("@end9")));
	CHECK_STR(open_steps(&p), "action1");
	play_end(&p);
}

TEST(rule_15_an_external_variable_wants_its_value_before_the_run)
{
	char *text = expand(PLAN("\"__case__\":{\"type\":\"string\","
		"\"external\":true}", START("@action1") ","
		ACTION("@action1", "@end1") "," END("@end1")));
	struct playbook *playbook = NULL;
	struct json *effects = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_LENIENT,
		NULL, &err), err);
	struct run *run = run_new(playbook, "r");
	struct run_context context = { .now = T0, .by = "an" };
	CHECK_ERR(run_start(&effects, run, NULL, &context, &err), err,
		ERR_REFUSED);
	CHECK(strstr(err.message, "case") != NULL);
	run_free(run);
	playbook_free(playbook);
	free(text);
}

TEST(rule_16_names_are_replaced_once)
{
	play(&p, PLAN(VARIABLE_IS("__a__", "string", "__b__:value") ","
		VARIABLE_IS("__b__", "string", "deep") "," VARIABLE("__c__", "string"),
		START("@action1") "," ACTION("@action1", "@end1") "," END("@end1")));
	char *text = run_text(p.run, newest(&p, "@action1"),
		"at __a__:value and __c__:value, __zz__:value");
	CHECK_STR(text, "at __b__:value and __c__:value, __zz__:value");
	free(text);
	play_end(&p);
}

TEST(rule_17_answers_of_a_failed_step_are_not_assigned)
{
	struct run_value is;

	play(&p, WHILE_PLAN);
	act(&p, "@action1", RUN_FAILED, "{\"up\":\"yes\"}");
	CHECK(run_variable(&is, p.run, NULL, "__up__"));
	CHECK_STR(is.value, "no");
	play_end(&p);
}

#define CALL_PLAN PLAN("", START("@playbook-action1") \
	",\"@playbook-action1\":{\"type\":\"playbook-action\"," \
	"\"name\":\"call\",\"playbook_id\":\"@playbook2\"," \
	"\"on_completion\":\"@action1\"}," ACTION("@action1", "@end1") "," \
	END("@end1"))

TEST(rule_18_a_call_waits_for_the_plan_that_it_called)
{
	play(&p, CALL_PLAN);
	CHECK_STR(open_steps(&p), "");
	CHECK(run_is_open(p.run));
	CHECK(strstr(refused(&p, "@playbook-action1", RUN_DONE, NULL), "called")
		!= NULL);
	act(&p, "@playbook-action1", RUN_CALL_ENDED, NULL);
	CHECK_STR(open_steps(&p), "action1");
	play_end(&p);
	play(&p, CALL_PLAN);
	act(&p, "@playbook-action1", RUN_SKIP, NULL);
	CHECK_STR(open_steps(&p), "action1");
	play_end(&p);
}

#define EXCEPTION "\"workflow_exception\":\"@action8\","

TEST(rule_19_the_exception_runs_once_and_the_others_are_not_cancelled)
{
	play(&p, PLAN_WITH(EXCEPTION, "", START("@parallel1") ","
		PARALLEL("@action1", "@action2", "\"on_completion\":\"@end9\"") ","
		ACTION("@action1", "@end1") "," END("@end1") ","
		ACTION("@action2", "@end2") "," END("@end2") "," END("@end9") ","
		ACTION("@action8", "@end8") "," END("@end8")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action2 action8");
	act(&p, "@action8", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action2");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "failed");
	CHECK_INT(executions(&p, "@action8"), 1);
	play_end(&p);
}

TEST(rule_19_a_failure_inside_the_exception_stops_the_run)
{
	play(&p, PLAN_WITH(EXCEPTION, "", START("@action1") ","
		ACTION("@action1", "@end1") "," END("@end1") ","
		ACTION("@action8", "@end8") "," END("@end8")));
	act(&p, "@action1", RUN_FAILED, NULL);
	CHECK_STR(open_steps(&p), "action8");
	act(&p, "@action8", RUN_FAILED, NULL);
	CHECK_STR(run_state(p.run), "failed");
	play_end(&p);
}

/* A step that two ways lead to is one step with an instance for each way. */
TEST(rule_22_ways_meet_again_inside_one_branch)
{
	play(&p, PLAN(VARIABLE_IS("__up__", "bool", "true"), START("@if-condition1") ","
		IF("__up__:value = true", "@action1",
			"\"on_false\":\"@action2\",\"on_completion\":\"@action3\"") ","
		ACTION("@action1", "@end1") "," END("@end1") ","
		ACTION("@action2", "@end2") "," END("@end2") ","
		ACTION_WITH("@action3", "\"on_success\":\"@action5\","
			"\"on_failure\":\"@action4\"") ","
		ACTION("@action4", "@action5") "," ACTION("@action5", "@end3") "," END("@end3")));
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action3");
	act(&p, "@action3", RUN_FAILED, NULL);
	act(&p, "@action4", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action5");
	CHECK_INT(executions(&p, "@action5"), 1);
	act(&p, "@action5", RUN_DONE, NULL);
	CHECK_STR(run_state(p.run), "done");
	play_end(&p);
}

TEST(rule_21_abort_closes_all_that_is_open)
{
	play(&p, WHILE_PLAN);
	json_free(run_abort(p.run, "the case was a false alarm", &p.context));
	CHECK_STR(run_state(p.run), "aborted");
	CHECK_STR(open_steps(&p), "");
	CHECK_INT(newest(&p, "@action1")->state, INSTANCE_ABORTED);
	CHECK(strstr(refused(&p, "@action1", RUN_DONE, NULL), "aborted") != NULL);
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(rule_1_and_2_a_run_begins_at_its_start_and_goes_on),
		RUN(rule_4_a_step_is_done_failed_or_not_applicable_for_a_reason),
		RUN(a_step_that_somebody_else_ended_is_a_conflict_and_ones_own_is_nothing),
		RUN(rule_5_on_failure_is_taken),
		RUN(rule_5_without_a_word_on_failure_the_operator_decides),
		RUN(rule_5_on_success_alone_stops_the_run_as_failed),
		RUN(rule_5_a_failed_branch_is_caught_by_the_step_that_opened_it),
		RUN(rule_6_a_limit_is_an_alarm_and_closes_nothing),
		RUN(rule_7_a_delay_in_milliseconds_comes_before_the_limit),
		RUN(rule_8_and_9_a_parallel_step_waits_for_every_branch),
		RUN(rule_9_a_failed_branch_fails_the_join_after_the_others_end),
		RUN(rule_10_of_two_writers_the_last_counts_and_both_are_logged),
		RUN(rule_11_a_condition_takes_its_branch_and_comes_back),
		RUN(rule_12_each_round_is_a_new_instance),
		RUN(rule_12_rounds_are_capped_and_then_the_operator_decides),
		RUN(rule_12_a_loop_without_work_for_people_stops),
		RUN(rule_13_a_switch_takes_its_case_else_the_default),
		RUN(rule_13_a_switch_that_fits_nowhere_fails),
		RUN(rule_14_a_step_variable_is_seen_inside_and_each_round_has_its_own),
		RUN(rule_15_a_condition_on_null_is_an_error_and_empty_is_a_value),
		RUN(rule_15_an_external_variable_wants_its_value_before_the_run),
		RUN(rule_16_names_are_replaced_once),
		RUN(rule_17_answers_of_a_failed_step_are_not_assigned),
		RUN(rule_18_a_call_waits_for_the_plan_that_it_called),
		RUN(rule_19_the_exception_runs_once_and_the_others_are_not_cancelled),
		RUN(rule_19_a_failure_inside_the_exception_stops_the_run),
		RUN(rule_21_abort_closes_all_that_is_open),
		RUN(rule_22_ways_meet_again_inside_one_branch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
