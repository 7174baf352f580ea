/* when_format.c prints times and spans for people and for scripts. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/when.h"

#define MINUTE 60000LL
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

void
when_rfc3339(char out[WHEN_RFC3339_SIZE], int64_t ms, const struct zone *zone)
{
	/* The form has no seconds of offset (local mean times before 1911). */
	struct civil c = zone_civil(zone, ms - zone_offset_at(zone, ms) % 60 * 1000LL);
	int offset = c.offset < 0 ? -c.offset : c.offset;

	(void)snprintf(out, WHEN_RFC3339_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d",
		c.year, c.month, c.day, c.hour, c.minute, c.second, c.milli,
		c.offset < 0 ? '-' : '+', offset / 3600 % 100, offset / 60 % 60);
}

void
when_utc(char out[WHEN_RFC3339_SIZE], int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	char day[WHEN_RFC3339_SIZE];
	struct tm utc;

	(void)gmtime_r(&seconds, &utc);
	(void)strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc);
	(void)snprintf(out, WHEN_RFC3339_SIZE, "%.24s.%03dZ", day, (int)(ms % 1000));
}

void
when_clock(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone)
{
	struct civil c = zone_civil(zone, ms);

	(void)snprintf(out, WHEN_SHORT_SIZE, "%02d:%02d", c.hour, c.minute);
}

void
when_day(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone)
{
	struct civil c = zone_civil(zone, ms);

	(void)snprintf(out, WHEN_SHORT_SIZE, "%02d/%02d", c.day, c.month);
}

void
when_whole_day(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone)
{
	struct civil c = zone_civil(zone, ms);

	(void)snprintf(out, WHEN_SHORT_SIZE, "%02d/%02d/%04d", c.day, c.month, c.year);
}

void
when_full(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone)
{
	struct civil c = zone_civil(zone, ms);

	(void)snprintf(out, WHEN_SHORT_SIZE, "%02d/%02d/%04d %02d:%02d", c.day, c.month,
		c.year, c.hour, c.minute);
}

void
when_near(char out[WHEN_SHORT_SIZE], int64_t ms, int64_t now, const struct zone *zone)
{
	struct civil c = zone_civil(zone, ms);
	struct civil n = zone_civil(zone, now);

	if (c.year != n.year) {
		when_full(out, ms, zone);
	} else if (c.month == n.month && c.day == n.day) {
		when_clock(out, ms, zone);
	} else {
		(void)snprintf(out, WHEN_SHORT_SIZE, "%02d/%02d %02d:%02d", c.day, c.month,
			c.hour, c.minute);
	}
}

void
when_span(char out[WHEN_SHORT_SIZE], int64_t ms, const char *language)
{
	bool vi = strcmp(language, "vi") == 0;
	long long minutes = ms / MINUTE;

	if (ms < HOUR) {
		(void)snprintf(out, WHEN_SHORT_SIZE, "%lld%s", minutes, vi ? "ph" : "m");
	} else if (ms < DAY) {
		(void)snprintf(out, WHEN_SHORT_SIZE, "%lld%s%02lld", minutes / 60,
			vi ? "g" : "h", minutes % 60);
	} else if (ms < 10 * DAY && ms % DAY >= HOUR) {
		/* A lawful clock of 1d22 is not one of 1d. */
		(void)snprintf(out, WHEN_SHORT_SIZE, "%lld%s%02lld", (long long)(ms / DAY),
			vi ? "ng" : "d", (long long)(ms % DAY / HOUR));
	} else {
		(void)snprintf(out, WHEN_SHORT_SIZE, "%lld%s", (long long)(ms / DAY),
			vi ? "ng" : "d");
	}
}

void
when_due(char out[32], int64_t due, int64_t now, const char *language)
{
	bool vi = strcmp(language, "vi") == 0;
	char span[WHEN_SHORT_SIZE];

	if (due == INT64_MAX) {
		(void)snprintf(out, 32, "-");
		return;
	}
	when_span(span, due < now ? now - due : due - now, language);
	if (due < now) {
		(void)snprintf(out, 32, vi ? "quá %s" : "%s LATE", span);
	} else {
		(void)snprintf(out, 32, vi ? "còn %s" : "in %s", span);
	}
}
