/* duty_coverage.h - once a day the coordinators are told by a message what is wrong
 * with the roster of the next 30 days. */
#ifndef CORE_DUTY_COVERAGE_H
#define CORE_DUTY_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

#define DUTY_COVERAGE_DAYS 30

/* One look a day of the desk's, at the setting duty.report_at or when the engine first
 * runs after it.  Looked and told in one transaction: however many engines run and
 * however often they start, it is told once.  *next_at: the next look; INT64_MAX never. */
bool duty_coverage_round(struct desk *desk, int64_t *next_at, struct error *err);

/* A value of the setting duty.report_at: a time of the day, or "none": -1. */
bool duty_report_clock(int *minutes, const char *value);

#endif
