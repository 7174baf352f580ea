/* lineedit.c owns text fields: insertion, deletion and movement by graphemes,
 * wrapping, the cursor's place on the screen. */
#include "tui/lineedit.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"

void
lineedit_set(struct lineedit *edit, const char *text)
{
	buf_clear(&edit->text);
	buf_adds(&edit->text, text);
	edit->at = edit->text.len;
	edit->top = 0;
}

void
lineedit_free(struct lineedit *edit)
{
	buf_free(&edit->text);
	buf_free(&edit->taken);
	*edit = (struct lineedit){ 0 };
}

const char *
lineedit_text(const struct lineedit *edit)
{
	return buf_text(&edit->text);
}

static void
replace(struct lineedit *edit, size_t from, size_t to, const char *text, size_t len)
{
	struct buf all = { 0 };
	const char *old = buf_text(&edit->text);

	buf_add(&all, old, from);
	buf_add(&all, text, len);
	buf_add(&all, old + to, edit->text.len - to);
	buf_free(&edit->text);
	edit->text = all;
	edit->at = from + len;
}

/* Pasted bytes as text: printable, line ends as \n or blanks; tabs part the
 * columns of a list, elsewhere they are blanks. */
static char *
clean(const struct lineedit *edit, const char *text, size_t len)
{
	struct buf lines = { 0 };
	struct buf out = { 0 };

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\r' || text[i] == '\n') {
			i += text[i] == '\r' && i + 1 < len && text[i + 1] == '\n' ? 1 : 0;
			buf_addc(&lines, '\n');
		} else {
			buf_addc(&lines, text[i] == '\0' || (text[i] == '\t' && !edit->whole)
				? ' ' : text[i]);
		}
	}
	/* Piece by piece: text_printable() may drop the ends of lines. */
	for (const char *line = buf_text(&lines); ; ) {
		size_t end = strcspn(line, "\n\t");
		char *shown = text_printable(line, end);

		buf_adds(&out, shown);
		free(shown);
		if (line[end] == '\0') {
			break;
		}
		buf_addc(&out, line[end] == '\t' ? '\t' : edit->many ? '\n' : ' ');
		line += end + 1;
	}
	buf_free(&lines);
	return buf_take(&out);
}

/* Longest start of text within max bytes that ends at a grapheme border. */
static size_t
fit_bytes(const char *text, size_t max)
{
	size_t at = 0;

	for (;;) {
		size_t step = text_next(text, at);

		if (step == 0 || at + step > max) {
			return at;
		}
		at += step;
	}
}

enum edit_did
lineedit_insert(struct lineedit *edit, const char *text, size_t len)
{
	char *cleaned = clean(edit, text, len);
	size_t room = edit->max > edit->text.len ? edit->max - edit->text.len : 0;
	size_t take = strlen(cleaned);
	bool full = edit->max > 0 && take > room;

	if (full) {
		take = edit->whole ? 0 : fit_bytes(cleaned, room);
	}
	if (take > 0) {
		replace(edit, edit->at, edit->at, cleaned, take);
	}
	free(cleaned);
	return full ? EDIT_FULL : EDIT_CHANGED;
}

/* A letter and, behind it, marks that an input method sends apart (NFD) become
 * one character again. */
static void
compose_behind(struct lineedit *edit)
{
	size_t from = edit->at - text_prev(buf_text(&edit->text), edit->at);
	char *whole = NULL;
	struct error err = ERROR_INIT;

	if (edit->at - from > 1 && text_accept(&whole, buf_text(&edit->text) + from,
			edit->at - from, TEXT_ONE_LINE, 64, "", &err)) {
		if (whole[0] != '\0' && strlen(whole) != edit->at - from) {
			replace(edit, from, edit->at, whole, strlen(whole));
		}
		free(whole);
	}
}

/* Where the wrapped line after the one that begins at start begins; SIZE_MAX: that
 * is the last. */
static size_t
line_after(const struct lineedit *edit, size_t start)
{
	const char *text = buf_text(&edit->text) + start;
	int width = edit->width > 1 ? edit->width : 40;
	size_t end = strcspn(text, "\n");
	size_t fit = text_fit_n(text, end, width - 1, NULL);
	size_t blank = fit;

	if (fit >= end) {
		return text[end] == '\n' ? start + end + 1 : SIZE_MAX;
	}
	while (blank > 0 && text[blank - 1] != ' ' && text[blank - 1] != '\t') {
		blank--;
	}
	return start + (blank > 0 ? blank : fit > 0 ? fit : 1);
}

