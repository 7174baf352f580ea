/* answer.h - what a member says when he is called to a case (DESIGN 8): he takes
 * it, he cannot, or he names another; by whatever way his answer came. */
#ifndef CORE_ANSWER_H
#define CORE_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/desk.h"
#include "core/person.h"

enum answer_what { ANSWER_ACK, ANSWER_DECLINE, ANSWER_PASS };

struct answer {
	const char *message_id; /* of answer_message(): id or number */
	enum answer_what what;
	const char *to;         /* login: whom he passes it on to; else NULL */
	const char *channel;    /* tui, cli, desktop, link, mail, telegram */
	const char *proof;      /* what shows that it was he: one line; or NULL */
	const char *note;       /* his own words, or NULL */
	int64_t as_of;          /* when what he saw was written; 0: the message's time */
};

enum answer_end {
	ANSWER_TAKEN,    /* he has it; nobody is called any more */
	ANSWER_NOTED,    /* recorded; it was his already, or there was nothing to take */
	ANSWER_DECLINED,
	ANSWER_PASSED,   /* to whom: by */
	ANSWER_LATE,     /* by had taken it, at: recorded as seen, nothing else happened */
	ANSWER_OVER,     /* the case is over, since at: recorded as seen; by: the number of
	                  * the one it was merged into, or "" */
	ANSWER_NOT,      /* recorded; the desk refused the act: why */
	ANSWER_BEFORE,   /* was answered already, at: nothing happened */
};

struct answer_done {
	enum answer_end end;
	enum answer_what what;
	bool next;                 /* somebody else is called now */
	char case_id[UUID_SIZE];   /* "" */
	char number[24];           /* "" */
	char by[PERSON_SIZE];      /* a name */
	int64_t at;
	char why[480];
};

/* On the engine's handle the events' actor is the member whom the message is for;
 * on a member's handle it must be his.  All in one transaction: the message is
 * answered, the case acknowledged and given to him where it has no owner, the
 * calling ended, or the next one called.  What was taken by somebody else since
 * the message was written is not taken again.  False: nothing was recorded.
 * ERR_NOT_FOUND · ERR_FORBIDDEN for another's message · ERR_REFUSED where it is no
 * question any more · ERR_BAD_INPUT. */
bool answer_message(struct desk *desk, const struct answer *what,
	struct answer_done *done, struct error *err);

/* The same of a case, by the one who sits there: his newest message about it is
 * answered with it.  ack without a call is plainly acknowledging: ERR_CONFLICT
 * where another did.  decline: ERR_REFUSED where nobody called him. */
bool answer_case(struct desk *desk, const char *case_id, const struct answer *what,
	struct answer_done *done, struct error *err);

/* He has seen it: read.  Answers nothing; what is further stays as it is. */
bool answer_seen(struct desk *desk, const char *message_id, struct error *err);

/* The word in events and on the wire: ack, decline, pass. */
const char *answer_word(enum answer_what what);
bool answer_from_word(enum answer_what *what, const char *word);

/* What became of it, as a sentence in this language. */
void answer_say(struct buf *out, const struct answer_done *done, const char *language,
	const struct zone *zone, int64_t now);

#endif
