/* What was done on paper, printed papers, copies: on a desk with a plan. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/case_open.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/task.h"
#include "core/timeline.h"
#include "core/waiting.h"
#include "playbooks/check.h"
#include "playbooks/copy.h"
#include "playbooks/paper_entries.h"
#include "playbooks/print.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

static bool
file_as(const char *text, bool done_as_notes, struct paper_filed *filed)
{
	struct paper_row *rows;
	int count;
	bool ok;

	CHECK_OK(paper_read(&rows, &count, text, &err), err);
	ok = paper_file(desk, case_id, rows, count, done_as_notes, filed, &err);
	paper_rows_free(rows, count);
	return ok;
}

static bool
file_text(const char *text, struct paper_filed *filed)
{
	return file_as(text, false, filed);
}

static int64_t
events(void)
{
	struct ir_case c = the_case();
	int64_t count = c.events;

	case_clear(&c);
	return count;
}

TEST(lines_are_read_by_cells_or_by_words)
{
	struct paper_row *rows;
	int count;

	CHECK_OK(paper_read(&rows, &count, "Giờ | việc | bước | ai\n# giấy số 1\n\n"
		"02:36 | tắt máy | 15 | Nam\r\n"
		"02:40\tbáo lãnh đạo\t\tHà\n"
		"  21/11 02:45 #12 phut_con_dien=20 nhiet_do=? đọc ắc quy @Trần Nam\n"
		"03:00 a | b", &err), err);
	CHECK_INT(count, 4);
	CHECK_STR(rows[0].time, "02:36");
	CHECK_STR(rows[0].what, "tắt máy");
	CHECK_STR(rows[0].step, "15");
	CHECK_STR(rows[0].who, "Nam");
	CHECK_STR(rows[1].step, "");
	CHECK_STR(rows[1].who, "Hà");
	CHECK_STR(rows[2].time, "21/11 02:45");
	CHECK_STR(rows[2].step, "12 phut_con_dien=20 nhiet_do=?");
	CHECK_STR(rows[2].what, "đọc ắc quy");
	CHECK_STR(rows[2].who, "Trần Nam");
	CHECK_STR(rows[3].what, "b");
	paper_rows_free(rows, count);
	CHECK(!paper_read(&rows, &count, "\n # \n", &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
}

TEST(too_many_lines_are_refused_whole)
{
	struct paper_row *rows;
	struct buf text = { 0 };
	int count;

	for (int i = 0; i < 5000; i++) {
		buf_adds(&text, "02:36\tx\t\t\n");
	}
	CHECK(!paper_read(&rows, &count, buf_text(&text), &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK_INT(count, 0);
	buf_free(&text);
}

TEST(rows_are_filed_in_the_order_of_their_times_and_one_that_cannot_be_stops_all)
{
	struct paper_filed filed;
	int64_t before;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	now_ms += 200 * MINUTE;
	before = events();
	CHECK_ERR(file_text("-60m #5 severity=4 báo lãnh đạo\n-50m gọi\n+9m mai\n", &filed),
		err, ERR_BAD_INPUT);
	CHECK_ERR(file_text("-60m gọi bên điện\n-50m #5 báo lãnh đạo\n", &filed), err,
		ERR_REFUSED);
	CHECK_INT(filed.bad, 2);
	CHECK(strstr(err.message, "severity") != NULL);
	CHECK_ERR(file_text("-50m #1 đã tiếp nhận\n", &filed), err, ERR_CONFLICT);
	CHECK_ERR(file_text("-3d xa quá\n", &filed), err, ERR_BAD_INPUT);
	/* Nothing of today where a day was typed, or an hour that has been today. */
	CHECK_ERR(file_text("01/10 09:00 xa quá\n", &filed), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "today") == NULL);
	CHECK(strstr(err.message, "long before the incident") != NULL);
	CHECK_ERR(file_text("-9m |  | \n", &filed), err, ERR_BAD_INPUT);
	CHECK_INT(events(), before);
	/* Step 6 opens when 5 is done: it may stand above it on the paper. */
	CHECK_OK(file_text("-40m #6 reportable=yes xét diện @Hà\n-60m #5 severity=4 báo\n"
		"-50m gọi bên điện @Nam\n", &filed), err);
	CHECK_INT(filed.steps, 2);
	CHECK_INT(filed.notes, 1);
	end_desk();
}

