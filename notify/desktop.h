/* desktop.h - the `desktop` channel's screen: notifications of the session's
 * own service, by libnotify.  Needs a GLib main loop that runs. */
#ifndef NOTIFY_DESKTOP_H
#define NOTIFY_DESKTOP_H

#include <stdint.h>

#include "core/error.h"
#include "notify/shower.h"

/* ERR_UNAVAILABLE where this process stands in no session with a message bus.
 * A service that comes later, or a bus that goes and comes back, is found by
 * itself. */
bool desktop_open(struct shower **out, struct error *err);

/* Monotonic seconds since the bus is gone; 0 while it is there. */
int64_t desktop_lost(const struct shower *shower);

#endif
