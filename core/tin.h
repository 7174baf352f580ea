/* tin.h - tin báo: what a caller told the watch, before or without a case.
 *
 * A tin is the desk's own until it joins a case; then every caller of the case is
 * on the list of those who hear that it is over (all_clear.h).  Its state:
 *	new -> taken -> joined to a case | help asked for -> done | closed
 *
 * reply_by is what the caller was promised: a time until somebody calls back. */
#ifndef CORE_TIN_H
#define CORE_TIN_H

#include "core/apply.h"
#include "core/desk.h"

/* Texts are never NULL; absent times are 0, reply_by is NO_DUE. */
struct tin {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE], case_number[24]; /* "" */
	char number[24]; /* TB-2026-0007; in a drill D-TB-2026-0007 */
	int64_t serial;
	bool drill;
	char unit_kind[8], unit[72]; /* "" where the register has none or several */
	char *unit_name;             /* the register's, else as typed */
	char *caller, *post, *callback;
	char channel[16];
	int64_t verified_at;
	char *verified_by;           /* login */
	int64_t reported_at, detected_at;
	char *what;
	char kind[16], asset[72];    /* "" */
	char *broken, *done;         /* words with commas */
	char secret[12];
	int64_t reply_by, replies, replied_at;
	char *replied_how;
	char state[12];
	char *reason, *result;
	char handler_id[UUID_SIZE];
	char *handler, *handler_name; /* login, name; "" */
	char help_role[64];
	char *by_name;               /* the login that recorded it */
	int64_t ended_at, over_told_at;
	char *over_told_by, *over_told_how;
	char *note;
};

void tin_clear(struct tin *tin);

/* TB-2026-7, TB-7, D-TB-7, 7 (this year's, else the newest year that has it), or
 * the id.  ERR_NOT_FOUND.  *out is cleared by the caller in every case. */
bool tin_find(struct tin *out, struct desk *desk, const char *spec, struct error *err);

struct tin_filter {
	const char *case_id; /* of this case and of those merged into it; or NULL */
	bool open;           /* nobody has ended it */
	bool promised;       /* somebody waits for a call back */
	int drill;           /* 0 real, 1 drills, -1 both; ignored for a case */
	int limit;           /* 0: 200 */
};
typedef bool tin_visit(const struct tin *tin, void *arg);
/* Open ones: new first, then those whose reply is due first.  Else newest first;
 * of a case in the order in which they called. */
bool tin_each(struct desk *desk, const struct tin_filter *filter, tin_visit *visit,
	void *arg, struct error *err);

/* How many nobody took up, how many answers are overdue; who called about a case. */
bool tin_count(struct desk *desk, int64_t *untaken, int64_t *overdue, struct error *err);
bool tin_count_of_case(struct desk *desk, const char *case_id, int64_t *out,
	struct error *err);
/* Whether one of them said that state secrets are touched. */
bool tin_secret_of_case(struct desk *desk, const char *case_id, bool *out,
	struct error *err);

/* What was told.  NULL, "" or 0 where nothing was said; broken and done are words
 * with commas. */
struct tin_new {
	const char *what;     /* required */
	const char *unit, *caller, *post, *callback, *channel, *broken, *done, *secret,
		*kind, *asset, *note;
	int64_t reported_at, detected_at; /* 0: now, unknown */
	int64_t reply_by;     /* 0: the setting reply_minutes from now; NO_DUE: none */
	bool verified;        /* somebody called back by the directory */
	bool drill;
};

/* unit: that the register has none or several of the name typed, or "". */
struct tin_said {
	char number[24];
	char unit[400];
};

bool tin_add(struct desk *desk, const struct tin_new *what, char id[UUID_SIZE],
	struct tin_said *said, struct error *err);
/* Changes what is given (not NULL, not 0); the same again changes nothing. */
bool tin_set(struct desk *desk, const char *id, const struct tin_new *what,
	struct tin_said *said, struct error *err);

/* Taken up by another: ERR_CONFLICT names him. */
bool tin_take(struct desk *desk, const char *id, struct error *err);
/* The caller was called back: how, and until when he was promised the next. */
bool tin_reply(struct desk *desk, const char *id, const char *how, int64_t next_by,
	struct error *err);
/* Adds the caller to a case.  From another case who put it there moves it; who has it
 * or a coordinator for a reason (else NULL); others: ERR_CONFLICT, who put it where. */
bool tin_join(struct desk *desk, const char *id, const char *case_id, const char *reason,
	struct error *err);
/* Opens a case of what was told and joins it; a plan is begun by who calls this. */
bool tin_open_case(struct desk *desk, const char *id, char case_id[UUID_SIZE], struct error *err);
/* A request for help, not an incident, to this contact role (NULL: the rapid support
 * team).  *how (the caller's) says what to do: release a held mail, or call. */
bool tin_help(struct desk *desk, const char *id, const char *role, char **how, struct error *err);
bool tin_done(struct desk *desk, const char *id, const char *result, struct error *err);
bool tin_close(struct desk *desk, const char *id, const char *reason, struct error *err);

/* Texts from data/templates; *out is the caller's. */
bool tin_receipt(char **out, struct desk *desk, const struct tin *tin, struct error *err);
/* What to tell the caller to do, by the kind of what he reports (NULL: not known). */
bool tin_advice(char **out, const char *kind, const char *language, struct error *err);

search_fn search_tin;

#endif
