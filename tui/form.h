/* form.h - fields one under the other: lines, texts, choices, ticks.
 *
 * Used by every popup that asks something and by the new-case screen.  What is
 * in the fields goes to and comes from a JSON object, which is also the
 * draft. */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include <stdbool.h>

#include "core/json.h"
#include "tui/frame.h"
#include "tui/keys.h"
#include "tui/lineedit.h"

enum field_kind {
	FIELD_LINE,   /* one line of text */
	FIELD_AREA,   /* many lines */
	FIELD_CHOICE, /* one of a few, all shown: arrows or Space */
	FIELD_PICK,   /* one of many: typed words find it, Tab takes it */
	FIELD_CHECK,  /* a tick box: Space */
	FIELD_LABEL,  /* text only */
	FIELD_TICKS,  /* any of a few, in one line: arrows, Space; value "a,b" */
	FIELD_HIDDEN, /* not shown: what its draft needs to know again */
};

struct choice {
	char *word;   /* what is stored */
	char *label;  /* what is shown */
	char *also;   /* what else it is called, "a; b"; or NULL */
	char *folded; /* what typed words are matched with */
	bool on;      /* of ticks */
};

struct field {
	enum field_kind kind;
	char name[80];
	char *label;
	char *help;       /* a dim line or tail beside the field, or NULL */
	bool required;
	bool compact;     /* a choice that stays in one line */
	bool down;        /* a choice drawn with one option a line */
	bool beside;      /* right of the field before it, where there is room */
	int rows;         /* of an area */
	struct lineedit edit;
	struct choice *choices;
	int choice_count, choice_cap;
	int chosen;       /* -1: none */
	int given;        /* what the form came with, and goes back to when emptied */
	bool checked;
	bool guessed;     /* nobody typed it: the first letter typed takes its place */
};

struct form {
	struct field *fields;
	int count, cap;
	int focus;
	int top;          /* first row shown when the form is taller than its place */
	int label_width;  /* 0: the widest label */
};

enum form_did {
	FORM_IGNORED, /* not a key of forms */
	FORM_MOVED,
	FORM_CHANGED,
	FORM_FULL,    /* the text is as long as it may be */
};

/* Adds a field; borrowed until the next one is added. */
struct field *form_add(struct form *form, enum field_kind kind, const char *name,
	const char *label);
void field_help(struct field *field, const char *help);
void field_add_choice(struct field *field, const char *word, const char *label);
/* Of the choice added last: typed words find it by these names too; NULL: none. */
void field_choice_also(struct field *field, const char *names);
void field_clear_choices(struct field *field);
/* Sets a line, an area, a choice by its word, a tick ("yes"). */
void field_set(struct field *field, const char *value);
/* The same with what the program guesses; C-u brings it back when it was typed over. */
void field_guess(struct field *field, const char *value);
/* The text, the chosen word ("" for none), "yes" or "". Borrowed. */
const char *field_value(const struct field *field);

struct field *form_field(const struct form *form, const char *name);
const char *form_value(const struct form *form, const char *name);
/* The first required field without a value, or NULL. */
struct field *form_missing(const struct form *form);
void form_focus(struct form *form, const char *name);

/* The focused field has the key first: text and its own keys (lineedit.h), arrows
 * and Space of choices and ticks, C-u to empty any; then Tab, Enter and the arrows
 * walk from field to field.  Where the options of a choice stand one under the
 * other Up and Down walk them first and leave at the ends. */
enum form_did form_key(struct form *form, const struct key *key);
/* For form*.c: ticks. */
void ticks_set(struct field *field, const char *value);
enum form_did ticks_key(struct field *field, const struct key *key);
void ticks_show(const struct field *field, struct frame *frame, int row, int col,
	int cells, bool focus);
/* Shows the form and parks the cursor.  Returns the rows it would like. */
int form_show(struct form *form, struct frame *frame, int row, int col, int rows,
	int cells);
int form_rows(const struct form *form);
/* How many rows it takes at this width. */
int form_height(const struct form *form, int cells);

/* Takes away the fields whose names begin with prefix. */
void form_drop(struct form *form, const char *prefix);

struct json *form_to_json(const struct form *form);
void form_from_json(struct form *form, const struct json *values);
/* Nothing was typed or ticked beyond what is given. */
bool form_empty(const struct form *form);
void form_free(struct form *form);

/* The choice that the letters typed mean, -1 for none: what begins with them before
 * what holds them. */
int form_match(const struct field *field);

#endif
