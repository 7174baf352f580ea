/* step_decision.h - steps that somebody else decides (suco-step's `decision`):
 * what is asked, whether it is settled, what the answer fills in. */
#ifndef PLAYBOOKS_STEP_DECISION_H
#define PLAYBOOKS_STEP_DECISION_H

#include "core/decision.h"
#include "playbooks/case_runs.h"

bool step_wants_decision(const struct step *step);

/* Asks what this step wants to have decided: who, question, options, until when,
 * the fall-back and whether the plan is approved come from the plan; what given
 * says counts before it.  ERR_REFUSED where the step asks nobody. */
bool step_decision_ask(struct desk *desk, const char *case_id, const char *step,
	const struct decision_new *given, int *n, struct error *err);

/* For steps --json and for the screens: what is asked of whom, and what became
 * of it (n null: not asked yet); null where the step asks nobody. */
bool step_decision_json(struct json **out, struct desk *desk,
	const struct case_run *run, const struct step *step,
	const struct instance *instance, struct error *err);

/* What its decision settled as gives the step's one question with choices: the
 * answer, or what the plan says that its fall-back means; borrowed, NULL where a
 * person has to say it. */
const char *step_decision_value(const struct step *step,
	const struct decision *decision);

/* Before the step is done: ERR_REFUSED where nothing is settled and no reason
 * (note) is given.  step_decision_value() fills the variable that it decides, where
 * values does not say it. */
bool step_decision_settle(struct desk *desk, const struct case_run *run,
	const struct instance *instance, struct json *values, const char *note,
	struct error *err);

#endif
