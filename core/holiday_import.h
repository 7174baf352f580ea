/* holiday_import.h - files of holidays, for holiday*.c and profiles. */
#ifndef CORE_HOLIDAY_IMPORT_H
#define CORE_HOLIDAY_IMPORT_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

struct holiday_new {
	const char *day; /* 2027-02-06 */
	const char *name, *kind, *source, *origin; /* NULL: as it is */
};

/* The row of a day; *out NULL where there is none. */
bool holiday_load(struct desk *desk, const char *day, struct json **out,
	struct error *err);
/* The body that makes the row, or changes the one that is there. */
struct json *holiday_body(struct desk *desk, const struct json *there,
	const struct holiday_new *h);

#endif
