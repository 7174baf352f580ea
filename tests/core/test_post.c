/* Posts and who confirmed them, whose number is right, what the register lacks. */
#include "tests/core/hand_world.h"

#include "core/case_set.h"
#include "core/change.h"
#include "core/contact_check.h"
#include "core/gaps.h"
#include "core/mem.h"
#include "core/post.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/undo.h"

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

static int64_t
confirmed(struct fixture *f)
{
	return strtoll(fixture_ask(f->path, "SELECT COUNT(*) FROM confirmation k JOIN point p"
		" ON p.ref = k.ref WHERE k.state = 'confirmed' AND p.confirmed_at IS NOT NULL"
		" AND p.confirmed_by = k.by_name"), NULL, 10);
}

static void
answered(struct fixture *f, const char *case_id, const char *to, const char *by)
{
	struct error err = ERROR_INIT;
	struct call_done done;

	f->now += 60000;
	CHECK_OK(call_add(f->desk, &(struct call_new){ .case_id = case_id, .to = to,
		.outcome = "answered", .answered_by = by }, &done, &err), err);
	free(done.also);
}

static void
correct(struct fixture *f, const char *case_id, int n, const char *outcome,
	const char *by)
{
	struct error err = ERROR_INIT;
	struct call_done done;

	CHECK_OK(call_correct(f->desk, &(struct call_correction){ .case_id = case_id, .n = n,
		.why = "nhầm", .outcome = outcome, .answered_by = by }, &done, &err), err);
	free(done.also);
}

TEST(a_call_that_was_not_made_takes_the_confirmation_back_that_it_gave)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;
	int asked = 0;

	three_points(&f, case_id);
	CHECK_OK(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = "dùng giấy" }, id, &asked, &err), err);
	answered(&f, case_id, "point:1", "chị Tư");
	answered(&f, case_id, "point:2", "anh Ba");
	CHECK_INT(confirmed(&f), 2);
	correct(&f, case_id, 1, "not_made", NULL);
	CHECK_INT(confirmed(&f), 1);
	CHECK_STR(fixture_ask(f.path, "SELECT state FROM confirmation WHERE ref = 'xa-1'"),
		"waiting");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM point WHERE confirmed_by = ''"
		" AND confirmed_at IS NULL AND told_how = 'zalo' AND n = 1"), "1");
	/* Answered really, by another: that one has confirmed. */
	correct(&f, case_id, 2, "answered", "anh Tám");
	CHECK_INT(confirmed(&f), 1);
	CHECK_STR(fixture_ask(f.path, "SELECT by_name FROM confirmation WHERE ref = 'xa-2'"),
		"anh Tám");
	/* Called twice: the call that was made stands for it. */
	answered(&f, case_id, "point:1", "chị Tư");
	answered(&f, case_id, "point:1", "chị Năm");
	correct(&f, case_id, 4, "not_made", NULL);
	CHECK_STR(fixture_ask(f.path, "SELECT by_name FROM confirmation WHERE ref = 'xa-1'"),
		"chị Năm");
	CHECK_INT(confirmed(&f), 2);
	fixture_whole(&f);
	fixture_end(&f);
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
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK_STR(fixture_ask(f.path,
		"SELECT COUNT(*) FROM point WHERE confirmed_at IS NOT NULL"), "2");
	/* By me it is so; by another it was first. */
	CHECK_INT(confirm(&f, case_id, "xa-2", &err), 0);
	fixture_as(&f, "lan");
	CHECK_INT(confirm(&f, case_id, "xa-2", &err), -1);
	CHECK_INT(err.code, ERR_CONFLICT);
	contains(err.message, "Quân");
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

TEST(nobody_confirms_before_it_was_posted_and_an_earlier_call_confirms_nothing)
{
	const char *const unit = "xa-1";
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct call_done done;
	struct fixture f;
	int asked = 0, count = 0;

	three_points(&f, case_id);
	fixture_later(&f, 3600000);
	CHECK_OK(post_add(f.desk, &(struct post_new){ .case_id = case_id,
		.channel = "zalo", .text = "mất mạng" }, id, &asked, &err), err);
	CHECK_ERR(post_confirm(f.desk, &(struct confirm_new){ .case_id = case_id,
		.message = "last", .units = &unit, .count = 1, .at = f.now - 600000 },
		&count, &err), err, ERR_BAD_INPUT);
	contains(err.message, "Xã Ba Tơ");
	CHECK_ERR(post_confirm(f.desk, &(struct confirm_new){ .case_id = case_id,
		.message = "last", .units = (const char *const[]){ "all" }, .count = 1,
		.at = f.now - 600000 }, &count, &err), err, ERR_BAD_INPUT);
	CHECK_OK(call_add(f.desk, &(struct call_new){ .case_id = case_id, .to = "point:1",
		.outcome = "answered", .answered_by = "bà Ba", .at = f.now - 600000 }, &done,
		&err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM confirmation"
		" WHERE state = 'confirmed'"), "0");
	/* They were told by the call, before the post. */
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM point"
		" WHERE n = 1 AND confirmed_at = told_at"), "1");
	CHECK_ERR(call_add(f.desk, &(struct call_new){ .case_id = case_id, .to = "point:1x",
		.outcome = "no_answer" }, &done, &err), err, ERR_NOT_FOUND);
	CHECK_INT(confirm(&f, case_id, "xa-1", &err), 1);
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

