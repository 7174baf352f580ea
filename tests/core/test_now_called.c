/* Whom the desk calls is told so by his own NOW line before everything but a clock
 * that runs out, until he answers or somebody else does. */
#include "tests/core/call_scene.h"

#include <stdlib.h>

#include "core/deadline.h"
#include "core/now_case.h"

/* What NOW says to a member: its kind, and the line itself to `text`. */
static enum now_kind
says(struct call_scene *s, const char *login, char text[300])
{
	struct error err = ERROR_INIT;
	struct now now;
	char *line;

	fixture_as(&s->f, login);
	CHECK_OK(now_find(&now, s->f.desk, &err), err);
	line = now_text(&now, s->f.now);
	(void)snprintf(text, 300, "%s", line);
	free(line);
	return now.kind;
}

static enum now_kind
says_in_case(struct call_scene *s, const char *login)
{
	struct error err = ERROR_INIT;
	struct now now;

	fixture_as(&s->f, login);
	CHECK_OK(now_find_case(&now, s->f.desk, s->case_id, &err), err);
	return now.kind;
}

TEST(who_is_called_reads_it_first_until_he_answers_and_the_next_after_him)
{
	struct call_scene s;
	char text[300];

	scene_start(&s);
	scene_case(&s);
	CHECK_STR(scene_called(&s), "lan");
	scene_later(&s, 3);
	CHECK_INT(says(&s, "lan", text), NOW_CALLED);
	CHECK_STR(text, "You are called to 2026-1, 3ph ago: Mất điện trạm chính");
	CHECK_INT(says_in_case(&s, "lan"), NOW_CALLED);
	CHECK(says(&s, "nam", text) != NOW_CALLED);

	CHECK_INT(scene_answer(&s, "lan", ANSWER_DECLINE, NULL), ANSWER_DECLINED);
	scene_round(&s);
	CHECK(says(&s, "lan", text) != NOW_CALLED);
	CHECK(says_in_case(&s, "lan") != NOW_CALLED);
	CHECK_INT(says(&s, "nam", text), NOW_CALLED);
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	CHECK(says(&s, "nam", text) != NOW_CALLED);
	fixture_as(&s.f, "quan");
	scene_stop(&s);
}

TEST(nobody_is_told_to_answer_when_somebody_else_took_it)
{
	struct call_scene s;
	char text[300];

	scene_start(&s);
	scene_case(&s);
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_INT(says(&s, "lan", text), NOW_CALLED);
	CHECK_INT(says(&s, "nam", text), NOW_CALLED);
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_round(&s);
	CHECK(says(&s, "lan", text) != NOW_CALLED);
	/* Nothing follows: nam is asked, then the calling begins anew with lan. */
	scene_later(&s, 31);
	scene_later(&s, 6);
	CHECK_INT(says(&s, "lan", text), NOW_CALLED);
	fixture_as(&s.f, "quan");
	scene_stop(&s);
}

static struct answer_done
by_number(struct call_scene *s, const char *login, enum answer_what what, const char *to)
{
	struct answer_done done;
	struct error err = ERROR_INIT;

	fixture_as(&s->f, login);
	CHECK_OK(answer_case(s->f.desk, s->case_id, &(struct answer){ .what = what, .to = to,
		.channel = "cli" }, &done, &err), err);
	fixture_as(&s->f, "quan");
	scene_round(s);
	return done;
}

