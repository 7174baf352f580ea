/* form_show.c owns how forms look. */
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/text.h"
#include "tui/form.h"

#define BESIDE_CELLS 70 /* from here on two fields fit into one row */

static bool
stands_beside(const struct form *form, int i, int cells)
{
	return i > 0 && form->fields[i].beside && cells >= BESIDE_CELLS;
}

static int
label_width(const struct form *form, bool beside)
{
	int width = form->label_width;

	for (int i = 0; i < form->count && form->label_width == 0; i++) {
		const struct field *field = &form->fields[i];
		int own = text_width(field->label) + (field->required ? 2 : 0);

		if (field->kind != FIELD_LABEL && field->kind != FIELD_CHECK
			&& field->kind != FIELD_HIDDEN && field->beside == beside
			&& own > width) {
			width = own;
		}
	}
	return width > 30 ? 30 : width;
}

/* A line whose place is too narrow for a label beside it. */
static bool
stacked(int cells, int label)
{
	return cells - label < 24;
}

#define SIDE_BY_SIDE 52
#define LABEL_CELLS 70 /* labels are wrapped */

static int
choices_width(const struct field *field)
{
	int total = 0;

	for (int i = 0; i < field->choice_count; i++) {
		total += text_width(field->choices[i].label) + 5;
	}
	return total;
}

/* Choices that do not fit side by side stand one under the other. */
static int
field_rows(const struct field *field)
{
	if (field->kind == FIELD_CHOICE && !field->compact
		&& choices_width(field) > SIDE_BY_SIDE) {
		return field->choice_count;
	}
	if (field->kind == FIELD_HIDDEN) {
		return 0;
	}
	if (field->kind == FIELD_LABEL) {
		return frame_wrap(NULL, 0, 0, 4, LABEL_CELLS, ST_DIM, field->label);
	}
	return field->kind == FIELD_AREA ? field->rows : 1;
}

int
form_rows(const struct form *form)
{
	int rows = 0;

	for (int i = 0; i < form->count; i++) {
		rows += field_rows(&form->fields[i]);
	}
	return rows;
}

/* Too narrow for all: the chosen one, with its number. */
static void
show_one_choice(const struct field *field, struct frame *frame, int row, int col,
	int cells, bool focus)
{
	int at = col;

	at += frame_put(frame, row, at, cells, ST_TEXT, "< ");
	at += frame_cut(frame, row, at, cells - 10, focus ? ST_FOCUS : ST_STRONG,
		field->chosen >= 0 ? field->choices[field->chosen].label : "...");
	at += frame_put(frame, row, at, cells - (at - col), ST_TEXT, " >");
	frame_putf(frame, row, at, cells - (at - col), ST_DIM, " %d/%d",
		field->chosen + 1, field->choice_count);
	if (focus) {
		frame_cursor(frame, row, col + 2, true);
	}
}

static void
show_choices(struct field *field, struct frame *frame, int row, int col,
	int rows, int cells, bool focus)
{
	bool down = choices_width(field) > SIDE_BY_SIDE && !field->compact;
	const char *hint = down ? _("Up Down: choose") : _("Left Right: choose");
	int at = col;

	field->down = down && rows >= field->choice_count;
	if (down ? rows < field->choice_count : choices_width(field) > cells) {
		show_one_choice(field, frame, row, col, cells, focus);
		return;
	}
	if (focus && (down || choices_width(field) + text_width(hint) < cells)) {
		(void)frame_right(frame, row, col + cells, 20, ST_HINT, hint);
	}
	for (int i = 0; i < field->choice_count; i++) {
		bool on = i == field->chosen;
		enum style style = on ? (focus ? ST_FOCUS : ST_STRONG) : ST_TEXT;

		at = down ? col : at;
		if ((on || (field->chosen < 0 && i == 0)) && focus) {
			frame_cursor(frame, row, at + 1, true);
		}
		at += frame_put(frame, row, at, cells - (at - col), style,
			on ? "(*) " : "( ) ");
		at += frame_cut(frame, row, at, cells - (at - col), style,
			field->choices[i].label);
		at += 1;
		row += down ? 1 : 0;
	}
}

static void
show_pick(struct field *field, struct frame *frame, int row, int col, int cells,
	bool focus)
{
	int half = cells / 2;

	if (!focus) { /* what was chosen is read from its beginning */
		size_t at = field->edit.at;

		field->edit.at = 0;
		lineedit_show(&field->edit, frame, row, col, 1, cells, false);
		field->edit.at = at;
		return;
	}
	lineedit_show(&field->edit, frame, row, col, 1, half, true);
	if (field->chosen >= 0) {
		int at = col + half + 1;

		at += frame_put(frame, row, at, cells - half - 1, ST_DIM, "= ");
		frame_cut(frame, row, at, cells - (at - col), ST_STRONG,
			field->choices[field->chosen].label);
	} else if (field->edit.text.len > 0) {
		frame_cut(frame, row, col + half + 1, cells - half - 1, ST_LATE,
			_("nothing of this name"));
	} else if (field->help != NULL) {
		frame_cut(frame, row, col + half + 1, cells - half - 1, ST_DIM, field->help);
	}
}

