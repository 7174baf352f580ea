/* flow_block.c owns the letters of a drawn plan: boxes, the line down, rails and
 * crossings. */
#include "playbooks/flow_block.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "core/pages.h"
#include "core/text.h"

enum sign {
	S_H, S_V, S_TL, S_TR, S_BL, S_BR, S_UP, S_DOWN, S_RIGHT, S_LEFT, S_CROSS, S_COUNT,
};

static const char *const signs[2][S_COUNT] = {
	{ "─", "│", "┌", "┐", "└", "┘", "┴", "┬", "├", "┤", "┼" },
	{ "-", "|", "+", "+", "+", "+", "+", "+", "+", "+", "+" },
};

/* A frame: corners, its upper and lower line, its sides. */
static const struct frame_signs {
	const char *tl, *tr, *bl, *br, *h, *left, *right, *in, *out;
} frames[2][5] = {
	{
		[FRAME_BOX] = { "┌", "┐", "└", "┘", "─", "│", "│", "┴", "┬" },
		[FRAME_CALL] = { "╓", "╖", "╙", "╜", "─", "║", "║", "┴", "┬" },
		[FRAME_DIAMOND] = { "╱", "╲", "╲", "╱", "─", "<", ">", "┴", "┬" },
		[FRAME_TOGETHER] = { "╒", "╕", "╘", "╛", "═", "│", "│", "╧", "╤" },
		[FRAME_ROUND] = { "╭", "╮", "╰", "╯", "─", "│", "│", "┴", "─" },
	}, {
		[FRAME_BOX] = { "+", "+", "+", "+", "-", "|", "|", "+", "+" },
		[FRAME_CALL] = { "+", "+", "+", "+", "-", "#", "#", "+", "+" },
		[FRAME_DIAMOND] = { "/", "\\", "\\", "/", "-", "<", ">", "+", "+" },
		[FRAME_TOGETHER] = { "+", "+", "+", "+", "=", "|", "|", "+", "+" },
		[FRAME_ROUND] = { ".", ".", "'", "'", "-", "|", "|", "+", "-" },
	},
};

static const char *
sign(const struct block *block, enum sign which)
{
	return signs[block->ascii ? 1 : 0][which];
}

void
block_begin(struct block *block, int width, bool ascii)
{
	*block = (struct block){ .width = width, .spine = (width - 1) / 2, .ascii = ascii };
}

void
block_end(struct block *block)
{
	for (int i = 0; i < block->count; i++) {
		free(block->lines[i]);
	}
	free(block->lines);
	*block = (struct block){ 0 };
}

/* A line being made: what is written stands at column `at`. */
struct line {
	struct buf buf;
	int at;
};

static void
put(struct line *line, const char *text)
{
	buf_adds(&line->buf, text);
	line->at += text_width(text);
}

static void
put_n(struct line *line, const char *text, int times)
{
	for (int i = 0; i < times; i++) {
		put(line, text);
	}
}

static void
pad_to(struct line *line, int column)
{
	put_n(line, " ", column - line->at);
}

/* Takes the line. */
static void
push(struct block *block, struct line *line)
{
	pad_to(line, block->width);
	block->lines = xrealloc(block->lines,
		((size_t)block->count + 1) * sizeof *block->lines);
	block->lines[block->count++] = buf_take(&line->buf);
	line->at = 0;
}

void
block_spine(struct block *block)
{
	struct line line = { 0 };

	pad_to(&line, block->spine);
	put(&line, sign(block, S_V));
	push(block, &line);
}

void
block_cap(struct block *block, const char *text)
{
	char *cut = text_column(text, block->width - 4, false, block->ascii);
	struct line line = { 0 };

	pad_to(&line, block->spine - (text_width(cut) + 4) / 2 + 1 > 0
		? block->spine - (text_width(cut) + 4) / 2 + 1 : 0);
	put(&line, "( ");
	put(&line, cut);
	put(&line, " )");
	push(block, &line);
	free(cut);
}

