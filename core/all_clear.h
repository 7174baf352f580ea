/* all_clear.h - who must hear that it is over: everybody who called about the case
 * or was told of it, one row a person or body, with how and when each heard of it,
 * and whether somebody has told them the end.
 *
 * Where the same body stands in several ways (it called, it is a point, it got a
 * mail) it is one row; telling it marks every one of them. */
#ifndef CORE_ALL_CLEAR_H
#define CORE_ALL_CLEAR_H

#include "core/apply.h"
#include "core/desk.h"

struct told {
	int n;              /* in the order in which they first heard */
	char *name;         /* "Xã Ba Tơ (Nam, Lan)" */
	char *number;       /* to call, "" */
	char *how;          /* "called (TB-2026-0007), mail, point" */
	const char *ref;    /* keys[0]: "unit:xa-qn-01", "contact:ID", "name:..." */
	int64_t first_at;
	int64_t over_at;    /* 0: not told yet (or again since) */
	char *over_by, *over_how;
	int tries;          /* calls to tell the end that nobody answered */
	int64_t tried_at;   /* the last of them; 0 */
	struct told_source *sources; /* for all_clear*.c */
	int source_count;
	char **keys;        /* what names it: "unit:xa-qn-01", "number:0914" */
	int key_count;
};

struct all_clear {
	struct told *rows;
	int count, left;    /* left: not told that it is over */
};

/* Of the case and of the cases merged into it. */
bool all_clear_load(struct all_clear *out, struct desk *desk, const char *case_id,
	struct error *err);
void all_clear_free(struct all_clear *list);

/* Marks rows (by ref or number) as told; refs NULL: all that are left.  how says by
 * which channel, who answered.  Rows told already stay as they are; *done counts
 * those marked now. */
bool all_clear_told(struct desk *desk, const char *case_id, const char *const *refs,
	int count, const char *how, int *done, struct error *err);

/* Nobody answered there: the row stays, with how often and when it was tried.  how:
 * by which channel, or NULL. */
bool all_clear_tried(struct desk *desk, const char *case_id, const char *const *refs,
	int count, const char *how, int *done, struct error *err);

/* Whether anybody is left, by index: cheap. */
bool all_clear_left(struct desk *desk, const char *case_id, bool *left, struct error *err);

/* The text to read or paste (template khoi_phuc).  The caller's. */
bool all_clear_text(char **out, struct desk *desk, const char *case_id,
	struct error *err);

/* A condition on cases c for other queries: somebody of c was not told. */
#define ALL_CLEAR_NO_OVER(ref) \
	" AND NOT EXISTS (SELECT 1 FROM confirmation o" \
	" WHERE o.case_id IN (c.id, c.merged_into) AND o.state = 'over' AND o.ref = " ref
#define ALL_CLEAR_MESSAGE_STATES \
	"('handed_over', 'delivered', 'read', 'answered', 'by_hand')"
#define ALL_CLEAR_LEFT_OF_C \
	"(EXISTS (SELECT 1 FROM tin x WHERE x.case_id = c.id AND x.over_told_at IS NULL)" \
	" OR EXISTS (SELECT 1 FROM point x WHERE x.case_id = c.id" \
	"  AND COALESCE(x.told_at, x.confirmed_at) IS NOT NULL" \
	"  AND COALESCE(x.over_told_at, 0) < COALESCE(x.told_at, x.confirmed_at))" \
	" OR EXISTS (SELECT 1 FROM message x WHERE x.case_id = c.id" \
	"  AND x.template NOT IN ('phan_cong', 'khoi_phuc')" \
	"  AND x.state IN " ALL_CLEAR_MESSAGE_STATES \
	ALL_CLEAR_NO_OVER("COALESCE(NULLIF(x.to_id, ''), x.to_name)") \
	" AND o.at >= x.queued_at))" \
	" OR EXISTS (SELECT 1 FROM phone_call x WHERE x.case_id = c.id" \
	"  AND x.outcome = 'answered'" \
	ALL_CLEAR_NO_OVER("COALESCE(NULLIF(x.to_id, ''), NULLIF(x.number, ''), x.to_name)") \
	" AND o.at >= x.called_at))" \
	" OR EXISTS (SELECT 1 FROM confirmation x WHERE x.case_id = c.id" \
	"  AND x.state NOT IN ('over', 'over_tried')" \
	ALL_CLEAR_NO_OVER("COALESCE(NULLIF(x.ref, ''), x.name)") ")))"

#endif
