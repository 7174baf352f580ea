/* guess.h - what the words of a report speak of: the kind, the system.  Offered,
 * never decided. */
#ifndef CORE_GUESS_H
#define CORE_GUESS_H

#include "core/desk.h"
#include "core/zone.h"

/* The kind that the words of a title speak of, or NULL. */
const char *guess_kind(const char *title);
/* The longest asset code that stands in the text as a word; "" for none. */
bool guess_asset_code(char *out, size_t size, struct desk *desk, const char *text,
	struct error *err);
/* Does code stand in text as a word? */
bool guess_names(const char *text, const char *code);

/* Is the system of this name spoken of, as people say it? */
bool guess_says(const char *text, const char *name);
/* Are several units spoken of ("13 xã", "many communes")? */
bool guess_many(const char *text);
/* The time from which on it is so ("từ 21:40"), the latest not after now. */
bool guess_since(int64_t *out, const char *text, int64_t now, const struct zone *zone);

#endif
