/* rota_forms.h - the forms of the roster's rules: layers, rotations, rosters for a
 * span, raised watch. */
#ifndef TUI_ROTA_FORMS_H
#define TUI_ROTA_FORMS_H

#include "tui/sheet_form.h"

/* what: layer, rota, spell, raise.  Changing the thing of the row; one more (row: of
 * whose layer, or NULL); taking it off, with the question. */
void rota_form_open(struct app *app, const char *what, const struct table_row *row);
void rota_form_new(struct app *app, const char *what, const struct table_row *row);
void rota_form_off(struct app *app, const struct table_row *row);

#endif
