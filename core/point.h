/* point.h - the affected places of a case, and the lines of its check-lists.
 *
 * Both are rows of one table: list is "" for a place, the step's instance for a
 * line.  A place is down from down_since; down_ms is what its earlier spells came
 * to.  All times are when it happened, never when it was written. */
#ifndef CORE_POINT_H
#define CORE_POINT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

#define POINT_LIST_REMOVED "removed"

/* Texts are never NULL; times that are absent are 0. */
struct point {
	char id[UUID_SIZE];
	int n; /* its number in its list */
	char *list, *ref_kind, *ref, *name, *name_key, *area, *carrier, *state;
	char *reserve, *told_how, *confirmed_by, *person, *ticked_by, *over_told_how;
	char *cells, *note;
	int64_t since, reserve_at, told_at, confirmed_at, back_at, down_since, down_ms;
	int64_t down_from, ticked_at, over_told_at;
	bool island; /* of its unit */
};

void point_clear(struct point *point);

typedef bool point_visit(const struct point *point, void *arg); /* false stops */
/* The places of a case (list "") or the lines of a step, by number. */
bool point_each(struct desk *desk, const char *case_id, const char *list,
	point_visit *visit, void *arg, struct error *err);

struct point_list {
	struct point *rows;
	int count;
};
bool point_load(struct point_list *out, struct desk *desk, const char *case_id,
	const char *list, struct error *err);
void point_list_clear(struct point_list *list);
/* NULL: no such number. */
const struct point *point_by_n(const struct point_list *list, int n);

/* The states, in the order of WORDS_POINT_STATE. */
enum point_state {
	POINT_DOWN, POINT_POWER_OUT, POINT_RESERVE, POINT_SLOW, POINT_BACK, POINT_UNKNOWN,
	POINT_STATES,
};
/* Does time in this state count as outage? */
bool point_state_is_down(const char *state);
/* How long it was down until now, in ms; a case that has ended stops the clock:
 * give the end. */
int64_t point_outage_ms(const struct point *point, int64_t now);
/* Told, and 30 minutes later still not confirmed (and not back). */
#define POINT_CONFIRM_MS (30 * 60000LL)
bool point_unconfirmed(const struct point *point, int64_t now);

/* By index: what the desk and the head of a case show. */
struct point_counts {
	int total, down; /* down: without link or power */
	int states[POINT_STATES];
};
bool point_count(struct point_counts *out, struct desk *desk, const char *case_id,
	struct error *err);
/* "13 points: 9 down 3 on reserve 1 back"; "" where there is none.  The caller
 * frees. */
char *point_counts_text(const struct point_counts *counts);

/* Places down now, one call a case that has any: case, how many, of how many. */
typedef bool point_down_visit(const char *case_id, int down, int total, void *arg);
bool point_down_each(struct desk *desk, point_down_visit *visit, void *arg,
	struct error *err);

/* When outage stops counting: now, or the end of the case. */
int64_t point_outage_end(const struct desk *desk, int64_t closed_at);

#endif
