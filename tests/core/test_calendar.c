/* Working days, and when each shipped deadline rule ends: weekends, Tết 2027, an
 * event at 23:59. */
#include "tests/core/empty_desk.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/calendar.h"
#include "core/deadline_follow.h"
#include "core/holiday.h"
#include "core/profile.h"
#include "core/rule.h"
#include "core/when.h"

static struct error err;

static int64_t
day(const char *typed)
{
	int64_t out = 0;

	CHECK_OK(calendar_parse_day(&out, typed, &err), err);
	return out;
}

static struct span
span(const char *text)
{
	struct span out;

	CHECK_OK(span_parse(&out, text, &err), err);
	return out;
}

TEST(a_span_is_now_none_minutes_hours_days_or_working_days_and_nothing_else)
{
	static const char *const bad[] = { "", "24", "h", "0h", "-5d", "5 d", "5days", "1.5h",
		"99999999999d", "5wdx", "NOW", "05d" };

	CHECK_INT(span("now").unit, SPAN_NOW);
	CHECK_INT(span("none").unit, SPAN_NONE);
	CHECK_INT(span("90m").count, 90 * 60000);
	CHECK_INT(span("24h").count, 24 * 3600000);
	CHECK_INT(span("5d").unit, SPAN_DAYS);
	CHECK_INT(span("5wd").unit, SPAN_WORKING_DAYS);
	CHECK_INT(span("5wd").count, 5);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct span out;

		CHECK_ERR(span_parse(&out, bad[i], &err), err, ERR_BAD_INPUT);
		assert_non_null(strstr(err.message, "5wd"));
	}
}

TEST(a_day_is_typed_in_two_ways_and_must_exist)
{
	static const char *const bad[] = { "", "31/02/2027", "29/02/2027", "6/2", "2027-13-01",
		"06/02/27x", "2027/02-06", "00/01/2027", "x" };
	char iso[CALENDAR_DAY_SIZE];

	calendar_iso(iso, day("06/02/2027"));
	CHECK_STR(iso, "2027-02-06");
	CHECK_INT(day("2027-02-06"), day("6/2/2027"));
	CHECK_INT(day("2027/02/06"), day("6-2-2027"));
	CHECK_INT(calendar_weekday(day("06/02/2027")), 6);
	CHECK_INT(calendar_weekday(day("01/01/1970")), 4);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t out;

		CHECK_ERR(calendar_parse_day(&out, bad[i], &err), err, ERR_BAD_INPUT);
	}
}

TEST(weekends_do_not_work_but_make_up_days_do_and_the_last_word_counts)
{
	struct calendar c = { 0 };

	CHECK(!calendar_works(NULL, day("21/11/2026")));
	CHECK(calendar_works(NULL, day("23/11/2026")));
	calendar_put(&c, day("23/11/2026"), false);
	calendar_put(&c, day("21/11/2026"), true);
	calendar_put(&c, day("22/11/2026"), true);
	calendar_put(&c, day("22/11/2026"), false);
	CHECK(!calendar_works(&c, day("23/11/2026")));
	CHECK(calendar_works(&c, day("21/11/2026")));
	CHECK(!calendar_works(&c, day("22/11/2026")));
	CHECK(calendar_works(&c, day("24/11/2026")));
	CHECK_INT(c.count, 3);
	calendar_clear(&c);
}

TEST(a_table_in_which_nothing_works_ends_the_search)
{
	struct calendar c = { 0 };
	const struct span five = { SPAN_WORKING_DAYS, 5 };

	for (int i = 0; i < 3000; i++) {
		calendar_put(&c, day("01/01/2027") + i, false);
	}
	CHECK(calendar_end(&c, NULL, day("01/01/2027") * 86400000, &five) > 0);
	calendar_clear(&c);
}

/* ---- the shipped rules ---- */

