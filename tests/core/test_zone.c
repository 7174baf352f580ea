/* Zones are read from TZif files and give the moments that everybody else's
 * clocks give. */
#include "tests/test.h"

#include <stdio.h>
#include <time.h>

#include "core/files.h"
#include "core/zone.h"

#define HOUR 3600

/* UTC seconds of a civil time, in ms. */
static int64_t
utc(int year, int month, int day, int hour, int minute)
{
	return (civil_days(year, month, day) * 86400 + hour * HOUR + minute * 60) * 1000;
}

static struct zone *
load(const char *name)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;

	CHECK_OK(zone_load(&zone, name, &err), err);
	return zone;
}

TEST(days_and_dates_go_there_and_back)
{
	CHECK_INT(civil_days(1970, 1, 1), 0);
	CHECK_INT(civil_days(1969, 12, 31), -1);
	CHECK_INT(civil_days(2026, 11, 21), 20778);
	CHECK_INT(civil_days(2000, 3, 1), 11017);
	for (int64_t day = -800000; day < 800000; day += 7) {
		int y, m, d;

		civil_from_days(day, &y, &m, &d);
		CHECK(m >= 1 && m <= 12 && d >= 1 && d <= 31);
		CHECK_INT(civil_days(y, m, d), day);
	}
}

