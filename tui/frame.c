/* frame.c owns the cell grid: text goes in cut by columns and cleaned of
 * everything that a terminal could obey. */
#include "tui/frame.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/mem.h"
#include "core/text.h"

static const struct {
	const char *box;
	const char *ascii;
} glyphs[GL_COUNT] = {
	[GL_HLINE] = { "─", "-" },
	[GL_VLINE] = { "│", "|" },
	[GL_TOP_LEFT] = { "┌", "+" },
	[GL_TOP_RIGHT] = { "┐", "+" },
	[GL_BOTTOM_LEFT] = { "└", "+" },
	[GL_BOTTOM_RIGHT] = { "┘", "+" },
	[GL_TEE_DOWN] = { "┬", "+" },
	[GL_TEE_UP] = { "┴", "+" },
	[GL_TEE_RIGHT] = { "├", "+" },
	[GL_TEE_LEFT] = { "┤", "+" },
	[GL_CROSS] = { "┼", "+" },
	[GL_ELLIPSIS] = { "…", "~" },
	[GL_BLOCK] = { "█", "#" },
};

static const char *const style_names[ST_COUNT] = {
	[ST_TEXT] = "text", [ST_DIM] = "dim", [ST_STRONG] = "strong",
	[ST_HEAD] = "head", [ST_NOW] = "now", [ST_NOW_LATE] = "now-late",
	[ST_LINE] = "line", [ST_TITLE] = "title", [ST_CURSOR] = "cursor",
	[ST_MARK] = "mark", [ST_LATE] = "late", [ST_SOON] = "soon",
	[ST_GOOD] = "good", [ST_ERROR] = "error", [ST_INFO] = "info",
	[ST_KEY] = "key", [ST_HINT] = "hint", [ST_FIELD] = "field",
	[ST_FOCUS] = "focus", [ST_POPUP] = "popup", [ST_DRILL] = "drill",
	[ST_GREY] = "grey",
};

static const struct cell BLANK = { .text = " ", .width = 1, .style = ST_TEXT };

const char *
style_name(enum style style)
{
	return style_names[style];
}

const char *
glyph_text(enum glyph glyph, bool ascii)
{
	return ascii ? glyphs[glyph].ascii : glyphs[glyph].box;
}

void
frame_size(struct frame *frame, int rows, int cols)
{
	if (rows != frame->rows || cols != frame->cols || frame->cells == NULL) {
		frame->cells = xrealloc(frame->cells,
			(size_t)rows * (size_t)cols * sizeof(struct cell) + 1);
		frame->rows = rows;
		frame->cols = cols;
	}
	frame_clear(frame);
}

void
frame_clear(struct frame *frame)
{
	for (int i = 0; i < frame->rows * frame->cols; i++) {
		frame->cells[i] = BLANK;
	}
	frame_cursor(frame, 0, 0, false);
}

void
frame_free(struct frame *frame)
{
	free(frame->cells);
	*frame = (struct frame){ 0 };
}

static struct cell *
cell_at(const struct frame *frame, int row, int col)
{
	return &frame->cells[row * frame->cols + col];
}

/* A cell that is written takes its wide partner's other half with it. */
static void
set_cell(struct frame *frame, int row, int col, const char *text, size_t len,
	int width, enum style style)
{
	struct cell *cell = cell_at(frame, row, col);

	if (cell->width == 0 && col > 0) {
		cell[-1] = (struct cell){ .text = " ", .width = 1, .style = cell[-1].style };
	}
	if (col + width < frame->cols && cell[width].width == 0) {
		cell[width] = (struct cell){ .text = " ", .width = 1,
			.style = cell[width].style };
	}
	*cell = (struct cell){ .width = (uint8_t)width, .style = (uint8_t)style };
	memcpy(cell->text, text, len);
	if (width == 2) {
		cell[1] = (struct cell){ .style = (uint8_t)style };
	}
}

/* Without accents: the letter alone, "?" for what has no plain form. */
static size_t
plain_form(char out[14], const char *text, size_t len)
{
	char small[16];
	char *folded;

	snprintf(small, sizeof(small), "%.*s", (int)(len < 15 ? len : 15), text);
	folded = fold_marks(small);
	out[0] = folded[0] != '\0' && (unsigned char)folded[0] < 0x80 ? folded[0] : '?';
	free(folded);
	return 1;
}

/* Bytes of the grapheme at text, its columns and what of it goes into the cell
 * (*keep bytes of *shown). */