static const struct {
	const char *rule, *start, *due;
} rows[] = {
	/* At once: due when it starts, whatever the day. */
	{ "vn26-immediate", "21/11/2026 02:10", "21/11/2026 02:10" },
	{ "vn26-immediate", "06/02/2027 23:59", "06/02/2027 23:59" },
	{ "vn26-beyond-capacity", "22/11/2026 03:00", "22/11/2026 03:00" },
	{ "vn26-beyond-capacity", "06/02/2027 23:59", "06/02/2027 23:59" },
	/* Hours run through nights, weekends and Tết. */
	{ "vn26-initial-24h", "20/11/2026 16:30", "21/11/2026 16:30" },
	{ "vn26-initial-24h", "20/11/2026 23:59", "21/11/2026 23:59" },
	{ "vn26-initial-24h", "05/02/2027 08:00", "06/02/2027 08:00" },
	{ "vn26-initial-24h", "31/12/2026 23:59", "01/01/2027 23:59" },
	{ "vn26-full-72h", "20/11/2026 16:30", "23/11/2026 16:30" },
	{ "vn26-full-72h", "05/02/2027 23:59", "08/02/2027 23:59" },
	{ "vn26-full-72h", "26/02/2027 01:00", "01/03/2027 01:00" },
	{ "vn26-personal-data-72h", "21/11/2026 23:59", "24/11/2026 23:59" },
	{ "vn26-personal-data-72h", "04/02/2027 09:00", "07/02/2027 09:00" },
	{ "vn26-personal-data-72h", "20/11/2026 18:00", "23/11/2026 18:00" },
	{ "vn26-data-subjects-72h", "20/11/2026 18:00", "23/11/2026 18:00" },
	{ "vn26-data-subjects-72h", "06/02/2027 23:59", "09/02/2027 23:59" },
	/* Owed, without a time. */
	{ "vn26-closing", "20/11/2026 23:59", "-" },
	{ "vn26-closing", "06/02/2027 08:00", "-" },
	{ "vn26-result", "21/11/2026 23:59", "-" },
	{ "vn26-result", "06/02/2027 08:00", "-" },
	/* 05 days: the event's day does not count, 24:00 of the last, moved on to a
	 * working day.  The first row is the example of the regulation's reading. */
	{ "vn17-notice-5d", "18/11/2026 09:00", "23/11/2026 24:00" },
	{ "vn17-notice-5d", "18/11/2026 23:59", "23/11/2026 24:00" },
	{ "vn17-notice-5d", "19/11/2026 00:00", "24/11/2026 24:00" },
	{ "vn17-notice-5d", "16/11/2026 23:59", "23/11/2026 24:00" },
	{ "vn17-notice-5d", "17/11/2026 08:00", "23/11/2026 24:00" },
	{ "vn17-notice-5d", "02/02/2027 10:00", "12/02/2027 24:00" },
	{ "vn17-notice-5d", "05/02/2027 23:59", "12/02/2027 24:00" },
	{ "vn17-notice-5d", "11/04/2027 10:00", "19/04/2027 24:00" },
	{ "vn17-notice-5d", "25/04/2027 10:00", "04/05/2027 24:00" },
	{ "vn17-notice-5d", "28/08/2027 10:00", "06/09/2027 24:00" },
	{ "vn17-form-03", "21/11/2026 02:10", "21/11/2026 02:10" },
	{ "vn17-form-03", "06/02/2027 23:59", "06/02/2027 23:59" },
	{ "vn17-form-04", "18/11/2026 17:00", "23/11/2026 24:00" },
	{ "vn17-form-04", "01/02/2027 23:59", "12/02/2027 24:00" },
	{ "vn17-form-04", "27/12/2026 23:59", "04/01/2027 24:00" },
};

static int64_t
moment(const char *local, const struct zone *zone)
{
	int64_t at = 0;

	/* What has happened, seen from far ahead. */
	CHECK_OK(when_parse(&at, local, WHEN_PAST, INT64_C(2208988800000), zone, &err), err);
	return at;
}

static struct desk *
ruled_desk(void)
{
	struct desk *desk = empty_desk();
	struct json *report = NULL;

	CHECK_OK(profile_load_rules(desk, "vn-2026", &report, &err), err);
	json_free(report);
	CHECK_OK(profile_load_rules(desk, "vn-2017", &report, &err), err);
	json_free(report);
	CHECK_OK(holiday_import(desk, "vn", &report, &err), err);
	json_free(report);
	return desk;
}

