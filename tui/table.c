/* table.c owns pages of rows: filling, joining, showing them. */
#include "tui/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"

#define FIRST_COL 4 /* cursor, two signs, mark */

bool
page_backwards(const struct page *page)
{
	return page->want == LIST_WANT_BEFORE || page->want == LIST_WANT_LAST;
}

/* One more than is shown tells that there is more; with words most rows may
 * have to be passed over. */
int64_t
page_limit(const struct page *page)
{
	return page->words[0] != '\0' ? INT32_MAX : page->limit + 1;
}

static void
clear_row(void *arg)
{
	struct table_row *row = arg;

	free(row->key);
	free(row->state);
	free(row->about);
	free(row->text);
	for (int i = 0; i < TABLE_CELLS; i++) {
		free(row->cells[i]);
	}
}

static const struct window_kind kind = { sizeof(struct table_row), clear_row };

struct table_row *
table_add(struct table_rows *rows, const char *id, const char *key,
	const char *state)
{
	struct table_row *row = window_add(&rows->window, &kind);

	row->key = xstrdup(key);
	row->state = xstrdup(state);
	snprintf(row->id, sizeof(row->id), "%s", id);
	return row;
}

void
table_cell(struct table_row *row, int cell, const char *text)
{
	free(row->cells[cell]);
	row->cells[cell] = text == NULL ? NULL : text_printable(text, strlen(text));
}

static bool
has_words(const struct table_row *row, const char *words)
{
	struct buf all = { 0 };
	char *folded, *wanted = fold_text(words);
	char *rest = NULL;
	bool has = true;

	for (int i = 0; i < TABLE_CELLS; i++) {
		buf_addf(&all, "%s ", row->cells[i] != NULL ? row->cells[i] : "");
	}
	buf_addf(&all, "%s", row->text != NULL ? row->text : "");
	folded = fold_text(buf_text(&all));
	for (char *word = strtok_r(wanted, " ", &rest); word != NULL && has;
		word = strtok_r(NULL, " ", &rest)) {
		has = strstr(folded, word) != NULL;
	}
	free(wanted);
	free(folded);
	buf_free(&all);
	return has;
}

bool
page_take(struct table_rows *rows, const struct page *page)
{
	if (page->words[0] != '\0'
		&& !has_words(&rows->rows[rows->count - 1], page->words)) {
		window_drop_last(&rows->window, &kind);
	}
	return rows->count <= page->limit;
}

void
page_end(struct table_rows *rows, const struct page *page)
{
	window_end(&rows->window, &kind, page->want, page->limit);
}

void
table_free(struct table_rows *rows)
{
	window_free(&rows->window, &kind);
	rows->head = (struct table_head){ 0 };
}

void
table_join(struct table_rows *rows, struct table_rows *more, enum list_want want,
	int max)
{
	rows->head = more->head;
	window_join(&rows->window, &more->window, &kind, want, max);
	more->head = (struct table_head){ 0 };
}

/* ---- showing ---- */

static int
cells_of(const struct table_column *column, int wide)
{
	return wide < column->from ? 0
		: wide >= TABLE_WIDE && column->wide > 0 ? column->wide : column->cells;
}

static int
room_left(const struct table_column *columns, int wide)
{
	int fixed = FIRST_COL;

	for (int i = 0; columns[i].title != NULL; i++) {
		fixed += wide >= columns[i].from ? cells_of(&columns[i], wide) + 1 : 0;
	}
	return wide - fixed > 0 ? wide - fixed : 0;
}

/* A text a column: the heads, or the cells of a row. */
static void
put_texts(const struct table_column *columns, struct frame *frame, int row,
	const char *const *texts, enum style first, enum style rest)
{
	int left = room_left(columns, frame->cols);
	int col = FIRST_COL;

	for (int i = 0; columns[i].title != NULL; i++) {
		int cells = columns[i].cells > 0 ? cells_of(&columns[i], frame->cols) : left;
		const char *text = texts[i] != NULL ? texts[i] : "";
		enum style style = i == 0 ? first : rest;

		if (frame->cols < columns[i].from) {
			continue;
		}
		if (columns[i].right) {
			frame_right(frame, row, col + cells, cells, style, text);
		} else {
			frame_cut(frame, row, col, cells, style, text);
		}
		col += cells + 1;
	}
}

static void
show_row(const struct table_column *columns, const struct table_row *row,
	struct frame *frame, int at, bool cursor, bool marked)
{
	frame_put(frame, at, 0, 1, ST_STRONG, cursor ? ">" : " ");
	frame_put(frame, at, 1, 2, row->style, row->signs > 1 ? "!!"
		: row->signs > 0 ? " !" : "");
	frame_put(frame, at, 3, 1, ST_MARK, marked ? "*" : " ");
	put_texts(columns, frame, at, (const char *const *)row->cells, row->style,
		marked ? ST_MARK : ST_TEXT);
	if (cursor) {
		frame_style(frame, at, 0, frame->cols, ST_CURSOR);
	}
}

static void
show_heads(const struct table_column *columns, struct frame *frame, int row)
{
	const char *heads[TABLE_CELLS] = { NULL };

	for (int i = 0; i < TABLE_CELLS && columns[i].title != NULL; i++) {
		heads[i] = Q_(columns[i].title);
	}
	put_texts(columns, frame, row, heads, ST_TITLE, ST_TITLE);
}

void
table_show(const struct table_column *columns, const struct table_rows *table,
	struct list *list, struct frame *frame, int row, int rows)
{
	int head = frame->rows >= 16 ? 1 : 0;
	int room = rows - head;

	if (head > 0) {
		show_heads(columns, frame, row);
	}
	list->height = room > 0 ? room : 1;
	list_fit(list);
	for (int i = 0; i < room && list->top + i < table->count; i++) {
		int at = list->top + i;

		show_row(columns, &table->rows[at], frame, row + head + i,
			at == list->cursor, list_marked(list, table->rows[at].id));
	}
	frame_cursor(frame, row + head + list->cursor - list->top, 0, false);
}
