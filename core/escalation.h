/* escalation.h - an escalation as it stands in its row, and whom it called: read
 * by the machine (escalate.h), by `why`, and by the screens. */
#ifndef CORE_ESCALATION_H
#define CORE_ESCALATION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

/* Texts are never NULL. */
struct escalation {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	int n;                 /* on its case */
	char subject[12];      /* case, step, deadline */
	char ref[UUID_SIZE];   /* its id */
	char *title;
	char *policy;          /* code of the rule */
	char *plan;            /* policy_read() */
	int severity;          /* when the plan was chosen or last compared; 0 */
	char state[12];        /* running, answered, ended */
	int at_step;           /* called last, from 1; 0: none in this round yet */
	int64_t round;         /* from 1 */
	int64_t next_at;       /* NO_DUE: nobody is called any more */
	int64_t last_at;       /* somebody was called; 0 */
	int64_t started_at, ended_at;
	char ack_by[UUID_SIZE]; /* "" */
	int64_t ack_at;        /* 0 */
	int64_t ack_until;     /* NO_DUE: the answer lasts */
	char *reason;          /* why it ended, or ESCALATION_ASKED */
};

/* He who answered was asked again because nothing followed. */
#define ESCALATION_ASKED "asked again"
/* Why calling runs again; said with _(). */
#define ESCALATION_BACK N_("the acknowledge was taken back")

void escalation_clear(struct escalation *e);
bool escalation_is(const struct escalation *e, const char *state);
/* Somebody had taken it, and the case is new again. */
bool escalation_taken_back(const struct escalation *e, const char *status);
/* When it then calls from its first step: now, but nobody twice within a minute. */
int64_t escalation_again_at(const struct escalation *e, int64_t now);

/* ERR_NOT_FOUND.  *out is cleared by the caller in every case. */
bool escalation_load(struct escalation *out, struct desk *desk, const char *id,
	struct error *err);

struct escalation_list {
	struct escalation *all;
	int count;
};
void escalation_list_clear(struct escalation_list *list);
/* Those of a case by number; case_id NULL: all of the desk that have not ended. */
bool escalation_list(struct escalation_list *out, struct desk *desk,
	const char *case_id, struct error *err);

/* One person of one step.  Texts are never NULL. */
struct call_turn {
	char id[UUID_SIZE];
	int at_step;
	int64_t round;
	char member_id[UUID_SIZE];
	char *login, *name;
	char *why;       /* word of the policy: "duty:first" */
	int64_t at;
	char answer[12]; /* "", ack, decline, pass */
	int64_t answered_at;
	char *channel;   /* of the answer */
	char *proof;
	char *skipped;   /* why not called (for _()); "": called */
};
struct call_turns {
	struct call_turn *all;
	int count;
};
void call_turns_clear(struct call_turns *turns);
/* In the order in which they were called. */
bool call_turns(struct call_turns *out, struct desk *desk, const char *escalation_id,
	struct error *err);
/* Of the step that was called last. */
bool call_turn_is_current(const struct call_turn *t, const struct escalation *e);

#endif
