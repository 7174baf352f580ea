/* Whose turn it is, where clocks are put on and back: in Vietnam, which has not done
 * so since 1975, in Chicago, London, and on Lord Howe, whose summer is half an hour. */
#include "tests/test.h"

#include <stdio.h>

#include "core/rota.h"
#include "core/when.h"

#define MINUTE INT64_C(60000)
#define DAY (1440 * MINUTE)
#define FAR INT64_C(4102444800000) /* 2100 */

static struct zone *
load(const char *name)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;

	CHECK_OK(zone_load(&zone, name, &err), err);
	return zone;
}

static int64_t
utc(const char *text)
{
	struct error err = ERROR_INIT;
	int64_t ms = 0;

	CHECK_OK(when_from_rfc3339(&ms, text, &err), err);
	return ms;
}

static struct civil
local(const char *text)
{
	struct civil c = { 0 };

	CHECK_INT(sscanf(text, "%4d-%2d-%2dT%2d:%2d", &c.year, &c.month, &c.day, &c.hour,
		&c.minute), 5);
	return c;
}

static struct rota
rota_of(const struct zone *zone, enum rota_type type, int every, const char *start)
{
	return (struct rota){ .type = type, .every = every, .start = local(start),
		.zone = zone, .days = ROTA_ALL_DAYS, .people = 3, .begin = INT64_MIN,
		.end = INT64_MAX };
}

#define HCM "Asia/Ho_Chi_Minh"
#define CHICAGO "America/Chicago"
#define LONDON "Europe/London"
#define HOWE "Australia/Lord_Howe"

static const struct {
	const char *zone;
	enum rota_type type;
	int every;
	const char *start, *at; /* on the wall there; UTC */
	int index;
	const char *from, *until;
} turns[] = {
	{ HCM, ROTA_DAILY, 1, "2026-11-02T06:00", "2026-11-20T19:10:00Z", 0,
	  "2026-11-19T23:00:00Z", "2026-11-20T23:00:00Z" },
	{ HCM, ROTA_DAILY, 1, "2026-11-02T06:00", "2026-11-20T23:00:00Z", 1,
	  "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z" },
	{ HCM, ROTA_WEEKLY, 2, "2026-11-02T08:00", "2026-11-30T00:59:59Z", 1,
	  "2026-11-16T01:00:00Z", "2026-11-30T01:00:00Z" },
	{ HCM, ROTA_HOURLY, 8, "2026-11-02T06:00", "2026-11-02T07:00:00Z", 1,
	  "2026-11-02T07:00:00Z", "2026-11-02T15:00:00Z" },
	/* The 31st: February has none, March has it again. */
	{ HCM, ROTA_MONTHLY, 1, "2026-01-31T06:00", "2026-03-01T00:00:00Z", 1,
	  "2026-02-27T23:00:00Z", "2026-03-30T23:00:00Z" },
	{ HCM, ROTA_MONTHLY, 3, "2026-11-01T00:00", "2027-03-01T00:00:00Z", 1,
	  "2027-01-31T17:00:00Z", "2027-04-30T17:00:00Z" },
	/* 02:30 is not there on 8 March: the first instant after it is. */
	{ CHICAGO, ROTA_DAILY, 1, "2026-03-06T02:30", "2026-03-08T08:00:00Z", 2,
	  "2026-03-08T08:00:00Z", "2026-03-09T07:30:00Z" },
	{ CHICAGO, ROTA_DAILY, 1, "2026-03-06T02:30", "2026-03-08T07:59:00Z", 1,
	  "2026-03-07T08:30:00Z", "2026-03-08T08:00:00Z" },
	/* 01:30 is there twice on 1 November: the first counts. */
	{ CHICAGO, ROTA_DAILY, 1, "2026-10-30T01:30", "2026-11-01T06:30:00Z", 2,
	  "2026-11-01T06:30:00Z", "2026-11-02T07:30:00Z" },
	{ CHICAGO, ROTA_DAILY, 1, "2026-10-30T01:30", "2026-11-01T07:10:00Z", 2,
	  "2026-11-01T06:30:00Z", "2026-11-02T07:30:00Z" },
	{ CHICAGO, ROTA_DAILY, 1, "2026-10-30T01:30", "2026-11-01T06:29:00Z", 1,
	  "2026-10-31T06:30:00Z", "2026-11-01T06:30:00Z" },
	{ CHICAGO, ROTA_WEEKLY, 1, "2026-10-26T08:00", "2026-11-02T13:30:00Z", 0,
	  "2026-10-26T13:00:00Z", "2026-11-02T14:00:00Z" },
	/* Twelve hours by the wall are thirteen in that night, and eleven in March. */
	{ CHICAGO, ROTA_HOURLY, 12, "2026-10-31T06:00", "2026-11-01T11:59:00Z", 1,
	  "2026-10-31T23:00:00Z", "2026-11-01T12:00:00Z" },
	{ CHICAGO, ROTA_HOURLY, 12, "2026-03-07T06:00", "2026-03-08T10:59:00Z", 1,
	  "2026-03-08T00:00:00Z", "2026-03-08T11:00:00Z" },
	{ CHICAGO, ROTA_HOURLY, 1, "2026-11-01T00:00", "2026-11-01T07:30:00Z", 1,
	  "2026-11-01T06:00:00Z", "2026-11-01T08:00:00Z" },
	{ LONDON, ROTA_DAILY, 1, "2026-03-27T01:30", "2026-03-29T01:00:00Z", 2,
	  "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z" },
	{ LONDON, ROTA_DAILY, 1, "2026-10-23T01:30", "2026-10-25T01:29:00Z", 2,
	  "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z" },
	{ LONDON, ROTA_MONTHLY, 1, "2026-03-15T09:00", "2026-04-15T08:00:00Z", 1,
	  "2026-04-15T08:00:00Z", "2026-05-15T08:00:00Z" },
	{ HOWE, ROTA_DAILY, 1, "2026-10-02T02:15", "2026-10-03T15:30:00Z", 2,
	  "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z" },
	{ HOWE, ROTA_DAILY, 1, "2026-04-03T01:45", "2026-04-04T15:10:00Z", 2,
	  "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z" },
};

