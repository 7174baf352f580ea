/* answer_private.h - between answer*.c only: one answer under way. */
#ifndef CORE_ANSWER_PRIVATE_H
#define CORE_ANSWER_PRIVATE_H

#include "core/answer.h"
#include "core/calling.h"
#include "core/case.h"
#include "core/outbox.h"

struct deed {
	struct desk *desk;
	const struct answer *what;
	struct answer_done *done;
	char *note, *proof;      /* cleaned; ours */
	bool record_only;        /* the desk refused the act */
	bool acted;              /* what fails from here on is the act */
	struct message m;        /* id "": none */
	struct ir_case c;        /* id "": none */
	struct calling calling;
	struct calling_moves moves; /* what his answer changes of it; ours */
	const char *me_id, *me_login; /* who answers */
	int64_t since;           /* what he saw was written then */
	char to_id[UUID_SIZE];   /* of pass */
	char to_name[PERSON_SIZE];
};

/* May a message in this state still be answered?  channel: by which way; who holds the
 * key of one that failed or was dropped has got it all the same. */
bool answer_may_come(const char *state, const char *channel);
/* The case is not open: since when, and whether another has its work. */
bool answer_over(struct answer_done *done, struct desk *desk, const struct ir_case *c,
	struct error *err);
/* Has somebody else taken it since?  Then done says who and when. */
bool answer_late(struct deed *d, bool *late, struct error *err);
/* Whom it is passed on to: somebody else, who can be given work. */
bool answer_find_to(struct deed *d, struct error *err);
/* What his answer changes of the calling, before anything is written. */
bool answer_moves(struct deed *d, struct error *err);
/* The same, and of what else this case calls him for: answer_beside.c. */
bool answer_moves_all(struct deed *d, struct error *err);
bool answer_moves_beside(struct deed *d, const struct calling_answer *what,
	struct error *err);
/* As their own event, where no message is answered with them. */
void answer_write_moves(struct deed *d);
/* answer_step.c: was it about one step or task, and not about its case? */
bool answer_of_step(const struct message *m);
/* Declines or passes on that one; *his: it was still his. */
bool answer_step(struct deed *d, bool *his, struct error *err);
/* The act itself, on the case; done says what became of it. */
bool answer_act(struct deed *d, struct error *err);

#endif
