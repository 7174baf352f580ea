/* Calling the next one now: by a person's word, in his name, and never twice where
 * the engine does the same at that moment. */
#include "tests/core/call_scene.h"

#include "core/escalate_now.h"
#include "core/why.h"

static int
hurry(struct call_scene *s, const struct call_now *what, struct error *err)
{
	struct json *called = NULL;
	int count;

	if (!escalate_now(s->f.desk, s->case_id, what, &called, err)) {
		return -1;
	}
	count = json_count(called);
	json_free(called);
	return count;
}

TEST(the_next_one_is_called_without_waiting_in_the_name_of_who_wants_it)
{
	struct call_scene s;
	struct json *why = NULL;
	struct buf text = { 0 };
	struct error err;

	scene_start(&s);
	scene_case(&s);
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan");
	fixture_as(&s.f, "minh");
	CHECK_INT(hurry(&s, &(struct call_now){ .reason = "còn điện 20 phút" }, &err), 1);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_INT(scene_says(&s, "without waiting, by Võ Quang Minh (còn điện 20 phút): calls"),
		1);
	CHECK_OK(why_read(s.f.desk, s.case_id, &why, &err), err);
	why_print(&text, why, s.f.desk);
	CHECK(strstr(buf_text(&text), "called without waiting, by Võ Quang Minh: còn điện")
		!= NULL);
	buf_free(&text);
	json_free(why);
	/* His time begins now. */
	scene_later(&s, 4);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_later(&s, 2);
	CHECK_STR(scene_called(&s), "lan nam minh");
	scene_stop(&s);
}

TEST(a_step_that_the_engine_took_meanwhile_is_not_taken_again)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_case(&s);
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam");
	/* He saw lan called, and says it at the moment of the engine. */
	CHECK_INT(hurry(&s, &(struct call_now){ .n = 1, .round = 1, .at_step = 1 }, &err), -1);
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.message, "Đỗ Văn Nam") != NULL);
	CHECK_INT(hurry(&s, &(struct call_now){ 0 }, &err), -1);
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_stop(&s);
}

TEST(the_engine_does_not_take_the_step_that_a_person_took)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, 5 * MINUTE);
	CHECK_INT(hurry(&s, &(struct call_now){ .n = 1, .round = 1, .at_step = 1 }, &err), 1);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_stop(&s);
}

TEST(what_did_not_begin_yet_begins_and_what_rests_begins_again)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_rule(&s, "once", "{'family': 'escalation', 'order': 5, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': ["
		"{'who': ['member:lan'], 'after': '5m'}], 'rounds': 1}}");
	fixture_case(&s.f, "Mất điện", s.case_id);
	CHECK_INT(hurry(&s, &(struct call_now){ 0 }, &err), 1);
	CHECK_STR(scene_called(&s), "lan");
	scene_later(&s, 6);
	CHECK_STR(scene_called(&s), "lan");
	CHECK(s.e.next_at == NO_DUE);
	CHECK_INT(hurry(&s, &(struct call_now){ 0 }, &err), 1);
	CHECK_STR(scene_called(&s), "lan lan");
	scene_stop(&s);
}

TEST(what_somebody_has_and_what_is_over_calls_nobody)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, MINUTE);
	CHECK_INT(hurry(&s, &(struct call_now){ .n = 7 }, &err), -1);
	CHECK_INT(err.code, ERR_NOT_FOUND);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_round(&s);
	CHECK_INT(hurry(&s, &(struct call_now){ 0 }, &err), -1);
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(strstr(err.message, "Phạm Thị Lan") != NULL);
	fixture_as(&s.f, "xem");
	CHECK_INT(hurry(&s, &(struct call_now){ 0 }, &err), -1);
	CHECK_INT(err.code, ERR_FORBIDDEN);
	CHECK_STR(scene_called(&s), "lan");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_next_one_is_called_without_waiting_in_the_name_of_who_wants_it),
		RUN(a_step_that_the_engine_took_meanwhile_is_not_taken_again),
		RUN(the_engine_does_not_take_the_step_that_a_person_took),
		RUN(what_did_not_begin_yet_begins_and_what_rests_begins_again),
		RUN(what_somebody_has_and_what_is_over_calls_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
