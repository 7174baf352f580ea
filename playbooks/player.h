/* player.h - plans played on a case: each act is one transaction on the desk.
 *
 * No act here changes a case's status (CLI.md); a step that asks for severity
 * or reportable decides them through core, in the same transaction. */
#ifndef PLAYBOOKS_PLAYER_H
#define PLAYBOOKS_PLAYER_H

#include "core/desk.h"
#include "playbooks/case_runs.h"

/* Begins a plan: spec is a code, id or name; NULL is the plan that fits the
 * case.  *n gets the run's number.  ERR_NOT_FOUND where no plan fits;
 * ERR_REFUSED where it is under way already. */
bool player_begin(struct desk *desk, const char *case_id, const char *spec,
	int *n, struct error *err);

struct begin_act {
	const char *spec;          /* as player_begin() */
	const char *reason;        /* why, recorded; wanted where it is not valid; or NULL */
	const struct json *values; /* of external variables, name -> text; or NULL */
};
/* The same.  ERR_REFUSED where the plan is revoked or out of its dates and no
 * reason is given, or an external variable has no value. */
bool player_begin_with(struct desk *desk, const char *case_id,
	const struct begin_act *act, int *n, struct error *err);

struct step_act {
	enum run_action action;    /* RUN_START to RUN_ASSIGN */
	const char *note;          /* or NULL */
	const struct json *values; /* name -> text, "?" not known; or NULL */
	const char *assignee;      /* RUN_ASSIGN: login */
	int64_t at;                /* when it was really done or read; 0: now */
	const char *typed;         /* that time as it was typed, or NULL */
};
/* step is STEP of CLI.md, see case_runs_find().  "done" starts a step that
 * was open.  To what already is by the same member: true, nothing appended;
 * ended by another: ERR_CONFLICT. */
bool player_step(struct desk *desk, const char *case_id, const char *step,
	const struct step_act *act, struct error *err);

/* Minutes read between the steps: sets the countdown of that label (countdown.h),
 * and where a plan under way asks for it, its variable and what is due by it. */
bool player_read(struct desk *desk, const char *case_id, const char *label,
	int64_t minutes, int64_t at, int *n, struct error *err);

/* Who leads a step here: the member that the setting "agent.ROLE" names, else
 * the case's owner; id is "" where there is neither.  *mapped (may be NULL)
 * says whether the setting named anybody: "member:LOGIN" or a contact. */
bool player_lead(char id[UUID_SIZE], bool *mapped, struct desk *desk,
	const struct playbook *playbook, const struct step *step,
	const char *owner_id, struct error *err);

#endif
