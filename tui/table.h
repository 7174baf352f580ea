/* table.h - rows of texts in columns, a page at a time: what the lists of the
 * outbox, the register, the library and the settings have in common.
 *
 * A source fills a page on the desk's thread: it steps through its rows in the
 * order of the key, from `from` on, and gives each to page_take() until that
 * says enough. */
#ifndef TUI_TABLE_H
#define TUI_TABLE_H

#include <stdbool.h>

#include "core/desk.h"
#include "tui/frame.h"
#include "tui/list.h"
#include "tui/view.h"
#include "tui/window.h"

#define TABLE_CELLS 11
#define TABLE_WIDE 110 /* columns of a frame that leaves room */

struct table_column {
	const char *title; /* N_() */
	int cells;         /* 0: what is left; one column only */
	int from;          /* columns of the frame from which it is shown */
	bool right;
	int wide;          /* cells from TABLE_WIDE columns on; 0: as before */
};

struct table_row {
	char id[UUID_SIZE];  /* what the selection keeps */
	char *key;           /* what commands name and pages go on from */
	char *state;         /* a word that acts look at; never NULL */
	char *about;         /* what else acts need to know, or NULL */
	char *text;          /* all of it, to read and to be found by; or NULL */
	char case_id[UUID_SIZE]; /* of the case that it belongs to; or "" */
	char *cells[TABLE_CELLS]; /* NULL: empty */
	int signs;           /* before the row: 0, 1 "!", 2 "!!" */
	enum style style;    /* of the first cell */
};

/* What a page tells beside its rows, for the head of a sheet. */
struct table_head {
	char counts[120];     /* behind the title: "3 waiting, 1 overdue" */
	char todo[240];       /* a NOW line of its own; "": the desk's */
	bool late;            /* todo is */
	char note[120];       /* at the right above the table; "" */
	char number[24], title[512]; /* of the case that the sheet is of */
	int severity, suggested;
	bool open;            /* that case is not closed */
	bool merged, red; /* red: TLP:RED */
};

struct table_rows {
	WINDOW_OF(struct table_row);
	struct table_head head;
};

/* What to load. */
struct page {
	enum list_want want; /* FIRST, LAST, AFTER or BEFORE `from` */
	bool again;          /* the same window once more */
	int limit;
	int preset;          /* of the screen */
	char from[256];      /* a row's key */
	char words[256];     /* shown are rows that hold all of them; "" all */
	char about[256]; /* the case that one came from, the system shown; or "" */
};

bool page_backwards(const struct page *page);
/* How many rows a statement may give at most. */
int64_t page_limit(const struct page *page);

/* A fresh row at the end; borrowed until the next one. */
struct table_row *table_add(struct table_rows *rows, const char *id,
	const char *key, const char *state);
/* Copies, and makes printable. */
void table_cell(struct table_row *row, int cell, const char *text);
/* The last row was filled: it stays if it has the words.  False: that is enough. */
bool page_take(struct table_rows *rows, const struct page *page);
/* All were taken: brings them into the order that is shown. */
void page_end(struct table_rows *rows, const struct page *page);

void table_join(struct table_rows *rows, struct table_rows *more,
	enum list_want want, int max);
void table_free(struct table_rows *rows);

/* As paper: every column and row, wrapped within cells columns. */
void table_paper(struct buf *out, const struct table_column *columns,
	const struct table_rows *rows, int cells);

/* The heads in row, the rows of the list below, rows lines in all. */
void table_show(const struct table_column *columns, const struct table_rows *table,
	struct list *list, struct frame *frame, int row, int rows);

#endif
