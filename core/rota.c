/* rota.c owns the arithmetic of rotations: hand-offs by the wall clock, hours by
 * weekday and clock, whose turn it is at a moment. */
#include "core/rota.h"

#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define DAY_MINUTES 1440
/* No turn is looked for further away than this. */
#define SEARCH_DAYS 9

bool
rota_type_from(enum rota_type *out, const char *word)
{
	static const char *const words[] = {
		[ROTA_HOURLY] = "hourly", [ROTA_DAILY] = "daily", [ROTA_WEEKLY] = "weekly",
		[ROTA_MONTHLY] = "monthly", [ROTA_FIXED] = "fixed",
	};

	for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
		if (strcmp(words[i], word) == 0) {
			*out = (enum rota_type)i;
			return true;
		}
	}
	return false;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static struct civil
civil_of(int64_t day, int64_t minutes)
{
	struct civil c = { .hour = (int)(minutes / 60), .minute = (int)(minutes % 60) };

	civil_from_days(day, &c.year, &c.month, &c.day);
	return c;
}

int64_t
rota_first_of(const struct zone *zone, int64_t day, int minutes)
{
	const struct civil c = civil_of(day + minutes / DAY_MINUTES, minutes % DAY_MINUTES);

	return zone_moment(zone, &c, NULL);
}

int64_t
rota_last_of(const struct zone *zone, int64_t day, int minutes)
{
	int64_t first = rota_first_of(zone, day, minutes);
	/* Clocks are put back by at most three hours, and not twice in a day. */
	int back = zone_offset_at(zone, first) -
		zone_offset_at(zone, first + 180 * MINUTE_MS);
	const struct civil shown = zone_civil(zone, first);
	struct civil again;

	if (back <= 0) {
		return first;
	}
	again = zone_civil(zone, first + back * INT64_C(1000));
	return again.hour == shown.hour && again.minute == shown.minute
		? first + back * INT64_C(1000) : first;
}

/* Minutes of the wall clock since 1970. */
static int64_t
clock_minutes(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day) * DAY_MINUTES + c->hour * 60 + c->minute;
}

static int
days_in(int year, int month)
{
	return (int)(civil_days(month == 12 ? year + 1 : year, month % 12 + 1, 1) -
		civil_days(year, month, 1));
}

/* The same day so many months later; the month's last day where it has no such. */
static struct civil
months_later(const struct civil *start, int64_t months)
{
	int64_t at = (int64_t)start->year * 12 + start->month - 1 + months;
	struct civil c = *start;

	c.year = (int)floor_div(at, 12);
	c.month = (int)(at - (int64_t)c.year * 12) + 1;
	if (c.day > days_in(c.year, c.month)) {
		c.day = days_in(c.year, c.month);
	}
	return c;
}

static int64_t
turn_minutes(const struct rota *rota)
{
	int64_t one = rota->type == ROTA_HOURLY ? 60
		: rota->type == ROTA_DAILY ? DAY_MINUTES : 7 * DAY_MINUTES;

	return one * rota->every;
}

struct civil
rota_handoff_civil(const struct rota *rota, int64_t k)
{
	int64_t minutes, day;

	if (rota->type == ROTA_MONTHLY) {
		return months_later(&rota->start, k * rota->every);
	}
	minutes = clock_minutes(&rota->start) + k * turn_minutes(rota);
	day = floor_div(minutes, DAY_MINUTES);
	return civil_of(day, minutes - day * DAY_MINUTES);
}

int64_t
rota_handoff(const struct rota *rota, int64_t k)
{
	const struct civil c = rota_handoff_civil(rota, k);

	return zone_moment(rota->zone, &c, NULL);
}

/* The clock gives a guess that is off by a turn where it was put back or on. */
int64_t
rota_turn_number(const struct rota *rota, int64_t at)
{
	struct civil c = zone_civil(rota->zone, at);
	int64_t k = rota->type == ROTA_MONTHLY
		? floor_div((int64_t)(c.year - rota->start.year) * 12 + c.month -
			rota->start.month, rota->every)
		: floor_div(clock_minutes(&c) - clock_minutes(&rota->start),
			turn_minutes(rota));

	while (rota_handoff(rota, k) > at) {
		k--;
	}
	while (rota_handoff(rota, k + 1) <= at) {
		k++;
	}
	return k;
}

/* The whole day round on every day: no hours at all. */
static bool
always(const struct rota *rota)
{
	return (rota->days & ROTA_ALL_DAYS) == ROTA_ALL_DAYS &&
		rota->from_clock == rota->to_clock;
}

/* The hours that begin on a day; false: none do.  They begin with the first and
 * end with the last that the clocks show: an overlap, never a gap. */
static bool
hours_of(const struct rota *rota, int64_t day, int64_t *from, int64_t *until)
{
	int weekday = (int)((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */

	if ((rota->days >> weekday & 1U) == 0) {
		return false;
	}
	*from = rota_first_of(rota->zone, day, rota->from_clock);
	*until = rota_last_of(rota->zone, day, rota->to_clock > rota->from_clock
		? rota->to_clock : rota->to_clock + DAY_MINUTES);
	return true;
}

/* on: from and until are the hours around the moment, joined where they meet;
 * else until is when the next ones begin. */
static bool
hours_at(const struct rota *rota, int64_t at, int64_t *from, int64_t *until)
{
	struct civil c = zone_civil(rota->zone, at);
	int64_t today = civil_days(c.year, c.month, c.day);
	/* Only whole days can meet those before them. */
	int back = rota->from_clock == rota->to_clock ? SEARCH_DAYS : 2;
	int64_t begins, ends;
	bool any = false;

	*from = INT64_MIN;
	*until = INT64_MAX;
	for (int64_t day = today - back; !always(rota) && day <= today + SEARCH_DAYS; day++) {
		if (!hours_of(rota, day, &begins, &ends)) {
			continue;
		}
		if (any && begins <= *until) {
			*until = ends;
		} else if (any && *until > at) {
			break;
		} else {
			any = true;
			*from = begins;
			*until = ends;
		}
	}
	if (*from > at) {
		*until = *from;
		return false;
	}
	return *until > at;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

struct rota_turn
rota_at(const struct rota *rota, int64_t at)
{
	struct rota_turn turn = { .from = INT64_MIN, .until = INT64_MAX };
	int64_t first = later(rota->begin, rota_handoff(rota, 0));
	int64_t from, until, k;

	if (rota->people == 0 || at >= rota->end) {
		return turn;
	}
	if (at < first) {
		turn.until = first < rota->end ? first : INT64_MAX;
		return turn;
	}
	if (!hours_at(rota, at, &from, &until)) {
		turn.until = until < rota->end ? until : INT64_MAX;
		return turn;
	}
	turn.on = true;
	turn.from = later(from, first);
	turn.until = sooner(until, rota->end);
	if (rota->type != ROTA_FIXED && rota->people > 1) {
		k = rota_turn_number(rota, at);
		turn.index = (int)(k % rota->people);
		turn.from = later(turn.from, rota_handoff(rota, k));
		turn.until = sooner(turn.until, rota_handoff(rota, k + 1));
	}
	return turn;
}