static size_t
next_grapheme(const struct frame *frame, const char *text, char shown[14],
	size_t *keep, int *width)
{
	unsigned char byte = (unsigned char)text[0];
	uint32_t point;
	size_t len, at = 0, step;

	*keep = 1;
	*width = 1;
	if (byte == '\t' || (byte < 0x80 && (unsigned char)text[1] < 0x80)) {
		shown[0] = byte == '\t' || byte == '\n' ? ' ' : text[0];
		*width = (byte < 0x20 && shown[0] != ' ') || byte == 0x7f ? 0 : 1;
		return 1;
	}
	if (text_decode(text, strlen(text) < 8 ? strlen(text) : 8, &point) == 0) {
		shown[0] = '?';
		return 1;
	}
	len = text_next(text, 0);
	*width = text_width_n(text, len);
	if (point < 0x20 || (point >= 0x7f && point < 0xa0) || *width < 0) {
		*width = 0;
	}
	while (at < len && (step = text_decode(text + at, len - at, &point)) > 0
		&& at + step <= 13) {
		at += step;
	}
	memcpy(shown, text, at);
	*keep = at;
	if (frame->plain && byte >= 0x80) {
		*keep = plain_form(shown, text, at);
		*width = *width > 0 ? 1 : 0;
	}
	return len > 0 ? len : 1;
}

static int
put(struct frame *frame, int row, int col, int cells, enum style style,
	const char *text, bool *cut)
{
	int used = 0;

	*cut = false;
	if (row < 0 || row >= frame->rows || col < 0 || text == NULL) {
		return 0;
	}
	if (cells > frame->cols - col) {
		cells = frame->cols - col;
	}
	while (*text != '\0') {
		char shown[14];
		size_t keep;
		int width;
		size_t len = next_grapheme(frame, text, shown, &keep, &width);

		if (width > 0 && used + width > cells) {
			*cut = true;
			break;
		}
		if (width > 0) {
			set_cell(frame, row, col + used, shown, keep,
				width > 2 ? 2 : width, style);
			used += width > 2 ? 2 : width;
		}
		text += len;
	}
	return used;
}

int
frame_put(struct frame *frame, int row, int col, int cells, enum style style,
	const char *text)
{
	bool cut;

	return put(frame, row, col, cells, style, text, &cut);
}

int
frame_cut(struct frame *frame, int row, int col, int cells, enum style style,
	const char *text)
{
	bool cut;
	int used = put(frame, row, col, cells, style, text, &cut);

	if (cut && cells > 0) {
		int limit = cells < frame->cols - col ? cells : frame->cols - col;

		while (used < limit) {
			frame_put(frame, row, col + used++, 1, style, " ");
		}
		if (limit > 0) {
			frame_glyph(frame, row, col + limit - 1, style, GL_ELLIPSIS);
		}
	}
	return used;
}

int
frame_putf(struct frame *frame, int row, int col, int cells, enum style style,
	const char *fmt, ...)
{
	char text[2048];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return frame_put(frame, row, col, cells, style, text);
}

int
frame_right(struct frame *frame, int row, int end, int cells, enum style style,
	const char *text)
{
	int width = text_width(text);

	if (width > cells) {
		width = cells;
	}
	frame_put(frame, row, end - width, width, style, text);
	return end - width;
}

void
frame_glyph(struct frame *frame, int row, int col, enum style style,
	enum glyph glyph)
{
	const char *text = glyph_text(glyph, frame->ascii || frame->plain);

	if (row < 0 || row >= frame->rows || col < 0 || col >= frame->cols) {
		return;
	}
	set_cell(frame, row, col, text, strlen(text), 1, style);
}

void
frame_hline(struct frame *frame, int row, int col, int cells, enum style style)
{
	for (int i = 0; i < cells; i++) {
		frame_glyph(frame, row, col + i, style, GL_HLINE);
	}
}

void
frame_fill(struct frame *frame, int row, int col, int rows, int cells,
	enum style style)
{
	for (int r = row; r < row + rows; r++) {
		for (int c = col; c < col + cells; c++) {
			if (r >= 0 && r < frame->rows && c >= 0 && c < frame->cols) {
				set_cell(frame, r, c, " ", 1, 1, style);
			}
		}
	}
}

void
frame_style(struct frame *frame, int row, int col, int cells, enum style style)
{
	for (int c = col; c < col + cells && c < frame->cols; c++) {
		if (row >= 0 && row < frame->rows && c >= 0) {
			cell_at(frame, row, c)->style = (uint8_t)style;
		}
	}
}

