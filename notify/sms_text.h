/* sms_text.h - what a message becomes as a short text: unaccented, in the GSM
 * alphabet, and no longer than so many segments. */
#ifndef NOTIFY_SMS_TEXT_H
#define NOTIFY_SMS_TEXT_H

#include <stdbool.h>

#include "notify/channel.h"

/* How many short messages text costs: 160 units in one, 153 in each of several. */
int sms_segments(const char *text);
/* Units of the GSM alphabet: brackets and the like count two. */
int sms_units(const char *text);

/* Marks off, everything in the GSM alphabet, runs of blanks made one.  The caller
 * frees. */
char *sms_plain(const char *text);

/* The message in at most so many segments: its subject, which begins with the
 * case's number, and what is to be done (the link, else the text's last line) are
 * kept; what stands between is cut.  The caller frees. */
char *sms_compose(const struct outgoing *m, int segments);

enum sms_phone { SMS_PHONE_NATIONAL, SMS_PHONE_PLAIN, SMS_PHONE_PLUS };
/* A Vietnamese number however it is typed, as 0912…, 84912… or +84912…; a number of
 * another country keeps its own.  False: no number that a text can go to. */
bool sms_number(char out[24], const char *typed, enum sms_phone form);

#endif
