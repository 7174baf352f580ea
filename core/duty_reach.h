/* duty_reach.h - can somebody be there in person?  An island and the mountains are not
 * reached at night: that is data (settings reach.NAME = "FROM-TO AREA"), not code. */
#ifndef CORE_DUTY_REACH_H
#define CORE_DUTY_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

#define REACH_ISLAND "island" /* AREA: every unit that the register calls an island */

struct duty_reach {
	bool can;
	int64_t at;   /* can: when he is there, 0 unknown; else: when the way opens */
	char *why;    /* not: "Kon Tum cũ is reached 05:00-18:00 only"; NULL */
};

void duty_reach_clear(struct duty_reach *reach);
/* member: a login; place: a unit's code, an area of the register, or "" for the
 * team's own place.  Who lives in the area itself is there whatever the hour. */
bool duty_reach(struct desk *desk, const char *member, const char *place, int64_t at,
	struct duty_reach *out, struct error *err);

/* Is this a value of duty.night, of reach.NAME? */
bool reach_night_fits(const char *value, const char *place, struct error *err);
bool reach_fits(const char *value, const char *place, struct error *err);

#endif