TEST(a_turn_is_handed_over_by_the_clock_on_the_wall)
{
	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
		struct zone *zone = load(turns[i].zone);
		struct rota rota = rota_of(zone, turns[i].type, turns[i].every, turns[i].start);
		struct rota_turn turn = rota_at(&rota, utc(turns[i].at));

		if (!turn.on || turn.index != turns[i].index ||
		    turn.from != utc(turns[i].from) || turn.until != utc(turns[i].until)) {
			fail_msg("row %zu: on %d, %d, %lld to %lld", i, turn.on, turn.index,
				(long long)turn.from, (long long)turn.until);
		}
		zone_free(zone);
	}
}

static const struct {
	const char *zone;
	unsigned days;
	int from, to; /* minutes */
	const char *at;
	bool on;
	const char *begins, *ends; /* on; else ends is when they begin again */
} hours[] = {
	{ HCM, ROTA_ALL_DAYS, 18 * 60, 6 * 60, "2026-11-20T19:10:00Z", true,
	  "2026-11-20T11:00:00Z", "2026-11-20T23:00:00Z" },
	{ HCM, ROTA_ALL_DAYS, 18 * 60, 6 * 60, "2026-11-20T23:00:00Z", false, "",
	  "2026-11-21T11:00:00Z" },
	/* Monday to Friday: a Friday's night ends on Saturday. */
	{ HCM, 0x1f, 18 * 60, 6 * 60, "2026-11-20T22:00:00Z", true,
	  "2026-11-20T11:00:00Z", "2026-11-20T23:00:00Z" },
	{ HCM, 0x1f, 18 * 60, 6 * 60, "2026-11-21T22:00:00Z", false, "",
	  "2026-11-23T11:00:00Z" },
	{ HCM, 0x1f, 0, 0, "2026-11-18T05:00:00Z", true,
	  "2026-11-15T17:00:00Z", "2026-11-20T17:00:00Z" },
	{ HCM, 0x60, 0, 0, "2026-11-20T17:00:00Z", true,
	  "2026-11-20T17:00:00Z", "2026-11-22T17:00:00Z" },
	/* In autumn hours end with the second of two, and begin with the first. */
	{ CHICAGO, ROTA_ALL_DAYS, 18 * 60, 90, "2026-11-01T07:00:00Z", true,
	  "2026-10-31T23:00:00Z", "2026-11-01T07:30:00Z" },
	{ CHICAGO, ROTA_ALL_DAYS, 90, 9 * 60, "2026-11-01T06:30:00Z", true,
	  "2026-11-01T06:30:00Z", "2026-11-01T15:00:00Z" },
	/* In spring the end that is not there is the first instant after it. */
	{ CHICAGO, ROTA_ALL_DAYS, 18 * 60, 150, "2026-03-08T07:59:00Z", true,
	  "2026-03-08T00:00:00Z", "2026-03-08T08:00:00Z" },
	{ CHICAGO, ROTA_ALL_DAYS, 150, 9 * 60, "2026-03-08T08:00:00Z", true,
	  "2026-03-08T08:00:00Z", "2026-03-08T14:00:00Z" },
	{ LONDON, ROTA_ALL_DAYS, 20 * 60, 90, "2026-10-25T01:20:00Z", true,
	  "2026-10-24T19:00:00Z", "2026-10-25T01:30:00Z" },
	{ LONDON, ROTA_ALL_DAYS, 90, 8 * 60, "2026-03-29T01:00:00Z", true,
	  "2026-03-29T01:00:00Z", "2026-03-29T07:00:00Z" },
	{ HOWE, ROTA_ALL_DAYS, 20 * 60, 105, "2026-04-04T15:10:00Z", true,
	  "2026-04-04T09:00:00Z", "2026-04-04T15:15:00Z" },
	{ HOWE, ROTA_ALL_DAYS, 135, 8 * 60, "2026-10-03T15:30:00Z", true,
	  "2026-10-03T15:30:00Z", "2026-10-03T21:00:00Z" },
};

