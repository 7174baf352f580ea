/* when.h - times as people type and read them (CLI.md TIME). */
#ifndef CORE_WHEN_H
#define CORE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/zone.h"

enum when_sense {
	WHEN_PAST, /* what has happened: 14:30 is the latest one not after now */
	WHEN_DUE,  /* what is due: 14:30 is the next one; +2h is allowed */
};

/* now, -15m, -2h, -3d, 14:30, 21/11 14:30, 21/11/2026 14:30 (also d/m/yyyy,
 * dd-mm-yyyy, yyyy-mm-dd, 7h30, 14h, 7 giờ 30, 2 giờ chiều), RFC 3339.
 * Milliseconds UTC.  A day alone is its beginning, for what is due its end.  What
 * happened may not lie more than five minutes ahead; what is due not more than ten
 * years, and a day without a year not in the last sixty days. */
bool when_parse(int64_t *out, const char *typed, enum when_sense sense,
	int64_t now, const struct zone *zone, struct error *err);
/* The time at the head of what was typed, with other words behind it ("7 giờ, the
 * counters open"): *rest points at them. */
bool when_parse_head(int64_t *out, const char **rest, const char *typed,
	enum when_sense sense, int64_t now, const struct zone *zone, struct error *err);

#define WHEN_RFC3339_SIZE 40
/* RFC 3339 with milliseconds and the zone's offset. */
void when_rfc3339(char out[WHEN_RFC3339_SIZE], int64_t ms, const struct zone *zone);
/* The same in UTC, with Z: what CACAO and STIX want. */
void when_utc(char out[WHEN_RFC3339_SIZE], int64_t ms);
/* RFC 3339 of any offset back to milliseconds. */
bool when_from_rfc3339(int64_t *out, const char *text, struct error *err);

#define WHEN_SHORT_SIZE 24
/* 14:07 */
void when_clock(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone);
/* 25/08 */
void when_day(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone);
/* 25/08/2026 */
void when_whole_day(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone);
/* 25/08/2026 14:07 */
void when_full(char out[WHEN_SHORT_SIZE], int64_t ms, const struct zone *zone);
/* 14:07 if on now's day, else 25/08 14:07, else with the year. */
void when_near(char out[WHEN_SHORT_SIZE], int64_t ms, int64_t now, const struct zone *zone);

/* How long, in the words of labels.md: vi "12ph" "1g10" "1ng04" "3ng", en "12m"
 * "1h10" "1d04" "3d" (hours up to ten days).  Never negative: give the absolute value. */
void when_span(char out[WHEN_SHORT_SIZE], int64_t ms, const char *language);
/* vi "quá 12ph" "còn 18ph", en "12m LATE" "in 18m"; "-" when due is INT64_MAX. */
void when_due(char out[32], int64_t due, int64_t now, const char *language);

/* "15m", "2h", "3d", "90s", "1h10", vi "15ph" "1g10" "3ng", ISO 8601 "PT15M": a
 * span in ms, not negative, at most 100000 days. */
bool when_parse_span(int64_t *out, const char *typed, struct error *err);

#endif