static void
check_row(struct desk *desk, size_t i)
{
	char shown[CALENDAR_WHEN_SIZE] = "-";
	struct json *rule = NULL;
	int64_t due = 0;

	CHECK_OK(rule_show(desk, rows[i].rule, &rule, &err), err);
	CHECK_OK(deadline_end(desk, json_get_text(json_get(rule, "then"), "span"),
		moment(rows[i].start, desk_zone(desk)), &due, &err), err);
	if (due != INT64_MAX) {
		calendar_when(shown, due, desk_zone(desk));
	}
	if (strcmp(shown, rows[i].due) != 0) {
		fail_msg("%s from %s: %s, not %s", rows[i].rule, rows[i].start, shown,
			rows[i].due);
	}
	json_free(rule);
}

TEST(every_shipped_rule_ends_when_the_law_says_on_weekends_at_tet_and_at_23_59)
{
	struct desk *desk = ruled_desk();
	struct json *rules = NULL;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(desk, i);
	}
	/* No rule is shipped that this table does not try, late in the evening too. */
	CHECK_OK(rule_list(desk, "deadline", &rules, &err), err);
	CHECK(json_count(rules) == 11);
	for (const struct json *rule = json_first(rules); rule != NULL; rule = json_next(rule)) {
		int tried = 0;
		int night = 0;

		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			if (strcmp(rows[i].rule, json_get_text(rule, "code")) == 0) {
				tried++;
				night += strstr(rows[i].start, "23:59") != NULL;
			}
		}
		if (tried < 2 || night == 0) {
			fail_msg("%s is tried %d times, %d at night", json_get_text(rule, "code"),
				tried, night);
		}
		assert_non_null(strstr(json_get_text(rule, "source"), "vn.md"));
	}
	json_free(rules);
	check_whole(desk);
	desk_close(desk);
}

TEST(a_make_up_day_is_a_working_day_and_a_day_off_the_table_is_not_counted)
{
	struct desk *desk = ruled_desk();
	char shown[CALENDAR_WHEN_SIZE];
	int64_t due;

	CHECK_OK(holiday_add(desk, "13/02/2027", "Làm bù", true, &err), err);
	CHECK_OK(deadline_end(desk, "5d", moment("08/02/2027 10:00", desk_zone(desk)), &due,
		&err), err);
	calendar_when(shown, due, desk_zone(desk));
	CHECK_STR(shown, "13/02/2027 24:00");
	CHECK_OK(holiday_remove(desk, "13/02/2027", &err), err);
	CHECK_OK(deadline_end(desk, "5d", moment("08/02/2027 10:00", desk_zone(desk)), &due,
		&err), err);
	calendar_when(shown, due, desk_zone(desk));
	CHECK_STR(shown, "15/02/2027 24:00");
	/* Three working days from the Thursday before Tết. */
	CHECK_OK(deadline_end(desk, "3wd", moment("04/02/2027 23:59", desk_zone(desk)), &due,
		&err), err);
	calendar_when(shown, due, desk_zone(desk));
	CHECK_STR(shown, "16/02/2027 24:00");
	check_whole(desk);
	desk_close(desk);
}

/* ---- the table itself ---- */

TEST(a_table_without_the_year_that_is_needed_says_so_from_october_on)
{
	struct desk *desk = ruled_desk();
	struct holiday_gap gap;
	struct error ignored;
	int64_t now = empty_desk_now;

	CHECK_OK(holiday_gap(desk, &gap, &err), err);
	CHECK(gap.wanted);
	CHECK_INT(gap.missing, 0);
	CHECK_INT(gap.year, 2027);
	CHECK(gap.suggested > 0);
	int count;
	CHECK_OK(holiday_confirm(desk, 2027, &count, &err), err);
	CHECK_INT(count, gap.suggested);
	CHECK_OK(holiday_gap(desk, &gap, &err), err);
	CHECK_INT(gap.year, 2026);
	empty_desk_now = moment("30/09/2027 12:00", desk_zone(desk));
	CHECK_OK(holiday_gap(desk, &gap, &err), err);
	CHECK_INT(gap.missing, 0);
	empty_desk_now = moment("01/10/2027 00:00", desk_zone(desk));
	CHECK_OK(holiday_gap(desk, &gap, &err), err);
	CHECK_INT(gap.missing, 2028);
	/* All or none of what is pasted; then the year is there. */
	CHECK_ERR(holiday_paste(desk, "25/01/2028 Tết\n31/02/2028 x\n", &count, &err), err,
		ERR_BAD_INPUT);
	CHECK_OK(holiday_paste(desk, "25/01/2028 Tết\n2028-02-05 working Làm bù\n", &count,
		&err), err);
	CHECK_INT(count, 2);
	CHECK_OK(holiday_gap(desk, &gap, &err), err);
	CHECK_INT(gap.missing, 0);
	CHECK_OK(holiday_paste(desk, "25/01/2028 Tết\n", &count, &err), err);
	CHECK_INT(count, 0);
	empty_desk_now = now;
	CHECK(!holiday_confirm(desk, 2030, &count, &ignored));
	check_whole(desk);
	desk_close(desk);
}

