/* Affected places: names in the register, states with their times, outage minutes,
 * and what is refused. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/change.h"
#include "core/contact.h"
#include "core/fold.h"
#include "core/group.h"
#include "core/point_act.h"
#include "core/point_group.h"
#include "core/point_names.h"
#include "core/redact.h"
#include "core/search.h"
#include "core/undo.h"
#include "tests/core/empty_desk.h"

#define MINUTE INT64_C(60000)

static void
unit(struct fixture *f, const char *code, const char *fields)
{
	struct json *given = quoted_json(fields);
	struct error err;

	CHECK_OK(unit_add(f->desk, code, given, &err), err);
	json_free(given);
}

/* Invented communes; two that differ only in what stands before the name, two that
 * differ only in a mark, one with former names. */
static void
begin(struct fixture *f, char id[UUID_SIZE])
{
	fixture_file(f);
	unit(f, "t-01", "{'name': 'Xã Sông Trà', 'kind': 'commune', 'area': 'Nam cũ',"
		" 'aliases': 'Xã Bến Cũ; Thị trấn Sông Trà', 'carrier': 'Viễn thông A'}");
	unit(f, "t-02", "{'name': 'Phường Đá Trắng', 'kind': 'commune', 'area': 'Bắc cũ'}");
	unit(f, "t-03", "{'name': 'Xã Đá Trắng', 'kind': 'commune', 'area': 'Nam cũ'}");
	unit(f, "t-04", "{'name': 'Xã Hòa Lạc', 'kind': 'commune', 'area': 'Nam cũ'}");
	unit(f, "t-05", "{'name': 'Xã Hoa Lạc', 'kind': 'commune', 'area': 'Bắc cũ'}");
	unit(f, "t-06", "{'name': 'Đặc khu Hòn Xa', 'kind': 'commune', 'island': true}");
	fixture_case(f, "mất kết nối", id);
}

static int64_t
last_seq(struct fixture *f)
{
	return strtoll(fixture_ask(f->path, "SELECT MAX(seq) FROM event"), NULL, 10);
}

static struct point_report
add_text(struct fixture *f, const char *id, const char *text, const char *state)
{
	struct point_report report;
	struct point_lines lines;
	struct error err;

	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK_OK(point_add(f->desk, id, &(struct point_new){ .lines = &lines,
		.state = state }, &report, &err), err);
	point_lines_clear(&lines);
	return report;
}

static void
add(struct fixture *f, const char *id, const char *text, const char *state)
{
	struct point_report report = add_text(f, id, text, state);

	point_report_clear(&report);
}

static struct point_list
load(struct fixture *f, const char *id)
{
	struct point_list list;
	struct error err;

	CHECK_OK(point_load(&list, f->desk, id, "", &err), err);
	return list;
}

static bool
set(struct fixture *f, const char *id, int n, const char *one, const char *two,
	struct error *err)
{
	const char *const assignments[] = { one, two };

	return point_set(f->desk, id, &(struct point_change){ .numbers = &n, .count = 1,
		.assignments = assignments, .assignment_count = two == NULL ? 1 : 2 }, err);
}

/* Name and outage minutes of a point now. */
static void
check_point(struct fixture *f, const char *id, int n, const char *state, int minutes)
{
	struct point_list list = load(f, id);
	const struct point *p = point_by_n(&list, n);

	assert_non_null(p);
	CHECK_STR(p->state, state);
	CHECK_INT(point_outage_ms(p, f->now) / MINUTE, minutes);
	point_list_clear(&list);
}

static void
check_match(const struct place_names *names, const char *typed, int count,
	const char *code)
{
	struct places places;

	place_names_find(&places, names, typed);
	if (places.count != count || (count > 0 && strcmp(places.list[0]->code, code) != 0)) {
		fail_msg("\"%s\": %d fit, the first is %s", typed, places.count,
			places.count > 0 ? places.list[0]->code : "-");
	}
}

TEST(a_name_is_found_without_marks_by_former_name_and_never_guessed)
{
	struct place_names *names = NULL;
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	CHECK_OK(place_names_load(&names, f.desk, &err), err);
	check_match(names, "Xã Sông Trà", 1, "t-01");
	check_match(names, "SONG TRA", 1, "t-01");
	check_match(names, "x. song tra", 1, "t-01");
	check_match(names, "UBND xã Sông Trà", 1, "t-01");
	check_match(names, "Bến Cũ", 1, "t-01");
	check_match(names, "T-01", 1, "t-01");
	check_match(names, "Sông Trà (mất điện từ 1h)", 1, "t-01");
	check_match(names, "phuong da trang", 1, "t-02");
	check_match(names, "P. Đá Trắng", 1, "t-02");
	check_match(names, "da trang", 2, "t-02");
	check_match(names, "Xã Hoà Lạc", 2, "t-04"); /* the mark elsewhere: both fold so */
	check_match(names, "Hòa Lạc", 1, "t-04");
	check_match(names, "Hoa Lạc", 1, "t-05");
	check_match(names, "hoa lac", 2, "t-04");
	check_match(names, "đảo Hòn Xa", 0, NULL);
	check_match(names, "Hon Xa", 1, "t-06");
	check_match(names, "Trường A", 0, NULL);
	check_match(names, "", 0, NULL);
	check_match(names, "...", 0, NULL);
	place_names_free(names);
	fixture_end(&f);
}

