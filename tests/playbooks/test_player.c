/* Plans played on a desk: who acts, what is asked, what the case keeps. */
#include "tests/test.h"

#include <stdio.h>

#include "core/change.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/status.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "playbooks/steps_json.h"
#include "playbooks/value.h"
#include "playbooks/player_steer.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

static struct json *
all_steps(void)
{
	struct case_runs runs = { 0 };
	struct json *out = NULL;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&out, desk, &runs, &err), err);
	case_runs_finish(&runs);
	return out;
}

TEST(the_fitting_plan_begins_and_the_case_keeps_its_next_step)
{
	struct case_runs runs = { 0 };
	struct ir_case c;

	begin_desk("power");
	CHECK_INT(begin(NULL), 1);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_INT(runs.count, 1);
	CHECK_STR(runs.list[0].code, "PA-MD");
	case_runs_finish(&runs);
	c = the_case();
	CHECK_STR(c.next_step, "Tiếp nhận tin báo mất điện");
	CHECK_INT(c.next_n, 1);
	CHECK_INT(c.open_tasks, 1);
	CHECK_INT(c.due_at, now_ms + 5 * MINUTE);
	CHECK_INT(c.steps_done, 0);
	CHECK(c.steps_total >= 25);
	CHECK_STR(c.status, "new"); /* a plan never changes a status */
	case_clear(&c);
	CHECK_ERR(player_begin(desk, case_id, "PA-MD", &(int){ 0 }, &err), err,
		ERR_REFUSED);
	CHECK_ERR(player_begin(desk, case_id, "PA-XX", &(int){ 0 }, &err), err,
		ERR_NOT_FOUND);
	end_desk();
}

