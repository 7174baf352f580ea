/* value_uri.h - values of the type uri (RFC 3986). */
#ifndef PLAYBOOKS_VALUE_URI_H
#define PLAYBOOKS_VALUE_URI_H

#include <stdbool.h>

/* A scheme and something behind it, or a host as people type it; no blanks. */
bool uri_fits(const char *text);

/* <0, 0, >0 of the normal forms: scheme and host in lower case, no port that is
 * the scheme's own, an empty path as /, digits of %XX in upper case. */
int uri_compare(const char *left, const char *right);

#endif
