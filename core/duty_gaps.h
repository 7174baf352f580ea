/* duty_gaps.h - what is wrong with the roster of the days to come. */
#ifndef CORE_DUTY_GAPS_H
#define CORE_DUTY_GAPS_H

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

enum duty_fault {
	DUTY_GAP,    /* nobody, or fewer than the layer needs */
	DUTY_RAISED, /* fewer than the raised watch needs */
	DUTY_AWAY,   /* on the roster while away */
	DUTY_WEEK,   /* more hours in a week than the limit */
	DUTY_ROW,    /* more hours in a row than the limit */
	DUTY_NIGHTS, /* more nights running than the limit */
	DUTY_FAULT_COUNT,
};

struct duty_gap {
	enum duty_fault fault;
	char layer[64];      /* "" where it is of several */
	char login[64];      /* "" where it is of nobody */
	int64_t from, until;
	int64_t is, limit;   /* people, minutes or nights */
	char *text;          /* one line */
};

struct duty_gaps {
	struct duty_gap *all; /* by the time they begin */
	int count;
};

void duty_gaps_clear(struct duty_gaps *gaps);
/* From `from` on for so many days, at most 366. */
bool duty_gaps(struct desk *desk, int64_t from, int days, struct duty_gaps *out,
	struct error *err);
/* The same in the words of a named language: what leaves the desk. */
bool duty_gaps_in(struct desk *desk, int64_t from, int days, const char *language,
	struct duty_gaps *out, struct error *err);
/* The first hole in a span, of layers that have people at all; text NULL: none. */
bool duty_next_gap(struct desk *desk, int64_t from, int64_t until, struct duty_gap *out,
	struct error *err);
/* "gap", "raised", "away", "week", "row", "nights". */
const char *duty_fault_word(enum duty_fault fault);

#endif
