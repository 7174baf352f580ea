/* period.h - the periods of duties: days, months, years and so on, each with a
 * name of its own ("2026-11", "2026-Q4", "2026-2028").  Pure. */
#ifndef CORE_PERIOD_H
#define CORE_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

struct period {
	char label[24];
	int64_t first, last; /* days since 1970-01-01, both in it */
};

/* "day", "month", "quarter", "half_year", "year", "2y" to "9y". */
bool period_check(const char *every, const char *what, struct error *err);
/* The period that a day is in; of several years they count from `from` on. */
struct period period_of(const char *every, int from, int64_t day);

/* The first day of the period that a label names; false: it is none. */
bool period_begins(int64_t *day, const char *label);

/* "20/12" of the period's last year, whether "on" or "before" it; "" is the
 * period's last day.  *before says which; *day is the day itself. */
bool period_due(int64_t *day, bool *before, const struct period *period,
	const char *due, const char *what, struct error *err);

#endif
