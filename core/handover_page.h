/* handover_page.h - the page of a hand-over as text, for handover.c. */
#ifndef CORE_HANDOVER_PAGE_H
#define CORE_HANDOVER_PAGE_H

#include "core/handover.h"

/* The chain's end as it is now. */
bool chain_end(struct desk *desk, char head[HASH_SIZE], int64_t *seq, struct error *err);

/* What the giver signs: all but what comes after. */
bool page_given(struct buf *out, struct desk *desk, const struct handover *h,
	struct error *err);
/* The given page with what came since and the taker's name and time. */
bool page_signed(struct buf *out, struct desk *desk, const struct handover *h,
	const char *head, struct error *err);

#endif
