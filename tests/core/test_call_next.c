/* Whom to ring up next; calls for an order among those of the list; what who is
 * asked for one is told by NOW. */
#include "tests/core/call_world.h"

#include "core/call_next.h"
#include "core/decision.h"
#include "core/duty.h"
#include "core/duty_act.h"
#include "core/member.h"
#include "core/now.h"
#include "core/now_case.h"
#include "core/setting.h"

static struct error err;

static const char *
next(struct fixture *f, const char *case_id)
{
	static char to[64];
	struct json *list = list_of(f, case_id);
	const struct json *row = call_next(list);

	(void)snprintf(to, sizeof to, "%s", row == NULL ? "" : json_get_text(row, "to"));
	json_free(list);
	return to;
}

static void
ask(struct fixture *f, const char *case_id, const char *whom)
{
	int n;

	CHECK_OK(decision_ask(f->desk, case_id, &(struct decision_new){ .whom = whom,
		.question = "Tắt có trật tự?", .options = "Tắt,Giữ" }, &n, &err), err);
}

TEST(who_has_no_number_is_never_next_and_who_was_tried_only_when_all_were)
{
	char case_id[UUID_SIZE];
	struct fixture f;

	world(&f, case_id);
	CHECK_STR(next(&f, case_id), "dien");
	(void)call(&f, case_id, "dien", NULL, NULL);
	CHECK_STR(next(&f, case_id), "ca");
	fixture_later(&f, 60000);
	(void)call(&f, case_id, "ca", NULL, NULL);
	/* Neither the member nor the supplier has a number: once more from the top. */
	CHECK_STR(next(&f, case_id), "dien");
	(void)call(&f, case_id, "dien", "Minh", "đang xử lý");
	CHECK_STR(next(&f, case_id), "ca");
	(void)call(&f, case_id, "ca", "Hoa", "đã rõ");
	CHECK_STR(next(&f, case_id), "");
	fixture_end(&f);
}

TEST(a_call_for_an_order_counts_among_the_calls_to_who_decides)
{
	char case_id[UUID_SIZE];
	struct json *given = quoted_json("{'phone': '0914000102'}");
	struct json *list;
	const struct json *row;
	struct fixture f;

	world(&f, case_id);
	CHECK_OK(member_set(f.desk, "minh", given, &err), err);
	CHECK_OK(setting_set(f.desk, "agent.lanh_dao", "member:minh", &err), err);
	ask(&f, case_id, "lanh_dao");
	CHECK_OK(decision_try(f.desk, case_id, 1, &(struct decision_word){ 0 }, &err), err);
	list = list_of(&f, case_id);
	row = line(list, "member:minh");
	CHECK_STR(json_get_text(row, "state"), "no_answer");
	CHECK_INT(json_get_int(row, "tries", 0), 1);
	json_free(list);
	CHECK_STR(next(&f, case_id), "dien");
	fixture_later(&f, 60000);
	CHECK_OK(decision_answer(f.desk, case_id, 1, &(struct decision_word){
		.answer = "Giữ", .by = "đ/c Minh" }, &err), err);
	list = list_of(&f, case_id);
	row = line(list, "member:minh");
	CHECK_STR(json_get_text(row, "state"), "answered");
	CHECK_STR(json_get_text(row, "answered_by"), "đ/c Minh");
	CHECK(!json_get_bool(row, "needed"));
	json_free(list);
	json_free(given);
	fixture_end(&f);
}

TEST(who_is_asked_for_an_order_is_told_so_before_anything_else_of_the_case)
{
	char case_id[UUID_SIZE];
	struct fixture f;
	struct now now;
	char *text;

	world(&f, case_id);
	CHECK_OK(setting_set(f.desk, "agent.lanh_dao", "member:minh", &err), err);
	ask(&f, case_id, "lanh_dao");
	fixture_as(&f, "minh");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_DECISION_ASKED);
	text = now_text(&now, f.now);
	contains(text, "Quân");
	contains(text, "Tắt có trật tự?");
	free(text);
	fixture_as(&f, "nam");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_DECISION_ASKED);
	fixture_as(&f, "minh");
	CHECK_OK(decision_answer(f.desk, case_id, 1, &(struct decision_word){
		.answer = "Giữ" }, &err), err);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_DECISION_ASKED);
	fixture_end(&f);
}

/* The role is given to whoever is on call: NOW finds him, here and in the case. */
TEST(an_order_asked_of_who_is_on_call_is_told_to_him_and_to_nobody_else)
{
	struct json *layer = quoted_json("{'name': 'Trưởng ca', 'rotations': [{'type': 'daily',"
		" 'start': '2026-11-20T00:00', 'people': ['minh', 'nam']}]}");
	char case_id[UUID_SIZE];
	struct fixture f;
	struct now now;
	const char *on;
	char *login, *name;
	bool changed;

	world(&f, case_id);
	CHECK_OK(duty_set(f.desk, "lead", layer, &changed, &err), err);
	json_free(layer);
	CHECK_OK(setting_set(f.desk, "agent.lanh_dao", "duty:lead", &err), err);
	ask(&f, case_id, "lanh_dao");
	for (int day = 0; day < 2; day++) {
		CHECK_OK(duty_first(f.desk, "lead", &login, &name, &err), err);
		on = login;
		fixture_as(&f, on);
		CHECK_OK(now_find(&now, f.desk, &err), err);
		CHECK_INT(now.kind, NOW_DECISION_ASKED);
		CHECK_OK(now_find_case(&now, f.desk, case_id, &err), err);
		CHECK_INT(now.kind, NOW_DECISION_ASKED);
		CHECK_STR(now.what, "Tắt có trật tự?");
		fixture_as(&f, strcmp(on, "minh") == 0 ? "nam" : "minh");
		CHECK_OK(now_find(&now, f.desk, &err), err);
		CHECK(now.kind != NOW_DECISION_ASKED);
		CHECK_OK(now_find_case(&now, f.desk, case_id, &err), err);
		CHECK(now.kind != NOW_DECISION_ASKED);
		fixture_later(&f, 24 * 3600000);
		free(login);
		free(name);
	}
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_has_no_number_is_never_next_and_who_was_tried_only_when_all_were),
		RUN(a_call_for_an_order_counts_among_the_calls_to_who_decides),
		RUN(who_is_asked_for_an_order_is_told_so_before_anything_else_of_the_case),
		RUN(an_order_asked_of_who_is_on_call_is_told_to_him_and_to_nobody_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
