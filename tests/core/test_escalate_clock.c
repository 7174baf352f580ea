/* A lawful report whose time comes near calls its owner, then the coordinators,
 * until it is sent. */
#include "tests/core/call_scene.h"

#include "core/deadline.h"

static void
deadline_world(struct call_scene *s)
{
	scene_start(s);
	scene_rule(s, "d", "{'family': 'deadline', 'order': 1, 'source': 'luật', 'when': {},"
		" 'then': {'start': 'opened', 'span': '3h', 'recipient': 'co_quan', 'form': 'F1',"
		" 'title': {'vi': 'Thông báo ban đầu', 'en': 'First notice'}}}");
	scene_rule(s, "near", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'deadline'}, 'then': {'steps': [{'who': ['owner'],"
		" 'after': '20m'}, {'who': ['role:coordinator'], 'after': '20m'}],"
		" 'before': '1h', 'ack_lasts': '1h'}}");
	scene_member(s, "quan", "{'mail': 'quan@team.example'}");
	fixture_case(&s->f, "Lộ dữ liệu", s->case_id);
	fixture_status(&s->f, s->case_id, "acknowledged");
	scene_round(s);
}

TEST(a_deadline_calls_inside_its_reminder_until_it_is_met)
{
	struct call_scene s;
	struct error err;

	deadline_world(&s);
	CHECK_INT(s.report.started, 0);
	CHECK_INT(s.next_at, s.f.now + 120 * MINUTE);
	scene_later(&s, 119);
	CHECK_INT(s.report.started, 0);
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "quan");
	CHECK_STR(s.e.subject, "deadline");
	CHECK_STR(s.e.title, "Thông báo ban đầu");
	scene_later(&s, 20);
	CHECK_STR(scene_called(&s), "quan minh");
	CHECK_INT(scene_says(&s, "Thông báo ban đầu: calling people begins"), 1);
	fixture_as(&s.f, "minh");
	CHECK_OK(deadline_not_applicable(s.f.desk, s.case_id, "1", "không phải sự cố", &err),
		err);
	fixture_as(&s.f, "quan");
	scene_later(&s, 30);
	CHECK_STR(scene_called(&s), "quan minh");
	CHECK_STR(s.e.state, "ended");
	CHECK_INT(s.next_at, INT64_MAX);
	scene_stop(&s);
}

TEST(who_takes_the_report_and_goes_silent_is_asked)
{
	struct call_scene s;

	deadline_world(&s);
	scene_later(&s, 120);
	CHECK_STR(scene_called(&s), "quan");
	CHECK_INT(scene_answer(&s, "quan", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_later(&s, 20);
	CHECK_STR(scene_called(&s), "quan");
	CHECK_STR(s.e.state, "answered");
	scene_later(&s, 40);
	CHECK_STR(scene_called(&s), "quan quan");
	CHECK_STR(s.e.reason, ESCALATION_ASKED);
	scene_later(&s, 10);
	CHECK_STR(s.turns.all[1].why, "asked");
	CHECK_STR(scene_called(&s), "quan quan quan");
	CHECK_STR(s.e.state, "running");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_deadline_calls_inside_its_reminder_until_it_is_met),
		RUN(who_takes_the_report_and_goes_silent_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
