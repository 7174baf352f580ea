/* A call that was recorded wrongly: both entries stand, the right one counts. */
#include "tests/core/call_world.h"

TEST(a_call_recorded_wrongly_stays_and_the_correction_stands_beside_it)
{
	char case_id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct call_done done;
	struct call_correction fix = { .case_id = case_id, .n = 1, .outcome = "no_answer" };
	struct json *list;
	struct fixture f;

	world(&f, case_id);
	(void)call(&f, case_id, "dien", "Minh", "hẹn 03:30");
	CHECK_STR(state_to(&f, "dien", "state"), "by_hand");
	CHECK_ERR(call_correct(f.desk, &fix, &done, &err), err, ERR_BAD_INPUT);
	fix.why = "gọi nhầm số, không phải điện lực";
	CHECK_OK(call_correct(f.desk, &fix, &done, &err), err);
	CHECK_INT(done.n, 2);
	/* Who was not told is not told; both calls stand. */
	CHECK_STR(state_to(&f, "dien", "state"), "held");
	CHECK_STR(fixture_ask(f.path, "SELECT outcome FROM phone_call WHERE n = 1"),
		"corrected");
	list = list_of(&f, case_id);
	CHECK_STR(json_get_text(line(list, "dien"), "state"), "no_answer");
	CHECK_INT(json_get_int(line(list, "dien"), "tries", 0), 1);
	contains(json_get_text(line(list, "dien"), "corrected"), "nhầm số");
	json_free(list);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event WHERE kind IN"
		" ('phone_call_added', 'phone_call_corrected')"), "3");
	CHECK_ERR(call_correct(f.desk, &fix, &done, &err), err, ERR_CONFLICT);
	contains(err.message, "nhầm số");
	contains(err.message, "Anh Quân");
	fix.n = 9;
	CHECK_ERR(call_correct(f.desk, &fix, &done, &err), err, ERR_NOT_FOUND);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_correction_names_who_answered_really_and_a_call_never_made_counts_no_more)
{
	char case_id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct call_done done;
	struct json *list;
	struct fixture f;

	world(&f, case_id);
	(void)call(&f, case_id, "dien", "Minh", NULL);
	CHECK_OK(call_correct(f.desk, &(struct call_correction){ .case_id = case_id,
		.of = "dien", .why = "là Nam", .outcome = "answered", .answered_by = "Nam",
		.result = "hẹn 04:00" }, &done, &err), err);
	CHECK_STR(state_to(&f, "dien", "state"), "by_hand");
	CHECK_STR(state_to(&f, "dien", "reply"), "Nam: hẹn 04:00");
	(void)call(&f, case_id, "ca", NULL, NULL);
	CHECK_OK(call_correct(f.desk, &(struct call_correction){ .case_id = case_id,
		.of = "ca", .why = "chưa gọi", .outcome = "not_made" }, &done, &err), err);
	list = list_of(&f, case_id);
	CHECK_STR(json_get_text(line(list, "dien"), "answered_by"), "Nam");
	CHECK_STR(json_get_text(line(list, "ca"), "state"), "not_called");
	CHECK_INT(json_get_int(line(list, "ca"), "tries", 9), 0);
	json_free(list);
	fixture_as(&f, "xem");
	CHECK_ERR(call_correct(f.desk, &(struct call_correction){ .case_id = case_id,
		.of = "dien", .why = "x", .outcome = "not_made" }, &done, &err), err,
		ERR_FORBIDDEN);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_call_recorded_wrongly_stays_and_the_correction_stands_beside_it),
		RUN(a_correction_names_who_answered_really_and_a_call_never_made_counts_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
