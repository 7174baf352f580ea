/* new_fields.h - the fields of the new-case screen. */
#ifndef TUI_NEW_FIELDS_H
#define TUI_NEW_FIELDS_H

#include "tui/form.h"

/* login, name: the first owner offered. */
void new_fields(struct form *form, const char *login, const char *name);

#endif
