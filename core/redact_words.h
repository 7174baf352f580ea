/* redact_words.h - which fields of things of the register may be redacted. */
#ifndef CORE_REDACT_WORDS_H
#define CORE_REDACT_WORDS_H

#include "core/redact.h"
#include "core/register.h"

/* By its word ("contact"), by the kind of an event that changes one; NULL: none. */
const struct reg_kind *redact_kind_of_word(const char *word);
const struct reg_kind *redact_kind_of_event(const char *event_kind);

/* NULL: no such field, or one that holds a word, a date or a number. */
const struct reg_field *redact_text_field(const struct reg_kind *kind, const char *name);
/* Are the fields people's words of such a thing?  ERR_BAD_INPUT names those. */
bool redact_texts_fit(const struct reg_kind *kind, const struct redaction *what,
	struct error *err);

/* For redact_rows.c. */
apply_fn remask_register;

#endif
