/* paper_item.c owns the form of each kind of item: letters, where its box stands,
 * lines to write on in place of ____. */
#include "report/paper_item.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CELL 4.25     /* a blank of indent */
#define BOX_ROOM 15.0 /* a box and the blank behind it */
#define NAME_AT 40.0  /* of a step, behind box and number */
#define PARTS 24
#define LEAST_LINE 90.0 /* to write an answer on */
#define GAP 4.0
#define CELLS 72.0    /* the widths of rows are parts of this */
#define SHORT_CELL 48.0 /* of a row, where it says no width */
#define LINE_CELLS 74.0 /* and columns of whole lines of this */

static double put_plain(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text);
static double put_step(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text);
static double put_form(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text);
static double put_head(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text);
static double put_branch(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text);
static double put_columns(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text);

static const struct style {
	const char *word;
	enum paper_font font;
	double before, after;
	double (*put)(struct painter *p, struct paper_place at, enum paper_font font,
		const char *text);
} styles[] = {
	{ "text", FONT_TEXT, 0, 1, put_plain },
	{ "title", FONT_TITLE, 0, 3, put_plain },
	{ "head", FONT_HEAD, 12, 4, put_head },
	{ "small", FONT_SMALL, 0, 0.5, put_plain },
	{ "branch", FONT_BRANCH, 6, 0, put_branch },
	{ "step", FONT_STRONG, 7, 2, put_step },
	{ "form", FONT_TEXT, 6, 2, put_form },
	{ "columns", FONT_STRONG, 6, 0, put_columns },
};

/* "[x] ..." draws the box and gives what comes behind it. */
static const char *
put_box(struct painter *p, struct paper_place *at, const char *text)
{
	if (text[0] != '[' || text[1] == '\0' || text[2] != ']'
			|| strchr(" x!->", text[1]) == NULL) {
		return text;
	}
	paint_box(p, at->x, at->y + 1.5, text[1]);
	at->x += BOX_ROOM;
	at->width -= BOX_ROOM;
	return text + 3 + strspn(text + 3, " ");
}

static double
put_plain(struct painter *p, struct paper_place at, enum paper_font font, const char *text)
{
	if (text[0] == '\0') {
		return 5;
	}
	text = put_box(p, &at, text);
	return paint_text(p, at, font, text, strlen(text), NULL, NULL);
}

static double
put_head(struct painter *p, struct paper_place at, enum paper_font font, const char *text)
{
	double height = paint_text(p, at, font, text, strlen(text), NULL, NULL) + 1;

	at.y += height;
	paint_rule(p, at, 0.8);
	return height;
}

static double
put_branch(struct painter *p, struct paper_place at, enum paper_font font, const char *text)
{
	double height = paint_height(p, at.width, font, text, strlen(text));

	paint_shade(p, (struct paper_place){ at.x - 3, at.y - 1, at.width + 3 }, height + 2);
	(void)paint_text(p, at, font, text, strlen(text), NULL, NULL);
	return height + 2;
}

/* "[ ]  3! name": the names of all steps stand under one another. */
static double
put_step(struct painter *p, struct paper_place at, enum paper_font font, const char *text)
{
	struct paper_place name = { at.x + NAME_AT, at.y, at.width - NAME_AT };
	const char *number = put_box(p, &at, text);
	size_t digits = strspn(number, "0123456789");
	const char *rest = number + digits;

	rest += *rest == '!';
	if (rest > number) {
		(void)paint_text(p, at, font, number, (size_t)(rest - number), NULL, NULL);
	}
	rest += strspn(rest, " ");
	return paint_text(p, name, font, rest, strlen(rest), NULL, NULL);
}

/* ---- lines to write on ---- */

struct part {
	const char *text;
	size_t len;
	bool blank; /* a run of _ or of dots */
};

static size_t
blank_length(const char *text)
{
	size_t line = strspn(text, "_");
	size_t dots = strspn(text, ".");

	return line >= 2 ? line : dots >= 8 ? dots : 0;
}

/* Labels without the blanks around them, and what is left free. */
static int
split(struct part parts[PARTS], const char *text)
{
	int count = 0;

	while (*text != '\0' && count < PARTS) {
		struct part part = { .text = text };

		part.len = blank_length(text);
		part.blank = part.len > 0;
		if (!part.blank) {
			while (text[part.len] != '\0' && blank_length(text + part.len) == 0) {
				part.len++;
			}
		}
		text += part.len;
		while (!part.blank && part.len > 0 && part.text[part.len - 1] == ' ') {
			part.len--;
		}
		while (!part.blank && part.len > 0 && part.text[0] == ' ') {
			part.text++;
			part.len--;
		}
		if (part.len > 0) {
			parts[count++] = part;
		}
	}
	return count;
}

