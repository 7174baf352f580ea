/* register_act.h - the forms that change the register. */
#ifndef TUI_REGISTER_ACT_H
#define TUI_REGISTER_ACT_H

#include "tui/app.h"
#include "tui/register_model.h"

struct draft;

/* A field of a system, with the document that says so; typed: what is known. */
void register_change_fact(struct app *app, const char *code, const char *field,
	const char *typed, const char *source);
void register_change_state(struct app *app, const char *code, const char *state);
/* Addresses and validity of a contact, addresses and role of a member: loads
 * what is known, then asks. */
void register_change_row(struct app *app, enum register_tab tab, const char *key);

bool register_reopen_draft(struct app *app, const struct draft *draft);

#endif
