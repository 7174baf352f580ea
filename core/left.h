/* left.h - what must not be left behind under a case that is over. */
#ifndef CORE_LEFT_H
#define CORE_LEFT_H

#include "core/case.h"
#include "core/desk.h"
#include "core/json.h"

/* ERR_REFUSED naming the first thing that still runs, here or in what was merged
 * into it: somebody waited for, an order not answered; */
bool left_none_closing(struct desk *desk, const struct ir_case *c, struct error *err);
/* and, where the case is to be no incident, minutes counting down. */
bool left_none_dismissing(struct desk *desk, const struct ir_case *c,
	struct error *err);
/* The same of a status that comes back, as body sets it: what was begun meanwhile
 * must not be left behind either. */
bool left_none_again(struct desk *desk, const char *case_id, const struct json *body,
	struct error *err);

#endif
