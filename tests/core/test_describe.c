/* Every kind of event is said in one line. */
#include "tests/fixture.h"

#include <stdio.h>
#include <string.h>

#include "core/asset.h"
#include "core/case_open.h"
#include "core/buf.h"
#include "core/case_set.h"
#include "core/decision.h"
#include "core/evidence.h"
#include "core/i18n.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/point_act.h"
#include "core/point_lines.h"
#include "core/redact.h"
#include "core/status.h"
#include "core/task.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "core/waiting.h"

TEST(every_kind_has_a_line_of_its_own)
{
	int count = 0;
	const struct event_kind *kinds = event_kinds(&count);

	for (int i = 0; i < count; i++) {
		if (!timeline_says(kinds[i].name)) {
			fail_msg("%s has no row in describe.c", kinds[i].name);
		}
	}
}

TEST(the_kinds_are_sorted_and_each_says_how_it_is_undone_or_why_never)
{
	int count = 0;
	const struct event_kind *kinds = event_kinds(&count);

	CHECK(count > 20);
	for (int i = 0; i < count; i++) {
		CHECK(i == 0 || strcmp(kinds[i - 1].name, kinds[i].name) < 0);
		CHECK(event_kind(kinds[i].name) == &kinds[i]);
		CHECK((kinds[i].unapply == NULL) == (kinds[i].never != NULL));
		CHECK(kinds[i].apply != NULL && kinds[i].body_v >= 1);
		CHECK(strlen(kinds[i].name) < 40);
	}
	CHECK(event_kind("no_such_kind") == NULL);
	CHECK(event_kind("") == NULL);
}

static bool
add_line(const struct entry *entry, void *arg)
{
	struct buf *out = arg;
	struct error err;
	struct zone *zone;
	char *text;

	CHECK_OK(zone_load(&zone, "Asia/Ho_Chi_Minh", &err), err);
	text = timeline_text(entry, zone);
	CHECK(strchr(text, '\n') == NULL);
	buf_addf(out, "%s\n", text);
	free(text);
	zone_free(zone);
	return true;
}

static void
check_lines(struct fixture *f, const char *id, const char *should)
{
	struct buf out = { 0 };
	struct error err;

	CHECK_OK(timeline_each(f->desk, &(struct timeline_page){ .case_id = id }, add_line,
		&out, &err), err);
	CHECK_STR(buf_text(&out), should);
	buf_free(&out);
}

TEST(a_case_reads_as_lines_in_order)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int n;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	fixture_status(&f, id, "acknowledged");
	CHECK_OK(severity_decide(f.desk, id, 4, "ắc quy", &err), err);
	CHECK_OK(severity_decide(f.desk, id, 3, "có điện", &err), err);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=mất điện TTDL",
		"tlp=red", "detected=21/11/2026 02:00" }, 3, &err), err);
	CHECK_OK(case_assign(f.desk, id, "lan", &err), err);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "gọi", .assignee = "nam" },
		&n, &err), err);
	CHECK_OK(task_done(f.desk, id, n, "hẹn 03:30", &err), err);
	(void)fixture_note(&f, id, "hai\ndòng");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(observable_add(f.desk, id, "ip", "203.0.113.9", NULL, NULL, &n, &err), err);
	check_lines(&f, id,
		"opened: mất điện\n"
		"New -> Acknowledged: thử\n"
		"severity 4: ắc quy\n"
		"severity 4 -> 3: có điện\n"
		"detected at: 21/11/2026 02:10 -> 21/11/2026 02:00, "
		"title: mất điện -> mất điện TTDL, TLP: AMBER -> RED\n"
		"owner: lan\n"
		"message to Phạm Thị Lan (mail): FAILED: no mail address in the register:"
		" telephone\n"
		"task 1: gọi (nam)\n"
		"message to Đỗ Văn Nam (mail): FAILED: no mail address in the register:"
		" telephone\n"
		"task 1 \"gọi\" done: hẹn 03:30\n"
		"hai dòng [undone by event 20]\n"
		"undo of event 17: hai dòng\n"
		"event 17 holds again: hai dòng\n"
		"undo of event 17: hai dòng\n"
		"observable ip 203.0.113.9\n");
	fixture_end(&f);
}

/* The line of the last event. */
static void
check_last(struct fixture *f, const char *id, const char *should)
{
	struct buf out = { 0 };
	struct error err;
	const char *at;

	CHECK_OK(timeline_each(f->desk, &(struct timeline_page){ .case_id = id }, add_line,
		&out, &err), err);
	for (at = buf_text(&out); strchr(at, '\n') != NULL &&
	     strchr(at, '\n')[1] != '\0'; at = strchr(at, '\n') + 1) {
	}
	CHECK_STR(at, should);
	buf_free(&out);
}

static void
set_points(struct fixture *f, const char *id, int count, const char *assignment)
{
	static const int numbers[] = { 1, 2 };
	struct error err;

	CHECK_OK(point_set(f->desk, id, &(struct point_change){ .numbers = numbers,
		.count = count, .assignments = &assignment, .assignment_count = 1 }, &err), err);
}

