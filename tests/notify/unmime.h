/* unmime.h - reads back what notify/mime.c writes, for tests and fuzzing. */
#ifndef TESTS_NOTIFY_UNMIME_H
#define TESTS_NOTIFY_UNMIME_H

#include <stdbool.h>
#include <stddef.h>

/* Every line ends in CRLF, none is longer than 998 bytes (header lines of at
 * most 300), no bare CR or LF, ASCII only. */
bool unmime_lines_ok(const char *mail, size_t len);
/* An unfolded header with its encoded words decoded; NULL if absent. */
char *unmime_header(const char *mail, const char *name);
/* The decoded text with LF line ends. */
char *unmime_body(const char *mail, size_t len);

#endif