/* ---- boxes ---- */

static void
edge(struct block *block, const struct frame_signs *f, int left, int width, bool top)
{
	struct line line = { 0 };

	pad_to(&line, left);
	put(&line, top ? f->tl : f->bl);
	put_n(&line, f->h, block->spine - line.at);
	put(&line, top ? f->in : f->out);
	put_n(&line, f->h, left + width - 1 - line.at);
	put(&line, top ? f->tr : f->br);
	push(block, &line);
}

static void
box_text(struct block *block, const struct frame_signs *f, int left, int width,
	const char *text)
{
	while (*text != '\0') {
		size_t len = pages_piece(text, width - 4);
		struct line line = { 0 };
		char *piece = xstrndup(text, len);

		pad_to(&line, left);
		put(&line, f->left);
		put(&line, " ");
		put(&line, piece);
		pad_to(&line, left + width - 2);
		put(&line, " ");
		put(&line, f->right);
		push(block, &line);
		free(piece);
		text += len;
		text += *text == ' ' || *text == '\n';
	}
}

void
block_box(struct block *block, enum block_frame frame, int most, const char *title,
	const char *under)
{
	const struct frame_signs *f = &frames[block->ascii ? 1 : 0][frame];
	int longest = text_width(title) > text_width(under) ? text_width(title)
		: text_width(under);
	int width = longest + 4 < 22 ? 22 : longest + 4;
	int left;

	width = width > most ? most : width;
	width = width > block->width ? block->width : width;
	left = block->spine - (width - 1) / 2;
	edge(block, f, left, width, true);
	box_text(block, f, left, width, title);
	box_text(block, f, left, width, under);
	edge(block, f, left, width, false);
}

/* ---- branches one under the other ---- */

/* From the rail to the middle: corners at both. */
static void
to_rail(struct block *block, enum sign at_rail, enum sign at_spine)
{
	struct line line = { 0 };

	put(&line, sign(block, at_rail));
	put_n(&line, sign(block, S_H), block->spine - 1);
	put(&line, sign(block, at_spine));
	push(block, &line);
}

void
block_rail_out(struct block *block)
{
	to_rail(block, S_TL, S_BR);
}

void
block_rail_in(struct block *block)
{
	to_rail(block, S_BL, S_TR);
}

void
block_rail_text(struct block *block, const char *text)
{
	bool first = true;

	while (*text != '\0') {
		size_t len = pages_piece(text, block->width - 3);
		struct line line = { 0 };
		char *piece = xstrndup(text, len);

		put(&line, sign(block, first ? S_RIGHT : S_V));
		put(&line, first ? sign(block, S_H) : " ");
		put(&line, " ");
		put(&line, piece);
		push(block, &line);
		free(piece);
		text += len;
		text += *text == ' ' || *text == '\n';
		first = false;
	}
}

/* "|- yes ------+" down into the branch; the label alone above it where it is
 * too long for that. */
static void
rail_into(struct block *block, const char *label, int column)
{
	struct line line = { 0 };

	if (text_width(label) > column - 4) {
		block_rail_text(block, label);
		put(&line, sign(block, S_V));
		pad_to(&line, column);
		put(&line, sign(block, S_V));
		push(block, &line);
		return;
	}
	put(&line, sign(block, S_RIGHT));
	put(&line, sign(block, S_H));
	put(&line, " ");
	put(&line, label);
	put(&line, " ");
	put_n(&line, sign(block, S_H), column - line.at);
	put(&line, sign(block, S_TR));
	push(block, &line);
}

void
block_rail(struct block *block, const char *label, const struct block *branch, bool back)
{
	int in = block->width - branch->width;
	struct line line = { 0 };

	rail_into(block, label, in + branch->spine);
	for (int i = 0; i < branch->count; i++) {
		put(&line, sign(block, S_V));
		pad_to(&line, in);
		put(&line, branch->lines[i]);
		push(block, &line);
	}
	if (back) {
		put(&line, sign(block, S_RIGHT));
		put_n(&line, sign(block, S_H), in + branch->spine - 1);
		put(&line, sign(block, S_BR));
		push(block, &line);
	}
}

