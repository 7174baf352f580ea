/* watch.h - a member's messages of the channel `desktop`, from the outbox to his
 * screen, and his answers back (DESIGN 8).  Knows no GLib: who calls it has the
 * loop. */
#ifndef NOTIFY_WATCH_H
#define NOTIFY_WATCH_H

#include "core/desk.h"
#include "notify/deliver.h"
#include "notify/shower.h"

#define WATCH_POLL_MS 250
#define WATCH_LEASE_MS 30000 /* longer than a service that hangs can hold us */

struct watch;

/* Desk (opened as the member) and shower stay the caller's and outlive it; the
 * shower's acted is taken over. */
struct watch *watch_new(struct desk *desk, struct shower *shower);
void watch_free(struct watch *watch); /* NULL is allowed; watch_stop() first */

/* To be called every WATCH_POLL_MS: asks data_version, and works where something
 * changed or is due.  While nothing can be shown it claims nothing and gives its
 * lease back, so that another session of the member may lead and what nobody
 * shows expires.  False only where the desk itself fails. */
bool watch_round(struct watch *watch, struct deliver_report *report, struct error *err);

/* Gives lease and claims back. */
bool watch_stop(struct watch *watch, struct error *err);

#endif
