/* search_index.h - the words by which events are found (DATA 9). */
#ifndef CORE_SEARCH_INDEX_H
#define CORE_SEARCH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"

/* Indexes the words of one event; text without words adds nothing. place is
 * the event's kind. */
bool search_index_add(struct db *db, int64_t seq, const char *case_id,
	const char *place, const char *text, struct error *err);

/* Takes an event out of the index (redaction, a title that was replaced). */
bool search_index_remove(struct db *db, int64_t seq, struct error *err);

/* Do both indexes hold the same words of the same events?  word gets the first
 * that differs, or "". */
bool search_index_compare(struct db *is, struct db *should, char word[80],
	struct error *err);

/* Writes both indexes anew from search_doc: what was removed leaves its words in
 * their old segments until then. */
bool search_index_rebuild(struct db *db, struct error *err);

#endif
