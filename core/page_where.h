/* page_where.h - who can be where the case is, and when: an island and the mountains
 * are not reached at night. */
#ifndef CORE_PAGE_WHERE_H
#define CORE_PAGE_WHERE_H

#include "core/page.h"

/* The places that the case's points lie in, as duty_reach() takes them: islands by
 * their code, else areas.  Empty: nobody said where it is.  The caller's. */
bool page_places(struct json **out, struct desk *desk, const char *case_id,
	struct error *err);

/* Sets when he can be on site, in the place that he is in first; and skips him
 * where within_ms (0: any time) is not kept. */
bool page_judge_reach(struct page_person *p, struct desk *desk, const struct json *places,
	int64_t within_ms, int64_t at, struct error *err);

#endif
