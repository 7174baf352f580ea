/* series.h - the readings that a step asks for: each with its time, and whether
 * the last one is up or down. */
#ifndef PLAYBOOKS_SERIES_H
#define PLAYBOOKS_SERIES_H

#include "core/zone.h"
#include "playbooks/run.h"

/* "readings: 02:14 48m 24 °C, 02:17 45m↓ 24 °C" and a new line, the last three
 * times; "" where the step asks for none or nothing was read.  run may be NULL.
 * The caller frees. */
char *step_series(const struct run *run, const struct step *step,
	const struct zone *zone);

/* [{name, unit, readings: [{at, value, by}], last, trend}]: all of them, the
 * oldest first; value null: not known; trend up, down, same or null. */
struct json *step_series_json(const struct run *run, const struct step *step,
	const struct zone *zone);

#endif
