/* call.h - telephone calls: who was called, who answered, what was said.
 *
 * A call that was made is a fact: it is recorded even when somebody else made
 * the same one a minute before; then it says so. */
#ifndef CORE_CALL_H
#define CORE_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/callee.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/words.h"

/* answered, no_answer, wrong_number; ended by a word that is NULL. */
extern const struct word call_outcomes[];

struct call_new {
	const char *case_id;     /* NULL: of no case, to try a number */
	const char *to;          /* as for callee_find() */
	const char *outcome;
	const char *answered_by; /* needed where it was answered */
	const char *result;      /* what was said, or NULL */
	const char *number;      /* that was dialled; NULL: the register's */
	const char *message;     /* to them, told by it; NULL: what waits for them */
	bool verified;           /* the contact's number is right */
	int64_t at;              /* 0: now */
	int corrects;            /* number of the call that it stands for; 0 */
};
struct call_done {
	int n;               /* its number on the case */
	char *also;          /* who else called the same at about that time; or NULL */
};
/* Records a call.  Answered, it settles what waits for them in the outbox, else
 * it stands there by itself.  With --if-version: ERR_CONFLICT where somebody
 * called them after it.  *done is the caller's: free(done->also). */
bool call_add(struct desk *desk, const struct call_new *what, struct call_done *done,
	struct error *err);

/* answered, no_answer, wrong_number, not_made; ended by a word that is NULL. */
extern const struct word call_corrections[];

struct call_correction {
	const char *case_id;
	int n;                   /* 0: the newest of this callee */
	const char *of;          /* with n 0: as for callee_find() */
	const char *why;         /* what was wrong */
	const char *outcome;     /* what is right */
	const char *to;          /* who was called really; NULL: the same */
	const char *answered_by, *result;
	const char *number, *message; /* NULL: those of the wrong entry */
	bool verified;
	int64_t at;              /* when it was really; 0: as recorded */
};
/* A call is never undone: it was made, or somebody relied on it.  The wrong entry
 * stays in the timeline, its row is `corrected` with why as its result and counts no
 * more; what it settled waits again, and the right call stands as one of its own.
 * ERR_CONFLICT where it was corrected already. */
bool call_correct(struct desk *desk, const struct call_correction *what,
	struct call_done *done, struct error *err);

struct phone_call {
	char id[UUID_SIZE];
	int n;
	char message_id[UUID_SIZE];
	char *role, *to_name, *number, *answered_by, *result;
	char to_kind[12], to_id[UUID_SIZE];
	char outcome[16]; /* of call_outcomes, or corrected: result says why */
	int64_t called_at;
	char *caller, *caller_name; /* login and name */
};
typedef bool phone_call_visit(const struct phone_call *call, void *arg);
/* Oldest first. */
bool phone_call_each(struct desk *desk, const char *case_id, phone_call_visit *visit,
	void *arg, struct error *err);

/* Somebody has the telephone in his hand: seen by others for a few minutes, in
 * this copy of the desk only.  Never an error that stops the call. */
#define CALLING_MS (5 * 60000LL)
bool call_began(struct desk *desk, const char *case_id, const char *to_id,
	struct error *err);
/* He did not call after all.  Another's telephone is left alone. */
bool call_not_made(struct desk *desk, const char *case_id, const char *to_id,
	struct error *err);
/* *who (the caller's) is the name of another who is calling, or NULL. */
bool call_under_way(struct desk *desk, const char *case_id, const char *to_id, char **who,
	int64_t *since, struct error *err);

#endif
