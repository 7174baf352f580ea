/* deadline.h - the clocks of cases: reports that the law or a rule of our own
 * wants by a time.  They start and stop by themselves with the facts of the case
 * (deadline_follow.h); a person meets them by recording a notice (notice.h). */
#ifndef CORE_DEADLINE_H
#define CORE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/desk.h"
#include "core/error.h"

/* Texts are never NULL. */
struct deadline {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	char number[24]; /* of the case */
	bool drill;
	int n;           /* on its case */
	char *rule, *form, *title, *title_en;
	char *behalf;         /* on whose behalf: the name; "" not known */
	char *recipient;      /* role of a contact */
	char *recipient_name; /* "" where the register does not know it */
	char *start_event, *span;
	int64_t start_at, due_at; /* due_at NO_DUE: owed, without a time */
	char state[16];       /* running, met, not_applicable, stopped */
	char condition[16];   /* if_reportable, or "" */
	bool lawful;
	int64_t met_at;
	char notice_id[UUID_SIZE]; /* "" */
	char *reason;         /* why not applicable; of a stopped one: "field=value" */
	char *decided_by;     /* login */
	char *source;
};

void deadline_clear(struct deadline *d);
/* In the language in force. */
const char *deadline_title(const struct deadline *d);
/* The recipient's name, else its role. */
const char *deadline_to(const struct deadline *d);
/* A role that the register does not name, in words where suco has some. */
const char *deadline_role(const char *role);
/* "running", "if reportable", "met", "met late", "not applicable", "stopped". */
const char *deadline_state(const struct deadline *d);
/* Why it stopped, in words: "severity is 2 now". */
void deadline_why(struct buf *out, const char *reason);

typedef bool deadline_visit(const struct deadline *d, void *arg); /* false stops */
/* All of a case by number; merged: those of cases merged into it too. */
bool deadline_each(struct desk *desk, const char *case_id, bool merged,
	deadline_visit *visit, void *arg, struct error *err);
/* The running ones of the desk, nearest first, from the row after (due, id) on;
 * id "" from the first.  limit 0: all. */
bool deadline_running(struct desk *desk, int64_t after_due, const char *after_id,
	int limit, bool drill, deadline_visit *visit, void *arg, struct error *err);
/* The nearest running lawful one of a case and of those merged into it. */
bool deadline_nearest(struct desk *desk, const char *case_id, struct deadline *out,
	bool *found, struct error *err);
/* How many run on the desk (not counting beyond 1000), and the nearest due. */
struct deadline_count {
	int64_t running, late;
	int64_t nearest; /* NO_DUE */
};
bool deadline_count(struct desk *desk, struct deadline_count *out, struct error *err);

/* The one that spec names on the case: its number, form, rule or id; of several the
 * first that runs, else the first.  ERR_NOT_FOUND lists what there is. */
bool deadline_find(struct desk *desk, const char *case_id, const char *spec,
	struct deadline *out, struct error *err);
/* The same for who names a form: ERR_NOT_FOUND lists those of the law's that run. */
bool deadline_find_form(struct desk *desk, const char *case_id, const char *spec,
	struct deadline *out, struct error *err);

/* A lawful clock does not apply: a coordinator decides, with reason and name. */
bool deadline_not_applicable(struct desk *desk, const char *case_id, const char *spec,
	const char *reason, struct error *err);
/* Starts the clock of a rule by hand, whether its conditions hold or not; at 0:
 * from its start event where that happened, else from now. */
bool deadline_add(struct desk *desk, const char *case_id, const char *rule, int64_t at,
	struct error *err);

/* What forbids closing: reportable undecided, or a lawful clock that runs, also on
 * a case merged into this one.  ERR_REFUSED says which and what to do. */
bool deadline_all_met(struct desk *desk, const char *case_id, struct error *err);

#endif
