/* sheet_form.h - a small form and the act of core that it ends in, as one const
 * table; nothing, a confirmation or fields first.
 *
 * sheet_form() opens it for rows of a sheet, form_open() for anything else.
 * F10 gives the values to `run` on the desk's thread, once a row; the desk's
 * refusal stands in the form, the text stays; afterwards every screen reads
 * again.  With a draft what was typed survives leaving, a crash, a full disk. */
#ifndef TUI_SHEET_FORM_H
#define TUI_SHEET_FORM_H

#include "core/when.h"
#include "core/words.h"
#include "tui/act.h"
#include "tui/table.h"

struct form_line {
	const char *name;   /* in the values that `run` gets */
	const char *label;  /* N_() */
	enum field_kind kind;
	const char *help;   /* N_(), or NULL */
	bool required;
	int rows;           /* of an area; 0: 3 */
	bool list;          /* an area that takes as long a list as a verb does */
	const char *value;  /* at first; a choice's word, "yes" */
	const struct word *words; /* of a choice: words, N_() labels; ended by NULL */
	enum choices from;  /* of a pick, where `loaded`: what the desk knows */
	bool loaded;
};

struct sheet_form {
	const char *draft;  /* kind of the draft, unique; NULL: not worth one */
	enum act needs;     /* who may; not who else is said before it opens */
	const char *title;  /* N_(): before what it is about: "ask again" */
	const struct form_line *lines; /* ended by a name that is NULL; NULL: none */
	const char *focus;  /* field to begin in; NULL: the first */
	const char *confirm; /* N_(): without lines: asked first, the focus on Back */
	const char *save;   /* N_(): what F10 or the button says; NULL: "save" */
	act_fn *run;        /* ref: id, item (the row's key), case_id, number (name) */
	act_said_fn *run_said; /* instead of run: says what came of it; or NULL */
	act_all_fn *run_all; /* instead of run: all rows in one change; or NULL */
	const char *said;   /* N_(), with %s: "%s asked again" */
	bool tell;          /* says what the newest entry says instead of `said` */
	/* What it is about, where the row's first cell does not say it; or NULL. */
	void (*name)(struct case_ref *ref, const struct table_row *row);
	/* fill reads no more of a row than `about`: a draft keeps it. */
	bool refill;
	bool fill_focuses;  /* it says in which field to begin */
	/* More fields, values of the row; row NULL: a draft, or no row. */
	void (*fill)(struct app *app, struct view *form, const struct table_row *row);
	/* When the desk has it; or NULL. */
	void (*after)(struct app *app, const struct case_ref *ref);
	/* When it was closed without that; or NULL. */
	void (*left)(struct app *app, const struct case_ref *ref);
};

/* What an act gets of a row: the first cell is its name. */
void sheet_ref(struct case_ref *ref, const struct table_row *row);
/* For `name`: "2026-42 Initial notice". */
void form_title(struct case_ref *ref, const char *number, const char *what);
void sheet_form(struct app *app, const struct sheet_form *form,
	const struct table_row *const *rows, int count);
/* The same for a case or whatever ref says; row may be NULL. */
void form_open(struct app *app, const struct sheet_form *form,
	const struct case_ref *refs, int count, const struct table_row *row);
/* A draft of one of these forms (ended by NULL) goes on; false: it is none. */
bool form_reopen(struct app *app, const struct sheet_form *const *forms,
	const struct draft *draft);

/* For `fill`: what a FIELD_LABEL says; takes text. */
void form_label(struct view *form, const char *name, char *text);

/* For `run`: a value, "" or NULL when there is none; a time as typed, 0 when none
 * was. */
const char *form_word(const struct json *values, const char *name);
const char *form_given(const struct json *values, const char *name);
bool form_time(int64_t *out, const struct json *values, const char *name,
	enum when_sense sense, struct desk *desk, struct error *err);

#endif
