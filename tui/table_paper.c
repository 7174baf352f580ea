/* table_paper.c owns tables on paper: every column and every row, however wide,
 * in lines that a printer takes. */
#include <string.h>

#include "core/i18n.h"
#include "core/text.h"
#include "tui/table.h"

#define NARROW 5    /* cells that a column keeps however full the line is */
#define LINES_MAX 60 /* of one row */

struct widths {
	int cells[TABLE_CELLS];
	int count, sum;
};

static void
widen(struct widths *w, int column, const char *text)
{
	int cells = text == NULL ? 0 : text_width(text);

	if (cells > w->cells[column]) {
		w->sum += cells - w->cells[column];
		w->cells[column] = cells;
	}
}

/* What each column would like; then the widest give way. */
static void
measure(struct widths *w, const struct table_column *columns,
	const struct table_rows *rows, int cells)
{
	for (int i = 0; columns[i].title != NULL; i++) {
		w->count = i + 1;
		widen(w, i, Q_(columns[i].title));
		for (int row = 0; row < rows->count; row++) {
			widen(w, i, rows->rows[row].cells[i]);
		}
	}
	while (w->sum + w->count - 1 > cells) {
		int widest = 0;

		for (int i = 1; i < w->count; i++) {
			widest = w->cells[i] > w->cells[widest] ? i : widest;
		}
		if (w->cells[widest] <= NARROW) {
			break;
		}
		w->cells[widest]--;
		w->sum--;
	}
}

static void
put_line(struct buf *out, const struct widths *w, const char *const *texts,
	const struct table_column *columns, int cells)
{
	struct frame page = { .ascii = true };
	int lines = 1, col = 0;

	for (int i = 0; i < w->count; i++) {
		int own = texts[i] == NULL ? 0 : frame_wrap(NULL, 0, 0, LINES_MAX,
			w->cells[i], ST_TEXT, texts[i]);

		lines = own > lines ? own : lines;
	}
	frame_size(&page, lines, cells);
	for (int i = 0; i < w->count; i++) {
		const char *text = texts[i] == NULL ? "" : texts[i];

		if (columns[i].right && text_width(text) <= w->cells[i]) {
			frame_right(&page, 0, col + w->cells[i], w->cells[i], ST_TEXT, text);
		} else {
			frame_wrap(&page, 0, col, lines, w->cells[i], ST_TEXT, text);
		}
		col += w->cells[i] + 1;
	}
	for (int i = 0; i < lines; i++) {
		frame_row_text(&page, i, out);
		buf_addc(out, '\n');
	}
	frame_free(&page);
}

void
table_paper(struct buf *out, const struct table_column *columns,
	const struct table_rows *rows, int cells)
{
	struct widths w = { 0 };
	const char *texts[TABLE_CELLS] = { NULL };

	measure(&w, columns, rows, cells);
	for (int i = 0; i < w.count; i++) {
		texts[i] = Q_(columns[i].title);
	}
	put_line(out, &w, texts, columns, cells);
	for (int i = 0; i < cells; i++) {
		buf_addc(out, '-');
	}
	buf_addc(out, '\n');
	for (int row = 0; row < rows->count; row++) {
		for (int i = 0; i < w.count; i++) {
			texts[i] = rows->rows[row].cells[i];
		}
		put_line(out, &w, texts, columns, cells);
	}
}
