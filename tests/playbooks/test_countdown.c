/* Minutes that are typed count down: from a step, from the telephone, until
 * power is back; what is due by them moves with every reading; all of it is
 * undone with its act and replayed. */
#include "tests/playbooks/on_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/countdown.h"
#include "core/i18n.h"
#include "core/status.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "playbooks/steps_json.h"
#include "tests/test.h"

#define MINUTE INT64_C(60000)

static struct countdown
clock_of(void)
{
	struct countdown is;
	bool found = false;

	CHECK_OK(countdown_first(&is, &found, desk, case_id, &err), err);
	CHECK(found);
	return is;
}

static bool
any_clock(const char *of)
{
	struct countdown is;
	bool found = false;

	CHECK_OK(countdown_first(&is, &found, desk, of, &err), err);
	countdown_clear(&is);
	return found;
}

static int64_t
due_of(int n)
{
	struct case_runs runs;
	int64_t due = -1;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	for (int i = 1; i <= run_instance_count(runs.list[0].run); i++) {
		const struct instance *is = run_instance(runs.list[0].run, i);

		if (playbook_step(runs.list[0].playbook, is->step)->n == n &&
		    !is->is_branch) {
			due = is->due_at;
		}
	}
	case_runs_finish(&runs);
	return due;
}

static void
step_at(const char *step, const char *answers, int64_t at)
{
	struct json *values = NULL;
	struct step_act act = { .action = RUN_DONE, .at = at, .typed = "02:17" };

	CHECK_OK(json_parse(&values, answers, strlen(answers), NULL, &err), err);
	act.values = values;
	CHECK_OK(player_step(desk, case_id, step, &act, &err), err);
	json_free(values);
}

TEST(minutes_typed_in_a_step_run_from_the_time_of_reading)
{
	struct countdown is;
	char *text;

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\": \"02:10\", \"nguoi_bao\": \"Nam\"}");
	step_at("2", "{\"pham_vi\": \"toa_nha\", \"phut_con_dien\": \"45\","
		" \"nhiet_do\": \"24\"}", now_ms - 7 * MINUTE);
	is = clock_of();
	CHECK_INT(is.ends_at, now_ms + 38 * MINUTE);
	CHECK_INT(is.minutes, 45);
	text = countdown_text(&is, now_ms, desk_zone(desk));
	CHECK_STR(text, "CÒN ĐIỆN 38ph");
	free(text);
	text = countdown_text(&is, is.ends_at + MINUTE, desk_zone(desk));
	CHECK(strstr(text, ":") != NULL);
	free(text);
	countdown_clear(&is);
	end_desk();
}

TEST(an_unknown_answer_keeps_the_clock_and_an_old_reading_does_not_turn_it_back)
{
	struct countdown is;
	int n = 0;

	begin_desk("power");
	begin(NULL);
	first_steps();
	CHECK_OK(player_read(desk, case_id, "Còn điện", 40, now_ms, &n, &err), err);
	CHECK_OK(player_read(desk, case_id, "Còn điện", 90, now_ms - MINUTE, &n, &err), err);
	/* "9999d", typed as a span: no battery has that. */
	CHECK_ERR(player_read(desk, case_id, "Còn điện", 9999 * 1440, now_ms, &n, &err),
		err, ERR_BAD_INPUT);
	is = clock_of();
	CHECK_INT(is.ends_at, now_ms + 40 * MINUTE);
	countdown_clear(&is);
	end_desk();
}

TEST(the_shutdown_is_due_before_power_ends_and_moves_with_each_reading)
{
	int n = 0;

	begin_desk("power");
	begin(NULL);
	first_steps();
	/* 14 and 15 stand behind the loop: open them by the order to shut down. */
	CHECK_OK(player_read(desk, case_id, "Còn điện", 25, now_ms, &n, &err), err);
	for (int i = 5; i <= 11; i++) {
		char step[8];

		snprintf(step, sizeof step, "%d", i);
		(void)try_step(step, RUN_SKIP, "thử", NULL);
	}
	(void)try_step("12", RUN_DONE, NULL, "{\"phut_con_dien\": \"25\","
		" \"nhiet_do\": \"24\", \"co_dien\": \"chua\"}");
	(void)try_step("13", RUN_DONE, "lãnh đạo Đội quyết", "{\"lenh_tat\": \"tat\"}");
	(void)try_step("14", RUN_DONE, NULL, "{\"gio_sao_luu\": \"01:00\"}");
	CHECK_INT(due_of(15), now_ms + 5 * MINUTE);
	CHECK_OK(player_read(desk, case_id, "Còn điện", 40, now_ms, &n, &err), err);
	CHECK_INT(due_of(15), now_ms + 20 * MINUTE);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_INT(due_of(15), now_ms + 5 * MINUTE);
	check_whole();
	end_desk();
}

