/* Reports of callers: recorded with the register's names, worked by several people,
 * made into cases; replay gives the same rows. */
#include "tests/core/tin_world.h"

#include <stdio.h>

#include "core/change.h"
#include "core/contact.h"
#include "core/now.h"
#include "core/redact.h"
#include "core/register.h"
#include "core/setting.h"
#include "core/timeline.h"
#include "core/tin.h"
#include "core/words.h"

#define MINUTE 60000LL

static struct error err;

static struct tin
record(struct fixture *f, const struct tin_new *what, struct tin_said *said)
{
	struct tin_said own;
	struct tin tin;
	char id[UUID_SIZE];

	CHECK_OK(tin_add(f->desk, what, id, said == NULL ? &own : said, &err), err);
	CHECK_OK(tin_find(&tin, f->desk, id, &err), err);
	return tin;
}

static struct tin
again(struct fixture *f, const struct tin *tin)
{
	struct tin now;

	CHECK_OK(tin_find(&now, f->desk, tin->id, &err), err);
	return now;
}

TEST(a_report_gets_its_number_its_kind_and_a_promise_from_the_setting)
{
	struct fixture f;
	struct tin one, two;

	fixture_file(&f);
	CHECK_OK(setting_set(f.desk, "reply_minutes", "20", &err), err);
	one = record(&f, &(struct tin_new){ .what = "Mất điện trạm chính", .callback = "0914" },
		NULL);
	two = record(&f, &(struct tin_new){ .what = "máy in lạ", .reply_by = NO_DUE }, NULL);
	CHECK_STR(one.number, "TB-2026-0001");
	CHECK_STR(two.number, "TB-2026-0002");
	CHECK_STR(one.kind, "power");
	CHECK_STR(two.kind, "");
	CHECK_STR(one.channel, "phone");
	CHECK_STR(one.secret, "unknown");
	CHECK_INT(one.reply_by, f.now + 20 * MINUTE);
	CHECK(two.reply_by == NO_DUE);
	CHECK_STR(one.state, "new");
	tin_clear(&one);
	tin_clear(&two);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_unit_is_found_without_marks_and_kept_as_typed_where_none_or_two_fit)
{
	struct tin_said said;
	struct fixture f;
	struct tin tin;

	fixture_file(&f);
	add_unit(&f, "xa-1", "Xã Ba Tơ");
	add_unit(&f, "xa-2", "Xã Ba Tô");
	add_unit(&f, "xa-3", "Đặc khu Lý Sơn");
	tin = record(&f, &(struct tin_new){ .what = "a", .unit = "ubnd dac khu LY SON" },
		&said);
	CHECK_STR(tin.unit, "xa-3");
	CHECK_STR(tin.unit_name, "Đặc khu Lý Sơn");
	CHECK_STR(said.unit, "");
	tin_clear(&tin);
	tin = record(&f, &(struct tin_new){ .what = "a", .unit = "Ba Tơ" }, &said);
	CHECK_STR(tin.unit, "xa-1");
	tin_clear(&tin);
	tin = record(&f, &(struct tin_new){ .what = "a", .unit = "ba to" }, &said);
	CHECK_STR(tin.unit, "");
	CHECK_STR(tin.unit_name, "ba to");
	CHECK(strstr(said.unit, "Xã Ba Tơ") != NULL && strstr(said.unit, "Xã Ba Tô") != NULL);
	tin_clear(&tin);
	add_unit_of(&f, "xa-4", "Xã Mới", "Xã Hành Cũ; Thị trấn Chợ");
	tin = record(&f, &(struct tin_new){ .what = "a", .unit = "hanh cu" }, &said);
	CHECK_STR(tin.unit, "xa-4");
	CHECK_STR(tin.unit_name, "Xã Mới");
	tin_clear(&tin);
	tin = record(&f, &(struct tin_new){ .what = "a", .unit = "xã Không Có" }, &said);
	CHECK_STR(tin.unit_name, "xã Không Có");
	CHECK(strstr(said.unit, "xã Không Có") != NULL);
	tin_clear(&tin);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(bad_input_is_refused_and_nothing_is_recorded)
{
	struct tin_said said;
	char id[UUID_SIZE];
	char longer[400];
	struct fixture f;

	fixture_file(&f);
	memset(longer, 'a', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	CHECK_ERR(tin_add(f.desk, &(struct tin_new){ .what = "  " }, id, &said, &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(tin_add(f.desk, &(struct tin_new){ .what = longer }, id, &said, &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(tin_add(f.desk, &(struct tin_new){ .what = "a", .broken = "mail,fire" }, id,
		&said, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(tin_add(f.desk, &(struct tin_new){ .what = "a", .asset = "KHÔNG" }, id,
		&said, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(tin_add(f.desk, &(struct tin_new){ .what = "a", .channel = "phone,mail" },
		id, &said, &err), err, ERR_BAD_INPUT);
	fixture_as(&f, "xem");
	CHECK_ERR(tin_add(f.desk, &(struct tin_new){ .what = "a" }, id, &said, &err), err,
		ERR_FORBIDDEN);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM tin"), "0");
	fixture_end(&f);
}

TEST(a_report_becomes_a_case_once_whoever_is_second_is_told_by_whom)
{
	char case_id[UUID_SIZE], other[UUID_SIZE];
	struct ir_case c;
	struct fixture f;
	struct tin tin, now;

	fixture_file(&f);
	fixture_as(&f, "lan");
	tin = record(&f, &(struct tin_new){ .what = "trang xã hiện cờ bạc", .caller = "Nam",
		.post = "VP UBND", .callback = "0914000111" }, NULL);
	CHECK_OK(tin_open_case(f.desk, tin.id, case_id, &err), err);
	c = fixture_load(&f, case_id);
	CHECK_STR(c.title, "trang xã hiện cờ bạc");
	CHECK_STR(c.kind, "attack");
	CHECK_STR(c.reporter, "Nam, VP UBND, 0914000111");
	case_clear(&c);
	now = again(&f, &tin);
	CHECK_STR(now.state, "joined");
	CHECK_STR(now.case_id, case_id);
	CHECK_STR(now.handler, "lan");
	tin_clear(&now);
	fixture_as(&f, "nam");
	CHECK_ERR(tin_open_case(f.desk, tin.id, other, &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM cases"), "1");
	tin_clear(&tin);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(two_who_take_the_same_report_up_conflict_and_its_end_needs_words)
{
	struct tin tin, now;
	struct fixture f;

	fixture_file(&f);
	fixture_as(&f, "lan");
	tin = record(&f, &(struct tin_new){ .what = "máy chậm" }, NULL);
	CHECK_OK(tin_take(f.desk, tin.id, &err), err);
	CHECK_OK(tin_take(f.desk, tin.id, &err), err);
	CHECK_ERR(tin_close(f.desk, tin.id, " ", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(tin_done(f.desk, tin.id, "xong", &err), err, ERR_REFUSED);
	fixture_as(&f, "nam");
	CHECK_ERR(tin_take(f.desk, tin.id, &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL);
	CHECK_OK(tin_close(f.desk, tin.id, "gọi nhầm", &err), err);
	fixture_as(&f, "lan");
	CHECK_ERR(tin_close(f.desk, tin.id, "gọi nhầm", &err), err, ERR_CONFLICT);
	now = again(&f, &tin);
	CHECK(now.reply_by == NO_DUE && now.ended_at == f.now);
	tin_clear(&now);
	CHECK_OK(tin_take(f.desk, tin.id, &err), err); /* closed too early: open again */
	now = again(&f, &tin);
	CHECK_STR(now.state, "taken");
	CHECK_INT(now.ended_at, 0);
	CHECK_INT(now.reply_by, f.now + 30 * MINUTE);
	tin_clear(&now);
	tin_clear(&tin);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_answer_keeps_the_promise_or_makes_the_next_one)
{
	struct tin tin, now;
	struct fixture f;
	struct now next;

	fixture_file(&f);
	tin = record(&f, &(struct tin_new){ .what = "máy chậm", .unit = "Xã 01",
		.reply_by = f.now + 10 * MINUTE }, NULL);
	CHECK_ERR(tin_reply(f.desk, tin.id, "", 0, &err), err, ERR_BAD_INPUT);
	CHECK_OK(now_find(&next, f.desk, &err), err);
	CHECK(next.kind != NOW_TIN_WAITING);
	fixture_later(&f, 11 * MINUTE);
	CHECK_OK(now_find(&next, f.desk, &err), err);
	CHECK_INT(next.kind, NOW_TIN_WAITING);
	CHECK_STR(next.number, "TB-2026-1");
	CHECK_STR(next.who, "Xã 01");
	CHECK_OK(tin_reply(f.desk, tin.id, "gọi: đang xem", f.now + 30 * MINUTE, &err), err);
	now = again(&f, &tin);
	CHECK_INT(now.reply_by, f.now + 30 * MINUTE);
	CHECK_INT(now.replies, 1);
	CHECK_STR(now.state, "taken");
	tin_clear(&now);
	CHECK_OK(tin_reply(f.desk, tin.id, "gọi: xong", 0, &err), err);
	now = again(&f, &tin);
	CHECK(now.reply_by == NO_DUE);
	tin_clear(&now);
	tin_clear(&tin);
	fixture_later(&f, 60 * MINUTE);
	CHECK_OK(now_find(&next, f.desk, &err), err);
	CHECK(next.kind != NOW_TIN_WAITING);
	fixture_whole(&f);
	fixture_end(&f);
}

static struct tin
help_asked(struct fixture *f, const char *field, const char *value, char **how)
{
	struct json *contact = json_object();
	struct tin tin;

	json_set_text(contact, "name", "Đội hỗ trợ nhanh");
	json_set_text(contact, "class", "member");
	json_set_text(contact, field, value);
	CHECK_OK(contact_add(f->desk, "ho_tro_nhanh", contact, &err), err);
	json_free(contact);
	tin = record(f, &(struct tin_new){ .what = "máy in hỏng", .unit = "Xã 01" }, NULL);
	CHECK_OK(tin_help(f->desk, tin.id, NULL, how, &err), err);
	return tin;
}

TEST(help_is_proposed_by_mail_held_and_ends_with_a_result)
{
	char *how = NULL;
	struct fixture f;
	struct tin tin, now;

	fixture_file(&f);
	tin = help_asked(&f, "mail", "nhanh@doi.example", &how);
	CHECK(strstr(how, "held") != NULL);
	CHECK_STR(fixture_ask(f.path, "SELECT state FROM message"), "held");
	now = again(&f, &tin);
	CHECK_STR(now.state, "help");
	CHECK_STR(now.help_role, "ho_tro_nhanh");
	CHECK_INT(now.ended_at, 0);
	tin_clear(&now);
	CHECK_OK(tin_done(f.desk, tin.id, "đã đến, thay hộp mực", &err), err);
	now = again(&f, &tin);
	CHECK_STR(now.state, "done");
	CHECK_STR(now.result, "đã đến, thay hộp mực");
	tin_clear(&now);
	tin_clear(&tin);
	free(how);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(help_without_an_address_says_whom_to_call_and_shows_as_not_reached)
{
	char *how = NULL;
	struct fixture f;
	struct tin tin;

	fixture_file(&f);
	CHECK_ERR(tin_help(f.desk, "TB-1", NULL, &how, &err), err, ERR_NOT_FOUND);
	tin = help_asked(&f, "phone", "0255000222", &how);
	CHECK(strstr(how, "0255000222") != NULL);
	CHECK_STR(fixture_ask(f.path, "SELECT state FROM message"), "failed");
	tin_clear(&tin);
	free(how);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_exercise_and_the_real_thing_stay_apart)
{
	char real[UUID_SIZE], drill[UUID_SIZE];
	struct ir_case c;
	struct fixture f;
	struct tin tin;

	fixture_file(&f);
	fixture_case(&f, "thật", real);
	tin = record(&f, &(struct tin_new){ .what = "diễn tập mất điện", .drill = true }, NULL);
	CHECK_STR(tin.number, "D-TB-2026-0001");
	CHECK_ERR(tin_join(f.desk, "D-TB-1", real, NULL, &err), err, ERR_REFUSED);
	CHECK_OK(tin_open_case(f.desk, "D-TB-2026-1", drill, &err), err);
	c = fixture_load(&f, drill);
	CHECK(c.drill);
	case_clear(&c);
	tin_clear(&tin);
	fixture_whole(&f);
	fixture_end(&f);
}

struct order {
	char numbers[200];
};

static bool
take_number(const struct tin *tin, void *arg)
{
	struct order *order = arg;
	size_t at = strlen(order->numbers);

	(void)snprintf(order->numbers + at, sizeof order->numbers - at, "%lld ",
		(long long)tin->serial);
	return true;
}

TEST(open_reports_come_new_first_then_by_the_promised_answer)
{
	struct order order = { "" };
	struct fixture f;
	int64_t untaken, overdue;

	fixture_file(&f);
	for (int i = 1; i <= 4; i++) {
		struct tin tin = record(&f, &(struct tin_new){ .what = "việc",
			.reply_by = f.now + (10 - i) * MINUTE }, NULL);

		if (i % 2 == 0) {
			CHECK_OK(tin_take(f.desk, tin.id, &err), err);
		}
		tin_clear(&tin);
	}
	CHECK_OK(tin_each(f.desk, &(struct tin_filter){ .open = true }, take_number, &order,
		&err), err);
	CHECK_STR(order.numbers, "3 1 4 2 ");
	fixture_later(&f, 7 * MINUTE + 1);
	CHECK_OK(tin_count(f.desk, &untaken, &overdue, &err), err);
	CHECK_INT(untaken, 2);
	CHECK_INT(overdue, 2);
	fixture_end(&f);
}

TEST(what_becomes_known_later_is_added_and_the_same_again_changes_nothing)
{
	const struct tin_new more = { .caller = "Nam", .verified = true, .secret = "no" };
	struct tin_said said;
	struct tin tin, now;
	struct fixture f;
	int count;

	fixture_file(&f);
	tin = record(&f, &(struct tin_new){ .what = "mất mạng" }, NULL);
	CHECK_OK(tin_set(f.desk, tin.id, &more, &said, &err), err);
	CHECK_OK(tin_set(f.desk, tin.id, &more, &said, &err), err);
	(void)change_appended(f.desk, &count);
	CHECK_INT(count, 0);
	now = again(&f, &tin);
	CHECK_STR(now.caller, "Nam");
	CHECK_STR(now.secret, "no");
	CHECK_STR(now.what, "mất mạng");
	CHECK_STR(now.verified_by, "quan");
	tin_clear(&now);
	tin_clear(&tin);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_receipt_names_the_number_then_the_case_and_the_advice_fits_the_kind)
{
	char case_id[UUID_SIZE];
	char *text = NULL;
	struct tin tin, now;
	struct fixture f;

	fixture_file(&f);
	tin = record(&f, &(struct tin_new){ .what = "trang xã hiện cờ bạc" }, NULL);
	CHECK_OK(tin_receipt(&text, f.desk, &tin, &err), err);
	CHECK(strstr(text, "TB-2026-0001") != NULL && strstr(text, "02:40") != NULL);
	free(text);
	CHECK_OK(tin_open_case(f.desk, tin.id, case_id, &err), err);
	now = again(&f, &tin);
	CHECK_OK(tin_receipt(&text, f.desk, &now, &err), err);
	CHECK(strstr(text, "2026-0001") != NULL && strstr(text, "TB-") == NULL);
	free(text);
	CHECK_OK(tin_advice(&text, "attack", "vi", &err), err);
	CHECK(strstr(text, "không tắt máy") != NULL && strchr(text, '\n') == NULL);
	free(text);
	for (const struct word *w = words_of(WORDS_KIND); w->word != NULL; w++) {
		CHECK_OK(tin_advice(&text, w->word, "en", &err), err);
		free(text);
	}
	tin_clear(&now);
	tin_clear(&tin);
	fixture_end(&f);
}

TEST(a_caller_is_taken_out_of_the_report_and_of_the_case_by_one_redaction)
{
	const char *fields[] = { "caller", "callback" };
	const struct redaction what = { .law = "NĐ 13/2023", .reason = "yêu cầu xóa",
		.fields = fields, .field_count = 2 };
	struct redact_result result = { 0 };
	char case_id[UUID_SIZE], other[UUID_SIZE];
	struct fixture f;
	struct tin tin, now;
	int64_t added;

	fixture_file(&f);
	fixture_case(&f, "khác", other);
	tin = record(&f, &(struct tin_new){ .what = "mất mạng", .caller = "Trần Văn Thử",
		.callback = "0914000111" }, NULL);
	added = fixture_last(&f);
	CHECK_OK(tin_open_case(f.desk, tin.id, case_id, &err), err);
	CHECK_ERR(redact(f.desk, other, added, &what, &result, &err), err, ERR_NOT_FOUND);
	CHECK_OK(redact(f.desk, case_id, added, &what, &result, &err), err);
	json_free(result.left);
	now = again(&f, &tin);
	CHECK(strstr(now.caller, "Thử") == NULL && strstr(now.callback, "0914") == NULL);
	CHECK_STR(now.what, "mất mạng");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event WHERE body LIKE '%0914000111%'"),
		"0");
	tin_clear(&now);
	tin_clear(&tin);
	fixture_whole(&f);
	CHECK(!fixture_holds(f.path, "0914000111"));
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_report_gets_its_number_its_kind_and_a_promise_from_the_setting),
		RUN(a_unit_is_found_without_marks_and_kept_as_typed_where_none_or_two_fit),
		RUN(bad_input_is_refused_and_nothing_is_recorded),
		RUN(a_report_becomes_a_case_once_whoever_is_second_is_told_by_whom),
		RUN(two_who_take_the_same_report_up_conflict_and_its_end_needs_words),
		RUN(an_answer_keeps_the_promise_or_makes_the_next_one),
		RUN(help_is_proposed_by_mail_held_and_ends_with_a_result),
		RUN(help_without_an_address_says_whom_to_call_and_shows_as_not_reached),
		RUN(an_exercise_and_the_real_thing_stay_apart),
		RUN(open_reports_come_new_first_then_by_the_promised_answer),
		RUN(what_becomes_known_later_is_added_and_the_same_again_changes_nothing),
		RUN(a_caller_is_taken_out_of_the_report_and_of_the_case_by_one_redaction),
		RUN(the_receipt_names_the_number_then_the_case_and_the_advice_fits_the_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
