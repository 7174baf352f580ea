/* step_text.h - a step in words, in the language in force. */
#ifndef PLAYBOOKS_STEP_TEXT_H
#define PLAYBOOKS_STEP_TEXT_H

#include "playbooks/run.h"

/* What to do, one line each: the plan's "how" numbered, else its description
 * and commands, variables replaced (run and instance may be NULL).  A command
 * that a machine could run is shown, never run.  The caller frees. */
char *step_how(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step);

/* What the plan says beside it: who decides and what happens when he is not
 * reached, the list to tick, the countdown that the limit follows;
 * "" where there is none (readings: series.h).  The caller frees. */
char *step_beside(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step);

#endif
