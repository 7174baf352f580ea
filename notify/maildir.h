/* maildir.h - the `file` channel: mail delivered into a Maildir on this host,
 * for the demo, for tests and for a team without a mail server. */
#ifndef NOTIFY_MAILDIR_H
#define NOTIFY_MAILDIR_H

#include "notify/channel.h"

/* smtp.h and this one hand over the same text.  True once it is durable. */
bool maildir_deliver(const char *maildir, const char *unique,
	const char *bytes, size_t len, struct error *err);

#endif
