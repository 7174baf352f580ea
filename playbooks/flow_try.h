/* flow_try.h - a plan walked dry, without a case: every way through it, the way
 * that takes longest, the sums of its limits.
 *
 * A way is one choice at each question (both answers of an if, each case of a
 * switch, no round or one of a while, done or failed where the plan says what
 * failure leads to); all branches of a parallel step are on the same way.  Ways
 * are counted, and only the first TRY_WAYS of them are walked one by one. */
#ifndef PLAYBOOKS_FLOW_TRY_H
#define PLAYBOOKS_FLOW_TRY_H

#include "core/buf.h"
#include "core/json.h"
#include "playbooks/cacao.h"

#define TRY_WAYS 50

enum try_kind {
	TRY_STEP,   /* work for people, or a called plan */
	TRY_CHOICE, /* what the plan took here: branch, or -1 for failure; -2: none */
	TRY_OPEN, TRY_NEXT, TRY_CLOSE, /* around and between parallel branches */
	TRY_BACK,   /* leads to a step that was on this way before: not walked again */
};

#define TRY_FAILS (-1)
#define TRY_NO_BRANCH (-2)

struct try_mark {
	enum try_kind kind;
	int step;
	int branch;
};

struct try_way {
	struct try_mark *marks;
	int count;
	int steps;      /* work on it */
	int unlimited;  /* of these without a limit */
	int64_t sum;    /* of all limits and delays on it, ms */
	int64_t length; /* the same, of parallel branches only the longest */
};

struct flow_try {
	const struct playbook *playbook; /* borrowed */
	uint64_t ways; /* UINT64_MAX: that many or more */
	int64_t shortest, longest;
	struct try_way critical; /* the longest way: of parallel branches only the
				  * longest, of a while one round */
	struct try_way *walked;
	int walked_count;
	int *back, back_count; /* steps that a way goes back to, outside a while */
};

void flow_try_make(struct flow_try *out, const struct playbook *playbook);
void flow_try_finish(struct flow_try *try);

/* For people (at most cols columns wide) and for scripts. */
void flow_try_text(struct buf *out, const struct flow_try *try, int cols);
struct json *flow_try_json(const struct flow_try *try);

#endif
