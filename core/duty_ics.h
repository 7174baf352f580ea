/* duty_ics.h - the roster as a calendar (RFC 5545) that a telephone opens. */
#ifndef CORE_DUTY_ICS_H
#define CORE_DUTY_ICS_H

#include "core/buf.h"
#include "core/duty.h"

/* The shifts from `from` until `until` of a member (NULL: of all), in UTC, with an
 * alarm an hour before each.  The same shift has the same UID each time. */
bool duty_ics(struct desk *desk, const char *login, int64_t from, int64_t until,
	struct buf *out, struct error *err);
/* One content line: escaped by the caller, folded at 75 octets between characters. */
void ics_line(struct buf *out, const char *line);
/* TEXT: backslash, comma, semicolon and new line escaped. */
void ics_text(struct buf *out, const char *text);

#endif
