/* form_ticks.c owns fields of several ticks in one line. */
#include <string.h>

#include "core/fold.h"
#include "core/text.h"
#include "tui/form.h"

/* The words that are on, in the order of the choices. */
static void
write_value(struct field *field)
{
	struct buf value = { 0 };

	for (int i = 0; i < field->choice_count; i++) {
		if (field->choices[i].on) {
			buf_addf(&value, "%s%s", value.len > 0 ? "," : "",
				field->choices[i].word);
		}
	}
	lineedit_set(&field->edit, buf_text(&value));
	buf_free(&value);
}

void
ticks_set(struct field *field, const char *value)
{
	for (int i = 0; i < field->choice_count; i++) {
		field->choices[i].on = false;
	}
	while (*value != '\0') {
		size_t len = strcspn(value, ",");

		for (int i = 0; i < field->choice_count; i++) {
			struct choice *choice = &field->choices[i];

			choice->on = choice->on || (strlen(choice->word) == len
				&& memcmp(choice->word, value, len) == 0);
		}
		value += len + (value[len] == ',');
	}
	write_value(field);
}

enum form_did
ticks_key(struct field *field, const struct key *key)
{
	int here = field->chosen < 0 ? 0 : field->chosen;

	if (field->choice_count == 0) {
		return FORM_IGNORED;
	}
	switch (key->code) {
	case K_LEFT:
		field->chosen = (here + field->choice_count - 1) % field->choice_count;
		return FORM_MOVED;
	case K_RIGHT:
		field->chosen = (here + 1) % field->choice_count;
		return FORM_MOVED;
	default:
		break;
	}
	if (key->code != K_SPACE && key->text[0] != 'x') {
		return FORM_IGNORED;
	}
	field->chosen = here;
	field->choices[here].on = !field->choices[here].on;
	write_value(field);
	return FORM_CHANGED;
}

/* Where not all fit, the one under the cursor is always seen. */
void
ticks_show(const struct field *field, struct frame *frame, int row, int col,
	int cells, bool focus)
{
	int here = field->chosen < 0 ? 0 : field->chosen;
	int first = 0, width = 0;
	int at = col, i;

	for (i = 0; i <= here; i++) {
		width += text_width(field->choices[i].label) + 5;
	}
	while (first < here && width > cells) {
		width -= text_width(field->choices[first++].label) + 5;
	}
	for (i = first; i < field->choice_count && at - col < cells - 5; i++) {
		const struct choice *choice = &field->choices[i];
		bool under = focus && i == here;

		if (under) {
			frame_cursor(frame, row, at + 1, true);
		}
		at += frame_put(frame, row, at, cells - (at - col),
			under ? ST_FOCUS : choice->on ? ST_STRONG : ST_TEXT,
			choice->on ? "[x] " : "[ ] ");
		at += frame_cut(frame, row, at, cells - (at - col),
			choice->on ? ST_STRONG : ST_TEXT, choice->label);
		at++;
	}
	if (i < field->choice_count) {
		frame_glyph(frame, row, at < col + cells ? at : col + cells - 1, ST_DIM,
			GL_ELLIPSIS);
	}
}
