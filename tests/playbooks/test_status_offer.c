/* The status that a plan suggests: offered, never set. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/json.h"
#include "core/status.h"
#include "playbooks/status_offer.h"
#include "tests/playbooks/on_desk.h"

static struct status_offer
offer(void)
{
	struct status_offer out;
	struct ir_case c = the_case();

	CHECK_OK(status_offer_load(&out, desk, &c, &err), err);
	case_clear(&c);
	return out;
}

static void
become(const char *to, const char *verb)
{
	now_ms += 1000;
	CHECK_OK(status_set(desk, case_id, &(struct status_change){ .to = to,
		.verb = verb, .reason = "đã xem" }, &err), err);
}

static void
severity_step(void)
{
	CHECK_OK(try_step("5", RUN_DONE, "lãnh đạo có mặt", "{\"severity\":\"4\"}"), err);
}

TEST(a_plan_that_began_offers_nothing_and_its_first_step_the_acknowledging)
{
	struct ir_case c;
	struct json *json;

	begin_desk("power");
	CHECK_STR(offer().to, "");
	begin(NULL);
	CHECK_STR(offer().to, "");
	json = status_offer_json(&(struct status_offer){ 0 });
	CHECK(json_is(json, JSON_NULL));
	json_free(json);
	CHECK_OK(try_step("1", RUN_START, NULL, NULL), err);
	CHECK_STR(offer().to, ""); /* a hint holds when the step is done */
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	CHECK_STR(offer().to, "acknowledged");
	CHECK_INT(offer().n, 1);
	CHECK_STR(offer().verb, "suco ack 2026-0001");
	CHECK_STR(offer().refused, "");
	c = the_case();
	CHECK_STR(c.status, "new"); /* never by itself */
	case_clear(&c);
	become("acknowledged", "ack");
	CHECK_STR(offer().to, "");
	end_desk();
}

TEST(a_status_that_was_passed_over_is_offered_first_so_that_its_time_is_kept)
{
	char *text;

	begin_desk("power");
	begin(NULL);
	first_steps();
	severity_step();
	CHECK_STR(offer().hint, "responding");
	CHECK_STR(offer().to, "acknowledged");
	become("acknowledged", "ack");
	CHECK_STR(offer().to, "responding");
	CHECK_INT(offer().n, 5);
	struct status_offer o = offer();
	text = status_offer_text(&o);
	CHECK(strstr(text, "suco status 2026-0001 responding") != NULL);
	CHECK(strstr(text, "step 5") != NULL);
	free(text);
	become("responding", "status");
	CHECK_STR(offer().to, "");
	end_desk();
}

TEST(what_somebody_set_further_on_or_went_back_from_is_not_offered_again)
{
	begin_desk("power");
	begin(NULL);
	first_steps();
	become("contained", "status");
	CHECK_STR(offer().to, ""); /* acknowledged has been passed */
	now_ms += 60000;
	severity_step(); /* a slow branch takes nothing back */
	CHECK_STR(offer().to, "");
	end_desk();
}

TEST(what_another_plan_said_before_takes_nothing_back)
{
	begin_desk("power");
	begin(NULL);
	first_steps();
	begin("PA-TC");
	CHECK_OK(try_step("2:1", RUN_DONE, NULL,
		"{\"nguoi_bao\":\"?\",\"da_xac_minh\":\"co\"}"), err);
	now_ms += 60000;
	severity_step();
	CHECK_STR(offer().hint, "responding");
	CHECK_INT(offer().run, 1);
	end_desk();
}

TEST(who_went_back_is_not_offered_what_was_done_before)
{
	begin_desk("power");
	begin(NULL);
	first_steps();
	CHECK_STR(offer().to, "acknowledged");
	become("acknowledged", "ack");
	severity_step();
	become("contained", "status");
	become("responding", "status");
	CHECK_STR(offer().to, "");
	CHECK_STR(status_towards("new", "closed"), "acknowledged");
	CHECK_STR(status_towards("contained", "responding"), "responding");
	CHECK_STR(status_towards("recovered", "closed"), "closed");
	CHECK(status_towards("responding", "new") == NULL);
	end_desk();
}

/* The software plan: tested, not good, worked on, tested again. */
TEST(what_went_back_lapses_when_the_test_passes_in_a_later_round)
{
	begin_desk("software");
	begin(NULL);
	done("1", "{\"hien_tuong\":\"báo lỗi 500\",\"so_noi_bao\":\"4\"}");
	done("2", NULL);
	CHECK_OK(try_step("3", RUN_DONE, "lãnh đạo có mặt", "{\"severity\":\"3\"}"), err);
	done("4", "{\"loi_o_dau\":\"ung_dung\",\"tan_cong\":\"khong\","
		"\"thay_doi\":\"khong\"}");
	CHECK_OK(try_step("5", RUN_DONE, "lãnh đạo có mặt", "{\"reportable\":\"unknown\"}"),
		err);
	done("7", NULL);
	done("9", "{\"da_chay\":\"co\"}");
	done("10", "{\"hong_du_lieu\":\"khong\"}");
	done("16", "{\"ho_so_giay\":\"3\"}");
	done("17", NULL);
	become("contained", "status");
	done("18", "{\"kiem_tra\":\"khong_dat\"}");
	done("19", "{\"doi_ca\":\"khong\"}");
	CHECK_STR(offer().to, "responding");
	CHECK_INT(offer().n, 19);
	done("18", "{\"kiem_tra\":\"khong_dat\"}"); /* again not good */
	CHECK_STR(offer().to, "responding");
	done("19", "{\"doi_ca\":\"khong\"}");
	CHECK_STR(offer().to, "responding");
	done("18", "{\"kiem_tra\":\"dat\"}");
	CHECK_STR(offer().to, "");
	end_desk();
}

TEST(a_closing_that_the_gates_refuse_is_offered_with_the_reason)
{
	struct ir_case c;

	begin_desk("power");
	begin(NULL);
	become("recovered", "status");
	c = the_case();
	CHECK_ERR(status_ready(desk, &c, "closed", &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "step 1 ") != NULL);
	err = ERROR_INIT;
	CHECK_OK(status_ready(desk, &c, "responding", &err), err);
	case_clear(&c);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_plan_that_began_offers_nothing_and_its_first_step_the_acknowledging),
		RUN(a_status_that_was_passed_over_is_offered_first_so_that_its_time_is_kept),
		RUN(what_somebody_set_further_on_or_went_back_from_is_not_offered_again),
		RUN(what_another_plan_said_before_takes_nothing_back),
		RUN(who_went_back_is_not_offered_what_was_done_before),
		RUN(what_went_back_lapses_when_the_test_passes_in_a_later_round),
		RUN(a_closing_that_the_gates_refuse_is_offered_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