static bool
keep_note(const struct entry *entry, void *arg)
{
	char *text = timeline_text(entry, desk_zone(desk));
	bool found = strstr(text, "on paper: đã ghi") != NULL;

	if (found) {
		CHECK(strstr(text, "step 1 was ended at ") != NULL);
		CHECK(strstr(text, "by Trần Thị Hà already") != NULL);
		CHECK(strstr(text, "nguoi_bao=Kỹ") != NULL);
		*(int64_t *)arg = entry->event->occurred_at;
	}
	free(text);
	return !found;
}

TEST(what_the_paper_says_of_a_step_that_is_done_can_be_kept_as_a_note)
{
	static const char text[] = "-50m #1 nguoi_bao=Kỹ đã ghi @Nam\n-45m gọi bên điện\n"
		"-40m #5 severity=4 báo lãnh đạo\n-30m #2 gọi lại\n";
	struct paper_filed filed;
	int64_t before, at = 0;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	now_ms += 200 * MINUTE;
	before = events();
	/* All such rows are named at once, and nothing is filed. */
	CHECK_ERR(file_text(text, &filed), err, ERR_CONFLICT);
	CHECK_INT(filed.bad, 1);
	CHECK(strstr(err.message, "Trần Thị Hà") != NULL);
	CHECK(strstr(err.message, "1 more") != NULL);
	CHECK_INT(events(), before);
	CHECK_OK(file_as(text, true, &filed), err);
	CHECK_INT(filed.notes, 3);
	CHECK_INT(filed.again, 2);
	CHECK_INT(filed.steps, 1);
	CHECK_OK(timeline_each(desk, &(struct timeline_page){ .case_id = case_id,
		.newest_first = true, .limit = 50 }, keep_note, &at, &err), err);
	CHECK_INT(at, now_ms - 50 * MINUTE);
	check_whole();
	end_desk();
}

TEST(a_case_and_a_plan_are_printed_and_a_copy_never_overwrites)
{
	char folder[] = "/tmp/suco-paper-XXXXXX";
	struct copy_result made;
	struct buf text = { 0 };
	struct stat st;
	char *path, *name = NULL;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	CHECK_OK(print_case(&text, desk, case_id, &err), err);
	CHECK(strstr(buf_text(&text), "[x]  1!") != NULL);
	CHECK(strstr(buf_text(&text), "[ ] 12!") != NULL);
	buf_clear(&text);
	CHECK_OK(print_plan_named(&text, &name, desk, "PA-MD", &err), err);
	CHECK_STR(name, "PA-MD");
	CHECK(strstr(buf_text(&text), "[x]") == NULL);
	free(name);
	buf_free(&text);

	CHECK(mkdtemp(folder) != NULL);
	path = xasprintf("%s/copy.txt", folder);
	CHECK_OK(copy_case(&made, desk, case_id, path, false, &err), err);
	CHECK_STR(made.path, path);
	CHECK(made.events > 3);
	copy_clear(&made);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_ERR(copy_case(&made, desk, case_id, path, false, &err), err, ERR_REFUSED);
	CHECK_INT(unlink(path), 0);
	CHECK_INT(rmdir(folder), 0);
	free(path);
	end_desk();
}

/* The list of a step that was reached stands on the paper as it is on the screen. */
TEST(a_printed_case_shows_what_is_ticked_and_by_whom)
{
	struct point_lines lines = { 0 };
	struct step_list step;
	struct buf text = { 0 };
	int added = 0, one = 1;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	done("8", "{\"may_phat\":\"khong_co\",\"phut_con_dien\":\"44\"}");
	CHECK_OK(step_list_open(&step, desk, case_id, "11", &err), err);
	CHECK_OK(point_lines_add(&lines, "máy chủ CSDL", &err), err);
	CHECK_OK(point_lines_add(&lines, "máy chủ ứng dụng", &err), err);
	CHECK_OK(check_list_add(desk, &step.step, &lines, &added, &err), err);
	point_lines_clear(&lines);
	CHECK_OK(check_list_tick(desk, &step.step, &(struct check_tick){ .numbers = &one,
		.count = 1 }, &err), err);
	step_list_close(&step);
	CHECK_OK(print_case(&text, desk, case_id, &err), err);
	CHECK(strstr(buf_text(&text), "(1 of 2)") != NULL);
	CHECK(strstr(buf_text(&text), "1 máy chủ CSDL") != NULL);
	CHECK(strstr(buf_text(&text), "máy chủ CSDL · Trần Thị Hà") != NULL);
	/* The whole order is still to come. */
	CHECK(strstr(buf_text(&text), "STOP ORDER") != NULL);
	buf_free(&text);
	end_desk();
}

