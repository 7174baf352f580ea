/* counted.h - a quick report with what the answers of the plans count: how many
 * machines are hit.  Which answer counts what stands in the plan ("counts"). */
#ifndef PLAYBOOKS_COUNTED_H
#define PLAYBOOKS_COUNTED_H

#include "core/quick.h"

/* quick_make() with want->counted of the case's plans, which is not to be set. */
bool counted_quick(struct desk *desk, const char *case_id, const struct quick_want *want,
	struct quick *out, struct error *err);

#endif
