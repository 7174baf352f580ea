/* answer_look.h - what a member is asked by a message, and whether it still asks:
 * for who shows it before he answers.  Changes nothing. */
#ifndef CORE_ANSWER_LOOK_H
#define CORE_ANSWER_LOOK_H

#include "core/answer.h"
#include "core/case.h"
#include "core/outbox.h"

struct answer_look {
	struct message m;
	struct ir_case c;        /* id "": the message is of no case */
	char login[208], name[208], language[8]; /* whom it was sent to */
	bool active;             /* he is a member still */
	bool open;               /* he may answer */
	struct answer_done done; /* not open: LATE, OVER, BEFORE or NOT */
	char step[320];          /* what is due: a step's name, or "" */
	int step_n;
	int64_t due_at;          /* NO_DUE */
};

/* ERR_NOT_FOUND; ERR_FORBIDDEN for a message that is to no member. */
bool answer_look(struct answer_look *out, struct desk *desk, const char *message_id,
	struct error *err);
void answer_look_clear(struct answer_look *look);

#endif