/* Start of the wrapped line that holds offset at; *next: where the line after
 * it begins (SIZE_MAX: it is the last). */
static size_t
wrapped_line(const struct lineedit *edit, size_t at, size_t *next)
{
	for (size_t start = 0; ; start = *next) {
		*next = line_after(edit, start);
		if (*next == SIZE_MAX || at < *next) {
			return start;
		}
	}
}

static size_t
offset_at_column(const struct lineedit *edit, size_t start, int column)
{
	size_t next;
	const char *text = buf_text(&edit->text);
	size_t end;
	char *line;
	size_t fit;

	(void)wrapped_line(edit, start, &next);
	end = strcspn(text + start, "\n");
	if (next != SIZE_MAX && next - start < end) {
		end = next - start - 1;
	}
	line = xstrndup(text + start, end);
	fit = text_fit(line, column, NULL);
	free(line);
	return start + fit;
}

static bool
move_line(struct lineedit *edit, int step)
{
	size_t next;
	const char *text = buf_text(&edit->text);
	size_t start = wrapped_line(edit, edit->at, &next);
	int column = text_width_n(text + start, edit->at - start);

	if (step < 0) {
		size_t unused;

		if (start == 0) {
			return false;
		}
		start = wrapped_line(edit, start - 1, &unused);
	} else {
		if (next == SIZE_MAX) {
			return false;
		}
		start = next;
	}
	edit->at = offset_at_column(edit, start, column);
	return true;
}

static enum edit_did
delete_span(struct lineedit *edit, size_t from, size_t to)
{
	if (from == to) {
		return EDIT_MOVED;
	}
	replace(edit, from, to, "", 0);
	return EDIT_CHANGED;
}

static enum edit_did
insert_key(struct lineedit *edit, const struct key *key)
{
	size_t len = strlen(key->text);

	if (edit->max > 0 && edit->text.len + len > edit->max) {
		return EDIT_FULL;
	}
	replace(edit, edit->at, edit->at, key->text, len);
	if (len > 1) {
		compose_behind(edit);
	}
	return EDIT_CHANGED;
}

bool
lineedit_takes(int32_t code)
{
	return code == K_CTRL('a') || code == K_CTRL('e') || code == K_CTRL('k')
		|| code == K_CTRL('u') || code == K_CTRL('w');
}

static size_t
line_start(const struct lineedit *edit)
{
	size_t next;

	return edit->many ? wrapped_line(edit, edit->at, &next) : 0;
}

static size_t
line_end(const struct lineedit *edit)
{
	size_t next = SIZE_MAX;

	if (edit->many) {
		(void)wrapped_line(edit, edit->at, &next);
	}
	return next == SIZE_MAX ? edit->text.len : next - 1;
}

/* Where the word before the cursor begins, the blanks behind it with it. */
static size_t
word_start(const struct lineedit *edit)
{
	const char *text = buf_text(&edit->text);
	size_t at = edit->at;

	while (at > 0 && strchr(" \n", text[at - 1]) != NULL) {
		at--;
	}
	while (at > 0 && strchr(" \n", text[at - 1]) == NULL) {
		at--;
	}
	return at;
}

/* To the end of the line as it was typed; at its end, the line end itself. */
static size_t
kill_end(const struct lineedit *edit)
{
	const char *text = buf_text(&edit->text);
	size_t len = strcspn(text + edit->at, "\n");

	return edit->at + (len == 0 && text[edit->at] == '\n' ? 1 : len);
}

/* A text of many lines must not be lost by one key. */
static enum edit_did
empty(struct lineedit *edit)
{
	struct buf now = edit->text;

	if (now.len == 0 && edit->taken.len == 0) {
		return EDIT_MOVED;
	}
	if (now.len > 0) {
		buf_free(&edit->taken);
		edit->text = (struct buf){ 0 };
		edit->taken = now;
	} else {
		buf_free(&now);
		edit->text = edit->taken;
		edit->taken = (struct buf){ 0 };
	}
	edit->at = edit->text.len;
	edit->top = 0;
	return EDIT_CHANGED;
}

