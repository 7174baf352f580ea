/* paper.h - where papers made from screens are kept: $SUCO_PAPERS, else the
 * folder suco in the member's own, so that they are found without this
 * program. */
#ifndef TUI_PAPER_H
#define TUI_PAPER_H

#include "tui/app.h"

#define PAPER_CELLS 74 /* A4 with margins, and a popup at 80 columns */

/* A path of its own for a paper of this name, with day and minute; the caller
 * frees.  Nothing is made yet. */
char *paper_path(struct app *app, const char *name);
/* Writes it, and the folder; readable by its owner only.  Any thread. */
bool paper_write(const char *path, const char *text, struct error *err);

#endif
