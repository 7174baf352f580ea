/* Telling by hand: calls and what they settle, posts and who confirmed them, who
 * is still to be called, whose number is right. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/call.h"
#include "core/call_list.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/contact.h"
#include "core/contact_check.h"
#include "core/gaps.h"
#include "core/group.h"
#include "core/outbox_hand.h"
#include "core/post.h"
#include "core/redact.h"
#include "core/rule.h"
#include "core/search.h"
#include "core/setting.h"
#include "core/thing.h"
#include "core/told.h"
#include "core/undo.h"
#include "tests/core/empty_desk.h"

static void
contains(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("\"%s\" is not in: %s", part, text);
	}
}

static int64_t
newest(struct fixture *f)
{
	return strtoll(fixture_ask(f->path, "SELECT MAX(seq) FROM event"), NULL, 10);
}

static void
contact(struct fixture *f, const char *role, const char *fields)
{
	struct json *given = quoted_json(fields);
	struct error err = ERROR_INIT;

	CHECK_OK(contact_add(f->desk, role, given, &err), err);
	json_free(given);
}

static void
rule(struct fixture *f, const char *code, const char *fields)
{
	struct json *given = quoted_json(fields);
	struct error err = ERROR_INIT;

	CHECK_OK(rule_add(f->desk, code, given, &err), err);
	json_free(given);
}

/* Two suppliers, the police; rules in the order dien, police, coordinators. */
static void
world(struct fixture *f, char case_id[UUID_SIZE])
{
	fixture_file(f);
	contact(f, "dien", "{'name': 'Điện lực', 'class': 'body', 'phone': '0255111',"
		" 'mail': 'truc@dien.example'}");
	contact(f, "ncc", "{'name': 'Nhà cung cấp', 'class': 'body'}");
	contact(f, "ca", "{'name': 'Công an', 'class': 'police', 'phone': '0255113'}");
	rule(f, "r1", "{'family': 'contact', 'order': 10, 'when': {'kind': 'power'},"
		" 'then': {'propose': ['dien'], 'by_hand': ['ca']}, 'source': 'x'}");
	rule(f, "r2", "{'family': 'contact', 'order': 20, 'when': {},"
		" 'then': {'tell': ['role:coordinator'], 'propose': ['ncc']}, 'source': 'x'}");
	fixture_case(f, "Mất điện TTDL", case_id);
}

static struct call_done
call(struct fixture *f, const char *case_id, const char *to, const char *by,
	const char *said)
{
	struct call_done done = { 0 };
	struct error err = ERROR_INIT;

	CHECK_OK(call_add(f->desk, &(struct call_new){ .case_id = case_id, .to = to,
		.outcome = by != NULL ? "answered" : "no_answer", .answered_by = by,
		.result = said }, &done, &err), err);
	return done;
}

static struct json *
list_of(struct fixture *f, const char *case_id)
{
	struct json *list = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(call_list(f->desk, case_id, NULL, &list, &err), err);
	return list;
}

static const struct json *
line(const struct json *list, const char *to)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "to"), to) == 0) {
			return row;
		}
	}
	fail_msg("no line for %s", to);
	return NULL;
}

static const char *
state_to(struct fixture *f, const char *role, const char *column)
{
	char sql[200];

	(void)snprintf(sql, sizeof sql, "SELECT %s FROM message WHERE role = '%s'"
		" ORDER BY position DESC LIMIT 1", column, role);
	return fixture_ask(f->path, sql);
}

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
	CHECK(json_is(json_get(line(list, "ncc"), "next"), JSON_NULL));
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
	contact(&f, "d1", "{'name': 'Trực một', 'class': 'body'}");
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

/* ---- posts ---- */