TEST(known_moments_have_known_offsets)
{
	static const struct {
		const char *zone;
		int year, month, day, hour, minute; /* UTC */
		int offset;
	} rows[] = {
		{ "Asia/Ho_Chi_Minh", 2026, 11, 20, 19, 10, 7 * HOUR },
		{ "Asia/Ho_Chi_Minh", 1972, 1, 1, 0, 0, 8 * HOUR },
		{ "Asia/Ho_Chi_Minh", 2400, 7, 1, 0, 0, 7 * HOUR },
		{ "America/Chicago", 2026, 3, 8, 7, 59, -6 * HOUR },
		{ "America/Chicago", 2026, 3, 8, 8, 0, -5 * HOUR },
		{ "America/Chicago", 2026, 11, 1, 6, 59, -5 * HOUR },
		{ "America/Chicago", 2026, 11, 1, 7, 0, -6 * HOUR },
		/* Beyond 2037 only the rule of the footer speaks. */
		{ "America/Chicago", 2045, 7, 1, 0, 0, -5 * HOUR },
		{ "America/Chicago", 2045, 12, 1, 0, 0, -6 * HOUR },
		{ "Europe/London", 2026, 3, 29, 0, 59, 0 },
		{ "Europe/London", 2026, 3, 29, 1, 0, HOUR },
		{ "Europe/London", 2026, 10, 25, 1, 0, 0 },
		{ "Europe/London", 1970, 1, 1, 0, 0, HOUR }, /* British Standard Time */
		/* Half an hour of summer time, south of the equator. */
		{ "Australia/Lord_Howe", 2026, 1, 15, 0, 0, 11 * HOUR },
		{ "Australia/Lord_Howe", 2026, 4, 4, 14, 59, 11 * HOUR },
		{ "Australia/Lord_Howe", 2026, 4, 4, 15, 0, 10 * HOUR + HOUR / 2 },
		{ "Australia/Lord_Howe", 2050, 1, 1, 0, 0, 11 * HOUR },
		{ "UTC", 2026, 1, 1, 0, 0, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct zone *zone = load(rows[i].zone);

		CHECK_STR(zone_name(zone), rows[i].zone);
		CHECK_INT(zone_offset_at(zone, utc(rows[i].year, rows[i].month,
			rows[i].day, rows[i].hour, rows[i].minute)), rows[i].offset);
		zone_free(zone);
	}
}

/* glibc is the other reader of the same files: it must say the same. */
TEST(every_month_of_a_century_agrees_with_the_c_library)
{
	static const char *const names[] = {
		"Asia/Ho_Chi_Minh", "America/Chicago", "Europe/London",
		"Australia/Lord_Howe", "America/Sao_Paulo", "Europe/Dublin",
		"Africa/Casablanca", "America/Nuuk", "Asia/Kathmandu", "Pacific/Apia",
		"Africa/Monrovia", "America/St_Johns",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct zone *zone = load(names[i]);

		(void)setenv("TZ", names[i], 1);
		tzset();
		for (int64_t t = -INT64_C(2000000000); t < INT64_C(4200000000);
				t += INT64_C(2629743)) {
			time_t when = (time_t)t;
			struct tm tm;
			struct civil civil = zone_civil(zone, t * 1000);

			CHECK(localtime_r(&when, &tm) != NULL);
			if (tm.tm_gmtoff != civil.offset || tm.tm_hour != civil.hour
					|| tm.tm_mday != civil.day
					|| tm.tm_wday != civil.weekday) {
				fail_msg("%s at %lld: %d, the C library says %ld", names[i],
					(long long)t, civil.offset, tm.tm_gmtoff);
			}
		}
		zone_free(zone);
	}
	(void)setenv("TZ", "UTC", 1);
	tzset();
}

TEST(civil_time_has_all_its_parts)
{
	struct zone *zone = load("Asia/Ho_Chi_Minh");
	struct civil c = zone_civil(zone, INT64_C(1795201800123));

	CHECK_INT(c.year, 2026);
	CHECK_INT(c.month, 11);
	CHECK_INT(c.day, 21);
	CHECK_INT(c.hour, 2);
	CHECK_INT(c.minute, 10);
	CHECK_INT(c.second, 0);
	CHECK_INT(c.milli, 123);
	CHECK_INT(c.weekday, 6);
	CHECK_INT(c.offset, 7 * HOUR);
	c = zone_civil(zone, -1);
	CHECK_INT(c.year, 1970);
	CHECK_INT(c.milli, 999);
	CHECK_INT(c.second, 59);
	zone_free(zone);
}

TEST(a_moment_goes_to_civil_time_and_back)
{
	struct zone *zone = load("America/Chicago");

	for (int64_t ms = 0; ms < INT64_C(2500000000000); ms += INT64_C(98765432101)) {
		struct civil civil = zone_civil(zone, ms);
		bool exact;
		int64_t back = zone_moment(zone, &civil, &exact);

		CHECK(back == ms || !exact);
	}
	zone_free(zone);
}

TEST(a_time_that_does_not_exist_becomes_the_first_instant_after_it)
{
	static const struct {
		const char *zone;
		struct civil civil;
		int year, month, day, hour, minute; /* UTC */
	} rows[] = {
		{ "America/Chicago", { .year = 2026, .month = 3, .day = 8, .hour = 2,
			.minute = 30, .milli = 7 }, 2026, 3, 8, 8, 0 },
		{ "America/Chicago", { .year = 2026, .month = 3, .day = 8, .hour = 2 },
			2026, 3, 8, 8, 0 },
		{ "America/Chicago", { .year = 2026, .month = 3, .day = 8, .hour = 2,
			.minute = 59, .second = 59, .milli = 999 }, 2026, 3, 8, 8, 0 },
		{ "Australia/Lord_Howe", { .year = 2026, .month = 10, .day = 4,
			.hour = 2, .minute = 15 }, 2026, 10, 3, 15, 30 },
		{ "Europe/London", { .year = 2044, .month = 3, .day = 27, .hour = 1,
			.minute = 1 }, 2044, 3, 27, 1, 0 },
		/* Samoa passed over the whole of 30 December 2011. */
		{ "Pacific/Apia", { .year = 2011, .month = 12, .day = 30, .hour = 12 },
			2011, 12, 30, 10, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct zone *zone = load(rows[i].zone);
		bool exact = true;
		int64_t ms = zone_moment(zone, &rows[i].civil, &exact);

		CHECK_INT(ms, utc(rows[i].year, rows[i].month, rows[i].day,
			rows[i].hour, rows[i].minute));
		CHECK(!exact);
		CHECK_INT(zone_moment(zone, &rows[i].civil, NULL), ms);
		zone_free(zone);
	}
}

TEST(a_time_that_exists_twice_gives_the_first)
{
	struct zone *zone = load("America/Chicago");
	struct civil twice = { .year = 2026, .month = 11, .day = 1, .hour = 1,
		.minute = 30 };
	struct civil once = { .year = 2026, .month = 11, .day = 1, .hour = 2 };
	bool exact = true;

	CHECK_INT(zone_moment(zone, &twice, &exact), utc(2026, 11, 1, 6, 30));
	CHECK(!exact);
	CHECK_INT(zone_moment(zone, &once, &exact), utc(2026, 11, 1, 8, 0));
	CHECK(exact);
	zone_free(zone);
	zone = load("Australia/Lord_Howe");
	twice = (struct civil){ .year = 2026, .month = 4, .day = 5, .hour = 1,
		.minute = 45 };
	CHECK_INT(zone_moment(zone, &twice, &exact), utc(2026, 4, 4, 14, 45));
	CHECK(!exact);
	zone_free(zone);
}

TEST(moments_at_the_end_of_time_do_not_overflow)
{
	struct zone *zone = load("America/Chicago");
	struct civil civil = { .year = INT32_MAX, .month = 12, .day = 31 };

	(void)zone_civil(zone, INT64_MAX);
	(void)zone_civil(zone, INT64_MIN);
	CHECK_INT(zone_moment(zone, &civil, NULL), INT64_MAX);
	civil.year = INT32_MIN;
	CHECK_INT(zone_moment(zone, &civil, NULL), INT64_MIN);
	zone_free(zone);
}

TEST(a_name_that_leaves_the_folder_is_refused)
{
	static const char *const names[] = {
		"", "/etc/passwd", "../../etc/passwd", "Asia/../Asia/Ho_Chi_Minh",
		"Asia", "No/Such_Zone", "posixrules\n", "a b",
		"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct error err = ERROR_INIT;
		struct zone *zone = NULL;

		CHECK_ERR(zone_load(&zone, names[i], &err), err, ERR_BAD_INPUT);
		CHECK(zone == NULL);
	}
	zone_free(NULL);
}

/* Builds a TZif file of version 2 with one type and this footer. */
static size_t
tzif(char *out, size_t room, const char *footer)
{
	static const char header[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4";
	static const char type[] = "\0\0\0\0\0\0XXX";
	size_t len = 0;

	for (int i = 0; i < 2; i++) {
		memcpy(out + len, header, 44);
		memcpy(out + len + 44, type, 10);
		len += 54;
	}
	return len + (size_t)snprintf(out + len, room - len, "\n%s\n", footer);
}

TEST(the_rule_of_the_footer_is_read_in_all_its_forms)
{
	static const struct {
		const char *footer;
		int january, july;
	} rows[] = {
		{ "UTC0", 0, 0 },
		{ "<+07>-7", 7 * HOUR, 7 * HOUR },
		{ "<-0330>3:30:00", -12600, -12600 },
		{ "CST6CDT,M3.2.0,M11.1.0", -6 * HOUR, -5 * HOUR },
		{ "CST6CDT5:00,J60/2:00:00,J300", -6 * HOUR, -5 * HOUR },
		{ "XST6XDT,59/2,299", -6 * HOUR, -5 * HOUR },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", 11 * HOUR, 10 * HOUR },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", 0, HOUR }, /* Dublin: less in winter */
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -2 * HOUR, -1 * HOUR },
		{ "EST5EDT,0/0,J365/25", -4 * HOUR, -4 * HOUR }, /* summer for ever */
		{ "", 0, 0 },
	};
	char bytes[512];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		struct zone *zone = NULL;
		size_t len = tzif(bytes, sizeof bytes, rows[i].footer);

		CHECK_OK(zone_parse(&zone, "Test/Zone", bytes, len, &err), err);
		CHECK_INT(zone_offset_at(zone, utc(2026, 1, 15, 0, 0)), rows[i].january);
		CHECK_INT(zone_offset_at(zone, utc(2026, 7, 15, 0, 0)), rows[i].july);
		zone_free(zone);
	}
}

