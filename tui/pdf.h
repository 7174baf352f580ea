/* pdf.h - a paper as PDF: laid by the program suco-report, so that the screens need
 * none of its libraries. */
#ifndef TUI_PDF_H
#define TUI_PDF_H

#include "tui/act.h"

/* On the desk's thread: waits for it.  ERR_UNAVAILABLE where it is not installed. */
bool pdf_write(const char *path, const struct json *document, struct error *err);

/* Made, kept in a file of its own, named. */
void pdf_of_case(struct app *app, const struct case_ref *ref);
/* The plan of this id; code names the file. */
void pdf_of_plan(struct app *app, const char *id, const char *code);

#endif
