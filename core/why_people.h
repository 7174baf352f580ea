/* why_people.h - the people of a step that is to come, for why_read(). */
#ifndef CORE_WHY_PEOPLE_H
#define CORE_WHY_PEOPLE_H

#include "core/page.h"

/* Sets "people" of the step's row. */
bool why_people(struct json *row, struct desk *desk, const struct ir_case *c,
	const struct policy_step *step, const struct page *page, struct error *err);

#endif
