/* tin_forms.h - what is asked when something is done with a report. */
#ifndef TUI_TIN_FORMS_H
#define TUI_TIN_FORMS_H

#include "tui/sheet_form.h"

extern const struct sheet_form tin_take_form, tin_reply_form, tin_help_form,
	tin_done_form, tin_close_form;
/* One that is in a case goes into another: the ref's item is that case's id. */
extern const struct sheet_form tin_move_form;

#endif
