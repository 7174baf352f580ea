/* stand_in.h - the engine writes down what a member did elsewhere: on a page, in
 * a mail, in a messenger.  The events' actor is that member, with his own role. */
#ifndef CORE_STAND_IN_H
#define CORE_STAND_IN_H

#include <stdbool.h>

#include "core/desk.h"

/* Inside a change, on the engine's handle: from here on acts are this member's.
 * ERR_FORBIDDEN on anybody else's handle, and for who is no active member. */
bool stand_in_begin(struct desk *desk, const char *member_id, struct error *err);
/* Back to the engine; what was added is written first.  ok: as for change_end(),
 * which must follow with what this returns. */
bool stand_in_end(struct desk *desk, bool ok, struct error *err);

/* The handle is the engine's, nobody sits there. */
bool stand_in_possible(const struct desk *desk);

#endif
