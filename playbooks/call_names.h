/* call_names.h - whom the open steps of a case name, for its call list. */
#ifndef PLAYBOOKS_CALL_NAMES_H
#define PLAYBOOKS_CALL_NAMES_H

#include "core/desk.h"
#include "core/json.h"

/* A case's call list (core/call_list.h) with whom its open steps name: who decides,
 * lead, then support, step by step. */
bool case_call_list(struct desk *desk, const char *case_id, struct json **out,
	struct error *err);

#endif
