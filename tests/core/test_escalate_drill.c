/* Drills: nobody is called in one that does not page the team; in one that does,
 * its members are. */
#include "tests/core/call_scene.h"

static void
drill(struct call_scene *s, bool page)
{
	struct error err;

	CHECK_OK(case_open(s->f.desk, &(struct case_new){ .kind = "power",
		.title = "Diễn tập mất điện", .drill = true, .page = page }, s->case_id, &err),
		err);
	scene_round(s);
}

TEST(a_drill_calls_nobody_by_itself)
{
	struct call_scene s;
	struct escalation_list list;
	struct error err;

	scene_start(&s);
	drill(&s, false);
	scene_later(&s, 24 * 60);
	CHECK_OK(escalation_list(&list, s.f.desk, s.case_id, &err), err);
	CHECK_INT(list.count, 0);
	CHECK_INT(s.report.called, 0);
	scene_stop(&s);
}

TEST(a_drill_that_pages_the_team_calls_like_the_real_thing)
{
	struct call_scene s;

	scene_start(&s);
	drill(&s, true);
	CHECK_STR(scene_called(&s), "lan");
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_later(&s, 10);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_STR(s.e.state, "answered");
	scene_stop(&s);
}

/* Nobody hears of the severity that the rules suggested where a person opened the case
 * with another, and nobody is called twice for it. */
TEST(a_case_opened_with_its_severity_decided_tells_and_calls_by_that_one)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_rule(&s, "serious", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'case', 'severity': 4}, 'then': {'steps': ["
		"{'who': ['member:nam'], 'after': '5m'}], 'ack_lasts': '30m',"
		" 'ask_again': '5m'}}");
	CHECK_OK(case_open(s.f.desk, &(struct case_new){ .kind = "power",
		.title = "Cháy phòng máy", .drill = true, .page = true, .owner = "lan",
		.severity = 4, .severity_reason = "có khói" }, s.case_id, &err), err);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "nam");
	CHECK_STR(s.e.policy, "serious");
	CHECK_STR(fixture_ask(s.f.path, "SELECT COUNT(*) FROM message"
		" WHERE json_extract(vars, '$.severity') IS NOT 4"), "0");
	CHECK_STR(fixture_ask(s.f.path, "SELECT to_name FROM message"
		" WHERE position = (SELECT MIN(position) FROM message)"), "Phạm Thị Lan");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_drill_calls_nobody_by_itself),
		RUN(a_drill_that_pages_the_team_calls_like_the_real_thing),
		RUN(a_case_opened_with_its_severity_decided_tells_and_calls_by_that_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
