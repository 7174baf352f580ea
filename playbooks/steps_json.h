/* steps_json.h - `steps --json` of CLI.md. */
#ifndef PLAYBOOKS_STEPS_JSON_H
#define PLAYBOOKS_STEPS_JSON_H

#include "core/desk.h"
#include "playbooks/case_runs.h"

/* All runs of a case, one after another, each in the order of its plan: n,
 * instance, step, name, type, round, state, lead, support, assignee, due_at,
 * late, text, asks; besides run, code, undecided, mandatory, why, cost, proof,
 * beside, opened_at, started_at, ended_at, ended_by, note, checklist {total,
 * ticked, source, columns}.  The caller's. */
bool case_steps_json(struct json **out, struct desk *desk,
	const struct case_runs *runs, struct error *err);
/* The lines of one run, added to a list. */
bool run_steps_json(struct json *into, struct desk *desk,
	const struct case_run *run, struct error *err);

#endif
