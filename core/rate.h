/* rate.h - how many in how long: "1/1m 5/15m 30/1h", as settings have it. */
#ifndef CORE_RATE_H
#define CORE_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

#define RATE_MAX 6

struct rate {
	int count;
	struct {
		int64_t many;
		int64_t span_ms;
	} windows[RATE_MAX];
};

/* "none" or "" is no limit at all.  ERR_BAD_INPUT says what would be right; place
 * names where the text stands. */
bool rate_parse(struct rate *out, const char *text, const char *place, struct error *err);
/* The longest span; 0 without a limit. */
int64_t rate_longest(const struct rate *rate);

#endif