TEST(a_bulk_change_says_no_more_of_each_place_than_was_true)
{
	static const char text[] = "Xã A\nXã B\n";
	struct point_report report;
	struct point_lines lines;
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "mất kết nối", id);
	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK_OK(point_add(f.desk, id, &(struct point_new){ .lines = &lines,
		.state = "down" }, &report, &err), err);
	point_report_clear(&report);
	point_lines_clear(&lines);
	set_points(&f, id, 1, "state=back");
	check_last(&f, id, "Xã A: no link -> back at 02:10\n");
	/* One was back, the other never: "back -> on reserve" would lie of it. */
	set_points(&f, id, 2, "state=reserve");
	check_last(&f, id, "Xã A, Xã B: on reserve from 02:10\n");
	set_points(&f, id, 2, "told=zalo");
	check_last(&f, id, "Xã A, Xã B, told by Zalo, told at 02:10\n");
	fixture_end(&f);
}

TEST(a_raise_names_its_level_and_a_paper_its_day_as_people_write_it)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int n;

	fixture_memory(&f);
	fixture_case(&f, "mất kết nối", id);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "Nhà mạng ABC",
		.what = "nối lại" }, &n, &err), err);
	for (int level = 1; level <= 4; level++) {
		CHECK_OK(waiting_raise(f.desk, id, n, &(struct waiting_word){ .said = NULL },
			&err), err);
	}
	check_last(&f, id, "raised to level 4: our team's leader speaks with Nhà mạng ABC"
		" (nối lại)\n");
	CHECK_OK(decision_ask(f.desk, id, &(struct decision_new){ .whom = "Ông Năm",
		.question = "Tắt?" }, &n, &err), err);
	CHECK_OK(decision_answer(f.desk, id, n, &(struct decision_word){ .answer = "Tắt" },
		&err), err);
	CHECK_OK(decision_document(f.desk, id, n, &(struct decision_word){
		.document = "45/CV", .date = "20/11/2026" }, &err), err);
	check_last(&f, id, "order confirmed in writing: 45/CV, 20/11/2026 (Tắt?)\n");
	CHECK_OK(decision_document(f.desk, id, n, &(struct decision_word){
		.document = "45/CV", .date = "21/11/2026" }, &err), err);
	check_last(&f, id, "date of the order's document: 21/11/2026 (Tắt?)\n");
	fixture_end(&f);
}

static void
state_of_lgsp(struct fixture *f, bool fresh, const char *field, const char *value)
{
	struct json *given = json_object();
	struct error err;

	json_set_text(given, field, value);
	CHECK_OK((fresh ? asset_add : asset_set)(f->desk, "LGSP", given, &err), err);
	json_free(given);
}

TEST(how_its_system_is_stands_in_the_timeline_of_its_open_case)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE], drill[UUID_SIZE];

	fixture_memory(&f);
	state_of_lgsp(&f, true, "name", "Trục liên thông");
	fixture_case(&f, "LGSP lỗi đĩa", id);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "asset=LGSP" }, 1, &err), err);
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "hardware", .title = "thử",
		.asset = "LGSP", .drill = true }, drill, &err), err);
	state_of_lgsp(&f, false, "state", "no_standby");
	state_of_lgsp(&f, false, "rack", "R2");
	state_of_lgsp(&f, false, "state", "normal");
	check_lines(&f, id,
		"opened: LGSP lỗi đĩa\n"
		"asset: LGSP\n"
		"LGSP: state unknown -> running without standby\n"
		"LGSP: running without standby -> normal\n");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_belongs_together_and_what_was_taken_is_told_in_both_cases)
{
	struct fixture f;
	struct error err;
	char one[UUID_SIZE];
	char two[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	CHECK_OK(case_link(f.desk, one, two, &err), err);
	CHECK_OK(case_unlink(f.desk, one, two, &err), err);
	CHECK_OK(case_merge(f.desk, one, two, &err), err);
	CHECK_OK(case_unmerge(f.desk, one, &err), err);
	check_lines(&f, one, "opened: một\nlinked to 2026-0002\n"
		"no longer linked to 2026-0002\nmerged into 2026-0002\n"
		"unmerged from 2026-0002\n");
	check_lines(&f, two, "opened: hai\nlinked to 2026-0001\n"
		"no longer linked to 2026-0001\n2026-0001 was merged into this case\n"
		"2026-0001 was unmerged from this case\n");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_kind_has_a_line_of_its_own),
		RUN(the_kinds_are_sorted_and_each_says_how_it_is_undone_or_why_never),
		RUN(a_case_reads_as_lines_in_order),
		RUN(a_bulk_change_says_no_more_of_each_place_than_was_true),
		RUN(a_raise_names_its_level_and_a_paper_its_day_as_people_write_it),
		RUN(how_its_system_is_stands_in_the_timeline_of_its_open_case),
		RUN(what_belongs_together_and_what_was_taken_is_told_in_both_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
