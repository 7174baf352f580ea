/* redact.h - taking text out of the desk for good, by an event that says who
 * did it, by which law, and why (DATA 1). */
#ifndef CORE_REDACT_H
#define CORE_REDACT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/apply.h"
#include "core/desk.h"

/* What stands in the place of a text: no letter, so that nothing finds it. */
#define REDACTED_TEXT "█████"

struct redaction {
	const char *const *fields; /* names of texts in the event's body, or "bytes" */
	int field_count;
	const char *law;    /* required */
	const char *reason; /* required */
};

struct redact_result {
	int events;         /* that lost text: the named one and those that repeat it */
	bool compacted;     /* no byte of it is left in the desk's files */
	int64_t told;       /* messages that had gone out with it */
	struct json *left;  /* [{"backup": PATH, "at": ms}] made before; the caller's */
	struct json *cases; /* [{"number", "events"}] that repeat a register's text; NULL
	                     * or the caller's */
};

/* Masks the fields of one event of the case, and the same texts (from 4 bytes on
 * also inside others) wherever the case's other events repeat them, each by an
 * event of its own; then the rows, the index, the bytes of evidence (field
 * "bytes").  Done again it only compacts.  *out is filled when it is true. */
bool redact(struct desk *desk, const char *case_id, int64_t seq,
	const struct redaction *what, struct redact_result *out, struct error *err);

/* The names that may be redacted in events of this kind, for help; NULL: none. */
const char *const *redact_fields(const char *kind);

apply_fn apply_redacted;

#endif
