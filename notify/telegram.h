/* telegram.h - the `telegram` channel: messages of a bot, with buttons where
 * something may be answered.  What is pressed is read elsewhere (getUpdates). */
#ifndef NOTIFY_TELEGRAM_H
#define NOTIFY_TELEGRAM_H

#include "core/buf.h"
#include "core/json.h"
#include "notify/channel.h"

extern const struct channel_type telegram_channel;

/* Text as Telegram's HTML wants it: < > & are written out. */
void telegram_escape(struct buf *out, const char *text);

/* Rows of buttons for what a message may be answered with; the caller's. */
struct json *telegram_buttons(const char *acts, const char *tag, const char *language);

#endif
