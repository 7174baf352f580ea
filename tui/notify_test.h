/* notify_test.h - one test message by a channel, from the screens. */
#ifndef TUI_NOTIFY_TEST_H
#define TUI_NOTIFY_TEST_H

#include "core/desk.h"

/* On the desk's thread: lets suco-serve send one, and waits some seconds for it.
 * *said is what it said of it, one line, the caller's; false: it failed. */
bool notify_test(char **said, struct desk *desk, const char *channel, const char *login,
	struct error *err);

#endif
