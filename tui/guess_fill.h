/* guess_fill.h - what the words of one field fill in of the others, until the
 * person chooses. */
#ifndef TUI_GUESS_FILL_H
#define TUI_GUESS_FILL_H

#include "tui/app.h"
#include "tui/new_guess.h"

struct guess_fill {
	const char *words;  /* the field that is read: "title" */
	bool says;          /* the system's help says where it came from */
	bool kind_chosen, asset_chosen, time_chosen; /* by the person */
	char offered[64];   /* the unit's system, where the words name none; "" */
};

/* The person changed this field; true: what the desk says of it is another. */
bool guess_changed(struct guess_fill *fill, struct form *form, const char *name);
/* The same of "detected": since when, where the words say it. */
void guess_fill_time(struct guess_fill *fill, struct form *form, const char *name,
	struct app *app);
/* The system that the words name; true: it is another than before.  Its choices
 * may come after the words. */
bool guess_fill_asset(const struct guess_fill *fill, struct form *form);
/* What the desk is asked. */
void guess_ask_of(struct guess_ask *out, const struct guess_fill *fill,
	const struct form *form);

/* The cases that look the same, to choose from; done is called with the id. */
void guess_pick_same(struct app *app, const struct guess *guess, const char *title,
	bool (*done)(struct app *app, void *arg, const char *case_id));

#endif
