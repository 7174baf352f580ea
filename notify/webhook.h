/* webhook.h - the `webhook` channel: JSON by POST, signed, to a URL that is the
 * receiver's address and stands on a host that the configuration names. */
#ifndef NOTIFY_WEBHOOK_H
#define NOTIFY_WEBHOOK_H

#include "core/ids.h"
#include "notify/channel.h"

extern const struct channel_type webhook_channel;

/* What the receiver computes too: HMAC-SHA-256 over "SECONDS.BODY", as hex. */
void webhook_sign(char out[HASH_SIZE], const char *secret, int64_t seconds,
	const char *body);

#endif
