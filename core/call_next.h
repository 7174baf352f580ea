/* call_next.h - whom of a call list to ring up next. */
#ifndef CORE_CALL_NEXT_H
#define CORE_CALL_NEXT_H

#include "core/json.h"

/* The first in order who can be called, is needed and was not tried; when all
 * were, who was tried longest ago.  NULL: nobody left has a number. */
const struct json *call_next(const struct json *list);

/* Sets `needed` and `next` of every row. */
void call_next_set(struct json *list);

#endif
