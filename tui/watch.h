/* watch.h - the screens start the member's desktop part (DESIGN 3). */
#ifndef TUI_WATCH_H
#define TUI_WATCH_H

#include <stdbool.h>

#include "core/desk.h"

/* Where the member wants it, a session has a message bus, and none of his runs
 * already: starts suco-watch, which stays when we end.  True where it was
 * started.  Before there are other threads. */
bool watch_begin(struct desk *desk);

#endif
