/* answer.h - the answers that a step asks for, checked before they count. */
#ifndef PLAYBOOKS_ANSWER_H
#define PLAYBOOKS_ANSWER_H

#include "playbooks/run.h"

#define ANSWER_UNKNOWN "?" /* chưa rõ: every question accepts it */

/* What the plan asks or says of it: its question, else its description; or NULL. */
const char *variable_question(const struct variable *variable);
/* Type, choices, min and max. */
bool answer_check(const struct variable *variable, const char *text,
	struct error *err);
/* NULL for "not known". */
const char *answer_value(const char *text);
/* The answer to __name__, given as "__name__" or "name"; NULL if none. */
const char *answer_find(const struct json *values, const char *name);
/* Numbers as they were meant: value_tidy(). */
void answers_tidy(const struct run *run, const struct instance *instance,
	struct json *values);
/* All that the step asks is there and fits, and nothing else was given. */
bool answers_check(const struct run *run, const struct instance *instance,
	const struct json *values, struct error *err);
/* What a person gives to a plan that begins: names whole ("__x__") and known, values
 * tidy.  *out is the caller's. */
bool answers_begin(struct json **out, const struct playbook *playbook,
	const struct json *values, struct error *err);
/* Every external variable has a value that fits; all that lack one are told. */
bool answers_external(const struct playbook *playbook, const struct json *values,
	struct error *err);
/* Is the name one of the step's case_fields (severity, reportable)? */
bool step_asks_case_field(const struct step *step, const char *field);

#endif
