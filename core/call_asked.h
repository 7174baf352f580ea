/* call_asked.h - calls that were made to ask for an order, on a call list. */
#ifndef CORE_CALL_ASKED_H
#define CORE_CALL_ASKED_H

#include "core/desk.h"
#include "core/json.h"

/* Rows of the list (call_list.h) whom an order was asked of by telephone: tried
 * in vain, or reached. */
bool call_asked(struct desk *desk, const char *case_id, struct json *list,
	struct error *err);

#endif
