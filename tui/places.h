/* places.h - the screens that there are and what opens them. */
#ifndef TUI_PLACES_H
#define TUI_PLACES_H

#include "tui/app.h"

/* Opens the desk's screen, the case asked for, and offers drafts. */
void place_begin(struct app *app, const char *open_case);
/* Commands that open a screen or a popup from anywhere; VIEW_IGNORED when the
 * command is none of them. */
unsigned place_command(struct app *app, enum command command);
/* CASE of CLI.md, or a UUID. */
void place_open_case(struct app *app, const char *spec);
/* What makes later keys fast: after the first frame. */
void place_warm(struct app *app);
/* What the desk's thread kept goes. */
void place_end(void);
/* To what NOW speaks of: its case, or what can be done at once. */
unsigned place_to_now(struct app *app);
/* Looks for drafts that the desk does not hold yet and offers them. */
void place_offer_drafts(struct app *app);
/* Whether this command leads anywhere today: what is not built is absent from
 * keys and help. */
bool place_built(enum command command);
/* The same for what places.c opens of a case: built, and the view on the screen
 * has a case. */
bool place_of_case(struct app *app, enum command command);
/* A draft of a form of sheet_form.h goes on; false: it is none. */
bool place_reopen_draft(struct app *app, const struct draft *draft);

#endif
