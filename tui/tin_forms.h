/* tin_forms.h - what is asked when something is done with a report. */
#ifndef TUI_TIN_FORMS_H
#define TUI_TIN_FORMS_H

#include "tui/sheet_form.h"

extern const struct sheet_form tin_take_form, tin_reply_form, tin_help_form,
	tin_done_form, tin_close_form;

#endif
