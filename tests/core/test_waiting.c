/* Waiting outside: promises, askings, raises; what cannot be forgotten, and what
 * two people do at once. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/contact.h"
#include "core/mem.h"
#include "core/now.h"
#include "core/raise.h"
#include "core/setting.h"
#include "core/undo.h"
#include "core/waiting.h"
#include "tests/core/empty_desk.h"

#define MINUTE 60000LL
#define EVENTS "SELECT COUNT(*) FROM event"
#define HOUR (60 * MINUTE)

static struct error err;

static struct promise
promise(int64_t created, int64_t promised, int64_t asked, int raised)
{
	struct promise p = { .created_at = created, .promised_at = promised,
		.asked_at = asked, .raised = raised };

	CHECK_OK(raising_parse(&p.raising, "30m,2h,4h", &err), err);
	return p;
}

TEST(it_is_asked_when_the_promise_is_past_and_raised_at_set_times)
{
	struct promise p = promise(0, HOUR, 0, 0);

	CHECK_INT(promise_next(&p), HOUR);
	CHECK_INT(promise_raise_at(&p), HOUR + 30 * MINUTE);
	/* Asked at 1:05, no new promise: the raise comes before the next asking. */
	p = promise(0, HOUR, HOUR + 5 * MINUTE, 0);
	CHECK_INT(promise_next(&p), HOUR + 30 * MINUTE);
	/* Asked at 1:31 and not raised: it does not nag, and is not forgotten. */
	p = promise(0, HOUR, HOUR + 31 * MINUTE, 0);
	CHECK_INT(promise_next(&p), HOUR + 61 * MINUTE);
	CHECK_INT(promise_raise_at(&p), HOUR + 30 * MINUTE);
	/* Raised to the first level at 1:31: half an hour later it is asked. */
	p = promise(0, HOUR, HOUR + 31 * MINUTE, 1);
	CHECK_INT(promise_next(&p), HOUR + 61 * MINUTE);
	CHECK_INT(promise_raise_at(&p), 3 * HOUR);
	/* Nobody promised anything. */
	p = promise(HOUR, NO_DUE, 0, 0);
	CHECK_INT(promise_next(&p), HOUR + 30 * MINUTE);
	p = promise(0, HOUR, 6 * HOUR, 3);
	CHECK_INT(promise_next(&p), 6 * HOUR + 30 * MINUTE);
	CHECK(promise_raise_at(&p) == NO_DUE);
}