/* lan is called to the case, and as its owner for the report that is due at once. */
static void
called_twice(struct call_scene *s)
{
	struct error err;

	scene_start(s);
	scene_rule(s, "d", "{'family': 'deadline', 'order': 1, 'source': 'luật', 'when': {},"
		" 'then': {'start': 'opened', 'span': 'now', 'recipient': 'co_quan', 'form': 'F1',"
		" 'title': {'vi': 'Báo ngay', 'en': 'At once'}}}");
	scene_rule(s, "near", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'deadline'}, 'then': {'steps': [{'who': ['owner'],"
		" 'after': '20m'}, {'who': ['role:coordinator'], 'after': '20m'}], 'before': '2h',"
		" 'ack_lasts': '1h'}}");
	CHECK_OK(case_open(s->f.desk, &(struct case_new){ .kind = "power",
		.title = "Mất điện trạm chính", .owner = "lan" }, s->case_id, &err), err);
	scene_round(s);
	scene_read(s);
	CHECK_STR(s->e.subject, "deadline");
	CHECK_STR(scene_called(s), "lan");
}

static const char *
turns_of(struct call_scene *s, const char *subject)
{
	char sql[300];

	(void)snprintf(sql, sizeof sql, "SELECT group_concat(m.login || '-' || t.answer, ' ')"
		" FROM (SELECT * FROM call_turn ORDER BY at, id) t JOIN escalation e"
		" ON e.id = t.escalation_id JOIN member m ON m.id = t.member_id"
		" WHERE e.subject = '%s' AND t.skipped = ''", subject);
	return fixture_ask(s->f.path, sql);
}

TEST(who_declines_a_case_by_its_number_declines_all_that_it_calls_him_for)
{
	struct call_scene s;

	called_twice(&s);
	CHECK(by_number(&s, "lan", ANSWER_DECLINE, NULL).next);
	CHECK_STR(turns_of(&s, "case"), "lan-decline nam-");
	CHECK_STR(turns_of(&s, "deadline"), "lan-decline minh-");
	scene_stop(&s);
}

TEST(who_passes_a_case_on_by_its_number_passes_all_its_calls_on)
{
	struct call_scene s;

	called_twice(&s);
	CHECK_INT(by_number(&s, "lan", ANSWER_PASS, "nam").end, ANSWER_PASSED);
	CHECK_STR(turns_of(&s, "case"), "lan-pass nam-");
	CHECK_INT(by_number(&s, "nam", ANSWER_ACK, NULL).end, ANSWER_TAKEN);
	CHECK_STR(turns_of(&s, "case"), "lan-pass nam-ack");
	CHECK_STR(fixture_ask(s.f.path, "SELECT COUNT(*) FROM escalation"
		" WHERE state = 'running'"), "0");
	scene_stop(&s);
}

TEST(who_is_called_for_a_report_or_in_a_drill_reads_that)
{
	struct call_scene s;
	struct error err;
	char text[300];

	scene_start(&s);
	scene_rule(&s, "d", "{'family': 'deadline', 'order': 1, 'source': 'luật', 'when': {},"
		" 'then': {'start': 'opened', 'span': '3h', 'recipient': 'co_quan', 'form': 'F1',"
		" 'title': {'vi': 'Thông báo ban đầu', 'en': 'First notice'}}}");
	scene_rule(&s, "near", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'deadline'}, 'then': {'steps': [{'who': ['member:nam'],"
		" 'after': '20m'}], 'before': '2h', 'ack_lasts': '1h'}}");
	fixture_case(&s.f, "Lộ dữ liệu", s.case_id);
	fixture_status(&s.f, s.case_id, "acknowledged");
	scene_round(&s);
	scene_later(&s, 61);
	scene_later(&s, 2);
	CHECK_INT(says(&s, "nam", text), NOW_CALLED_FOR);
	CHECK_STR(text, "2026-1: you are called for \"Thông báo ban đầu\", 2ph ago");

	fixture_as(&s.f, "quan");
	CHECK_OK(case_open(s.f.desk, &(struct case_new){ .kind = "power",
		.title = "Diễn tập", .drill = true, .page = true }, s.case_id, &err), err);
	scene_round(&s);
	CHECK_INT(says_in_case(&s, "lan"), NOW_CALLED);
	CHECK_INT(says(&s, "lan", text), NOW_CALLED_IN_DRILL);
	fixture_as(&s.f, "quan");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_is_called_reads_it_first_until_he_answers_and_the_next_after_him),
		RUN(nobody_is_told_to_answer_when_somebody_else_took_it),
		RUN(who_declines_a_case_by_its_number_declines_all_that_it_calls_him_for),
		RUN(who_passes_a_case_on_by_its_number_passes_all_its_calls_on),
		RUN(who_is_called_for_a_report_or_in_a_drill_reads_that),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
