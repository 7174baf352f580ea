/* list_add.h - lines that people type into the list of a step. */
#ifndef TUI_LIST_ADD_H
#define TUI_LIST_ADD_H

#include "playbooks/check.h"
#include "tui/sheet.h"

/* The step by its instance alone; *case_id is the caller's. */
bool list_step_open(struct step_list *out, char **case_id, struct desk *desk,
	const char *instance, struct error *err);
/* The act: also in an empty list. */
sheet_fn list_add;

#endif