TEST(the_answer_that_power_is_back_stops_the_clock_and_its_undo_starts_it_again)
{
	int n = 0;

	begin_desk("power");
	begin(NULL);
	first_steps();
	CHECK_OK(player_read(desk, case_id, "Còn điện", 40, now_ms, &n, &err), err);
	for (int i = 5; i <= 11; i++) {
		char step[8];

		snprintf(step, sizeof step, "%d", i);
		(void)try_step(step, RUN_SKIP, "thử", NULL);
	}
	CHECK(any_clock(case_id));
	CHECK(try_step("12", RUN_DONE, NULL, "{\"phut_con_dien\": \"35\","
		" \"nhiet_do\": \"24\", \"co_dien\": \"da_co\"}"));
	CHECK(!any_clock(case_id));
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK(any_clock(case_id));
	end_desk();
}

TEST(a_step_is_not_undone_over_a_clock_that_was_stopped_since)
{
	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\": \"02:10\", \"nguoi_bao\": \"Nam\"}");
	done("2", "{\"pham_vi\": \"toa_nha\", \"phut_con_dien\": \"45\","
		" \"nhiet_do\": \"24\"}");
	int count = 0;
	int64_t seq = change_appended(desk, &count)->seq;

	CHECK_OK(countdown_stop(desk, case_id, 1, "điện về", &err), err);
	CHECK_OK(countdown_stop(desk, case_id, 1, "điện về", &err), err);
	CHECK_ERR(undo_event(desk, case_id, seq, &err), err, ERR_CONFLICT);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_OK(undo_event(desk, case_id, seq, &err), err);
	CHECK(!any_clock(case_id));
	CHECK_OK(redo_last(desk, case_id, &err), err);
	CHECK(any_clock(case_id));
	end_desk();
}

TEST(clocks_of_drills_and_of_recovered_cases_stand_on_no_other_screen)
{
	int n = 0;

	begin_desk("power");
	CHECK_OK(player_read(desk, case_id, "Tắt máy", 20, 0, &n, &err), err);
	CHECK_INT(n, 1);
	CHECK(any_clock(NULL));
	CHECK_OK(status_set(desk, case_id, &(struct status_change){ .to = "recovered",
		.reason = "điện về", .verb = "status" }, &err), err);
	CHECK(!any_clock(NULL));
	CHECK_ERR(player_read(desk, case_id, "", 20, 0, &n, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(player_read(desk, case_id, "Tắt máy", -1, 0, &n, &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(countdown_stop(desk, case_id, 9, NULL, &err), err, ERR_NOT_FOUND);
	end_desk();
}

static const struct json *
line_of(const struct json *steps, int n)
{
	for (const struct json *row = json_first(steps); row != NULL;
	     row = json_next(row)) {
		if (json_get_int(row, "n", 0) == n) {
			return row;
		}
	}
	return NULL;
}

TEST(steps_tell_every_reading_with_its_trend_and_the_clock)
{
	struct json *steps = NULL;
	struct case_runs runs;
	const struct json *row;
	int n = 0;

	begin_desk("power");
	begin(NULL);
	first_steps();
	CHECK_OK(player_read(desk, case_id, "Còn điện", 30, 0, &n, &err), err);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&steps, desk, &runs, &err), err);
	row = json_first(json_get(line_of(steps, 12), "series"));
	CHECK_STR(json_get_text(row, "name"), "__phut_con_dien__");
	CHECK_INT(json_count(json_get(row, "readings")), 2);
	CHECK_STR(json_get_text(row, "last"), "30");
	CHECK_STR(json_get_text(row, "trend"), "down");
	row = json_get(line_of(steps, 15), "countdown");
	CHECK_STR(json_get_text(row, "label"), "CÒN ĐIỆN");
	CHECK_INT(json_get_int(row, "minutes", 0), 30);
	json_free(steps);
	case_runs_finish(&runs);
	end_desk();
}

TEST(a_reading_from_paper_stands_at_its_own_time_and_the_newest_stays_the_last)
{
	static const char *const in_order[] = { "45", "40", "30" };
	struct json *steps = NULL;
	struct case_runs runs;
	struct countdown is;
	const struct json *row, *reading;
	int n = 0;

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\": \"02:10\", \"nguoi_bao\": \"Nam\"}");
	CHECK_OK(player_read(desk, case_id, "Còn điện", 40, 0, &n, &err), err);
	/* Written on paper before that, typed after it. */
	step_at("2", "{\"pham_vi\": \"toa_nha\", \"phut_con_dien\": \"45\","
		" \"nhiet_do\": \"24\"}", now_ms - 7 * MINUTE);
	is = clock_of();
	CHECK_INT(is.minutes, 40);
	countdown_clear(&is);
	now_ms += 10 * MINUTE;
	CHECK_OK(player_read(desk, case_id, "Còn điện", 30, 0, &n, &err), err);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&steps, desk, &runs, &err), err);
	row = json_first(json_get(line_of(steps, 12), "series"));
	CHECK_INT(json_count(json_get(row, "readings")), 3);
	reading = json_first(json_get(row, "readings"));
	for (int i = 0; i < 3; i++, reading = json_next(reading)) {
		CHECK_STR(json_get_text(reading, "value"), in_order[i]);
	}
	CHECK_STR(json_get_text(row, "last"), "30");
	json_free(steps);
	case_runs_finish(&runs);
	end_desk();
}

