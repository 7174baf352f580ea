/* lineedit.h - a text field: one line or many, edited by graphemes.
 *
 * Keys beside the arrows are those of a shell's line: C-a C-e to both ends, C-w
 * takes the word before the cursor, C-k what is behind it, C-u everything; C-u in
 * the empty field brings back what the last C-u took.
 *
 * Every event is applied in order: an input method sends Backspace and the new
 * letter in one burst.  What is inserted is cleaned of controls and
 * normalised. */
#ifndef TUI_LINEEDIT_H
#define TUI_LINEEDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "tui/frame.h"
#include "tui/keys.h"

struct lineedit {
	struct buf text;
	size_t at;       /* byte offset of the cursor, at a grapheme border */
	size_t anchor;   /* where the letters typed last begin (normalising) */
	struct buf taken; /* by C-u */
	bool many;       /* several lines: Enter begins a new one */
	size_t max;      /* bytes; 0: no limit */
	bool whole;      /* a list: half of a paste is worse than none */
	int top;         /* first wrapped line shown (many), else first column */
	int width;       /* columns it was shown in last: Up and Down go by it */
};

enum edit_did { EDIT_IGNORED, EDIT_MOVED, EDIT_CHANGED, EDIT_FULL };

void lineedit_set(struct lineedit *edit, const char *text);
void lineedit_free(struct lineedit *edit);
const char *lineedit_text(const struct lineedit *edit);

/* EDIT_FULL: the text would exceed max and is as it was.  A paste that is too
 * long is cut at max, or not taken at all where `whole`, and EDIT_FULL returned. */
enum edit_did lineedit_key(struct lineedit *edit, const struct key *key);
/* Keys that are no text and no arrows, and mean something in a field. */
bool lineedit_takes(int32_t code);
enum edit_did lineedit_insert(struct lineedit *edit, const char *text, size_t len);

/* Shows the field in rows * cells and parks the cursor when focused. */
void lineedit_show(struct lineedit *edit, struct frame *frame, int row, int col,
	int rows, int cells, bool focus);

#endif
