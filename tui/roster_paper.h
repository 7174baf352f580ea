/* roster_paper.h - what leaves the roster's screen, and what is taken back there. */
#ifndef TUI_ROSTER_PAPER_H
#define TUI_ROSTER_PAPER_H

#include "tui/app.h"

/* Keeps text (taken) in a file of its own, shows it, says where it is. */
void roster_keep(struct app *app, char *text);
/* My last act on the roster, at once; says which it was. */
void roster_undo(struct app *app);

#endif
