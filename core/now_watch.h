/* now_watch.h - NOW's kinds of the watch: one row each.
 *
 * To add one: a row in now_watch[] (now_watch.c), its place in now_order[]
 * (now.c), what Enter does in tui/now_go.c, a test in tests/core/test_now.c. */
#ifndef CORE_NOW_WATCH_H
#define CORE_NOW_WATCH_H

#include "core/now.h"

/* Of a step `s` that nobody began: what it asked somebody to decide is settled. */
#define NOW_STEP_DECIDED "s.ended_at IS NULL AND s.state = 'open'" \
	" AND EXISTS (SELECT 1 FROM decision d WHERE d.instance = s.id" \
	" AND d.instance <> '' AND d.state IN ('answered', 'fallback', 'answered_late'))"

/* Of a lawful clock `d` of case `c` that comes up before $2, an hour from now: one
 * that is late from its first minute, and only if reportable, would hide for ever
 * that this is asked each hour.  It steps aside until that has an answer. */
#define NOW_NOT_BEHIND_ASK "(d.condition = '' OR d.due_at > d.start_at" \
	" OR c.reportable_asked_at >= $2 - 7200000)"

struct now_watch {
	enum now_kind kind;
	/* The first row is the thing: case, number, item, n, what, who, due,
	 * severity, drill.  Looked up by an index: it runs at every refresh.  NULL:
	 * now.c finds it in another way. */
	const struct sql *query;
	/* Its parameters in order: m the member's id, n now, a now - ago, l the
	 * language, y z the first day of the year whose holidays must be known and of
	 * the one after it. */
	const char *args;
	int64_t ago;
	enum role least; /* who is asked; ROLE_RESPONDER: everybody but a viewer */
	/* The line, N_(): {number} {n} {what} {who} {due} ("12m LATE") {span} (how
	 * long past due). */
	const char *text;
	const char *here; /* N_(), on the case's own screen; NULL: as text */
	const char *why; /* N_(): for F2 */
};

/* NULL: a kind that now.c itself knows, or one that nothing brings up yet. */
const struct now_watch *now_watch_of(enum now_kind kind);

/* The query with its parameters for this member; never NULL. */
struct stmt *now_watch_query(const struct now_watch *row, struct desk *desk);
/* The caller frees. */
char *now_watch_text(const struct now_watch *row, const struct now *now,
	int64_t now_ms);

#endif