TEST(a_wrong_footer_is_refused)
{
	static const char *const footers[] = {
		"UTC", "7", "<+07-7", "CST6CDT", "CST6CDT,M3.2.0", "CST6CDT,M13.2.0,M11.1.0",
		"CST6CDT,M3.6.0,M11.1.0", "CST6CDT,M3.2.7,M11.1.0", "CST6CDT,J0,J300",
		"CST6CDT,J366,J300", "CST6CDT,M3.2.0,M11.1.0,", "CST168", "CST6:60",
		"CST25", "CST6CDT,M3.2.0/168,M11.1.0", "CST6CDT,M3", "CST6CDT,M3.",
	};
	char bytes[512];

	for (size_t i = 0; i < sizeof footers / sizeof footers[0]; i++) {
		struct error err = ERROR_INIT;
		struct zone *zone = NULL;
		size_t len = tzif(bytes, sizeof bytes, footers[i]);

		if (zone_parse(&zone, "Test/Zone", bytes, len, &err)) {
			fail_msg("taken: %s", footers[i]);
		}
		CHECK_INT(err.code, ERR_BAD_INPUT);
	}
}

TEST(a_cut_or_broken_file_is_refused_at_every_length)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;
	char *bytes;
	size_t len;

	CHECK_OK(file_read(&bytes, &len, "/usr/share/zoneinfo/America/Chicago",
		1 << 20, &err), err);
	for (size_t cut = 0; cut < len; cut++) {
		/* A cut file may still be whole where only the footer is gone. */
		if (zone_parse(&zone, "Cut", bytes, cut, &err)) {
			(void)zone_offset_at(zone, INT64_C(1795201800000));
			zone_free(zone);
			fail_msg("taken when cut to %zu of %zu bytes", cut, len);
		}
	}
	bytes[0] = 'X';
	CHECK_ERR(zone_parse(&zone, "X", bytes, len, &err), err, ERR_BAD_INPUT);
	free(bytes);
}

