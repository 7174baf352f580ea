/* rota.h - whose turn it is in a rotation.  Pure: a rotation, its zone, a moment.
 *
 * Lengths are of the wall clock (oncall.md 2.5): a day is from 06:00 to 06:00 though
 * it may have 23 or 25 hours.  A hand-off that the clocks show twice is at the first
 * of them, one that they do not show at the first instant after. */
#ifndef CORE_ROTA_H
#define CORE_ROTA_H

#include <stdbool.h>
#include <stdint.h>

#include "core/zone.h"

enum rota_type { ROTA_HOURLY, ROTA_DAILY, ROTA_WEEKLY, ROTA_MONTHLY, ROTA_FIXED };
#define ROTA_ALL_DAYS 0x7fU

/* "hourly", ...; false: none of them. */
bool rota_type_from(enum rota_type *out, const char *word);

struct rota {
	enum rota_type type; /* fixed: all of its people, always */
	int every;           /* hours, days, weeks, months; 1 at least */
	struct civil start;  /* the first hand-off; nobody before it */
	const struct zone *zone;
	unsigned days;       /* bit 0 Monday .. 6 Sunday: on which the watch begins */
	int from_clock, to_clock; /* minutes of the day; equal: the whole day round */
	int people;          /* how many take turns */
	int64_t begin, end;  /* moments between which it counts at all */
};

struct rota_turn {
	bool on;      /* somebody's turn, and inside the hours */
	int index;    /* of the people; fixed: 0 */
	int64_t from, until; /* on: this turn; else: look again at `until` (INT64_MAX
	                      * where nothing follows) */
};

struct rota_turn rota_at(const struct rota *rota, int64_t at);

/* The hand-off that is k turns after the first: the moment, and as clocks show it. */
int64_t rota_handoff(const struct rota *rota, int64_t k);
struct civil rota_handoff_civil(const struct rota *rota, int64_t k);
/* How many hand-offs there were by then, less one; below 0: before the first. */
int64_t rota_turn_number(const struct rota *rota, int64_t at);

/* The first and the last moment at which the clocks show this. */
int64_t rota_first_of(const struct zone *zone, int64_t day, int minutes);
int64_t rota_last_of(const struct zone *zone, int64_t day, int minutes);

#endif
