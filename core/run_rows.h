/* run_rows.h - the rows of playbooks and their runs, written from events.
 *
 * The body of a run's event (playbooks/run.h gives most of it):
 *	run        {id, state, ended_at, waits_on, paused_at, paused_by}, why where
 *	           it changes, and when it begins {n, playbook_id, modified, hash,
 *	           code, name, steps, signed_by}
 *	instances  whole rows     variables  rows
 *	step       {instance, id, n, name, round, state}    note
 *	asked      of variables answered: {question, choices, secret}
 *	clocks     countdowns that a reading set or stopped (thing.h)
 *	before     {instances: as they were, made: ids, waits_on, paused_at,
 *	           paused_by, why}, for the undo
 * Work is open while ended_at is NULL: a step that failed and waits for the
 * operator's word is open too. */
#ifndef CORE_RUN_ROWS_H
#define CORE_RUN_ROWS_H

#include "core/apply.h"

apply_fn apply_playbook_stored;
apply_fn apply_run_started;
/* All that a step's act or the end of a run changes; run_id is the subject. */
apply_fn apply_run_rows;
apply_fn unapply_run_started, unapply_run_rows;
search_fn search_run_started;
search_fn search_step; /* secrets are not found */

/* Is the answer to this variable, in the body of a step's event, a secret?  As the
 * plan says ("asked"), else by its name. */
bool answer_is_secret(const struct json *body, const char *variable);

#endif
