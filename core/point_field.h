/* point_field.h - the fields of a place as people give them: in FIELD=VALUE, as
 * headings of a pasted table, as columns of a plan's check-list. */
#ifndef CORE_POINT_FIELD_H
#define CORE_POINT_FIELD_H

#include <stdbool.h>

#include "core/error.h"

enum point_field {
	PF_NAME, PF_STATE, PF_SINCE, PF_RESERVE, PF_RESERVE_AT, PF_TOLD, PF_TOLD_AT,
	PF_CONFIRMED_BY, PF_CONFIRMED_AT, PF_PERSON, PF_BACK_AT, PF_CARRIER, PF_AREA,
	PF_NOTE, PF_OVER_TOLD, PF_OVER_TOLD_AT, PF_UNIT, PF_ASSET, PF_NUMBER, PF_COUNT,
};

enum point_field_type { PFT_TEXT, PFT_TIME, PFT_STATE };

struct point_field_row {
	const char *name;     /* in FIELD=VALUE and JSON */
	const char *label;    /* marked for translation: heading of a column */
	const char *headings; /* words without marks that mean it, "|" between */
	enum point_field_type type;
	bool settable;
};

extern const struct point_field_row point_fields[PF_COUNT];

/* By name; PF_COUNT: none. */
enum point_field point_field_named(const char *name);
/* By what a table or plan calls it, in either language; PF_COUNT: none. */
enum point_field point_field_of(const char *heading);
/* "mất kết nối", "down", "thông lại": the state's word; ERR_BAD_INPUT with what it
 * may be. */
bool point_state_of(const char **out, const char *typed, struct error *err);

#endif
