/* tell.h - who is told of what: the messages that acts cause, queued in the same
 * transaction (DATA 5).  A rule queues to members by itself; to a contact it
 * proposes: the message is held until a member releases it. */
#ifndef CORE_TELL_H
#define CORE_TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/desk.h"
#include "core/json.h"

/* Inside a change, after the event that causes it was added (cause is
 * change_mark() then).  What the contact rules say of the case as it stands;
 * whoever was told or proposed before is not again. */
bool tell_by_rules(struct desk *desk, const char *case_id, bool page, int cause,
	struct error *err);

/* Work given to a member: a case, a task or a step.  Nobody is told of what he
 * does himself. */
struct work {
	const char *what;    /* the case's, task's or step's name */
	int n;               /* step or task number; 0: the case itself */
	int64_t due_at;      /* NO_DUE */
	bool page;           /* in a drill: goes out all the same */
	/* He is called by this escalation: his message is that call's and goes by the
	 * channels of a call.  NULL, "": by mail. */
	const char *escalation;
	bool called;         /* it runs: as urgent as a call */
};
bool tell_assigned(struct desk *desk, const char *case_id, const char *member_id,
	const struct work *work, int cause, struct error *err);

/* Releases what the rules propose for this contact role: ERR_REFUSED where they
 * propose nothing. */
bool tell_release(struct desk *desk, const char *case_id, const char *role,
	struct error *err);

/* What a template may say of a case; the caller's. */
struct json *tell_vars(const struct ir_case *c);

#endif