void
frame_box(struct frame *frame, int row, int col, int rows, int cells,
	enum style style, const char *title)
{
	int last = row + rows - 1, right = col + cells - 1;

	frame_fill(frame, row, col, rows, cells, style);
	frame_hline(frame, row, col, cells, style);
	frame_hline(frame, last, col, cells, style);
	for (int r = row + 1; r < last; r++) {
		frame_glyph(frame, r, col, style, GL_VLINE);
		frame_glyph(frame, r, right, style, GL_VLINE);
	}
	frame_glyph(frame, row, col, style, GL_TOP_LEFT);
	frame_glyph(frame, row, right, style, GL_TOP_RIGHT);
	frame_glyph(frame, last, col, style, GL_BOTTOM_LEFT);
	frame_glyph(frame, last, right, style, GL_BOTTOM_RIGHT);
	if (title != NULL && title[0] != '\0') {
		int used;

		frame_put(frame, row, col + 3, cells - 6, style, " ");
		used = frame_cut(frame, row, col + 4, cells - 8, ST_TITLE, title);
		frame_put(frame, row, col + 4 + used, 1, style, " ");
	}
}

/* Bytes of the line that begins at text; *skip what separates it from the
 * next. */
static size_t
line_bytes(const char *text, int cells, size_t *skip)
{
	size_t end = strcspn(text, "\n");
	size_t fit, at;
	char *line = xstrndup(text, end);

	fit = text_fit(line, cells, NULL);
	free(line);
	*skip = 0;
	if (fit >= end) {
		*skip = text[end] == '\n' ? 1 : 0;
		return end;
	}
	for (at = fit; at > 0 && text[at] != ' '; at--) {
	}
	if (at > 0) {
		*skip = 1;
		return at;
	}
	return fit > 0 ? fit : text_next(text, 0);
}

/* The last line there is room for, of a text that goes on: it ends in the
 * ellipsis, so that nobody takes the part for the whole. */
static void
last_line(struct frame *frame, int row, int col, int cells, enum style style,
	const char *text)
{
	char *line = xstrndup(text, strcspn(text, "\n"));
	int used = frame_cut(frame, row, col, cells, style, line);

	if (text_width(line) <= cells) {
		frame_glyph(frame, row, col + (used + 1 < cells ? used + 1 : cells - 1),
			style, GL_ELLIPSIS);
	}
	free(line);
}

int
frame_wrap(struct frame *frame, int row, int col, int rows, int cells,
	enum style style, const char *text)
{
	int used = 0;

	while (*text != '\0' && used < rows && cells > 0) {
		size_t skip;
		size_t len = line_bytes(text, cells, &skip);

		if (frame != NULL && used == rows - 1 && text[len + skip] != '\0') {
			last_line(frame, row + used, col, cells, style, text);
		} else if (frame != NULL) {
			char *line = xstrndup(text, len);

			frame_put(frame, row + used, col, cells, style, line);
			free(line);
		}
		text += len + skip;
		used++;
	}
	return used;
}

void
frame_cursor(struct frame *frame, int row, int col, bool visible)
{
	frame->cursor_row = row;
	frame->cursor_col = col;
	frame->cursor_visible = visible;
}

void
frame_row_text(const struct frame *frame, int row, struct buf *out)
{
	int end = frame->cols;

	while (end > 0 && strcmp(cell_at(frame, row, end - 1)->text, " ") == 0) {
		end--;
	}
	for (int col = 0; col < end; col++) {
		buf_adds(out, cell_at(frame, row, col)->text);
	}
}

void
frame_dump(const struct frame *frame, struct buf *out)
{
	for (int row = 0; row < frame->rows; row++) {
		frame_row_text(frame, row, out);
		buf_addc(out, '\n');
	}
}

void
frame_dump_styles(const struct frame *frame, struct buf *out)
{
	for (int row = 0; row < frame->rows; row++) {
		int col = 0;

		while (col < frame->cols) {
			int end = col;
			uint8_t style = cell_at(frame, row, col)->style;

			while (end < frame->cols && cell_at(frame, row, end)->style == style) {
				end++;
			}
			if (style != ST_TEXT) {
				buf_addf(out, "%d %d %d %s\n", row, col, end - col,
					style_names[style]);
			}
			col = end;
		}
	}
}
