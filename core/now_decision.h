/* now_decision.h - is an order asked of me: by my login, or by a role that the settings
 * give to me, or to who is on call where I am called first. */
#ifndef CORE_NOW_DECISION_H
#define CORE_NOW_DECISION_H

#include "core/now.h"

/* The first that is; case_id NULL: of all cases that are no drill. */
bool now_decision_find(struct now *out, struct desk *desk, const char *case_id,
	struct error *err);

#endif
