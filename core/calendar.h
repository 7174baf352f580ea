/* calendar.h - working days, and when a span of a rule ends (Bộ luật Dân sự
 * 91/2015 Đ147-148).  Pure: the holidays come in as data.
 *
 * Hours and minutes run from the moment, weekends included.  Of days the day of
 * the event does not count; the last one ends at 24:00, and where it is no
 * working day, with the next that is one.  Working days count themselves only. */
#ifndef CORE_CALENDAR_H
#define CORE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/error.h"
#include "core/zone.h"

enum span_unit {
	SPAN_NOW,          /* at once: due when it starts */
	SPAN_NONE,         /* owed, without a time */
	SPAN_TIME,         /* count: milliseconds */
	SPAN_DAYS,
	SPAN_WORKING_DAYS,
};

struct span {
	enum span_unit unit;
	int64_t count;
};

/* "now", "none", "90m", "24h", "5d", "5wd".  ERR_BAD_INPUT says which there are. */
bool span_parse(struct span *out, const char *text, struct error *err);
/* "24 hours", "5 working days", "at once", in the language in force. */
void span_say(struct buf *out, const struct span *span);

/* Days that differ from Monday to Friday. */
struct calendar {
	struct calendar_day {
		int64_t day; /* since 1970-01-01 */
		bool works;
	} *days; /* sorted */
	int count, cap;
};

/* A day that is given again has what was given last. */
void calendar_put(struct calendar *calendar, int64_t day, bool works);
void calendar_clear(struct calendar *calendar);
/* calendar NULL: Monday to Friday. */
bool calendar_works(const struct calendar *calendar, int64_t day);

/* When the span ends that began at start; INT64_MAX for SPAN_NONE.  zone NULL:
 * +07:00. */
int64_t calendar_end(const struct calendar *calendar, const struct zone *zone,
	int64_t start, const struct span *span);

/* A day as people write it (21/11/2026, 2026-11-21) as days since 1970; the
 * year must be said.  ERR_BAD_INPUT. */
bool calendar_parse_day(int64_t *day, const char *typed, struct error *err);
#define CALENDAR_DAY_SIZE 16
void calendar_iso(char out[CALENDAR_DAY_SIZE], int64_t day); /* 2026-11-21 */
int calendar_weekday(int64_t day); /* 0 Sunday .. 6 Saturday */
int64_t calendar_day(const struct zone *zone, int64_t ms); /* that a moment is on */
/* A table in which every day is a holiday ends a search for a working day. */
#define CALENDAR_SEARCH_MOST 800

/* The end of a day is said as its 24:00: "23/11/2026 24:00"; any other moment as
 * when_full(). */
#define CALENDAR_WHEN_SIZE 24
void calendar_when(char out[CALENDAR_WHEN_SIZE], int64_t ms, const struct zone *zone);

#endif
