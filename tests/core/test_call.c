/* Calls: what they settle, who is still to be called, two who call the same. */
#include "tests/core/call_world.h"

#include "core/group.h"
#include "core/outbox_hand.h"
#include "core/redact.h"
#include "core/status.h"
#include "core/told.h"
#include "core/undo.h"

TEST(a_body_that_only_a_person_tells_stands_in_the_outbox_and_no_program_sends_it)
{
	char case_id[UUID_SIZE];
	struct message m = { 0 };
	struct fixture f;
	struct error err = ERROR_INIT;

	world(&f, case_id);
	CHECK_STR(state_to(&f, "ca", "state"), "held");
	CHECK_STR(state_to(&f, "ca", "channel"), "hand");
	CHECK_STR(state_to(&f, "dien", "channel"), "mail");
	CHECK(message_owed("held", "hand"));
	CHECK(!message_owed("held", "mail"));
	CHECK_OK(message_find(&m, f.desk, state_to(&f, "ca", "id"), &err), err);
	CHECK_ERR(outbox_release(f.desk, m.id, NULL, &err), err, ERR_REFUSED);
	contains(err.message, "told by a person only");
	message_clear(&m);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(whom_the_open_step_names_is_called_first_and_then_the_order_of_the_rules)
{
	static const char *const order[] = { "ncc", "dien", "ca" };
	struct error err = ERROR_INIT;
	struct json *named = quoted_json("{'rows': [{'contact': 'ncc', 'because': 'step 7'}]}");
	struct json *list = NULL;
	const struct json *row;
	char case_id[UUID_SIZE];
	struct fixture f;

	world(&f, case_id);
	CHECK_OK(call_list(f.desk, case_id, json_get(named, "rows"), &list, &err), err);
	row = json_first(list);
	CHECK_STR(json_get_text(row, "because"), "step 7");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		CHECK_STR(json_get_text(row, "to"), order[i]);
		CHECK_INT(json_get_int(row, "n", 0), (int)i + 1);
		row = json_next(row);
	}
	/* Named by both, it stands there once. */
	CHECK_STR(json_get_text(row, "kind"), "member");
	json_free(list);
	json_free(named);
	fixture_end(&f);
}

TEST(a_call_that_was_answered_settles_what_waits_and_keeps_who_said_what)
{
	char case_id[UUID_SIZE];
	struct fixture f;
	struct call_done done;

	world(&f, case_id);
	done = call(&f, case_id, "dien", "trực ban Minh", "hẹn 03:30");
	CHECK_INT(done.n, 1);
	CHECK(done.also == NULL);
	CHECK_STR(state_to(&f, "dien", "state"), "by_hand");
	CHECK_STR(state_to(&f, "dien", "channel"), "phone");
	CHECK_STR(state_to(&f, "dien", "reply"), "trực ban Minh: hẹn 03:30");
	CHECK_STR(fixture_ask(f.path, "SELECT answered_by FROM phone_call WHERE message_id ="
		" (SELECT id FROM message WHERE role = 'dien')"), "trực ban Minh");
	/* A second call has nothing to settle: it stands by itself. */
	(void)call(&f, case_id, "dien", "Minh", "còn 20 phút");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM message WHERE role = 'dien'"
		" AND state = 'by_hand'"), "2");
	CHECK_STR(state_to(&f, "dien", "text"), "còn 20 phút");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(nobody_answering_leaves_what_waits_and_names_the_next_to_try)
{
	char case_id[UUID_SIZE];
	struct json *list;
	struct fixture f;

	world(&f, case_id);
	(void)call(&f, case_id, "dien", NULL, NULL);
	(void)call(&f, case_id, "dien", NULL, NULL);
	CHECK_STR(state_to(&f, "dien", "state"), "held");
	list = list_of(&f, case_id);
	CHECK_STR(json_get_text(line(list, "dien"), "state"), "no_answer");
	CHECK_INT(json_get_int(line(list, "dien"), "tries", 0), 2);
	CHECK_STR(json_get_text(json_get(line(list, "dien"), "next"), "to"), "ca");
	/* The last one leads back to who has a number and was not tried. */
	CHECK_STR(json_get_text(json_get(line(list, "ncc"), "next"), "to"), "ca");
	json_free(list);
	fixture_end(&f);
}

TEST(the_list_is_in_the_rules_order_without_the_one_who_looks_at_it)
{
	static const char *const wanted[] = { "dien", "ca", "member:minh", "ncc" };
	char case_id[UUID_SIZE];
	struct json *list;
	struct fixture f;

	world(&f, case_id);
	list = list_of(&f, case_id);
	CHECK_INT(json_count(list), 4);
	for (int i = 0; i < 4; i++) {
		CHECK_STR(json_get_text(json_at(list, i), "to"), wanted[i]);
	}
	CHECK_STR(json_get_text(line(list, "dien"), "number"), "0255111");
	CHECK(json_get_bool(line(list, "ca"), "by_person"));
	json_free(list);
	fixture_as(&f, "minh");
	list = list_of(&f, case_id);
	CHECK_INT(json_count(list), 3);
	json_free(list);
	fixture_end(&f);
}