TEST(hours_begin_with_the_first_and_end_with_the_last_that_clocks_show)
{
	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
		struct zone *zone = load(hours[i].zone);
		struct rota rota = rota_of(zone, ROTA_FIXED, 1, "2020-01-01T00:00");
		struct rota_turn turn;

		rota.days = hours[i].days;
		rota.from_clock = hours[i].from;
		rota.to_clock = hours[i].to;
		turn = rota_at(&rota, utc(hours[i].at));
		if (turn.on != hours[i].on || turn.until != utc(hours[i].ends) ||
		    (turn.on && turn.from != utc(hours[i].begins))) {
			fail_msg("row %zu: on %d, %lld to %lld", i, turn.on,
				(long long)turn.from, (long long)turn.until);
		}
		zone_free(zone);
	}
}

/* Two rotations that share the day between them leave no minute of a year out; each
 * answer holds from its beginning to its end, and steps by it lose nothing. */
static void
check_year(const char *name, int from, int to)
{
	struct zone *zone = load(name);
	struct rota day = rota_of(zone, ROTA_DAILY, 1, "2025-12-01T00:00");
	struct rota night = day;
	int64_t end = utc("2027-01-01T00:00:00Z");

	day.from_clock = night.to_clock = from;
	day.to_clock = night.from_clock = to;
	for (int64_t t = utc("2026-01-01T00:00:00Z"); t < end; t += 15 * MINUTE) {
		struct rota_turn a = rota_at(&day, t), b = rota_at(&night, t);
		const struct rota_turn *one = a.on ? &a : &b;

		if (!a.on && !b.on) {
			fail_msg("%s %d-%d: nobody at %lld", name, from, to, (long long)t);
		}
		CHECK(one->from <= t && t < one->until);
		CHECK(a.until > t && b.until > t);
		if (t % DAY == 0) {
			const struct rota *of = a.on ? &day : &night;

			CHECK_INT(rota_at(of, one->until - 1).index, one->index);
			CHECK_INT(rota_at(of, one->from).index, one->index);
		}
	}
	zone_free(zone);
}

TEST(no_minute_of_a_year_is_without_somebody)
{
	static const char *const zones[] = { HCM, CHICAGO, LONDON, HOWE };
	static const int clocks[][2] = { { 360, 1080 }, { 90, 810 }, { 150, 870 }, { 105, 825 } };

	for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
		for (size_t c = 0; c < sizeof clocks / sizeof *clocks; c++) {
			check_year(zones[z], clocks[c][0], clocks[c][1]);
		}
	}
}

TEST(a_clock_that_jumps_back_or_far_ahead_finds_somebody_at_once)
{
	struct zone *zone = load(CHICAGO);
	struct rota rota = rota_of(zone, ROTA_WEEKLY, 1, "2026-01-05T06:00");
	int64_t at = utc("2026-11-21T19:10:00Z");
	int index = rota_at(&rota, at).index;

	CHECK(rota_at(&rota, at - 60 * MINUTE).on);
	CHECK_INT(rota_at(&rota, at - 60 * MINUTE).index, index);
	CHECK(rota_at(&rota, at + DAY).on);
	CHECK(rota_at(&rota, FAR).on);
	CHECK_INT(rota_at(&rota, at + 3 * 7 * DAY).index, index);
	zone_free(zone);
}

TEST(nobody_is_on_before_the_first_handoff_or_outside_of_the_days)
{
	struct zone *zone = load(HCM);
	struct rota rota = rota_of(zone, ROTA_DAILY, 1, "2026-11-02T06:00");
	int64_t first = utc("2026-11-01T23:00:00Z");

	CHECK(!rota_at(&rota, first - 1).on);
	CHECK_INT(rota_at(&rota, first - 1).until, first);
	CHECK(rota_at(&rota, first).on);
	rota.begin = first + DAY;
	rota.end = first + 2 * DAY;
	CHECK_INT(rota_at(&rota, first).until, first + DAY);
	CHECK_INT(rota_at(&rota, first + DAY).index, 1);
	CHECK_INT(rota_at(&rota, first + DAY).until, rota.end);
	CHECK(!rota_at(&rota, rota.end).on);
	CHECK(rota_at(&rota, rota.end).until == INT64_MAX);
	rota.people = 0;
	CHECK(!rota_at(&rota, first + DAY).on);
	zone_free(zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_turn_is_handed_over_by_the_clock_on_the_wall),
		RUN(hours_begin_with_the_first_and_end_with_the_last_that_clocks_show),
		RUN(no_minute_of_a_year_is_without_somebody),
		RUN(a_clock_that_jumps_back_or_far_ahead_finds_somebody_at_once),
		RUN(nobody_is_on_before_the_first_handoff_or_outside_of_the_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
