/* told.h - a message that waits was told by a person after all. */
#ifndef CORE_TOLD_H
#define CORE_TOLD_H

#include <stdbool.h>

#include "core/desk.h"

struct told_how {
	const char *channel; /* phone, zalo, paper, in_person */
	const char *who;     /* who was told */
	const char *said;    /* what was answered, or NULL */
	int64_t at;          /* 0: now */
};
/* By telephone it is a call of its case too.  ERR_REFUSED where it was told
 * already. */
bool message_told(struct desk *desk, const char *id, const struct told_how *how,
	struct error *err);

#endif
