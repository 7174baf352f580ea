/* reply_text.h - what a member wrote above the quoted message, and what it says.
 * Pure. */
#ifndef CORE_REPLY_TEXT_H
#define CORE_REPLY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/answer.h"

/* The text without what it quotes, its signature and blank ends; valid UTF-8 of at
 * most max bytes.  The caller frees. */
char *reply_text_own(const char *text, size_t max);

/* Text of an HTML body: tags dropped, block ends as new lines, few entities known.
 * The caller frees. */
char *reply_text_of_html(const char *html);

#define REPLY_LOGIN_SIZE 64
/* Its first words: "nhận", "ok", "1" take it; "không nhận được", "no", "2" decline;
 * "chuyển LOGIN" passes it on.  False: it is no answer but news. */
bool reply_text_says(const char *own, enum answer_what *what,
	char to[REPLY_LOGIN_SIZE]);

/* The line after the deciding words, and all further lines: "" for none.
 * Borrowed. */
const char *reply_text_rest(const char *own);

#endif
