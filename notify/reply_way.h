/* reply_way.h - what makes a reply by mail land: the address that it goes to, and
 * the mark by which it is known again. */
#ifndef NOTIFY_REPLY_WAY_H
#define NOTIFY_REPLY_WAY_H

#include <stdbool.h>

#include "core/buf.h"
#include "notify/channel.h"

struct reply_way {
	char *address; /* ours: of the mailbox, where it takes LOCAL+MARK@; "" */
	bool read;     /* somebody reads replies: a mailbox is set */
};

/* config NULL: nobody reads replies. */
void reply_way_open(struct reply_way *way, const struct config *config);
void reply_way_close(struct reply_way *way);

/* mime_write() of the message with its mark: behind a plus sign in Reply-To, else at
 * the end of the subject of what asks for an answer; and always as a reference, which
 * mail programs repeat by themselves. */
void reply_way_write(struct buf *out, const struct reply_way *way, const char *from,
	const char *from_name, const struct outgoing *mail);

#endif
