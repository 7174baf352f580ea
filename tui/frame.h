/* frame.h - a grid of styled cells: what a view fills and draw.c shows.
 *
 * Pure: no curses, no locale.  Rows and columns count from 0.  Everything that
 * falls outside the frame is cut; a wide character that would be halved becomes
 * a blank.  Controls, invalid bytes and escape never get into a cell, whatever
 * the text says. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"

/* What a text is, not what it looks like; draw.c's theme decides that. */
enum style {
	ST_TEXT, ST_DIM, ST_STRONG, ST_HEAD, ST_NOW, ST_NOW_LATE, ST_LINE, ST_TITLE,
	ST_CURSOR, ST_MARK, ST_LATE, ST_SOON, ST_GOOD, ST_ERROR, ST_INFO, ST_KEY,
	ST_HINT, ST_FIELD, ST_FOCUS, ST_POPUP, ST_DRILL, ST_GREY,
	ST_COUNT,
};

/* Signs with a twin for terminals that lack them. */
enum glyph {
	GL_HLINE, GL_VLINE, GL_TOP_LEFT, GL_TOP_RIGHT, GL_BOTTOM_LEFT,
	GL_BOTTOM_RIGHT, GL_TEE_DOWN, GL_TEE_UP, GL_TEE_RIGHT, GL_TEE_LEFT,
	GL_CROSS, GL_ELLIPSIS, GL_BLOCK,
	GL_COUNT,
};

struct cell {
	char text[14];  /* one grapheme, NUL-terminated; "" right of a wide one */
	uint8_t width;  /* 1 or 2; 0 right of a wide one */
	uint8_t style;  /* enum style */
};

struct frame {
	int rows, cols;
	struct cell *cells;  /* ours; rows * cols */
	bool ascii;          /* ASCII lines instead of box characters */
	bool plain;          /* letters without accents too */
	int cursor_row, cursor_col;  /* where the hardware cursor is parked */
	bool cursor_visible;         /* a text field has it */
};

/* A zeroed frame is empty; frame_size() gives it room and clears it. */
void frame_size(struct frame *frame, int rows, int cols);
void frame_clear(struct frame *frame);
void frame_free(struct frame *frame);

/* Writes text at row, col into at most cells columns; returns the columns
 * used.  The rest of the cells stays as it was. */
int frame_put(struct frame *frame, int row, int col, int cells, enum style style,
	const char *text);
/* As frame_put(), with an ellipsis where the text was cut. */
int frame_cut(struct frame *frame, int row, int col, int cells, enum style style,
	const char *text);
int frame_putf(struct frame *frame, int row, int col, int cells, enum style style,
	const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* Ends at column end (exclusive); returns the column where it begins. */
int frame_right(struct frame *frame, int row, int end, int cells,
	enum style style, const char *text);

void frame_glyph(struct frame *frame, int row, int col, enum style style,
	enum glyph glyph);
void frame_hline(struct frame *frame, int row, int col, int cells,
	enum style style);
/* Blanks of one style over rows * cells. */
void frame_fill(struct frame *frame, int row, int col, int rows, int cells,
	enum style style);
/* Restyles what stands there. */
void frame_style(struct frame *frame, int row, int col, int cells,
	enum style style);
/* A box with blank inside and a title (NULL: none) in its upper edge. */
void frame_box(struct frame *frame, int row, int col, int rows, int cells,
	enum style style, const char *title);

/* Writes text wrapped at blanks into at most rows lines; \n begins a new one.
 * A text that does not fit ends in an ellipsis.  Returns the lines used.  With
 * frame NULL it only counts (at most rows). */
int frame_wrap(struct frame *frame, int row, int col, int rows, int cells,
	enum style style, const char *text);

void frame_cursor(struct frame *frame, int row, int col, bool visible);

/* The characters of a row, blanks at its end trimmed; of all rows with \n. */
void frame_row_text(const struct frame *frame, int row, struct buf *out);
void frame_dump(const struct frame *frame, struct buf *out);
/* "row col cells style" for every run that is not plain text. */
void frame_dump_styles(const struct frame *frame, struct buf *out);

const char *style_name(enum style style);
const char *glyph_text(enum glyph glyph, bool ascii);

#endif
