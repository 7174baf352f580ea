/* exec.h - the `exec` channel: a local command hands the message on, for a team
 * that has a modem or a telephone exchange. */
#ifndef NOTIFY_EXEC_H
#define NOTIFY_EXEC_H

#include "notify/channel.h"

extern const struct channel_type exec_channel;

#endif
