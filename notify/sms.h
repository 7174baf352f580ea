/* sms.h - the `sms` channel: any gateway that is asked by HTTP, described in
 * suco.conf. */
#ifndef NOTIFY_SMS_H
#define NOTIFY_SMS_H

#include "notify/channel.h"

extern const struct channel_type sms_channel;

#endif
