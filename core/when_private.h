/* when_private.h - what the readers of times share. */
#ifndef CORE_WHEN_PRIVATE_H
#define CORE_WHEN_PRIVATE_H

#define SHOWN_SIZE 72

/* Up to `most` digits; how many were read, 0 on none. */
int when_digits(const char **p, int most, int *out);
int when_month_days(int year, int month);
/* What was typed, for a message: in quotes, without control characters, cut
 * between characters. */
const char *when_quote(char out[SHOWN_SIZE], const char *typed);

#endif
