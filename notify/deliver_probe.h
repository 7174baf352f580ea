/* deliver_probe.h - a channel that is down is asked whether it is there again, without
 * a message, where it can be. */
#ifndef NOTIFY_DELIVER_PROBE_H
#define NOTIFY_DELIVER_PROBE_H

#include "notify/deliver_private.h"

/* Can it be asked without a message?  When next, while it is down. */
bool probe_can(const struct slot *slot);
int64_t probe_at(const struct slot *slot, int64_t now);
/* Asks those whose time has come. */
bool probe_start(struct deliver *d, struct error *err);
/* Inside a change: what was answered; and, where nothing waits that could prove it,
 * that it works again. */
bool probe_record(struct deliver *d, struct slot *slot, const struct send_result *result,
	struct error *err);
bool probe_settle(struct deliver *d, struct slot *slot, struct error *err);

#endif
