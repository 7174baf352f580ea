/* draw.c owns what a style looks like and copies frames to curses. */
#include "tui/draw.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"

struct draw {
	struct frame shown;  /* what the terminal has */
	bool whole;          /* paint every row next time */
	bool colours;
	bool arrow;
	attr_t attrs[ST_COUNT];
	short pairs[ST_COUNT];
	int cursor;          /* curs_set() in force */
};

/* Eight colours, blue and orange rather than red against green alone; -1 is
 * the terminal's own.  mono: what is left without colours.  A colour alone
 * costs 10 bytes a run, with bold 26: bold is for the head only. */
static const struct {
	short fore, back;
	attr_t attrs;
	attr_t mono;
} theme[ST_COUNT] = {
	[ST_TEXT] = { -1, -1, A_NORMAL, A_NORMAL },
	[ST_DIM] = { COLOR_CYAN, -1, A_NORMAL, A_NORMAL },
	[ST_STRONG] = { -1, -1, A_BOLD, A_BOLD },
	[ST_HEAD] = { -1, -1, A_BOLD, A_BOLD },
	[ST_NOW] = { COLOR_CYAN, -1, A_NORMAL, A_BOLD },
	[ST_NOW_LATE] = { COLOR_YELLOW, -1, A_NORMAL, A_BOLD },
	[ST_LINE] = { COLOR_BLUE, -1, A_NORMAL, A_NORMAL },
	[ST_TITLE] = { COLOR_CYAN, -1, A_NORMAL, A_BOLD },
	[ST_CURSOR] = { -1, -1, A_REVERSE, A_REVERSE },
	[ST_MARK] = { COLOR_MAGENTA, -1, A_NORMAL, A_BOLD },
	[ST_LATE] = { COLOR_RED, -1, A_NORMAL, A_BOLD },
	[ST_SOON] = { COLOR_YELLOW, -1, A_NORMAL, A_NORMAL },
	[ST_GOOD] = { COLOR_BLUE, -1, A_NORMAL, A_NORMAL },
	[ST_ERROR] = { COLOR_RED, -1, A_BOLD, A_BOLD | A_REVERSE },
	[ST_INFO] = { -1, -1, A_BOLD, A_BOLD },
	[ST_KEY] = { COLOR_CYAN, -1, A_NORMAL, A_BOLD },
	[ST_HINT] = { -1, -1, A_NORMAL, A_NORMAL },
	[ST_FIELD] = { -1, -1, A_UNDERLINE, A_UNDERLINE },
	[ST_FOCUS] = { -1, -1, A_REVERSE, A_REVERSE },
	[ST_POPUP] = { -1, -1, A_NORMAL, A_NORMAL },
	[ST_DRILL] = { COLOR_MAGENTA, -1, A_BOLD | A_REVERSE, A_REVERSE },
	[ST_GREY] = { COLOR_BLUE, -1, A_NORMAL, A_NORMAL },
};

static void
use_colours(struct draw *draw)
{
	start_color();
	use_default_colors();
	for (int i = 0; i < ST_COUNT; i++) {
		if (theme[i].fore < 0 && theme[i].back < 0) {
			continue;
		}
		draw->pairs[i] = (short)(i + 1);
		init_pair(draw->pairs[i], theme[i].fore, theme[i].back);
	}
}

struct draw *
draw_new(enum draw_colours wanted, bool arrow)
{
	struct draw *draw = xcalloc(1, sizeof(*draw));

	draw->colours = wanted == DRAW_COLOURS && has_colors();
	draw->arrow = arrow;
	draw->whole = true;
	draw->cursor = -1;
	if (draw->colours) {
		use_colours(draw);
	}
	for (int i = 0; i < ST_COUNT; i++) {
		draw->attrs[i] = draw->colours ? theme[i].attrs : theme[i].mono;
	}
	if (arrow) {
		draw->attrs[ST_CURSOR] = A_NORMAL;
	}
	return draw;
}

void
draw_free(struct draw *draw)
{
	if (draw != NULL) {
		frame_free(&draw->shown);
		free(draw);
	}
}

void
draw_again(struct draw *draw)
{
	draw->whole = true;
	clearok(curscr, TRUE);
}

static void
draw_row(const struct draw *draw, const struct frame *frame, int row)
{
	const struct cell *cells = &frame->cells[row * frame->cols];
	char run[1024];
	int col = 0;

	move(row, 0);
	while (col < frame->cols) {
		uint8_t style = cells[col].style;
		size_t len = 0;

		while (col < frame->cols && cells[col].style == style
			&& len + sizeof(cells[col].text) < sizeof(run)) {
			size_t more = strlen(cells[col].text);

			memcpy(run + len, cells[col].text, more);
			len += more;
			col++;
		}
		(void)attr_set(draw->attrs[style], draw->pairs[style], NULL);
		(void)addnstr(run, (int)len);
	}
}

static void
place_cursor(struct draw *draw, const struct frame *frame)
{
	int wanted = frame->cursor_visible ? 1 : 0;

	/* Screen readers follow the hardware cursor, so it is parked on the
	 * selection even while it is not shown. */
	if (frame->cursor_row < frame->rows && frame->cursor_col < frame->cols) {
		move(frame->cursor_row, frame->cursor_col);
	}
	if (wanted != draw->cursor) {
		(void)curs_set(wanted);
		draw->cursor = wanted;
	}
}

void
draw_frame(struct draw *draw, const struct frame *frame)
{
	size_t row_bytes = (size_t)frame->cols * sizeof(struct cell);

	if (frame->rows != draw->shown.rows || frame->cols != draw->shown.cols) {
		frame_size(&draw->shown, frame->rows, frame->cols);
		draw->whole = true;
	}
	if (draw->whole) {
		erase();
	}
	for (int row = 0; row < frame->rows && row < LINES; row++) {
		struct cell *shown = &draw->shown.cells[row * frame->cols];
		const struct cell *cells = &frame->cells[row * frame->cols];

		if (draw->whole || memcmp(shown, cells, row_bytes) != 0) {
			draw_row(draw, frame, row);
			memcpy(shown, cells, row_bytes);
		}
	}
	draw->whole = false;
	place_cursor(draw, frame);
	wnoutrefresh(stdscr);
	doupdate();
}
