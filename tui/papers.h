/* papers.h - what leaves the screens for the night in which they go dark, and what
 * comes back afterwards: the printed case and plan, the copy, the paper table. */
#ifndef TUI_PAPERS_H
#define TUI_PAPERS_H

#include "tui/act.h"
#include "tui/sheet_form.h"

/* Makes it, shows it, keeps it in a file. */
void print_case_open(struct app *app, const struct case_ref *ref);
/* The plan of this id; code names the file. */
void print_plan_open(struct app *app, const char *id, const char *code);
/* Into a file of its own; of a TLP:RED case only when the person means it. */
void copy_case_open(struct app *app, const struct case_ref *ref);

/* Rows of what was done on paper, filed together. */
extern const struct sheet_form paper_form;

#endif
