/* pages.h - lines laid out as A4 pages of plain text: 60 lines of at most 74
 * columns (a margin on paper, a popup on a screen of 80), a form feed between
 * pages, a foot with the page's number. */
#ifndef CORE_PAGES_H
#define CORE_PAGES_H

#include <stdbool.h>

#include "core/buf.h"

#define PAGES_CELLS 74
#define PAGES_LINES 60

struct pages_line;
struct pages {
	struct pages_line *lines;
	int count, cap;
	bool keeping;
};

/* A line, cut at the width. */
void pages_add(struct pages *pages, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Text wrapped at blanks: the first line behind `first`, the others behind as many
 * blanks as it is wide. */
void pages_wrap(struct pages *pages, const char *first, const char *text);
/* What is added until pages_keep_end() stays on one page where it can. */
void pages_keep(struct pages *pages);
void pages_keep_end(struct pages *pages);
/* The next line begins a new page. */
void pages_break(struct pages *pages);

/* All of it, with this foot and "page 2/5"; empties pages. */
void pages_take(struct buf *out, struct pages *pages, const char *foot);
/* The same as one run of lines, without pages: for a copy. */
void pages_plain(struct buf *out, struct pages *pages);
void pages_clear(struct pages *pages);

/* Bytes of the next line of text that fits in cells, cut at a blank or a new line
 * where there is one; never 0 but at the end. */
size_t pages_piece(const char *text, int cells);

#endif
