/* now_case.h - the NOW line inside a case. */
#ifndef CORE_NOW_CASE_H
#define CORE_NOW_CASE_H

#include "core/now.h"

/* As now_find(), only what concerns one case, whoever's it is. */
bool now_find_case(struct now *out, struct desk *desk, const char *case_id,
	struct error *err);
/* Which of both the case's screen names: here, of now_find_case(), unless something
 * of mine elsewhere is late and comes before it, or nothing is left here. */
const struct now *now_in_case(const struct now *here, const struct now *anywhere);

#endif
