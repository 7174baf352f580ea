/* refusal.h - who was turned away how often, by where he came from: somebody who
 * guesses is slowed down.  Rows of this copy only; nothing of a case. */
#ifndef CORE_REFUSAL_H
#define CORE_REFUSAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"

/* One more from there.  *wait_ms: how long he is told to stay away, 0 for the
 * first few.  While he has to, nothing is counted and nothing written. */
bool refusal_add(struct desk *desk, const char *source, int64_t *wait_ms,
	struct error *err);

/* A network address as the source it counts for: of IPv6 its first half. */
#define REFUSAL_SOURCE_SIZE 64
void refusal_source(char out[REFUSAL_SOURCE_SIZE], const char *door, const char *address);

#endif
