/* pages.c owns the layout of printed text. */
#include "core/pages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"

#define BODY (PAGES_LINES - 2) /* a blank line and the foot */

struct pages_line {
	char *text;
	bool glued;  /* stays with the line before it */
	bool breaks; /* begins a page */
};

static void
push(struct pages *pages, char *text)
{
	if (pages->count == pages->cap) {
		pages->cap = pages->cap == 0 ? 256 : pages->cap * 2;
		pages->lines = xrealloc(pages->lines,
			(size_t)pages->cap * sizeof *pages->lines);
	}
	pages->lines[pages->count++] = (struct pages_line){ .text = text,
		.glued = pages->keeping };
}

void
pages_add(struct pages *pages, const char *fmt, ...)
{
	char text[2048];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	push(pages, text_column(text, PAGES_CELLS, false, false));
}

size_t
pages_piece(const char *text, int cells)
{
	size_t line = strcspn(text, "\n");
	size_t fit = text_fit(text, cells, NULL);
	size_t at = fit;

	if (line <= fit) {
		return line > 0 || text[0] == '\0' ? line : 0;
	}
	while (at > 0 && text[at] != ' ') {
		at--;
	}
	return at > 0 ? at : fit > 0 ? fit : 1;
}

void
pages_wrap(struct pages *pages, const char *first, const char *text)
{
	int indent = text_width(first);
	const char *before = first;

	do {
		size_t len = pages_piece(text, PAGES_CELLS - indent);
		char *piece = xasprintf("%*s%.*s", before == first ? 0 : indent, "",
			(int)len, text);
		char *line = xasprintf("%s%s", before == first ? first : "", piece);

		push(pages, text_column(line, PAGES_CELLS, false, false));
		free(line);
		free(piece);
		before = NULL;
		text += len;
		text += *text == '\n' || *text == ' ';
	} while (*text != '\0');
}

void
pages_keep(struct pages *pages)
{
	pages->keeping = false;
	push(pages, NULL); /* a mark that no paper shows */
	pages->keeping = true;
}

void
pages_keep_end(struct pages *pages)
{
	pages->keeping = false;
}

void
pages_break(struct pages *pages)
{
	push(pages, NULL);
	pages->lines[pages->count - 1].breaks = true;
	pages->lines[pages->count - 1].glued = false;
}

/* Lines from here to the end of what is kept together. */
static int
block(const struct pages *pages, int from)
{
	int lines = pages->lines[from].text != NULL;

	for (int i = from + 1; i < pages->count && pages->lines[i].glued; i++) {
		lines += pages->lines[i].text != NULL;
	}
	return lines;
}

/* Puts the lines; out NULL: only counts the pages. */
static int
layout(struct buf *out, const struct pages *pages, const char *foot, int all)
{
	int page = 1;
	int used = 0;

	for (int i = 0; i < pages->count; i++) {
		const struct pages_line *line = &pages->lines[i];
		bool starts = !line->glued && block(pages, i) <= BODY;
		bool full = used + (starts ? block(pages, i) : line->text != NULL) > BODY;

		if (used > 0 && (line->breaks || full)) {
			for (; out != NULL && used <= BODY; used++) {
				buf_addc(out, '\n');
			}
			if (out != NULL) {
				buf_addf(out, _("%s   page %d/%d\n"), foot, page, all);
				buf_addc(out, '\f');
			}
			page++;
			used = 0;
		}
		if (line->text != NULL && out != NULL) {
			buf_addf(out, "%s\n", line->text);
		}
		used += line->text != NULL;
	}
	for (; out != NULL && used <= BODY; used++) {
		buf_addc(out, '\n');
	}
	if (out != NULL) {
		buf_addf(out, _("%s   page %d/%d\n"), foot, page, all);
	}
	return page;
}

void
pages_take(struct buf *out, struct pages *pages, const char *foot)
{
	char *cut = text_column(foot, PAGES_CELLS - 18, false, false);

	(void)layout(out, pages, cut, layout(NULL, pages, cut, 0));
	free(cut);
	pages_clear(pages);
}

void
pages_plain(struct buf *out, struct pages *pages)
{
	for (int i = 0; i < pages->count; i++) {
		if (pages->lines[i].text != NULL) {
			buf_addf(out, "%s\n", pages->lines[i].text);
		}
	}
	pages_clear(pages);
}

void
pages_clear(struct pages *pages)
{
	for (int i = 0; i < pages->count; i++) {
		free(pages->lines[i].text);
	}
	free(pages->lines);
	*pages = (struct pages){ 0 };
}
