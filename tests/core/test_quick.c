/* Quick reports: eight lines of the case's facts in three registers, numbered,
 * a draft until a person sent it, nothing secret to anybody outside. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/point_act.h"
#include "core/point_lines.h"
#include "core/quick.h"
#include "core/undo.h"
#include "core/waiting.h"

static struct quick
made(struct fixture *f, const char *id, const struct quick_want *want)
{
	struct quick quick = { 0 };
	struct error err = ERROR_INIT;

	CHECK_OK(quick_make(f->desk, id, want, &quick, &err), err);
	return quick;
}

static int
number_made(struct fixture *f, const char *id, const struct quick_want *want)
{
	struct quick quick = made(f, id, want);
	int n = quick.n;

	quick_clear(&quick);
	return n;
}

TEST(every_register_has_eight_lines_and_says_no_note_and_no_observable)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;
	int n;

	fixture_file(&f);
	fixture_case(&f, "Mất điện TTDL", id);
	fixture_note(&f, id, "mật khẩu để ở tủ số 7");
	CHECK_OK(observable_add(f.desk, id, "ip", "192.0.2.7", NULL, NULL, &n, &err), err);
	for (int i = 0; quick_registers[i] != NULL; i++) {
		const struct quick_want want = { .address = quick_registers[i],
			.wanted = "tăng cường người." };
		struct quick quick = made(&f, id, &want);
		struct json *lines = quick_lines(&quick);

		CHECK_INT(json_count(lines), 8);
		CHECK_INT(quick.n, i + 1);
		CHECK_STR(quick.state, "draft");
		CHECK(strstr(quick.text, "tăng cường người.") != NULL);
		CHECK(strstr(quick.text, "người..") == NULL);
		CHECK(strstr(quick.text, "tủ số 7") == NULL);
		CHECK(strstr(quick.text, "192.0.2.7") == NULL);
		json_free(lines);
		quick_clear(&quick);
	}
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_is_waited_for_names_the_ticket_and_the_time_that_was_promised)
{
	const struct quick_want report = { .address = "report" };
	const struct quick_want order = { .address = "order" };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;
	struct quick quick;
	int n;

	fixture_file(&f);
	fixture_case(&f, "Đứt đường truyền", id);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "Viễn thông A",
		.what = "nối lại tuyến", .ticket = "0412/BĐ", .promised = "03:30" }, &n, &err),
		err);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "Điện lực",
		.what = "cấp lại nguồn" }, &n, &err), err);
	quick = made(&f, id, &report);
	CHECK(strstr(quick.text, "Đang chờ: Viễn thông A: nối lại tuyến, số phiếu 0412/BĐ,"
		" hẹn 03:30; Điện lực: cấp lại nguồn.") != NULL);
	quick_clear(&quick);
	quick = made(&f, id, &order);
	CHECK(strstr(quick.text, "0412/BĐ") != NULL);
	quick_clear(&quick);
	fixture_end(&f);
}

static void
add_points(struct fixture *f, const char *id, const char *text, const char *state)
{
	struct point_report report;
	struct point_lines lines;
	struct error err = ERROR_INIT;

	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK_OK(point_add(f->desk, id, &(struct point_new){ .lines = &lines,
		.state = state }, &report, &err), err);
	point_lines_clear(&lines);
	point_report_clear(&report);
}

TEST(places_are_said_by_their_states_and_those_without_anything_by_name_first)
{
	const struct quick_want report = { .address = "report" };
	const struct quick_want order = { .address = "order" };
	struct fixture f;
	struct quick quick;
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "Đứt đường truyền", id);
	add_points(&f, id, "Xã Một\nXã Hai", "reserve");
	add_points(&f, id, "Xã Ba\nXã Bốn\nXã Năm", "down");
	add_points(&f, id, "Xã Sáu", "back");
	quick = made(&f, id, &report);
	CHECK(strstr(quick.text, "Ảnh hưởng: 6 điểm: 3 mất, 2 dự phòng, 1 thông lại"
		" (Xã Ba; Xã Bốn; Xã Năm; Xã Một; +1).") != NULL);
	quick_clear(&quick);
	quick = made(&f, id, &order);
	CHECK(strstr(quick.text, "6 điểm: 3 mất, 2 dự phòng, 1 thông lại (Xã Ba;") != NULL);
	quick_clear(&quick);
	fixture_end(&f);
}

TEST(a_body_reads_neither_title_nor_name_and_nothing_of_a_red_case)
{
	const struct quick_want request = { .address = "request" };
	const struct quick_want report = { .address = "report" };
	const char *red = "tlp=red";
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;
	struct quick quick;

	fixture_file(&f);
	fixture_case(&f, "Nguyễn Văn A làm rơi nguồn", id);
	quick = made(&f, id, &request);
	CHECK(strstr(quick.text, "Nguyễn Văn A") == NULL);
	quick_clear(&quick);
	CHECK_OK(case_set(f.desk, id, &red, 1, &err), err);
	CHECK_ERR(quick_make(f.desk, id, &request, &quick, &err), err, ERR_REFUSED);
	quick = made(&f, id, &report);
	CHECK(strstr(quick.text, "Nguyễn Văn A") == NULL);
	CHECK(strstr(quick.text, "TLP:RED") != NULL);
	quick_clear(&quick);
	CHECK_ERR(quick_make(f.desk, id, &(struct quick_want){ .address = "thư" }, &quick,
		&err), err, ERR_BAD_INPUT);
	fixture_end(&f);
}

TEST(a_draft_is_made_anew_under_its_number_and_the_newest_says_when_the_next_comes)
{
	const struct quick_want report = { .address = "report" };
	const struct quick_want order = { .address = "order" };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;
	struct quick quick;

	fixture_file(&f);
	fixture_case(&f, "Mất điện TTDL", id);
	CHECK_INT(number_made(&f, id, &report), 1);
	CHECK_INT(number_made(&f, id, &report), 1);
	quick = made(&f, id, &(struct quick_want){ .text = "Kính báo cáo: đã có điện." });
	CHECK_INT(quick.n, 1);
	CHECK_STR(quick.text, "Kính báo cáo: đã có điện.");
	CHECK_INT(quick.next_at, f.now + QUICK_NEXT_MS);
	quick_clear(&quick);
	CHECK_INT(number_made(&f, id, &order), 2);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM notice"
		" WHERE next_at < 9223372036854775807"), "1");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) || ':' ||"
		" SUM(next_at < 9223372036854775807) FROM notice"), "1:1");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_draft_that_was_made_anew_since_the_caller_looked_is_not_written_over)
{
	const struct quick_want first = { .address = "report", .wanted = "một" };
	const struct quick_want second = { .address = "report", .wanted = "hai" };
	const struct quick_want third = { .address = "report", .wanted = "ba" };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;
	struct quick quick = { 0 };
	int64_t seen;

	fixture_file(&f);
	fixture_case(&f, "Mất điện", id);
	(void)number_made(&f, id, &first);
	seen = fixture_last(&f);
	(void)number_made(&f, id, &second);
	desk_set_guard(f.desk, seen);
	CHECK_ERR(quick_make(f.desk, id, &third, &quick, &err), err, ERR_CONFLICT);
	quick_clear(&quick);
	desk_set_guard(f.desk, 0);
	CHECK_INT(number_made(&f, id, &third), 1);
	fixture_end(&f);
}

TEST(who_sent_it_is_kept_and_the_second_is_told)
{
	const struct quick_want report = { .address = "report" };
	struct quick_sending sending = { .to = "Văn phòng UBND tỉnh", .channel = "phone",
		.confirmed_by = "trực ban" };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "Mất điện TTDL", id);
	CHECK_ERR(quick_sent(f.desk, id, 1, &sending, &err), err, ERR_NOT_FOUND);
	(void)number_made(&f, id, &report);
	sending.channel = "bồ câu";
	CHECK_ERR(quick_sent(f.desk, id, 1, &sending, &err), err, ERR_BAD_INPUT);
	sending.channel = "phone";
	CHECK_OK(quick_sent(f.desk, id, 1, &sending, &err), err);
	CHECK_OK(quick_sent(f.desk, id, 1, &sending, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT state || sent_by || to_name || channel ||"
		" confirmed_by FROM notice"), "sentquanVăn phòng UBND tỉnhphonetrực ban");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM message"
		" WHERE state = 'by_hand'"), "1");
	CHECK_INT(number_made(&f, id, &report), 2);
	fixture_as(&f, "lan");
	CHECK_ERR(quick_sent(f.desk, id, 1, &sending, &err), err, ERR_CONFLICT);
	fixture_as(&f, "xem");
	CHECK_ERR(quick_sent(f.desk, id, 2, &sending, &err), err, ERR_FORBIDDEN);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_confirmation_that_comes_later_is_kept_and_the_first_stands)
{
	const struct quick_want report = { .address = "report" };
	struct quick_sending sending = { .to = "Văn phòng UBND tỉnh", .channel = "phone" };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	fixture_case(&f, "Mất điện TTDL", id);
	(void)number_made(&f, id, &report);
	CHECK_ERR(quick_confirm(f.desk, id, 1, "trực ban", 0, &err), err, ERR_REFUSED);
	CHECK_OK(quick_sent(f.desk, id, 1, &sending, &err), err);
	fixture_later(&f, 600000);
	CHECK_ERR(quick_confirm(f.desk, id, 1, "", 0, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(quick_confirm(f.desk, id, 1, "x", FIXTURE_START - 60000, &err), err,
		ERR_BAD_INPUT);
	/* Said again with what was missing: it was lost before. */
	sending.confirmed_by = "trực ban";
	CHECK_OK(quick_sent(f.desk, id, 1, &sending, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT confirmed_by FROM notice"), "trực ban");
	CHECK_INT(strtoll(fixture_ask(f.path, "SELECT confirmed_at FROM notice"), NULL, 10),
		FIXTURE_START + 600000);
	fixture_as(&f, "lan");
	CHECK_OK(quick_confirm(f.desk, id, 1, "trực ban", 0, &err), err);
	CHECK_ERR(quick_confirm(f.desk, id, 1, "văn thư", 0, &err), err, ERR_CONFLICT);
	fixture_as(&f, "quan");
	CHECK_OK(quick_confirm(f.desk, id, 1, "văn thư", 0, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT confirmed_by || state FROM notice"),
		"văn thưsent");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM message"
		" WHERE state = 'by_hand'"), "1");
	fixture_as(&f, "xem");
	CHECK_ERR(quick_confirm(f.desk, id, 1, "x", 0, &err), err, ERR_FORBIDDEN);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_drill_says_so_before_everything_also_before_what_a_person_wrote)
{
	const struct case_new what = { .kind = "link", .title = "thử", .drill = true };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err = ERROR_INIT;
	struct quick quick;

	fixture_file(&f);
	CHECK_OK(case_open(f.desk, &what, id, &err), err);
	quick = made(&f, id, &(struct quick_want){ .address = "report" });
	CHECK(strncmp(quick.text, "[DIỄN TẬP]", strlen("[DIỄN TẬP]")) == 0);
	quick_clear(&quick);
	quick = made(&f, id, &(struct quick_want){ .text = "Kính báo cáo." });
	CHECK_STR(quick.text, "[DIỄN TẬP] Kính báo cáo.");
	quick_clear(&quick);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_register_has_eight_lines_and_says_no_note_and_no_observable),
		RUN(what_is_waited_for_names_the_ticket_and_the_time_that_was_promised),
		RUN(places_are_said_by_their_states_and_those_without_anything_by_name_first),
		RUN(a_body_reads_neither_title_nor_name_and_nothing_of_a_red_case),
		RUN(a_draft_is_made_anew_under_its_number_and_the_newest_says_when_the_next_comes),
		RUN(a_draft_that_was_made_anew_since_the_caller_looked_is_not_written_over),
		RUN(who_sent_it_is_kept_and_the_second_is_told),
		RUN(a_confirmation_that_comes_later_is_kept_and_the_first_stands),
		RUN(a_drill_says_so_before_everything_also_before_what_a_person_wrote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
