/* Steps that somebody else decides: asked by the plan's words, done by the answer,
 * by the fall-back, or for a reason. */
#include "tests/playbooks/on_desk.h"
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/decision.h"
#include "core/now_case.h"
#include "core/setting.h"
#include "playbooks/step_decision.h"

#define MINUTE 60000LL

/* Step 5 of PA-MD asks the team's leader for the severity, 10 minutes. */
static void
to_step_5(void)
{
	begin_desk("power");
	begin("PA-MD");
	first_steps();
}

static int
ask(const char *step, const char *whom)
{
	int n = 0;

	CHECK_OK(step_decision_ask(desk, case_id, step, &(struct decision_new){
		.whom = whom }, &n, &err), err);
	return n;
}

TEST(the_plan_says_who_what_until_when_and_what_without_an_answer)
{
	struct decision d;
	int n;

	to_step_5();
	CHECK_OK(setting_set(desk, "agent.lanh_dao_doi", "member:binh", &err), err);
	n = ask("5", NULL);
	CHECK_OK(decision_load(&d, desk, case_id, n, &err), err);
	CHECK_STR(d.role, "lanh_dao_doi");
	CHECK(strstr(d.name, "(Bình)") != NULL);
	CHECK_INT(d.until_at, now_ms + 10 * MINUTE);
	CHECK_STR(d.authority, "draft");
	CHECK(strlen(d.fallback) > 10);
	CHECK_STR(decision_value(&d, "4"), "4");
	decision_clear(&d);
	CHECK_ERR(step_decision_ask(desk, case_id, "5", &(struct decision_new){ 0 }, &n,
		&err), err, ERR_CONFLICT);
	CHECK_ERR(step_decision_ask(desk, case_id, "2", &(struct decision_new){ 0 }, &n,
		&err), err, ERR_REFUSED);
	CHECK_ERR(step_decision_ask(desk, case_id, "15", &(struct decision_new){ 0 }, &n,
		&err), err, ERR_REFUSED);
	end_desk();
}

TEST(the_answer_fills_what_the_step_asks)
{
	struct ir_case c;

	to_step_5();
	CHECK_ERR(try_step("5", RUN_DONE, NULL, "{\"severity\":\"4\"}"), err, ERR_REFUSED);
	CHECK(strstr(err.how, "--step 5") != NULL);
	(void)ask("5", NULL);
	CHECK_ERR(try_step("5", RUN_DONE, NULL, "{\"severity\":\"4\"}"), err, ERR_REFUSED);
	CHECK_OK(decision_answer(desk, case_id, 1, &(struct decision_word){ .answer = "3",
		.by = "đ/c Minh" }, &err), err);
	CHECK_OK(try_step("5", RUN_DONE, NULL, NULL), err);
	c = the_case();
	CHECK_INT(c.severity, 3);
	case_clear(&c);
	check_whole();
	end_desk();
}

static void
take_fall_back(void)
{
	CHECK_OK(decision_fallback(desk, case_id, 1, &(struct decision_word){ .by = "Hà",
		.reason = "không ai nghe máy" }, &err), err);
}

TEST(the_fall_back_that_was_taken_is_the_answer_that_the_plan_says)
{
	struct ir_case c;

	to_step_5();
	(void)ask("5", NULL);
	take_fall_back();
	CHECK_OK(try_step("5", RUN_DONE, NULL, NULL), err);
	c = the_case();
	CHECK_INT(c.severity, 4);
	case_clear(&c);
	check_whole();
	end_desk();
}

TEST(now_names_the_step_once_its_decision_is_settled)
{
	struct now here, anywhere;

	to_step_5();
	CHECK_OK(try_step("5", RUN_DONE, "tại chỗ", "{\"severity\":\"4\"}"), err);
	(void)ask("6", NULL);
	CHECK_OK(now_find_case(&here, desk, case_id, &err), err);
	CHECK(here.kind != NOW_DECIDED);
	take_fall_back();
	CHECK_OK(now_find_case(&here, desk, case_id, &err), err);
	CHECK_INT(here.kind, NOW_DECIDED);
	CHECK_INT(here.n, 6);
	CHECK_OK(now_find(&anywhere, desk, &err), err);
	CHECK_INT(anywhere.kind, NOW_DECIDED);
	CHECK_STR(anywhere.item, here.item);
	/* Keep "unknown": asked again each hour. */
	CHECK_OK(try_step("6", RUN_DONE, NULL, NULL), err);
	CHECK_OK(now_find_case(&here, desk, case_id, &err), err);
	CHECK(here.kind != NOW_DECIDED);
	end_desk();
}

TEST(what_is_typed_counts_before_the_fall_back_and_a_later_answer_fills_nothing)
{
	struct ir_case c;

	to_step_5();
	(void)ask("5", NULL);
	take_fall_back();
	CHECK_OK(decision_answer(desk, case_id, 1, &(struct decision_word){ .answer = "2" },
		&err), err);
	CHECK_ERR(try_step("5", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	CHECK(strstr(err.detail, "severity") != NULL);
	CHECK_OK(try_step("5", RUN_DONE, NULL, "{\"severity\":\"3\"}"), err);
	c = the_case();
	CHECK_INT(c.severity, 3);
	case_clear(&c);
	end_desk();
}

TEST(a_reason_lets_a_step_be_done_without)
{
	to_step_5();
	CHECK_OK(try_step("5", RUN_DONE, "lãnh đạo đứng cạnh, quyết tại chỗ",
		"{\"severity\":\"4\"}"), err);
	CHECK_OK(try_step("6", RUN_SKIP, "diễn ra trước", NULL), err);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_plan_says_who_what_until_when_and_what_without_an_answer),
		RUN(the_answer_fills_what_the_step_asks),
		RUN(the_fall_back_that_was_taken_is_the_answer_that_the_plan_says),
		RUN(now_names_the_step_once_its_decision_is_settled),
		RUN(what_is_typed_counts_before_the_fall_back_and_a_later_answer_fills_nothing),
		RUN(a_reason_lets_a_step_be_done_without),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