TEST(times_to_raise_must_grow_and_none_is_none)
{
	struct raising r;

	CHECK_OK(raising_parse(&r, "none", &err), err);
	CHECK_INT(r.count, 0);
	CHECK(!raising_parse(&r, "2h,30m", &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK(!raising_parse(&r, "soon", &err));
	CHECK(!raising_parse(&r, "1h,2h,3h,4h,5h,6h,7h", &err));
}

static bool
keep(const struct waiting *waiting, void *arg)
{
	struct waiting *out = arg;

	waiting_clear(out);
	*out = *waiting;
	out->role = xstrdup(waiting->role);
	out->name = xstrdup(waiting->name);
	out->what = xstrdup(waiting->what);
	out->ticket = xstrdup(waiting->ticket);
	out->raised_to = xstrdup(waiting->raised_to);
	out->raise_after = xstrdup(waiting->raise_after);
	out->result = xstrdup(waiting->result);
	out->owner = xstrdup(waiting->owner);
	out->owner_name = xstrdup(waiting->owner_name);
	return true;
}

/* Promised at 03:30 to lan at 02:10. */
static void
begin(struct fixture *f, char id[UUID_SIZE])
{
	int n = 0;

	fixture_file(f);
	fixture_case(f, "13 xã mất kết nối", id);
	fixture_status(f, id, "acknowledged");
	CHECK_OK(reportable_decide(f->desk, id, "no", "thử", &err), err);
	fixture_as(f, "lan");
	CHECK_OK(case_assign(f->desk, id, "lan", &err), err);
	CHECK_OK(severity_decide(f->desk, id, 2, "thử", &err), err);
	CHECK_OK(waiting_add(f->desk, id, &(struct waiting_new){
		.whom = "Doanh nghiệp viễn thông", .what = "nối lại tuyến", .ticket = "VT-77",
		.promised = "03:30" }, &n, &err), err);
	CHECK_INT(n, 1);
}

TEST(what_is_waited_for_already_is_not_entered_twice)
{
	struct waiting_new what = { .whom = "Doanh nghiệp viễn thông",
		.what = "Nối lại  tuyến!", .promised = "04:00" };
	struct fixture f;
	char id[UUID_SIZE], events[24];
	int n = 0;

	begin(&f, id);
	(void)snprintf(events, sizeof events, "%s", fixture_ask(f.path, EVENTS));
	CHECK_OK(waiting_add(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 1);
	CHECK_STR(fixture_ask(f.path, EVENTS), events);
	fixture_as(&f, "minh");
	CHECK_ERR(waiting_add(f.desk, id, &what, &n, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "Lan"));
	/* Other words, marks too, or another body: another waiting. */
	what.what = "nối lai tuyến";
	CHECK_OK(waiting_add(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 2);
	what.whom = "Điện lực";
	CHECK_OK(waiting_add(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 3);
	/* What has ended may be waited for again. */
	CHECK_OK(waiting_done(f.desk, id, 3, "xong", &err), err);
	CHECK_OK(waiting_add(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 4);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_promise_in_the_past_is_refused_unless_it_was_said_before)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct waiting_new what = { .whom = "Doanh nghiệp viễn thông",
		.what = "nối lại tuyến", .promised = "02:00" };
	struct waiting w;
	int n = 0;

	fixture_memory(&f);
	fixture_case(&f, "mất kết nối", id);
	/* 02:00 typed at 02:10 is not tomorrow's. */
	CHECK(!waiting_add(f.desk, id, &what, &n, &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK(strstr(err.how, "--said-at") != NULL);
	what.promised = "20/11/2026 23:00";
	CHECK(!waiting_add(f.desk, id, &what, &n, &err));
	what.promised = "02:00";
	what.said_at = "01:30";
	CHECK_OK(waiting_add(f.desk, id, &what, &n, &err), err);
	CHECK_OK(waiting_load(&w, f.desk, id, n, &err), err);
	CHECK_INT(w.promised_at, f.now - 10 * MINUTE);
	CHECK_INT(waiting_next(&w, f.now), WAITING_ASK);
	waiting_clear(&w);
	what.said_at = "02:05";
	CHECK(!waiting_add(f.desk, id, &what, &n, &err));
	what.said_at = NULL;
	what.promised = "22/11 02:00";
	CHECK_OK(waiting_add(f.desk, id, &what, &n, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(each_asking_is_kept_with_what_was_said_and_a_raise_goes_one_up)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct waiting w = { 0 };
	struct now now;

	begin(&f, id);
	fixture_later(&f, 81 * MINUTE); /* 03:31 */
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_PROMISE_OVER);
	CHECK_OK(waiting_asked(f.desk, id, 1, &(struct waiting_word){
		.said = "đang hàn nối", .whom = "anh Bình" }, &err), err);
	CHECK_OK(waiting_load(&w, f.desk, id, 1, &err), err);
	CHECK_INT(w.asked, 1);
	CHECK_INT(waiting_next(&w, f.now), WAITING_NOT_YET);
	waiting_clear(&w);
	fixture_later(&f, 31 * MINUTE); /* 04:02: half an hour over */
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_PROMISE_RAISE);
	CHECK_OK(waiting_raise(f.desk, id, 1, &(struct waiting_word){
		.said = "cử thêm tổ", .promised = "05:00" }, &err), err);
	CHECK_OK(waiting_load(&w, f.desk, id, 1, &err), err);
	CHECK_INT(w.raised, 1);
	CHECK_INT(w.asked, 2);
	CHECK(strstr(w.raised_to, "Doanh nghiệp viễn thông") != NULL);
	CHECK_INT(w.promised_at, f.now + 58 * MINUTE);
	waiting_clear(&w);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM asking"), "2");
	CHECK_STR(fixture_ask(f.path, "SELECT open_tasks FROM cases"), "1");
	/* An undo takes the asking back with the promise. */
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM asking"), "1");
	CHECK_STR(fixture_ask(f.path, "SELECT raised FROM waiting"), "0");
	CHECK_OK(redo_last(f.desk, id, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM asking"), "2");
	CHECK_OK(waiting_each(f.desk, NULL, keep, &w, &err), err);
	CHECK_STR(w.what, "nối lại tuyến");
	waiting_clear(&w);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_promise_that_another_changed_meanwhile_is_a_conflict)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct waiting w;
	int64_t seen;

	begin(&f, id);
	seen = atoll(fixture_ask(f.path, "SELECT MAX(seq) FROM event"));
	fixture_as(&f, "nam");
	CHECK_OK(waiting_asked(f.desk, id, 1, &(struct waiting_word){
		.promised = "04:00" }, &err), err);
	fixture_as(&f, "lan");
	desk_set_guard(f.desk, seen);
	CHECK(!waiting_asked(f.desk, id, 1, &(struct waiting_word){
		.promised = "03:45" }, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.detail, "nam") != NULL);
	/* What they said is recorded all the same. */
	CHECK_OK(waiting_asked(f.desk, id, 1, &(struct waiting_word){
		.said = "khoảng 03:45" }, &err), err);
	desk_set_guard(f.desk, 0);
	/* The same for who looked at another promise. */
	CHECK(!waiting_asked(f.desk, id, 1, &(struct waiting_word){ .promised = "03:45",
		.seen = &seen }, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.message, " Nam") != NULL && strstr(err.message, "04:00") != NULL);
	CHECK_OK(waiting_load(&w, f.desk, id, 1, &err), err);
	CHECK_INT(w.asked, 2);
	waiting_clear(&w);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(two_who_raise_at_once_raise_one_level_and_the_second_learns_who_was_first)
{
	const int none = 0, one = 1;
	struct fixture f;
	char id[UUID_SIZE];
	int64_t version;

	begin(&f, id);
	version = atoll(fixture_ask(f.path, "SELECT MAX(seq) FROM event"));
	fixture_as(&f, "nam");
	CHECK_OK(waiting_raise(f.desk, id, 1, &(struct waiting_word){ .said = "cử thêm tổ",
		.raised = &none }, &err), err);
	fixture_as(&f, "lan");
	CHECK(!waiting_raise(f.desk, id, 1, &(struct waiting_word){ .said = "đang đi",
		.raised = &none }, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.message, " Nam") != NULL);
	desk_set_guard(f.desk, version);
	CHECK(!waiting_raise(f.desk, id, 1, &(struct waiting_word){ .said = "đang đi" },
		&err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.detail, "\"yours\":\"2\"") != NULL);
	CHECK(strstr(err.detail, "\"theirs\":\"1\"") != NULL);
	desk_set_guard(f.desk, 0);
	CHECK_STR(fixture_ask(f.path, "SELECT raised FROM waiting"), "1");
	CHECK_OK(waiting_raise(f.desk, id, 1, &(struct waiting_word){ .said = "vẫn chưa",
		.raised = &one }, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT raised FROM waiting"), "2");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(it_ends_once_and_the_second_learns_who_was_first)
{
	struct fixture f;
	char id[UUID_SIZE], last[24];

	begin(&f, id);
	CHECK_OK(waiting_done(f.desk, id, 1, "thông tuyến", &err), err);
	(void)snprintf(last, sizeof last, "%s", fixture_ask(f.path, EVENTS));
	CHECK_OK(waiting_done(f.desk, id, 1, "thông tuyến", &err), err);
	CHECK_STR(fixture_ask(f.path, EVENTS), last);
	fixture_as(&f, "nam");
	CHECK(!waiting_done(f.desk, id, 1, "xong", &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL);
	CHECK(!waiting_asked(f.desk, id, 1, &(struct waiting_word){ .said = "?" }, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	fixture_as(&f, "xem");
	CHECK(!waiting_done(f.desk, id, 1, "xong", &err));
	CHECK_INT(err.code, ERR_FORBIDDEN);
	CHECK_STR(fixture_ask(f.path, "SELECT open_tasks FROM cases"), "0");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(ticket_promise_raising_and_who_follows_it_can_be_set)
{
	struct fixture f;
	char id[UUID_SIZE], last[24];
	struct waiting w;

	begin(&f, id);
	CHECK_OK(waiting_set(f.desk, id, 1, &(struct waiting_change){ .ticket = "VT-78",
		.raise = "1h", .owner = "nam", .promised = "06:00" }, &err), err);
	CHECK_OK(waiting_load(&w, f.desk, id, 1, &err), err);
	CHECK_STR(w.ticket, "VT-78");
	CHECK_STR(w.owner, "nam");
	CHECK_INT(w.raise_at, w.promised_at + HOUR);
	waiting_clear(&w);
	(void)snprintf(last, sizeof last, "%s", fixture_ask(f.path, EVENTS));
	CHECK_OK(waiting_set(f.desk, id, 1, &(struct waiting_change){ .ticket = "VT-78" },
		&err), err);
	CHECK_STR(fixture_ask(f.path, EVENTS), last);
	CHECK(!waiting_set(f.desk, id, 1, &(struct waiting_change){ .raise = "2h,1h" },
		&err));
	CHECK(!waiting_set(f.desk, id, 2, &(struct waiting_change){ .ticket = "x" }, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	fixture_as(&f, "quan");
	CHECK_OK(setting_set(f.desk, "waiting_raise", "15m,1h", &err), err);
	CHECK(!setting_set(f.desk, "waiting_raise", "1h,15m", &err));
	fixture_whole(&f);
	fixture_end(&f);
}

static void
ended(struct fixture *f, const char *role, const char *fields)
{
	struct json *given = quoted_json(fields);

	CHECK_OK(contact_add(f->desk, role, given, &err), err);
	json_free(given);
}

TEST(who_is_meant_must_be_in_the_register_or_in_words)
{
	struct fixture f;
	char id[UUID_SIZE];
	int n;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	CHECK(!waiting_add(f.desk, id, &(struct waiting_new){ .whom = "dien_luc",
		.what = "cấp lại" }, &n, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	CHECK(!waiting_add(f.desk, id, &(struct waiting_new){ .whom = "Anh Bình",
		.what = " " }, &n, &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	/* Nobody waits for who is no contact any more, or not yet. */
	ended(&f, "cu", "{'name': 'NCSC cũ', 'class': 'body', 'valid_to': '2026-11-20'}");
	CHECK_ERR(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "cu",
		.what = "hỗ trợ" }, &n, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "20/11/2026"));
	ended(&f, "moi", "{'name': 'Mới', 'class': 'body', 'valid_from': '2026-11-22'}");
	CHECK_ERR(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "moi",
		.what = "hỗ trợ" }, &n, &err), err, ERR_REFUSED);
	ended(&f, "nay", "{'name': 'Nay', 'class': 'body', 'valid_to': '2026-11-21'}");
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "nay",
		.what = "hỗ trợ" }, &n, &err), err);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "lan",
		.what = "mang chìa khoá phòng máy" }, &n, &err), err);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "member:nam",
		.what = "mở cửa phòng máy" }, &n, &err), err);
	fixture_as(&f, "minh");
	CHECK(!waiting_add(f.desk, id, &(struct waiting_new){ .whom = "member:ai",
		.what = "mở cửa" }, &n, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	fixture_end(&f);
}

static void
contact(struct fixture *f, const char *role, const char *name, const char *phone)
{
	struct json *given = json_object();

	json_set_text(given, "name", name);
	json_set_text(given, "phone", phone);
	CHECK_OK(contact_add(f->desk, role, given, &err), err);
	json_free(given);
}

static void
check_raise(struct fixture *f, const char *id, int n, int level, const char *should)
{
	struct raise_call call;
	struct waiting w;
	char *text;

	CHECK_OK(waiting_load(&w, f->desk, id, n, &err), err);
	CHECK_OK(raise_call(&call, f->desk, &w, level, &err), err);
	text = raise_call_text(&call);
	CHECK_STR(text, should);
	free(text);
	raise_call_clear(&call);
	waiting_clear(&w);
}

TEST(who_is_called_at_each_level_has_a_name_and_a_number)
{
	struct fixture f;
	char id[UUID_SIZE];
	int n = 0;

	begin(&f, id);
	/* Who stands in no register. */
	check_raise(&f, id, 1, 1, "shift leader of Doanh nghiệp viễn thông, no number in the"
		" register");
	fixture_as(&f, "quan");
	contact(&f, "dien", "Trực ban Điện lực", "02550000018");
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "dien",
		.what = "có điện" }, &n, &err), err);
	check_raise(&f, id, n, 0, "Trực ban Điện lực, tel. 02550000018");
	check_raise(&f, id, n, 1, "shift leader of Trực ban Điện lực, tel. 02550000018");
	/* Its leader has a line of his own. */
	check_raise(&f, id, n, 2, "leader of Trực ban Điện lực, tel. 02550000018");
	contact(&f, "dien_ld", "Phó giám đốc Điện lực", "02550000019");
	/* Bodies come with a profile. */
	fixture_sql(f.path, "UPDATE contact SET body = 'dl' WHERE role LIKE 'dien%'");
	check_raise(&f, id, n, 2, "leader of Trực ban Điện lực (Phó giám đốc Điện lực),"
		" tel. 02550000019");
	CHECK_OK(setting_set(f.desk, "agent.lanh_dao_doi", "member:minh", &err), err);
	check_raise(&f, id, n, 3, "our team's leader speaks with Trực ban Điện lực (Võ Quang"
		" Minh), no number in the register");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(it_is_asked_when_the_promise_is_past_and_raised_at_set_times),
		RUN(times_to_raise_must_grow_and_none_is_none),
		RUN(what_is_waited_for_already_is_not_entered_twice),
		RUN(a_promise_in_the_past_is_refused_unless_it_was_said_before),
		RUN(each_asking_is_kept_with_what_was_said_and_a_raise_goes_one_up),
		RUN(a_promise_that_another_changed_meanwhile_is_a_conflict),
		RUN(two_who_raise_at_once_raise_one_level_and_the_second_learns_who_was_first),
		RUN(it_ends_once_and_the_second_learns_who_was_first),
		RUN(ticket_promise_raising_and_who_follows_it_can_be_set),
		RUN(who_is_called_at_each_level_has_a_name_and_a_number),
		RUN(who_is_meant_must_be_in_the_register_or_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
