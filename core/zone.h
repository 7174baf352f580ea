/* zone.h - time zones read from TZif files (RFC 8536), pure afterwards.
 * Nobody calls tzset() after start. */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/civil.h" /* the calendar: who has a zone needs it too */
#include "core/error.h"

struct zone;

/* Civil time in a zone. */
struct civil {
	int year, month, day; /* month 1-12, day 1-31 */
	int hour, minute, second, milli;
	int weekday; /* 0 Sunday .. 6 Saturday */
	int offset;  /* seconds east of UTC */
};

/* Loads "Asia/Ho_Chi_Minh" from the system's zoneinfo; where the file is
 * missing that zone and UTC are known by themselves.  Names with "..", a
 * leading "/" or a NUL are refused.  zone_free(NULL) is allowed. */
bool zone_load(struct zone **out, const char *name, struct error *err);
/* As zone_load(), from another folder than /usr/share/zoneinfo. */
bool zone_load_from(struct zone **out, const char *folder, const char *name,
	struct error *err);
/* As zone_load(), from bytes (tests, fuzzing). */
bool zone_parse(struct zone **out, const char *name, const void *bytes,
	size_t len, struct error *err);
void zone_free(struct zone *zone);
const char *zone_name(const struct zone *zone);

/* Seconds east of UTC at this moment (ms since 1970 UTC). */
int zone_offset_at(const struct zone *zone, int64_t ms);

/* Civil time of a moment. */
struct civil zone_civil(const struct zone *zone, int64_t ms);

/* The moment of a civil time (offset and weekday are ignored).  A time that
 * does not exist (spring) becomes the first instant after it; one that exists
 * twice gives the first.  *exact (may be NULL) is false in both cases. */
int64_t zone_moment(const struct zone *zone, const struct civil *civil,
	bool *exact);

#endif
