/* answer_step.h - an answer about one step of a plan or one task: what he had been
 * given goes to another, or is nobody's. */
#ifndef CORE_ANSWER_STEP_H
#define CORE_ANSWER_STEP_H

#include "core/desk.h"

/* Puts the step on the member, "" for nobody; inside a change, by who sits there. */
typedef bool answer_step_give(struct desk *desk, const char *case_id,
	const char *instance_id, const char *login, struct error *err);

/* How steps change hands is the business of who plays plans: each program says it
 * once when it begins.  Until then a step stays whose it was, and he is told so. */
void answer_steps_by(answer_step_give *give);

#endif