TEST(a_case_that_others_were_merged_into_is_printed_with_their_open_work)
{
	struct buf out = { 0 };
	char other[UUID_SIZE];
	int n;

	begin_desk("link");
	CHECK_OK(case_open(desk, &(struct case_new){ .kind = "link",
		.title = "xã bên cạnh mất mạng" }, other, &err), err);
	CHECK_OK(waiting_add(desk, other, &(struct waiting_new){ .whom = "Viễn thông",
		.what = "nối lại tuyến", .ticket = "VT-77", .promised = "+2h" }, &n, &err), err);
	CHECK_OK(task_add(desk, other, &(struct task_new){ .title = "mượn máy phát" }, &n,
		&err), err);
	CHECK_OK(print_case_lines(&out, desk, case_id, &err), err);
	CHECK(strstr(buf_text(&out), "VT-77") == NULL);
	buf_clear(&out);
	CHECK_OK(case_merge(desk, other, case_id, &err), err);
	CHECK_OK(print_case_lines(&out, desk, case_id, &err), err);
	CHECK(strstr(buf_text(&out), "nối lại tuyến · VT-77 (2026-0002)") != NULL);
	CHECK(strstr(buf_text(&out), "mượn máy phát (2026-0002)") != NULL);
	buf_free(&out);
	end_desk();
}

/* The same walk writes both: no word may be on one alone. */
TEST(the_document_for_pdf_says_what_the_lines_say)
{
	struct json *document = NULL;
	struct buf lines = { 0 };
	int steps = 0, boxes = 0, kept = 0;

	begin_desk("power");
	CHECK_OK(print_plan_document(&document, desk, "PA-MD", &err), err);
	CHECK_OK(print_plan_named(&lines, NULL, desk, "PA-MD", &err), err);
	for (const struct json *row = json_first(json_get(document, "items")); row != NULL;
			row = json_next(row)) {
		const char *style = json_get_text(row, "style");

		steps += strcmp(style, "step") == 0;
		kept += strcmp(style, "keep") == 0;
		kept -= strcmp(style, "keep_end") == 0;
		CHECK(kept == 0 || kept == 1);
		CHECK(strcmp(style, "step") != 0
			|| strstr(json_get_text(row, "text"), "[ ]") != NULL);
	}
	for (const char *at = buf_text(&lines); (at = strstr(at, "[ ] ")) != NULL; at++) {
		boxes += at[-1] == '\n' || at[-1] == '\f';
	}
	CHECK_INT(kept, 0);
	CHECK(steps > 20);
	CHECK_INT(steps, boxes);
	CHECK(strstr(buf_text(&lines), json_get_text(document, "hash")) != NULL);
	CHECK_ERR(print_plan_document(&document, desk, "nothing", &err), err, ERR_NOT_FOUND);
	buf_free(&lines);
	json_free(document);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(lines_are_read_by_cells_or_by_words),
		RUN(too_many_lines_are_refused_whole),
		RUN(rows_are_filed_in_the_order_of_their_times_and_one_that_cannot_be_stops_all),
		RUN(what_the_paper_says_of_a_step_that_is_done_can_be_kept_as_a_note),
		RUN(a_case_and_a_plan_are_printed_and_a_copy_never_overwrites),
		RUN(a_printed_case_shows_what_is_ticked_and_by_whom),
		RUN(a_case_that_others_were_merged_into_is_printed_with_their_open_work),
		RUN(the_document_for_pdf_says_what_the_lines_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