TEST(a_red_case_is_recorded_as_posted_only_by_who_means_it)
{
	struct post_new what = { .channel = "zalo", .text = "x" };
	const char *const red = "tlp=red";
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err = ERROR_INIT;
	struct fixture f;
	int64_t last;
	int asked = 0;

	world(&f, case_id);
	what.case_id = case_id;
	CHECK_OK(case_set(f.desk, case_id, &red, 1, &err), err);
	last = newest(&f);
	CHECK_ERR(post_add(f.desk, &what, id, &asked, &err), err, ERR_REFUSED);
	contains(err.message, "TLP:RED");
	CHECK_STR(err.how, "--red");
	CHECK_INT(newest(&f), last);
	what.red = true;
	CHECK_OK(post_add(f.desk, &what, id, &asked, &err), err);
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
	/* A call of last week was to the number that it had then. */
	CHECK_ERR(contact_verify(f.desk, "dien", "2026-11-14", NULL, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "21/11/2026"));
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

/* As the screen's window shows a paper: no line is broken. */
static void
narrow(const char *text)
{
	for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
		char *line = xstrndup(text, (size_t)(end - text));

		if (text_width(line) > 74) {
			fail_msg("%d columns: %s", text_width(line), line);
		}
		free(line);
	}
}

TEST(the_gaps_name_missing_numbers_roles_that_are_nobody_and_years_without_holidays)
{
	char case_id[UUID_SIZE];
	struct json *roles = quoted_json("[{'role': 'truc_ca',"
		" 'name': 'Người giữ quyền quản trị hệ thống', 'to': null,"
		" 'plans': 'PA-DT PA-MD PA-PC PA-PM PA-TC PA-TC-GD PA-TC-MH'},"
		" {'role': 'dien', 'name': 'Điện', 'to': 'contact:dien', 'plans': 'PA-MD'},"
		" {'role': 'a', 'name': 'Đã nghỉ', 'to': 'member:nam', 'plans': 'PA-MD'},"
		" {'role': 'b', 'name': 'Chỉ xem', 'to': 'member:xem', 'plans': 'PA-MD'},"
		" {'role': 'c', 'name': 'Có', 'to': 'member:lan', 'plans': 'PA-MD'},"
		" {'role': 'd', 'name': 'Không còn', 'to': 'contact:cu', 'plans': 'PA-MD'}]");
	struct json *gaps = NULL;
	struct error err = ERROR_INIT;
	struct buf text = { 0 };
	struct fixture f;

	world(&f, case_id);
	fixture_sql(f.path, "UPDATE member SET active = 0 WHERE login = 'nam'");
	CHECK_OK(gaps_find(f.desk, roles, &gaps, &err), err);
	CHECK_INT(json_count(json_get(gaps, "roles")), 4);
	CHECK_INT(json_count(json_get(gaps, "contacts")), 3);
	CHECK_INT(json_count(json_get(gaps, "holidays")), 2);
	gaps_text(&text, gaps);
	contains(buf_text(&text), "Nhà cung cấp: no number, never verified, no address");
	contains(buf_text(&text), "no holidays are entered for 2027");
	narrow(buf_text(&text));
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
		RUN(a_call_that_was_not_made_takes_the_confirmation_back_that_it_gave),
		RUN(a_post_asks_each_point_and_each_is_confirmed_by_itself_once),
		RUN(a_point_that_is_telephoned_has_confirmed_what_was_posted),
		RUN(nobody_confirms_before_it_was_posted_and_an_earlier_call_confirms_nothing),
		RUN(a_post_without_text_channel_or_group_is_refused_and_changes_nothing),
		RUN(a_red_case_is_recorded_as_posted_only_by_who_means_it),
		RUN(a_contact_is_verified_until_it_changes_grows_old_or_is_a_wrong_number),
		RUN(the_gaps_name_missing_numbers_roles_that_are_nobody_and_years_without_holidays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