static void
point(struct fixture *f, const char *case_id, int n, const char *ref, const char *name)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(f->desk, "point", id);
	struct error err = ERROR_INIT;

	row_int(body, "n", n);
	row_text(body, "ref_kind", ref == NULL ? "" : "unit");
	row_text(body, "ref", ref);
	row_text(body, "name", name);
	row_text(body, "state", "down");
	CHECK_OK(change_begin(f->desk, &err), err);
	change_add(f->desk, "point_added", case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

static void
three_points(struct fixture *f, char case_id[UUID_SIZE])
{
	world(f, case_id);
	point(f, case_id, 1, "xa-1", "Xã Ba Tơ");
	point(f, case_id, 2, "xa-2", "Xã Sơn Hà");
	point(f, case_id, 3, NULL, "Xã Hà");
}

static int
confirm(struct fixture *f, const char *case_id, const char *unit, struct error *err)
{
	int done = 0;

	return post_confirm(f->desk, &(struct confirm_new){ .case_id = case_id,
		.message = "last", .units = &unit, .count = 1 }, &done, err) ? done : -1;
}

TEST(a_post_asks_each_point_and_each_is_confirmed_by_itself_once)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct json *list = NULL;
	struct fixture f;
	int asked = 0;

	three_points(&f, case_id);
	CHECK_OK(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = "THÔNG BÁO: dùng giấy" }, id, &asked, &err), err);
	CHECK_INT(asked, 3);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM point WHERE told_how = 'zalo'"),
		"3");
	/* Without marks, without what stands before the name; two fit: neither. */
	CHECK_INT(confirm(&f, case_id, "ba to", &err), 1);
	CHECK_INT(confirm(&f, case_id, "ha", &err), -1);
	CHECK_INT(err.code, ERR_BAD_INPUT);
	contains(err.message, "Xã Sơn Hà");
	CHECK_INT(confirm(&f, case_id, "xa-2", &err), 1);
	CHECK_INT(confirm(&f, case_id, "nowhere", &err), -1);
	CHECK_INT(err.code, ERR_NOT_FOUND);
	CHECK_STR(fixture_ask(f.path,
		"SELECT COUNT(*) FROM point WHERE confirmed_at IS NOT NULL"), "2");
	/* By me it is so; by another it was first. */
	CHECK_INT(confirm(&f, case_id, "xa-2", &err), 0);
	fixture_as(&f, "lan");
	CHECK_INT(confirm(&f, case_id, "xa-2", &err), -1);
	CHECK_INT(err.code, ERR_CONFLICT);
	contains(err.message, "quan");
	CHECK_INT(confirm(&f, case_id, "all", &err), 1);
	CHECK_OK(post_list(f.desk, case_id, &list, &err), err);
	CHECK_INT(json_get_int(json_at(list, 0), "asked", 0), 3);
	CHECK_INT(json_get_int(json_at(list, 0), "confirmed", 0), 3);
	json_free(list);
	CHECK_OK(undo_last(f.desk, case_id, &err), err);
	CHECK_STR(fixture_ask(f.path,
		"SELECT COUNT(*) FROM confirmation WHERE state = 'confirmed'"), "2");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_point_that_is_telephoned_has_confirmed_what_was_posted)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;
	int asked = 0;

	three_points(&f, case_id);
	CHECK_OK(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = "x", .to = "points" }, id, &asked, &err), err);
	(void)call(&f, case_id, "point:2", "anh Bốn", "đã rõ");
	CHECK_STR(fixture_ask(f.path, "SELECT by_name FROM confirmation WHERE ref = 'xa-2'"),
		"anh Bốn");
	CHECK_STR(fixture_ask(f.path, "SELECT confirmed_by FROM point WHERE n = 2"),
		"anh Bốn");
	(void)call(&f, case_id, "point:3", NULL, NULL);
	CHECK_STR(fixture_ask(f.path,
		"SELECT COUNT(*) FROM confirmation WHERE state = 'waiting'"), "2");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_post_without_text_channel_or_group_is_refused_and_changes_nothing)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;
	int64_t last;
	int asked = 0;

	world(&f, case_id);
	last = newest(&f);
	CHECK_ERR(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = " \t " }, id, &asked, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "sms", .text = "x" }, id, &asked, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = "x", .to = "none" }, id, &asked, &err), err,
		ERR_NOT_FOUND);
	CHECK_ERR(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = "x", .to = "points" }, id, &asked, &err), err,
		ERR_REFUSED);
	CHECK_INT(newest(&f), last);
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

/* ---- whose number is right ---- */

static const char *
checked(struct fixture *f, const char *role)
{
	static char state[32];
	struct json *contact = NULL, *check = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(contact_show(f->desk, role, &contact, &err), err);
	CHECK_OK(contact_checked(f->desk, json_get_text(contact, "id"), 0, &check, &err), err);
	(void)snprintf(state, sizeof state, "%s", json_get_text(check, "state"));
	json_free(check);
	json_free(contact);
	return state;
}

