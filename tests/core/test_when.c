/* Times as people type them, in the desk's zone, seen from a fixed now. */
#include "tests/test.h"

#include <stdio.h>

#include "core/when.h"

/* Saturday 21/11/2026 02:10:05.500 in Vietnam. */
#define NOW INT64_C(1795201805500)
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static struct zone *vietnam;
static struct zone *chicago;

/* The moment as RFC 3339 in Vietnam, or the error's first word. */
static const char *
read_as(const char *typed, enum when_sense sense, int64_t now,
	const struct zone *zone)
{
	static char out[WHEN_RFC3339_SIZE];
	struct error err = ERROR_INIT;
	int64_t ms;

	if (!when_parse(&ms, typed, sense, now, zone, &err)) {
		CHECK_INT(err.code, ERR_BAD_INPUT);
		CHECK(err.message[0] != '\0');
		return strstr(err.message, "ahead") != NULL ? "ahead" : "bad";
	}
	when_rfc3339(out, ms, zone);
	out[19] = '\0';
	return out;
}

TEST(what_happened_is_the_latest_such_time)
{
	static const char *const rows[][2] = {
		{ "now", "2026-11-21T02:10:05" },
		{ "  now ", "2026-11-21T02:10:05" },
		{ "-15m", "2026-11-21T01:55:05" },
		{ "-2h", "2026-11-21T00:10:05" },
		{ "-3d", "2026-11-18T02:10:05" },
		{ "-90s", "2026-11-21T02:08:35" },
		{ "-1h30", "2026-11-21T00:40:05" },
		{ "-15ph", "2026-11-21T01:55:05" },
		{ "02:10", "2026-11-21T02:10:00" },
		{ "2:10", "2026-11-21T02:10:00" },
		{ "02:11", "2026-11-20T02:11:00" },
		{ "14:30", "2026-11-20T14:30:00" },
		{ "14:30:59", "2026-11-20T14:30:59" },
		{ "14h30", "2026-11-20T14:30:00" },
		{ "14g30", "2026-11-20T14:30:00" },
		{ "14h", "2026-11-20T14:00:00" },
		{ "2H05", "2026-11-21T02:05:00" },
		{ "00:00", "2026-11-21T00:00:00" },
		{ "20/11 14:30", "2026-11-20T14:30:00" },
		{ "14:30 20/11", "2026-11-20T14:30:00" },
		{ "20/11   14:30", "2026-11-20T14:30:00" },
		{ "21/11 14:30", "2025-11-21T14:30:00" },
		{ "31/12 23:59", "2025-12-31T23:59:00" },
		{ "29/2 12:00", "2024-02-29T12:00:00" },
		{ "21/11/2026 02:00", "2026-11-21T02:00:00" },
		{ "1/1/2026 7h30", "2026-01-01T07:30:00" },
		{ "21/11/26 02:00", "2026-11-21T02:00:00" },
		{ "20-11-2026 14:30", "2026-11-20T14:30:00" },
		{ "20.11.2026 14:30", "2026-11-20T14:30:00" },
		{ "2026-11-20 14:30", "2026-11-20T14:30:00" },
		{ "20/11", "2026-11-20T00:00:00" },
		{ "20/11/2026", "2026-11-20T00:00:00" },
		{ "2026-11-20T14:30:00+07:00", "2026-11-20T14:30:00" },
		{ "2026-11-20T14:30:00Z", "2026-11-20T21:30:00" },
		{ "2026-11-20t14:30:00.999z", "2026-11-20T21:30:00" },
		/* A little ahead is another machine's clock. */
		{ "21/11/2026 02:15", "2026-11-21T02:15:00" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_STR(read_as(rows[i][0], WHEN_PAST, NOW, vietnam), rows[i][1]);
	}
}

TEST(what_is_due_is_the_next_such_time)
{
	static const char *const rows[][2] = {
		{ "+2h", "2026-11-21T04:10:05" },
		{ "+3d", "2026-11-24T02:10:05" },
		{ "+1h30", "2026-11-21T03:40:05" },
		{ "02:10", "2026-11-22T02:10:00" },
		{ "02:11", "2026-11-21T02:11:00" },
		{ "14:30", "2026-11-21T14:30:00" },
		{ "21/11 14:30", "2026-11-21T14:30:00" },
		{ "20/9 14:30", "2027-09-20T14:30:00" },
		{ "20/11/2027 14:30", "2027-11-20T14:30:00" },
		{ "29/2 12:00", "2028-02-29T12:00:00" },
		{ "22/11", "2026-11-22T23:59:00" },
		{ "22/11/2027", "2027-11-22T23:59:00" },
		/* As it is said, also without marks and decomposed. */
		{ "7h", "2026-11-21T07:00:00" },
		{ "7g30", "2026-11-21T07:30:00" },
		{ "7 giờ", "2026-11-21T07:00:00" },
		{ "7giờ30", "2026-11-21T07:30:00" },
		{ "7 giờ 30", "2026-11-21T07:30:00" },
		{ "7 gio 30 phut", "2026-11-21T07:30:00" },
		{ "7 giờ 5 phút", "2026-11-21T07:05:00" },
		{ "lúc 7 giờ rưỡi", "2026-11-21T07:30:00" },
		{ "trước 7h sáng", "2026-11-21T07:00:00" },
		{ "2:30 chiều", "2026-11-21T14:30:00" },
		{ "8 gio\xcc\x9b\xcc\x80 tối", "2026-11-21T20:00:00" },
		{ "7 giờ 22/11", "2026-11-22T07:00:00" },
		{ "22/11 7 giờ 30", "2026-11-22T07:30:00" },
		{ "+2 giờ", "2026-11-21T04:10:05" },
		{ "+30 phút", "2026-11-21T02:40:05" },
		{ "-15m", "2026-11-21T01:55:05" },
		{ "20/11/2026 14:30", "2026-11-20T14:30:00" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_STR(read_as(rows[i][0], WHEN_DUE, NOW, vietnam), rows[i][1]);
	}
}

TEST(what_happened_cannot_lie_ahead)
{
	static const char *const rows[] = {
		"+2h", "+1m", "21/12/2026 14:30", "22/11/2026", "2026-11-21T03:00:00+07:00",
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_STR(read_as(rows[i], WHEN_PAST, NOW, vietnam), "ahead");
	}
}

TEST(what_is_due_is_neither_lately_past_nor_a_slip_of_the_year)
{
	static const char *const past[] = { "20/11 14:30", "20/11", "21/11 01:00", "25/9" };
	static const char *const far[] = { "2999-01-01", "01/01/2999 07:00", "+9999d",
		"2999-01-01T00:00:00Z" };
	struct error err = ERROR_INIT;
	int64_t ms;

	for (size_t i = 0; i < sizeof past / sizeof past[0]; i++) {
		CHECK(!when_parse(&ms, past[i], WHEN_DUE, NOW, vietnam, &err));
		CHECK(strstr(err.message, "is past") != NULL);
	}
	for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
		CHECK(!when_parse(&ms, far[i], WHEN_DUE, NOW, vietnam, &err));
		CHECK(strstr(err.message, "ten years") != NULL);
	}
}

TEST(words_behind_a_time_are_not_a_half_of_it)
{
	struct error err = ERROR_INIT;
	const char *rest;
	int64_t ms;

	CHECK_OK(when_parse_head(&ms, &rest, "22/11 07:00, the counters open", WHEN_DUE, NOW,
		vietnam, &err), err);
	CHECK_STR(rest, "the counters open");
	CHECK(!when_parse_head(&ms, &rest, "22/11 07:00the counters", WHEN_DUE, NOW, vietnam,
		&err));
	CHECK(!when_parse_head(&ms, &rest, "07:00 22/11the counters", WHEN_DUE, NOW, vietnam,
		&err));
	CHECK_OK(when_parse_head(&ms, &rest, "07:00 12 counters", WHEN_DUE, NOW, vietnam,
		&err), err);
}

TEST(yesterday_is_told_the_forms_of_a_time)
{
	struct error err = ERROR_INIT;
	int64_t ms;

	CHECK(!when_parse(&ms, "yesterday", WHEN_DUE, NOW, vietnam, &err));
	CHECK(strstr(err.message, "14:30") != NULL);
	CHECK(strstr(err.message, "RFC") == NULL);
}

TEST(what_is_no_time_is_refused)
{
	static const char *const rows[] = {
		"", " ", "-", "+", "noon", "24:00", "14:60", "14:5", "1430", "14:30:60",
		"14:30x", "14h3", "h30", ":30", "31/02/2026 10:00", "29/2/2026 10:00",
		"30/2 10:00", "0/1/2026 10:00", "1/13/2026 10:00", "21/11/ 10:00",
		"21/11/2026 10:00 x", "21//11 10:00", "21/11-2026 10:00", "26-11-21 10:00",
		"-5", "-5x", "--5m", "-5m ago", "-99999999999m", "-9999999w", "+9999999w",
		"14 giờ 3", "4G", "25 giờ", "giờ", "7 giờ 75 phút", "7 giờ mai",
		"2026-11-21T14:30", "2026-11-21T14:30:00", "2026-11-21T14:30:00+7",
		"2026-13-21T14:30:00Z", "2026-02-30T14:30:00Z", "2026-11-21T25:30:00Z",
		"2026-11-21T14:30:00.Z", "2026-11-21T14:30:00ZZ", "T", "14:30 15:30",
		"21/11/2026 14:30 21/11/2026 14:30 21/11/2026 14:30 21/11/2026 14:30",
		"\xff\xff", "\x1b[2J", "21/11/0026 10:00", "21/11/99999 10:00",
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *was = read_as(rows[i], WHEN_DUE, NOW, vietnam);

		if (strcmp(was, "bad") != 0) {
			fail_msg("\"%s\" was taken as %s", rows[i], was);
		}
	}
}

TEST(a_refusal_shows_what_was_typed_without_controls_and_cut_whole)
{
	struct error err = ERROR_INIT;
	int64_t ms;

	CHECK_ERR(when_parse(&ms, "\x1b[2Jmai", WHEN_DUE, NOW, vietnam, &err), err,
		ERR_BAD_INPUT);
	CHECK(strncmp(err.message, "\"[2Jmai\" is no time", 19) == 0);
	CHECK_ERR(when_parse(&ms, "ngày mai ngày mai ngày mai ngày mai ngày mai ngày mai ngày"
		" mai ế", WHEN_DUE, NOW, vietnam, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "…\" is no time") != NULL);
	for (int i = 0; i < 8; i++) {
		char long_text[100] = "ếếếếếếếếếếếếếếếếếếếếếếếếếếế";

		memmove(long_text + i, long_text, 82);
		memset(long_text, 'a', (size_t)i);
		CHECK_ERR(when_parse(&ms, long_text, WHEN_DUE, NOW, vietnam, &err), err,
			ERR_BAD_INPUT);
		/* Each byte of "ế" or "…" that begins a character is followed by two. */
		for (const char *p = err.message; *p != '\0'; ) {
			size_t n = (unsigned char)*p < 0x80 ? 1 : 3;

			CHECK(n == 1 || (((unsigned char)p[1] & 0xc0) == 0x80
				&& ((unsigned char)p[2] & 0xc0) == 0x80));
			p += n;
		}
	}
}

TEST(summer_time_is_the_zones_business)
{
	/* Sunday 8/3/2026 12:00 in Chicago; 02:30 was not there that day. */
	int64_t now = INT64_C(1772989200000);

	CHECK_STR(read_as("02:30", WHEN_PAST, now, chicago), "2026-03-08T03:00:00");
	CHECK_STR(read_as("01:30", WHEN_PAST, now, chicago), "2026-03-08T01:30:00");
	CHECK_STR(read_as("-12h", WHEN_PAST, now, chicago), "2026-03-07T23:00:00");
	CHECK_STR(read_as("14:00", WHEN_PAST, now, chicago), "2026-03-07T14:00:00");
}

TEST(utc_is_written_with_z_and_three_digits)
{
	char text[WHEN_RFC3339_SIZE];

	when_utc(text, INT64_C(1795000000007));
	CHECK_STR(text, "2026-11-18T11:06:40.007Z");
	when_utc(text, 0);
	CHECK_STR(text, "1970-01-01T00:00:00.000Z");
}

TEST(rfc3339_goes_there_and_back)
{
	struct error err = ERROR_INIT;
	char text[WHEN_RFC3339_SIZE];
	int64_t ms;

	when_rfc3339(text, NOW, vietnam);
	CHECK_STR(text, "2026-11-21T02:10:05.500+07:00");
	CHECK_OK(when_from_rfc3339(&ms, text, &err), err);
	CHECK_INT(ms, NOW);
	when_rfc3339(text, NOW, chicago);
	CHECK_STR(text, "2026-11-20T13:10:05.500-06:00");
	CHECK_OK(when_from_rfc3339(&ms, text, &err), err);
	CHECK_INT(ms, NOW);
	CHECK_OK(when_from_rfc3339(&ms, "2026-11-20T19:10:05.5009999Z", &err), err);
	CHECK_INT(ms, NOW);
	CHECK_OK(when_from_rfc3339(&ms, "2016-12-31T23:59:60Z", &err), err);
	CHECK_INT(ms, INT64_C(1483228800000));
	CHECK_ERR(when_from_rfc3339(&ms, "14:30", &err), err, ERR_BAD_INPUT);
}

TEST(an_offset_with_seconds_is_written_so_that_it_reads_back)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;
	char text[WHEN_RFC3339_SIZE];
	int64_t then = INT64_C(100000); /* Monrovia was 44 min 30 s behind until 1972 */
	int64_t back;

	CHECK_OK(zone_load(&zone, "Africa/Monrovia", &err), err);
	CHECK(zone_offset_at(zone, then) % 60 != 0);
	when_rfc3339(text, then + DAY, zone);
	CHECK_OK(when_from_rfc3339(&back, text, &err), err);
	CHECK_INT(back, then + DAY);
	zone_free(zone);
}

