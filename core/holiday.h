/* holiday.h - the table of days that do not count as working days, or that do
 * though they fall on a weekend.  Data: the Prime Minister decides every year. */
#ifndef CORE_HOLIDAY_H
#define CORE_HOLIDAY_H

#include <stdbool.h>

#include "core/calendar.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

/* [{id, day, weekday, name, kind, source, origin}] by day; year 0: all.  kind:
 * holiday, suggested (off, not confirmed yet), working (a make-up day). */
bool holiday_list(struct desk *desk, int year, struct json **out, struct error *err);
/* Adds a day off (working: a day that is worked), or changes the one that is
 * there; adding a suggested day confirms it.  name NULL: keeps the one there. */
bool holiday_add(struct desk *desk, const char *day, const char *name, bool working,
	struct error *err);
/* Off the table: the day counts by its weekday again. */
bool holiday_remove(struct desk *desk, const char *day, struct error *err);
/* The same lines as typed: DAY [working] NAME.  *added: days that are new or other
 * now. */
bool holiday_paste(struct desk *desk, const char *text, int *added, struct error *err);
/* A file of suco-holidays/1 by name ("vn") or path, or a text with one day a line:
 * DAY [working] NAME.  What members changed stays.  *report: {name, added,
 * changed, same, kept}. */
bool holiday_import(struct desk *desk, const char *name, struct json **report,
	struct error *err);
/* All suggested days of a year become holidays; *count how many. */
bool holiday_confirm(struct desk *desk, int year, int *count, struct error *err);

/* For calendar_end(); the caller clears it. */
bool holiday_calendar(struct desk *desk, struct calendar *out, struct error *err);

/* What the table lacks: a year without any day (this one, from 1 October on the
 * next one too), and how many days are suggestions only.  wanted: the desk has
 * rules that count days. */
struct holiday_gap {
	bool wanted;
	int missing;   /* the year, or 0 */
	int year;      /* whose suggestions are not confirmed, or 0 */
	int suggested; /* how many of them */
};
bool holiday_gap(struct desk *desk, struct holiday_gap *out, struct error *err);

#endif