TEST(whoever_was_called_stands_in_the_list_though_no_rule_names_him)
{
	char case_id[UUID_SIZE];
	struct json *list;
	struct fixture f;

	world(&f, case_id);
	contact(&f, "mang", "{'name': 'Nhà mạng', 'class': 'body', 'phone': '0255119'}");
	(void)call(&f, case_id, "mang", "trực ca", "đang kiểm tra");
	(void)call(&f, case_id, "member:nam", "Nam", "đang đến");
	list = list_of(&f, case_id);
	CHECK_INT(json_count(list), 6);
	CHECK_STR(json_get_text(line(list, "mang"), "state"), "answered");
	CHECK_STR(json_get_text(line(list, "mang"), "result"), "đang kiểm tra");
	CHECK(!json_get_bool(line(list, "mang"), "needed"));
	CHECK_STR(json_get_text(line(list, "member:nam"), "answered_by"), "Nam");
	/* Nobody else is told to call them. */
	CHECK_STR(json_get_text(json_get(line(list, "ca"), "next"), "to"), "dien");
	json_free(list);
	fixture_as(&f, "nam");
	list = list_of(&f, case_id);
	CHECK_INT(json_count(list), 5);
	json_free(list);
	fixture_end(&f);
}

TEST(who_stands_for_a_contact_is_called_after_it_and_only_while_it_has_not_answered)
{
	char case_id[UUID_SIZE];
	struct json *given = quoted_json("{'name': 'Hai trực', 'of': 'contact',"
		" 'members': ['d1', 'd2']}");
	struct json *set = quoted_json("{'group': 'truc_dien'}");
	struct error err = ERROR_INIT;
	struct json *list;
	struct fixture f;

	world(&f, case_id);
	contact(&f, "d1", "{'name': 'Trực một', 'class': 'body', 'phone': '0255114'}");
	contact(&f, "d2", "{'name': 'Trực hai', 'class': 'body'}");
	CHECK_OK(group_add(f.desk, "truc_dien", given, &err), err);
	CHECK_OK(contact_set(f.desk, "dien", set, &err), err);
	list = list_of(&f, case_id);
	CHECK_STR(json_get_text(json_get(line(list, "dien"), "next"), "to"), "d1");
	CHECK_STR(json_get_text(line(list, "d2"), "stands_for"), "dien");
	json_free(list);
	(void)call(&f, case_id, "dien", "Minh", NULL);
	list = list_of(&f, case_id);
	CHECK(!json_get_bool(line(list, "d1"), "needed"));
	CHECK_STR(json_get_text(json_get(line(list, "dien"), "next"), "to"), "ca");
	json_free(list);
	json_free(set);
	json_free(given);
	fixture_end(&f);
}

