/* Whom a step of a policy calls, where that is not plain from its words. */
#include "tests/core/call_scene.h"

TEST(where_nobody_has_a_role_those_of_the_next_higher_one_are_called)
{
	struct call_scene s;

	scene_start(&s);
	scene_rule(&s, "call-them", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': ["
		"{'who': ['role:coordinator'], 'after': '5m'}]}}");
	scene_member(&s, "minh", "{'role': 'responder'}");
	scene_member(&s, "quan", "{'mail': 'quan@team.example'}");
	fixture_as(&s.f, "lan");
	scene_case(&s);
	CHECK_STR(scene_called(&s), "quan");
	CHECK_STR(s.turns.all[0].why, "role:coordinator");
	scene_stop(&s);
}

TEST(who_opened_a_case_in_anothers_name_is_called_and_the_other_is_not)
{
	struct call_scene s;
	struct desk *own;
	struct error err;

	scene_start(&s);
	scene_member(&s, "quan", "{'mail': 'quan@team.example'}");
	scene_rule(&s, "call-them", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': ["
		"{'who': ['member:lan', 'member:quan'], 'after': '5m'}]}}");
	own = s.f.desk;
	s.f.desk = NULL;
	CHECK_OK(desk_open(&s.f.desk, &(struct desk_options){ .url = s.f.path,
		.login = "quan", .as = "lan", .clock = fixture_clock(&s.f) }, &err), err);
	scene_case(&s);
	desk_close(s.f.desk);
	s.f.desk = own;
	CHECK_STR(scene_called(&s), "-lan quan");
	CHECK_STR(s.turns.all[0].skipped, "opened the case: knows of it");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(where_nobody_has_a_role_those_of_the_next_higher_one_are_called),
		RUN(who_opened_a_case_in_anothers_name_is_called_and_the_other_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
