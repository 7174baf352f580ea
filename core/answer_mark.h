/* answer_mark.h - the place of a link in a text that is stored, where the link
 * itself must not be. */
#ifndef CORE_ANSWER_MARK_H
#define CORE_ANSWER_MARK_H

/* Of characters that every text door lets through, and nobody types. */
#define ANSWER_MARK "<<answer-link>>"

/* The text with the link in the mark's place; link NULL: without the mark's line.
 * The caller frees. */
char *answer_mark_fill(const char *text, const char *link);

#endif
