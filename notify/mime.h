/* mime.h - a message as RFC 5322 text.  Pure: the same input gives the same
 * bytes, whatever the clock or the attempt.  No value can add a header or a
 * line: controls are dropped, invalid UTF-8 becomes U+FFFD. */
#ifndef NOTIFY_MIME_H
#define NOTIFY_MIME_H

#include <stdbool.h>

#include "core/buf.h"
#include "notify/channel.h"

/* from_name may be NULL.  CRLF line ends throughout; lines of at most 78 bytes. */
void mime_write(struct buf *out, const char *from, const char *from_name,
	const struct outgoing *mail);

/* Whether suco can send to it: local@domain in ASCII, dot-atoms, no quotes. */
bool mime_address_ok(const char *address);

/* What stands behind the @; "localhost" when there is none. Borrowed. */
const char *mime_domain(const char *address);

#endif
