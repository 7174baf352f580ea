/* escalate.h - calling people until somebody answers (oncall.md 2.2, 7; DESIGN 8).
 *
 * The engine asks for a round whenever the desk has changed and whenever the last
 * round's time has come.  A round needs no lease: each step is decided in the
 * transaction that reads the row anew, so that two engines call once. */
#ifndef CORE_ESCALATE_H
#define CORE_ESCALATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

struct escalate_report {
	int started, called; /* called: people */
	int empty;           /* steps that had nobody to call */
	int answered, asked, again, ended;
	int failed;          /* escalations that could not be worked on */
	struct error fault;  /* the first of these */
};

/* Adds to the report's counts.  *next_at: when something is due next, INT64_MAX for
 * never.  False only where the desk itself fails. */
bool escalate_round(struct desk *desk, struct escalate_report *report, int64_t *next_at,
	struct error *err);

/* Inside a change, after the case was opened: begins at once, also in a drill (that
 * pages the team).  Nothing where no policy fits. */
bool escalate_case(struct desk *desk, const char *case_id, struct error *err);

/* What somebody says who was called. */
struct escalate_answer {
	const char *escalation_id; /* of the message */
	const char *member_id;
	const char *answer;        /* ack, decline, pass */
	const char *to_id;         /* pass: a member */
	const char *channel;       /* mail, link, ... */
	const char *proof;         /* or NULL */
	int64_t as_of;             /* when the message that he answers was queued */
};

enum escalate_end {
	ESCALATE_DONE,   /* recorded, and it had its effect */
	ESCALATE_LATE,   /* recorded; others were called since, or it has ended */
	ESCALATE_BEFORE, /* he said the same already: nothing happened */
};

/* Inside a change.  ack: calling stops (the case's own acknowledge is the caller's).
 * decline: the next is called at once.  pass: that person is called.  A decline or
 * pass of a step that is over has no effect any more. */
bool escalate_answer(struct desk *desk, const struct escalate_answer *what,
	enum escalate_end *end, struct error *err);

#endif
