/* duty_import.h - a roster that somebody wrote as a table: date, shift, layer, login;
 * each layer becomes a roster for a span. */
#ifndef CORE_DUTY_IMPORT_H
#define CORE_DUTY_IMPORT_H

#include <stddef.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

struct duty_table {
	const char *name;   /* of the rosters that it makes; NULL: the file's */
	const char *layer;  /* for lines that name none; or NULL */
	const char *source;
};
/* All or nothing.  *report: {shifts, past, spells: [n], errors: [{line, text}]}; with
 * errors ERR_BAD_INPUT names the first, and the report has all. */
bool duty_import(struct desk *desk, const char *text, size_t len,
	const struct duty_table *table, struct json **report, struct error *err);

#endif