enum edit_did
lineedit_key(struct lineedit *edit, const struct key *key)
{
	const char *text = buf_text(&edit->text);

	switch (key->code) {
	case K_LEFT:
		edit->at -= text_prev(text, edit->at);
		return EDIT_MOVED;
	case K_RIGHT:
		edit->at += text_next(text, edit->at);
		return EDIT_MOVED;
	case K_HOME:
	case K_CTRL('a'):
		edit->at = line_start(edit);
		return EDIT_MOVED;
	case K_END:
	case K_CTRL('e'):
		edit->at = line_end(edit);
		return EDIT_MOVED;
	case K_CTRL('w'):
		return delete_span(edit, word_start(edit), edit->at);
	case K_CTRL('k'):
		return delete_span(edit, edit->at, kill_end(edit));
	case K_CTRL('u'):
		return empty(edit);
	case K_UP:
	case K_DOWN:
		return edit->many && move_line(edit, key->code == K_UP ? -1 : 1)
			? EDIT_MOVED : EDIT_IGNORED;
	case K_BACKSPACE:
		return delete_span(edit, edit->at - text_prev(text, edit->at), edit->at);
	case K_DELETE:
		return delete_span(edit, edit->at, edit->at + text_next(text, edit->at));
	case K_ENTER:
		return edit->many ? lineedit_insert(edit, "\n", 1) : EDIT_IGNORED;
	case K_PASTE:
		return lineedit_insert(edit, key->paste, key->paste_len);
	default:
		return key->text[0] != '\0' ? insert_key(edit, key) : EDIT_IGNORED;
	}
}

static void
show_line(struct lineedit *edit, struct frame *frame, int row, int col, int cells,
	bool focus, enum style style)
{
	const char *text = buf_text(&edit->text);
	int before = text_width_n(text, edit->at);
	size_t skip;
	int used;

	if (before < edit->top) {
		edit->top = before;
	}
	if (before - edit->top > cells - 1) {
		edit->top = before - cells + 1 + cells / 4;
	}
	skip = text_fit(text, edit->top, &used);
	edit->top = used;
	frame_put(frame, row, col, cells, style, text + skip);
	if (focus) {
		frame_cursor(frame, row, col + before - edit->top, true);
	}
}

static void
show_lines(struct lineedit *edit, struct frame *frame, int row, int col, int rows,
	int cells, bool focus, enum style style)
{
	const char *text = buf_text(&edit->text);
	size_t start = 0, next = 0;
	int line = 0, cursor_line = 0;
	size_t cursor_start = 0;

	/* The text is walked once from its first line, however long it is. */
	for (; start != SIZE_MAX && start <= edit->at; start = next, line++) {
		next = line_after(edit, start);
		cursor_start = start;
		cursor_line = line;
	}
	if (cursor_line < edit->top) {
		edit->top = cursor_line;
	}
	if (cursor_line >= edit->top + rows) {
		edit->top = cursor_line - rows + 1;
	}
	line = 0;
	for (start = 0; start != SIZE_MAX && line < edit->top + rows; start = next, line++) {
		size_t end;
		char *shown;

		next = line_after(edit, start);
		if (line < edit->top) {
			continue;
		}
		end = strcspn(text + start, "\n");
		end = next != SIZE_MAX && next - start < end ? next - start : end;
		shown = xstrndup(text + start, end);
		frame_put(frame, row + line - edit->top, col, cells, style, shown);
		free(shown);
	}
	if (focus) {
		frame_cursor(frame, row + cursor_line - edit->top, col
			+ text_width_n(text + cursor_start, edit->at - cursor_start), true);
	}
}

void
lineedit_show(struct lineedit *edit, struct frame *frame, int row, int col,
	int rows, int cells, bool focus)
{
	enum style style = focus ? ST_FOCUS : ST_FIELD;

	edit->width = cells;
	frame_fill(frame, row, col, rows, cells, style);
	if (edit->many) {
		show_lines(edit, frame, row, col, rows, cells, focus, style);
	} else {
		show_line(edit, frame, row, col, cells, focus, style);
	}
}
