/* Drills: nobody is called in one that does not page the team; in one that does,
 * its members are. */
#include "tests/core/call_scene.h"

#include <stdlib.h>

#include "core/case_set.h"
#include "core/task.h"

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

static int
messages(struct call_scene *s, const char *to_kind, const char *state)
{
	char sql[300];

	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM message WHERE case_id = '%s'"
		" AND to_kind = '%s' AND state = '%s' AND template = 'phan_cong'", s->case_id,
		to_kind, state);
	return (int)strtol(fixture_ask(s->f.path, sql), NULL, 10);
}

static void
give_task(struct call_scene *s, const char *to)
{
	struct error err;
	int n;

	CHECK_OK(task_add(s->f.desk, s->case_id, &(struct task_new){ .title = "Đọc ắc quy",
		.assignee = to, .due_at = NO_DUE }, &n, &err), err);
}

TEST(what_a_paging_drill_tells_later_leaves_too_and_a_silent_ones_stays)
{
	struct call_scene s;
	struct error err;
	int before;

	scene_start(&s);
	drill(&s, true);
	before = messages(&s, "member", "queued");
	give_task(&s, "nam");
	CHECK(messages(&s, "member", "queued") > before);
	CHECK_OK(case_assign(s.f.desk, s.case_id, "minh", &err), err);
	CHECK(messages(&s, "member", "queued") > before + 1);
	CHECK_INT(messages(&s, "member", "held"), 0);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message WHERE drill = 0"), "0");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message"
		" WHERE to_kind = 'contact'"), "0");
	drill(&s, false);
	give_task(&s, "nam");
	CHECK_INT(messages(&s, "member", "queued"), 0);
	CHECK(messages(&s, "member", "held") > 0);
	scene_stop(&s);
}

/* Without a rule that calls: that it pages was said when it was opened. */
TEST(a_paging_drill_pages_also_where_no_rule_calls)
{
	struct call_scene s = { 0 };
	struct error err;

	fixture_file(&s.f);
	scene_member(&s, "nam", "{'mail': 'nam@team.example'}");
	CHECK_OK(case_open(s.f.desk, &(struct case_new){ .kind = "power",
		.title = "Diễn tập mất điện", .drill = true, .page = true }, s.case_id, &err),
		err);
	give_task(&s, "nam");
	CHECK(messages(&s, "member", "queued") > 0);
	CHECK_INT(messages(&s, "member", "held"), 0);
	fixture_whole(&s.f);
	fixture_end(&s.f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_drill_calls_nobody_by_itself),
		RUN(a_drill_that_pages_the_team_calls_like_the_real_thing),
		RUN(what_a_paging_drill_tells_later_leaves_too_and_a_silent_ones_stays),
		RUN(a_paging_drill_pages_also_where_no_rule_calls),
		RUN(a_case_opened_with_its_severity_decided_tells_and_calls_by_that_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
