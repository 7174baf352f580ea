/* when_private.h - what the readers of times share. */
#ifndef CORE_WHEN_PRIVATE_H
#define CORE_WHEN_PRIVATE_H

#include <stdbool.h>

#include "core/zone.h"

#define SHOWN_SIZE 72

/* The one reader of dates as people write them: 21/11, 21/11/2026, 21-11-2026,
 * 2026-11-21.  Sets day, month and, where there is one, the year of *c, which
 * must hold a year before. */
bool when_date(const char *text, struct civil *c, bool *has_year);

/* "7 giờ 30 phút", "lúc 7h", "2 giờ chiều" as the reader of times wants it: 7h30,
 * 7h, 14h; other characters folded.  The caller frees. */
char *when_spoken(const char *typed);

/* Up to `most` digits; how many were read, 0 on none. */
int when_digits(const char **p, int most, int *out);
int when_month_days(int year, int month);
/* What was typed, for a message: in quotes, without control characters, cut
 * between characters. */
const char *when_quote(char out[SHOWN_SIZE], const char *typed);

#endif
