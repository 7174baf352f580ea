/* heartbeat.h - the sign of life to somebody outside, who rings when it stops. */
#ifndef SERVE_HEARTBEAT_H
#define SERVE_HEARTBEAT_H

#include <stdbool.h>

#include "core/error.h"

struct serve;

/* False where [serve] heartbeat_url is no use: in clear it goes to this host only. */
bool heartbeat_check(const struct serve *serve, struct error *err);
/* Asks the URL once, on a thread of its own, bounded; nothing where it is not set
 * or the last one is still under way. */
void heartbeat_ping(struct serve *serve);
/* What came of the last one that is known of; false: none yet. */
bool heartbeat_known(const struct serve *serve, bool *fine, const char **why);
/* Ends what is under way. */
void heartbeat_stop(struct serve *serve);

#endif
