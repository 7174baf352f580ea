/* point_given.h - what people say of a place, and what follows from it: one
 * reading for new rows and for changes. */
#ifndef CORE_POINT_GIVEN_H
#define CORE_POINT_GIVEN_H

#include "core/desk.h"
#include "core/point.h"
#include "core/point_field.h"

/* Cleaned texts, states as their words, times in ms. */
struct point_given {
	bool has[PF_COUNT];
	char *text[PF_COUNT];
	int64_t at[PF_COUNT];
};
/* Reads one value; "" empties a text, and takes a time away. */
bool point_give(struct point_given *given, struct desk *desk, enum point_field field,
	const char *typed, struct error *err);
void point_given_clear(struct point_given *given);

/* The columns that hang together by time. */
struct point_times {
	const char *state; /* borrowed */
	int64_t since, reserve_at, told_at, confirmed_at, back_at;
	int64_t down_since, down_ms, down_from, over_told_at;
};
void point_times_of(struct point_times *out, const struct point *point);
/* Carries given into times; at: when it happened where nothing else says so.
 * ERR_REFUSED where the times contradict each other, naming the place. */
bool point_decide(struct point_times *times, const struct point_given *given,
	int64_t at, const char *name, const struct desk *desk, struct error *err);

#endif