TEST(times_are_shown_short_and_whole)
{
	char out[WHEN_SHORT_SIZE];

	when_clock(out, NOW, vietnam);
	CHECK_STR(out, "02:10");
	when_day(out, NOW, vietnam);
	CHECK_STR(out, "21/11");
	when_full(out, NOW, vietnam);
	CHECK_STR(out, "21/11/2026 02:10");
	when_near(out, NOW - 2 * HOUR, NOW, vietnam);
	CHECK_STR(out, "00:10");
	when_near(out, NOW - 3 * HOUR, NOW, vietnam);
	CHECK_STR(out, "20/11 23:10");
	when_near(out, NOW - 400 * DAY, NOW, vietnam);
	CHECK_STR(out, "17/10/2025 02:10");
	/* The same day of another month is another day. */
	when_near(out, NOW - 31 * DAY, NOW, vietnam);
	CHECK_STR(out, "21/10 02:10");
}

TEST(spans_are_in_the_words_of_the_language)
{
	static const struct {
		int64_t ms;
		const char *vi, *en;
	} rows[] = {
		{ 0, "0ph", "0m" }, { MINUTE - 1, "0ph", "0m" },
		{ 12 * MINUTE, "12ph", "12m" }, { HOUR - 1, "59ph", "59m" },
		{ HOUR, "1g00", "1h00" }, { HOUR + 10 * MINUTE, "1g10", "1h10" },
		{ 21 * HOUR + 50 * MINUTE, "21g50", "21h50" },
		{ DAY, "1ng", "1d" }, { DAY + 4 * HOUR, "1ng04", "1d04" },
		{ 3 * DAY, "3ng", "3d" }, { 9 * DAY + 23 * HOUR, "9ng23", "9d23" },
		{ 12 * DAY + 5 * HOUR, "12ng", "12d" }, { 400 * DAY, "400ng", "400d" },
	};
	char out[WHEN_SHORT_SIZE];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		when_span(out, rows[i].ms, "vi");
		CHECK_STR(out, rows[i].vi);
		when_span(out, rows[i].ms, "en");
		CHECK_STR(out, rows[i].en);
	}
	when_span(out, INT64_MAX, "vi");
	CHECK_STR(out, "106751991167ng");
}

