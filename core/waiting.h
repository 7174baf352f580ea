/* waiting.h - work that waits on somebody outside: what, which ticket, promised
 * for when, each time asked, how far it was raised. */
#ifndef CORE_WAITING_H
#define CORE_WAITING_H

#include "core/desk.h"
#include "core/error.h"
#include "core/promise.h"

struct waiting {
	char id[UUID_SIZE], case_id[UUID_SIZE];
	char number[24]; /* of the case */
	char into[24];   /* of the case that it was merged into; "" */
	int severity;    /* of the case, decided or suggested; 0 */
	int n;           /* its number on the case */
	char *role, *name;
	char *what, *ticket;
	int64_t promised_at;      /* NO_DUE: nothing was promised */
	int asked;                /* how often since it was made */
	int64_t asked_at;         /* 0 */
	int64_t next_ask_at;      /* ask or raise then; NO_DUE once it has ended */
	int raised;               /* levels */
	int64_t raise_at;         /* the next level, NO_DUE */
	char *raised_to, *raise_after;
	char state[12];           /* open, done */
	char *result;
	char instance[UUID_SIZE]; /* of the step that waits; "" */
	char *owner, *owner_name; /* login, name of who follows it; "" */
	int64_t created_at, ended_at;
};

void waiting_clear(struct waiting *waiting);

typedef bool waiting_visit(const struct waiting *waiting, void *arg); /* false stops */
/* All of a case in their order, then the open ones of what was merged into it;
 * case_id NULL: the open ones of the desk, those first that must be asked first. */
bool waiting_each(struct desk *desk, const char *case_id, waiting_visit *visit,
	void *arg, struct error *err);
/* ERR_NOT_FOUND. */
bool waiting_load(struct waiting *out, struct desk *desk, const char *case_id, int n,
	struct error *err);
/* Open ones; past their promise, or to be asked or raised by now. */
bool waiting_count(struct desk *desk, int64_t *open, int64_t *over, struct error *err);

enum waiting_next { WAITING_NOT_YET, WAITING_ASK, WAITING_RAISE };
enum waiting_next waiting_next(const struct waiting *waiting, int64_t now);

/* Each time that somebody was asked, about a waiting or a decision. */
struct asking {
	int64_t at;
	const char *by, *whom, *channel, *text; /* borrowed for the visit */
	int64_t promised_at; /* NO_DUE */
	int raised;          /* the level that it went up to; 0 */
};
typedef bool asking_visit(const struct asking *asking, void *arg);
bool asking_each(struct desk *desk, const char *about, asking_visit *visit, void *arg,
	struct error *err);
/* The row of one asking, for an event's "each"; the caller's. */
struct json *asking_row(struct desk *desk, const char *about,
	const struct asking *asking);

struct waiting_new {
	const char *whom;     /* role, login, or a name in words */
	const char *what;
	const char *ticket;   /* or NULL */
	const char *promised; /* as typed, or NULL */
	const char *said_at;  /* as typed: when they promised it; NULL: now */
	const char *raise;    /* "30m,2h,4h"; NULL: the setting */
	const char *instance; /* step that waits for it, or NULL */
};
/* The same waiting of mine, still open: *n is that, and nothing is appended; of
 * another: ERR_CONFLICT naming him. */
bool waiting_add(struct desk *desk, const char *case_id, const struct waiting_new *what,
	int *n, struct error *err);

struct waiting_word {
	const char *said;     /* what they said, or NULL */
	const char *promised; /* a new promise as typed, or NULL: the old one stands */
	const char *whom;     /* who answered; NULL: nobody special */
	const char *channel;  /* phone (NULL), zalo, mail, paper, in_person */
	const char *at;       /* when, as typed; NULL: now */
	const int64_t *seen;  /* the promise that the caller looked at, or NULL: a new
	                       * one over another is then ERR_CONFLICT */
	const int *raised;    /* the level that the caller looked at, or NULL: raised
	                       * meanwhile by another is ERR_CONFLICT */
};
/* Somebody asked.  n < 0 is no waiting.  ERR_REFUSED once it has ended. */
bool waiting_asked(struct desk *desk, const char *case_id, int n,
	const struct waiting_word *what, struct error *err);
/* Raised to the next level: whom is who was reached; NULL: the level's name. */
bool waiting_raise(struct desk *desk, const char *case_id, int n,
	const struct waiting_word *what, struct error *err);
/* Ended by another: ERR_CONFLICT naming him. */
bool waiting_done(struct desk *desk, const char *case_id, int n, const char *result,
	struct error *err);

struct waiting_change {
	const char *ticket, *promised, *said_at, *raise, *owner; /* NULL: as it is */
};
bool waiting_set(struct desk *desk, const char *case_id, int n,
	const struct waiting_change *what, struct error *err);

/* What still keeps the case open, in words; *what stays NULL where nothing does.
 * The caller frees. */
bool waiting_left(struct desk *desk, const char *case_id, char **what,
	struct error *err);

#endif