TEST(a_contact_is_verified_until_it_changes_grows_old_or_is_a_wrong_number)
{
	char case_id[UUID_SIZE];
	struct json *phone = quoted_json("{'phone': '0255222'}");
	struct call_done done = { 0 };
	struct error err = ERROR_INIT;
	struct fixture f;
	int64_t last;

	world(&f, case_id);
	fixture_as(&f, "lan");
	CHECK_STR(checked(&f, "dien"), "never");
	CHECK_OK(contact_verify(f.desk, "dien", NULL, "Minh nghe", &err), err);
	CHECK_STR(checked(&f, "dien"), "ok");
	last = newest(&f);
	CHECK_OK(contact_verify(f.desk, "dien", NULL, NULL, &err), err);
	CHECK_INT(newest(&f), last);
	CHECK_ERR(contact_verify(f.desk, "dien", "2099-01-01", NULL, &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(contact_verify(f.desk, "dien", "yesterday?", NULL, &err), err,
		ERR_BAD_INPUT);
	fixture_as(&f, "quan");
	CHECK_OK(contact_set(f.desk, "dien", phone, &err), err);
	CHECK_STR(checked(&f, "dien"), "changed");
	/* The same day once more: it says again that it is right. */
	CHECK_OK(contact_verify(f.desk, "dien", NULL, NULL, &err), err);
	CHECK_STR(checked(&f, "dien"), "ok");
	fixture_later(&f, 60000);
	CHECK_OK(call_add(f.desk, &(struct call_new){ .case_id = case_id, .to = "dien",
		.outcome = "wrong_number" }, &done, &err), err);
	CHECK_STR(checked(&f, "dien"), "wrong_number");
	fixture_later(&f, 60000);
	CHECK_OK(call_add(f.desk, &(struct call_new){ .case_id = NULL, .to = "dien",
		.outcome = "answered", .answered_by = "Minh", .verified = true }, &done, &err),
		err);
	CHECK_STR(checked(&f, "dien"), "ok");
	CHECK_OK(setting_set(f.desk, "contact.verify_days", "30", &err), err);
	fixture_later(&f, 31 * 24 * 3600000LL);
	CHECK_STR(checked(&f, "dien"), "old");
	json_free(phone);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_gaps_say_who_has_no_number_which_role_is_nobody_and_which_year_has_no_holidays)
{
	char case_id[UUID_SIZE];
	struct json *roles = quoted_json("[{'role': 'truc_ca', 'name': 'Trực ca', 'to': null,"
		" 'plans': 'PA-MD'}, {'role': 'dien', 'name': 'Điện', 'to': 'contact:dien',"
		" 'plans': 'PA-MD'}]");
	struct json *gaps = NULL;
	struct error err = ERROR_INIT;
	struct buf text = { 0 };
	struct fixture f;

	world(&f, case_id);
	CHECK_OK(gaps_find(f.desk, roles, &gaps, &err), err);
	CHECK_INT(json_count(json_get(gaps, "roles")), 1);
	CHECK_INT(json_count(json_get(gaps, "contacts")), 3);
	CHECK_INT(json_count(json_get(gaps, "holidays")), 2);
	gaps_text(&text, gaps);
	contains(buf_text(&text), "Nhà cung cấp: no number, never verified, no address");
	contains(buf_text(&text), "no holidays are entered for 2027");
	buf_clear(&text);
	CHECK_OK(contact_sheet(&text, f.desk, &err), err);
	contains(buf_text(&text), "Điện lực");
	contains(buf_text(&text), "0255111");
	buf_free(&text);
	json_free(gaps);
	json_free(roles);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_body_that_only_a_person_tells_stands_in_the_outbox_and_no_program_sends_it),
		RUN(a_call_that_was_answered_settles_what_waits_and_keeps_who_said_what),
		RUN(nobody_answering_leaves_what_waits_and_names_the_next_to_try),
		RUN(the_list_is_in_the_rules_order_without_the_one_who_looks_at_it),
		RUN(who_stands_for_a_contact_is_called_after_it_and_only_while_it_has_not_answered),
		RUN(two_who_call_the_same_are_both_recorded_and_the_second_is_told_of_the_first),
		RUN(a_call_needs_a_name_an_outcome_a_past_time_and_somebody_who_may),
		RUN(what_was_recorded_as_told_by_mistake_is_taken_up_again),
		RUN(a_message_told_in_the_outbox_by_telephone_is_a_call_of_its_case),
		RUN(a_post_asks_each_point_and_each_is_confirmed_by_itself_once),
		RUN(a_point_that_is_telephoned_has_confirmed_what_was_posted),
		RUN(a_post_without_text_channel_or_group_is_refused_and_changes_nothing),
		RUN(the_words_of_a_call_are_found_and_a_redaction_takes_them_out_of_the_outbox_too),
		RUN(a_contact_is_verified_until_it_changes_grows_old_or_is_a_wrong_number),
		RUN(the_gaps_say_who_has_no_number_which_role_is_nobody_and_which_year_has_no_holidays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
