/* redact_rows.h - what each kind of event holds as free text, and the rows that
 * it wrote from it. */
#ifndef CORE_REDACT_ROWS_H
#define CORE_REDACT_ROWS_H

#include "core/apply.h"

struct redact_kind {
	const char *kind;
	const char *const *texts; /* keys of free text, ended by NULL; NULL: none */
	/* Rewrites the rows from the replacement (a->body), where they still are
	 * this event's; NULL: it wrote none. */
	apply_fn *remask;
};

/* NULL for a kind without a row; a test asserts that each has one. */
const struct redact_kind *redact_kind(const char *kind);

/* Carries body.replacement into the rows and words of event body.seq. */
apply_fn remask_redacted;

#endif
