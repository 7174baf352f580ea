/* ladder.h - when a message or a channel is tried again (oncall.md 7.1). */
#ifndef NOTIFY_LADDER_H
#define NOTIFY_LADDER_H

#include <stdint.h>

#define LADDER_MOST_MS 660000 /* no rung is longer */

/* Milliseconds to wait after the tries-th failed attempt (1 is the first):
 * 5 s, 15 s, 45 s, 2 min, 5 min, then 10 min give or take a tenth, spread by
 * the random number.  It never ends by itself: expiry does. */
int64_t ladder_wait(int64_t tries, uint32_t random);

#endif
