/* calling.h - the calls that a message belongs to: who is called until somebody
 * answers (rows escalation and call_turn), as far as an answer touches them. */
#ifndef CORE_CALLING_H
#define CORE_CALLING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/json.h"

/* id "": nobody is called. */
struct calling {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	char subject[16];       /* case, step, deadline */
	char state[16];         /* running, answered, ended */
	char ack_by[UUID_SIZE]; /* member, or "" */
	int64_t ack_at, last_at, next_at, ack_until;
	int64_t ack_lasts;      /* ms: without a word the answer runs out; 0: never */
	char reason[40];        /* ESCALATION_ASKED, or "" */
	int64_t at_step, round;
};

/* That of the message where it names one, else the newest about the case itself. */
bool calling_find(struct calling *out, struct desk *desk, const char *id,
	const char *case_id, struct error *err);

bool calling_runs(const struct calling *calling);
/* Somebody else answered it, and has it. */
bool calling_taken(const struct calling *calling, const char *member_id);

/* Was he called by it? */
bool calling_has_turn(struct desk *desk, const struct calling *calling,
	const char *member_id, bool *has, struct error *err);

struct calling_answer {
	const char *what;    /* ack, decline, pass */
	const char *channel, *proof;
	int64_t asked_at;    /* when the message that is answered was queued */
	const char *to_id;   /* of pass */
};
/* What an answer changes, for the event that tells it: lists for apply_rows(). */
struct calling_moves {
	struct json *turns, *calls; /* of call_turn, of escalation */
	bool next;                  /* somebody else is called now */
};
void calling_moves_clear(struct calling_moves *moves);

/* Inside a change: his turns have this answer.  ack: nobody is called any more.
 * decline: the next is called now, if nobody was called since; next says so.
 * pass: whom he named has the time of one step before the next is called.  What he
 * had taken himself and gives back runs on.  *moves is cleared by the caller. */
bool calling_answered(struct calling_moves *moves, struct desk *desk,
	const struct calling *calling, const struct calling_answer *what,
	struct error *err);
/* The event of an answer that no message carries; takes the lists, writes nothing
 * where nothing moves.  to_name: of pass, else "". */
void calling_write(struct desk *desk, const struct calling *calling,
	const struct calling_answer *what, const char *to_name,
	struct calling_moves *moves);

#endif
