/* paper_pages.c owns the pages: what stands on which, what stays together, the foot
 * of each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "report/paper.h"
#include "report/paper_item.h"

/* A4 in points; room at the left for a folder's holes. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define LEFT 57.0
#define RIGHT 40.0
#define TOP 38.0
#define BOTTOM 52.0
#define WIDTH (PAGE_WIDTH - LEFT - RIGHT)
#define ROOM (PAGE_HEIGHT - TOP - BOTTOM)

struct placed {
	const struct json *item;
	double height, y;
	int page;
};

struct book {
	const struct json *document;
	struct painter *painter;
	struct placed *items;
	int count, pages;
	struct json *halves; /* of what is longer than a page; ours */
	double y; /* of the page, while items are placed */
};

static void
add_bytes(void *arg, const void *bytes, size_t len)
{
	buf_add(arg, bytes, len);
}

static bool
is(const struct placed *placed, const char *style)
{
	return strcmp(json_text_of(placed->item, "style"), style) == 0;
}

/* The same item with this part of its text. */
static const struct json *
part_of(struct book *book, const struct json *item, const char *text, size_t len)
{
	struct json *part = json_copy(item);
	char *words = xstrndup(text, len);

	json_set_text(part, "text", words);
	json_push(book->halves, part);
	free(words);
	return part;
}

static void add_item(struct book *book, const struct json *item);

/* In two at the blank nearest before the middle; false: there is none. */
static bool
add_halves(struct book *book, const struct json *item)
{
	const char *text = json_text_of(item, "text");
	size_t at = strlen(text) / 2;

	while (at > 0 && text[at] != ' ') {
		at--;
	}
	if (at == 0) {
		return false;
	}
	add_item(book, part_of(book, item, text, at));
	add_item(book, part_of(book, item, text + at + 1, strlen(text + at + 1)));
	return true;
}

static void
add_item(struct book *book, const struct json *item)
{
	double height = item_put(book->painter, item, (struct paper_place){ LEFT, 0, WIDTH });

	if (height > ROOM && add_halves(book, item)) {
		return;
	}
	book->items = xrealloc(book->items, ((size_t)book->count + 1) * sizeof *book->items);
	book->items[book->count++] = (struct placed){ .item = item, .height = height };
}

static void
measure(struct book *book)
{
	for (const struct json *item = json_first(json_get(book->document, "items"));
			item != NULL; item = json_next(item)) {
		add_item(book, item);
	}
}

/* Behind what stays together with the item at from; a head stays with what it is
 * the head of. */
static int
block_end(const struct book *book, int from)
{
	int i = from;

	if (is(&book->items[i], "head") && i + 1 < book->count) {
		return block_end(book, i + 1);
	}
	if (!is(&book->items[i], "keep")) {
		return i + 1;
	}
	while (i < book->count && !is(&book->items[i], "keep_end")) {
		i++;
	}
	return i < book->count ? i + 1 : i;
}

static void
next_page(struct book *book)
{
	if (book->y > 0) {
		book->pages++;
		book->y = 0;
	}
}

static void
place(struct book *book)
{
	book->pages = 1;
	for (int from = 0; from < book->count;) {
		int end = block_end(book, from);
		double height = 0;

		for (int i = from; i < end; i++) {
			height += book->items[i].height;
		}
		if (is(&book->items[from], "break")
				|| (book->y + height > ROOM && height <= ROOM)) {
			next_page(book);
		}
		for (; from < end; from++) {
			struct placed *one = &book->items[from];

			if (book->y + one->height > ROOM) {
				next_page(book);
			}
			one->page = book->pages;
			one->y = book->y;
			book->y += one->height;
		}
	}
}

static void
put_foot(struct book *book, int page)
{
	const char *hash = json_get_text(book->document, "hash");
	const char *foot = json_text_of(book->document, "foot");
	struct paper_place at = { LEFT, PAGE_HEIGHT - BOTTOM + 12, WIDTH };
	char *number = xasprintf("%s %d/%d", json_text_of(book->document, "page"), page,
		book->pages);

	paint_rule(book->painter, at, 0.5);
	at.y += 3;
	paint_right(book->painter, at, FONT_TEXT, number);
	at.width -= 80;
	at.y += paint_text(book->painter, at, FONT_SMALL, foot, strlen(foot), NULL, NULL);
	if (hash != NULL) {
		char *line = xasprintf("sha256 %s", hash);

		(void)paint_text(book->painter, at, FONT_SMALL, line, strlen(line), NULL, NULL);
		free(line);
	}
	free(number);
}

static void
draw(struct book *book)
{
	int i = 0;

	painter_draws(book->painter, true);
	for (int page = 1; page <= book->pages; page++) {
		for (; i < book->count && book->items[i].page == page; i++) {
			(void)item_put(book->painter, book->items[i].item,
				(struct paper_place){ LEFT, TOP + book->items[i].y, WIDTH });
		}
		put_foot(book, page);
		painter_next_page(book->painter);
	}
}

bool
paper_make(struct buf *out, const struct json *document, struct error *err)
{
	struct book book = { .document = document };

	if (!json_is(json_get(document, "items"), JSON_ARRAY)) {
		return error_set(err, ERR_BAD_INPUT, _("this is no document of suco's papers"));
	}
	book.painter = painter_open(PAGE_WIDTH, PAGE_HEIGHT, json_text_of(document, "title"),
		add_bytes, out);
	book.halves = json_array();
	measure(&book);
	place(&book);
	draw(&book);
	free(book.items);
	json_free(book.halves);
	return painter_close(book.painter)
		|| error_set(err, ERR_IO, _("the PDF could not be made"));
}
