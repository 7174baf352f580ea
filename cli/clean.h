/* clean.h - nothing that a row holds reaches a terminal as a command to it. */
#ifndef CLI_CLEAN_H
#define CLI_CLEAN_H

#include "core/buf.h"

/* Adds text for people: its lines and tabs stay, other controls, direction marks
 * and invalid bytes do not (text_printable()). */
void clean_text(struct buf *out, const char *text);

/* The same for what goes to a printer too: its form feeds stay. */
void clean_page(struct buf *out, const char *text);

/* Adds a JSON value as canonical JSON wrote it, which leaves DEL, C1 and direction
 * marks as they are: here they are escaped, and invalid bytes replaced. */
void clean_json(struct buf *out, const char *line);

#endif
