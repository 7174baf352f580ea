/* escalate_private.h - the inside of the machine, for escalate*.c. */
#ifndef CORE_ESCALATE_PRIVATE_H
#define CORE_ESCALATE_PRIVATE_H

#include "core/case.h"
#include "core/escalate.h"
#include "core/escalation.h"
#include "core/json.h"
#include "core/page.h"
#include "core/policy.h"

/* Whoever does this, the work goes on: nobody is silent. */
#define ESCALATE_WORK "('step_done', 'step_failed', 'step_skipped', 'step_started')"
#define CLOCK_SLACK_MS 60000 /* more than this in the future: the clock went back */

/* Why it ended though its work goes on elsewhere and is called for there: as
 * escalate.c writes it. */
#define ESCALATION_MERGED "the case was merged"
#define ESCALATION_PARTED "the case was parted again"

/* What an escalation is about, read in the transaction that acts. */
struct escalate_work {
	struct desk *desk;
	struct escalate_report *report;
	struct escalation e;
	struct policy policy;
	struct ir_case c;
	char assignee_id[UUID_SIZE]; /* of a step; "" */
	char opener_id[UUID_SIZE];   /* "" */
	char *what;          /* the step's or deadline's name; "" */
	int n;               /* its number */
	int64_t due_at;      /* NO_DUE */
	bool parted;         /* its work is of a case that is merged into this no more */
	bool over;           /* the step is done, the report sent, the time moved */
	bool dry, wants;     /* look only; is there something to do? */
	int64_t now;
	int64_t next_at;     /* out: when to look again */
};

void escalate_unload(struct escalate_work *w);
/* Case, step or deadline of w->e (subject and ref set). */
bool escalate_load(struct escalate_work *w, struct error *err);

/* {"escalation": id, "n", "title", "act"}: a change of its row. */
struct json *escalate_body(const struct escalation *e, const char *act);
void escalate_add(struct escalate_work *w, struct json *body);
/* A column of its row, where it changes. */
void escalate_move(struct json *body, const char *column, int64_t from, int64_t to);
/* From the first step, in a round of its own: who was called before counts no more. */
void escalate_put_first(struct escalate_work *w, struct json *body);
/* Its plan as the policy is now. */
void escalate_put_plan(struct escalate_work *w, struct json *body);
/* The same with rows of turns beside it. */
void escalate_add_each(struct escalate_work *w, struct json *body, struct json *turns);

/* escalate_call.c: the next step that has somebody, in the change of its row that
 * body begins (taken); reason says why (marked for translation), or is NULL. */
bool escalate_next(struct escalate_work *w, struct json *body, const char *reason,
	struct error *err);
/* Is anybody left in this round? */
bool escalate_another(bool *there, const struct escalate_work *w, struct error *err);
/* One more person, outside the steps: the work is passed on to him, or he is asked
 * again.  body and turns (others' rows of the same event) are taken; template NULL:
 * that of the subject. */
bool escalate_one(struct escalate_work *w, struct json *body, struct json *turns,
	const char *member_id, const char *why, const char *template, struct error *err);

/* escalate_once.c: he is called now: what the opening else queued to him is dropped.
 * *enough: it told him already, and the call itself could wait. */
bool escalate_instead(struct escalate_work *w, const char *member_id, bool *enough,
	struct error *err);

/* escalate_raise.c: its case has another severity than when it was looked at last. */
bool escalate_severity(struct escalate_work *w, int severity, struct error *err);

/* escalate_told.c: those whom a call reached hear who has it, once; *told: somebody. */
bool escalate_tell_taken(struct escalate_work *w, bool *told, struct error *err);

/* escalate_start.c: begins where somebody waits; *next_at lowered to the next. */
bool escalate_start(struct desk *desk, struct escalate_report *report, int64_t *next_at,
	struct error *err);
/* What w is about: subject, row and case. */
void escalate_name(struct escalate_work *w, const char *subject, const char *ref,
	const char *case_id);
/* Would it begin now, and since when should it have?  Looks only. */
bool escalate_would_begin(struct desk *desk, const char *subject, const char *ref,
	const char *case_id, int64_t *since, bool *wants, struct error *err);

#endif