TEST(two_who_call_the_same_are_both_recorded_and_the_second_is_told_of_the_first)
{
	char case_id[UUID_SIZE], *who = NULL;
	int64_t since = 0, before;
	struct call_done done = { 0 };
	struct error err = ERROR_INIT;
	struct fixture f;

	world(&f, case_id);
	before = newest(&f);
	fixture_as(&f, "lan");
	CHECK_OK(call_began(f.desk, case_id, "x", &err), err);
	CHECK_OK(call_under_way(f.desk, case_id, "x", &who, &since, &err), err);
	CHECK(who == NULL);
	fixture_as(&f, "nam");
	CHECK_OK(call_under_way(f.desk, case_id, "x", &who, &since, &err), err);
	CHECK(who != NULL && since != 0);
	free(who);
	/* Only who began it leaves it. */
	CHECK_OK(call_not_made(f.desk, case_id, "x", &err), err);
	CHECK_OK(call_under_way(f.desk, case_id, "x", &who, &since, &err), err);
	CHECK(who != NULL);
	free(who);
	fixture_as(&f, "lan");
	CHECK_OK(call_not_made(f.desk, case_id, "x", &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(call_under_way(f.desk, case_id, "x", &who, &since, &err), err);
	CHECK(who == NULL);
	fixture_as(&f, "lan");
	CHECK_OK(call_began(f.desk, case_id, "x", &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(call_under_way(f.desk, case_id, "x", &who, &since, &err), err);
	CHECK(who != NULL);
	free(who);
	fixture_later(&f, CALLING_MS + 1);
	CHECK_OK(call_under_way(f.desk, case_id, "x", &who, &since, &err), err);
	CHECK(who == NULL);

	fixture_as(&f, "lan");
	(void)call(&f, case_id, "dien", "Minh", "hẹn 03:30");
	fixture_later(&f, 60000);
	fixture_as(&f, "nam");
	done = call(&f, case_id, "dien", "Minh", "đã có người gọi");
	CHECK(done.also != NULL);
	contains(done.also, "Minh answered");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event WHERE kind ="
		" 'phone_call_added' AND body LIKE '%\"also\":{\"at\":%'"), "1");
	free(done.also);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM phone_call"), "2");
	/* Who asks for it is refused where somebody called them first. */
	desk_set_guard(f.desk, before);
	CHECK_ERR(call_add(f.desk, &(struct call_new){ .case_id = case_id, .to = "dien",
		.outcome = "no_answer" }, &done, &err), err, ERR_CONFLICT);
	desk_set_guard(f.desk, 0);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM phone_call"), "2");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_number_that_was_dialled_is_cleaned_and_has_its_limit)
{
	char case_id[UUID_SIZE], longer[400];
	struct call_done done = { 0 };
	struct call_new what = { .case_id = case_id, .to = "dien", .outcome = "no_answer",
		.number = longer };
	struct error err = ERROR_INIT;
	struct fixture f;
	int64_t last;

	world(&f, case_id);
	last = newest(&f);
	memset(longer, '7', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	CHECK_ERR(call_add(f.desk, &what, &done, &err), err, ERR_BAD_INPUT);
	assert_int_equal(newest(&f), last);
	what.number = "0914\x1b[2J\x07 000";
	CHECK_OK(call_add(f.desk, &what, &done, &err), err);
	free(done.also);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM phone_call"
		" WHERE INSTR(number, CHAR(27)) + INSTR(number, CHAR(7)) > 0"), "0");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_call_needs_a_name_an_outcome_a_past_time_and_somebody_who_may)
{
	static const struct {
		const char *to, *outcome, *by;
		int64_t ahead;
		enum error_code code;
	} bad[] = {
		{ "dien", "answered", NULL, 0, ERR_BAD_INPUT },
		{ "dien", "perhaps", "Minh", 0, ERR_BAD_INPUT },
		{ "dien", "answered", "Minh", 3600000, ERR_BAD_INPUT },
		{ "nobody", "answered", "Minh", 0, ERR_NOT_FOUND },
		{ "point:7", "answered", "Minh", 0, ERR_NOT_FOUND },
		{ "unit:none", "no_answer", NULL, 0, ERR_NOT_FOUND },
	};
	char case_id[UUID_SIZE];
	struct call_done done = { 0 };
	struct error err = ERROR_INIT;
	struct fixture f;
	int64_t last;

	world(&f, case_id);
	last = newest(&f);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_ERR(call_add(f.desk, &(struct call_new){ .case_id = case_id,
			.to = bad[i].to, .outcome = bad[i].outcome, .answered_by = bad[i].by,
			.at = bad[i].ahead == 0 ? 0 : f.now + bad[i].ahead }, &done, &err), err,
			bad[i].code);
	}
	fixture_as(&f, "xem");
	CHECK_ERR(call_add(f.desk, &(struct call_new){ .case_id = case_id, .to = "dien",
		.outcome = "no_answer" }, &done, &err), err, ERR_FORBIDDEN);
	CHECK_INT(newest(&f), last);
	fixture_end(&f);
}

TEST(what_was_recorded_as_told_by_mistake_is_taken_up_again)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;

	world(&f, case_id);
	(void)call(&f, case_id, "dien", "Minh", NULL);
	(void)call(&f, case_id, "ca", "trực ban", NULL);
	(void)snprintf(id, sizeof id, "%s", state_to(&f, "dien", "id"));
	CHECK_OK(outbox_hold(f.desk, id, "gọi nhầm", &err), err);
	CHECK_STR(state_to(&f, "dien", "channel"), "mail");
	CHECK_OK(outbox_release(f.desk, id, NULL, &err), err);
	(void)snprintf(id, sizeof id, "%s", state_to(&f, "ca", "id"));
	CHECK_OK(outbox_hold(f.desk, id, "gọi nhầm", &err), err);
	CHECK_STR(state_to(&f, "ca", "channel"), "hand");
	CHECK_ERR(outbox_release(f.desk, id, NULL, &err), err, ERR_REFUSED);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_is_owed_of_a_case_that_is_no_incident_goes_and_can_be_taken_up_again)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;

	world(&f, case_id);
	(void)call(&f, case_id, "dien", "Minh", NULL);
	CHECK_OK(status_set(f.desk, case_id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
	CHECK_STR(state_to(&f, "ca", "state"), "dropped");
	CHECK_STR(state_to(&f, "ncc", "state"), "dropped");
	CHECK_STR(state_to(&f, "dien", "state"), "by_hand");
	CHECK_OK(undo_last(f.desk, case_id, &err), err);
	(void)snprintf(id, sizeof id, "%s", state_to(&f, "ca", "id"));
	CHECK_OK(outbox_hold(f.desk, id, NULL, &err), err);
	CHECK_STR(state_to(&f, "ca", "state"), "held");
	CHECK_STR(state_to(&f, "ca", "channel"), "hand");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_was_never_told_goes_when_the_case_is_closed_and_says_so)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;

	world(&f, case_id);
	(void)call(&f, case_id, "dien", "Minh", NULL);
	fixture_status(&f, case_id, "acknowledged");
	fixture_status(&f, case_id, "recovered");
	CHECK_STR(state_to(&f, "ca", "state"), "held");
	fixture_status(&f, case_id, "closed");
	CHECK_STR(state_to(&f, "ca", "state"), "dropped");
	CHECK_STR(state_to(&f, "ca", "reason"), "not told before the case was closed");
	CHECK_STR(state_to(&f, "dien", "state"), "by_hand");
	(void)snprintf(id, sizeof id, "%s", state_to(&f, "ca", "id"));
	CHECK_OK(outbox_hold(f.desk, id, NULL, &err), err);
	CHECK_STR(state_to(&f, "ca", "state"), "held");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_message_told_in_the_outbox_by_telephone_is_a_call_of_its_case)
{
	char case_id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;

	world(&f, case_id);
	CHECK_OK(message_told(f.desk, state_to(&f, "ncc", "id"), &(struct told_how){
		.channel = "phone", .who = "chị Hoa", .said = "đang đến" }, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT answered_by FROM phone_call"), "chị Hoa");
	CHECK_OK(message_told(f.desk, state_to(&f, "ca", "id"), &(struct told_how){
		.channel = "paper", .who = "văn thư" }, &err), err);
	CHECK_STR(state_to(&f, "ca", "channel"), "paper");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM phone_call"), "1");
	CHECK_ERR(message_told(f.desk, state_to(&f, "ca", "id"), &(struct told_how){
		.channel = "paper", .who = "văn thư" }, &err), err, ERR_REFUSED);
	CHECK_ERR(message_told(f.desk, state_to(&f, "dien", "id"), &(struct told_how){
		.channel = "pigeon", .who = "x" }, &err), err, ERR_BAD_INPUT);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_words_of_a_call_are_found_and_a_redaction_takes_them_out_of_the_outbox_too)
{
	char case_id[UUID_SIZE];
	const char *const fields[] = { "result" };
	struct redact_result result = { 0 };
	struct error err = ERROR_INIT;
	struct fixture f;
	int64_t seq;

	world(&f, case_id);
	(void)call(&f, case_id, "ncc", "Hoa", NULL);
	(void)call(&f, case_id, "ncc", "Hoa", "mật khẩu hoa-mai-4711");
	seq = newest(&f);
	CHECK_OK(redact(f.desk, case_id, seq, &(struct redaction){ .fields = fields,
		.field_count = 1, .law = "NĐ 13", .reason = "mật khẩu" }, &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM message"
		" WHERE text LIKE '%hoa-mai%'"), "0");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM phone_call"
		" WHERE result LIKE '%hoa-mai%'"), "0");
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_body_that_only_a_person_tells_stands_in_the_outbox_and_no_program_sends_it),
		RUN(whom_the_open_step_names_is_called_first_and_then_the_order_of_the_rules),
		RUN(a_call_that_was_answered_settles_what_waits_and_keeps_who_said_what),
		RUN(nobody_answering_leaves_what_waits_and_names_the_next_to_try),
		RUN(the_list_is_in_the_rules_order_without_the_one_who_looks_at_it),
		RUN(whoever_was_called_stands_in_the_list_though_no_rule_names_him),
		RUN(who_stands_for_a_contact_is_called_after_it_and_only_while_it_has_not_answered),
		RUN(two_who_call_the_same_are_both_recorded_and_the_second_is_told_of_the_first),
		RUN(the_number_that_was_dialled_is_cleaned_and_has_its_limit),
		RUN(a_call_needs_a_name_an_outcome_a_past_time_and_somebody_who_may),
		RUN(what_was_recorded_as_told_by_mistake_is_taken_up_again),
		RUN(what_is_owed_of_a_case_that_is_no_incident_goes_and_can_be_taken_up_again),
		RUN(what_was_never_told_goes_when_the_case_is_closed_and_says_so),
		RUN(a_message_told_in_the_outbox_by_telephone_is_a_call_of_its_case),
		RUN(the_words_of_a_call_are_found_and_a_redaction_takes_them_out_of_the_outbox_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
