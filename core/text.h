/* text.h - UTF-8 text: cleaning at the doors, width on the screen. */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/error.h"

enum text_lines { TEXT_ONE_LINE, TEXT_MANY_LINES };

/* Accepts text from outside: must be valid UTF-8 without NUL (len counts);
 * is normalised to NFC, stripped of ESC, C0 (except \n and \t when many lines;
 * \r\n and \r become \n), DEL, C1 and bidirectional controls; one-line text has
 * runs of white space folded to one blank and is trimmed.  Longer than max
 * bytes afterwards: ERR_BAD_INPUT with length and limit; what names the thing
 * in the message ("title").  *out is the caller's. */
bool text_accept(char **out, const char *text, size_t len, enum text_lines lines,
	size_t max, const char *what, struct error *err);

/* Makes anything printable: invalid bytes become U+FFFD, ESC, controls and
 * bidirectional marks are dropped, a new line or tab becomes a blank.  For what
 * was stored by others.  The caller frees. */
char *text_printable(const char *text, size_t len);

/* Any bytes as valid UTF-8: only invalid bytes change, to U+FFFD.  The caller
 * frees. */
char *text_valid_copy(const char *text, size_t len);

/* strcmp() == 0, which most often the first letters decide. */
static inline bool
text_same(const char *a, const char *b)
{
	return a[0] == b[0] && (a[0] == '\0' || (a[1] == b[1] && strcmp(a, b) == 0));
}

bool text_valid_utf8(const char *text, size_t len);
bool text_is_ascii(const char *text);

/* Decodes one code point; returns its bytes (1..4), or 0 at the end or on an
 * invalid sequence. */
size_t text_decode(const char *text, size_t len, uint32_t *point);
/* The reverse; point must be a Unicode scalar value.  Returns the bytes. */
size_t text_encode(uint32_t point, char out[4]);

/* Terminal columns of the whole text / of the first len bytes: the sum over its
 * code points, as curses lays them out.  Ambiguous ones take 1, combining marks
 * and controls 0, an invalid byte 1 (it is shown as U+FFFD). */
int text_width(const char *text);
int text_width_n(const char *text, size_t len);

/* Bytes of the longest start of text that fits in cells columns, cut only at
 * grapheme borders; *used (may be NULL) gets its columns. */
size_t text_fit(const char *text, int cells, int *used);
size_t text_fit_n(const char *text, size_t len, int cells, int *used);

/* Made printable, and cut to cells columns with "…" ("~" when ascii) where it was cut, padded
 * with blanks to exactly cells when pad.  The caller frees. */
char *text_column(const char *text, int cells, bool pad, bool ascii);

/* offset: at most the length.  Bytes from there to the next / previous grapheme
 * border (0 at the ends). */
size_t text_next(const char *text, size_t offset);
size_t text_prev(const char *text, size_t offset);

#endif