static int64_t
shutdown_due(void)
{
	struct case_runs runs;
	int64_t due;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	due = 0;
	for (int i = 1; i <= run_instance_count(runs.list[0].run); i++) {
		const struct instance *one = run_instance(runs.list[0].run, i);

		due = playbook_step(runs.list[0].playbook, one->step)->n == 15 ? one->due_at : due;
	}
	case_runs_finish(&runs);
	return due;
}

static bool
find_late(const struct entry *entry, void *arg)
{
	char *text = timeline_text(entry, desk_zone(desk));

	if (strstr(text, "90 minutes") != NULL && strstr(text, "newer reading counts") != NULL) {
		*(int64_t *)arg = entry->event->occurred_at;
	}
	free(text);
	return true;
}

/* When what stands on paper was read, by the timeline; 0: it is not there. */
static int64_t
late_at(void)
{
	int64_t at = 0;

	CHECK_OK(timeline_each(desk, &(struct timeline_page){ .case_id = case_id }, find_late,
		&at, &err), err);
	return at;
}

TEST(a_reading_given_late_takes_its_place_in_time_and_the_clock_goes_on)
{
	struct json *steps = NULL;
	struct case_runs runs;
	struct countdown is;
	int64_t due;
	int n = 0;

	begin_desk("power");
	begin(NULL);
	first_steps();
	CHECK_OK(player_read(desk, case_id, "Còn điện", 40, 0, &n, &err), err);
	due = shutdown_due();
	now_ms += 20 * MINUTE;
	CHECK_OK(player_read(desk, case_id, "Còn điện", 90, now_ms - 22 * MINUTE, &n, &err),
		err);
	CHECK_INT(n, 1);
	CHECK_INT(late_at(), now_ms - 22 * MINUTE);
	CHECK_INT(shutdown_due(), due);
	is = clock_of();
	CHECK_INT(is.minutes, 40);
	countdown_clear(&is);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&steps, desk, &runs, &err), err);
	CHECK_STR(json_get_text(json_first(json_get(line_of(steps, 12), "series")), "last"),
		"40");
	json_free(steps);
	case_runs_finish(&runs);
	end_desk();
}

TEST(a_clock_by_hand_keeps_a_late_reading_in_the_timeline_and_undo_takes_it_out)
{
	struct countdown is;
	bool found = false;
	int n = 0;

	begin_desk("link");
	CHECK_OK(player_read(desk, case_id, "Pin trạm", 60, now_ms - 5 * MINUTE, &n, &err), err);
	CHECK_OK(player_read(desk, case_id, "Pin trạm", 90, now_ms - 30 * MINUTE, &n, &err),
		err);
	CHECK_INT(n, 1);
	CHECK_INT(late_at(), now_ms - 30 * MINUTE);
	CHECK_OK(countdown_first(&is, &found, desk, case_id, &err), err);
	CHECK_INT(is.minutes, 60);
	countdown_clear(&is);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_OK(countdown_first(&is, &found, desk, case_id, &err), err);
	CHECK_INT(is.minutes, 60);
	countdown_clear(&is);
	/* Stopped since: what was read before that is told, nothing runs again. */
	CHECK_OK(countdown_stop(desk, case_id, 1, "có điện", &err), err);
	now_ms += MINUTE;
	CHECK_OK(player_read(desk, case_id, "Pin trạm", 55, now_ms - 3 * MINUTE, &n, &err), err);
	CHECK_OK(countdown_first(&is, &found, desk, case_id, &err), err);
	CHECK(!found);
	countdown_clear(&is);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(minutes_typed_in_a_step_run_from_the_time_of_reading),
		RUN(an_unknown_answer_keeps_the_clock_and_an_old_reading_does_not_turn_it_back),
		RUN(the_shutdown_is_due_before_power_ends_and_moves_with_each_reading),
		RUN(the_answer_that_power_is_back_stops_the_clock_and_its_undo_starts_it_again),
		RUN(a_step_is_not_undone_over_a_clock_that_was_stopped_since),
		RUN(clocks_of_drills_and_of_recovered_cases_stand_on_no_other_screen),
		RUN(steps_tell_every_reading_with_its_trend_and_the_clock),
		RUN(a_reading_from_paper_stands_at_its_own_time_and_the_newest_stays_the_last),
		RUN(a_reading_given_late_takes_its_place_in_time_and_the_clock_goes_on),
		RUN(a_clock_by_hand_keeps_a_late_reading_in_the_timeline_and_undo_takes_it_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
