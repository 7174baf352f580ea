/* What the answers of a step put on the watch's lists goes with one undo; a broken
 * time is no answer. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/back_by.h"
#include "core/mem.h"
#include "core/undo.h"
#include "core/waiting.h"
#include "tests/playbooks/on_desk.h"

TEST(an_answer_that_begins_with_a_clock_time_is_one)
{
	static const char *const refused[] = { "21:4021:40", "21:75", "26:10", "21:4" };
	char *values;

	begin_desk("link");
	begin("pa-dt");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		values = xasprintf("{\"gio_mat\":\"%s\",\"so_diem\":\"13\"}", refused[i]);
		CHECK_ERR(try_step("1", RUN_DONE, NULL, values), err, ERR_BAD_INPUT);
		free(values);
	}
	CHECK_STR(err.how, "--set gio_mat=...");
	/* What is said with the time, or without one, is the caller's. */
	done("1", "{\"gio_mat\":\"21:40, dân báo\",\"so_diem\":\"13\"}");
	end_desk();
}

static bool
count_open(const struct waiting *waiting, void *arg)
{
	*(int *)arg += strcmp(waiting->state, "open") == 0 ? 1 : 0;
	return true;
}

static bool
count_clock(const struct back_by *one, void *arg)
{
	(void)one;
	(*(int *)arg)++;
	return true;
}

static void
check_follows(int waitings, int clocks)
{
	int open = 0, running = 0;

	CHECK_OK(waiting_each(desk, case_id, count_open, &open, &err), err);
	CHECK_OK(back_by_each(desk, case_id, count_clock, &running, &err), err);
	CHECK_INT(open, waitings);
	CHECK_INT(running, clocks);
}

TEST(one_undo_of_a_step_takes_back_what_its_answers_put_on_the_lists)
{
	begin_desk("link");
	begin("pa-dt");
	for (int i = 1; i < 4; i++) {
		char step[8];

		snprintf(step, sizeof step, "%d", i);
		now_ms += 1000;
		(void)try_step(step, RUN_SKIP, "thử", NULL);
	}
	now_ms += 1000;
	CHECK_OK(try_step("4", RUN_DONE, "lãnh đạo Đội quyết", "{\"severity\":\"3\","
		"\"gio_can\":\"07:00 một cửa mở\",\"co_hop\":\"?\"}"), err);
	check_follows(0, 1);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	check_follows(0, 0);
	check_whole();
	CHECK_OK(redo_last(desk, case_id, &err), err);
	check_follows(0, 1);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_answer_that_begins_with_a_clock_time_is_one),
		RUN(one_undo_of_a_step_takes_back_what_its_answers_put_on_the_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
