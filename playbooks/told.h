/* told.h - what is known already of what a plan asks: what callers said (who
 * reports, since when, what they see), what was changed on the system.  Suggested
 * in the form of the step and by steps --json; it counts only when a person gives
 * it as the answer.  Which question wants which of it stands in the plan ("says"). */
#ifndef PLAYBOOKS_TOLD_H
#define PLAYBOOKS_TOLD_H

#include "core/desk.h"
#include "playbooks/run.h"

enum told_kind {
	TOLD_SINCE, TOLD_CALLER, TOLD_WHAT, TOLD_VERIFIED, TOLD_SECRET, TOLD_CALLERS,
	TOLD_KINDS,
};

struct told {
	struct {
		char *text;      /* NULL: nobody said it */
		char number[24]; /* of the report that says it */
	} by[TOLD_KINDS];
	int64_t callers;
	char *changed; /* work on the system in the day before, a line each; NULL: none */
};

/* From the reports that joined the case, the first that says each thing. */
bool told_load(struct told *out, struct desk *desk, const char *case_id,
	struct error *err);
void told_clear(struct told *told);

/* What to suggest for a variable that nobody has answered yet, and the report that
 * says so; NULL where none does.  Borrowed from told. */
const char *told_answer(const char **number, const struct told *told,
	const struct run *run, const struct instance *instance, const char *name);

/* What the desk itself knows of the question, a line each, or NULL: not an answer,
 * whoever answers reads it.  Borrowed from told. */
const char *told_known(const struct told *told, const struct variable *variable);

#endif
