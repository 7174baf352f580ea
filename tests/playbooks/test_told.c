/* What callers said, suggested to the steps that ask it; recorded by nobody. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/asset.h"
#include "core/case_set.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/planned.h"
#include "core/tin.h"
#include "playbooks/steps_json.h"
#include "playbooks/told.h"
#include "tests/playbooks/on_desk.h"

static void
call_in(const struct tin_new *what)
{
	struct tin_said said = { 0 };
	char id[UUID_SIZE];

	now_ms += 1000;
	CHECK_OK(tin_add(desk, what, id, &said, &err), err);
	CHECK_OK(tin_join(desk, id, case_id, NULL, &err), err);
}

static struct tin_new
first_call(void)
{
	return (struct tin_new){ .what = "Phòng máy mất điện, UPS kêu",
		.caller = "Nguyễn Văn Nam", .post = "kỹ thuật trực",
		.unit = "Trung tâm dữ liệu", .callback = "0255 000 0001",
		.detected_at = now_ms - 5 * 60000, .reported_at = now_ms };
}

/* The question of this name of the plan's step, as scripts see it. */
static char *
asked(int n, const char *name, const char *key)
{
	struct case_runs runs = { 0 };
	struct json *steps = NULL;
	char *out = NULL;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&steps, desk, &runs, &err), err);
	for (const struct json *row = json_first(steps); row != NULL; row = json_next(row)) {
		const struct json *asks = json_get(row, "asks");

		for (const struct json *ask = json_first(asks);
				json_get_int(row, "n", 0) == n && ask != NULL;
				ask = json_next(ask)) {
			if (strcmp(json_get_text(ask, "name"), name) == 0) {
				const char *text = json_get_text(ask, key);

				free(out);
				out = text == NULL ? NULL : xstrdup(text);
			}
		}
	}
	json_free(steps);
	case_runs_finish(&runs);
	return out;
}

static void
check_asked(int n, const char *name, const char *key, const char *wanted)
{
	char *text = asked(n, name, key);

	if (wanted == NULL) {
		CHECK(text == NULL);
	} else {
		CHECK(text != NULL);
		CHECK_STR(text, wanted);
	}
	free(text);
}

TEST(a_report_suggests_caller_and_time_until_a_person_answers)
{
	struct tin_new call;

	begin_desk("power");
	begin(NULL);
	check_asked(1, "__nguoi_bao__", "suggested", NULL);
	call = first_call();
	call_in(&call);
	check_asked(1, "__gio_mat_dien__", "suggested", "01:05");
	check_asked(1, "__gio_mat_dien__", "suggested_by", "TB-2026-0001");
	check_asked(1, "__gio_mat_dien__", "value", NULL);
	check_asked(1, "__nguoi_bao__", "suggested", "Nguyễn Văn Nam, kỹ thuật trực,"
		" Trung tâm dữ liệu, 0255 000 0001");
	check_asked(2, "__nhiet_do__", "suggested", NULL);
	/* It is no answer yet. */
	CHECK_ERR(try_step("1", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	done("1", "{\"gio_mat_dien\":\"02:07\",\"nguoi_bao\":\"?\"}");
	check_asked(1, "__gio_mat_dien__", "suggested", NULL);
	check_asked(1, "__nguoi_bao__", "suggested", NULL);
	check_asked(1, "__gio_mat_dien__", "value", "02:07");
	end_desk();
}

TEST(several_callers_count_and_the_first_that_says_it_is_taken)
{
	struct tin_new call;

	begin_desk("software");
	begin("PA-PM");
	call = first_call();
	call.broken = "counter,mail";
	call_in(&call);
	check_asked(1, "__hien_tuong__", "suggested", "Phòng máy mất điện, UPS kêu;"
		" down: one-stop counter, mail; since 01:05");
	check_asked(1, "__so_noi_bao__", "suggested", "1");
	call = first_call();
	call.what = "Không mở được hồ sơ";
	call_in(&call);
	check_asked(1, "__hien_tuong__", "suggested_by", "TB-2026-0001");
	check_asked(1, "__so_noi_bao__", "suggested", "2");
	end_desk();
}

TEST(secrets_and_the_call_back_are_suggested_as_the_plan_words_them)
{
	struct tin_new call;
	struct told told;
	struct case_runs runs = { 0 };
	const struct run *run;
	const char *number;

	begin_desk("attack");
	begin("PA-TC");
	call = first_call();
	call.secret = "no";
	call_in(&call);
	check_asked(1, "__da_xac_minh__", "suggested", NULL);
	call.secret = "yes";
	call.verified = true;
	call_in(&call);
	check_asked(1, "__da_xac_minh__", "suggested", "co");
	check_asked(1, "__da_xac_minh__", "suggested_by", "TB-2026-0002");
	CHECK_OK(told_load(&told, desk, case_id, &err), err);
	CHECK_STR(told.by[TOLD_SECRET].text, "yes"); /* one yes outweighs the no */
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	run = runs.list[0].run;
	CHECK(told_answer(&number, &told, run, run_instance(run, 1), "__khong_co__") == NULL);
	case_runs_finish(&runs);
	told_clear(&told);
	end_desk();
}

/* ---- what was changed ---- */

static void
work_on(const char *code, const char *what, int64_t from_at)
{
	int n;

	CHECK_OK(planned_add(desk, &(struct planned_new){ .asset = code, .what = what,
		.from_at = from_at, .to_at = from_at + 3600000, .by = "Tuấn" }, &n, &err), err);
}

TEST(work_of_the_last_day_on_the_system_is_known_where_the_plan_asks_for_changes)
{
	static const char *const assets[] = { "{\"name\":\"Giải quyết TTHC\"}",
		"{\"name\":\"Thư\"}" };
	static const char *const codes[] = { "TTHC", "THU" };
	const char *on_it = "asset=TTHC";

	begin_desk("software");
	for (int i = 0; i < 2; i++) {
		struct json *given = NULL;

		CHECK_OK(json_parse(&given, assets[i], strlen(assets[i]), NULL, &err), err);
		CHECK_OK(asset_add(desk, codes[i], given, &err), err);
		json_free(given);
	}
	begin("PA-PM");
	check_asked(4, "__thay_doi__", "known", NULL); /* of no system: of none */
	CHECK_OK(case_set(desk, case_id, &on_it, 1, &err), err);
	work_on("TTHC", "nâng phiên bản 5.3", now_ms - 8 * 3600000);
	work_on("TTHC", "mở cổng tường lửa", now_ms - 2 * 3600000);
	work_on("THU", "vá hệ điều hành", now_ms - 3 * 3600000);
	work_on("TTHC", "chuyển kho", now_ms - 40 * INT64_C(3600000));
	check_asked(4, "__thay_doi__", "known",
		"TTHC: mở cổng tường lửa, 20/11 23:10-21/11 00:10, Tuấn\n"
		"TTHC: nâng phiên bản 5.3, 20/11 17:10-18:10, Tuấn");
	check_asked(4, "__thay_doi__", "suggested", NULL); /* who knows it answers */
	check_asked(4, "__tan_cong__", "known", NULL);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_report_suggests_caller_and_time_until_a_person_answers),
		RUN(several_callers_count_and_the_first_that_says_it_is_taken),
		RUN(secrets_and_the_call_back_are_suggested_as_the_plan_words_them),
		RUN(work_of_the_last_day_on_the_system_is_known_where_the_plan_asks_for_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
