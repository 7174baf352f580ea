/* zalo.h - the `zalo` channel: text messages of an official account.  It cannot be
 * anybody's only channel: an account may write for 48 hours after the person did,
 * eight times, and never first. */
#ifndef NOTIFY_ZALO_H
#define NOTIFY_ZALO_H

#include "notify/channel.h"

extern const struct channel_type zalo_channel;

#endif
