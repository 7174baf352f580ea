/* desktop.h - the `desktop` channel's screen: notifications of the session's
 * own service, by libnotify.  Needs a GLib main loop that runs. */
#ifndef NOTIFY_DESKTOP_H
#define NOTIFY_DESKTOP_H

#include <stdbool.h>

#include "core/error.h"
#include "notify/shower.h"

/* ERR_UNAVAILABLE where this process stands in no session with a message bus.
 * A service that comes later, or a bus that goes and comes back, is found by
 * itself. */
bool desktop_open(struct shower **out, struct error *err);

/* Is the session's message bus there (whoever answers on it)? */
bool desktop_bus(const struct shower *shower);

#endif