TEST(a_zone_that_counts_leap_seconds_is_refused)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;
	char bytes[512];
	size_t len = tzif(bytes, sizeof bytes, "UTC0");

	bytes[54 + 31] = 1; /* one leap second in the second header */
	memmove(bytes + 108 + 12, bytes + 108, len - 108);
	memset(bytes + 108, 0, 12);
	CHECK_ERR(zone_parse(&zone, "right/UTC", bytes, len + 12, &err), err,
		ERR_BAD_INPUT);
	CHECK(strstr(err.message, "leap") != NULL);
}

TEST(where_the_system_has_no_zones_vietnam_and_utc_are_known)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;

	CHECK_OK(zone_load_from(&zone, "/no/such/folder", "Asia/Ho_Chi_Minh", &err), err);
	CHECK_INT(zone_offset_at(zone, 0), 7 * HOUR);
	CHECK_INT(zone_offset_at(zone, INT64_C(1795201800000)), 7 * HOUR);
	CHECK_STR(zone_name(zone), "Asia/Ho_Chi_Minh");
	zone_free(zone);
	CHECK_OK(zone_load_from(&zone, "/no/such/folder", "UTC", &err), err);
	CHECK_INT(zone_offset_at(zone, 0), 0);
	zone_free(zone);
	CHECK_ERR(zone_load_from(&zone, "/no/such/folder", "Europe/London", &err), err,
		ERR_BAD_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(days_and_dates_go_there_and_back),
		RUN(known_moments_have_known_offsets),
		RUN(every_month_of_a_century_agrees_with_the_c_library),
		RUN(civil_time_has_all_its_parts),
		RUN(a_moment_goes_to_civil_time_and_back),
		RUN(a_time_that_does_not_exist_becomes_the_first_instant_after_it),
		RUN(a_time_that_exists_twice_gives_the_first),
		RUN(moments_at_the_end_of_time_do_not_overflow),
		RUN(a_name_that_leaves_the_folder_is_refused),
		RUN(the_rule_of_the_footer_is_read_in_all_its_forms),
		RUN(a_wrong_footer_is_refused),
		RUN(a_cut_or_broken_file_is_refused_at_every_length),
		RUN(a_zone_that_counts_leap_seconds_is_refused),
		RUN(where_the_system_has_no_zones_vietnam_and_utc_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