/* ---- branches side by side ---- */

struct beside {
	const struct block *branches;
	const bool *back;
	int count, between;
	int *spines; /* columns in the block */
};

static int
branch_at(const struct beside *b, int column)
{
	for (int i = 0; i < b->count; i++) {
		if (b->spines[i] == column) {
			return i;
		}
	}
	return -1;
}

/* What stands at a column of the line over (top) or under all branches. */
static enum sign
crossing(const struct block *block, const struct beside *b, int column, int from, int to,
	bool top)
{
	int i = branch_at(b, column);
	bool branch = i >= 0 && (top || b->back[i]);
	bool spine = column == block->spine;

	if (branch && spine) {
		return column == from && column == to ? S_V : column == from ? S_RIGHT
			: column == to ? S_LEFT : S_CROSS;
	}
	if (branch) {
		return column == from ? top ? S_TL : S_BL : column == to ? top ? S_TR : S_BR
			: top ? S_DOWN : S_UP;
	}
	if (spine) {
		return column == from ? top ? S_BL : S_TL : column == to ? top ? S_BR : S_TR
			: top ? S_UP : S_DOWN;
	}
	return S_H;
}

static void
cross(struct block *block, const struct beside *b, bool top)
{
	int from = block->spine, to = block->spine;
	struct line line = { 0 };

	for (int i = 0; i < b->count; i++) {
		if (top || b->back[i]) {
			from = b->spines[i] < from ? b->spines[i] : from;
			to = b->spines[i] > to ? b->spines[i] : to;
		}
	}
	pad_to(&line, from);
	while (line.at <= to) {
		put(&line, sign(block, crossing(block, b, line.at, from, to, top)));
	}
	push(block, &line);
}

/* The labels, in the middle of their branches, cut where they are too long. */
static void
label_line(struct block *block, const struct beside *b, char *const *labels)
{
	struct line line = { 0 };
	int start = 0;

	for (int i = 0; i < b->count; i++) {
		char *cut = text_column(labels[i], b->branches[i].width, false, block->ascii);
		int column = b->spines[i] - text_width(cut) / 2;

		pad_to(&line, column > start ? column : start);
		put(&line, cut);
		start += b->branches[i].width + b->between;
		pad_to(&line, start > block->width ? block->width : start);
		free(cut);
	}
	push(block, &line);
}

static void
beside_line(struct block *block, const struct beside *b, int row)
{
	struct line line = { 0 };

	for (int i = 0; i < b->count; i++) {
		const struct block *branch = &b->branches[i];
		int start = line.at;

		if (row < branch->count) {
			put(&line, branch->lines[row]);
		} else if (b->back[i]) {
			pad_to(&line, b->spines[i]);
			put(&line, sign(block, S_V));
		}
		pad_to(&line, start + branch->width + (i + 1 < b->count ? b->between : 0));
	}
	push(block, &line);
}

void
block_beside(struct block *block, const struct block *branches, char *const *labels,
	const bool *back, int count, int between)
{
	struct beside b = { .branches = branches, .back = back, .count = count,
		.between = between };
	int rows = 0, start = 0;

	b.spines = xcalloc((size_t)count + 1, sizeof *b.spines);
	for (int i = 0; i < count; i++) {
		b.spines[i] = start + branches[i].spine;
		start += branches[i].width + between;
		rows = branches[i].count > rows ? branches[i].count : rows;
	}
	cross(block, &b, true);
	label_line(block, &b, labels);
	for (int row = 0; row < rows; row++) {
		beside_line(block, &b, row);
	}
	cross(block, &b, false);
	free(b.spines);
}
