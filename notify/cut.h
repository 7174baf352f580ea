/* cut.h - texts that must not be longer than a channel carries. */
#ifndef NOTIFY_CUT_H
#define NOTIFY_CUT_H

#include <stddef.h>

/* The text, or as much of it as max bytes hold with " […]" behind it, cut at the
 * border of a character.  The caller frees. */
char *cut_bytes(const char *text, size_t max);

/* The URL without slashes at its end.  The caller frees. */
char *url_base(const char *url);

#endif