TEST(what_a_member_changed_stays_when_a_file_comes_again)
{
	struct desk *desk = ruled_desk();
	struct json *report = NULL;
	struct json *list = NULL;

	CHECK_OK(holiday_add(desk, "05/02/2027", NULL, false, &err), err);
	CHECK_OK(holiday_remove(desk, "03/09/2027", &err), err);
	CHECK_OK(holiday_import(desk, "vn", &report, &err), err);
	CHECK_INT(json_get_int(report, "added", -1), 0);
	CHECK_INT(json_get_int(report, "changed", -1), 0);
	CHECK_INT(json_get_int(report, "kept", -1), 2);
	json_free(report);
	CHECK_OK(holiday_list(desk, 2027, &list, &err), err);
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const char *at = json_get_text(row, "day");

		CHECK(strcmp(at, "2027-09-03") != 0);
		if (strcmp(at, "2027-02-05") == 0) {
			CHECK_STR(json_get_text(row, "kind"), "holiday");
			CHECK(strstr(json_get_text(row, "name"), "Tết") != NULL);
		}
	}
	json_free(list);
	CHECK_ERR(holiday_remove(desk, "03/09/2027", &err), err, ERR_NOT_FOUND);
	CHECK_ERR(holiday_add(desk, "12/02/2027", NULL, false, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(holiday_add(desk, "31/02/2027", "x", false, &err), err, ERR_BAD_INPUT);
	check_whole(desk);
	desk_close(desk);
}

static void
rewrite(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	CHECK(fputs(text, file) >= 0);
	CHECK_INT(fclose(file), 0);
}

/* A file says things that nobody could type. */
TEST(the_words_of_a_file_of_holidays_are_checked_as_typed_ones_are)
{
	const char *head = "{\"format\":\"suco-holidays/1\",\"days\":[{\"day\":\"2028-01-26\","
		"\"kind\":\"holiday\",\"name\":\"";
	char path[] = "/tmp/suco-holidays-XXXXXX.json";
	struct desk *desk = ruled_desk();
	struct json *report = NULL;
	struct json *list = NULL;
	char text[1024];
	int fd = mkstemps(path, 5);

	CHECK(fd >= 0);
	(void)close(fd);
	(void)snprintf(text, sizeof text, "%s%0300d\"}]}", head, 7);
	rewrite(path, text);
	CHECK_ERR(holiday_import(desk, path, &report, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "days[0]") != NULL);
	(void)snprintf(text, sizeof text, "%s\\u001b[2JTết\"}]}", head);
	rewrite(path, text);
	CHECK_OK(holiday_import(desk, path, &report, &err), err);
	json_free(report);
	CHECK_OK(holiday_list(desk, 2028, &list, &err), err);
	CHECK_INT(json_count(list), 1);
	CHECK(strchr(json_get_text(json_first(list), "name"), '\033') == NULL);
	json_free(list);
	(void)unlink(path);
	desk_close(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_span_is_now_none_minutes_hours_days_or_working_days_and_nothing_else),
		RUN(a_day_is_typed_in_two_ways_and_must_exist),
		RUN(weekends_do_not_work_but_make_up_days_do_and_the_last_word_counts),
		RUN(a_table_in_which_nothing_works_ends_the_search),
		RUN(every_shipped_rule_ends_when_the_law_says_on_weekends_at_tet_and_at_23_59),
		RUN(a_make_up_day_is_a_working_day_and_a_day_off_the_table_is_not_counted),
		RUN(a_table_without_the_year_that_is_needed_says_so_from_october_on),
		RUN(what_a_member_changed_stays_when_a_file_comes_again),
		RUN(the_words_of_a_file_of_holidays_are_checked_as_typed_ones_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
