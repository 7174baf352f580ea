/* alive.h - what is not well beside the cases: systems, promises, clocks, alerts;
 * the two lower rows of the desk.
 *
 * Read when something changed, said anew each minute: the remaining times come
 * from the moment given, nothing is read for them. */
#ifndef CORE_ALIVE_H
#define CORE_ALIVE_H

#include "core/desk.h"

#define ALIVE_SYSTEMS 16

struct alive_system {
	char code[64];    /* of the asset; the case's number where it has none */
	char asset_id[UUID_SIZE]; /* or "" */
	char state[16];   /* down, no_standby, slow, maintenance; "": as any other */
	int64_t since;    /* of the state; 0 */
	char label[96];   /* what counts down on it: "battery"; "" */
	int64_t ends_at;  /* when; 0 */
	int64_t lost, of; /* its points that are down, of how many (0: not known) */
};

struct alive {
	struct alive_system systems[ALIVE_SYSTEMS]; /* the most urgent first */
	int count;
	int64_t more;     /* systems beyond these */
	int64_t unknown;  /* of ours, whose state nobody has said */
	int64_t waiting, waiting_over; /* promises open; those past their time */
	int64_t next_promise; /* the earliest not yet past: NO_DUE */
	char deadline_case[24], deadline_title[160];
	int64_t deadline_at; /* the nearest clock, lawful or our own; NO_DUE */
	int64_t tins;     /* alerts nobody has dealt with */
	int64_t scenes;   /* to be kept */
};

bool alive_load(struct alive *out, struct desk *desk, struct error *err);

/* Whether a row has anything to say; when all is well the rows are left out. */
bool alive_says_systems(const struct alive *alive);
bool alive_says_outside(const struct alive *alive);

/* "TTDL battery 38m", "LGSP NO STANDBY since 22:40", "TSLCD 13/96 lost"; caller frees. */
char *alive_system_words(const struct alive_system *system, int64_t now,
	const struct zone *zone);
/* "NO STANDBY"; "" for a system that is as any other.  Translated. */
const char *alive_state_label(const char *state);
/* Late, or down: said louder. */
bool alive_system_bad(const struct alive_system *system, int64_t now);
/* What of the others: "3 unknown", "the rest is well"; the caller frees. */
char *alive_rest_words(const struct alive *alive);
/* The parts of the other row, n from 0; NULL after the last.  *late: red.  title:
 * columns for the name of a clock, 0 all of it. */
char *alive_outside_words(const struct alive *alive, int n, int title, int64_t now,
	bool *late);

#endif
