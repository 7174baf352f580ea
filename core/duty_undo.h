/* duty_undo.h - takes back what a member did to the roster last, by the opposite act:
 * what was in between stays in the history. */
#ifndef CORE_DUTY_UNDO_H
#define CORE_DUTY_UNDO_H

#include "core/desk.h"
#include "core/error.h"

/* *said, the caller's: what was undone, as the timeline has it.  ERR_REFUSED where
 * there is nothing, or the last act ended something: that is made anew. */
bool duty_undo(struct desk *desk, char **said, struct error *err);

#endif
