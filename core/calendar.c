/* calendar.c owns the arithmetic of lawful spans: days, working days, hours. */
#include "core/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "core/when_private.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define HOME_OFFSET_MS (7 * HOUR_MS) /* Asia/Ho_Chi_Minh */
#define DAYS_MOST 3660

static const struct {
	const char *suffix;
	enum span_unit unit;
	int64_t each, most;
} units[] = {
	{ "m", SPAN_TIME, MINUTE_MS, 1000000 },
	{ "h", SPAN_TIME, HOUR_MS, 100000 },
	{ "d", SPAN_DAYS, 1, DAYS_MOST },
	{ "wd", SPAN_WORKING_DAYS, 1, DAYS_MOST },
};

bool
span_parse(struct span *out, const char *text, struct error *err)
{
	char *end = NULL;
	long long count = 0;

	if (strcmp(text, "now") == 0 || strcmp(text, "none") == 0) {
		*out = (struct span){ text[1] == 'o' && text[2] == 'w' ? SPAN_NOW : SPAN_NONE, 0 };
		return true;
	}
	if (text[0] >= '1' && text[0] <= '9') {
		count = strtoll(text, &end, 10);
	}
	for (size_t i = 0; end != NULL && i < sizeof units / sizeof *units; i++) {
		if (strcmp(end, units[i].suffix) == 0 && count <= units[i].most) {
			*out = (struct span){ units[i].unit, count * units[i].each };
			return true;
		}
	}
	return error_set(err, ERR_BAD_INPUT,
		_("\"%.40s\" is no span: it is now, none, minutes (90m), hours (24h), days (5d)"
		  " or working days (5wd)"), text);
}

void
span_say(struct buf *out, const struct span *span)
{
	switch (span->unit) {
	case SPAN_NOW:
		buf_adds(out, _("at once"));
		break;
	case SPAN_NONE:
		buf_adds(out, _("no fixed time"));
		break;
	case SPAN_TIME:
		if (span->count % HOUR_MS == 0) {
			buf_addf(out, _("%lld hours"), (long long)(span->count / HOUR_MS));
		} else {
			buf_addf(out, _("%lld minutes"), (long long)(span->count / MINUTE_MS));
		}
		break;
	case SPAN_DAYS:
		buf_addf(out, _("%lld days"), (long long)span->count);
		break;
	case SPAN_WORKING_DAYS:
		buf_addf(out, _("%lld working days"), (long long)span->count);
		break;
	}
}

/* The place of the day, or where it would be put. */
static int
place_of(const struct calendar *calendar, int64_t day)
{
	int from = 0;
	int to = calendar->count;

	while (from < to) {
		int middle = from + (to - from) / 2;

		if (calendar->days[middle].day < day) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	return from;
}

void
calendar_put(struct calendar *calendar, int64_t day, bool works)
{
	int i = place_of(calendar, day);

	if (i < calendar->count && calendar->days[i].day == day) {
		calendar->days[i].works = works;
		return;
	}
	if (calendar->count == calendar->cap) {
		calendar->cap = calendar->cap == 0 ? 32 : calendar->cap * 2;
		calendar->days = xrealloc(calendar->days,
			(size_t)calendar->cap * sizeof *calendar->days);
	}
	memmove(&calendar->days[i + 1], &calendar->days[i],
		(size_t)(calendar->count - i) * sizeof *calendar->days);
	calendar->days[i] = (struct calendar_day){ day, works };
	calendar->count++;
}

void
calendar_clear(struct calendar *calendar)
{
	free(calendar->days);
	*calendar = (struct calendar){ 0 };
}

int
calendar_weekday(int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((day + 4) % 7 + 7) % 7);
}

bool
calendar_works(const struct calendar *calendar, int64_t day)
{
	int weekday = calendar_weekday(day);

	if (calendar != NULL) {
		int i = place_of(calendar, day);

		if (i < calendar->count && calendar->days[i].day == day) {
			return calendar->days[i].works;
		}
	}
	return weekday != 0 && weekday != 6;
}

int64_t
calendar_day(const struct zone *zone, int64_t ms)
{
	struct civil c;

	if (zone == NULL) {
		int64_t local = ms + HOME_OFFSET_MS;

		return local / DAY_MS - (local % DAY_MS < 0);
	}
	c = zone_civil(zone, ms);
	return civil_days(c.year, c.month, c.day);
}

/* 00:00 of a day, the 24:00 of the one before. */
static int64_t
beginning(const struct zone *zone, int64_t day)
{
	struct civil c = { 0 };

	if (zone == NULL) {
		return day * DAY_MS - HOME_OFFSET_MS;
	}
	civil_from_days(day, &c.year, &c.month, &c.day);
	return zone_moment(zone, &c, NULL);
}

static int64_t
last_day(const struct calendar *calendar, int64_t first, const struct span *span)
{
	int64_t day = first;
	int64_t most = span->count * 2 + CALENDAR_SEARCH_MOST;
	int64_t left = span->count;

	if (span->unit == SPAN_DAYS) {
		day += span->count;
		left = calendar_works(calendar, day) ? 0 : 1;
	}
	for (; left > 0 && most > 0; most--) {
		day++;
		left -= calendar_works(calendar, day);
	}
	return day;
}

int64_t
calendar_end(const struct calendar *calendar, const struct zone *zone, int64_t start,
	const struct span *span)
{
	switch (span->unit) {
	case SPAN_NONE:
		return INT64_MAX;
	case SPAN_DAYS:
	case SPAN_WORKING_DAYS:
		return beginning(zone, last_day(calendar, calendar_day(zone, start), span) + 1);
	case SPAN_NOW:
	case SPAN_TIME:
		break;
	}
	return start + span->count;
}

bool
calendar_parse_day(int64_t *day, const char *typed, struct error *err)
{
	struct civil c = { .year = 2000 };
	bool has_year = false;

	if (when_date(typed, &c, &has_year) && has_year) {
		*day = civil_days(c.year, c.month, c.day);
		return true;
	}
	return error_set(err, ERR_BAD_INPUT,
		_("\"%.40s\" is no day: write 06/02/2027 or 2027-02-06"), typed);
}

void
calendar_iso(char out[CALENDAR_DAY_SIZE], int64_t day)
{
	int year, month, date;

	civil_from_days(day, &year, &month, &date);
	(void)snprintf(out, CALENDAR_DAY_SIZE, "%04d-%02d-%02d", (unsigned)year % 10000,
		(unsigned)month % 100, (unsigned)date % 100);
}

void
calendar_when(char out[CALENDAR_WHEN_SIZE], int64_t ms, const struct zone *zone)
{
	struct civil c = zone_civil(zone, ms);
	int year, month, date;

	if (c.hour != 0 || c.minute != 0 || c.second != 0 || c.milli != 0) {
		when_full(out, ms, zone);
		return;
	}
	civil_from_days(civil_days(c.year, c.month, c.day) - 1, &year, &month, &date);
	(void)snprintf(out, CALENDAR_WHEN_SIZE, "%02d/%02d/%04d 24:00", (unsigned)date % 100,
		(unsigned)month % 100, (unsigned)year % 10000);
}
