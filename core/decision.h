/* decision.h - orders asked for (xin ý kiến chỉ đạo): of whom, until when; the
 * answer, or what the approved plan allows without one; the paper that follows. */
#ifndef CORE_DECISION_H
#define CORE_DECISION_H

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"
#include "core/whom.h"

#define DECISION_WAIT_MS (10 * 60000LL) /* where no time was said */

struct decision {
	char id[UUID_SIZE], case_id[UUID_SIZE];
	char number[24]; /* of the case */
	char into[24];   /* of the case that it was merged into; "" */
	char *title;     /* of the case */
	int severity;    /* of the case, decided or suggested; 0 */
	bool drill;
	int n;           /* its number on the case */
	char *question, *role, *name, *channel;
	char *asked_by;  /* login */
	int64_t asked_at, until_at; /* NO_DUE */
	struct json *options; /* [{value, label}], or NULL: any answer */
	char state[16];  /* open answered fallback answered_late withdrawn */
	char *answer, *answered_by;
	char *reason;        /* of the fall-back where it was taken; decision_reasons() */
	int64_t answered_at; /* 0 */
	char *fallback;      /* the plan's own sentence, "" */
	char *authority;     /* "" typed by hand, approved, draft: of the plan */
	char *fallback_by;
	int64_t fallback_at; /* 0 */
	char *doc_number, *doc_date; /* YYYY-MM-DD */
	char instance[UUID_SIZE];    /* of the step that asks; "" */
	int tries;           /* calls that nobody answered */
	int64_t ended_at;
};

void decision_clear(struct decision *decision);
/* Answered, or taken by authority: the step that asked can go on. */
bool decision_settled(const struct decision *decision);

enum decision_show { DECISIONS_ALL, DECISIONS_OPEN, DECISIONS_NO_DOCUMENT };
typedef bool decision_visit(const struct decision *decision, void *arg);
/* Those of a case by number, then the open ones merged into it; case_id NULL: of
 * the desk, the newest first (open ones: the soonest due first). */
bool decision_each(struct desk *desk, const char *case_id, enum decision_show show,
	decision_visit *visit, void *arg, struct error *err);
/* ERR_NOT_FOUND. */
bool decision_load(struct decision *out, struct desk *desk, const char *case_id, int n,
	struct error *err);
/* The newest of a step's; *there false where nothing was asked. */
bool decision_of_step(struct decision *out, bool *there, struct desk *desk,
	const char *instance, struct error *err);
bool decision_count(struct desk *desk, int64_t *open, struct error *err);
/* As waiting_left(). */
bool decision_left(struct desk *desk, const char *case_id, char **what,
	struct error *err);

struct decision_new {
	const char *whom;      /* role, login, words; or */
	const struct whom *of; /* who it is already known to be; NULL */
	const char *question;
	const char *channel;   /* NULL: phone */
	const char *at;        /* as typed: asked then; NULL: now */
	const char *until;     /* as typed, "none"; NULL: until_ms after */
	int64_t until_ms;      /* 0: DECISION_WAIT_MS */
	const char *options;   /* "A,B"; or */
	const struct json *choices; /* [{value, label}]; NULL */
	const char *fallback, *authority; /* or NULL */
	const char *instance;  /* or NULL */
};
/* The same question of mine, still open: *n is that, and nothing is appended; of
 * another: ERR_CONFLICT naming him. */
bool decision_ask(struct desk *desk, const char *case_id,
	const struct decision_new *what, int *n, struct error *err);

struct decision_word {
	const char *answer; /* one of the options (value or label), or anything */
	const char *reason, *by, *at, *channel; /* or NULL */
	const char *document, *date;            /* or NULL */
};
/* After an answer of somebody else: ERR_CONFLICT naming him.  After the
 * fall-back was taken: a later answer, both stand. */
bool decision_answer(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err);
/* Nobody answered the call. */
bool decision_try(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err);
/* Takes the plan's sentence by name (`by`).  ERR_REFUSED before the time is out,
 * or where the plan is a draft, without a reason. */
bool decision_fallback(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err);
/* The written confirmation: number and date. */
bool decision_document(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err);
/* It is not needed any more. */
bool decision_withdraw(struct desk *desk, const char *case_id, int n, const char *reason,
	struct error *err);

/* Why it was answered so, and why its fall-back was taken: "" where neither was
 * said.  Both stand, whichever came first. */
struct decision_reasons {
	char *answer, *fallback;
};
bool decision_reasons(struct decision_reasons *out, struct desk *desk,
	const struct decision *d, struct error *err);
void decision_reasons_clear(struct decision_reasons *reasons);

/* The label of an option by its value, else the text itself; borrowed. */
const char *decision_label(const struct decision *decision, const char *answer);
/* The value of an option whose value or label this is; NULL: none. */
const char *decision_value(const struct decision *decision, const char *answer);

#endif
