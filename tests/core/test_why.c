/* Who will be called, when, by what, and why not the others: what `why` says must
 * be what the machine then does. */
#include "tests/core/call_scene.h"

#include "core/i18n.h"
#include "core/lease.h"
#include "core/why.h"
#include "core/wish.h"

static struct json *
why(struct call_scene *s)
{
	struct json *out = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(why_read(s->f.desk, s->case_id, &out, &err), err);
	return out;
}

static const struct json *
future(const struct json *out, int i)
{
	return json_at(json_get(json_at(json_get(out, "calls"), 0), "future"), i);
}

static const char *
who(const struct json *row, int i)
{
	return json_text_of(json_at(json_get(row, "people"), i), "login");
}

TEST(what_is_said_before_the_engine_came_is_what_it_does)
{
	struct call_scene s;
	struct json *out;
	struct json *then;
	int64_t start;

	scene_start(&s);
	fixture_case(&s.f, "Mất điện", s.case_id);
	start = s.f.now;
	out = why(&s);
	CHECK(!json_get_bool(json_get(out, "engine"), "leads"));
	CHECK_STR(json_text_of(json_at(json_get(out, "calls"), 0), "state"), "waiting");
	CHECK_STR(who(future(out, 0), 0), "lan");
	CHECK_INT(json_get_int(future(out, 0), "at", 0), start);
	CHECK_STR(who(future(out, 1), 0), "nam");
	CHECK_INT(json_get_int(future(out, 1), "at", 0), start + 5 * MINUTE);
	CHECK_STR(who(future(out, 2), 0), "minh");
	CHECK_STR(who(future(out, 3), 0), "lan");
	CHECK_INT(json_get_int(future(out, 3), "round", 0), 2);
	CHECK_INT(json_get_int(future(out, 3), "at", 0), start + 25 * MINUTE);
	CHECK(future(out, 4) == NULL);
	scene_round(&s);
	then = why(&s);
	CHECK_STR(json_text_of(json_at(json_get(then, "calls"), 0), "state"), "running");
	for (int i = 0; i < 3; i++) {
		CHECK_STR(who(future(then, i), 0), who(future(out, i + 1), 0));
		CHECK_INT(json_get_int(future(then, i), "at", 0),
			json_get_int(future(out, i + 1), "at", 1));
	}
	json_free(then);
	json_free(out);
	scene_stop(&s);
}

TEST(who_is_not_called_is_named_with_the_reason_and_an_empty_step_takes_no_time)
{
	struct call_scene s;
	struct json *out;
	struct buf text = { 0 };

	scene_start(&s);
	scene_member(&s, "nam", "{'active': false}");
	scene_case(&s);
	out = why(&s);
	CHECK_STR(who(future(out, 0), 0), "nam");
	CHECK_STR(json_text_of(json_at(json_get(future(out, 0), "people"), 0), "skipped"),
		"not active");
	CHECK_INT(json_get_int(future(out, 0), "at", 0), s.f.now + 5 * MINUTE);
	CHECK_INT(json_get_int(future(out, 1), "at", 0), s.f.now + 5 * MINUTE);
	why_print(&text, out, s.f.desk);
	CHECK(strstr(buf_text(&text), "NO ENGINE") != NULL);
	CHECK(strstr(buf_text(&text), "(not active)") != NULL);
	CHECK(strstr(buf_text(&text), "calls nobody and goes on at once") != NULL);
	CHECK(strstr(buf_text(&text), "02:15") != NULL);
	buf_free(&text);
	json_free(out);
	scene_stop(&s);
}

TEST(what_was_is_told_with_the_states_of_the_messages_and_the_answers)
{
	struct call_scene s;
	struct json *out;
	const struct json *past;
	struct buf text = { 0 };
	struct lease lease = { .name = LEASE_ENGINE };
	char other[LEASE_HOLDER_SIZE];
	bool held = false;
	struct error err;

	scene_start(&s);
	lease_holder(lease.holder, "test");
	CHECK_OK(lease_take(s.engine, &lease, 90000, &held, other, &err), err);
	scene_case(&s);
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_DECLINE, NULL), ANSWER_DECLINED);
	scene_round(&s);
	out = why(&s);
	CHECK(json_get_bool(json_get(out, "engine"), "leads"));
	past = json_get(json_at(json_get(out, "calls"), 0), "past");
	CHECK_INT(json_count(past), 2);
	CHECK_STR(json_text_of(json_at(past, 0), "answer"), "decline");
	CHECK_STR(json_text_of(json_at(past, 0), "via"), "link");
	CHECK_STR(json_text_of(json_at(json_get(json_at(past, 1), "messages"), 0), "state"),
		"queued");
	json_free(out);
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_round(&s);
	out = why(&s);
	CHECK_STR(json_text_of(json_at(json_get(out, "calls"), 0), "state"), "answered");
	/* That he was told that somebody has it called him to nothing. */
	past = json_get(json_at(json_get(out, "calls"), 0), "past");
	CHECK_INT(json_count(json_get(json_at(past, 0), "messages")), 1);
	CHECK_INT(json_get_int(future(out, 0), "at", 0), s.f.now + 35 * MINUTE);
	why_print(&text, out, s.f.desk);
	CHECK(strstr(buf_text(&text), "NO ENGINE") == NULL);
	CHECK(strstr(buf_text(&text), "nobody is called") != NULL);
	CHECK(strstr(buf_text(&text), "[ack]") == NULL); /* said in words already */
	buf_free(&text);
	json_free(out);
	scene_stop(&s);
}