TEST(names_that_fit_two_or_none_stay_as_typed_and_doubles_are_said)
{
	struct point_report report;
	struct point_list list;
	char id[UUID_SIZE];
	struct fixture f;
	char *text;

	begin(&f, id);
	report = add_text(&f, id, "Bến Cũ\nđá trắng\nTrường A\nsong tra\nTrường A.\nHòn Xa", NULL);
	CHECK_INT(report.added, 4);
	CHECK_INT(report.several, 1);
	CHECK_INT(report.unknown, 1);
	CHECK_INT(report.already, 2);
	text = point_report_text(&report);
	assert_non_null(strstr(text, "Xã Sông Trà, Trường A"));
	free(text);
	point_report_clear(&report);
	list = load(&f, id);
	CHECK_STR(list.rows[0].name, "Xã Sông Trà");
	CHECK_STR(list.rows[0].note, "Bến Cũ");
	CHECK_STR(list.rows[0].ref, "t-01");
	CHECK_STR(list.rows[0].area, "Nam cũ");
	CHECK_STR(list.rows[0].carrier, "Viễn thông A");
	CHECK_STR(list.rows[1].name, "đá trắng");
	CHECK_STR(list.rows[1].ref, "");
	CHECK_STR(list.rows[2].ref, "");
	CHECK(list.rows[3].island);
	/* A power case: the places are without power, since it was detected. */
	CHECK_STR(list.rows[0].state, "power_out");
	point_list_clear(&list);
	/* Once more: all there, nothing is appended. */
	int64_t last = last_seq(&f);
	report = add_text(&f, id, "Xã Sông Trà\nđá trắng", NULL);
	CHECK_INT(report.added, 0);
	CHECK_INT(report.already, 2);
	CHECK_INT(last_seq(&f), last);
	point_report_clear(&report);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(somebody_chooses_what_a_name_means_and_never_the_same_place_twice)
{
	struct point_list list;
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	add(&f, id, "đá trắng\nPhường Đá Trắng", "down");
	CHECK_ERR(set(&f, id, 1, "unit=t-02", NULL, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "2"));
	CHECK_ERR(set(&f, id, 1, "unit=none", NULL, &err), err, ERR_NOT_FOUND);
	CHECK_OK(set(&f, id, 1, "unit=t-03", NULL, &err), err);
	list = load(&f, id);
	CHECK_STR(list.rows[0].name, "Xã Đá Trắng");
	CHECK_STR(list.rows[0].area, "Nam cũ");
	point_list_clear(&list);
	fixture_whole(&f);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	list = load(&f, id);
	CHECK_STR(list.rows[0].name, "đá trắng");
	CHECK_STR(list.rows[0].ref, "");
	point_list_clear(&list);
	fixture_end(&f);
}

TEST(an_ambiguous_name_is_on_the_list_once_also_after_it_was_chosen)
{
	struct point_report report;
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;
	int64_t last;

	begin(&f, id);
	/* Marks, NFD, a tab, words in brackets, ever the same name. */
	report = add_text(&f, id, "Đá Trắng\nda trang\nĐá Trắng (mất điện)\n"
		"1.\t\u0110a\u0301 Tra\u0306\u0301ng\n", NULL);
	CHECK_INT(report.added, 1);
	CHECK_INT(report.several, 1);
	CHECK_INT(report.already, 3);
	point_report_clear(&report);
	CHECK_OK(set(&f, id, 1, "unit=t-03", NULL, &err), err);
	last = last_seq(&f);
	report = add_text(&f, id, "đá trắng\nXã Đá Trắng", NULL);
	CHECK_INT(report.added, 0);
	CHECK_INT(report.already, 2);
	assert_non_null(strstr(report.already_names, "Xã Đá Trắng, Xã Đá Trắng"));
	CHECK_INT(last_seq(&f), last);
	point_report_clear(&report);
	report = add_text(&f, id, "Phường Đá Trắng", NULL);
	CHECK_INT(report.added, 1);
	point_report_clear(&report);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_place_named_in_full_does_not_swallow_a_name_that_may_mean_another)
{
	struct point_report report;
	char id[UUID_SIZE];
	struct fixture f;

	begin(&f, id);
	report = add_text(&f, id, "Phường Đá Trắng\nĐá Trắng", NULL);
	CHECK_INT(report.added, 2);
	CHECK_INT(report.several, 1);
	point_report_clear(&report);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(spells_of_being_down_add_up_by_the_times_at_which_they_happened)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	fixture_later(&f, 60 * MINUTE); /* 03:10 */
	add(&f, id, "name,state,since\nSông Trà,down,01:40\n", NULL);
	check_point(&f, id, 1, "down", 90);
	/* On reserve since 02:05, told at 03:10. */
	CHECK_OK(set(&f, id, 1, "reserve=4G", "reserve_at=02:05", &err), err);
	check_point(&f, id, 1, "reserve", 25);
	/* The reserve broke at 02:30, and the power too at 02:40: one spell. */
	CHECK_OK(set(&f, id, 1, "state=mất kết nối", "since=02:30", &err), err);
	CHECK_OK(set(&f, id, 1, "state=power_out", "since=02:40", &err), err);
	check_point(&f, id, 1, "power_out", 25 + 40);
	fixture_later(&f, 10 * MINUTE);
	check_point(&f, id, 1, "power_out", 25 + 50);
	CHECK_OK(set(&f, id, 1, "back_at=03:15", NULL, &err), err);
	check_point(&f, id, 1, "back", 25 + 45);
	fixture_later(&f, 100 * MINUTE);
	check_point(&f, id, 1, "back", 70);
	/* It was back at 03:00 really. */
	CHECK_OK(set(&f, id, 1, "back_at=03:00", NULL, &err), err);
	check_point(&f, id, 1, "back", 25 + 30);
	fixture_whole(&f);
	for (int i = 0; i < 2; i++) {
		CHECK_OK(undo_last(f.desk, id, &err), err);
	}
	check_point(&f, id, 1, "power_out", 25 + 150);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(one_line_may_say_both_ends_of_a_spell)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	add(&f, id, "đơn vị,từ giờ,giờ thông\nSông Trà,00:40,01:40\nHòn Xa,,\n", "down");
	check_point(&f, id, 1, "back", 60);
	CHECK_OK(set(&f, id, 2, "since=01:00", NULL, &err), err);
	CHECK_OK(set(&f, id, 2, "back_at=02:00", NULL, &err), err);
	check_point(&f, id, 2, "back", 60);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(times_that_contradict_each_other_are_refused_and_nothing_is_half_done)
{
	static const int both[] = { 1, 2 };
	static const char *const back[] = { "state=back", "back_at=01:30" };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;
	int64_t last;

	begin(&f, id);
	add(&f, id, "name,state,since\nSông Trà,down,01:20\nHòn Xa,down,01:40\n", NULL);
	last = last_seq(&f);
	CHECK_ERR(point_set(f.desk, id, &(struct point_change){ .numbers = both, .count = 2,
		.assignments = back, .assignment_count = 2 }, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "Hòn Xa"));
	CHECK_INT(last_seq(&f), last);
	check_point(&f, id, 1, "down", 50);
	CHECK_ERR(set(&f, id, 1, "state=hỏng", NULL, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, 1, "colour=red", NULL, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, 1, "back_at=09:00 mai", NULL, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(set(&f, id, 9, "state=back", NULL, &err), err, ERR_NOT_FOUND);
	CHECK_INT(last_seq(&f), last);
	fixture_end(&f);
}

TEST(what_is_so_already_appends_nothing_and_a_guard_names_who_was_first)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;
	int64_t last;

	begin(&f, id);
	add(&f, id, "Sông Trà", "down");
	last = last_seq(&f);
	CHECK_OK(set(&f, id, 1, "state=down", NULL, &err), err);
	CHECK_INT(last_seq(&f), last);
	fixture_as(&f, "lan");
	CHECK_OK(set(&f, id, 1, "state=slow", NULL, &err), err);
	fixture_as(&f, "nam");
	desk_set_guard(f.desk, last);
	CHECK_ERR(set(&f, id, 1, "state=back", NULL, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.detail, "lan"));
	desk_set_guard(f.desk, 0);
	fixture_as(&f, "xem");
	CHECK_ERR(set(&f, id, 1, "state=back", NULL, &err), err, ERR_FORBIDDEN);
	fixture_end(&f);
}

TEST(a_wrong_line_is_taken_off_counts_no_more_and_comes_back_by_undo)
{
	static const int one[] = { 1 };
	struct point_counts counts;
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;
	char *text;

	begin(&f, id);
	add(&f, id, "Danh sách:\nSông Trà\nHòn Xa", "down");
	CHECK_OK(point_remove(f.desk, id, one, 1, "là tiêu đề", &err), err);
	CHECK_OK(point_count(&counts, f.desk, id, &err), err);
	CHECK_INT(counts.total, 2);
	add(&f, id, "Đá Trắng", "back");
	CHECK_OK(point_count(&counts, f.desk, id, &err), err);
	text = point_counts_text(&counts);
	CHECK_STR(text, "3 points: 2 down 1 back");
	free(text);
	fixture_whole(&f);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(point_count(&counts, f.desk, id, &err), err);
	CHECK_INT(counts.total, 3);
	CHECK_INT(counts.down, 3);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(more_than_the_limit_on_one_case_is_refused_whole)
{
	struct point_report report;
	struct point_lines lines = { 0 };
	struct buf text = { 0 };
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	for (int i = 0; i < 996; i++) {
		buf_addf(&text, "Trường số %d\n", i);
	}
	add(&f, id, buf_text(&text), "down");
	CHECK_OK(point_lines_add(&lines, "A, B, C, D, E", &err), err);
	CHECK_ERR(point_add(f.desk, id, &(struct point_new){ .lines = &lines }, &report, &err),
		err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "1001"));
	assert_non_null(strstr(err.message, "1000"));
	point_lines_clear(&lines);
	buf_free(&text);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_whole_group_is_added_with_its_states_unknown)
{
	struct json *given = quoted_json("{'name': 'Hai xã', 'of': 'unit',"
		" 'members': ['t-04', 't-06']}");
	struct point_report report;
	struct point_list list;
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	CHECK_OK(group_add(f.desk, "hai", given, &err), err);
	json_free(given);
	CHECK_OK(point_add(f.desk, id, &(struct point_new){ .group = "hai" }, &report, &err),
		err);
	CHECK_INT(report.added, 2);
	point_report_clear(&report);
	CHECK_ERR(point_add(f.desk, id, &(struct point_new){ .group = "ba" }, &report, &err),
		err, ERR_NOT_FOUND);
	list = load(&f, id);
	CHECK_STR(list.rows[0].state, "unknown");
	CHECK_INT(list.rows[0].since, 0);
	point_sort(&list, BY_ISLAND);
	CHECK_STR(list.rows[0].name, "Đặc khu Hòn Xa");
	point_sort(&list, BY_AREA);
	CHECK_STR(list.rows[0].area, "Nam cũ");
	point_list_clear(&list);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(told_confirmed_and_told_that_it_is_over_keep_their_times)
{
	struct point_list list;
	char id[UUID_SIZE];
	struct fixture f;
	struct error err;

	begin(&f, id);
	add(&f, id, "Sông Trà\nHòn Xa", "down");
	CHECK_OK(set(&f, id, 1, "told=Zalo", "told_at=01:30", &err), err);
	CHECK_OK(set(&f, id, 2, "told=Zalo", NULL, &err), err);
	list = load(&f, id);
	CHECK(point_unconfirmed(&list.rows[0], f.now));
	CHECK(!point_unconfirmed(&list.rows[1], f.now));
	CHECK(point_unconfirmed(&list.rows[1], f.now + POINT_CONFIRM_MS));
	point_list_clear(&list);
	CHECK_OK(set(&f, id, 1, "confirmed_by=bà B", NULL, &err), err);
	CHECK_OK(set(&f, id, 1, "over_told=gọi", NULL, &err), err);
	list = load(&f, id);
	CHECK(!point_unconfirmed(&list.rows[0], f.now));
	CHECK_INT(list.rows[0].confirmed_at, f.now);
	CHECK_INT(list.rows[0].over_told_at, f.now);
	CHECK_STR(list.rows[0].over_told_how, "gọi");
	point_list_clear(&list);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_name_is_found_without_marks_by_former_name_and_never_guessed),
		RUN(names_that_fit_two_or_none_stay_as_typed_and_doubles_are_said),
		RUN(somebody_chooses_what_a_name_means_and_never_the_same_place_twice),
		RUN(an_ambiguous_name_is_on_the_list_once_also_after_it_was_chosen),
		RUN(a_place_named_in_full_does_not_swallow_a_name_that_may_mean_another),
		RUN(spells_of_being_down_add_up_by_the_times_at_which_they_happened),
		RUN(one_line_may_say_both_ends_of_a_spell),
		RUN(times_that_contradict_each_other_are_refused_and_nothing_is_half_done),
		RUN(what_is_so_already_appends_nothing_and_a_guard_names_who_was_first),
		RUN(a_wrong_line_is_taken_off_counts_no_more_and_comes_back_by_undo),
		RUN(more_than_the_limit_on_one_case_is_refused_whole),
		RUN(a_whole_group_is_added_with_its_states_unknown),
		RUN(told_confirmed_and_told_that_it_is_over_keep_their_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
