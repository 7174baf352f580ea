/* outbox_answer.h - what a member says to a message that reached him: that he
 * takes the work on, or that he has seen it (DESIGN 8). */
#ifndef CORE_OUTBOX_ANSWER_H
#define CORE_OUTBOX_ANSWER_H

#include <stdbool.h>

#include "core/desk.h"

enum answer_end {
	ANSWER_NOTED,        /* recorded; the case needed no acknowledging */
	ANSWER_ACKNOWLEDGED, /* recorded, and the case is acknowledged by it */
	ANSWER_LATE,         /* recorded; the case was not: err says why */
	ANSWER_BEFORE,       /* was answered already: nothing happened */
};

/* He takes it on, in his own words or the button's.  The message becomes
 * answered; a case that is still new, and that nobody acknowledged since the
 * message was queued, is acknowledged by the same transaction: so a late tap
 * cannot act twice.  False: nothing was recorded.  ERR_FORBIDDEN for another
 * member's message, ERR_REFUSED where it is no question any more. */
bool outbox_answer(struct desk *desk, const char *id, const char *words,
	enum answer_end *end, struct error *err);

/* He has seen it: read.  Answers nothing; what is further stays as it is. */
bool outbox_read(struct desk *desk, const char *id, struct error *err);

#endif
