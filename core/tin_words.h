/* tin_words.h - the closed word lists of the report page: channel, what is down,
 * what was done, whether secrets are touched, the states of a report. */
#ifndef CORE_TIN_WORDS_H
#define CORE_TIN_WORDS_H

#include "core/error.h"
#include "core/words.h"

extern const struct word tin_channels[], tin_broken[], tin_done_words[], tin_secrets[],
	tin_states[];

/* Translated; the word itself where the list does not have it. */
const char *tin_label(const struct word *list, const char *word);
/* "một cửa, thư" of "counter,mail".  The caller frees. */
char *tin_labels(const struct word *list, const char *words);
/* Checks "a,b": each word once, in the list's order.  *out is the caller's. */
bool tin_accept_words(char **out, const struct word *list, const char *what,
	const char *words, struct error *err);

#endif
