/* series.h - the readings that a step asks for: each with its time, and whether
 * the last one is up or down. */
#ifndef PLAYBOOKS_SERIES_H
#define PLAYBOOKS_SERIES_H

#include "core/zone.h"
#include "playbooks/run.h"

/* "02:14 48m 24°C, 02:17 45m↓ 24°C", the last three times; "" where the step asks
 * for none or nothing was read.  run may be NULL.  The caller frees. */
char *step_readings(const struct run *run, const struct step *step,
	const struct zone *zone);
/* The same as a line of its own: "readings: ..." and a new line, or "". */
char *step_series(const struct run *run, const struct step *step,
	const struct zone *zone);

/* [{name, unit, readings: [{at, value, by}], last, trend}]: all of them, the
 * oldest first; value null: not known; trend up, down, same or null. */
struct json *step_series_json(const struct run *run, const struct step *step,
	const struct zone *zone);

#endif
