/* decision_private.h - how the acts on orders read what was typed. */
#ifndef CORE_DECISION_PRIVATE_H
#define CORE_DECISION_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"

/* One line within the limit; *out is the caller's; NULL counts as "". */
bool decision_line(char **out, const char *text, const char *what, struct error *err);
/* Is there more than blanks? */
bool decision_given(const char *text);
/* A word of WORDS_ASK_CHANNEL, borrowed; the telephone where none is given. */
bool decision_channel(const char **out, const char *channel, struct error *err);
/* When it happened, as typed; now where nothing is. */
bool decision_past(int64_t *out, struct desk *desk, const char *typed,
	struct error *err);

#endif