TEST(what_is_due_is_said_as_late_or_to_come)
{
	char out[32];

	when_due(out, NOW - 12 * MINUTE, NOW, "vi");
	CHECK_STR(out, "quá 12ph");
	when_due(out, NOW + 18 * MINUTE, NOW, "vi");
	CHECK_STR(out, "còn 18ph");
	when_due(out, NOW - 12 * MINUTE, NOW, "en");
	CHECK_STR(out, "12m LATE");
	when_due(out, NOW + 18 * MINUTE, NOW, "en");
	CHECK_STR(out, "in 18m");
	when_due(out, NOW, NOW, "en");
	CHECK_STR(out, "in 0m");
	when_due(out, INT64_MAX, NOW, "vi");
	CHECK_STR(out, "-");
}

TEST(spans_are_read_in_every_form_that_is_written)
{
	static const struct {
		const char *typed;
		int64_t ms;
	} rows[] = {
		{ "15m", 15 * MINUTE }, { "2h", 2 * HOUR }, { "3d", 3 * DAY },
		{ "90s", 90000 }, { "1w", 7 * DAY }, { "1h30m", 90 * MINUTE },
		{ "1h10", 70 * MINUTE }, { "1g10", 70 * MINUTE }, { "12ph", 12 * MINUTE },
		{ "3ng", 3 * DAY }, { "1ng04", 28 * HOUR }, { "1d04", 28 * HOUR },
		{ "0m", 0 }, { "15M", 15 * MINUTE }, { "PT15M", 15 * MINUTE },
		{ "P1DT2H3M4S", DAY + 2 * HOUR + 3 * MINUTE + 4000 }, { "P2W", 14 * DAY },
	};
	static const char *const bad[] = {
		"", "15", "m", "-15m", "15x", "15m5", "P", "PT", "P1H", "PT1D",
		"P1DT", "PT1MT1S", "1.5h", "9999999w", "P9999999W", "1h ",
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		int64_t ms = -1;

		CHECK_OK(when_parse_span(&ms, rows[i].typed, &err), err);
		CHECK_INT(ms, rows[i].ms);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct error err = ERROR_INIT;
		int64_t ms = -1;

		if (when_parse_span(&ms, bad[i], &err)) {
			fail_msg("\"%s\" was taken as %lld", bad[i], (long long)ms);
		}
		CHECK_INT(err.code, ERR_BAD_INPUT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_happened_is_the_latest_such_time),
		RUN(what_is_due_is_the_next_such_time),
		RUN(what_happened_cannot_lie_ahead),
		RUN(what_is_due_is_neither_lately_past_nor_a_slip_of_the_year),
		RUN(words_behind_a_time_are_not_a_half_of_it),
		RUN(yesterday_is_told_the_forms_of_a_time),
		RUN(what_is_no_time_is_refused),
		RUN(a_refusal_shows_what_was_typed_without_controls_and_cut_whole),
		RUN(summer_time_is_the_zones_business),
		RUN(utc_is_written_with_z_and_three_digits),
		RUN(rfc3339_goes_there_and_back),
		RUN(an_offset_with_seconds_is_written_so_that_it_reads_back),
		RUN(times_are_shown_short_and_whole),
		RUN(spans_are_in_the_words_of_the_language),
		RUN(what_is_due_is_said_as_late_or_to_come),
		RUN(spans_are_read_in_every_form_that_is_written),
	};
	struct error err = ERROR_INIT;
	int failed;

	if (!zone_load(&vietnam, "Asia/Ho_Chi_Minh", &err)
			|| !zone_load(&chicago, "America/Chicago", &err)) {
		return 1;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	zone_free(vietnam);
	zone_free(chicago);
	return failed;
}
