/* Duties with a period: the arithmetic of periods, rows that are made once by
 * the act of a member, results with their conflicts; all replayed. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/civil.h"
#include "core/holiday.h"
#include "core/obligation.h"
#include "core/period.h"
#include "core/rule.h"
#include "core/setting.h"

#define DAY INT64_C(86400000)

TEST(a_day_lies_in_the_period_of_its_kind)
{
	static const struct {
		const char *every;
		int from, year, month, day;
		const char *label;
		int days;
	} rows[] = {
		{ "day", 0, 2028, 2, 29, "2028-02-29", 1 },
		{ "month", 0, 2028, 2, 29, "2028-02", 29 },
		{ "month", 0, 2026, 12, 31, "2026-12", 31 },
		{ "quarter", 0, 2026, 11, 21, "2026-Q4", 92 },
		{ "half_year", 0, 2026, 6, 30, "2026-H1", 181 },
		{ "year", 0, 2026, 1, 1, "2026", 365 },
		{ "3y", 2026, 2028, 12, 31, "2026-2028", 1096 },
		{ "3y", 2026, 2029, 1, 1, "2029-2031", 1095 },
		{ "3y", 2026, 2025, 12, 31, "2023-2025", 1096 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct period is = period_of(rows[i].every, rows[i].from,
			civil_days(rows[i].year, rows[i].month, rows[i].day));

		CHECK_STR(is.label, rows[i].label);
		CHECK_INT(is.last - is.first + 1, rows[i].days);
	}
}

TEST(a_due_day_is_of_the_year_and_must_exist)
{
	struct period year = period_of("year", 0, civil_days(2026, 11, 21));
	struct error err = ERROR_INIT;
	bool before = false;
	int64_t day = 0;

	CHECK_OK(period_due(&day, &before, &year, "before 20/12", "due", &err), err);
	CHECK(before);
	CHECK_INT(day, civil_days(2026, 12, 20));
	CHECK_OK(period_due(&day, &before, &year, "", "due", &err), err);
	CHECK_INT(day, civil_days(2026, 12, 31));
	CHECK_ERR(period_due(&day, &before, &year, "31/11", "due", &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(period_due(&day, &before, &year, "cuối năm", "due", &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(period_check("tuần", "every", &err), err, ERR_BAD_INPUT);
}

static void
add_rule(struct fixture *f, const char *code, const char *then)
{
	struct json *given = json_object();
	struct json *value = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(json_parse(&value, then, strlen(then), NULL, &err), err);
	json_set_text(given, "family", "periodic");
	json_set_int(given, "order", 10);
	json_set(given, "when", json_object());
	json_set(given, "then", value);
	json_set_text(given, "source", "thử");
	CHECK_OK(rule_add(f->desk, code, given, &err), err);
	json_free(given);
}

static int
open_rows(struct fixture *f)
{
	struct error err = ERROR_INIT;
	int made = -1;

	CHECK_OK(obligation_open(f->desk, &made, &err), err);
	return made;
}

#define YEARLY "{\"title\": {\"vi\": \"Báo cáo năm\", \"en\": \"Yearly\"}," \
	" \"every\": \"year\", \"due\": \"before 20/12\", \"remind\": \"30d\"}"
#define DAILY "{\"title\": {\"vi\": \"Sao lưu\", \"en\": \"Backup\"}, \"every\": \"day\"}"

TEST(rows_are_made_once_for_this_period_and_the_next_and_for_days_missed)
{
	struct fixture f;

	fixture_file(&f);
	add_rule(&f, "year", YEARLY);
	add_rule(&f, "day", DAILY);
	CHECK_INT(open_rows(&f), 4);
	CHECK_INT(open_rows(&f), 0);
	/* The 20th is a Sunday: handed in by the end of Friday the 18th. */
	CHECK_STR(fixture_ask(f.path, "SELECT strftime('%Y-%m-%d %H:%M', due_at / 1000,"
		" 'unixepoch', '+7 hours') FROM obligation WHERE rule = 'year'"
		" ORDER BY due_at"), "2026-12-19 00:00");
	fixture_later(&f, 3 * DAY);
	CHECK_INT(open_rows(&f), 3);
	fixture_as(&f, "xem");
	fixture_later(&f, 3 * DAY);
	CHECK_INT(open_rows(&f), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

/* What was due before anybody looked is not made on the second look either. */
TEST(a_desk_begun_after_the_due_day_of_a_year_is_never_late_for_it)
{
	struct fixture f;

	fixture_file(&f);
	fixture_later(&f, 33 * DAY);
	add_rule(&f, "year", YEARLY);
	CHECK_INT(open_rows(&f), 1);
	CHECK_INT(open_rows(&f), 0);
	CHECK_STR(fixture_ask(f.path, "SELECT label FROM obligation"), "2027");
	fixture_later(&f, 20 * DAY);
	CHECK_INT(open_rows(&f), 1);
	CHECK_INT(open_rows(&f), 0);
	CHECK_STR(fixture_ask(f.path, "SELECT MAX(label) FROM obligation"), "2028");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_holiday_brings_a_lawful_day_forward_to_the_last_that_is_worked)
{
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	CHECK_OK(holiday_add(f.desk, "18/12/2026", "thử", false, &err), err);
	add_rule(&f, "year", YEARLY);
	(void)open_rows(&f);
	CHECK_STR(fixture_ask(f.path, "SELECT strftime('%Y-%m-%d', due_at / 1000 - 1,"
		" 'unixepoch', '+7 hours') FROM obligation WHERE label = '2026'"),
		"2026-12-17");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(rules_of_a_set_of_laws_count_while_the_desk_works_by_it)
{
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	add_rule(&f, "old", "{\"title\": {\"vi\": \"x\", \"en\": \"x\"}, \"every\": \"year\","
		" \"set\": \"vn-2017\"}");
	CHECK_INT(open_rows(&f), 0);
	CHECK_OK(setting_set(f.desk, "deadline.rules", "vn-2026,vn-2017", &err), err);
	CHECK_INT(open_rows(&f), 2);
	fixture_end(&f);
}

TEST(a_duty_is_done_once_and_the_second_is_told_who_was_first)
{
	const struct obligation_change done = { .result = "done" };
	const struct obligation_change doing = { .result = "doing",
		.description = "đang tổng hợp" };
	struct obligation o = { 0 };
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	add_rule(&f, "year", YEARLY);
	(void)open_rows(&f);
	CHECK_OK(obligation_set(f.desk, "year/2026", &doing, &err), err);
	CHECK_OK(obligation_set(f.desk, "year", &done, &err), err);
	CHECK_OK(obligation_set(f.desk, "year/2026", &done, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT result || description || done_by FROM"
		" obligation WHERE label = '2026'"), "doneđang tổng hợpquan");
	fixture_as(&f, "minh");
	CHECK_ERR(obligation_set(f.desk, "year/2026", &done, &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Quân") != NULL);
	CHECK_OK(obligation_find(&o, f.desk, "year", &err), err);
	CHECK_STR(o.label, "2027");
	obligation_clear(&o);
	CHECK_OK(obligation_set(f.desk, "year/2026", &doing, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT done_at IS NULL FROM obligation"
		" WHERE label = '2026'"), "1");
	CHECK_ERR(obligation_set(f.desk, "nix", &done, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(obligation_set(f.desk, "year", &(struct obligation_change){
		.result = "xong" }, &err), err, ERR_BAD_INPUT);
	fixture_as(&f, "xem");
	CHECK_ERR(obligation_set(f.desk, "year", &done, &err), err, ERR_FORBIDDEN);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_duty_cannot_have_been_done_before_its_period_began)
{
	static const struct {
		const char *label;
		int year, month, day;
	} rows[] = {
		{ "2028-02-29", 2028, 2, 29 }, { "2028-02", 2028, 2, 1 }, { "2026", 2026, 1, 1 },
		{ "2026-Q4", 2026, 10, 1 }, { "2026-H2", 2026, 7, 1 }, { "2026-2028", 2026, 1, 1 },
	};
	struct fixture f;
	struct error err = ERROR_INIT;
	int64_t day;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		CHECK(period_begins(&day, rows[i].label));
		CHECK_INT(day, civil_days(rows[i].year, rows[i].month, rows[i].day));
	}
	CHECK(!period_begins(&day, "x"));
	fixture_file(&f);
	add_rule(&f, "year", YEARLY);
	(void)open_rows(&f);
	CHECK_ERR(obligation_set(f.desk, "year/2026", &(struct obligation_change){
		.result = "done", .done_at = f.now - 400 * DAY }, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "01/01/2026") != NULL);
	/* Next year's, today. */
	CHECK_ERR(obligation_set(f.desk, "year/2027", &(struct obligation_change){
		.result = "done" }, &err), err, ERR_BAD_INPUT);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM obligation WHERE result = 'done'"),
		"0");
	CHECK_OK(obligation_set(f.desk, "year/2026", &(struct obligation_change){
		.result = "done", .done_at = f.now - 30 * DAY }, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_rule_that_is_no_period_is_refused_with_its_place)
{
	struct json *given = json_object();
	struct json *value = NULL;
	struct fixture f;
	struct error err = ERROR_INIT;
	const char *then = "{\"title\": {\"vi\": \"x\", \"en\": \"x\"}, \"every\": \"tuần\"}";

	fixture_memory(&f);
	CHECK_OK(json_parse(&value, then, strlen(then), NULL, &err), err);
	json_set_text(given, "family", "periodic");
	json_set_int(given, "order", 10);
	json_set(given, "when", json_object());
	json_set(given, "then", value);
	json_set_text(given, "source", "thử");
	CHECK_ERR(rule_add(f.desk, "x", given, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "every") != NULL);
	json_free(given);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_day_lies_in_the_period_of_its_kind),
		RUN(a_due_day_is_of_the_year_and_must_exist),
		RUN(rows_are_made_once_for_this_period_and_the_next_and_for_days_missed),
		RUN(a_desk_begun_after_the_due_day_of_a_year_is_never_late_for_it),
		RUN(a_holiday_brings_a_lawful_day_forward_to_the_last_that_is_worked),
		RUN(rules_of_a_set_of_laws_count_while_the_desk_works_by_it),
		RUN(a_duty_is_done_once_and_the_second_is_told_who_was_first),
		RUN(a_duty_cannot_have_been_done_before_its_period_began),
		RUN(a_rule_that_is_no_period_is_refused_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
