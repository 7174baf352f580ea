/* handover.h - the hand-over of a shift: one page of what is open, what falls
 * due, who was promised what, and the words left; the giver signs by giving, the
 * named taker by taking.
 *
 * The page is kept as it was given, with the chain's end of that moment; what
 * happened between giving and taking is added below when it is taken.  One
 * hand-over stands at a time. */
#ifndef CORE_HANDOVER_H
#define CORE_HANDOVER_H

#include "core/buf.h"
#include "core/desk.h"

#define PAGE_LINES 60 /* one A4 page */
#define PAGE_CELLS 74 /* also inside the screen of 80 */

struct handover {
	char id[UUID_SIZE];
	int64_t n;
	char giver_id[UUID_SIZE];
	char taker_id[UUID_SIZE];
	char *giver, *taker;  /* names */
	char *words;
	char state[16];       /* given, taken, withdrawn */
	int64_t from_at, given_at, taken_at, withdrawn_at;
	char *withdrawn_by, *reason;
	char *sheet;          /* as given; as signed by both once it was taken */
	char head[HASH_SIZE];
	int64_t head_seq;
};
void handover_clear(struct handover *h);

/* The one that waits for its taker; id "" where none does. */
bool handover_open(struct handover *out, struct desk *desk, struct error *err);
/* By number; 0: the newest.  ERR_NOT_FOUND. */
bool handover_find(struct handover *out, struct desk *desk, int64_t n, struct error *err);
typedef bool handover_visit(const struct handover *h, void *arg); /* false stops */
/* Newest first; limit 0: 100. */
bool handover_each(struct desk *desk, int limit, handover_visit *visit, void *arg,
	struct error *err);

/* Signs for the giver; taker is a login.  ERR_REFUSED for oneself, ERR_CONFLICT
 * where one stands already.  *n gets its number. */
bool handover_give(struct desk *desk, const char *taker, const char *words, int64_t *n,
	struct error *err);
/* Signs for the taker: only who is named, else ERR_REFUSED.  Where the watch was
 * the giver's ("watch"), it is the taker's from then on: *watch says so.
 * ERR_CONFLICT where a page for him was taken back since the last shift was signed:
 * he may have read that one. */
bool handover_take(struct desk *desk, bool *watch, struct error *err);
/* The same of the page n that was read: ERR_CONFLICT where another waits by now. */
bool handover_take_read(struct desk *desk, int64_t n, bool *watch, struct error *err);
/* The giver, or a coordinator with a reason. */
bool handover_withdraw(struct desk *desk, const char *reason, struct error *err);

/* The page as it stands: of the one that waits with what came since, else what
 * would be handed over now, with these words. */
bool handover_page(struct buf *out, struct desk *desk, const char *words,
	struct error *err);
/* Of a given or signed one. */
bool handover_text(struct buf *out, struct desk *desk, const struct handover *h,
	struct error *err);

#endif
