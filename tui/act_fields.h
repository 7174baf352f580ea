/* act_fields.h - the fields of the forms that act on cases. */
#ifndef TUI_ACT_FIELDS_H
#define TUI_ACT_FIELDS_H

#include "tui/act.h"

typedef void fields_fn(struct app *app, struct view *view,
	const struct case_ref *ref);

fields_fn note_fields, assign_fields, severity_fields, reason_fields,
	status_fields, close_fields, task_fields, evidence_fields,
	observable_fields, set_fields, begin_fields, decline_fields, pass_fields,
	call_next_fields;

#endif
