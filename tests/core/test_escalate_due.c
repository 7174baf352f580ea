/* What is due while no engine runs: counted as the machine itself would call. */
#include "tests/core/call_scene.h"

#include "core/engine_look.h"
#include "core/lease.h"
#include "core/now.h"
#include "tui/model.h"

static struct error err;

static struct engine_look
look(struct call_scene *s)
{
	struct engine_look out;

	CHECK_OK(engine_look(&out, s->f.desk, &err), err);
	return out;
}

TEST(a_new_case_is_a_call_that_is_due_while_no_engine_runs)
{
	struct call_scene s;
	int64_t opened;

	scene_start(&s);
	opened = s.f.now;
	fixture_case(&s.f, "Mất điện trạm chính", s.case_id);
	CHECK_INT(look(&s).calls, 0); /* a moment is no missing engine */
	fixture_later(&s.f, 3 * MINUTE);
	CHECK_INT(look(&s).calls, 1);
	CHECK(look(&s).calls_since >= opened);
	CHECK(look(&s).calls_since < opened + MINUTE);
	CHECK(!look(&s).leads);
	scene_stop(&s);
}

TEST(a_step_of_calling_that_is_past_due_counts_since_it_was_due)
{
	struct call_scene s;
	int64_t called;

	scene_start(&s);
	scene_case(&s);
	called = s.f.now;
	fixture_later(&s.f, 4 * MINUTE);
	CHECK_INT(look(&s).calls, 0);
	fixture_later(&s.f, 4 * MINUTE);
	CHECK_INT(look(&s).calls, 1);
	CHECK_INT(look(&s).calls_since, called + 5 * MINUTE);
	/* Who takes it on ends that, though no engine has written it down. */
	fixture_status(&s.f, s.case_id, "acknowledged");
	CHECK_INT(look(&s).calls, 0);
	scene_stop(&s);
}

TEST(where_an_engine_leads_nothing_is_said_of_calls)
{
	struct call_scene s;
	struct lease lease = { .name = LEASE_ENGINE };
	char other[LEASE_HOLDER_SIZE];
	bool held = false;

	scene_start(&s);
	fixture_case(&s.f, "Mất điện trạm chính", s.case_id);
	fixture_later(&s.f, 10 * MINUTE);
	CHECK_INT(look(&s).calls, 1);
	lease_holder(lease.holder, "test");
	CHECK_OK(lease_take(s.f.desk, &lease, MINUTE, &held, other, &err), err);
	CHECK(held);
	CHECK(look(&s).leads);
	CHECK_INT(look(&s).calls, 0);
	scene_stop(&s);
}

/* A watch of a member's desktop is no engine. */
TEST(another_lease_than_the_engines_hides_nothing)
{
	struct call_scene s;
	struct lease lease = { .name = "watch:lan" };
	char other[LEASE_HOLDER_SIZE];
	struct summary summary;
	bool held = false;

	scene_start(&s);
	fixture_case(&s.f, "Mất điện trạm chính", s.case_id);
	fixture_later(&s.f, 10 * MINUTE);
	lease_holder(lease.holder, "test");
	CHECK_OK(lease_take(s.f.desk, &lease, MINUTE, &held, other, &err), err);
	CHECK_OK(summary_load(&summary, s.f.desk, &err), err);
	CHECK(summary.no_engine);
	CHECK_INT(summary.engine.calls, 1);
	CHECK(summary.engine.calls_since > 0);
	scene_stop(&s);
}

TEST(what_no_rule_calls_for_is_not_said_to_be_due)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct engine_look out;

	fixture_memory(&f);
	fixture_case(&f, "không ai được gọi", id);
	fixture_later(&f, 10 * MINUTE);
	CHECK_OK(engine_look(&out, f.desk, &err), err);
	CHECK_INT(out.calls, 0);
	fixture_end(&f);
}

/* A report that is due at once is not late since before there was a case. */
TEST(a_clock_counts_from_its_rules_time_before_and_never_before_the_case)
{
	struct call_scene s;
	int64_t opened;

	scene_start(&s);
	scene_rule(&s, "d", "{'family': 'deadline', 'order': 1, 'source': 'luật', 'when': {},"
		" 'then': {'start': 'opened', 'span': '40m', 'recipient': 'co_quan', 'form': 'F1',"
		" 'title': {'vi': 'Thông báo ban đầu', 'en': 'First notice'}}}");
	scene_rule(&s, "near", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'deadline'}, 'then': {'before': '30m', 'steps': ["
		"{'who': ['owner'], 'after': '20m'}]}}");
	scene_case(&s);
	opened = s.f.now;
	fixture_status(&s.f, s.case_id, "acknowledged");
	scene_round(&s);
	fixture_later(&s.f, 9 * MINUTE);
	CHECK_INT(look(&s).calls, 0);
	fixture_later(&s.f, 4 * MINUTE);
	CHECK_INT(look(&s).calls, 1);
	CHECK(look(&s).calls_since >= opened + 9 * MINUTE);
	scene_rule(&s, "early", "{'family': 'escalation', 'order': 4, 'source': 'test',"
		" 'when': {'subject': 'deadline'}, 'then': {'before': '6h', 'steps': ["
		"{'who': ['owner'], 'after': '20m'}]}}");
	CHECK_INT(look(&s).calls, 1);
	CHECK(look(&s).calls_since >= opened - MINUTE);
	scene_stop(&s);
}

TEST(a_silent_answer_is_due_to_be_asked_about)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, s.case_id, "acknowledged");
	fixture_as(&s.f, "quan");
	scene_round(&s);
	fixture_later(&s.f, 20 * MINUTE);
	CHECK_INT(look(&s).calls, 0);
	fixture_later(&s.f, 20 * MINUTE);
	CHECK_INT(look(&s).calls, 1);
	fixture_as(&s.f, "nam");
	fixture_note(&s.f, s.case_id, "đang đến trạm");
	CHECK_INT(look(&s).calls, 0);
	fixture_as(&s.f, "quan");
	scene_stop(&s);
}

/* NOW asks for the engine for calls as it does for messages. */
TEST(now_says_that_nobody_is_called)
{
	struct call_scene s;
	struct now now;
	char *text;

	scene_start(&s);
	scene_case(&s);
	fixture_status(&s.f, s.case_id, "acknowledged");
	scene_round(&s);
	fixture_later(&s.f, 45 * MINUTE);
	fixture_as(&s.f, "lan");
	CHECK_OK(now_find(&now, s.f.desk, &err), err);
	CHECK_INT(now.kind, NOW_NO_ENGINE);
	CHECK_INT(now.count, 1);
	text = now_text(&now, s.f.now);
	CHECK(strstr(text, "calls") != NULL);
	free(text);
	fixture_as(&s.f, "quan");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_new_case_is_a_call_that_is_due_while_no_engine_runs),
		RUN(a_step_of_calling_that_is_past_due_counts_since_it_was_due),
		RUN(where_an_engine_leads_nothing_is_said_of_calls),
		RUN(another_lease_than_the_engines_hides_nothing),
		RUN(what_no_rule_calls_for_is_not_said_to_be_due),
		RUN(a_clock_counts_from_its_rules_time_before_and_never_before_the_case),
		RUN(a_silent_answer_is_due_to_be_asked_about),
		RUN(now_says_that_nobody_is_called),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