TEST(steps_are_done_with_answers_and_all_is_proved)
{
	struct ir_case c;

	begin_desk("power");
	begin("pa-md");
	CHECK_ERR(try_step("1", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	assert_non_null(strstr(err.how, "--set gio_mat_dien=..."));
	assert_null(strstr(err.message, "gio_mat_dien"));
	CHECK_ERR(try_step("8", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	first_steps();
	c = the_case();
	CHECK_INT(c.steps_done, 3);
	CHECK_INT(c.open_tasks, 2);
	case_clear(&c);
	end_desk();
}

TEST(a_number_typed_with_blanks_thousands_or_its_unit_is_that_number)
{
	static const struct {
		const char *typed, *kept;
	} numbers[] = {
		{ " 35 ", "35" }, { "35 °C", "35" }, { "35°C", "35" },
		{ "\u00a035\u00a0", "35" }, { "1\u202f200", "1200" }, { "1 200", "1200" },
		{ "12 000 000", "12000000" }, { "-1 200", "-1200" },
		{ "1 20", "1 20" }, { "1200 300", "1200 300" }, { "3 5", "3 5" },
		{ "1.200", "1.200" }, { "1,200", "1,200" }, { "35 phut", "35 phut" },
		{ "", "" }, { "  ", "" }, { "?", "?" },
	};

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		char *tidy = value_tidy("integer", numbers[i].typed, "°C");

		CHECK_STR(tidy, numbers[i].kept);
		free(tidy);
	}
	char *real = value_tidy("float", " 36,5 ", NULL);
	CHECK_STR(real, "36.5");
	free(real);
	char *text = value_tidy("string", " 1 200 ", NULL);
	CHECK_STR(text, " 1 200 ");
	free(text);
}

TEST(a_refused_answer_names_its_question_and_what_would_be_right)
{
	struct json *steps;

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	CHECK_ERR(try_step("2", RUN_DONE, NULL, "{\"pham_vi\":\"phong_may\","
		"\"phut_con_dien\":\"45\",\"nhiet_do\":\"nóng\"}"), err, ERR_BAD_INPUT);
	CHECK_STR(err.message, "\"Nhiệt độ phòng máy (độ C)?\" wants a whole number, for"
		" example 35, or ? where it is not known: not 'nóng'");
	CHECK_STR(err.how, "--set nhiet_do=...");
	CHECK_ERR(try_step("2", RUN_DONE, NULL, "{\"pham_vi\":\"phong_may\","
		"\"phut_con_dien\":\"45\",\"nhiet_do\":\"350\"}"), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "100 or less") != NULL);
	done("2", "{\"pham_vi\":\"phong_may\",\"phut_con_dien\":\" 1 200 phút\","
		"\"nhiet_do\":\" 35 \"}");
	steps = all_steps();
	CHECK_STR(json_get_text(json_at(json_get(json_at(steps, 1), "asks"), 1), "value"),
		"1200");
	CHECK_STR(json_get_text(json_at(json_get(json_at(steps, 1), "asks"), 2), "value"),
		"35");
	json_free(steps);
	end_desk();
}

/* The number of the step that follows the newest of this number; 100 more in the
 * second plan of the case. */
static int
n_after(const char *step)
{
	struct case_runs runs = { 0 };
	const struct instance *instance = NULL;
	struct case_run *run = NULL;
	const struct instance *next;
	int n = 0;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_runs_find(&run, &instance, &runs, step, &err), err);
	next = case_runs_after(&runs, run, instance);
	for (int i = 0; next != NULL && i < runs.count; i++) {
		const struct case_run *other = &runs.list[i];

		if (run_instance(other->run, next->position) == next) {
			n = i * 100 + playbook_step(other->playbook, next->step)->n;
		}
	}
	case_runs_finish(&runs);
	return n;
}

TEST(after_a_step_its_own_branch_goes_on_whatever_is_due_first_elsewhere)
{
	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	CHECK_INT(n_after("1"), 2);
	done("2", "{\"pham_vi\":\"?\",\"phut_con_dien\":\"45\",\"nhiet_do\":\"24\"}");
	done("3", "{\"an_toan\":\"co\"}");
	CHECK_INT(n_after("3"), 5); /* two branches open: the first below it */
	done("8", "{\"may_phat\":\"khong_co\",\"phut_con_dien\":\"44\"}");
	CHECK_INT(n_after("8"), 10);
	done("10", "{\"gio_hen_dien\":\"?\"}");
	CHECK_INT(n_after("10"), 11);
	CHECK_OK(try_step("11", RUN_DONE, "tắt máy thử", "{\"phut_con_dien\":\"40\"}"), err);
	CHECK_INT(n_after("11"), 12); /* in a loop inside the branch */
	done("12", "{\"phut_con_dien\":\"30\",\"nhiet_do\":\"25\",\"co_dien\":\"chua\"}");
	CHECK(n_after("12") >= 12);
	CHECK_OK(try_step("5", RUN_DONE, "lãnh đạo có mặt", "{\"severity\":\"4\"}"), err);
	CHECK_INT(n_after("5"), 6);
	end_desk();
}

TEST(after_a_step_that_calls_a_plan_the_first_step_of_that_plan_comes)
{
	begin_desk("attack");
	begin("PA-TC");
	done("1", "{\"nguoi_bao\":\"x\",\"da_xac_minh\":\"co\"}");
	done("2", "{\"loai_tc\":\"ma_hoa\",\"lan_rong\":\"khong\"}");
	CHECK_INT(n_after("1:2"), 101); /* not the order due in another branch */
	end_desk();
}

TEST(a_time_given_afterwards_is_honest_and_kept_apart_from_the_entry)
{
	struct step_act act = { .action = RUN_DONE, .typed = "x" };
	struct case_runs runs = { 0 };
	const struct instance *instance;
	struct case_run *run;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	act.values = NULL;
	act.note = "trên giấy";
	act.at = now_ms + MINUTE;
	CHECK_ERR(player_step(desk, case_id, "7", &act, &err), err, ERR_REFUSED);
	CHECK_OK(try_step("5", RUN_START, NULL, NULL), err);
	now_ms += 200 * MINUTE;
	act.values = json_object();
	json_set_text((struct json *)act.values, "severity", "4");
	act.at = now_ms + MINUTE;
	CHECK_ERR(player_step(desk, case_id, "5", &act, &err), err, ERR_BAD_INPUT);
	act.at = now_ms - 201 * MINUTE; /* before it was begun */
	CHECK_ERR(player_step(desk, case_id, "5", &act, &err), err, ERR_BAD_INPUT);
	act.at = now_ms - 3 * 1440 * MINUTE;
	CHECK_ERR(player_step(desk, case_id, "5", &act, &err), err, ERR_BAD_INPUT);
	act.at = now_ms - 190 * MINUTE;
	CHECK_OK(player_step(desk, case_id, "5", &act, &err), err);
	json_free((struct json *)act.values);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_runs_find(&run, &instance, &runs, "5", &err), err);
	CHECK_INT(instance->ended_at, now_ms - 190 * MINUTE);
	case_runs_finish(&runs);
	end_desk();
}

