/* What the answers of a step put on the watch's lists goes with one undo; a broken
 * time is no answer. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/back_by.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "core/waiting.h"
#include "playbooks/player_steer.h"
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

/* ---- the line of a step ---- */

struct newest {
	const char *kind;
	char *text;
	struct json *body;
};

static bool
take_line(const struct entry *entry, void *arg)
{
	struct newest *n = arg;

	if (strcmp(entry->event->kind, n->kind) != 0) {
		return true;
	}
	n->text = timeline_text(entry, desk_zone(desk));
	n->body = json_copy(entry->body);
	return false;
}

static struct newest
line_of(const char *kind)
{
	struct newest n = { .kind = kind };

	CHECK_OK(timeline_each(desk, &(struct timeline_page){ .case_id = case_id,
		.newest_first = true }, take_line, &n, &err), err);
	assert_non_null(n.text);
	return n;
}

TEST(a_step_that_is_done_reads_as_questions_and_answers)
{
	struct newest n;
	struct event old = { .kind = "step_done" };
	char *text;

	begin_desk("software");
	begin("PA-PM");
	done("1", "{\"hien_tuong\":\"báo lỗi 500\",\"so_noi_bao\":\"?\"}");
	n = line_of("step_done");
	CHECK_STR(n.text, "step 1 \"Tiếp nhận, ghi hiện tượng\" done (Hiện tượng: báo lỗi"
		" 500; Bao nhiêu nơi đã báo? not known)");
	free(n.text);
	json_free(n.body);
	done("2", NULL);
	CHECK_OK(try_step("3", RUN_DONE, "lãnh đạo có mặt", "{\"severity\":\"3\"}"), err);
	done("4", "{\"loi_o_dau\":\"csdl\",\"tan_cong\":\"khong\","
		"\"thay_doi\":\"khong\"}");
	n = line_of("step_done");
	CHECK(strstr(n.text, "(Lỗi ở đâu? Cơ sở dữ liệu; Có dấu hiệu tấn công? Không;") != NULL);
	free(n.text);

	/* Before the questions were kept: the variables, without their signs. */
	json_remove(n.body, "asked");
	text = timeline_text(&(struct entry){ .event = &old, .body = n.body },
		desk_zone(desk));
	CHECK(strstr(text, "(loi o dau: csdl; tan cong: khong; thay doi: khong)") != NULL);
	free(text);
	json_free(n.body);
	end_desk();
}

TEST(a_plan_that_is_stopped_is_named)
{
	struct newest n;

	begin_desk("power");
	begin(NULL);
	CHECK_OK(player_change(desk, case_id, 1, RUN_STOP, "nhầm loại",
		&err), err);
	n = line_of("run_ended");
	CHECK_STR(n.text, "plan stopped: PA-MD: nhầm loại");
	free(n.text);
	json_free(n.body);
	end_desk();
}

TEST(what_the_question_says_in_brackets_is_not_in_the_line)
{
	struct newest n;

	begin_desk("power");
	begin(NULL);
	first_steps();
	n = line_of("step_done");
	CHECK(strstr(n.text, "(Phòng máy an toàn? Có)") != NULL);
	free(n.text);
	json_free(n.body);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_answer_that_begins_with_a_clock_time_is_one),
		RUN(a_step_that_is_done_reads_as_questions_and_answers),
		RUN(a_plan_that_is_stopped_is_named),
		RUN(what_the_question_says_in_brackets_is_not_in_the_line),
		RUN(one_undo_of_a_step_takes_back_what_its_answers_put_on_the_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
