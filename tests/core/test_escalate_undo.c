/* An acknowledge that is taken back begins the calling again, and says so; nobody is
 * called twice within a minute by it. */
#include "tests/core/call_scene.h"

#include "core/undo.h"
#include "core/why.h"

static void
undo(struct call_scene *s, const char *login)
{
	struct error err = ERROR_INIT;

	fixture_as(&s->f, login);
	CHECK_OK(undo_last(s->f.desk, s->case_id, &err), err);
	fixture_as(&s->f, "quan");
}

static bool
why_says(struct call_scene *s, const char *words)
{
	struct buf out = { 0 };
	struct json *why = NULL;
	struct error err = ERROR_INIT;
	bool says;

	CHECK_OK(why_read(s->f.desk, s->case_id, &why, &err), err);
	why_print(&out, why, s->f.desk);
	json_free(why);
	says = strstr(buf_text(&out), words) != NULL;
	if (!says) {
		printf("%s", buf_text(&out));
	}
	buf_free(&out);
	return says;
}

TEST(an_answer_by_link_that_is_undone_calls_again_and_not_within_a_minute)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, 10000);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_round(&s);
	fixture_later(&s.f, 10000);
	undo(&s, "lan");
	CHECK(why_says(&s, "the acknowledge was taken back"));
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan");
	CHECK_STR(s.e.state, "running");
	CHECK_INT(s.e.next_at, s.e.last_at + MINUTE);
	CHECK_INT(scene_says(&s, "the acknowledge was taken back"), 1);
	CHECK(why_says(&s, "the acknowledge was taken back"));
	fixture_later(&s.f, 39000);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan");
	fixture_later(&s.f, 1000);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan lan");
	CHECK(why_says(&s, "the acknowledge was taken back"));
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan lan nam");
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.state, "answered");
	CHECK_STR(s.e.reason, "");
	scene_stop(&s);
}

TEST(long_after_the_last_call_it_begins_at_once)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	scene_later(&s, 6);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_later(&s, 10);
	undo(&s, "nam");
	CHECK(why_says(&s, "Lan"));
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam lan");
	CHECK_INT(scene_says(&s, "the acknowledge was taken back"), 1);
	scene_stop(&s);
}

TEST(taken_and_given_back_between_two_looks_of_the_engine_nothing_is_lost)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, 5000);
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, s.case_id, "acknowledged");
	undo(&s, "nam");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan");
	CHECK_STR(s.e.state, "running");
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_answer_by_link_that_is_undone_calls_again_and_not_within_a_minute),
		RUN(long_after_the_last_call_it_begins_at_once),
		RUN(taken_and_given_back_between_two_looks_of_the_engine_nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
