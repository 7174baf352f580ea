/* paper.h - papers made from screens: kept where copies of cases are kept, so
 * that they are found without this program. */
#ifndef TUI_PAPER_H
#define TUI_PAPER_H

#include "tui/app.h"

#define PAPER_CELLS 74 /* A4 with margins, and a popup at 80 columns */

/* Where papers go when tests say so; NULL: the desk's folder for copies.  For
 * paper_keep(); the caller frees. */
char *paper_folder(const struct app *app);

/* On the desk's thread: writes text into a file of its own, NAME-day-minute.txt,
 * readable by its owner only; *path is the caller's. */
bool paper_keep(char **path, struct desk *desk, const char *folder, const char *name,
	const char *text, struct error *err);
/* The same for a table that a spreadsheet opens: NAME-day-minute.csv. */
bool paper_keep_csv(char **path, struct desk *desk, const char *folder,
	const char *name, const char *text, struct error *err);

#endif
