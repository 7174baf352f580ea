/* guess.h - what the words of a report speak of: the kind, the system.  Offered,
 * never decided. */
#ifndef CORE_GUESS_H
#define CORE_GUESS_H

#include "core/desk.h"

/* The kind that the words of a title speak of, or NULL. */
const char *guess_kind(const char *title);
/* The longest asset code that stands in the text as a word; "" for none. */
bool guess_asset_code(char *out, size_t size, struct desk *desk, const char *text,
	struct error *err);
/* Does code stand in text as a word? */
bool guess_names(const char *text, const char *code);

/* Is the system of this name spoken of, as people say it? */
bool guess_says(const char *text, const char *name);

#endif
