/* answer_mark.h - the place of a link in a text that is stored, where the link
 * itself must not be. */
#ifndef CORE_ANSWER_MARK_H
#define CORE_ANSWER_MARK_H

#include "core/ids.h"

/* Of characters that every text door lets through, and nobody types. */
#define ANSWER_MARK "<<answer-link>>"
/* Of another message that this one carries: its id and ">>" follow. */
#define ANSWER_MARK_OF "<<answer-link:"

/* The text with the link in the marks' places; link NULL: without their lines.
 * The caller frees. */
char *answer_mark_fill(const char *text, const char *link);

/* The caller's, or NULL. */
typedef char *answer_mark_link(void *arg, const char *message_id);
/* The same, asking for the link of each message that is carried. */
char *answer_mark_fill_each(const char *text, const char *link, answer_mark_link *of,
	void *arg);

#endif
