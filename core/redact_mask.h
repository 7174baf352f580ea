/* redact_mask.h - the old body with the named texts, and whatever repeats them,
 * masked. */
#ifndef CORE_REDACT_MASK_H
#define CORE_REDACT_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/json.h"

struct masking {
	const char *const *fields; /* named; of the target only */
	int field_count;
	char **values;             /* the texts to be found elsewhere; ours */
	size_t value_count;
	const char *drop_hash;     /* evidence whose bytes go, or NULL; borrowed */
};
void masking_clear(struct masking *m);

/* Adds the texts of the named fields to the values; how many were there, masked
 * ones too. */
int mask_collect(struct masking *m, const char *kind, const struct json *body);

/* The masked copy; NULL where nothing in it is to be masked.  named: the named
 * fields go as a whole. */
struct json *mask_body(const struct masking *m, const char *kind,
	const struct json *body, bool named);

/* For bodies of another shape: a value more (false: it is there, or masked); a text
 * with every value in it masked, the caller's. */
bool masking_add(struct masking *m, const char *text);
char *mask_values(const struct masking *m, const char *text);

/* Does a text say one of the values? */
bool mask_says(const struct masking *m, const char *text);

#endif
