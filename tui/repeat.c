/* repeat.c owns the short form of lines across the screen. */
#include "tui/repeat.h"

#include <stdio.h>
#include <string.h>

#define LINE "\xe2\x94\x80" /* the box character of horizontal lines */

/* Never longer than the run itself: 3 bytes and at most 9 for 4 or more. */
static int
put_repeat(char *to, size_t run)
{
	char text[24];
	int len = snprintf(text, sizeof(text), LINE "\033[%zub", run - 1);

	memcpy(to, text, (size_t)len);
	return len;
}

/* A line across the screen is one character and a count: terminals that know
 * `rep` take 8 bytes for 240 (curses does it for ASCII only). */
void
repeat_lines(struct buf *frame, size_t from)
{
	size_t out = from;

	for (size_t at = from; at < frame->len; ) {
		size_t run = 0;

		while (at + (run + 1) * 3 <= frame->len
			&& memcmp(frame->data + at + run * 3, LINE, 3) == 0) {
			run++;
		}
		if (run >= 4) {
			out += (size_t)put_repeat(frame->data + out, run);
			at += run * 3;
		} else {
			frame->data[out++] = frame->data[at++];
		}
	}
	frame->len = out;
}
