/* ask.h - popups that ask or tell the person something.
 *
 * Each is a view on top of the one that asks; nothing happens before Enter (a
 * pick, a confirmation) or F10 (a form).  `done` runs on the terminal's thread
 * while the popup is still there; returning true closes it.  arg belongs to the
 * popup and is freed with free_arg (NULL: it is not owned). */
#ifndef TUI_ASK_H
#define TUI_ASK_H

#include <stdbool.h>

#include "core/error.h"
#include "tui/app.h"
#include "tui/form.h"

/* ---- a list to pick from ---- */

struct pick_item {
	char *word;    /* what done() gets */
	char *label;   /* what is shown and searched */
	char *right;   /* at the right edge: a key, a state; or NULL */
	char *refusal; /* why it cannot be taken now: shown, not taken; or NULL */
};

struct pick {
	const char *title;      /* copied */
	const char *empty;      /* what to say when the list is empty, or NULL */
	bool typing;            /* letters narrow the list */
	bool (*done)(struct app *app, void *arg, const char *word);
	/* Instead of done: gets what was shown, too, to name it once more. */
	bool (*named)(struct app *app, void *arg, const char *word, const char *label);
	void *arg;
	void (*free_arg)(void *arg);
};

struct view *ask_pick(struct app *app, const struct pick *what);
/* Copies; refusal and right may be NULL. */
void pick_add(struct view *pick, const char *word, const char *label,
	const char *right, const char *refusal);
/* Names and other words, with ", " between, by which the item added last is found:
 * before those that only have what was typed somewhere. */
void pick_also(struct view *pick, const char *words);
/* More items come with what is typed (the palette: cases); NULL: none.  Called
 * with the words typed; gives a request whose done() calls pick_add(). */
void pick_more(struct view *pick,
	struct request *(*load)(struct view *pick, const char *words));
void pick_clear_more(struct view *pick);
/* A word of the caller's own that load() may want; copied. */
void pick_set_tag(struct view *pick, const char *tag);
const char *pick_tag(const struct view *pick);

/* ---- a form ---- */

struct ask_form {
	const char *title;      /* copied */
	const char *draft_kind; /* "note": kept as a draft; NULL: not worth it */
	const char *case_id, *number;
	const struct draft *draft; /* one that was read: goes on with it */
	const char *save_hint;  /* N_(): what F10 does; NULL: "save" */
	/* F10.  Returns true when the request was posted or all is done; the form
	 * stays, marked as saving, until form_saved() or form_failed(). */
	bool (*done)(struct app *app, struct view *form, void *arg);
	void (*left)(struct app *app, void *arg); /* closed, not saved; or NULL */
	void *arg;
	void (*free_arg)(void *arg);
};

struct view *ask_form(struct app *app, const struct ask_form *what);
/* The fields: added after ask_form(), before the next key. */
struct form *ask_form_fields(struct view *view);
/* After the last field: takes over the values of the draft. */
void ask_form_ready(struct view *view);
/* The id that the event should have: of the draft, else a fresh one. */
const char *ask_form_event_id(struct view *view);
void *ask_form_arg(struct view *view);
/* The desk has it: the draft goes and the popup closes. */
void form_saved(struct app *app, uint64_t view_id);
/* It was refused: the text is still there. */
void form_failed(struct app *app, uint64_t view_id, const struct error *err);

/* ---- a confirmation: focus on "Back" ---- */

struct confirm {
	const char *title, *text; /* copied; text is wrapped */
	const char *yes;          /* what the button says: "Release 3 messages" */
	const char *typed;        /* must be typed to go on ("VN-0247"), or NULL */
	bool (*done)(struct app *app, void *arg);
	void *arg;
	void (*free_arg)(void *arg);
};

void ask_confirm(struct app *app, const struct confirm *what);
void ask_quit(struct app *app);

/* ---- a text to read, with a scroll bar of keys ---- */

void ask_read(struct app *app, const char *title, const char *text);

#endif
