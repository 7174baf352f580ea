/* The message that a call names: his own, of this case, and still waiting. */
#include "tests/core/hand_world.h"

TEST(a_call_settles_no_message_that_is_told_or_anothers)
{
	char case_id[UUID_SIZE], other[UUID_SIZE], owed[UUID_SIZE];
	struct call_new call = { .to = "dien", .outcome = "answered",
		.answered_by = "Minh" };
	struct call_done done;
	struct fixture f;
	struct error err = ERROR_INIT;

	world(&f, case_id);
	(void)snprintf(owed, sizeof owed, "%s", fixture_ask(f.path, "SELECT id FROM message"
		" WHERE role = 'ca' ORDER BY position DESC LIMIT 1"));
	call.case_id = case_id;
	call.message = owed;
	CHECK_ERR(call_add(f.desk, &call, &done, &err), err, ERR_BAD_INPUT);
	contains(err.message, "Công an");
	fixture_case(&f, "Mất điện lần hai", other);
	call.to = "ca";
	call.case_id = other;
	CHECK_ERR(call_add(f.desk, &call, &done, &err), err, ERR_NOT_FOUND);
	call.case_id = case_id;
	CHECK_OK(call_add(f.desk, &call, &done, &err), err);
	free(done.also);
	call.answered_by = "Hòa";
	CHECK_OK(call_add(f.desk, &call, &done, &err), err);
	free(done.also);
	CHECK_STR(fixture_ask(f.path, "SELECT reply FROM message WHERE template <> 'goi'"
		" AND role = 'ca' AND state = 'by_hand'"), "Minh");
	CHECK_STR(fixture_ask(f.path, "SELECT reply FROM message WHERE template = 'goi'"),
		"Hòa");
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_call_settles_no_message_that_is_told_or_anothers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
