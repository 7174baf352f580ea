/* fold.h - Vietnamese text for searching and sorting (vn.md 6, DATA 9). */
#ifndef CORE_FOLD_H
#define CORE_FOLD_H

#include <stdbool.h>

#include "core/buf.h"

/* Lower case, marks off, đ to d; other characters as they are.  Also the text
 * of screens without accents.  The caller frees. */
char *fold_text(const char *text);
/* As fold_text() but keeps the case: "Đội" -> "Doi". */
char *fold_marks(const char *text);

/* Cuts text into words (letters and digits of any script) and appends them,
 * blank-separated: NFC lower case to *marked, folded to *folded (either may be
 * NULL).  A hyphenated or dotted run (web-02, 10.8.4.12) gives its parts.
 * Returns how many words there were. */
int fold_words(const char *text, struct buf *marked, struct buf *folded);

/* A key that sorts bytewise as Vietnamese does: a ă â b c d đ e ê ..., tones
 * second (ngang, huyền, hỏi, ngã, sắc, nặng), case last.  The caller frees. */
char *fold_sort_key(const char *text);

/* The key of a person's name: given name, family, middle (vn.md 6). */
char *fold_name_key(const char *full_name);

/* The given name: "Trần Thị Minh Châu" -> "Châu".  Borrowed from full_name. */
const char *fold_given_name(const char *full_name);

#endif
