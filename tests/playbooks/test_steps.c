/* The list of steps that people read: what may still come, and what the way that was
 * taken passes by. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "playbooks/run_steer.h"
#include "tests/playbooks/plan.h"

/* 1; if x = 1 then 2 else 3; while y = 1 again 4; 5. */
#define FORK(x, y) PLAN(VARIABLE_IS("__x__", "integer", x) "," \
	VARIABLE_IS("__y__", "integer", y), START("@action1") "," \
	ACTION("@action1", "@if-condition1") "," \
	IF("__x__:value = 1", "@action2", \
		"\"on_false\":\"@action3\",\"on_completion\":\"@while-condition1\"") "," \
	ACTION("@action2", "@end1") "," ACTION("@action3", "@end2") "," \
	"\"@while-condition1\":{\"type\":\"while-condition\",\"condition\":" \
	"\"__y__:value = 1\",\"on_true\":\"@action4\",\"on_completion\":\"@action5\"}," \
	ACTION_WITH("@action4", "\"out_args\":[\"__y__\"],\"on_completion\":\"@end3\"") "," \
	ACTION("@action5", "@end4") "," END("@end1") "," END("@end2") "," \
	END("@end3") "," END("@end4"))

/* The steps that were passed by, by their last digit. */
static const char *
passed_by(const struct player *p)
{
	static char out[40];
	int count, used = 0;
	struct step_line *lines = steps_of(p->playbook, p->run, T0, &count);

	for (int i = 0; i < count; i++) {
		if (lines[i].passed_by) {
			CHECK(lines[i].instance == NULL);
			out[used++] = lines[i].step->id[strlen(lines[i].step->id) - 1];
		}
	}
	out[used] = '\0';
	free(lines);
	return out;
}

TEST(what_the_way_taken_does_not_come_to_is_passed_by)
{
	struct player p;

	play(&p, FORK("1", "1"));
	CHECK_STR(passed_by(&p), "");
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(passed_by(&p), "3");
	act(&p, "@action2", RUN_DONE, NULL);
	CHECK_STR(open_steps(&p), "action4");
	act(&p, "@action4", RUN_DONE, "{\"__y__\":\"2\"}");
	CHECK_STR(open_steps(&p), "action5");
	CHECK_STR(passed_by(&p), "3");
	act(&p, "@action5", RUN_DONE, NULL);
	CHECK_STR(passed_by(&p), "3");
	play_end(&p);
}

TEST(a_loop_that_was_never_entered_is_passed_by_with_the_other_branch)
{
	struct player p;

	play(&p, FORK("2", "2"));
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(passed_by(&p), "2");
	act(&p, "@action3", RUN_DONE, NULL);
	CHECK_STR(passed_by(&p), "24");
	play_end(&p);
}

/* "2/4" */
static const char *
counted(const struct player *p)
{
	static char out[24];
	int done, total;

	steps_count(p->run, &done, &total);
	(void)snprintf(out, sizeof out, "%d/%d", done, total);
	return out;
}

TEST(what_was_passed_by_is_not_counted)
{
	struct player p;

	play(&p, FORK("1", "1"));
	CHECK_STR(counted(&p), "0/5");
	act(&p, "@action1", RUN_DONE, NULL);
	CHECK_STR(counted(&p), "1/4");
	act(&p, "@action2", RUN_DONE, NULL);
	act(&p, "@action4", RUN_DONE, "{\"__y__\":\"2\"}");
	CHECK_STR(counted(&p), "3/4");
	act(&p, "@action5", RUN_DONE, NULL);
	CHECK_STR(counted(&p), "4/4");
	play_end(&p);
	play(&p, FORK("2", "2"));
	act(&p, "@action1", RUN_DONE, NULL);
	act(&p, "@action3", RUN_DONE, NULL);
	CHECK_STR(counted(&p), "2/3");
	play_end(&p);
}

TEST(a_plan_that_was_stopped_says_of_how_many)
{
	struct player p;

	play(&p, FORK("1", "1"));
	act(&p, "@action1", RUN_DONE, NULL);
	json_free(run_abort(p.run, "thử", &p.context));
	CHECK_STR(counted(&p), "2/4"); /* the one that was open is closed */
	play_end(&p);
}

/* 1 asks x; if x = 1 then 2 and 4, else 3. */
#define ASKED PLAN(VARIABLE("__x__", "integer"), START("@action1") "," \
	ACTION_WITH("@action1", "\"out_args\":[\"__x__\"]," \
		"\"on_completion\":\"@if-condition1\"") "," \
	IF("__x__:value = 1", "@action2", "\"on_false\":\"@action3\"," \
		"\"on_completion\":\"@end3\"") "," \
	ACTION("@action2", "@action4") "," ACTION("@action4", "@end1") "," \
	ACTION("@action3", "@end2") "," END("@end1") "," END("@end2") "," END("@end3"))

TEST(what_lay_behind_a_step_that_gave_way_is_not_counted_when_another_way_is_taken)
{
	struct error err = ERROR_INIT;
	struct json *effects = NULL;
	struct player p;

	play(&p, ASKED);
	CHECK_STR(counted(&p), "0/4");
	act(&p, "@action1", RUN_DONE, "{\"__x__\":\"1\"}");
	CHECK_STR(counted(&p), "1/3");
	CHECK_OK(run_back(&effects, p.run, newest(&p, "@action1")->id, "nhầm", &p.context,
		&err), err);
	go_on_from_rows(&p, effects);
	CHECK_STR(counted(&p), "1/4"); /* 1 is open again, 2 gave way */
	act(&p, "@action1", RUN_DONE, "{\"__x__\":\"2\"}");
	CHECK_STR(open_steps(&p), "action3");
	CHECK_STR(passed_by(&p), "4");
	CHECK_STR(counted(&p), "2/3");
	play_end(&p);
}

TEST(a_plan_that_has_not_begun_passes_nothing_by)
{
	struct player p;
	struct step_line *lines;
	int count;

	play(&p, FORK("1", "1"));
	lines = steps_of(p.playbook, NULL, T0, &count);
	CHECK_INT(count, 5);
	for (int i = 0; i < count; i++) {
		CHECK(!lines[i].passed_by);
	}
	free(lines);
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_the_way_taken_does_not_come_to_is_passed_by),
		RUN(a_loop_that_was_never_entered_is_passed_by_with_the_other_branch),
		RUN(what_was_passed_by_is_not_counted),
		RUN(a_plan_that_was_stopped_says_of_how_many),
		RUN(what_lay_behind_a_step_that_gave_way_is_not_counted_when_another_way_is_taken),
		RUN(a_plan_that_has_not_begun_passes_nothing_by),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
