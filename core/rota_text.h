/* rota_text.h - a rotation as people write it: days "1-5", clocks "18:00", people
 * "ha,tuan". */
#ifndef CORE_ROTA_TEXT_H
#define CORE_ROTA_TEXT_H

#include "core/error.h"
#include "core/json.h"
#include "core/zone.h"

/* The columns of duty_rota that `given` changes; now NULL: a new one, with what is
 * not given.  *out is the caller's. */
bool rota_read(struct json **out, const struct json *given, const struct json *now,
	const struct zone *zone, int64_t at, struct error *err);

/* "2026-11-23T06:00": a first hand-over as the roster keeps it. */
#define ROTA_START_SIZE 24
void rota_start_text(char out[ROTA_START_SIZE], const struct civil *c);

/* "06:00"; 24:00 is 1440. */
bool rota_clock(int *minutes, const char *text, struct error *err);
/* "22:00-06:00"; *rest is what follows, after blanks. */
bool rota_clocks(int *from, int *to, const char **rest, const char *text,
	struct error *err);

#endif
