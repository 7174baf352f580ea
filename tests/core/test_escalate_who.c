/* Whom a step of a policy calls, where that is not plain from its words. */
#include "tests/core/call_scene.h"

#include "core/case_set.h"
#include "core/duty_act.h"
#include "core/group.h"

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

/* A policy for what is not yet decided, and one for severity 4 that is quicker. */
static void
raise_world(struct call_scene *s)
{
	scene_start(s);
	scene_rule(s, "call-s4", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'severity': {'min': 3}}, 'then': {'steps': [{'who': ['member:lan'],"
		" 'after': '2m'}, {'who': ['member:minh'], 'after': '2m'}]}}");
	fixture_case(&s->f, "Mất điện trạm chính", s->case_id);
	scene_round(s);
	CHECK_STR(scene_called(s), "lan");
}

static void
decide(struct call_scene *s, int severity)
{
	struct error err;

	CHECK_OK(severity_decide(s->f.desk, s->case_id, severity, "xem lại", &err), err);
	scene_round(s);
}

TEST(who_was_called_a_moment_ago_is_not_called_twice_when_the_severity_is_decided)
{
	struct call_scene s;

	raise_world(&s);
	fixture_later(&s.f, MINUTE / 2);
	decide(&s, 4);
	CHECK_STR(scene_called(&s), "lan");
	CHECK_STR(s.e.policy, "call-s4");
	CHECK_INT(s.next_at, s.f.now + 3 * MINUTE / 2);
	fixture_later(&s.f, MINUTE / 2);
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan minh");
	scene_stop(&s);
}

TEST(who_was_called_before_or_has_declined_is_no_reason_to_wait)
{
	struct call_scene s;

	raise_world(&s);
	scene_later(&s, 2);
	decide(&s, 4);
	CHECK_STR(scene_called(&s), "lan lan");
	scene_stop(&s);
	raise_world(&s);
	fixture_later(&s.f, MINUTE / 4);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_DECLINE, NULL), ANSWER_DECLINED);
	decide(&s, 4);
	CHECK_STR(scene_called(&s), "lan lan");
	scene_stop(&s);
}

TEST(what_is_lowered_by_mistake_and_raised_again_calls_nobody_anew)
{
	struct call_scene s;

	raise_world(&s);
	decide(&s, 4);
	scene_later(&s, 2);
	CHECK_STR(scene_called(&s), "lan minh");
	decide(&s, 2);
	decide(&s, 3);
	decide(&s, 4);
	CHECK_STR(scene_called(&s), "lan minh");
	CHECK_INT(s.e.severity, 4);
	CHECK_INT(scene_says(&s, "severity raised to 4: calling goes on as it began"), 1);
	scene_later(&s, 2);
	CHECK_STR(scene_called(&s), "lan minh lan");
	scene_stop(&s);
}

TEST(a_step_without_a_delay_is_called_with_the_next_and_a_repeat_calls_again)
{
	struct call_scene s;

	scene_start(&s);
	scene_rule(&s, "call-them", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': [{'who': ['member:lan'],"
		" 'after': '0m'}, {'who': ['member:nam'], 'after': '3m', 'repeat': 2},"
		" {'who': ['member:minh'], 'after': '5m'}], 'rounds': 1}}");
	scene_case(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_later(&s, 3);
	CHECK_STR(scene_called(&s), "lan nam nam");
	scene_later(&s, 3);
	CHECK_STR(scene_called(&s), "lan nam nam minh");
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam nam minh");
	CHECK_INT(s.e.next_at, NO_DUE);
	scene_stop(&s);
}

TEST(the_steps_are_those_of_the_beginning_and_the_people_those_of_the_moment)
{
	static const char text[] = "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': [{'who': ['duty:first'],"
		" 'after': '5m'}, {'who': ['duty:first', 'group:tram'], 'after': '5m'}]}}";
	struct json *given = quoted_json("{'rotation': {'people': 'lan'}}");
	struct json *other = quoted_json("{'then': {'steps': [{'who': ['member:minh'],"
		" 'after': '1m'}]}}");
	const struct duty_override_new swap = { .kind = "replace", .layer = "first",
		.member = "nam", .other = "lan", .span = { "now", "+2h" } };
	struct call_scene s;
	struct error err;
	bool changed;
	int n;

	scene_start(&s);
	CHECK_OK(duty_set(s.f.desk, "first", given, &changed, &err), err);
	json_free(given);
	given = quoted_json("{'name': 'Trạm', 'of': 'member', 'members': []}");
	CHECK_OK(group_add(s.f.desk, "tram", given, &err), err);
	scene_rule(&s, "call-them", text);
	scene_case(&s);
	CHECK_STR(scene_called(&s), "lan");
	/* The policy is another one for later cases; the roster is so for this one. */
	CHECK_OK(rule_set(s.f.desk, "call-them", other, &err), err);
	CHECK_OK(duty_override(s.f.desk, &swap, &n, &err), err);
	scene_later(&s, 4);
	CHECK_STR(scene_called(&s), "lan");
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan nam");
	json_free(given);
	json_free(other);
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(where_nobody_has_a_role_those_of_the_next_higher_one_are_called),
		RUN(who_opened_a_case_in_anothers_name_is_called_and_the_other_is_not),
		RUN(who_was_called_a_moment_ago_is_not_called_twice_when_the_severity_is_decided),
		RUN(who_was_called_before_or_has_declined_is_no_reason_to_wait),
		RUN(what_is_lowered_by_mistake_and_raised_again_calls_nobody_anew),
		RUN(a_step_without_a_delay_is_called_with_the_next_and_a_repeat_calls_again),
		RUN(the_steps_are_those_of_the_beginning_and_the_people_those_of_the_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
