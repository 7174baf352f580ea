/* print_put.c owns the two writers of printed papers: lines of text, and items from
 * which suco-report makes a PDF.  What is put here is on both. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/print_private.h"

static const char *const style_words[] = {
	[PRINT_TEXT] = "text", [PRINT_TITLE] = "title", [PRINT_HEAD] = "head",
	[PRINT_SMALL] = "small", [PRINT_BRANCH] = "branch", [PRINT_STEP] = "step",
	[PRINT_FORM] = "form", [PRINT_COLUMNS] = "columns",
};

static struct json *
new_item(struct printing *p, const char *style)
{
	struct json *item = json_object();

	json_set_text(item, "style", style);
	json_push(p->items, item);
	return item;
}

/* Blanks before the text are its indent on paper. */
static void
put_item(struct printing *p, enum print_style style, const char *text)
{
	size_t indent = strspn(text, " ");

	if (p->items != NULL) {
		struct json *item = new_item(p, style_words[style]);

		json_set_int(item, "indent", (int64_t)indent);
		json_set_text(item, "text", text + indent);
	}
}

void
print_add(struct printing *p, enum print_style style, const char *fmt, ...)
{
	char text[2048];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	pages_add(&p->pages, "%s", text);
	put_item(p, style, text);
}

void
print_wrap(struct printing *p, enum print_style style, const char *first,
	const char *text)
{
	char *whole = xasprintf("%s%s", first, text);

	pages_wrap(&p->pages, first, text);
	put_item(p, style, whole);
	free(whole);
}

/* A cell as wide as its column; the last one as long as it is. */
static void
add_cell(struct buf *line, const struct print_cell *cell, bool last)
{
	char *text;

	if (cell->width == 0) {
		buf_adds(line, cell->text);
		return;
	}
	text = text_column(cell->text, cell->width, true, false);
	buf_addf(line, "%s%s", text, last ? "" : " ");
	free(text);
}

void
print_row(struct printing *p, const struct print_cell *cells, int count)
{
	struct json *list = json_array();
	struct buf line = { 0 };

	for (int i = 0; i < count; i++) {
		struct json *cell = json_object();

		add_cell(&line, &cells[i], i == count - 1);
		json_set_text(cell, "text", cells[i].text);
		json_set_int(cell, "width", cells[i].width);
		json_push(list, cell);
	}
	pages_add(&p->pages, "  %s", buf_text(&line));
	buf_free(&line);
	if (p->items != NULL) {
		json_set(new_item(p, "row"), "cells", list);
	} else {
		json_free(list);
	}
}

void
print_keep(struct printing *p)
{
	pages_keep(&p->pages);
	if (p->items != NULL) {
		(void)new_item(p, "keep");
	}
}

void
print_keep_end(struct printing *p)
{
	pages_keep_end(&p->pages);
	if (p->items != NULL) {
		(void)new_item(p, "keep_end");
	}
}

void
print_break(struct printing *p)
{
	pages_break(&p->pages);
	if (p->items != NULL) {
		(void)new_item(p, "break");
	}
}

void
print_rule(struct printing *p, const char *title)
{
	pages_add(&p->pages, "%s", "");
	pages_add(&p->pages, "-- %s", title);
	put_item(p, PRINT_HEAD, title);
}

struct json *
print_document(struct printing *p, const char *foot, const char *hash)
{
	struct json *doc = json_object();

	json_set_text(doc, "title", foot);
	json_set_text(doc, "foot", foot);
	json_set_text(doc, "hash", hash);
	json_set_text(doc, "page", _("page"));
	json_set(doc, "items", p->items);
	p->items = NULL;
	return doc;
}

void
print_clear(struct printing *p)
{
	pages_clear(&p->pages);
	json_free(p->items);
	p->items = NULL;
}
