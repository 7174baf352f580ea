/* draw.h - shows frames: the only painter.
 *
 * A frame is compared with the one shown before; only rows that differ are
 * given to curses, and one doupdate() follows. */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include <stdbool.h>

#include "tui/frame.h"

enum draw_colours {
	DRAW_MONO,   /* NO_COLOR, or a terminal without: bold and reverse only */
	DRAW_COLOURS,
};

struct draw;

/* After term_start().  arrow: no reverse bar under the cursor (--slow). */
struct draw *draw_new(enum draw_colours wanted, bool arrow);
void draw_free(struct draw *draw);

/* Paints frame; the bytes go out with term_flush(). */
void draw_frame(struct draw *draw, const struct frame *frame);
/* After Ctrl-L, a resize or a return from elsewhere: paint everything. */
void draw_again(struct draw *draw);

#endif
