/* redact_register.h - taking texts of the register out for good: a contact leaves,
 * and his name and telephone go with him. */
#ifndef CORE_REDACT_REGISTER_H
#define CORE_REDACT_REGISTER_H

#include "core/redact.h"

/* A thing of the register by its kind ("contact", "unit", "asset", "member", ...)
 * and key: masks the named fields as it has them and as it ever had them, in its
 * own events and profiles, and where other events of the desk repeat the texts.
 * Another thing that has the same text keeps it.  out->cases: those that repeat
 * it, for their own redactions. */
bool redact_register(struct desk *desk, const char *kind, const char *key,
	const struct redaction *what, struct redact_result *out, struct error *err);

/* Is it the word of such a kind? */
bool redact_is_kind(const char *word);

/* redact(), but of an event that changed a thing of the register: the thing. */
bool redact_event(struct desk *desk, const char *case_id, int64_t seq,
	const struct redaction *what, struct redact_result *out, struct error *err);

#endif