TEST(a_step_that_asks_for_severity_decides_it)
{
	struct ir_case c;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	CHECK_ERR(try_step("5", RUN_DONE, "đã hỏi", NULL), err, ERR_REFUSED);
	CHECK_STR(err.detail, "{\"missing\":[\"severity\"]}");
	CHECK_ERR(try_step("5", RUN_DONE, "đã hỏi", "{\"severity\":\"7\"}"), err,
		ERR_BAD_INPUT);
	CHECK_OK(try_step("5", RUN_DONE, "lãnh đạo Đội quyết", "{\"severity\":\"4\"}"),
		err);
	CHECK_ERR(try_step("6", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	CHECK_OK(try_step("6", RUN_DONE, "gián đoạn nghiêm trọng",
		"{\"reportable\":\"yes\"}"), err);
	c = the_case();
	CHECK_INT(c.severity, 4);
	CHECK_STR(c.reportable, "yes");
	case_clear(&c);
	end_desk();
}

static void
to_personal_data(void)
{
	begin_desk("attack");
	begin("PA-TC");
	done("1", "{\"nguoi_bao\":\"x\",\"da_xac_minh\":\"co\"}");
	CHECK_OK(try_step("10", RUN_DONE, "quyết", "{\"severity\":\"3\"}"), err);
	done("11", NULL);
	done("12", "{\"lien_quan_mat\":\"khong\"}");
	CHECK_OK(try_step("14", RUN_DONE, "quyết", "{\"reportable\":\"?\"}"), err);
}

TEST(a_step_that_finds_personal_data_says_so_of_the_case)
{
	struct ir_case c;

	to_personal_data();
	CHECK_ERR(try_step("15", RUN_DONE, "quyết", "{\"du_lieu_cn\":\"co\","
		"\"gio_biet_dlcn\":\"lúc nào đó\"}"), err, ERR_BAD_INPUT);
	CHECK_OK(try_step("15", RUN_DONE, "quyết", "{\"du_lieu_cn\":\"co\","
		"\"gio_biet_dlcn\":\"-10m\"}"), err);
	c = the_case();
	CHECK_STR(c.personal_data, "yes");
	assert_in_range(now_ms - c.personal_data_at, 9 * MINUTE, 11 * MINUTE);
	case_clear(&c);
	/* As with the severity: the step first, then what it said of the case. */
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	c = the_case();
	CHECK_STR(c.personal_data, "unknown");
	CHECK_INT(c.personal_data_at, 0);
	case_clear(&c);
	end_desk();
}

TEST(no_personal_data_has_no_time_and_not_known_sets_nothing)
{
	struct ir_case c;

	to_personal_data();
	CHECK_OK(try_step("15", RUN_DONE, "quyết", "{\"du_lieu_cn\":\"khong\","
		"\"gio_biet_dlcn\":\"-10m\"}"), err);
	c = the_case();
	CHECK_STR(c.personal_data, "no");
	CHECK_INT(c.personal_data_at, 0);
	case_clear(&c);
	end_desk();
	to_personal_data();
	CHECK_OK(try_step("15", RUN_DONE, "quyết", "{\"du_lieu_cn\":\"?\","
		"\"gio_biet_dlcn\":\"?\"}"), err);
	c = the_case();
	CHECK_STR(c.personal_data, "unknown");
	case_clear(&c);
	end_desk();
}

static char *
assignee_of(const char *step)
{
	struct case_runs runs = { 0 };
	struct case_run *run;
	const struct instance *instance;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_runs_find(&run, &instance, &runs, step, &err), err);
	char *id = xstrdup(instance->assignee);
	case_runs_finish(&runs);
	return id;
}

TEST(an_unmapped_lead_is_the_owner_and_a_step_can_be_given_to_another)
{
	char ha[UUID_SIZE];
	char binh[UUID_SIZE];
	struct step_act act = { .action = RUN_ASSIGN, .assignee = "binh" };

	begin_desk("power");
	CHECK_OK(member_id(desk, "ha", ha, &err), err);
	CHECK_OK(member_id(desk, "binh", binh, &err), err);
	begin(NULL);
	char *is = assignee_of("1");
	CHECK_STR(is, ha);
	free(is);
	CHECK_OK(player_step(desk, case_id, "1", &act, &err), err);
	is = assignee_of("1");
	CHECK_STR(is, binh);
	free(is);
	act.assignee = "nobody";
	CHECK_ERR(player_step(desk, case_id, "1", &act, &err), err, ERR_NOT_FOUND);
	end_desk();
}

TEST(a_step_is_skipped_for_a_reason_and_failed_ones_wait_for_a_word)
{
	struct ir_case c;

	begin_desk("power");
	begin(NULL);
	CHECK_ERR(try_step("1", RUN_SKIP, NULL, NULL), err, ERR_REFUSED);
	CHECK_OK(try_step("1", RUN_SKIP, "tin do SOC báo, đã có giờ", NULL), err);
	CHECK_OK(try_step("2", RUN_FAILED, "không ai nghe máy", NULL), err);
	c = the_case();
	CHECK_INT(c.open_tasks, 1); /* the failed one: it is still work */
	CHECK_INT(c.next_n, 2);
	case_clear(&c);
	CHECK_OK(try_step("2", RUN_START, NULL, NULL), err);
	done("2", "{\"pham_vi\":\"?\",\"phut_con_dien\":\"?\",\"nhiet_do\":\"?\"}");
	/* Again by the same member: nothing to do and no fault. */
	int appended = 0;
	CHECK_OK(try_step("2", RUN_DONE, NULL, NULL), err);
	(void)change_appended(desk, &appended);
	CHECK_INT(appended, 0);
	end_desk();
}

TEST(a_plan_is_stopped_for_a_reason_and_a_closed_case_stands_still)
{
	begin_desk("power");
	begin(NULL);
	CHECK_ERR(player_change(desk, case_id, 1, RUN_STOP, "", &err), err, ERR_REFUSED);
	CHECK_OK(player_change(desk, case_id, 1, RUN_STOP, "báo nhầm", &err), err);
	CHECK_ERR(player_change(desk, case_id, 1, RUN_STOP, "báo nhầm", &err), err,
		ERR_REFUSED);
	CHECK_ERR(player_change(desk, case_id, 5, RUN_STOP, "x", &err), err, ERR_NOT_FOUND);
	CHECK_OK(status_set(desk, case_id, &(struct status_change){
		.to = "dismissed", .verb = "status", .reason = "báo nhầm" }, &err),
		err);
	CHECK_ERR(player_begin(desk, case_id, NULL, &(int){ 0 }, &err), err,
		ERR_REFUSED);
	end_desk();
}

static bool
collect_text(const struct entry *entry, void *arg)
{
	struct buf *out = arg;
	char *text = timeline_text(entry, desk_zone(desk));

	buf_addf(out, "%s\n", text);
	free(text);
	return true;
}

TEST(the_timeline_tells_the_plan_in_words)
{
	const struct timeline_page page = { .case_id = case_id };
	struct buf out = { 0 };

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	CHECK_OK(timeline_each(desk, &page, collect_text, &out, &err), err);
	CHECK(strstr(buf_text(&out), "PA-MD Mất điện Trung tâm dữ liệu tỉnh")
		!= NULL);
	CHECK(strstr(buf_text(&out), "Tiếp nhận tin báo mất điện") != NULL);
	CHECK(strstr(buf_text(&out), "(Mất điện lúc mấy giờ? 02:05") != NULL);
	buf_free(&out);
	end_desk();
}

TEST(steps_as_json_hold_the_contract)
{
	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	struct json *steps = all_steps();
	const struct json *first = json_at(steps, 0);
	const struct json *second = json_at(steps, 1);
	const struct json *ask = json_at(json_get(second, "asks"), 1);

	CHECK(json_count(steps) >= 25);
	CHECK_INT(json_get_int(first, "n", 0), 1);
	CHECK_STR(json_get_text(first, "state"), "done");
	CHECK_STR(json_get_text(first, "lead"), "truc_ca");
	CHECK_STR(json_get_text(json_at(json_get(first, "asks"), 1), "value"), "?");
	CHECK_STR(json_get_text(second, "state"), "open");
	CHECK_STR(json_get_text(second, "assignee"), "ha");
	CHECK(strncmp(json_get_text(second, "due_at"), "2026-11-21T01:20:01.000+07:00", 29) == 0);
	CHECK_STR(json_get_text(ask, "name"), "__phut_con_dien__");
	CHECK_STR(json_get_text(ask, "type"), "integer");
	CHECK_STR(json_get_text(ask, "unknown"), "0");
	CHECK(json_is(json_get(ask, "value"), JSON_NULL));
	CHECK(strncmp(json_get_text(second, "text"), "1. ", 3) == 0);
	CHECK(json_is(json_get(json_at(steps, 2), "instance"), JSON_NULL));
	json_free(steps);
	end_desk();
}

TEST(decisions_lists_and_countdowns_are_told_as_text)
{
	begin_desk("power");
	begin(NULL);
	first_steps();
	struct json *steps = all_steps();
	bool decision = false;
	bool list = false;

	for (const struct json *row = json_first(steps); row != NULL;
			row = json_next(row)) {
		const char *beside = json_get_text(row, "beside");

		decision |= beside != NULL && strstr(beside, "Lãnh đạo Đội") != NULL
			&& strstr(beside, "10") != NULL;
		list |= beside != NULL && strstr(beside, "TTDL") != NULL;
	}
	CHECK(decision);
	CHECK(list);
	json_free(steps);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_fitting_plan_begins_and_the_case_keeps_its_next_step),
		RUN(steps_are_done_with_answers_and_all_is_proved),
		RUN(a_number_typed_with_blanks_thousands_or_its_unit_is_that_number),
		RUN(a_refused_answer_names_its_question_and_what_would_be_right),
		RUN(after_a_step_that_calls_a_plan_the_first_step_of_that_plan_comes),
		RUN(after_a_step_its_own_branch_goes_on_whatever_is_due_first_elsewhere),
		RUN(a_time_given_afterwards_is_honest_and_kept_apart_from_the_entry),
		RUN(a_step_that_asks_for_severity_decides_it),
		RUN(a_step_that_finds_personal_data_says_so_of_the_case),
		RUN(no_personal_data_has_no_time_and_not_known_sets_nothing),
		RUN(an_unmapped_lead_is_the_owner_and_a_step_can_be_given_to_another),
		RUN(a_step_is_skipped_for_a_reason_and_failed_ones_wait_for_a_word),
		RUN(a_plan_is_stopped_for_a_reason_and_a_closed_case_stands_still),
		RUN(the_timeline_tells_the_plan_in_words),
		RUN(steps_as_json_hold_the_contract),
		RUN(decisions_lists_and_countdowns_are_told_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
