/* duty_keep.h - a rotation that is changed goes on from who is on call. */
#ifndef CORE_DUTY_KEEP_H
#define CORE_DUTY_KEEP_H

#include "core/duty_roster.h"
#include "core/json.h"

/* wanted: what the rotation's row is to be, as rota_read() gives it.  Without a first
 * hand-over of its own it gets one with which the turn that runs stays with whom it is:
 * with the next of the old list that is left, where he is taken out. */
bool duty_keep_turn(struct json *wanted, const struct roster *roster,
	const struct roster_rota *old, int64_t at, struct error *err);

#endif
