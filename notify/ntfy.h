/* ntfy.h - the `ntfy` channel: the address is a topic of one server. */
#ifndef NOTIFY_NTFY_H
#define NOTIFY_NTFY_H

#include "notify/channel.h"

extern const struct channel_type ntfy_channel;

#endif
