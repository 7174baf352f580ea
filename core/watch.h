/* watch.h - the desktop session's part: who wants it, and who sits there. */
#ifndef CORE_WATCH_H
#define CORE_WATCH_H

#include <stdbool.h>

#include "core/desk.h"

/* What a session of this member needs to be begun: the desk can be written, is
 * no demo, and the member has set desktop=yes.  False also where the desk does
 * not answer. */
bool watch_wanted(struct desk *desk);

/* Whether this process stands in a session that has a message bus. */
bool watch_session(void);

#endif
