/* sheet_hand.h - what the screens of telling by hand share: their forms. */
#ifndef TUI_SHEET_HAND_H
#define TUI_SHEET_HAND_H

#include "tui/sheet.h"

/* A call that was made; ref: case_id ("": to try a number), item is whom as
 * callee_find() reads it, title says it. */
extern const struct sheet_form call_form, correct_form;
/* Says to others that somebody is calling, then asks what came of it. */
void call_open(struct app *app, struct view *view, const struct case_ref *ref);

/* The form was left: nobody is calling. */
void call_left(struct app *app, const struct case_ref *ref);

/* Telephone, mail, Zalo of a contact; ref: item is its role. */
extern const struct sheet_form contact_form;
extern const struct sheet_form posted_form, confirm_form, confirm_paste_form;

#endif