/* The blanks share what the labels leave, as long as they are in the text. */
static double
put_parts(struct painter *p, struct paper_place at, enum paper_font font,
	const struct part *parts, int count, double room, size_t blanks)
{
	double height = paint_height(p, at.width, font, "X", 1);

	for (int i = 0; i < count; i++) {
		struct paper_place place = at;

		if (parts[i].blank) {
			place.width = room * (double)parts[i].len / (double)blanks;
			place.y += height - 1.5;
			paint_rule(p, place, 0.5);
		} else {
			place.width = paint_width(p, font, parts[i].text, parts[i].len) + 1;
			(void)paint_text(p, place, font, parts[i].text, parts[i].len, NULL, NULL);
		}
		at.x += place.width + GAP;
	}
	return height;
}

/* A question and behind it, or under it, the line for the answer. */
static double
put_question(struct painter *p, struct paper_place at, enum paper_font font,
	const struct part *label)
{
	double x, y;
	double height = paint_text(p, at, font, label->text, label->len, &x, &y);

	if (at.width - x - GAP < LEAST_LINE) {
		x = -GAP;
		y += 16;
		height += 16;
	}
	paint_rule(p, (struct paper_place){ at.x + x + GAP, at.y + y - 1.5,
		at.width - x - GAP }, 0.5);
	return height;
}

static double
put_form(struct painter *p, struct paper_place at, enum paper_font font, const char *text)
{
	struct part parts[PARTS];
	const char *behind = put_box(p, &at, text);
	int count = split(parts, behind);
	double labels = 0;
	size_t blanks = 0;
	double room;

	for (int i = 0; i < count; i++) {
		blanks += parts[i].blank ? parts[i].len : 0;
		labels += parts[i].blank ? 0
			: paint_width(p, font, parts[i].text, parts[i].len) + 1;
	}
	if (count == 2 && !parts[0].blank && parts[1].blank) {
		return put_question(p, at, font, &parts[0]);
	}
	room = at.width - labels - GAP * (count - 1);
	if (blanks == 0 || room < (double)blanks) {
		return paint_text(p, at, font, behind, strlen(behind), NULL, NULL);
	}
	return put_parts(p, at, font, parts, count, room, blanks);
}

/* ---- columns ---- */

/* Characters in these bytes: what stands at one place of the lines stands at one
 * place of the page. */
static double
places(const char *text, size_t len)
{
	double count = 0;

	for (size_t i = 0; i < len; i++) {
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	}
	return count;
}

/* What stands between two blanks and more is a column; of ____ a line. */
static double
put_columns(struct painter *p, struct paper_place at, enum paper_font font,
	const char *text)
{
	double unit = at.width / LINE_CELLS;
	double height = paint_height(p, at.width, font, "X", 1);
	size_t all = strlen(text);

	for (size_t from = 0; from < all;) {
		const char *end = strstr(text + from, "  ");
		size_t len = end == NULL ? all - from : (size_t)(end - text) - from;
		struct paper_place place = { at.x + places(text, from) * unit, at.y,
			places(text + from, len) * unit };

		if (blank_length(text + from) > 0) {
			place.y += height - 1.5;
			paint_rule(p, place, 0.5);
		} else {
			place.width += 2 * unit;
			(void)paint_text(p, place, font, text + from, len, NULL, NULL);
		}
		from += len;
		from += strspn(text + from, " ");
	}
	return height;
}

static double
cell_width(struct painter *p, const struct json *cell, double unit, double rest)
{
	int64_t width = json_get_int(cell, "width", 0);
	const char *text = json_text_of(cell, "text");
	double least;

	if (width > 0) {
		return (double)width * unit;
	}
	if (json_next(cell) == NULL) {
		return rest;
	}
	least = paint_width(p, FONT_TEXT, text, strlen(text)) + GAP;
	return least > SHORT_CELL ? least : SHORT_CELL;
}

static double
put_row(struct painter *p, const struct json *item, struct paper_place at)
{
	double right = at.x + at.width;
	double unit, height = 0;

	at.x += 2 * CELL;
	unit = (right - at.x) / CELLS;
	for (const struct json *cell = json_first(json_get(item, "cells")); cell != NULL;
			cell = json_next(cell)) {
		double width = cell_width(p, cell, unit, right - at.x);
		struct paper_place place = { at.x, at.y + 4, width - GAP };
		double own = put_form(p, place, FONT_TEXT, json_text_of(cell, "text"));

		height = own > height ? own : height;
		at.x += width;
	}
	return height + 5;
}

double
item_put(struct painter *painter, const struct json *item, struct paper_place at)
{
	const char *word = json_text_of(item, "style");
	const char *text = json_text_of(item, "text");
	double indent = (double)json_get_int(item, "indent", 0) * CELL;

	if (strcmp(word, "row") == 0) {
		return put_row(painter, item, at);
	}
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
		const struct style *style = &styles[i];

		if (strcmp(style->word, word) == 0) {
			at.x += indent;
			at.width -= indent;
			at.y += style->before;
			return style->before + style->after
				+ style->put(painter, at, style->font, text);
		}
	}
	return 0;
}