static void
show_check(const struct field *field, struct frame *frame, int row, int col,
	int cells, bool focus)
{
	int at = col;

	at += frame_put(frame, row, at, cells, focus ? ST_FOCUS : ST_TEXT,
		field->checked ? "[x]" : "[ ]");
	at += 1;
	at += frame_cut(frame, row, at, cells - 4, ST_TEXT, field->label);
	if (field->help != NULL) {
		frame_cut(frame, row, at + 2, cells - (at + 2 - col), ST_DIM, field->help);
	}
	if (focus) {
		frame_cursor(frame, row, col + 1, true);
	}
}

#define LINE_LEAST 12

/* What help leaves of a line: it gives way to what is typed, up to the half. */
static int
line_wide(const struct field *field, int room)
{
	int typed = text_width(lineedit_text(&field->edit)) + 1;
	int least = typed < LINE_LEAST ? LINE_LEAST : typed;
	int wide = room - text_width(field->help) - 1;

	least = least > room / 2 ? room / 2 : least;
	return wide < least ? least : wide;
}

static void
show_field(struct field *field, struct frame *frame, int row, int col, int rows,
	int cells, int label, bool focus)
{
	int at = stacked(cells, label) ? col + label + 1 : col + label + 2;
	int room = cells - (at - col);
	int wide = room;

	if (field->kind == FIELD_LABEL) {
		frame_wrap(frame, row, col, rows,
			cells < LABEL_CELLS ? cells : LABEL_CELLS, ST_DIM, field->label);
		return;
	}
	if (field->kind == FIELD_CHECK) {
		show_check(field, frame, row, label > 0 ? at : col,
			label > 0 ? room : cells, focus);
		return;
	}
	frame_cut(frame, row, col, label, focus ? ST_STRONG : ST_TEXT, field->label);
	if (field->required) {
		frame_put(frame, row, col + text_width(field->label) + 1, 1, ST_SOON, "*");
	}
	switch (field->kind) {
	case FIELD_CHOICE:
		show_choices(field, frame, row, at, rows, room, focus);
		break;
	case FIELD_PICK:
		show_pick(field, frame, row, at, room, focus);
		break;
	case FIELD_TICKS:
		ticks_show(field, frame, row, at, room, focus);
		break;
	default:
		if (field->help != NULL && field->kind == FIELD_LINE) {
			wide = line_wide(field, room);
			frame_cut(frame, row, at + wide + 1, room - wide - 1, ST_DIM,
				field->help);
		}
		lineedit_show(&field->edit, frame, row, at, rows, wide, focus);
		break;
	}
}

/* The rows above a field, and those of all. */
static int
rows_before(const struct form *form, int field, int cells)
{
	int at = 0;

	for (int i = 0; i < field; i++) {
		bool next = i + 1 < form->count && stands_beside(form, i + 1, cells);

		at += next && i + 1 <= field ? 0 : field_rows(&form->fields[i]);
	}
	return at;
}

int
form_height(const struct form *form, int cells)
{
	return rows_before(form, form->count, cells);
}

/* The one in the focus must be seen. */
static void
scroll(struct form *form, int rows, int cells)
{
	int at = rows_before(form, form->focus, cells);
	int own = form->count > 0 ? field_rows(&form->fields[form->focus]) : 1;

	if (at + own > form->top + rows) {
		form->top = at + own - rows;
	}
	if (form->top > at) {
		form->top = at;
	}
}

int
form_show(struct form *form, struct frame *frame, int row, int col, int rows,
	int cells)
{
	int left = label_width(form, false), right = label_width(form, true);
	bool two = cells >= BESIDE_CELLS;
	int half = cells / 2;
	int total = rows_before(form, form->count, cells);

	if (!two && right > left) {
		left = right;
	}
	scroll(form, rows, cells);
	for (int i = 0; i < form->count; i++) {
		int at = rows_before(form, i, cells) - form->top;
		int own = field_rows(&form->fields[i]);
		int shown = own < rows - at ? own : rows - at;
		bool beside = stands_beside(form, i, cells);
		bool shared = beside || (i + 1 < form->count
			&& stands_beside(form, i + 1, cells));

		if (at >= 0 && shown > 0) {
			show_field(&form->fields[i], frame, row + at, beside ? col + half + 1 : col,
				shown, !shared ? cells : beside ? cells - half - 1 : half - 1,
				beside ? right : left, i == form->focus);
		}
	}
	if (total - form->top > rows) {
		/* Not all of it is seen. */
		char more[32];

		snprintf(more, sizeof(more), _("+%d below"), total - form->top - rows);
		frame_right(frame, row + rows - 1, col + cells, 16, ST_SOON, more);
	}
	return total;
}
