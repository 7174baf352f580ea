/* guess.h - what the words of a report speak of: the kind, the system.  Offered,
 * never decided. */
#ifndef CORE_GUESS_H
#define CORE_GUESS_H

#include "core/desk.h"
#include "core/zone.h"

/* The kind that the words of a title speak of, or NULL. */
const char *guess_kind(const char *title);
/* The longest asset code that stands in the text as a word, else the system that
 * its name or, the longest, another of its names says; "" for none. */
bool guess_asset_code(char *out, size_t size, struct desk *desk, const char *text,
	struct error *err);
/* Does code stand in text as a word? */
bool guess_names(const char *text, const char *code);

/* Is the system of this name spoken of, as people say it? */
bool guess_says(const char *text, const char *name);
/* Of other names ("một cửa; dịch vụ công") the longest that stands in the text as
 * words: how long; 0: none. */
size_t guess_also(const char *text, const char *names);
/* A system, and how well the one found so far is spoken of. */
struct guess_system { const char *code, *name, *also; };
struct guess_best { int means; size_t len; };
/* Is it spoken of more surely than the best so far?  Then it is that: by its code
 * (the longest), its name (the first), another name (the longest), its code in
 * small letters. */
bool guess_better(struct guess_best *best, const char *text,
	const struct guess_system *one);
/* Are several units spoken of ("13 xã", "many communes")? */
bool guess_many(const char *text);
/* The time from which on it is so ("từ 21:40"), the latest not after now. */
bool guess_since(int64_t *out, const char *text, int64_t now, const struct zone *zone);

#endif
