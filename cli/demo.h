/* demo.h - the sample desk of `init --demo`: forty invented cases of the last
 * sixty days, made by the same acts as real ones, under a clock that moves. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"

/* The demo's clock, given to desk_create(): it begins sixty days before `end`. */
struct demo_clock {
	int64_t now, end;
};
void demo_clock_set(struct demo_clock *clock, int64_t end);
int64_t demo_clock_now(void *clock);

/* Fills the desk, which was made with this clock by `login`. */
bool demo_fill(struct desk *desk, struct demo_clock *clock, const char *login,
	struct error *err);

#endif
