/* When each shipped duty with a period is due: weekends, Tết 2027, looked at a minute
 * before midnight. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/holiday.h"
#include "core/json.h"
#include "core/obligation.h"
#include "core/profile.h"
#include "core/rule.h"
#include "core/setting.h"
#include "core/when.h"

static struct error err;

/* The last day on which it is in time, of the period, seen from a moment. */
static const struct {
	const char *rule, *now, *period, *last;
} rows[] = {
	/* A day of its own is due on it, worked or not. */
	{ "backup-lgsp", "20/11/2026 23:59", "2026-11-20", "2026-11-20" },
	{ "backup-lgsp", "20/11/2026 23:59", "2026-11-21", "2026-11-21" },
	{ "backup-lgsp", "05/02/2027 23:59", "2027-02-06", "2027-02-06" },
	{ "backup-lgsp", "31/12/2026 23:59", "2027-01-01", "2027-01-01" },
	/* So is a month: nothing in the law names a day. */
	{ "backup-systems", "31/01/2027 23:59", "2027-01", "2027-01-31" },
	{ "backup-systems", "31/01/2027 23:59", "2027-02", "2027-02-28" },
	{ "backup-systems", "01/02/2028 00:00", "2028-02", "2028-02-29" },
	{ "scan-data-centre", "31/12/2026 23:59", "2026", "2026-12-31" },
	{ "scan-data-centre", "01/01/2027 00:00", "2027", "2027-12-31" },
	{ "response-plan", "31/12/2026 23:59", "2026", "2026-12-31" },
	{ "response-plan", "06/02/2027 23:59", "2027", "2027-12-31" },
	{ "drill-attack", "31/12/2026 23:59", "2027", "2027-12-31" },
	{ "drill-attack", "01/01/2027 00:00", "2027", "2027-12-31" },
	{ "review-regulation", "31/12/2028 23:59", "2026-2028", "2028-12-31" },
	{ "review-regulation", "01/01/2029 00:00", "2029-2031", "2031-12-31" },
	/* Before 20/12: a Sunday, a Monday after a weekend, a Wednesday. */
	{ "report-year-owner", "21/11/2026 23:59", "2026", "2026-12-18" },
	{ "report-year-owner", "18/12/2026 23:59", "2026", "2026-12-18" },
	{ "report-year-owner", "19/12/2026 00:00", "2027", "2027-12-17" },
	{ "report-year-owner", "01/01/2028 00:00", "2028", "2028-12-19" },
	/* Before 25/12: a Friday, a Saturday, a Monday after a weekend. */
	{ "report-year-police", "24/12/2026 23:59", "2026", "2026-12-24" },
	{ "report-year-police", "06/02/2027 23:59", "2027", "2027-12-24" },
	{ "report-year-police", "01/01/2028 00:00", "2028", "2028-12-22" },
	/* Before 20/6: a Sunday; a Tuesday. */
	{ "vn17-summary-half", "06/02/2027 23:59", "2027", "2027-06-18" },
	{ "vn17-summary-half", "18/06/2027 23:59", "2028", "2028-06-19" },
	{ "vn17-summary-year", "14/12/2026 23:59", "2026", "2026-12-14" },
	{ "vn17-summary-year", "15/12/2026 00:00", "2027", "2027-12-14" },
	{ "vn17-profile", "31/12/2026 23:59", "2026", "2026-12-31" },
	{ "vn17-profile", "06/02/2027 08:00", "2027", "2027-12-31" },
	{ "vn17-risk-check", "31/12/2027 23:59", "2026-2027", "2027-12-31" },
	{ "vn17-risk-check", "01/01/2028 00:00", "2028-2029", "2029-12-31" },
	{ "vn17-risk-check-level-3", "31/12/2026 23:59", "2026", "2026-12-31" },
	{ "vn17-risk-check-level-3", "06/02/2027 08:00", "2027", "2027-12-31" },
};

static void
begin(struct fixture *f, const char *now)
{
	static const char *const sets[] = { "duties", "vn-2026", "vn-2017" };
	struct json *report = NULL;

	fixture_file(f);
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		CHECK_OK(profile_load_rules(f->desk, sets[i], &report, &err), err);
		json_free(report);
	}
	CHECK_OK(holiday_import(f->desk, "vn", &report, &err), err);
	json_free(report);
	CHECK_OK(setting_set(f->desk, "deadline.rules", "vn-2026,vn-2017", &err), err);
	/* What has happened, seen from far ahead. */
	CHECK_OK(when_parse(&f->now, now, WHEN_PAST, INT64_C(2208988800000),
		desk_zone(f->desk), &err), err);
}

static void
check_row(size_t i)
{
	struct fixture f;
	char sql[300];
	int made;

	begin(&f, rows[i].now);
	CHECK_OK(obligation_open(f.desk, &made, &err), err);
	(void)snprintf(sql, sizeof sql, "SELECT strftime('%%Y-%%m-%%d', due_at / 1000 - 1,"
		" 'unixepoch', '+7 hours') FROM obligation WHERE rule = '%s' AND label = '%s'",
		rows[i].rule, rows[i].period);
	if (strcmp(fixture_ask(f.path, sql), rows[i].last) != 0) {
		fail_msg("%s/%s from %s: \"%s\", not %s", rows[i].rule, rows[i].period,
			rows[i].now, fixture_ask(f.path, sql), rows[i].last);
	}
	fixture_end(&f);
}

TEST(every_shipped_duty_is_due_when_the_law_says_on_weekends_at_tet_and_at_23_59)
{
	struct json *rules = NULL;
	struct fixture f;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(i);
	}
	/* No duty is shipped that this table does not try, late in the evening too. */
	begin(&f, "21/11/2026 02:10");
	CHECK_OK(rule_list(f.desk, "periodic", &rules, &err), err);
	CHECK_INT(json_count(rules), 13);
	for (const struct json *rule = json_first(rules); rule != NULL; rule = json_next(rule)) {
		int tried = 0, night = 0;

		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			if (strcmp(rows[i].rule, json_get_text(rule, "code")) == 0) {
				tried++;
				night += strstr(rows[i].now, "23:59") != NULL;
			}
		}
		if (tried < 2 || night == 0) {
			fail_msg("%s is tried %d times, %d at night", json_get_text(rule, "code"),
				tried, night);
		}
	}
	json_free(rules);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_shipped_duty_is_due_when_the_law_says_on_weekends_at_tet_and_at_23_59),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
