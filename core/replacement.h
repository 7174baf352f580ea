/* replacement.h - what redactions put in the place of bodies, read from the events
 * alone: verify and replay trust no other table. */
#ifndef CORE_REPLACEMENT_H
#define CORE_REPLACEMENT_H

#include "core/db.h"
#include "core/json.h"

struct replacements;

bool replacements_read(struct replacements **out, struct db *db, struct error *err);
void replacements_free(struct replacements *r); /* NULL is allowed */

/* The body that stands in the place of event seq; NULL where no redaction is
 * about it.  Borrowed. */
const struct json *replacement_of(const struct replacements *r, int64_t seq);

#endif
