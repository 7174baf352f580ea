/* register_act.h - changing the register: the forms, and who may. */
#ifndef TUI_REGISTER_ACT_H
#define TUI_REGISTER_ACT_H

#include "core/role.h"
#include "tui/app.h"
#include "tui/register_model.h"

struct draft;

/* False after it has said who may: the member's role is too low for this. */
bool register_may(struct app *app, enum act act);

/* A field of a system, with the document that says so; typed: what is known. */
void register_change_fact(struct app *app, const char *code, const char *field,
	const char *typed, const char *source);
void register_change_state(struct app *app, const char *code, const char *state);
/* Addresses and validity of a contact, addresses and role of a member: loads
 * what is known, then asks. */
void register_change_row(struct app *app, enum register_tab tab, const char *key);

bool register_reopen_draft(struct app *app, const struct draft *draft);

#endif
