/* tin_fields.h - the fields of the report page, and what they say. */
#ifndef TUI_TIN_FIELDS_H
#define TUI_TIN_FIELDS_H

#include "core/tin.h"
#include "core/zone.h"
#include "tui/form.h"

void tin_fields(struct form *form);
/* What a recorded tin says, for changing it.  The caller's. */
struct json *tin_values(const struct tin *tin, int64_t now, const struct zone *zone);
/* Texts are borrowed from values; times are read as typed. */
bool tin_from_values(struct tin_new *out, const struct json *values, struct desk *desk,
	struct error *err);

#endif
