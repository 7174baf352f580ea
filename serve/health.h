/* health.h - what /health and /metrics tell, read once for both. */
#ifndef SERVE_HEALTH_H
#define SERVE_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/lease.h"

struct serve;

struct health {
	int64_t now;
	struct engine_state engine;
	int64_t schema;
	int64_t running, overdue; /* escalations */
	int64_t backup_at;        /* 0: never */
};
bool health_read(struct serve *serve, struct health *out, struct error *err);

struct health_of_channel {
	const char *name, *reply; /* borrowed */
	bool up;
	int64_t since, ok_at; /* ok_at 0: never */
};
typedef void health_channel(const struct health_of_channel *channel, void *arg);
bool health_channels(struct serve *serve, health_channel *each, void *arg,
	struct error *err);

#endif