TEST(whom_it_is_passed_on_to_is_called_by_it_by_the_channels_he_wishes)
{
	struct call_scene s;
	struct json *out;
	const struct json *past, *messages;
	struct error err;

	scene_start(&s);
	scene_member(&s, "nam", "{'telegram': '4711'}");
	CHECK_OK(wish_set(s.f.desk, "nam", "channels", "telegram", &err), err);
	scene_case(&s);
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_PASS, "nam"), ANSWER_PASSED);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	out = why(&s);
	past = json_at(json_get(json_at(json_get(out, "calls"), 0), "past"), 1);
	messages = json_get(past, "messages");
	CHECK_STR(json_text_of(past, "login"), "nam");
	CHECK_STR(json_text_of(past, "who"), "passed");
	CHECK_INT(json_count(messages), 1);
	CHECK_STR(json_text_of(json_first(messages), "channel"), "telegram");
	CHECK_STR(json_text_of(json_first(messages), "state"), "queued");
	json_free(out);
	CHECK_INT(scene_says(&s, "passes it on"), 1);
	scene_stop(&s);
}

TEST(who_opened_the_case_knows_of_it_and_has_the_time_of_his_step)
{
	struct call_scene s;
	struct json *out;
	struct buf text = { 0 };

	scene_start(&s);
	fixture_as(&s.f, "lan");
	fixture_case(&s.f, "Mất điện", s.case_id);
	fixture_as(&s.f, "quan");
	out = why(&s);
	CHECK(json_get_bool(json_at(json_get(future(out, 0), "people"), 0), "knows"));
	CHECK_INT(json_get_int(future(out, 1), "at", 0), s.f.now + 5 * MINUTE);
	why_print(&text, out, s.f.desk);
	CHECK(strstr(buf_text(&text), "who knows of it has his time") != NULL);
	buf_free(&text);
	json_free(out);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "-lan");
	CHECK_INT(s.next_at, s.f.now + 5 * MINUTE);
	scene_later(&s, 25);
	scene_later(&s, 5);
	scene_later(&s, 15);
	CHECK_STR(scene_called(&s), "-lan nam minh lan"); /* in the next round he is called */
	scene_stop(&s);
}

TEST(a_case_for_which_nobody_is_called_says_why)
{
	struct call_scene s;
	struct json *out;
	struct error err;

	scene_start(&s);
	CHECK_OK(case_open(s.f.desk, &(struct case_new){ .kind = "power",
		.title = "Diễn tập mất điện", .drill = true }, s.case_id, &err), err);
	scene_round(&s);
	out = why(&s);
	CHECK_STR(json_text_of(out, "nobody"), "a drill that does not page the team");
	CHECK_INT(json_count(json_get(out, "calls")), 0);
	json_free(out);
	fixture_case(&s.f, "Mất điện", s.case_id);
	fixture_status(&s.f, s.case_id, "acknowledged");
	out = why(&s);
	CHECK_STR(json_text_of(out, "nobody"), "the case is acknowledged");
	json_free(out);
	scene_stop(&s);
}

TEST(a_report_is_named_in_the_language_of_who_reads)
{
	struct call_scene s;
	struct json *out;

	scene_start(&s);
	scene_rule(&s, "d", "{'family': 'deadline', 'order': 1, 'source': 'luật', 'when': {},"
		" 'then': {'start': 'opened', 'span': '3h', 'recipient': 'co_quan', 'form': 'F1',"
		" 'title': {'vi': 'Thông báo ban đầu', 'en': 'First notice'}}}");
	scene_rule(&s, "near", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'deadline'}, 'then': {'steps': [{'who': ['owner'],"
		" 'after': '20m'}], 'before': '1h', 'ack_lasts': '1h'}}");
	fixture_case(&s.f, "Lộ dữ liệu", s.case_id);
	out = why(&s);
	CHECK_STR(json_text_of(json_at(json_get(out, "calls"), 1), "title"),
		"Thông báo ban đầu");
	json_free(out);
	(void)i18n_start("en", NULL);
	out = why(&s);
	CHECK_STR(json_text_of(json_at(json_get(out, "calls"), 1), "title"), "First notice");
	json_free(out);
	(void)i18n_start("vi", NULL);
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_is_said_before_the_engine_came_is_what_it_does),
		RUN(who_is_not_called_is_named_with_the_reason_and_an_empty_step_takes_no_time),
		RUN(what_was_is_told_with_the_states_of_the_messages_and_the_answers),
		RUN(whom_it_is_passed_on_to_is_called_by_it_by_the_channels_he_wishes),
		RUN(who_opened_the_case_knows_of_it_and_has_the_time_of_his_step),
		RUN(a_case_for_which_nobody_is_called_says_why),
		RUN(a_report_is_named_in_the_language_of_who_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
